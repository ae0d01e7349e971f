"""The time in doubt drawn: what is recorded, what only the clinician knows, and the hours below."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Times
from ptimer.timing.clock import MINUTE, Instant

_LANE = 28
_TICKS = 20
_STEPS_MINUTES = (1, 5, 10, 15, 30, 60, 120, 240, 720, 1440)
_ROOM_FOR_A_TIME = 70


@dataclass(frozen=True)
class DoubtSpan:
    """What is drawn: sure from `start` to `sure`, in doubt from there to `end`."""

    code: str
    start: Instant
    sure: Instant
    end: Instant


class DoubtBar(QWidget):
    """One lane; the part in doubt is dashed, and says so in words."""

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Draw nothing yet."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.span: DoubtSpan | None = None
        self._from, self._to = Instant(0), Instant(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_span(self, span: DoubtSpan) -> None:
        """Draw a span, if it is another one to the eye."""
        if span == self.span:
            return
        self.span = span
        room = max((span.end - span.start) // 12, MINUTE)
        step = 5 * MINUTE
        self._from = Instant((span.start - room // 2) // step * step)
        self._to = Instant(span.end + room)
        self.setAccessibleName(self.tr("What is in doubt"))
        self.setAccessibleDescription(f"{self.sure_words}, {self.doubt_words}")
        self.update()

    @property
    def sure_words(self) -> str:
        """What the recorded part says."""
        if self.span is None:
            return ""
        minutes = max(self.span.sure - self.span.start, 0) // MINUTE
        return self.tr("{0} · {1} min recorded").format(self.span.code, minutes)

    @property
    def doubt_words(self) -> str:
        """What the part in doubt says."""
        if self.span is None:
            return ""
        return self.tr("{0} min in doubt").format(max(self.span.end - self.span.sure, 0) // MINUTE)

    def sizeHint(self) -> QSize:
        """Return the height of the lane and its hours."""
        return QSize(self.look.px(400), self.look.px(_LANE + _TICKS))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint lane, parts and hours."""
        del event
        if self.span is None:
            return
        look, span = self.look, self.span
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lane = QRectF(0, 0, self.width(), look.px(_LANE))
        rounded(painter, lane, look.px(6), look.color("lock_soft"))
        sure = self._box(span.start, span.sure)
        rounded(painter, sure, look.px(5), look.color("accent"))
        self._words(painter, sure.adjusted(look.px(8), 0, 0, 0), self.sure_words, "accent_ink")
        if span.end > span.sure:
            doubt = self._box(span.sure, span.end)
            painter.setBrush(look.color("warn_soft"))
            painter.setPen(QPen(look.color("warn"), 2, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(doubt.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
            self._words(painter, doubt, self.doubt_words, "warn", middle=True)
        self._paint_hours(painter)

    def _words(
        self, painter: QPainter, box: QRectF, text: str, color: str, *, middle: bool = False
    ) -> None:
        painter.setFont(self.look.font(12, BOLD))
        if QFontMetrics(painter.font()).horizontalAdvance(text) + self.look.px(8) > box.width():
            return
        painter.setPen(self.look.color(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter if middle else LEFT_MIDDLE, text)

    def _paint_hours(self, painter: QPainter) -> None:
        look = self.look
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        step = self._step()
        mark = -(-self._from // step) * step
        top = look.px(_LANE + 4)
        while mark <= self._to:
            text = self._times.time(Instant(mark))
            width = QFontMetrics(painter.font()).horizontalAdvance(text) + 2
            left = min(max(self._x(Instant(mark)) - width / 2, 0), self.width() - width)
            painter.drawText(QRectF(left, top, width, look.px(16)), LEFT_MIDDLE, text)
            mark += step

    def _step(self) -> int:
        most = max(self.width() // self.look.px(_ROOM_FOR_A_TIME), 1)
        length = self._to - self._from
        fitting = (m * MINUTE for m in _STEPS_MINUTES if length / (m * MINUTE) <= most)
        return next(fitting, -(-length // most // MINUTE) * MINUTE or MINUTE)

    def _box(self, start: Instant, end: Instant) -> QRectF:
        left, right = self._x(start), self._x(end)
        return QRectF(left, 0, max(right - left, 2.0), self.look.px(_LANE))

    def _x(self, instant: Instant) -> float:
        return (instant - self._from) / max(self._to - self._from, 1) * self.width()
