"""A stopwatch that goes on while the window is locked: what runs and how long, never for whom."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, SIDE, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.timing.clock import Instant

_SIZES = (52, 44, 36, 28, 22)
_LARGE, _SMALL = 80, 56


@dataclass(frozen=True)
class RunningCode:
    """What runs: a segment that a stop names, its code, and since when."""

    segment_id: str
    code: str
    since: Instant
    patients: int = 1


class _Face(QWidget):
    """Code and time on the colour of what runs."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.code, self.about, self.time = "", "", ""
        self._large = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_words(self, code: str, about: str, *, large: bool) -> None:
        self.code, self.about = code, about
        if large != self._large:
            self._large = large
            self.updateGeometry()
        self.setAccessibleName(f"{code}, {about}")
        self.update()

    def show_time(self, time: str) -> None:
        if time != self.time:
            self.time = time
            self.update()

    def sizeHint(self) -> QSize:
        height = _LARGE if self._large else _SMALL
        return QSize(self.look.px(220), self.look.px(height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(look.px(SIDE), 0, -look.px(SIDE), 0)
        rounded(painter, frame, look.px(12), look.color("accent"))
        inner = frame.adjusted(look.px(16), 0, -look.px(16), 0)
        painter.setPen(look.color("accent_ink"))
        taken = self._paint_names(painter, inner)
        room = inner.adjusted(taken + look.px(8), 0, 0, 0)
        painter.setFont(self._time_font(room.width()))
        painter.drawText(room, RIGHT_MIDDLE, self.time)

    def _paint_names(self, painter: QPainter, inner: QRectF) -> int:
        """Paint code and state, and return how wide they are."""
        look = self.look
        middle = inner.center().y()
        painter.setFont(look.font(18, BOLD))
        wide = QFontMetrics(painter.font()).horizontalAdvance(self.code)
        upper = QRectF(inner.left(), middle - look.px(24), inner.width(), look.px(25))
        painter.drawText(upper, LEFT_MIDDLE, self.code)
        painter.setFont(look.font(12, REGULAR))
        lower = QRectF(inner.left(), middle + look.px(3), inner.width(), look.px(17))
        dot = look.icon("dot", look.color("accent_ink"), 9, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(lower.left()), round(lower.top()) + look.px(4)), dot)
        painter.drawText(lower.adjusted(look.px(14), 0, 0, 0), LEFT_MIDDLE, self.about)
        below = QFontMetrics(painter.font()).horizontalAdvance(self.about) + look.px(14)
        return max(wide, below)

    def _time_font(self, room: float) -> QFont:
        """Return the largest type in which the time fits."""
        for pixels in _SIZES[0 if self._large else 2 :]:
            font = self.look.font(pixels, BOLD, tabular=True)
            if QFontMetrics(font).horizontalAdvance(self.time) <= room:
                return font
        return self.look.font(16, BOLD, tabular=True)


class LockedTime(QWidget):
    """One running stopwatch, with its stop.

    Signals:
        stop_wanted(segment_id): a person stops it.
    """

    stop_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.look = look
        self._running: RunningCode | None = None
        self._face = _Face(look, self)
        self.stop = Button(look, "", icon="stop")
        self.stop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(1))
        column.addWidget(self._face)
        column.addWidget(self.stop)
        self.stop.clicked.connect(self._tell)

    @property
    def code_shown(self) -> str:
        """The code as it is read."""
        return self._face.code

    @property
    def time_shown(self) -> str:
        """The time as it is read."""
        return self._face.time

    def show_running(self, running: RunningCode, now: Instant, *, alone: bool, last: bool) -> None:
        """Show what runs; `last` is what Space stops."""
        self._running = running
        words = self.tr("running")
        if running.patients > 1:
            words = self.tr("running for {0}").format(running.patients)
        self._face.show_words(running.code, words, large=alone)
        key = self.tr("Space") if last else ""
        self.stop.set_words(self.tr("Stop {0}").format(running.code), key=key)
        self.show_time(now)

    def show_time(self, now: Instant) -> None:
        """Show how long it has run."""
        if self._running is not None:
            self._face.show_time(texts.running_time(max(now - self._running.since, 0)))

    def _tell(self) -> None:
        if self._running is not None:
            self.stop_wanted.emit(self._running.segment_id)
