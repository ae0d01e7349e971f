"""Mark a visit as cancelled, no-show or stopped early, with a reason, and take a mark back."""

from enum import StrEnum

from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_signed
from ptimer.storage import audit_log, segments, visit_marks, visits
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visit_marks import MarkRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, listed, say


class Mark(StrEnum):
    """What became of a visit that was not held as planned."""

    CANCELLED = visit_marks.CANCELLED
    NO_SHOW = visit_marks.NO_SHOW
    STOPPED_EARLY = visit_marks.STOPPED_EARLY


def mark(clinic: Clinic, visit_id: str, wanted: Mark, why: str) -> None:
    """Mark a visit.

    Raises:
        Misused: no reason, or the mark does not fit what is recorded.
        Refused: the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        visit = visits.get(clinic.connection, visit_id)
        check_signed(clinic, visit)
        standing = visit_marks.standing(clinic.connection, [visit_id]).get(visit_id)
        timed = segments.of_visits(clinic.connection, [visit_id]).get(visit_id, [])
        wrong = why_not(visit, wanted, timed, standing)
        if wrong is not None:
            raise Misused(wrong)
        row = MarkRow(visit_id, wanted.value, reason, defaults.who(clinic), now)
        visit_marks.add(clinic.connection, row)
        _log(clinic, "mark", visit_id, now, after=wanted.value, reason=reason)


def take_back(clinic: Clinic, visit_id: str) -> None:
    """Take a visit's mark back: the visit is open again.

    Raises:
        Misused: it is not marked.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = visits.get(clinic.connection, visit_id)
        check_signed(clinic, visit)
        standing = visit_marks.standing(clinic.connection, [visit_id]).get(visit_id)
        if standing is None:
            raise Misused(say("{patient}'s visit is not marked", patient=shown(visit.patient)))
        visit_marks.take_back(clinic.connection, visit_id, at=now)
        _log(clinic, "mark-taken-back", visit_id, now, before=standing.kind)


def why_not(
    visit: VisitRow, wanted: Mark, timed: list[SegmentRow], standing: MarkRow | None
) -> Sentence | None:
    """Return why a visit can't be marked so, or None if it can."""
    patient = shown(visit.patient)
    if standing is not None:
        return say(
            "{patient}'s visit is marked already, as {kind}: take that back first",
            patient=patient,
            kind=kind_words(standing.kind),
        )
    if wanted is Mark.STOPPED_EARLY:
        if timed:
            return None
        return say(
            "Nothing was timed for {patient}: mark the visit as cancelled or as no-show",
            patient=patient,
        )
    if timed:
        return say(
            "{codes} was timed for {patient}: a visit that began can only be stopped early",
            codes=listed(list(dict.fromkeys(segment.code for segment in timed))),
            patient=patient,
        )
    if wanted is Mark.NO_SHOW and visit.arrived_at is not None:
        return say(
            "{patient} has an arrival: take that back, or mark the visit as cancelled",
            patient=patient,
        )
    return None


def kind_words(kind: str) -> Sentence:
    """Return a mark in words."""
    return {
        visit_marks.CANCELLED: say("cancelled"),
        visit_marks.NO_SHOW: say("no-show"),
        visit_marks.STOPPED_EARLY: say("stopped early"),
    }[kind]


def _log(  # noqa: PLR0913  (what a row of the audit log says)
    clinic: Clinic,
    action: str,
    visit_id: str,
    now: Instant,
    *,
    before: str = "",
    after: str = "",
    reason: str = "",
) -> None:
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            action,
            visit_id,
            before={"mark": before} if before else None,
            after={"mark": after} if after else None,
            reason=reason,
        ),
    )
