"""What is read in passing: code, time, units, and how far the next unit is."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look
from ptimer.gui.mini.glance import State

_SIDE = 12
_TIME_SIZES = (35, 31, 27, 23)
_LOWER = 12
_DRAG = 6
"""Pixels that a press may wander without moving the window."""

_GROUND = {
    State.RUNNING: ("accent", "accent_ink", "dot"),
    State.STOPPED: ("panel", "ink", "stop"),
    State.DOUBT: ("warn_soft", "warn", "warning"),
}


@dataclass(frozen=True)
class FaceWords:
    """What the face says besides the time. `left` and `right` are its last line."""

    state: State
    title: str
    patient: str = ""
    units: str = ""
    unit_word: str = ""
    left: str = ""
    right: str = ""
    spoken: str = ""


class MiniFace(QAbstractButton):
    """The large part of the mini window: a press goes back to ptimer, a drag moves the window.

    Signals:
        dragged(QPoint): a person pulls it by so much, and goes on pulling.
    """

    dragged = Signal(QPoint)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.look = look
        self.words = FaceWords(State.STOPPED, "")
        self.time = ""
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)

    def show_words(self, words: FaceWords, time: str) -> None:
        """Say something else; the same words cost no paint."""
        if words != self.words:
            self.words = words
            self.setAccessibleName(words.spoken)
            self.setToolTip(plain_tip(words.spoken))
            self.update()
        self.show_time(time)

    def show_time(self, time: str) -> None:
        """Show the time that has passed; only the time is painted anew."""
        if time != self.time:
            before = self._time_place()
            self.time = time
            self.update(before.united(self._time_place()))

    def sizeHint(self) -> QSize:
        """Return the size of the picture, wider where a language takes more words."""
        look = self.look
        line = QFontMetrics(look.font(_LOWER)).horizontalAdvance(self._widest_left())
        bold = QFontMetrics(look.font(_LOWER, BOLD)).horizontalAdvance(self._widest_right())
        needed = line + bold + look.px(2 * _SIDE + 8)
        return QSize(max(look.px(206), needed), look.px(96))

    def minimumSizeHint(self) -> QSize:
        """Return the same: nothing is ever cut off."""
        return self.sizeHint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a press, or a drag."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the window, once the press has wandered."""
        if self._pressed_at is None:
            return
        moved = event.globalPosition().toPoint() - self._pressed_at
        if self._dragging or moved.manhattanLength() > _DRAG:
            self._dragging = True
            self.setDown(False)
            self._pressed_at = event.globalPosition().toPoint()
            self.dragged.emit(moved)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the press; a drag was none."""
        if self._dragging:
            self.setDown(False)
        self._pressed_at = None
        self._dragging = False
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, then three lines."""
        look, words = self.look, self.words
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink, sign = _GROUND[words.state]
        painter.fillRect(self.rect(), look.color(ground))
        color = look.color(ink)
        self._paint_upper(painter, color, sign)
        self._paint_middle(painter, color)
        self._paint_lower(painter, color)
        if self.hasFocus():
            # Inside, since it fills the window's corner; in the ink, to be seen on any ground.
            painter.setPen(QPen(color, look.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = QRectF(self.rect()).adjusted(3, 3, -3, -3)
            painter.drawRoundedRect(frame, look.px(8), look.px(8))

    # -- inside --------------------------------------------------------------------------------

    def _paint_upper(self, painter: QPainter, ink: QColor, sign: str) -> None:
        look, words = self.look, self.words
        line = QRect(self._left(), look.px(7), self._room(), look.px(22))
        size = look.px(10)
        picture = look.icon(sign, ink, 10, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(line.left(), line.center().y() - size // 2 + 1), picture)
        painter.setPen(ink)
        painter.setFont(look.font(15, BOLD))
        title = line.adjusted(look.px(15), 0, 0, 0)
        painter.drawText(title, LEFT_MIDDLE, words.title)
        taken = look.px(15 + 10) + QFontMetrics(painter.font()).horizontalAdvance(words.title)
        painter.setFont(look.font(12, REGULAR))
        elide = Qt.TextElideMode.ElideRight
        patient = QFontMetrics(painter.font()).elidedText(
            words.patient, elide, max(line.width() - taken, 0)
        )
        painter.drawText(line, RIGHT_MIDDLE, patient)

    def _paint_middle(self, painter: QPainter, ink: QColor) -> None:
        look, words = self.look, self.words
        line = self._middle()
        painter.setPen(look.color("mute") if words.state is State.STOPPED else ink)
        painter.setFont(self._time_font())
        painter.drawText(self._time_place(), LEFT_MIDDLE, self.time)
        painter.setPen(ink)
        if not words.units:
            return
        word = words.unit_word.partition(words.units)[2].strip()
        small = look.font(12, MEDIUM)
        painter.setFont(small)
        wide = QFontMetrics(small).horizontalAdvance(word)
        line = line.adjusted(0, look.px(4), 0, 0)
        painter.drawText(line, RIGHT_MIDDLE, word)
        painter.setFont(look.font(17, BOLD, tabular=True))
        painter.drawText(
            line.adjusted(0, -look.px(2), -wide - look.px(5), 0), RIGHT_MIDDLE, words.units
        )

    def _paint_lower(self, painter: QPainter, ink: QColor) -> None:
        look, words = self.look, self.words
        line = QRect(self._left(), look.px(70), self._room(), look.px(19))
        painter.setPen(ink)
        painter.setFont(look.font(_LOWER, BOLD))
        painter.drawText(line, RIGHT_MIDDLE, words.right)
        taken = QFontMetrics(painter.font()).horizontalAdvance(words.right)
        taken += look.px(8) if words.right else 0
        font = look.font(_LOWER, REGULAR)
        painter.setFont(font)
        elide = Qt.TextElideMode.ElideRight
        left = QFontMetrics(font).elidedText(words.left, elide, line.width() - taken)
        painter.drawText(line, LEFT_MIDDLE, left)

    def _middle(self) -> QRect:
        return QRect(self._left(), self.look.px(30), self._room(), self.look.px(39))

    def _time_place(self) -> QRect:
        """Return where the time stands."""
        width = QFontMetrics(self._time_font()).horizontalAdvance(self.time)
        middle = self._middle()
        return QRect(middle.left(), middle.top(), width + self.look.px(2), middle.height())

    def _time_font(self) -> QFont:
        """Return the largest type in which the time fits beside the units."""
        look, words = self.look, self.words
        units = QFontMetrics(look.font(17, BOLD, tabular=True)).horizontalAdvance(words.units)
        word = words.unit_word.partition(words.units)[2].strip() if words.units else ""
        units += QFontMetrics(look.font(12, MEDIUM)).horizontalAdvance(word) + look.px(15)
        room = self._room() - (units if words.units else 0)
        for pixels in _TIME_SIZES:
            font = look.font(pixels, BOLD, tabular=True)
            if QFontMetrics(font).horizontalAdvance(self.time) <= room:
                return font
        return look.font(_TIME_SIZES[-1], BOLD, tabular=True)

    def _left(self) -> int:
        return self.look.px(_SIDE)

    def _room(self) -> int:
        return self.width() - 2 * self.look.px(_SIDE)

    def _widest_left(self) -> str:
        return self.tr("next unit at {0} min").format(888)

    def _widest_right(self) -> str:
        return self.tr("{0} min to go").format(88)
