"""What does a day, or a visit, come to for a report? Snapshots turned into plain values."""

from collections.abc import Iterable

from ptimer.billing.visit_units import OVER_60
from ptimer.operations.snapshots import Day
from ptimer.operations.visit_view import VisitView
from ptimer.reports.day_summary import Summary, SummaryAway, SummaryLine, SummaryVisit
from ptimer.storage.segments import SegmentRow
from ptimer.timing.service_date import clock_text
from ptimer.wording import say


def summary_of(day: Day) -> Summary:
    """Return a day as a report has it."""
    return Summary(
        day.date.isoformat(),
        day.clinician,
        tuple(visit_summary(view) for view in day.visits),
        day.hidden,
        tuple(
            SummaryAway(
                view.visit.patient,
                view.visit.payer,
                view.visit.discipline,
                view.record.mark.kind,
                view.record.mark.reason,
            )
            for view in day.away
            if view.record.mark is not None
        ),
    )


def visit_summary(view: VisitView) -> SummaryVisit:
    """Return a visit as a report has it."""
    reckoning = view.reckoning
    return SummaryVisit(
        patient=view.visit.patient,
        payer=view.visit.payer,
        discipline=view.visit.discipline,
        rule=reckoning.rule.value,
        status=view.visit.status,
        clinicians=view.record.clinicians,
        timed_minutes=view.timed_minutes,
        pooled_minutes=reckoning.pooled_minutes,
        total_minutes=view.total_minutes,
        timed_units=reckoning.timed_units,
        units=reckoning.total_units,
        lines=tuple(
            SummaryLine(
                billed.line.code.code,
                billed.line.code.label,
                billed.minutes,
                billed.units,
                billed.line.code.timed,
                billed.modifiers,
                tuple(_times(view, segment) for segment in view.segments_of(billed)),
            )
            for billed in view.billed_lines
        ),
        to_fix=tuple((item.rule, str(item.text)) for item in view.to_fix),
        warnings=tuple(_warnings(view)),
        stopped_early=view.record.mark.reason if view.record.mark and not view.away else "",
        not_treatment=tuple(
            (code, view.minutes_of(code)) for code in view.record.codes if view.code(code).apart
        ),
    )


def _warnings(view: VisitView) -> Iterable[tuple[str, str]]:
    """Yield rule and sentence of each warning; of a long treatment the reason, once it is given."""
    for warning in view.warnings:
        reason = view.record.long_reasons.get(warning.code) if warning.rule == OVER_60 else ""
        text = warning.text
        if reason:
            text = say(
                "{code} ran {minutes} minutes: {reason}",
                code=warning.code,
                minutes=view.minutes_of(warning.code),
                reason=reason,
            )
        yield warning.rule, str(text)


def _times(view: VisitView, segment: SegmentRow) -> tuple[str, str | None]:
    end = segment.ended_at
    return (
        clock_text(segment.started_at, view.zone),
        None if end is None else clock_text(end, view.zone),
    )
