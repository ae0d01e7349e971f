"""What of a damaged record can be saved? A new record of it, and a list of what is not in it."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ptimer.operations import named_files
from ptimer.operations.errors import Busy, Misused, problems_told
from ptimer.operations.writing_files import whole_file
from ptimer.reports.cells import harmless
from ptimer.storage import backup, backup_files, database, salvage, window_lock
from ptimer.storage.damaged_tables import LeftOver
from ptimer.storage.salvage import Salvaged
from ptimer.timing.clock import Clock, Instant
from ptimer.timing.service_date import iso, local
from ptimer.wording import Sentence, quoted, say

_COLUMNS = ("table", "why", "patient", "code", "clinician", "start", "end", "row")
_TABLES = {
    "visits": "{count:plural:visit,visits}",
    "segments": "{count:plural:time,times}",
    "audit_log": "{count:plural:entry of the history,entries of the history}",
}


@dataclass(frozen=True)
class Salvage:
    """A new record, proven, beside the damaged one, which is as it was.

    `left_over` are rows that were read and have no place in it; they are in `left_over_file`.
    `missing` says in words what is known to be lost, `check` what a person should look at.
    """

    source: Path
    path: Path
    visits: int
    segments: int
    rows: Mapping[str, int]
    left_over: int
    left_over_file: Path | None
    missing: tuple[Sentence, ...]
    check: tuple[Sentence, ...]


def named(folder: Path, source: Path | None) -> Path:
    """Return the file to salvage: the one that is named, else the folder's record.

    Raises:
        Misused: there is no such file, and no log of one.
    """
    path = source or database.database_file(folder)
    if not path.exists() and path.with_name(f"{path.name}-wal").exists():
        return path
    return named_files.existing_file(path)


def build(
    folder: Path, source: Path, target: Path, clock: Clock, *, by_its_window: bool = False
) -> Salvage:
    """Build a new record of what can be read in a damaged one; the damaged one is only read.

    Args:
        by_its_window: the folder's own window asks, which may have the record open.

    Raises:
        Misused: there is a file at `target` already, or it belongs to the record.
        BadData: nothing can be read.
        Busy: a window is open on the record, or the new file can't be written.
    """
    named_files.check_may_be_written(target, folder)
    for path in (target, beside(target)):
        if path.exists():
            raise Misused(say("There is a file {file} already: name another", file=str(path)))
    own = source == database.database_file(folder)
    if own and not by_its_window and window_lock.window_is_open(folder):
        raise Busy(say("A ptimer window is open on {folder}: close it first", folder=str(folder)))
    named_files.new_file(target, folder)
    with problems_told():
        done = salvage.salvage(source, target, clock, in_use=by_its_window)
    left_over_file = None
    if done.left:
        left_over_file = beside(target)
        _write(left_over_file, done.left, clock)
    return Salvage(
        source,
        target,
        done.copy.visits,
        done.copy.segments,
        done.rows,
        len(done.left),
        left_over_file,
        tuple(_missing(done)),
        (*done.mended, *done.doubtful),
    )


def build_by_window(folder: Path, clock: Clock) -> Salvage:
    """Build a new record of what can be read in a folder's own, for its window.

    Raises:
        Problem: as `build` does.
    """
    target = _place_for(folder, clock)
    return build(folder, named(folder, None), target, clock, by_its_window=True)


def _place_for(folder: Path, clock: Clock) -> Path:
    """Return where what is salvaged from a folder's record goes: beside its backups.

    Raises:
        Busy: there can be no such folder.
    """
    place = folder / backup_files.FOLDER
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = quoted(error.strerror or str(error))
        raise Busy(say("{file} can't be written: {why}", file=str(place), why=why)) from error
    return backup.unused(place / backup_files.salvaged(local(clock.now(), clock.zone)))


def beside(target: Path) -> Path:
    """Return where the rows go that the new record has no place for."""
    return target.with_name(f"{target.stem}-left-over.csv")


def _missing(done: Salvaged) -> list[Sentence]:
    told = [
        say("{count} lost", count=say(_TABLES[table], count=count))
        for table, count in done.gaps.items()
    ]
    if done.unreadable:
        told.append(say("{count:plural:more row,more rows} can't be read", count=done.unreadable))
    if done.lost_pages:
        told.append(
            say("{count:plural:part,parts} of the file can't be read", count=done.lost_pages)
        )
    return told


def _write(path: Path, left: tuple[LeftOver, ...], clock: Clock) -> None:
    with whole_file(path) as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for each in left:
            writer.writerow([harmless(cell) for cell in _cells(each, clock)])


def _cells(each: LeftOver, clock: Clock) -> list[str]:
    values = each.values
    words = [str(values.get(name) or "") for name in ("patient", "code", "clinician")]
    times = [_time(values.get(name), clock) for name in ("started_at", "ended_at")]
    content = json.dumps(values, ensure_ascii=False, default=repr)
    return [each.table, str(each.why), *words, *times, content]


def _time(value: object, clock: Clock) -> str:
    if not isinstance(value, int):
        return ""
    try:
        return iso(Instant(value), clock.zone)
    except (ValueError, OverflowError, OSError):
        return str(value)  # a time that cannot be, which is why it is here
