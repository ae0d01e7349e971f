"""Grey bars where something would be read: that there is something, and nothing more."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, rounded
from ptimer.gui.look import MEDIUM, Look

_ROW = 58
_GAP = 7
_SIDE = 12


class SkeletonVisits(QWidget):
    """As many empty cards as there are visits; what runs is marked, whose it is is not told."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.look = look
        self.running: tuple[bool, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_visits(self, running: tuple[bool, ...]) -> None:
        """Show a card for each visit, and whether something runs in it."""
        if running != self.running:
            self.running = running
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a few cards; more are painted where there is room."""
        return QSize(self.look.px(200), self.look.px(3 * (_ROW + _GAP)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.look.px(_ROW + _GAP)
        for place, running in enumerate(self.running):
            if (place + 1) * step <= self.height():
                self._paint_card(painter, place * step, running=running)

    def _paint_card(self, painter: QPainter, top: int, *, running: bool) -> None:
        look = self.look
        frame = QRectF(1, top + 1, self.width() - 2, look.px(_ROW))
        rounded(painter, frame, look.px(10), look.color("panel"), look.color("line"))
        left = frame.left() + look.px(_SIDE)
        for width, height, down in ((64, 11, 13), (74, 9, 35)):
            bar = QRectF(left, frame.top() + look.px(down), look.px(width), look.px(height))
            rounded(painter, bar, look.px(5), look.color("line"))
        if running:
            self._paint_pill(painter, frame)

    def _paint_pill(self, painter: QPainter, frame: QRectF) -> None:
        look = self.look
        words = self.tr("running")
        painter.setFont(look.font(12, MEDIUM))
        width = QFontMetrics(painter.font()).horizontalAdvance(words) + look.px(29)
        right, top = frame.right() - look.px(_SIDE), frame.top() + look.px(31)
        pill = QRectF(right - width, top, width, look.px(18))
        rounded(painter, pill, look.px(9), look.color("accent"))
        ink = look.color("accent_ink")
        dot = look.icon("dot", ink, 9, self.devicePixelRatioF())
        away = (look.px(18) - look.px(9)) // 2
        painter.drawPixmap(QPoint(round(pill.left()) + look.px(8), round(top) + away), dot)
        painter.setPen(ink)
        painter.drawText(pill.adjusted(look.px(21), 0, 0, 0), LEFT_MIDDLE, words)


class SkeletonUnits(QWidget):
    """A number and a scale that are hidden."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the bars."""
        super().__init__(parent)
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(200), self.look.px(70))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        number = QRectF(0, 0, look.px(150), look.px(34))
        rounded(painter, number, look.px(8), look.color("line"))
        scale = QRectF(0, look.px(55), self.width(), look.px(14))
        rounded(painter, scale, look.px(7), look.color("line"))
