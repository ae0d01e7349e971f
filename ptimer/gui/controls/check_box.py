"""A tick before a sentence, painted as in the pictures."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ptimer.gui.controls.painting import SIDE, TARGET, focus_ring
from ptimer.gui.look import REGULAR, Look

_BOX = 18
_BEFORE = SIDE + _BOX + 9
_WRAPPED = int(
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
)


class CheckBox(QCheckBox):
    """On or off; its words go on in a second line where there is no room."""

    def __init__(self, look: Look, words: str, parent: QWidget | None = None) -> None:
        """Make a box that is off."""
        super().__init__(words, parent)
        self.look = look
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        look.changed.connect(self.update)

    def hitButton(self, pos: QPoint) -> bool:
        """Return that a press on the words counts, too."""
        return self.rect().contains(pos)

    def hasHeightForWidth(self) -> bool:
        """Return that long words make it higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at which no word is cut off."""
        room = QRect(0, 0, max(width - self.look.px(_BEFORE + SIDE), 1), 10_000)
        needed = QFontMetrics(self.look.font(13)).boundingRect(room, _WRAPPED, self.text()).height()
        return max(needed + self.look.px(8), self.look.px(TARGET))

    def sizeHint(self) -> QSize:
        """Return the size that the words need in one line."""
        words = QFontMetrics(self.look.font(13)).horizontalAdvance(self.text())
        return QSize(words + self.look.px(_BEFORE + SIDE), self.look.px(TARGET))

    def minimumSizeHint(self) -> QSize:
        """Return a size that a narrow column has room for."""
        return QSize(self.look.px(160), self.look.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the tick and the words."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = look.px(_BOX)
        box = QRectF(look.px(SIDE), (self.height() - size) / 2, size, size)
        on = self.isChecked()
        line = look.color("accent" if on or self.underMouse() else "field")
        painter.setPen(QPen(line, look.px(2)))
        painter.setBrush(look.color("accent" if on else "panel"))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        if on:
            tick = look.icon("check", look.color("accent_ink"), 12, self.devicePixelRatioF())
            middle, half = box.center().toPoint(), look.px(12) // 2
            painter.drawPixmap(middle - QPoint(half, half), tick)
        painter.setPen(look.color("ink" if self.isEnabled() else "mute"))
        painter.setFont(look.font(13, REGULAR))
        words = self.rect().adjusted(look.px(_BEFORE), 0, -look.px(SIDE), 0)
        painter.drawText(words, _WRAPPED, self.text())
        if self.hasFocus():
            focus_ring(painter, look, box, look.px(5))
