"""Which backups are there, what does each hold, and what would putting one back lose?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ptimer.operations import clinic_settings, named_files
from ptimer.operations.errors import problems_told
from ptimer.storage import backup, backup_files, database, differences, proofs, settings
from ptimer.storage.differences import Difference as Difference  # as screens see it
from ptimer.storage.errors import StorageError
from ptimer.storage.proofs import Proof
from ptimer.timing.clock import Clock, Instant
from ptimer.timing.service_date import read_time
from ptimer.wording import Sentence, say

_NO_BACKUPS = ("replaced", "salvaged")


@dataclass(frozen=True)
class Backup:
    """A file that may be put back.

    `made_at` is None where its name does not tell. `before` is what it was made before, in one
    word. Visits and segments are None, and `why` says why, where it is not whole. `size` in bytes;
    `elsewhere` tells the second folder's from the record's own.
    """

    path: Path
    made_at: Instant | None
    before: str
    size: int
    visits: int | None
    segments: int | None
    why: Sentence | None
    elsewhere: bool

    @property
    def proven(self) -> bool:
        """Whether it was opened, and is whole."""
        return self.visits is not None


@dataclass(frozen=True)
class Preview:
    """What a backup holds, beside the record that it would replace.

    `lost` is what the record holds and the backup does not; None where there is no record, or
    where it is too damaged to tell, as `record_problem` says then. `back` is the other way round.
    """

    path: Path
    made_at: Instant | None
    visits: int
    segments: int
    lost: Difference | None
    back: Difference | None
    record_problem: Sentence | None


def listed(
    folder: Path,
    clock: Clock,
    second: Path | None = None,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
) -> list[Backup]:
    """Return the backups of a data folder, the newest first, each of them proven or not.

    What was proven when it was made is not opened again while the file is the same.

    Args:
        second: the second folder, where one is named; what was copied elsewhere is known anyway.
        progress: told how many are looked at, of how many.
    """
    known = proofs.read(folder)
    paths = list(_paths(folder, second, known))
    found = []
    for number, path in enumerate(paths):
        progress(number, len(paths))
        each = _looked_at(folder, path, clock, known.get(str(path.absolute())))
        if each is not None:
            found.append(each)
    return sorted(found, key=_age, reverse=True)


def counted(visits: int, segments: int) -> Sentence:
    """Return how much a record holds, in words."""
    return say(
        "{visits:plural:visit,visits}, {segments:plural:segment,segments}",
        visits=visits,
        segments=segments,
    )


def advice(file: Path, clock: Clock) -> Sentence | None:
    """Return what may be put back for a damaged record; None where no backup is whole.

    Args:
        file: what is damaged; a file that is no folder's record has no backups.
    """
    if file.name != database.FILE_NAME:
        return None
    newest = newest_proven(file.parent, clock)
    if newest is None or newest.visits is None or newest.segments is None:
        return None
    return say(
        "The newest whole backup ({counted}): {file}",
        counted=counted(newest.visits, newest.segments),
        file=str(newest.path),
    )


def second_folder_of(folder: Path) -> Path | None:
    """Return the second folder as a record's settings name it; None where it can't be asked."""
    try:
        connection = database.open_for_reading(folder)
    except StorageError:
        return None
    if connection is None:
        return None
    try:
        with database.reading(connection):
            named = settings.get(connection, clinic_settings.BACKUP_FOLDER.key)
    except StorageError:
        return None
    finally:
        connection.close()
    return Path(named) if isinstance(named, str) and named else None


def newest_proven(folder: Path, clock: Clock) -> Backup | None:
    """Return the newest backup that is whole, opened anew to see that it still is.

    What a restore replaced and what was salvaged are no backups: a person may choose them.
    """
    for each in listed(folder, clock):
        if each.before in _NO_BACKUPS:
            continue
        if each.proven and not isinstance(_proof(folder, each.path), StorageError):
            return each
    return None


def preview(folder: Path, source: Path, clock: Clock) -> Preview:
    """Open a backup, check it, and compare it with the folder's record; nothing is changed.

    Raises:
        Misused: there is no such file, or it belongs to the record itself.
        BadData: the backup is damaged, or no ptimer database.
    """
    named_files.existing_file(source)
    named_files.check_not_the_record(source, folder)
    with problems_told():
        copy = backup.prove(source)
    record = database.database_file(folder)
    lost = back = problem = None
    if record.exists() or _log_of(record).exists():
        try:
            backup.prove(record)
            lost, back = differences.beyond(record, source), differences.beyond(source, record)
        except StorageError as error:
            problem = error.sentence
    made_at = _made_at(source, clock)
    return Preview(source, made_at, copy.visits, copy.segments, lost, back, problem)


def _log_of(record: Path) -> Path:
    return record.with_name(f"{record.name}-wal")


def _paths(folder: Path, second: Path | None, known: Iterable[str]) -> Iterator[Path]:
    own = folder / backup_files.FOLDER
    yield from backup_files.in_folder(own)
    elsewhere = {Path(name) for name in known}
    if second is not None:
        elsewhere.update(backup_files.in_folder(second))
    for path in sorted(elsewhere):
        if path.parent != own.absolute() and path.exists():
            yield path


def _looked_at(folder: Path, path: Path, clock: Clock, known: Proof | None) -> Backup | None:
    try:
        size = path.stat().st_size
    except OSError:
        return None  # it went meanwhile
    proof = known if known and proofs.holds(known, path) else _proof(folder, path)
    named = backup_files.dated(path)
    whole = proof if isinstance(proof, Proof) else None
    return Backup(
        path,
        _made_at(path, clock),
        named.before if named else path.stem.removeprefix("before-").rstrip("-0123456789"),
        size,
        whole.visits if whole else None,
        whole.segments if whole else None,
        proof.sentence if isinstance(proof, StorageError) else None,
        elsewhere=path.parent.absolute() != (folder / backup_files.FOLDER).absolute(),
    )


def _proof(folder: Path, path: Path) -> Proof | StorageError:
    """Open a backup and keep what was found; that another ptimer made it stays unsaid."""
    try:
        copy = backup.prove(path)
        proof = proofs.of(path, copy.visits, copy.segments, state="", made_here=False)
    except StorageError as error:
        return error
    known = proofs.read(folder).get(str(path.absolute()))
    if known is None or not proofs.holds(known, path):
        proofs.keep(folder, path, proof)
    return proof


def _made_at(path: Path, clock: Clock) -> Instant | None:
    named = backup_files.dated(path)
    if named is not None:
        at = named.made_at
        return read_time(at.isoformat(), today=at.date(), zone=clock.zone).instant
    try:
        return Instant(path.stat().st_mtime_ns // 1_000_000)
    except OSError:
        return None


def _age(backup: Backup) -> tuple[int, str]:
    return (backup.made_at or 0, backup.path.name)
