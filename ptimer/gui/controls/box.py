"""A white box with rounded corners around other widgets."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import Look


class Box(QWidget):
    """The ground that a group of things stands on."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty box."""
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = self.look
        area = QRectF(self.rect())
        rounded(painter, area, look.px(12), look.color("panel"), look.color("line"))
