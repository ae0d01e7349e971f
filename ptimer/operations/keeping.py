"""Keep the record safe: put a copy back, check what it promises."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ptimer.operations import batches, named_files
from ptimer.operations.clinic import Clinic, open_clinic_to_read
from ptimer.operations.errors import BadData, Busy, problems_told, shown
from ptimer.operations.judging import judge
from ptimer.storage import audit_log, backup, database, left_alone, segments, visits, window_lock
from ptimer.timing.clock import Clock
from ptimer.wording import Sentence, quoted, say, strung


@dataclass(frozen=True)
class Restored:
    """A record that was put back, and where the replaced one is kept."""

    source: Path
    kept: Path | None
    visits: int
    segments: int


def restore(folder: Path, source: Path, *, by_its_window: bool = False) -> Restored:
    """Put a copy in the record's place; what it replaces is kept.

    Args:
        by_its_window: the folder's own window asks, and has closed the record.

    Raises:
        Misused: there is no such file.
        BadData: the copy is damaged, or no ptimer database.
        Busy: a window is open on the folder, or another program uses the record.
    """
    named_files.existing_file(source)
    named_files.check_not_the_record(source, folder)
    if not by_its_window and window_lock.window_is_open(folder):
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
        found = _wrong(folder, clock)
        if found:
            left_alone.leave_alone(database.database_file(folder))
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


def _wrong(folder: Path, clock: Clock) -> list[Sentence]:
    """Return what is damaged, else which promises are broken: all is looked for side by side."""
    from concurrent.futures import ThreadPoolExecutor  # only a check needs threads

    with ThreadPoolExecutor(len(_LOOKS) + 1) as side_by_side:
        damage = side_by_side.submit(_looked, folder, clock, _damage)
        promises = [side_by_side.submit(_looked, folder, clock, look) for look in _LOOKS]
    found = damage.result()
    # Damage reads like anything: what else was raised is raised again only where there is none.
    return found or [each for promise in promises for each in promise.result()]


def _looked(folder: Path, clock: Clock, look: "_Look") -> list[Sentence]:
    """Return what a look finds, by a connection that belongs to this thread."""
    clinic = open_clinic_to_read(folder, clock)
    if clinic is None:
        return []
    try:
        with clinic.reading():
            return look(clinic)
    finally:
        clinic.close()


def _damage(clinic: Clinic) -> list[Sentence]:
    """Return what SQLite finds wrong."""
    from ptimer.storage import integrity  # brings sqlite-utils along, which is slow to import

    return [quoted(each) for each in integrity.damage(clinic.connection)]


def _structure(clinic: Clinic) -> list[Sentence]:
    """Return what is wrong with the tables, and with how they refer to each other."""
    from ptimer.storage import integrity

    found = list(integrity.dangling_references(clinic.connection))
    found += [
        say("{name} is not as ptimer made it", name=name)
        for name in integrity.schema_changes(clinic.connection)
    ]
    found += [
        say("{patient}'s signed visit still runs", patient=patient)
        for patient in integrity.signed_but_open(clinic.connection)
    ]
    return [*found, *batches.broken(clinic), *_conflicts(clinic)]


def _history(clinic: Clinic) -> list[Sentence]:
    """Return where the history's chain is broken; what a salvage told of damage is known."""
    known = audit_log.links_lost_to_damage(clinic.connection)
    rows = [row for row in audit_log.broken_links(clinic.connection) if row not in known]
    found = [
        say("row {row} of the audit log was changed around the program", row=row)
        for row in rows[:_MOST_ROWS]
    ]
    if audit_log.is_cut_off(clinic.connection):
        found.append(say("the last rows of the audit log were taken away"))
    return found


def _hashes(clinic: Clinic) -> list[Sentence]:
    """Return which hashes no longer fit: of the history, of what was signed, of the seals."""
    return [*_history(clinic), *_signed(clinic)]


def _signed(clinic: Clinic) -> list[Sentence]:
    """Return what is no longer what was signed, and what was changed around the program."""
    from ptimer.operations import sealed_check, signed_check  # a backup needs no hashes

    return [*signed_check.broken(clinic), *sealed_check.broken(clinic)]


def _conflicts(clinic: Clinic) -> list[Sentence]:
    from ptimer.storage import integrity

    found: list[Sentence] = []
    for segment_id in integrity.overlapping(clinic.connection):
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


_Look = Callable[[Clinic], list[Sentence]]
_LOOKS: tuple[_Look, ...] = (_structure, _hashes)
"""What is looked at side by side. All that hashes is one look: Python hashes one at a time."""
_MOST_ROWS = 20
