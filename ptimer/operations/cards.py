"""What does each card of a visit show, and what would a press on it do?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ptimer.billing.codebook import NOT_BILLABLE, ONE_PATIENT, REST, Attendance, Code, Discipline
from ptimer.billing.conflicts import Role, Rule, Service, refusal_of, refusal_of_pair
from ptimer.operations.judging import service_of
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_view import VisitView
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import total_milliseconds
from ptimer.wording import Sentence, say


class Mood(StrEnum):
    """What a press on a card would do."""

    RUNNING = "running"
    """It runs: a press stops it."""
    FREE = "free"
    """A press starts it."""
    SWITCHES = "switches"
    """A press ends what blocks in this visit, and starts it."""
    ASKS = "asks"
    """A press changes nothing: it says what blocks, and offers the switch."""
    CLOSED = "closed"
    """The visit takes no time now."""


@dataclass(frozen=True)
class Card:
    """One code of a visit: its time so far, and what a press would do.

    `recorded` is the time of its ended segments; where it runs, the time since `running_since`
    comes on top.
    """

    code: str
    label: str
    mood: Mood
    recorded: int = 0
    running_since: Instant | None = None
    running_id: str = ""
    in_doubt: bool = False
    who: str = ""
    """Who runs it, where that is someone else."""
    reason: Sentence | None = None
    hint: Sentence | None = None
    planned: int = 0
    """Minutes that are planned for it."""
    unsaved: bool = False
    """Whether the last press on it could not be recorded yet."""

    def milliseconds(self, now: Instant) -> int:
        """Return its time so far."""
        since = self.running_since
        return self.recorded + (0 if since is None else max(now - since, 0))


@dataclass(frozen=True)
class Who:
    """Who would press."""

    clinician: str
    role: Role = Role.THERAPIST
    supervisor: str = ""
    assisted_by: str = ""


def codes_of(view: VisitView, added: tuple[str, ...], on: date) -> list[str]:
    """Return the codes that have a card: the discipline's, those timed, those added.

    An evaluation that is over leaves the cards, since it is done once; "Add a code" brings it
    back.
    """
    usual = view.rules.disciplines[Discipline(view.visit.discipline)].cards
    running = {segment.code for segment in view.record.running}
    timed = [
        code
        for code in view.record.codes
        if code in running or view.code(code).attendance is not Attendance.EVALUATION
    ]
    wanted = dict.fromkeys([*usual, *timed, *added, *view.record.plan])
    return [
        code
        for code in wanted
        if not view.code(code).apart and (view.code(code).in_force(on) or code in running)
    ]


def card_of(code: Code, view: VisitView, today: Today, who: Who) -> Card:
    """Return the card of one code."""
    segments = view.record.of_code(code.code)
    recorded = total_milliseconds((s.stretch for s in segments if not s.running), today.now)
    planned = view.record.plan.get(code.code, 0)
    running = next((segment for segment in segments if segment.running), None)
    unsaved = any(segment.id in view.record.unsaved for segment in segments)
    if running is not None:
        return Card(
            code.code,
            code.label,
            Mood.RUNNING,
            recorded,
            running.started_at,
            running.id,
            running.id in view.record.doubts,
            who="" if running.clinician == who.clinician else running.clinician,
            planned=planned,
            unsaved=unsaved,
        )
    mood, reason, hint = _mood(code, view, today, who)
    if unsaved:
        reason = say("stopped, NOT recorded yet")
    return Card(
        code.code,
        code.label,
        mood,
        recorded,
        reason=reason,
        hint=hint,
        planned=planned,
        unsaved=unsaved,
    )


def can_supervise(view: VisitView, who: Who) -> bool:
    """Return whether something runs one-on-one that may go over to supervision level."""
    return bool(one_on_one(view, who.clinician))


def one_on_one(view: VisitView, clinician: str) -> list[SegmentRow]:
    """Return what a clinician runs one-on-one in a visit."""
    return [
        segment
        for segment in view.record.running
        if segment.clinician == clinician and segment.attendance in ONE_PATIENT
    ]


def apart_codes() -> tuple[str, str]:
    """Return the codes of rest and of not-billable time."""
    return REST, NOT_BILLABLE


def _mood(
    code: Code, view: VisitView, today: Today, who: Who
) -> tuple[Mood, Sentence | None, Sentence | None]:
    closed = _closed(view, today)
    if closed:
        return Mood.CLOSED, closed, None
    service = service_of_press(code, view, who)
    running = [(segment, _running_service(segment, today)) for segment in today.running]
    refusal = refusal_of(service, [other for _, other in running])
    if refusal is None:
        return Mood.FREE, _beside(service, today, who), None
    if refusal.blocker is None:
        return Mood.ASKS, refusal.reason, None
    blockers = [
        segment for segment, other in running if refusal_of_pair(service, other) is not None
    ]
    first = blockers[0]
    if all(_own(segment, view, who) for segment in blockers):
        alone = refusal.rule is Rule.BILLED_ALONE and code.attendance is Attendance.SUPERVISED
        template = "Not billed beside {code}" if alone else "Locked while {code} runs"
        return Mood.SWITCHES, say(template, code=first.code), say("press to switch")
    reason = say("{code} of {patient} runs", code=first.code, patient=first.patient)
    return Mood.ASKS, reason, say("a press asks first")


def _closed(view: VisitView, today: Today) -> Sentence | None:
    if view.visit.signed:
        return say("Signed: amend it to change its times")
    if view.away:
        return say("Not held: take the mark back to time it")
    if view.visit.service_date != today.date:
        return say("Of {day}: add a time with Edit times", day=view.visit.service_date)
    return None


def service_of_press(code: Code, view: VisitView, who: Who) -> Service:
    """Return what the rules need to know of a press on a code's card."""
    visit = view.visit
    return Service(
        code=code.code,
        attendance=code.attendance,
        patient=visit.patient,
        visit=visit.id,
        clinician=who.clinician,
        role=who.role,
        supervisor=who.supervisor,
        exclusive=code.exclusive,
        relaxed=visit.relaxed,
        assistants_barred=visit.assistants_barred,
    )


def _running_service(segment: SegmentRow, today: Today) -> Service:
    return service_of(segment, today.visit_of[segment.visit_id])


def _own(segment: SegmentRow, view: VisitView, who: Who) -> bool:
    return segment.visit_id == view.visit.id and segment.clinician == who.clinician


def _beside(service: Service, today: Today, who: Who) -> Sentence | None:
    """Say that a code may run beside what keeps its clinician busy elsewhere."""
    if service.attendance is not Attendance.SUPERVISED:
        return None
    for segment in today.running:
        other = _running_service(segment, today)
        if who.clinician in other.occupied and segment.patient != service.patient:
            return say(
                "May run beside {patient}'s {code}", patient=segment.patient, code=segment.code
            )
    return None
