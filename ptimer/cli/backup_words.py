"""How is a backup told, and what it would bring and lose? For a person, and as JSON."""

from collections.abc import Iterator, Sequence

from ptimer.operations.backups import Backup, Difference, Preview, counted
from ptimer.timing.clock import Clock, Instant
from ptimer.timing.service_date import iso, local
from ptimer.wording import say

_MOST_VISITS = 20


def backup_lines(found: Sequence[Backup], clock: Clock) -> list[str]:
    """Return a line for each backup."""
    return [_backup_line(each, clock) for each in found]


def _backup_line(each: Backup, clock: Clock) -> str:
    made = _moment(each.made_at, clock)
    size = f"{max(each.size // 1024, 1)} KiB"
    if each.visits is None or each.segments is None:
        return f"{made}  NOT WHOLE  {size}  {each.path}  ({each.why})"
    before = f"  before {each.before}" if each.before else ""
    return f"{made}  {counted(each.visits, each.segments)}, checked  {size}{before}  {each.path}"


def backup_values(each: Backup, clock: Clock) -> dict[str, object]:
    """Return a backup as JSON has it."""
    return {
        "file": str(each.path),
        "made_at": _iso(each.made_at, clock),
        "before": each.before,
        "bytes": each.size,
        "visits": each.visits,
        "segments": each.segments,
        "proven": each.proven,
        "problem": None if each.why is None else str(each.why),
        "second_folder": each.elsewhere,
    }


def preview_lines(seen: Preview, clock: Clock) -> Iterator[str]:
    """Yield what a backup holds, and what would be lost since."""
    yield f"{seen.path}: {counted(seen.visits, seen.segments)}, checked"
    if seen.record_problem is not None:
        yield f"what would be lost can't be told: {seen.record_problem}"
    elif seen.lost is None:
        yield "there is no record that it would replace"
    elif not seen.lost.changes and not seen.lost.visits:
        yield "nothing would be lost: the record holds nothing beyond it"
    else:
        yield from _lost_lines(seen.lost, clock)
    if seen.back is not None and seen.back.changes:
        yield (
            f"it holds what the record does not: "
            f"{counted(seen.back.new_visits, seen.back.segments)}"
        )


def _lost_lines(lost: Difference, clock: Clock) -> Iterator[str]:
    changes = say("{changes:plural:change,changes}", changes=lost.changes)
    yield (
        f"would be lost: {counted(lost.new_visits, lost.segments)}, {changes} up to "
        f"{_moment(lost.until, clock)}"
    )
    for visit in lost.visits[:_MOST_VISITS]:
        times = say("{segments:plural:segment,segments}", segments=visit.segments)
        changes = say("{changes:plural:change,changes}", changes=visit.changes)
        signed = ", signed since" if visit.is_signed_only_here else ""
        yield f"  {visit.date}  {visit.patient}  {visit.discipline}  {times}, {changes}{signed}"
    more = len(lost.visits) - _MOST_VISITS
    if more > 0:
        yield f"  and {more} more visits"


def preview_values(seen: Preview, clock: Clock) -> dict[str, object]:
    """Return a preview as JSON has it."""
    problem = seen.record_problem
    return {
        "file": str(seen.path),
        "made_at": _iso(seen.made_at, clock),
        "visits": seen.visits,
        "segments": seen.segments,
        "lost": _difference(seen.lost, clock),
        "back": _difference(seen.back, clock),
        "record_problem": None if problem is None else str(problem),
    }


def _difference(told: Difference | None, clock: Clock) -> dict[str, object] | None:
    if told is None:
        return None
    return {
        "visits": told.new_visits,
        "segments": told.segments,
        "changes": told.changes,
        "until": _iso(told.until, clock),
        "by_visit": [
            {
                "patient": visit.patient,
                "discipline": visit.discipline,
                "date": visit.date,
                "segments": visit.segments,
                "changes": visit.changes,
                "new": visit.is_new,
                "signed": visit.is_signed_only_here,
            }
            for visit in told.visits
        ],
    }


def _moment(at: Instant | None, clock: Clock) -> str:
    return "" if at is None else f"{local(at, clock.zone):%Y-%m-%d %H:%M:%S}"


def _iso(at: Instant | None, clock: Clock) -> str | None:
    return None if at is None else iso(at, clock.zone)
