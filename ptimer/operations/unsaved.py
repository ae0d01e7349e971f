"""A press that could not be recorded: what was wished, when, and in which words is it told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ptimer.billing.conflicts import Role
from ptimer.operations import coming, defaults, typed_text, visiting
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import shown
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.visiting import WishedVisit
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, listed, say


class Action(StrEnum):
    """What was pressed."""

    START = "start"
    STOP = "stop"
    VISIT = "visit"
    """A visit of the day was made, or is expected at another time."""
    ARRIVAL = "arrive"
    DEPARTURE = "leave"


TIMED = frozenset((Action.START, Action.STOP))
"""What is of a code."""


@dataclass(frozen=True)
class Unsaved:
    """A press that is not recorded yet, with all that another record would need to take it.

    `id` becomes the press's id in the record, so that it is never recorded twice, and of a visit
    the visit's own. `switch`: what blocks a start ends with it, whoever's it is; what blocks in the
    same visit always does. Only a start and a stop have a code; only a visit may be planned.
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
    planned: Instant | None = None

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


def of_visit(clinic: Clinic, wish: WishedVisit, at: Instant) -> Unsaved:
    """Return a visit of the day that was not recorded; nothing of the record is asked.

    Raises:
        Misused: the id, payer, discipline or planned time can't be used.
        Problem: payer or discipline is left to what was last used, and that can't be read.
    """
    patient = typed_text.patient_id(wish.patient)
    day = service_date(at, clinic.clock.zone)
    if wish.payer is None or wish.discipline is None:
        offered = visiting.offer(clinic, patient)
        payer, discipline = wish.payer or offered.payer, wish.discipline or offered.discipline
    else:
        payer, discipline = wish.payer, wish.discipline
    chosen = defaults.payer_named(clinic, payer)
    defaults.check_offered(chosen, day)
    return Unsaved(
        new_id(at),
        at,
        Action.VISIT,
        "",
        (patient,),
        clinic.actor or "",
        payer=chosen.name,
        discipline=defaults.discipline_named(discipline).value,
        planned=visiting.planned_at(clinic, wish.planned, day),
    )


def of_coming(clinic: Clinic, action: Action, visit: VisitRow, at: Instant) -> Unsaved:
    """Return an arrival or a departure that was not recorded.

    Raises:
        Misused: the visit's day is over.
    """
    coming.check_live(clinic, visit, at)
    return Unsaved(
        new_id(at),
        at,
        action,
        "",
        (visit.patient,),
        clinic.actor or "",
        payer=visit.payer,
        discipline=visit.discipline,
    )


def told(press: Unsaved, clinic: Clinic, *, named: bool = True) -> Sentence:
    """Return what was pressed and when; not `named`: without the patients."""
    time, code = clock_text(press.at, clinic.clock.zone), press.code
    if not named:
        return {
            Action.START: say("{time} start {code}", time=time, code=code),
            Action.STOP: say("{time} stop {code}", time=time, code=code),
            Action.VISIT: say("{time} new visit", time=time),
            Action.ARRIVAL: say("{time} an arrival", time=time),
            Action.DEPARTURE: say("{time} a departure", time=time),
        }[press.action]
    whose = listed([shown(patient, 20) for patient in press.patients])
    return {
        Action.START: say(
            "{time} start {code} for {patients}", time=time, code=code, patients=whose
        ),
        Action.STOP: say("{time} stop {code} of {patients}", time=time, code=code, patients=whose),
        Action.VISIT: say("{time} new visit of {patients}", time=time, patients=whose),
        Action.ARRIVAL: say("{time} arrival of {patients}", time=time, patients=whose),
        Action.DEPARTURE: say("{time} departure of {patients}", time=time, patients=whose),
    }[press.action]
