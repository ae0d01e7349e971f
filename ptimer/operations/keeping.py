"""Keep the record safe: back it up, put a copy back, check what it promises."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ptimer.operations import batches, named_files
from ptimer.operations.clinic import Clinic, open_clinic_to_read
from ptimer.operations.errors import BadData, Busy, problems_told, shown
from ptimer.operations.judging import judge
from ptimer.storage import audit_log, backup, database, segments, visits, window_lock
from ptimer.timing.clock import Clock, Instant
from ptimer.timing.service_date import local, read_time
from ptimer.wording import Sentence, quoted, say, strung

_BACKUPS = "ptimer-*.db"
_BACKUP_NAME = "ptimer-%Y%m%d-%H%M%S"


@dataclass(frozen=True)
class BackedUp:
    """A backup that was opened and checked."""

    path: Path
    visits: int
    segments: int


@dataclass(frozen=True)
class Restored:
    """A record that was put back, and where the replaced one is kept."""

    source: Path
    kept: Path | None
    visits: int
    segments: int


def back_up(clinic: Clinic, target: Path | None = None) -> BackedUp:
    """Copy the record to `target`, or into its own folder of backups, and prove the copy.

    Raises:
        Misused: the target is no plain file, or belongs to the record itself.
        Busy: the place can't be written to.
    """
    path = target or _named_after(clinic)
    named_files.check_may_be_written(path, clinic.folder)
    with problems_told():
        made = backup.copy_to(clinic.connection, path)
    return BackedUp(made.path, made.visits, made.segments)


def last_backup(clinic: Clinic) -> Instant | None:
    """Return when the record's newest backup was made, as its name tells."""
    zone = clinic.clock.zone
    for path in sorted((clinic.folder / backup.FOLDER).glob(_BACKUPS), reverse=True):
        try:
            made = datetime.strptime(path.stem, _BACKUP_NAME)  # noqa: DTZ007  (local, as named)
            return read_time(made.isoformat(), today=made.date(), zone=zone).instant
        except ValueError:
            continue  # a person gave it a name of their own
    return None


def restore(folder: Path, source: Path) -> Restored:
    """Put a copy in the record's place; what it replaces is kept.

    Raises:
        Misused: there is no such file.
        BadData: the copy is damaged, or no ptimer database.
        Busy: a window is open on the folder, or another program uses the record.
    """
    named_files.existing_file(source)
    named_files.check_not_the_record(source, folder)
    if window_lock.window_is_open(folder):
        raise Busy(say("A ptimer window is open on {folder}: close it first", folder=str(folder)))
    with problems_told():
        kept = backup.restore(folder, source)
        proven = backup.prove(database.database_file(folder))
    return Restored(source, kept, proven.visits, proven.segments)


@dataclass(frozen=True)
class Checked:
    """What a check looked at."""

    visits: int
    segments: int


def check(folder: Path, clock: Clock) -> Checked | None:
    """Check the folder's record; None where there is none.

    Raises:
        BadData: the file is damaged, or a promise is broken; the sentence lists what was found.
        Busy: another program holds the record.
    """
    clinic = open_clinic_to_read(folder, clock)
    if clinic is None:
        return None
    try:
        found = _damage(clinic) or _broken_promises(clinic)
        if found:
            raise BadData(
                say(
                    "{file} does not hold what it should: {found}. Keep the file, and restore a "
                    "backup with: ptimer restore FILE",
                    file=str(database.database_file(folder)),
                    found=strung(found[:20], "; "),
                )
            )
        with problems_told():
            counted = backup.count(clinic.connection)
        return Checked(*counted)
    finally:
        clinic.close()


def _named_after(clinic: Clinic) -> Path:
    moment: datetime = local(clinic.clock.now(), clinic.clock.zone)
    return clinic.folder / backup.FOLDER / f"{moment:{_BACKUP_NAME}}.db"


def _damage(clinic: Clinic) -> list[Sentence]:
    from ptimer.storage import integrity  # brings sqlite-utils along, which is slow to import

    with clinic.reading():
        return [quoted(each) for each in integrity.damage(clinic.connection)]


def _broken_promises(clinic: Clinic) -> list[Sentence]:
    from ptimer.storage import integrity

    with clinic.reading():
        connection = clinic.connection
        found = list(integrity.dangling_references(connection))
        found += [
            say("{name} is not as ptimer made it", name=name)
            for name in integrity.schema_changes(connection)
        ]
        found += [
            say("row {row} of the audit log was changed around the program", row=row)
            for row in audit_log.broken_links(connection)[:20]
        ]
        found += [
            say("{patient}'s signed visit still runs", patient=patient)
            for patient in integrity.signed_but_open(connection)
        ]
        found += batches.broken(clinic)
        return found + _no_longer_as_signed(clinic) + _conflicts(clinic)


def _no_longer_as_signed(clinic: Clinic) -> list[Sentence]:
    from ptimer.operations import signed_check  # a backup needs no hashes

    return signed_check.broken(clinic)


def _conflicts(clinic: Clinic) -> list[Sentence]:
    from ptimer.storage import integrity

    found: list[Sentence] = []
    for segment_id in dict.fromkeys(integrity.overlapping(clinic.connection)):
        segment = segments.get(clinic.connection, segment_id)
        if segment is None or len(found) >= 20:
            continue
        visit = visits.get(clinic.connection, segment.visit_id)
        verdict = judge(clinic, segment, visit, although_signed=True)
        if verdict is not None:
            found.append(
                say(
                    "{code} of {patient} on {day} should not stand: {reason}",
                    code=segment.code,
                    patient=shown(segment.patient),
                    day=visit.service_date,
                    reason=verdict.refusal.reason,
                )
            )
    return found
