"""What does a window tell the record besides presses? Its sign of life, and what it noticed."""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.operations.clinic import Clinic
from ptimer.storage import doubts, segments
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import SECOND, Instant
from ptimer.timing.recovery import Cause, Doubt, moved_by, read

BEAT_EVERY = 30 * SECOND


@dataclass(frozen=True)
class InDoubt:
    """A segment that waits for an answer, and why."""

    segment: SegmentRow
    doubt: Doubt
    noticed_at: Instant


def beat(clinic: Clinic) -> None:
    """Write the window's sign of life for all that runs; call it at most every `BEAT_EVERY`."""
    with clinic.writing() as now:
        ids = [segment.id for segment in segments.running(clinic.connection)]
        doubts.beat(clinic.connection, ids, at=now)


def take_over(clinic: Clinic) -> None:
    """Note, when a window opens, what an earlier window left running without a word."""
    with clinic.reading():
        left = doubts.stopped_heartbeats(clinic.connection)
    if not left:
        return
    with clinic.writing() as now:
        for segment_id, last_beat in doubts.stopped_heartbeats(clinic.connection):
            doubts.add(
                clinic.connection, segment_id, Doubt(Cause.WINDOW_STOPPED, last_beat), at=now
            )
        doubts.forget_heartbeats(clinic.connection)


def leave(clinic: Clinic) -> None:
    """Note that the window closes in order: what still runs was left running on purpose."""
    with clinic.writing():
        doubts.forget_heartbeats(clinic.connection)


def note(clinic: Clinic, doubt: Doubt) -> None:
    """Note a gap or a set clock that a window's ticks showed, for all that ran before it."""
    with clinic.writing() as now:
        for segment in segments.running(clinic.connection):
            if segment.started_at <= doubt.sure_until:
                doubts.add(clinic.connection, segment.id, doubt, at=now)


def look_at_clock(clinic: Clinic) -> None:
    """Note a clock that was set since the last command, for a command that only looks."""
    with clinic.reading():
        before = doubts.last_reading(clinic.connection)
        moved = before is not None and moved_by(before, read(clinic.clock))
    if moved:
        with clinic.writing():
            pass  # opening the record to write compares the clocks, and notes what it finds


def in_doubt(clinic: Clinic) -> tuple[InDoubt, ...]:
    """Return what waits for an answer, the one noticed first, first."""
    with clinic.reading():
        return tuple(_pairs(clinic))


def _pairs(clinic: Clinic) -> Iterable[InDoubt]:
    for row in doubts.open_doubts(clinic.connection).values():
        segment = segments.get(clinic.connection, row.segment_id)
        if segment is not None:
            yield InDoubt(segment, row.doubt, row.noticed_at)
