"""A card one line high: rest, not billable, supervision level."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ptimer.gui import texts
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.operations.cards import Card, Mood
from ptimer.timing.clock import Instant


class SlimCard(QPushButton):
    """Something a clinician presses that is no code to bill.

    Signals:
        pressed_for(code): a person pressed it.
    """

    pressed_for = Signal(str)

    def __init__(self, look: Look, name: str, icon: str, key: str, code: str = "") -> None:
        """Make a card; `code` is what it starts, if it starts anything."""
        super().__init__(name)
        self.look = look
        self._icon = icon
        self._key = key
        self._code = code
        self._card: Card | None = None
        self._time = ""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: self.pressed_for.emit(self._code))
        look.changed.connect(self.update)

    def show_card(self, card: Card, now: Instant) -> None:
        """Repaint from `card`."""
        self._card = card
        milliseconds = card.milliseconds(now)
        self._time = texts.running_time(milliseconds) if milliseconds else ""
        self.update()

    def show_time(self, now: Instant) -> None:
        """Repaint the time, if it runs and is another."""
        if self._card is not None and self._card.running_since is not None:
            self.show_card(self._card, now)

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(150), self.look.px(56))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect().adjusted(4, 4, -4, -4))
        running = self._card is not None and self._card.mood is Mood.RUNNING
        idle = look.color("panel") if self.isEnabled() else look.color("lock_soft")
        fill = look.color("accent") if running else idle
        edge = None if running else look.color("accent" if self.underMouse() else "line")
        rounded(painter, frame, look.px(12), fill, edge)
        ink = look.color("accent_ink" if running else "ink" if self.isEnabled() else "lock")
        self._paint_words(painter, frame, ink)
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(12))

    def _paint_words(self, painter: QPainter, frame: QRectF, ink: QColor) -> None:
        look = self.look
        left = round(frame.left()) + look.px(14)
        size = look.px(15)
        middle = round(frame.center().y())
        painter.drawPixmap(
            QPoint(left, middle - size // 2),
            look.icon(self._icon, ink, 15, self.devicePixelRatioF()),
        )
        painter.setPen(ink)
        painter.setFont(look.font(14, BOLD))
        words = f"{self.text()}  {self._time}" if self._time else self.text()
        painter.drawText(frame.adjusted(look.px(14 + 7) + size, 0, 0, 0), LEFT_MIDDLE, words)
        painter.setFont(look.font(12, REGULAR))
        width = QFontMetrics(painter.font()).horizontalAdvance(self._key) + look.px(13)
        box = QRectF(frame.right() - look.px(12) - width, middle - look.px(9), width, look.px(18))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
