"""When is the record backed up, where to, and which backups stay?"""

from dataclasses import dataclass, replace
from pathlib import Path

from ptimer.operations import clinic_settings, named_files, setting_values
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import problems_told
from ptimer.storage import backup, backup_files, drafts, proofs, record_state, rotation
from ptimer.storage.errors import StorageError
from ptimer.storage.proofs import Proof
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import local, read_time
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class BackedUp:
    """A backup that was opened and checked.

    `second` is its copy in the second folder; `second_problem` says why there is none, although
    one is named. `is_new` tells it from an earlier one that holds all there is.
    """

    path: Path
    visits: int
    segments: int
    second: Path | None = None
    second_problem: Sentence | None = None
    is_new: bool = True


def back_up(clinic: Clinic, target: Path | None = None) -> BackedUp:
    """Copy the record to `target`, or into its own folder of backups, and prove the copy.

    Raises:
        Misused: the target is no plain file, or belongs to the record itself.
        Busy: the place can't be written to.
        BadData: the record is damaged.
    """
    if target is None:
        return _back_up_by_name(clinic, before="")
    named_files.check_may_be_written(target, clinic.folder)
    with problems_told():
        made = backup.copy_to(clinic.connection, target)
    return BackedUp(made.path, made.visits, made.segments)


def back_up_if_changed(clinic: Clinic, before: str = "") -> BackedUp | None:
    """Back the record up, unless a backup holds all of it already; None: there is none to make.

    A copy that the second folder lacks is made then, too. A demo day is not backed up.

    Args:
        before: what comes next, in one word such as "import".

    Raises:
        Busy: the place can't be written to.
        BadData: the record is damaged.
    """
    if clinic.is_demo:
        return None
    with clinic.reading():
        if record_state.is_empty(clinic.connection):
            return None
        state = record_state.of(clinic.connection)
    with problems_told():
        drafts.clear(clinic.folder / backup_files.FOLDER)
    known = _holding(clinic, state)
    if known is None:
        return _back_up_by_name(clinic, before)
    path, proof = known
    found = BackedUp(path, proof.visits, proof.segments, is_new=False)
    return _copied_again(clinic, found, state)


def last_backup(clinic: Clinic) -> Instant | None:
    """Return when the record's newest backup was made, as its name tells."""
    zone = clinic.clock.zone
    named = map(backup_files.dated, backup_files.in_folder(clinic.folder / backup_files.FOLDER))
    newest = max((each.made_at for each in named if each), default=None)
    if newest is None:
        return None
    return read_time(newest.isoformat(), today=newest.date(), zone=zone).instant


def second_folder(clinic: Clinic) -> Path | None:
    """Return the second folder for backups, where one is named."""
    named = str(setting_values.read(clinic, clinic_settings.BACKUP_FOLDER))
    return Path(named) if named else None


def _back_up_by_name(clinic: Clinic, before: str) -> BackedUp:
    with clinic.reading():
        state = record_state.of(clinic.connection)
    folder = clinic.folder / backup_files.FOLDER
    name = backup_files.name(local(clinic.clock.now(), clinic.clock.zone), before)
    with problems_told():
        made = backup.copy_to(clinic.connection, backup.unused(folder / name))
    _keep_proof(clinic, made, state)
    _remove_old(clinic, folder, made.path)
    return _copied_again(clinic, BackedUp(made.path, made.visits, made.segments), state)


def _holding(clinic: Clinic, state: str) -> tuple[Path, Proof] | None:
    """Return a backup that was proven and holds the record as it is."""
    own = (clinic.folder / backup_files.FOLDER).absolute()
    for name, proof in proofs.read(clinic.folder).items():
        path = Path(name)
        if proof.state == state and path.parent == own and proofs.holds(proof, path):
            return path, proof
    return None


def _copied_again(clinic: Clinic, made: BackedUp, state: str) -> BackedUp:
    """Copy a backup to the second folder, where one is named; that it can't be is only told."""
    folder = second_folder(clinic)
    if folder is None:
        return made
    there = folder / made.path.name
    if proofs.holds(proofs.read(clinic.folder).get(str(there.absolute())), there):
        return replace(made, second=there)
    try:
        copied = backup.copy_again(made.path, backup.unused(there))
    except StorageError as error:
        return replace(made, second_problem=_not_there(folder, error))
    _keep_proof(clinic, copied, state)
    _remove_old(clinic, folder, copied.path)
    return replace(made, second=copied.path)


def _not_there(folder: Path, error: StorageError) -> Sentence:
    why = error.sentence.values.get("detail", "")
    return say(
        "the second folder {folder} could not be written to ({why}); it is tried again with the "
        "next backup",
        folder=str(folder),
        why=why,
    )


def _keep_proof(clinic: Clinic, made: backup.Copy, state: str) -> None:
    with problems_told():
        proof = proofs.of(made.path, made.visits, made.segments, state=state, made_here=True)
    proofs.keep(clinic.folder, made.path, proof)


def _remove_old(clinic: Clinic, folder: Path, made: Path) -> None:
    values = setting_values.read_all(clinic)
    bounds = rotation.Bounds(
        hours=int(values[clinic_settings.BACKUP_HOURS.key]),
        days=int(values[clinic_settings.BACKUP_DAYS.key]),
        months=int(values[clinic_settings.BACKUP_YEARS.key]) * rotation.MONTHS_OF_A_YEAR,
    )
    now = local(clinic.clock.now(), clinic.clock.zone).replace(tzinfo=None)
    backup_files.remove_old(clinic.folder, folder, now, bounds, made)
