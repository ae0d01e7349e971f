"""What was done in each minute between a patient's arrival and departure?"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant
from ptimer.timing.segment import whole_minutes


class Doing(StrEnum):
    """What a part of the time in the clinic was."""

    TIMED = "timed"
    UNTIMED = "untimed"
    APART = "apart"
    """Rest, or not billable."""
    GAP = "gap"
    """Nothing was recorded."""


@dataclass(frozen=True)
class Part:
    """A stretch of the time in the clinic in which one thing was done."""

    doing: Doing
    start: Instant
    end: Instant


@dataclass(frozen=True)
class InClinic:
    """The time in the clinic from end to end, in parts that follow each other."""

    parts: tuple[Part, ...]

    def minutes(self, doing: Doing) -> int:
        """Return the whole minutes of one kind together."""
        return whole_minutes(sum(p.end - p.start for p in self.parts if p.doing is doing))


def in_clinic(view: VisitView) -> InClinic | None:
    """Return the parts of a visit's time in the clinic; None where the arrival is unknown.

    Where something runs beside something else, the timed code counts.
    """
    start = view.visit.arrived_at
    if start is None:
        return None
    end = view.now if view.visit.departed_at is None else view.visit.departed_at
    return InClinic(tuple(_joined(view, start, Instant(max(start, end)))))


def _joined(view: VisitView, start: Instant, end: Instant) -> Iterator[Part]:
    segments = view.record.segments
    edges = {each.started_at for each in segments}
    edges |= {view.now if each.ended_at is None else each.ended_at for each in segments}
    moments = [start, *sorted(edge for edge in edges if start < edge < end), end]
    current: Part | None = None
    for first, last in pairwise(moments):
        doing = _doing(view, first)
        if current is not None and current.doing is doing:
            current = Part(doing, current.start, last)
            continue
        if current is not None:
            yield current
        current = Part(doing, first, last)
    if current is not None and current.end > current.start:
        yield current


def _doing(view: VisitView, at: Instant) -> Doing:
    codes = [
        view.code(each.code)
        for each in view.record.segments
        if each.started_at <= at < (view.now if each.ended_at is None else each.ended_at)
    ]
    if any(code.timed for code in codes):
        return Doing.TIMED
    if any(not code.apart for code in codes):
        return Doing.UNTIMED
    return Doing.APART if codes else Doing.GAP
