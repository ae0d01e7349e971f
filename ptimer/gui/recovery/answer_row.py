"""One of several answers: its key, what it says, and the minutes that it would give."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.painting import focus_ring, rounded
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Label

_LEAST_HEIGHT = 64
_KEY = 24


class AnswerRow(QAbstractButton):
    """A row that is chosen by its key, a press, or the arrows; `field` may stand in it."""

    def __init__(self, look: Look, key: str, title: str, field: QWidget | None = None) -> None:
        """Make a row that is not chosen."""
        super().__init__()
        self.look = look
        self._key = key
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.title = Label(look, title, pixels=15, weight=BOLD)
        self.remark = Label(look, pixels=12, color="mute", wrap=True)
        self.minutes = Label(look, pixels=15, weight=BOLD)
        self.state = Label(look, pixels=12, color="mute")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange(field)
        look.changed.connect(self.update)

    def show_answer(self, remark: str, minutes: str, state: str) -> None:
        """Show what the answer means, and what it would give."""
        self.remark.say(remark)
        self.minutes.say(minutes)
        self.state.say(state)
        name = f"{self._key}: {self.text()}. {remark}. {minutes}, {state}"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(560), self.look.px(_LEAST_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size."""
        return QSize(self.look.px(220), self.look.px(_LEAST_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame and the key."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        on = self.isChecked()
        ground = "accent_soft" if on else "lock_soft" if self.underMouse() else "panel"
        rounded(painter, frame, look.px(10), look.color(ground), look.color("field"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if on:
            painter.setPen(QPen(look.color("accent"), 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), look.px(9), look.px(9))
        size = look.px(_KEY)
        top = frame.center().y() - size / 2
        key = QRectF(frame.left() + look.px(14), top, size, size)
        painter.setPen(look.color("accent" if on else "field"))
        painter.drawRoundedRect(key.adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        painter.setFont(look.font(13, BOLD if on else REGULAR))
        painter.setPen(look.color("accent" if on else "mute"))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, self._key)
        if self.hasFocus():
            focus_ring(painter, look, frame, look.px(10))

    def _arrange(self, field: QWidget | None) -> None:
        look = self.look
        words = _column(self.title, self.remark)
        words.setMinimumWidth(look.px(110))
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        given = _column(self.minutes, self.state)
        given.setMinimumWidth(look.px(84 if field is None else 56))
        if field is None:
            given.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        for label in (self.minutes, self.state):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = FlowLayout(self, gap=look.px(6))
        above = look.px(15 if field is None else 10)  # a field is higher than two lines
        row.setContentsMargins(look.px(18 + _KEY + 14), above, look.px(18), above)
        row.addWidget(words)
        row.addWidget(given if field is None else together(field, given))


def _column(*labels: Label) -> QWidget:
    widget = QWidget()
    widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch()
    for label in labels:
        # In a button a label would take the button's colour, not its own.
        label.setForegroundRole(QPalette.ColorRole.WindowText)
        column.addWidget(label)
    column.addStretch()
    return widget
