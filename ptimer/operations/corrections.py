"""Change, add, split or void a recorded segment, always with a reason.

Nothing is rewritten: the old row is voided and the new one names it, with a row in the audit log.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ptimer.billing.codebook import Code, Count, Discipline
from ptimer.billing.conflicts import Role
from ptimer.operations import defaults, signatures, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.known_codes import startable
from ptimer.operations.replacing import existing, put_in, replace_by, successor, told
from ptimer.storage import audit_log, clinicians, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import say


@dataclass(frozen=True)
class Change:
    """What is to be different; None leaves a thing as it is.

    `running` True takes the end away again.
    """

    start: Instant | None = None
    end: Instant | None = None
    running: bool = False
    code: str | None = None
    patient: str | None = None
    discipline: str | None = None
    clinician: str | None = None
    role: Role | None = None
    supervisor: str | None = None
    units: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class NewTime:
    """A time that was not pressed."""

    visit_id: str
    code: str
    start: Instant
    end: Instant
    clinician: str
    role: Role = Role.THERAPIST
    supervisor: str = ""
    units: int | None = None
    note: str = ""


def correct(clinic: Clinic, segment_id: str, change: Change, why: str) -> SegmentRow:
    """Replace a segment by a changed one and return it.

    Raises:
        Misused: no reason, an unknown code or name, an impossible time.
        Refused: the changed segment would conflict, or the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        old = existing(clinic, segment_id)
        new = _changed(clinic, old, change, now)
        replace_by(clinic, old, [new], "correct", reason, now)
        return new


def preview(clinic: Clinic, segment_id: str, change: Change) -> SegmentRow:
    """Return what `correct` would record, and record nothing.

    Raises:
        Misused, Refused: as `correct` would.
    """
    return _rehearsed(
        clinic, lambda now: _preview(clinic, existing(clinic, segment_id), change, now)
    )


def split(clinic: Clinic, segment_id: str, at: Instant, why: str) -> tuple[SegmentRow, SegmentRow]:
    """Replace a segment by two that meet at `at`; a number of units stays with the first.

    Raises:
        Misused: no reason, or `at` does not lie inside.
        Refused: the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        old = existing(clinic, segment_id)
        if not old.started_at < at < (now if old.ended_at is None else old.ended_at):
            raise Misused(
                say(
                    "{time} does not lie inside {code}",
                    time=clock_text(at, clinic.clock.zone),
                    code=old.code,
                )
            )
        first = replace(successor(old, now), ended_at=at)
        second = replace(successor(old, now), started_at=at, typed_units=None)
        replace_by(clinic, old, [first, second], "split", reason, now)
        return first, second


def void(clinic: Clinic, segment_id: str, why: str) -> None:
    """Take a segment out of every count; the row stays.

    Raises:
        Misused: no reason.
        Refused: the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        replace_by(clinic, existing(clinic, segment_id), [], "void", reason, now)


def add(clinic: Clinic, time: NewTime, why: str) -> SegmentRow:
    """Record a time that was not pressed.

    Raises:
        Misused: no reason, an unknown code, an impossible time.
        Refused: it would conflict, or the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        segment = _added(clinic, time, now)
        put_in(clinic, segment, now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                segment.clinician,
                "add",
                segment.visit_id,
                segment.id,
                after=told(segment),
                reason=reason,
            ),
        )
        signatures.withdraw(clinic, segment.visit_id, [segment.clinician, segment.supervisor], now)
        return segment


def _changed(clinic: Clinic, old: SegmentRow, change: Change, now: Instant) -> SegmentRow:
    new = successor(old, now)
    if change.code is not None or change.start is not None:
        code = _code(clinic, change.code or old.code, change.start or old.started_at)
        new = replace(
            new,
            code=code.code,
            attendance=code.attendance.value,
            exclusive=code.exclusive,
            typed_units=old.typed_units if code.count is Count.AREA else None,
        )
    new = _with_people(clinic, new, change)
    new = _with_times(clinic, new, change, now)
    if change.units is not None:
        new = replace(new, typed_units=_typed_units(clinic, new.code, change.units))
    if change.note is not None:
        new = replace(new, note=typed_text.note(change.note))
    return _in_its_visit(clinic, new, change, now)


def _with_people(clinic: Clinic, new: SegmentRow, change: Change) -> SegmentRow:
    if change.clinician is not None:
        new = replace(new, clinician=typed_text.clinician_name(change.clinician))
    if change.role is not None:
        new = replace(new, role=change.role.value)
    if change.supervisor is not None:
        name = typed_text.clinician_name(change.supervisor) if change.supervisor.strip() else ""
        new = replace(new, supervisor=name)
    for name in (new.clinician, new.supervisor):
        if name:
            clinicians.ensure(clinic.connection, name)
    return new


def _with_times(clinic: Clinic, new: SegmentRow, change: Change, now: Instant) -> SegmentRow:
    if change.start is not None:
        typed_text.check_past(change.start, clock_text(change.start, clinic.clock.zone), now=now)
        new = replace(new, started_at=change.start)
    if change.running:
        return replace(new, ended_at=None)
    if change.end is not None:
        typed_text.check_past(change.end, clock_text(change.end, clinic.clock.zone), now=now)
        new = replace(new, ended_at=change.end)
    typed = change.start is not None or change.end is not None
    if typed and new.ended_at is not None and new.ended_at <= new.started_at:
        raise Misused(
            say(
                "{code} would end at {end}, not after its start at {start}",
                code=new.code,
                end=clock_text(new.ended_at, clinic.clock.zone),
                start=clock_text(new.started_at, clinic.clock.zone),
            )
        )
    return new


def _in_its_visit(clinic: Clinic, new: SegmentRow, change: Change, now: Instant) -> SegmentRow:
    """Move the segment to the visit that patient, discipline and date now name."""
    visit = visits.get(clinic.connection, new.visit_id)
    patient = visit.patient if change.patient is None else typed_text.patient_id(change.patient)
    discipline = (
        Discipline(visit.discipline)
        if change.discipline is None
        else defaults.discipline_named(change.discipline)
    )
    day = (
        visit.service_date
        if change.start is None
        else service_date(new.started_at, clinic.clock.zone)
    )
    target = visits.find(clinic.connection, patient, day, discipline.value)
    if target is None:
        payer = clinic.rulebook.payers[visit.payer]
        target = visits.add(
            clinic.connection, defaults.new_visit(patient, discipline, day, payer), at=now
        )
    return replace(new, visit_id=target.id, patient=target.patient)


def _code(clinic: Clinic, number: str, start: Instant) -> Code:
    return startable(clinic.rulebook.codes, number, service_date(start, clinic.clock.zone))


def _typed_units(clinic: Clinic, number: str, units: int) -> int:
    if clinic.rulebook.codes[number].count is not Count.AREA or units < 0:
        raise Misused(say("{code} is counted by ptimer: units are typed only by area", code=number))
    return units


def _added(clinic: Clinic, time: NewTime, now: Instant) -> SegmentRow:
    visit = visits.get(clinic.connection, time.visit_id)
    code = _code(clinic, time.code, time.start)
    name = typed_text.clinician_name(time.clinician)
    supervisor = typed_text.clinician_name(time.supervisor) if time.supervisor.strip() else ""
    for each in (name, supervisor):
        if each:
            clinicians.ensure(clinic.connection, each)
    if service_date(time.start, clinic.clock.zone) != visit.service_date:
        raise Misused(
            say(
                "{patient}'s visit is of {date}: a time in it starts on that day",
                patient=shown(visit.patient),
                date=visit.service_date,
            )
        )
    draft = SegmentRow(
        id=new_id(now),
        visit_id=visit.id,
        patient=visit.patient,
        code=code.code,
        clinician=name,
        role=time.role.value,
        started_at=time.start,
        ended_at=time.end,
        attendance=code.attendance.value,
        exclusive=code.exclusive,
        origin="correction",
        recorded_at=now,
        supervisor=supervisor,
        typed_units=(None if time.units is None else _typed_units(clinic, code.code, time.units)),
        note=typed_text.note(time.note),
        edited=True,
    )
    return _with_times(clinic, draft, Change(start=time.start, end=time.end), now)


def _preview(clinic: Clinic, old: SegmentRow, change: Change, now: Instant) -> SegmentRow:
    new = _changed(clinic, old, change, now)
    replace_by(clinic, old, [new], "preview", "preview", now)
    return new


class _Rehearsal(Exception):  # noqa: N818  (never leaves this module)
    """Rolls a rehearsed change back."""


def _rehearsed(clinic: Clinic, change: Callable[[Instant], SegmentRow]) -> SegmentRow:
    """Make a change and take all of it back, to see whether it would be allowed."""
    result: list[SegmentRow] = []
    try:
        with clinic.writing() as now:
            result.append(change(now))
            raise _Rehearsal
    except _Rehearsal:
        return result[0]
