"""A press that could not be recorded: what was wished, when, and how is it recorded later?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ptimer.billing.conflicts import Role
from ptimer.operations import stopping, stopwatch
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Problem, Refused, shown
from ptimer.operations.recording import FROM_WINDOW, Pressed
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import audit_log, doubts, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Cause, Doubt
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, listed, say

FORGOTTEN = "press-forgotten"
"""In the audit log: a press that was kept, and that a person took back or did without."""
LATE = "could not be recorded when it was pressed"


class Action(StrEnum):
    """What was pressed."""

    START = "start"
    STOP = "stop"


@dataclass(frozen=True)
class Unsaved:
    """A press that is not recorded yet, with all that another record would need to take it.

    `id` becomes the press's id in the record, so that it is never recorded twice. `switch`: what
    blocks a start ends with it, whoever's it is; what blocks in the same visit always does.
    """

    id: str
    at: Instant
    action: Action
    code: str
    patients: tuple[str, ...]
    clinician: str
    payer: str = ""
    discipline: str = ""
    role: Role = Role.THERAPIST
    supervisor: str = ""
    assisted_by: str = ""
    switch: bool = False

    def ends(self, segment: SegmentRow) -> bool:
        """Return whether this stop means a running segment."""
        return (
            self.action is Action.STOP
            and segment.patient in self.patients
            and (segment.code, segment.clinician) == (self.code, self.clinician)
        )


def of_start(wish: StartWish, visits_of: Sequence[VisitRow], at: Instant) -> Unsaved:
    """Return a start that was not recorded; `visits_of` are the visits that it was pressed for."""
    first = visits_of[0] if visits_of else None
    return Unsaved(
        new_id(at),
        at,
        Action.START,
        wish.code,
        wish.patients or tuple(visit.patient for visit in visits_of),
        wish.clinician or "",
        payer=first.payer if first and len(visits_of) == 1 else "",
        discipline=first.discipline if first else "",
        role=wish.role,
        supervisor=wish.supervisor,
        assisted_by=wish.assisted_by,
        switch=wish.switch,
    )


def of_stop(stopped: Sequence[SegmentRow], at: Instant) -> list[Unsaved]:
    """Return stops that were not recorded: one for each code and clinician, a group's as one."""
    found: dict[tuple[str, str], list[SegmentRow]] = {}
    for segment in stopped:
        found.setdefault((segment.code, segment.clinician), []).append(segment)
    return [
        Unsaved(new_id(at), at, Action.STOP, code, tuple(each.patient for each in those), name)
        for (code, name), those in found.items()
    ]


def told(press: Unsaved, clinic: Clinic, *, named: bool = True) -> Sentence:
    """Return what was pressed and when; not `named`: without the patients."""
    time = clock_text(press.at, clinic.clock.zone)
    patients = listed([shown(patient, 20) for patient in press.patients])
    if press.action is Action.STOP:
        if not named:
            return say("{time} stop {code}", time=time, code=press.code)
        return say(
            "{time} stop {code} of {patients}", time=time, code=press.code, patients=patients
        )
    if not named:
        return say("{time} start {code}", time=time, code=press.code)
    return say("{time} start {code} for {patients}", time=time, code=press.code, patients=patients)


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
        if press.action is Action.STOP:
            return _stop(clinic, press, now)
        return _start(clinic, press, now)
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


def _doubt(clinic: Clinic, done: Sequence[Pressed], alive: Instant, now: Instant) -> None:
    begun = {segment.id for pressed in done for segment in pressed.started}
    for segment in segments.running(clinic.connection):
        if segment.id in begun:
            sure = max(alive, segment.started_at)
            doubts.add(clinic.connection, segment.id, Doubt(Cause.WINDOW_STOPPED, sure), at=now)
