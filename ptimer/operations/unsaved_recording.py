"""How is a press recorded that could not be when it was made: at its instant, or asked about?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from ptimer.operations import coming, stopping, stopwatch, visiting
from ptimer.operations.clinic import Clinic
from ptimer.operations.defaults import VisitWish
from ptimer.operations.errors import Misused, Problem, Refused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.recording import FROM_WINDOW, Pressed
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.visiting import Late
from ptimer.storage import audit_log, doubts, segments, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Cause, Doubt
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import listed, say

FORGOTTEN = "press-forgotten"
"""In the audit log: a press that was kept, and that a person took back or did without."""
LATE = "could not be recorded when it was pressed"


class Unfit(Problem):
    """A press that can't be recorded as it was pressed: the record has gone on since."""

    exit_status = 3

    def __init__(self, press: Unsaved, problem: Problem) -> None:
        """Take the press, and what stands against it."""
        super().__init__(problem.sentence, rule=problem.rule, source=problem.citation)
        self.press = press
        self.blockers = problem.blockers if isinstance(problem, Refused) else ()

    @property
    def can_switch(self) -> bool:
        """Whether it fits once what blocks it ends with it."""
        return (
            self.press.action is Action.START
            and bool(self.blockers)
            and all(each.running and each.started_at <= self.press.at for each in self.blockers)
        )


def record(
    clinic: Clinic, presses: Sequence[Unsaved], *, alive: Instant | None = None
) -> list[Pressed]:
    """Record presses in their order, each at the instant at which it was pressed: all, or none.

    What is recorded already is passed over. `alive` is when the window that kept them was last
    alive, where it is open no more: what runs on from them is in doubt since.

    Raises:
        Unfit: one of them does not fit the record any more.
        Busy: nothing can be recorded yet.
    """
    with clinic.writing() as now:
        done = [_record(clinic, press, now) for press in presses]
        if alive is not None:
            _doubt(clinic, done, alive, now)
        return done


def not_yet_recorded(clinic: Clinic, presses: Sequence[Unsaved]) -> list[Unsaved]:
    """Return those presses that the record knows nothing of.

    Raises:
        Problem: the record can't be read.
    """
    with clinic.reading():
        return [p for p in presses if not audit_log.of_press(clinic.connection, p.id)]


def forget(clinic: Clinic, press: Unsaved, why: str) -> None:
    """Note that a kept press is not to be recorded: what it was, and why.

    Raises:
        Busy: nothing can be recorded yet.
    """
    with clinic.writing() as now:
        if not audit_log.of_press(clinic.connection, press.id):
            entry = audit_log.Entry(
                now,
                press.clinician,
                FORGOTTEN,
                press_id=press.id,
                before={
                    "action": press.action.value,
                    "at": press.at,
                    "code": press.code,
                    "patients": list(press.patients),
                },
                reason=why,
            )
            audit_log.add(clinic.connection, entry)


def _record(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    if audit_log.of_press(clinic.connection, press.id):
        return Pressed(press.id, press.at, already=True)
    try:
        if press.at > now:
            raise Misused(say("It was pressed in the future: was the clock set back since?"))
        return _RECORDED[press.action](clinic, press, now)
    except Problem as problem:
        if isinstance(problem, Refused | Misused):
            raise Unfit(press, problem) from problem
        raise


def _start(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    day = service_date(press.at, clinic.clock.zone)
    visit = _visit(clinic, press, day) if len(press.patients) == 1 else None
    wish = StartWish(
        press.code,
        () if visit else press.patients,
        payer=press.payer or None,
        discipline=press.discipline or None,
        clinician=press.clinician or None,
        role=press.role,
        supervisor=press.supervisor,
        assisted_by=press.assisted_by,
        at=press.at,
        switch=press.switch,
        visit_id=visit.id if visit else None,
        origin=FROM_WINDOW,
        press_id=press.id,
        why=LATE,
    )
    return stopwatch.press_within(clinic, wish, now)


def _visit(clinic: Clinic, press: Unsaved, day: date) -> VisitRow | None:
    found = visits.of_patient(clinic.connection, press.patients[0], day)
    return next((visit for visit in found if visit.discipline == press.discipline), None)


def _stop(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    runs = [each for each in segments.running(clinic.connection) if press.ends(each)]
    chosen = tuple(each.id for each in runs if each.started_at <= press.at)
    if not chosen:
        raise Misused(
            say(
                "{code} of {patients} does not run any more, or was started after that",
                code=press.code,
                patients=listed([shown(patient) for patient in press.patients]),
            )
        )
    wish = StopWish(segment_ids=chosen, at=press.at, press_id=press.id, why=LATE)
    return stopping.stop_within(clinic, wish, now)


def _make_visit(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    (patient,) = press.patients
    wish = VisitWish(
        patient,
        service_date(press.at, clinic.clock.zone),
        press.payer,
        press.discipline,
        id=press.id,
    )
    visiting.make_within(clinic, wish, press.planned, now, _late(press))
    return Pressed(press.id, press.at)


def _arrive(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    visit = _visit_there(clinic, press)
    if visit.arrived_at is not None:
        raise Misused(
            say(
                "That {patient} came at {time} is noted already",
                patient=shown(visit.patient),
                time=clock_text(visit.arrived_at, clinic.clock.zone),
            )
        )
    coming.note_times(clinic, visit, press.at, None, now, _late(press))
    return Pressed(press.id, press.at)


def _leave(clinic: Clinic, press: Unsaved, now: Instant) -> Pressed:
    visit = _visit_there(clinic, press)
    if visit.departed_at is not None:
        raise Misused(
            say(
                "That {patient} left at {time} is noted already",
                patient=shown(visit.patient),
                time=clock_text(visit.departed_at, clinic.clock.zone),
            )
        )
    coming.note_times(clinic, visit, visit.arrived_at, press.at, now, _late(press))
    return Pressed(press.id, press.at)


def _visit_there(clinic: Clinic, press: Unsaved) -> VisitRow:
    visit = _visit(clinic, press, service_date(press.at, clinic.clock.zone))
    if visit is None:
        (patient,) = press.patients
        raise Misused(say("There is no visit of {patient} then", patient=shown(patient)))
    check_open(clinic, visit)
    coming.check_live(clinic, visit, press.at)
    return visit


def _late(press: Unsaved) -> Late:
    return Late(press.id, press.clinician, LATE)


def _doubt(clinic: Clinic, done: Sequence[Pressed], alive: Instant, now: Instant) -> None:
    begun = {segment.id for pressed in done for segment in pressed.started}
    for segment in segments.running(clinic.connection):
        if segment.id in begun:
            sure = max(alive, segment.started_at)
            doubts.add(clinic.connection, segment.id, Doubt(Cause.WINDOW_STOPPED, sure), at=now)


_RECORDED: Mapping[Action, Callable[[Clinic, Unsaved, Instant], Pressed]] = {
    Action.START: _start,
    Action.STOP: _stop,
    Action.VISIT: _make_visit,
    Action.ARRIVAL: _arrive,
    Action.DEPARTURE: _leave,
}
