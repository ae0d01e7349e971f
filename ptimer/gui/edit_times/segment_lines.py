"""What does each recorded time of a visit say in the table?"""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from ptimer.billing.codebook import Count
from ptimer.gui.texts import Times, core
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE
from ptimer.timing.service_date import service_date


@dataclass(frozen=True)
class SegmentLine:
    """One row; `remark` is a small word behind the start."""

    segment: Segment
    start: str
    end: str
    later_day: str
    minutes: int
    role: str
    remark: str = ""
    doubtful: bool = False
    by_area: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        segment = self.segment
        parts = (
            segment.code,
            f"{self.start} – {self.end}{self.later_day}",  # noqa: RUF001  (a range)
            _tr("{0} min").format(self.minutes),
            segment.clinician,
            self.role,
            self.remark,
            segment.note,
        )
        return ", ".join(part for part in parts if part)


def lines_of(view: VisitView, times: Times) -> list[SegmentLine]:
    """Return the rows of a visit at a moment, in the order of their starts."""
    return [_line(view, segment, times) for segment in view.record.segments]


def role_words(segment: Segment) -> str:
    """Return a clinician's role, and who supervises."""
    if segment.assisted_by:
        return _tr("{0}, assisted by {1}").format(core(segment.role), segment.assisted_by)
    if segment.supervisor:
        return _tr("{0} with {1}").format(core(segment.role), segment.supervisor)
    return core(segment.role)


def _line(view: VisitView, segment: Segment, times: Times) -> SegmentLine:
    doubtful = segment.id in view.record.doubts
    end = _tr("running") if segment.ended_at is None else times.clock(segment.ended_at)
    edited = _tr("edited") if segment.edited else ""
    return SegmentLine(
        segment=segment,
        start=times.clock(segment.started_at),
        end=end,
        later_day=_later_day(view, segment),
        minutes=segment.stretch.milliseconds(view.now) // MINUTE,
        role=role_words(segment),
        remark=_tr("in doubt") if doubtful else edited,
        doubtful=doubtful,
        by_area=view.code(segment.code).count is Count.AREA,
    )


def _later_day(view: VisitView, segment: Segment) -> str:
    if segment.ended_at is None:
        return ""
    days = (service_date(segment.ended_at, view.zone) - view.visit.service_date).days
    return f" +{days}" if days > 0 else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("segments", text)
