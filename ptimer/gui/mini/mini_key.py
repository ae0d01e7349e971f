"""A press of the mini window: an icon above a word, as large as a finger."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ptimer.gui.controls.painting import focus_ring
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import MEDIUM, Look

_WIDTH, _HEIGHT = 54, 48
_MIDDLE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class MiniKey(QPushButton):
    """Stop, resume, switch or answer."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a key without words."""
        super().__init__(parent)
        self.look = look
        self._icon, self._color = "", "ink"
        self._room_for: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.changed.connect(self.update)

    def show_key(self, words: str, icon: str, said: str, *, key: str = "", color: str = "") -> None:
        """Show a word and its icon; `said` is what it does in full, `key` does it, too."""
        tip = plain_tip(f"{said} ({key})" if key else said)
        same = (words, said, tip) == (self.text(), self.accessibleName(), self.toolTip())
        if same and (icon, color or "ink") == (self._icon, self._color):
            return
        self._icon, self._color = icon, color or "ink"
        self.setText(words)
        self.setAccessibleName(said)
        self.setToolTip(tip)
        self.updateGeometry()
        self.update()

    def keep_room_for(self, words: tuple[str, ...]) -> None:
        """Be as wide as the widest of these words, whichever is shown: nothing moves then."""
        if words != self._room_for:
            self._room_for = words
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the picture, wider where a word is."""
        look = self.look
        metrics = QFontMetrics(look.font(12, MEDIUM))
        words = max(metrics.horizontalAdvance(each) for each in (self.text(), *self._room_for))
        return QSize(max(look.px(_WIDTH), words + look.px(12)), look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same: no word is ever cut off."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon and word."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isDown() or self.underMouse() or self.isChecked():
            painter.fillRect(self.rect(), look.color("lock_soft"))
        size, line = look.px(16), look.px(16)
        top = (self.height() - size - line - look.px(1)) // 2
        picture = look.icon(self._icon, look.color(self._color), 16, self.devicePixelRatioF())
        painter.drawPixmap(QPoint((self.width() - size) // 2, top), picture)
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(12, MEDIUM))
        below = QRect(0, top + size + look.px(1), self.width(), line)
        painter.drawText(below, _MIDDLE, self.text())
        if self.hasFocus():
            inset = look.px(4)
            frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            focus_ring(painter, look, frame, look.px(5))
