"""Which stopwatch runs longer than one session takes, and when did it probably end?

Nothing is cut: a person is asked, with the likely end filled in (lessons of other programs: what
was forgotten over lunch is billed, or a limit that fires by itself cuts what was real).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.operations.snapshots import Today
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import MINUTE, Instant
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class OverLength:
    """A stopwatch over its length, and when it probably ended; `why` is what that rests on."""

    segment: SegmentRow
    minutes: int
    likely_end: Instant
    why: Sentence
    key: str
    """The same until it has run for its length once more."""


def over_length(today: Today, length_minutes: int, now: Instant) -> tuple[OverLength, ...]:
    """Return what runs longer than `length_minutes` without a break, the longest first.

    What is in doubt is asked about elsewhere.
    """
    found = [
        _over(today, segment, length_minutes, now)
        for segment in today.running
        if now - segment.started_at >= length_minutes * MINUTE and not _in_doubt(today, segment)
    ]
    return tuple(sorted(found, key=lambda over: over.segment.started_at))


def _over(today: Today, segment: SegmentRow, length: int, now: Instant) -> OverLength:
    minutes = (now - segment.started_at) // MINUTE
    likely, why = _likely_end(today, segment, length, now)
    key = f"length:{segment.id}:{minutes // length}"
    return OverLength(segment, minutes, likely, why, key)


def _likely_end(
    today: Today, segment: SegmentRow, length: int, now: Instant
) -> tuple[Instant, Sentence]:
    """Return the first of these that lies behind the start: departure, next visit, plan, length."""
    possible = [
        *_departure(today, segment),
        *_next_visit(today, segment),
        *_plan(today, segment),
    ]
    fits = [(at, why) for at, why in possible if segment.started_at < at <= now]
    if fits:
        return min(fits, key=lambda pair: pair[0])
    usual = Instant(segment.started_at + length * MINUTE)
    return usual, say("after {minutes} min, as long as one takes at most", minutes=length)


def _departure(today: Today, segment: SegmentRow) -> Iterable[tuple[Instant, Sentence]]:
    view = today.visit(segment.visit_id)
    if view is not None and view.visit.departed_at is not None:
        yield view.visit.departed_at, say("when the patient left")


def _next_visit(today: Today, segment: SegmentRow) -> Iterable[tuple[Instant, Sentence]]:
    for view in today.visits:
        planned = view.visit.planned_at
        if view.visit.id != segment.visit_id and planned is not None:
            yield planned, say("when {patient} was expected", patient=view.visit.patient)


def _plan(today: Today, segment: SegmentRow) -> Iterable[tuple[Instant, Sentence]]:
    view = today.visit(segment.visit_id)
    planned = view.record.plan.get(segment.code, 0) if view is not None else 0
    if planned:
        end = Instant(segment.started_at + planned * MINUTE)
        yield end, say("after {minutes} min, as planned", minutes=planned)


def _in_doubt(today: Today, segment: SegmentRow) -> bool:
    view = today.visit(segment.visit_id)
    return view is not None and segment.id in view.record.doubts
