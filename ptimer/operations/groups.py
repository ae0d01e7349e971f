"""Who can join a group now, and what would each visit come to with it?

Pure: the day's snapshot and who would press go in. The rules are `billing.conflicts`; the press
itself is `stopwatch.start`, which judges once more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.conflicts import Service, refusal_by_itself, refusal_of_pair
from ptimer.operations.cards import Who, service_of_press
from ptimer.operations.judging import service_of
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.storage.segments import SegmentRow
from ptimer.wording import Sentence, quoted, say

RULE = "group-apart"


class Joins(StrEnum):
    """Whether a visit can be in the group that is about to start."""

    FREE = "free"
    ENDS = "ends"
    """Something of the same clinician runs for this patient: it ends when the group starts."""
    IN_IT = "in-it"
    """It is in the group already."""
    NOT_NOW = "not-now"


@dataclass(frozen=True)
class Candidate:
    """A visit of today, and whether it can join; `why` says it in words."""

    view: VisitView
    joins: Joins
    why: Sentence

    @property
    def can_join(self) -> bool:
        """Whether it may be ticked."""
        return self.joins in (Joins.FREE, Joins.ENDS)


@dataclass(frozen=True)
class GroupPlan:
    """A group that is about to start: whom it takes, what ends then, and who is in it already."""

    patients: tuple[str, ...]
    ends: tuple[Segment, ...]
    with_others: bool
    """Whether somebody is in the clinician's group already."""

    @property
    def alone(self) -> bool:
        """Whether it would be a group of one, which is listed as to fix."""
        return len(self.patients) == 1 and not self.with_others


def candidates(today: Today, code: Code, who: Who) -> tuple[Candidate, ...]:
    """Return today's visits, those that can join first, and whether each can."""
    meant = _meant(today)
    found = [_candidate(view, today, code, who, meant) for view in today.visits]
    return tuple(sorted(found, key=lambda candidate: candidate.joins is Joins.NOT_NOW))


def plan(today: Today, code: Code, who: Who, visit_ids: Iterable[str]) -> GroupPlan:
    """Return what a press would do for these visits."""
    wanted = set(visit_ids)
    views = [view for view in today.visits if view.visit.id in wanted]
    ends: dict[str, Segment] = {}
    for view in views:
        for segment in _blockers(service_of_press(code, view, who), today):
            ends[segment.id] = segment
    others = any(_same_group(segment, code, who) for segment in today.running)
    patients = tuple(view.visit.patient for view in views)
    return GroupPlan(patients, tuple(ends.values()), others)


def with_group(view: VisitView, code: Code) -> VisitView:
    """Return the visit as it would be with the group in it, however short."""
    if code.code in view.record.codes:
        return view
    segment = SegmentRow(
        id="",
        visit_id=view.visit.id,
        patient=view.visit.patient,
        code=code.code,
        clinician="",
        role="therapist",
        started_at=view.now,
        ended_at=view.now,
        attendance=code.attendance.value,
        exclusive=code.exclusive,
        origin="",
        recorded_at=view.now,
    )
    record = replace(view.record, segments=(*view.record.segments, segment))
    return replace(view, record=record)


def while_it_runs(today: Today, code: Code, visit_ids: Iterable[str]) -> tuple[Sentence, ...]:
    """Return what a clinician should know before pressing."""
    wanted = set(visit_ids)
    views = [view for view in today.visits if view.visit.id in wanted]
    sentences = [say("No one-on-one or attended code runs for you or for who is in it")]
    if code.count is Count.UNTIMED:
        sentences.append(
            say("Its minutes count as treatment time, not in the timed minutes: 1 unit a visit")
        )
    example = _supervised(views or list(today.visits))
    if example:
        sentences.append(
            say("A supervised modality, such as {code}, may go on beside it", code=example)
        )
    return tuple(sentences)


def running_group(view: VisitView, today: Today) -> tuple[Segment, ...]:
    """Return what runs of the group that a visit is in, its own segment first; else nothing."""
    own = next(
        (s for s in view.record.running if s.attendance == Attendance.GROUP.value),
        None,
    )
    if own is None:
        return ()
    others = [
        segment
        for segment in today.running
        if segment.id != own.id
        and segment.attendance == own.attendance
        and (segment.code, segment.clinician) == (own.code, own.clinician)
    ]
    return (own, *others)


def _candidate(view: VisitView, today: Today, code: Code, who: Who, meant: set[str]) -> Candidate:
    visit = view.visit
    if visit.signed:
        return Candidate(view, Joins.NOT_NOW, say("reopen it first"))
    if any(_same_group(segment, code, who) for segment in view.record.running):
        return Candidate(view, Joins.IN_IT, say("in the group"))
    if visit.id not in meant:
        text = say("has another visit today, which the group would go to")
        return Candidate(view, Joins.NOT_NOW, text)
    service = service_of_press(code, view, who)
    unqualified = refusal_by_itself(service)
    if unqualified is not None:
        return Candidate(view, Joins.NOT_NOW, unqualified.reason)
    return _beside_what_runs(view, today, service, who)


def _beside_what_runs(view: VisitView, today: Today, service: Service, who: Who) -> Candidate:
    """Judge what runs for the patient; what the clinician does elsewhere is the plan's matter."""
    blocking = [s for s in _blockers(service, today) if s.patient == view.visit.patient]
    others = [segment for segment in blocking if segment.clinician != who.clinician]
    if others:
        first = others[0]
        text = say("{code} runs with {clinician}", code=first.code, clinician=first.clinician)
        return Candidate(view, Joins.NOT_NOW, text)
    if blocking:
        text = say("{code} runs, and ends then", code=_name(view, blocking[0]))
        return Candidate(view, Joins.ENDS, text)
    beside = view.record.running
    if beside:
        return Candidate(view, Joins.FREE, say("{code} goes on beside it", code=beside[0].code))
    return Candidate(view, Joins.FREE, say("free"))


def _name(view: VisitView, segment: Segment) -> Sentence:
    code = view.code(segment.code)
    return quoted(code.label if code.apart else code.code)


def _blockers(service: Service, today: Today) -> list[Segment]:
    return [
        segment
        for segment in today.running
        if refusal_of_pair(service, service_of(segment, today.visit_of[segment.visit_id]))
    ]


def _same_group(segment: Segment, code: Code, who: Who) -> bool:
    return (segment.code, segment.clinician) == (code.code, who.clinician)


def _meant(today: Today) -> set[str]:
    """Return the visits that a start by patient id goes to: the open one that was made last."""
    meant: dict[str, VisitView] = {}
    for view in today.visits:
        if not view.visit.signed:
            before = meant.get(view.visit.patient)
            if before is None or view.visit.created_at >= before.visit.created_at:
                meant[view.visit.patient] = view
    return {view.visit.id for view in meant.values()}


def _supervised(views: list[VisitView]) -> str:
    """Return a supervised modality that these visits' clinicians use."""
    for view in views:
        for number in view.rules.disciplines[Discipline(view.visit.discipline)].cards:
            if view.code(number).attendance is Attendance.SUPERVISED:
                return number
    return ""
