"""An edge of a recorded time is dragged: where does it stop, what would come of it, do it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ptimer.operations import corrections, rehearsing
from ptimer.operations.clinic import Clinic
from ptimer.operations.corrections import Change
from ptimer.operations.rehearsing import Trial
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, SECOND, Instant
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import day_end, day_start


class Edge(StrEnum):
    """Which end of a time."""

    START = "start"
    END = "end"


@dataclass(frozen=True)
class Moved:
    """What would come of it: the trial of the change, and the visit as it would be then."""

    trial: Trial
    view: VisitView


def value(segment: Segment, edge: Edge, now: Instant) -> Instant:
    """Return where an edge is recorded; what runs ends now."""
    if edge is Edge.START:
        return segment.started_at
    return now if segment.ended_at is None else segment.ended_at


def stations(view: VisitView) -> tuple[Instant, ...]:
    """Return where an edge stops by itself besides whole minutes: at every other edge."""
    ends = [s.ended_at for s in view.record.segments if s.ended_at is not None]
    return tuple(sorted({*(s.started_at for s in view.record.segments), *ends}))


def snapped(at: Instant, stops: Iterable[Instant], near: int) -> Instant:
    """Return the stop that is at most `near` milliseconds away, else the nearest whole minute."""
    close = [stop for stop in stops if abs(stop - at) <= near]
    if close:
        return min(close, key=lambda stop: abs(stop - at))
    return Instant((at + MINUTE // 2) // MINUTE * MINUTE)


def stepped(at: Instant, direction: int, stops: Iterable[Instant]) -> Instant:
    """Return the next whole minute before (-1) or after (1), or the stop on the way there."""
    if direction > 0:
        minute = (at // MINUTE + 1) * MINUTE
        return Instant(min([minute, *(stop for stop in stops if at < stop < minute)]))
    minute = (-(-at // MINUTE) - 1) * MINUTE
    return Instant(max([minute, *(stop for stop in stops if minute < stop < at)]))


def dragged(
    view: VisitView, segment: Segment, edge: Edge, at: Instant, near: int | None
) -> Instant:
    """Return where an edge goes that the mouse wants at a moment; `near` None is to the second."""
    if near is None:
        to = Instant((at + SECOND // 2) // SECOND * SECOND)
    else:
        to = snapped(at, (*stations(view), value(segment, edge, view.now)), near)
    return within(segment, edge, to, view)


def stepped_from(
    view: VisitView, segment: Segment, edge: Edge, at: Instant | None, direction: int
) -> Instant:
    """Return where a key moves an edge from where it is; None is where it is recorded."""
    recorded = value(segment, edge, view.now)
    stops = (*stations(view), recorded)
    return within(segment, edge, stepped(recorded if at is None else at, direction, stops), view)


def within(segment: Segment, edge: Edge, at: Instant, view: VisitView) -> Instant:
    """Return the nearest time to which the edge can go at all.

    A start stays on the visit's day and before its end; an end after its start and not in the
    future.
    """
    if edge is Edge.END:
        return Instant(max(min(at, view.now), segment.started_at + SECOND))
    day = view.visit.service_date
    last = min(value(segment, Edge.END, view.now), day_end(day, view.zone)) - SECOND
    return Instant(max(min(at, last), day_start(day, view.zone)))


def rehearse(clinic: Clinic, view: VisitView, segment: Segment, edge: Edge, at: Instant) -> Moved:
    """Return what would come of moving an edge of a segment of `view`; nothing is recorded."""
    trial = rehearsing.change(clinic, segment.id, _change(edge, at))
    stretch = trial.stretch or segment.stretch
    moved = replace(segment, started_at=stretch.start, ended_at=stretch.end)
    others = [each for each in view.record.segments if each.id != segment.id]
    # As the record would return it: in the order of the starts, what was recorded last behind.
    segments = sorted([*others, moved], key=lambda each: each.started_at)
    doubts = {each: row for each, row in view.record.doubts.items() if each != segment.id}
    if stretch.end is None:
        doubts = dict(view.record.doubts)
    record = replace(view.record, segments=tuple(segments), doubts=doubts)
    return Moved(trial, replace(view, record=record))


def move(clinic: Clinic, segment_id: str, edge: Edge, at: Instant, why: str) -> Segment:
    """Move an edge, and return the segment that took the old one's place.

    Raises:
        Misused, Refused: as `corrections.correct`.
    """
    return corrections.correct(clinic, segment_id, _change(edge, at), why)


def stretch_of(segment: Segment, edge: Edge, at: Instant) -> Stretch:
    """Return the time of a segment with one edge elsewhere."""
    if edge is Edge.START:
        return Stretch(at, segment.ended_at)
    return Stretch(segment.started_at, at)


def _change(edge: Edge, at: Instant) -> Change:
    return Change(start=at) if edge is Edge.START else Change(end=at)
