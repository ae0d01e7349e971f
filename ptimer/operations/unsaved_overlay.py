"""What would the day look like with the presses that are not recorded yet?

Pure: a day and the presses go in, the day as a person sees it comes out. What no rule was asked
about yet is marked, and never called recorded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from ptimer.billing.codebook import Discipline
from ptimer.billing.conflicts import Service, refusal_of, refusal_of_pair
from ptimer.operations.defaults import assistants_barred
from ptimer.operations.errors import Refused
from ptimer.operations.judging import service_of
from ptimer.operations.snapshots import Today
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.visit_record import VisitRecord
from ptimer.operations.visit_view import VisitView
from ptimer.storage.rulebook import Rulebook
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import OPEN, VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date


@dataclass(frozen=True)
class Rules:
    """What a visit that is not recorded is counted by: the rule book, in the clinic's zone."""

    book: Rulebook
    zone: tzinfo | None


def overlaid(
    today: Today, presses: Iterable[Unsaved], now: Instant, rules: Rules | None = None
) -> Today:
    """Return the day at a moment with kept presses done to it; without rules no visit is made."""
    moved = replace(
        today,
        now=now,
        visits=tuple(view.at(now) for view in today.visits),
        earlier=tuple(view.at(now) for view in today.earlier),
    )
    for press in presses:
        if press.action is Action.STOP:
            ended = [segment for segment in moved.running if press.ends(segment)]
            moved = _ended(moved, ended, press.at)
        elif press.action is Action.START:
            moved = _started(moved, press)
        else:
            moved = _with_fact(moved, press, rules)
    return moved


def visit_there(today: Today, press: Unsaved) -> VisitView | None:
    """Return the day's visit that a press is about: of its patient and discipline."""
    of_patient = [view for view in today.visits if view.visit.patient in press.patients]
    return next((v for v in of_patient if v.visit.discipline == press.discipline), None)


def _with_fact(today: Today, press: Unsaved, rules: Rules | None) -> Today:
    """Return the day with a visit made or planned, or with who came or left."""
    view = visit_there(today, press)
    if view is None:
        made = _made(press, rules, today.now) if rules is not None else None
        return today if made is None else replace(today, visits=(*today.visits, made))
    visit = view.visit
    if press.action is Action.VISIT:
        visit = replace(visit, planned_at=visit.planned_at or press.planned)
    elif press.action is Action.ARRIVAL:
        visit = replace(visit, arrived_at=press.at, departed_at=None)
    else:
        visit = replace(visit, departed_at=press.at)
    record = replace(
        view.record,
        visit=visit,
        unsaved_facts=view.record.unsaved_facts | {press.action.value},
    )
    changed = replace(view, record=record)
    return replace(today, visits=tuple(changed if v is view else v for v in today.visits))


def _made(press: Unsaved, rules: Rules, now: Instant) -> VisitView | None:
    payer = rules.book.payers.find(press.payer)
    if payer is None or press.action is not Action.VISIT:
        return None
    discipline = Discipline(press.discipline)
    visit = VisitRow(
        id=press.id,
        patient=press.patients[0],
        discipline=discipline.value,
        service_date=service_date(press.at, rules.zone),
        payer=payer.name,
        relaxed=payer.relaxes_billed_alone,
        assistants_barred=assistants_barred(payer, discipline),
        status=OPEN,
        planned_at=press.planned,
        arrived_at=None,
        departed_at=None,
        created_at=press.at,
    )
    record = VisitRecord(visit, unsaved_facts=frozenset((press.action.value,)))
    return VisitView(record, rules.book, now, rules.zone)


def _started(today: Today, press: Unsaved) -> Today:
    views = [_view(today, patient, press) for patient in press.patients]
    drafts = [_draft(view, press) for view in views if view is not None]
    fresh = [draft for draft in drafts if not _runs_already(today, draft)]
    meets = [other for draft in fresh for other in today.running if _blocks(today, draft, other)]
    today = _ended(today, meets, press.at)
    for draft in fresh:
        today = _with_segment(today, draft)
    return today


def _view(today: Today, patient: str, press: Unsaved) -> VisitView | None:
    of_patient = [view for view in today.visits if view.visit.patient == patient]
    same = [view for view in of_patient if view.visit.discipline == press.discipline]
    return next(iter(same or of_patient), None)


def _draft(view: VisitView, press: Unsaved) -> SegmentRow:
    code = view.code(press.code)
    return SegmentRow(
        id=f"{press.id}/{view.visit.id}",
        visit_id=view.visit.id,
        patient=view.visit.patient,
        code=code.code,
        clinician=press.clinician,
        role=press.role.value,
        started_at=press.at,
        ended_at=None,
        attendance=code.attendance.value,
        exclusive=code.exclusive,
        origin="press",
        recorded_at=press.at,
        supervisor=press.supervisor,
        group_id=press.id if len(press.patients) > 1 else None,
        assisted_by=press.assisted_by,
    )


def _runs_already(today: Today, draft: SegmentRow) -> bool:
    return any(
        (each.visit_id, each.code, each.clinician) == (draft.visit_id, draft.code, draft.clinician)
        for each in today.running
    )


def _blocks(today: Today, draft: SegmentRow, other: SegmentRow) -> bool:
    return refusal_of_pair(_service(today, draft), _service(today, other)) is not None


def _service(today: Today, segment: SegmentRow) -> Service:
    visit = today.visit_of.get(segment.visit_id)
    if visit is None:
        view = today.visit(segment.visit_id)
        if view is None:
            raise LookupError(segment.visit_id)
        visit = view.visit
    return service_of(segment, visit)


def _with_segment(today: Today, segment: SegmentRow) -> Today:
    view = today.visit(segment.visit_id)
    if view is None:
        return today
    changed = _changed(today, {segment.visit_id: (*view.record.segments, segment)}, {segment.id})
    return replace(
        changed,
        running=(*changed.running, segment),
        visit_of={**changed.visit_of, segment.visit_id: view.visit},
    )


def _ended(today: Today, segments: Sequence[SegmentRow], at: Instant) -> Today:
    ended = {each.id: replace(each, ended_at=max(at, each.started_at)) for each in segments}
    if not ended:
        return today
    found = {}
    for view in (*today.visits, *today.earlier):
        if any(each.id in ended for each in view.record.segments):
            found[view.visit.id] = tuple(ended.get(each.id, each) for each in view.record.segments)
    changed = _changed(today, found, set(ended))
    return replace(changed, running=tuple(each for each in changed.running if each.id not in ended))


def _changed(today: Today, segments: dict[str, tuple[SegmentRow, ...]], unsaved: set[str]) -> Today:
    def changed(view: VisitView) -> VisitView:
        if view.visit.id not in segments:
            return view
        record = replace(
            view.record,
            segments=segments[view.visit.id],
            unsaved=view.record.unsaved | unsaved,
        )
        return replace(view, record=record)

    return replace(
        today,
        visits=tuple(map(changed, today.visits)),
        earlier=tuple(map(changed, today.earlier)),
    )


def refusal(today: Today, press: Unsaved) -> Refused | None:
    """Return why a start would be refused beside what is seen to run; None where it may be kept.

    As with any press of a card, what runs in the same visit by the same clinician gives way.
    """
    if press.action is not Action.START or press.switch:
        return None
    running = {each.id: _service(today, each) for each in today.running}
    for view in filter(None, (_view(today, patient, press) for patient in press.patients)):
        draft = _draft(view, press)
        found = refusal_of(_service(today, draft), list(running.values()))
        if found is None:
            continue
        blockers = tuple(each for each in today.running if _blocks(today, draft, each))
        if not blockers or not all(_own(each, draft) for each in blockers):
            source = view.rules.cited(found.rule.value)
            return Refused(found.reason, rule=found.rule.value, source=source, blockers=blockers)
    return None


def _own(segment: SegmentRow, draft: SegmentRow) -> bool:
    return (segment.visit_id, segment.clinician) == (draft.visit_id, draft.clinician)
