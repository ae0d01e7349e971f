"""A card one line high: rest, not billable, supervision level."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ptimer.gui import texts
from ptimer.gui.controls.painting import LEFT_MIDDLE, focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.operations.cards import Card, Mood
from ptimer.timing.clock import Instant

_EDGE = 4
"""Pixels around the card that its focus ring needs."""


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
        """Repaint from `card`, if it is another."""
        milliseconds = card.milliseconds(now)
        time = texts.running_time(milliseconds) if milliseconds else ""
        if (card, time) == (self._card, self._time):
            return
        self._card = card
        if len(time) != len(self._time):
            self.updateGeometry()
        self._time = time
        self.setAccessibleName(self._spoken(card))
        self.update()

    def show_time(self, now: Instant) -> None:
        """Repaint the time, if it runs and is another."""
        if self._card is not None and self._card.running_since is not None:
            self.show_card(self._card, now)

    def _spoken(self, card: Card) -> str:
        """Return what a press does, for who can't see which card is filled."""
        if card.in_doubt:
            return self.tr("Answer whether {0} went on").format(self.text())
        if card.mood is Mood.RUNNING:
            return self.tr("Stop {0}").format(self.text())
        return self.text()

    def sizeHint(self) -> QSize:
        """Return the size that icon, words, time and key need."""
        look = self.look
        words = QFontMetrics(look.font(14, BOLD)).horizontalAdvance(self._words())
        key = QFontMetrics(look.font(12, REGULAR)).horizontalAdvance(self._key) + look.px(13)
        room = 2 * _EDGE + look.px(14 + 15 + 7) + words + look.px(10) + key + look.px(12)
        return QSize(room, look.px(56))

    def minimumSizeHint(self) -> QSize:
        """Return the same: no word is ever cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE))
        running = self._card is not None and self._card.mood is Mood.RUNNING
        idle = look.color("panel") if self.isEnabled() else look.color("lock_soft")
        unsaved = self._card is not None and self._card.unsaved
        filled = look.color("bad_soft" if unsaved else "accent")
        fill = filled if running else idle
        edge = None if running else look.color("accent" if self.underMouse() else "line")
        rounded(painter, frame, look.px(12), fill, edge)
        ink = look.color("accent_ink" if running else "ink" if self.isEnabled() else "lock")
        if unsaved:
            ink = look.color("bad")
        self._paint_words(painter, frame, ink)
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(12))

    def _words(self) -> str:
        words = f"{self.text()}  {self._time}" if self._time else self.text()
        unsaved = self._card is not None and self._card.unsaved
        return self.tr("{0} NOT recorded").format(words) if unsaved else words

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
        words = frame.adjusted(look.px(14 + 7) + size, 0, 0, 0)
        painter.drawText(words, LEFT_MIDDLE, self._words())
        painter.setFont(look.font(12, REGULAR))
        width = QFontMetrics(painter.font()).horizontalAdvance(self._key) + look.px(13)
        box = QRectF(frame.right() - look.px(12) - width, middle - look.px(9), width, look.px(18))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)
