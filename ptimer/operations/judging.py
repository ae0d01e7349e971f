"""Would this segment be allowed in the record? Asked by start, correction and import alike."""

from dataclasses import dataclass

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import (
    Refusal,
    Role,
    Service,
    refusal_by_itself,
    refusal_of,
    refusal_of_pair,
    visit_signed,
)
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Refused, shown
from ptimer.storage import segments, visit_marks, visits
from ptimer.storage.errors import VISIT_MARKED
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.wording import say


@dataclass(frozen=True)
class Verdict:
    """Why a segment is refused, and every segment of the record that it would meet."""

    refusal: Refusal
    blockers: tuple[SegmentRow, ...] = ()


def service_of(segment: SegmentRow, visit: VisitRow) -> Service:
    """Return what the rules need to know of a segment."""
    return Service(
        code=segment.code,
        attendance=Attendance(segment.attendance),
        patient=segment.patient,
        visit=segment.visit_id,
        clinician=segment.clinician,
        role=Role(segment.role),
        supervisor=segment.supervisor,
        exclusive=segment.exclusive,
        relaxed=visit.relaxed,
        assistants_barred=visit.assistants_barred,
    )


def judge(
    clinic: Clinic, segment: SegmentRow, visit: VisitRow, *, although_signed: bool = False
) -> Verdict | None:
    """Return why the segment may not be recorded beside what is there, or None if it may.

    `visit` is the segment's, as it is or as it is about to be. `although_signed` judges what
    stands in a signed visit, which takes nothing new.
    """
    if not although_signed:
        if visit.signed:
            return Verdict(visit_signed(visit.patient, str(visit.service_date)))
        check_not_away(clinic, visit)
    service = service_of(segment, visit)
    met = [
        other
        for other in segments.meeting(
            clinic.connection,
            patients=[segment.patient],
            clinicians=sorted(service.occupied),
            time=segment.stretch,
        )
        if other.id != segment.id
    ]
    return _verdict(clinic, service, visit, met)


def refused(clinic: Clinic, verdict: Verdict) -> Refused:
    """Return the refusal as a person is told it, with the rule's source."""
    rule = verdict.refusal.rule.value
    return Refused(
        verdict.refusal.reason,
        rule=rule,
        source=clinic.rulebook.rules.cited(rule),
        blockers=verdict.blockers,
    )


def check_open(clinic: Clinic, visit: VisitRow) -> None:
    """Check that a visit takes changes.

    Raises:
        Refused: it is signed, or marked as not held.
    """
    check_signed(clinic, visit)
    check_not_away(clinic, visit)


def check_not_away(clinic: Clinic, visit: VisitRow) -> None:
    """Check that a visit is not marked as cancelled or no-show.

    Raises:
        Refused: it is.
    """
    mark = visit_marks.standing(clinic.connection, [visit.id]).get(visit.id)
    if mark is not None and mark.away:
        raise Refused(
            say(
                "{patient}'s visit of {day} is marked as {kind}: take the mark back first",
                patient=shown(visit.patient),
                day=visit.service_date,
                kind=say("cancelled") if mark.kind == visit_marks.CANCELLED else say("no-show"),
            ),
            rule=VISIT_MARKED,
        )


def check_signed(clinic: Clinic, visit: VisitRow) -> None:
    """Check that a visit is not closed.

    Raises:
        Refused: it is signed.
    """
    if visit.signed:
        raise refused(clinic, Verdict(visit_signed(visit.patient, str(visit.service_date))))


def runs_already(clinic: Clinic, segment: SegmentRow) -> bool:
    """Return whether a stopwatch runs that this one would be once more."""
    return any(
        (other.visit_id, other.code, other.clinician, other.role, other.supervisor)
        == (segment.visit_id, segment.code, segment.clinician, segment.role, segment.supervisor)
        for other in segments.running(clinic.connection)
    )


def check_runs_once(clinic: Clinic, segment: SegmentRow) -> None:
    """Check that no stopwatch runs twice, which no rule forbids a supervised or group code.

    Raises:
        Misused: it runs already.
    """
    if segment.running and runs_already(clinic, segment):
        raise Misused(
            say(
                "{code} of {patient} runs already",
                code=segment.code,
                patient=shown(segment.patient),
            )
        )


def _verdict(
    clinic: Clinic, service: Service, visit: VisitRow, rows: list[SegmentRow]
) -> Verdict | None:
    if not rows:
        alone = refusal_by_itself(service)
        return Verdict(alone) if alone else None
    visit_of = {
        row.id: row for row in visits.many(clinic.connection, {row.visit_id for row in rows})
    }
    visit_of[visit.id] = visit
    others = [service_of(row, visit_of[row.visit_id]) for row in rows]
    refusal = refusal_of(service, others)
    if refusal is None:
        return None
    blockers = tuple(
        row
        for row, other in zip(rows, others, strict=True)
        if refusal_of_pair(service, other) is not None
    )
    return Verdict(refusal, blockers)
