"""What does a person mean by the words typed into a correction, and do it.

A time of day is one of the visit's date; an end that would lie before its start is after midnight.
"""

from dataclasses import dataclass
from datetime import date, timedelta, tzinfo

from ptimer.billing.conflicts import Role
from ptimer.operations import answering, coming, corrections
from ptimer.operations.clinic import Clinic
from ptimer.operations.corrections import Change, NewTime
from ptimer.operations.errors import Misused, shown
from ptimer.operations.replacing import existing
from ptimer.storage import visits
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import HOUR, SECOND, Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import BadTime, clock_text, day_start, iso, read_time
from ptimer.wording import say

MOST_OVER_MIDNIGHT = 12 * HOUR
"""An end before its start is after midnight only where the time is no longer than this."""

MOST_UNITS = 9999


@dataclass(frozen=True)
class TypedChange:
    """What was typed over a recorded segment; None is what was left as it is."""

    start: str | None = None
    end: str | None = None
    code: str | None = None
    patient: str | None = None
    discipline: str | None = None
    clinician: str | None = None
    role: Role | None = None
    supervisor: str | None = None
    units: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class TypedTime:
    """What was typed for a time that was not pressed; all of it, `units` for a code by area."""

    code: str
    start: str
    end: str
    clinician: str
    role: Role = Role.THERAPIST
    supervisor: str = ""
    units: str = ""


class Unreadable(Misused):
    """Something typed that means no time or number; `field` is its name in the typed change."""

    def __init__(self, problem: Misused, field: str) -> None:
        """Take the problem and the name of the field."""
        super().__init__(problem.sentence)
        self.field = field


def correct(clinic: Clinic, segment_id: str, typed: TypedChange, why: str) -> None:
    """Replace a segment by what was typed over it.

    Raises:
        Misused, Refused: as `corrections.correct`; Unreadable names a field.
    """
    with clinic.reading():
        change = change_of(clinic, segment_id, typed)
    corrections.correct(clinic, segment_id, change, why)


def split(clinic: Clinic, segment_id: str, at: str, why: str) -> None:
    """Replace a segment by two that meet at a typed time.

    Raises:
        Misused, Refused: as `corrections.split`; Unreadable names a field.
    """
    with clinic.reading():
        instant = end_of(clinic, segment_id, at, "at")
    corrections.split(clinic, segment_id, instant, why)


def add(clinic: Clinic, visit_id: str, typed: TypedTime, why: str) -> None:
    """Record a time that was not pressed, as it was typed.

    Raises:
        Misused, Refused: as `corrections.add`; Unreadable names a field.
    """
    with clinic.reading():
        time = new_time_of(clinic, visit_id, typed)
    corrections.add(clinic, time, why)


def set_times(
    clinic: Clinic, visit_id: str, arrived: str | None = None, departed: str | None = None
) -> None:
    """Note when the patient came and left: typed, empty for unknown, None for left as it is.

    Raises:
        Misused, Refused: as `coming.set_times`; Unreadable names a field.
    """
    zone = clinic.clock.zone
    with clinic.reading():
        visit = visits.get(clinic.connection, visit_id)
        came, left = visit.arrived_at, visit.departed_at
        day = visit.service_date
        if arrived is not None:
            came = _read(arrived, "arrived", day, zone) if arrived.strip() else None
        if departed is not None:
            after = day_start(day, zone) if came is None else came
            left = _read_end(departed, after, day, zone, "left") if departed.strip() else None
    coming.set_times(
        clinic,
        visit_id,
        arrived="" if came is None else iso(came, zone),
        departed="" if left is None else iso(left, zone),
    )


def answer(clinic: Clinic, segment_id: str, given: Answer, ended: str = "") -> None:
    """Settle whether a segment in doubt went on; `ended` is typed for "it ended at" alone.

    Raises:
        Misused, Refused: as `answering.answer_doubt`; Unreadable names a field.
    """
    at = None
    if given is Answer.ENDED_AT:
        with clinic.reading():
            at = end_of(clinic, segment_id, ended)
    answering.answer_doubt(clinic, segment_id, given, ended_at=at)


def end_of(clinic: Clinic, segment_id: str, text: str, field: str = "end") -> Instant:
    """Return the time in or after a segment that is typed; call it inside `clinic.reading()`.

    Raises:
        Misused: the segment is no longer there, or (Unreadable) the time means nothing.
    """
    old = existing(clinic, segment_id)
    day = visits.get(clinic.connection, old.visit_id).service_date
    return _read_end(text, old.started_at, day, clinic.clock.zone, field)


def change_of(clinic: Clinic, segment_id: str, typed: TypedChange) -> Change:
    """Return what a typed change would make different; call it inside `clinic.reading()`.

    Raises:
        Misused: the segment is no longer there, or (Unreadable) a field means nothing.
    """
    old = existing(clinic, segment_id)
    stretch = stretch_of(clinic, old, typed)
    return Change(
        start=_other_time(stretch.start, old.started_at),
        end=_other_time(stretch.end, old.ended_at),
        code=_other(typed.code and typed.code.upper(), old.code),
        patient=_other(typed.patient, old.patient),
        discipline=_other(typed.discipline, visits.get(clinic.connection, old.visit_id).discipline),
        clinician=_other(typed.clinician, old.clinician),
        role=None if typed.role is None or typed.role == old.role else typed.role,
        supervisor=_other_supervisor(typed, old),
        units=_other_units(typed.units, old),
        note=_other(typed.note, old.note),
    )


def stretch_of(clinic: Clinic, old: SegmentRow, typed: TypedChange) -> Stretch:
    """Return the time that a segment would have; what was not typed is as recorded.

    Raises:
        Unreadable: a typed time means nothing.
    """
    day = visits.get(clinic.connection, old.visit_id).service_date
    zone = clinic.clock.zone
    start = old.started_at
    if typed.start is not None:
        start = _other_time(_read(typed.start, "start", day, zone), start) or start
    end = old.ended_at
    if typed.end is not None:
        end = _other_time(_read_end(typed.end, start, day, zone), end) or end
    return Stretch(start, end)


def new_time_of(clinic: Clinic, visit_id: str, typed: TypedTime) -> NewTime:
    """Return the time that was typed; call it inside `clinic.reading()`.

    Raises:
        Unreadable: a time or number means nothing.
    """
    day = visits.get(clinic.connection, visit_id).service_date
    zone = clinic.clock.zone
    start = _read(typed.start, "start", day, zone)
    return NewTime(
        visit_id=visit_id,
        code=typed.code,
        start=start,
        end=_read_end(typed.end, start, day, zone),
        clinician=typed.clinician,
        role=typed.role,
        supervisor=typed.supervisor if typed.role is Role.STUDENT else "",
        units=_number(typed.units) if typed.units.strip() else None,
    )


def _read(text: str, field: str, day: date, zone: tzinfo | None) -> Instant:
    if not text.strip():
        raise Unreadable(Misused(_EMPTY[field]), field)
    try:
        return read_time(text, today=day, zone=zone).instant
    except BadTime as error:
        raise Unreadable(Misused(error.sentence), field) from None


def _read_end(
    text: str, start: Instant, day: date, zone: tzinfo | None, field: str = "end"
) -> Instant:
    """Read an end: after midnight, or in the hour shown twice, where it would lie before."""
    end = _read(text, field, day, zone)
    if end >= start:
        return end
    for later in (HOUR, HOUR // 2):
        again = Instant(end + later)
        if again > start and clock_text(again, zone) == clock_text(end, zone):
            return again
    next_day = _read(text, field, day + timedelta(days=1), zone)
    return next_day if start < next_day <= start + MOST_OVER_MIDNIGHT else end


def _number(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and int(digits) <= MOST_UNITS):
        problem = Misused(say("{units} is no number of units", units=shown(text.strip())))
        raise Unreadable(problem, "units")
    return int(digits)


def _other(typed: str | None, recorded: str) -> str | None:
    return None if typed is None or typed.strip() == recorded else typed


def _other_time(typed: Instant | None, recorded: Instant | None) -> Instant | None:
    """Return a typed time, unless it is the recorded one to the second that a field shows."""
    if typed is None or (recorded is not None and typed // SECOND == recorded // SECOND):
        return None
    return typed


def _other_supervisor(typed: TypedChange, old: SegmentRow) -> str | None:
    role = typed.role or Role(old.role)
    if role is not Role.STUDENT:
        return "" if old.supervisor else None
    return _other(typed.supervisor, old.supervisor)


def _other_units(typed: str | None, old: SegmentRow) -> int | None:
    if typed is None or not typed.strip():
        return None
    units = _number(typed)
    return None if units == old.typed_units else units


_EMPTY = {
    "start": say("Type when it started"),
    "end": say("Type when it ended"),
    "at": say("Type when the first part ended"),
}
