"""The card a clinician presses to time one code, readable from two metres."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.painting import focus_ring, rounded
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.operations.cards import Card, Mood
from ptimer.timing.clock import Instant

_TOP_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_BOTTOM_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
_LARGE_FROM = 150
"""Pixels of height from which the running time is shown at its largest."""

_LOW = 160
"""Pixels of height below which label and reason have one line each."""


class StopwatchCard(QPushButton):
    """One code: its name, its time, and what a press does.

    Signals:
        pressed_for(code): a person pressed it; the operation's answer changes what it shows.
    """

    pressed_for = Signal(str)

    def __init__(self, look: Look, key: str = "", parent: QWidget | None = None) -> None:
        """Make an empty card; `key` is the key that presses it."""
        super().__init__(parent)
        self.look = look
        self._key = key
        self._card: Card | None = None
        self._time = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._tell)
        look.changed.connect(self.update)

    def show_card(self, card: Card, now: Instant) -> None:
        """Repaint from `card`; it keeps no other truth."""
        self._card = card
        self._time = texts.running_time(card.milliseconds(now))
        self.setAccessibleName(self._spoken(card))
        self.setAccessibleDescription(self._why(card))
        key = f" ({self._key})" if self._key else ""
        self.setToolTip(plain_tip(f"{card.code} {card.label}{key}"))
        self.update()

    def show_time(self, now: Instant) -> None:
        """Repaint the time, if it runs and is another."""
        card = self._card
        if card is None or card.running_since is None:
            return
        time = texts.running_time(card.milliseconds(now))
        if time != self._time:
            self._time = time
            self.update(self._time_area().toAlignedRect())

    @property
    def time_shown(self) -> str:
        """The time as it is painted."""
        return self._time

    @property
    def why_shown(self) -> str:
        """What is painted about why it may not run now, or nothing."""
        return self._why(self._card) if self._card else ""

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size at which nothing overlaps."""
        return QSize(self.look.px(150), self.look.px(112))

    def sizeHint(self) -> QSize:
        """Return a size for a low window; in a higher one a card takes what there is."""
        return QSize(self.look.px(210), self.look.px(132))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        card = self._card
        if card is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(event.rect())
        frame = QRectF(self.rect().adjusted(4, 4, -4, -4))
        ink, soft_ink = self._paint_box(painter, frame, card)
        inner = frame.adjusted(
            self.look.px(14), self.look.px(11), -self.look.px(14), -self.look.px(12)
        )
        self._paint_key(painter, frame, soft_ink)
        self._paint_names(painter, inner, card, ink, soft_ink)
        self._paint_time(painter, card, ink)
        if self.hasFocus():
            focus_ring(painter, self.look, frame, self.look.px(12))

    def _paint_box(self, painter: QPainter, frame: QRectF, card: Card) -> tuple[QColor, QColor]:
        """Paint the box and return the colours of what stands on it."""
        look = self.look
        radius = look.px(12)
        if card.mood is Mood.RUNNING:
            fill = look.color("warn_soft") if card.in_doubt else look.color("accent")
            ink = look.color("warn") if card.in_doubt else look.color("accent_ink")
            rounded(painter, frame, radius, fill)
            return ink, ink
        if card.mood is Mood.FREE:
            fill = look.color("lock_soft") if self.isDown() else look.color("panel")
            rounded(
                painter, frame, radius, fill, look.color("accent" if self.underMouse() else "line")
            )
            return look.color("ink"), look.color("mute")
        rounded(painter, frame, radius, look.color("lock_soft"), look.color("line"))
        return look.color("lock"), look.color("lock")

    def _paint_key(self, painter: QPainter, frame: QRectF, ink: QColor) -> None:
        if not self._key:
            return
        look = self.look
        painter.setFont(look.font(12, REGULAR))
        width = QFontMetrics(painter.font()).horizontalAdvance(self._key) + look.px(13)
        box = QRectF(
            frame.right() - look.px(12) - width, frame.top() + look.px(12), width, look.px(18)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(5), look.px(5))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._key)

    def _paint_names(
        self, painter: QPainter, inner: QRectF, card: Card, ink: QColor, soft_ink: QColor
    ) -> None:
        look = self.look
        painter.setPen(ink)
        painter.setFont(look.font(20, BOLD))
        painter.drawText(inner, _TOP_LEFT, card.code)
        top = inner.top() + look.px(25)
        painter.setPen(soft_ink)
        painter.setFont(look.font(13, REGULAR))
        room = QRectF(inner.left(), top, inner.width(), look.px(18 if self._is_low else 36))
        label = self._one_line(painter, card.label, room.width()) if self._is_low else card.label
        used = painter.boundingRect(room, _WRAPPED, label)
        painter.drawText(room, _WRAPPED, label)
        self._paint_why(painter, inner, used.bottom() + look.px(4), card, soft_ink)

    def _paint_why(
        self, painter: QPainter, inner: QRectF, top: float, card: Card, ink: QColor
    ) -> None:
        why = self._why(card)
        if not why or card.mood is Mood.RUNNING:
            return
        look = self.look
        left = inner.left()
        painter.setFont(look.font(12, REGULAR))
        if self._is_low:
            why = self._one_line(painter, why.partition("\n")[0], inner.width() - look.px(17))
        if card.mood is not Mood.FREE:
            size = look.px(12)
            ratio = self.devicePixelRatioF()
            painter.drawPixmap(
                QPoint(round(left), round(top) + look.px(2)), look.icon("lock", ink, 12, ratio)
            )
            left += size + look.px(5)
        painter.setPen(ink)
        bottom = inner.bottom() - look.px(28)
        room = QRectF(left, top, inner.right() - left, max(bottom - top, look.px(16)))
        painter.drawText(room, _WRAPPED, why)

    @property
    def _is_low(self) -> bool:
        """Whether there is room for one line each of label and reason only."""
        return self.height() < self.look.px(_LOW)

    @staticmethod
    def _one_line(painter: QPainter, text: str, width: float) -> str:
        metrics = QFontMetrics(painter.font())
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))

    def _paint_time(self, painter: QPainter, card: Card, ink: QColor) -> None:
        look = self.look
        area = self._time_area()
        painter.setPen(ink)
        if card.mood is not Mood.RUNNING:
            painter.setFont(look.font(26, BOLD, tabular=True))
            painter.drawText(area, _BOTTOM_LEFT, self._time)
            return
        painter.setFont(look.font(self._running_pixels(), BOLD, tabular=True))
        painter.drawText(area.adjusted(0, 0, 0, -look.px(20)), _BOTTOM_LEFT, self._time)
        state = QRectF(area.left(), area.bottom() - look.px(17), area.width(), look.px(17))
        size = look.px(9)
        top = round(state.top()) + (look.px(17) - size) // 2
        dot = look.icon("dot", ink, 9, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(round(state.left()), top), dot)
        painter.setFont(look.font(12, BOLD))
        painter.drawText(
            state.adjusted(size + look.px(6), 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self._state(card),
        )

    def _running_pixels(self) -> float:
        """Return the size of the running time: as large as the card allows."""
        largest = 60 if self.height() >= self.look.px(_LARGE_FROM) else 36
        if len(self._time) > 5:
            largest = min(largest, 44)
        room = self.width() - self.look.px(36)
        for pixels in (largest, 44, 36, 28):
            metrics = QFontMetrics(self.look.font(pixels, BOLD, tabular=True))
            if pixels <= largest and metrics.horizontalAdvance(self._time) <= room:
                return pixels
        return 24

    def _time_area(self) -> QRectF:
        frame = QRectF(self.rect().adjusted(4, 4, -4, -4))
        height = self.look.px(96 if self.height() >= self.look.px(_LARGE_FROM) else 62)
        running = self._card is not None and self._card.mood is Mood.RUNNING
        return QRectF(
            frame.left() + self.look.px(14),
            frame.bottom() - self.look.px(12) - (height if running else self.look.px(30)),
            frame.width() - self.look.px(28),
            height if running else self.look.px(30),
        )

    def _state(self, card: Card) -> str:
        if card.in_doubt:
            return self.tr("in doubt")
        if card.who:
            return self.tr("running with {0}").format(card.who)
        return self.tr("running")

    def _why(self, card: Card) -> str:
        parts = [texts.words(part) for part in (card.reason, card.hint) if part is not None]
        return "\n".join(parts)

    def _spoken(self, card: Card) -> str:
        verb = {
            Mood.RUNNING: self.tr("Stop {0} {1}"),
            Mood.SWITCHES: self.tr("Switch to {0} {1}"),
        }.get(card.mood, self.tr("Start {0} {1}"))
        return verb.format(card.code, card.label)

    def _tell(self) -> None:
        # A locked card asks, too: the operation answers with the rule, or switches.
        if self._card is not None:
            self.pressed_for.emit(self._card.code)


_WRAPPED = int(_TOP_LEFT | Qt.TextFlag.TextWordWrap)
