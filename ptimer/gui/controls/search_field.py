"""A line to type what one looks for."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import Look


class SearchField(Field):
    """A field with a glass before it; Escape empties it, Down goes to what was found.

    Signals:
        left_down(): the keyboard wants to go into what was found.
    """

    left_down = Signal()

    def __init__(
        self, look: Look, name: str, *, hint: str = "", parent: QWidget | None = None
    ) -> None:
        """Make an empty field."""
        super().__init__(look, name, hint=hint, parent=parent)
        self.setTextMargins(look.px(SIDE + 30), 0, look.px(SIDE + 9), 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, empty, or go down."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the glass."""
        super().paintEvent(event)
        look = self.look
        size = look.px(15)
        painter = QPainter(self)
        pixmap = look.icon("search", look.color("mute"), 15, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(look.px(SIDE + 11), (self.height() - size) // 2), pixmap)
