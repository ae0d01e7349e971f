"""A scroll bar from left to right that takes little room and little attention."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import Look

_HEIGHT = 12


class FlatScrollBar(QScrollBar):
    """Horizontal, without arrows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a bar."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.look = look
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return how high it is."""
        return QSize(self.look.px(40), self.look.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the handle."""
        del event
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(handle).adjusted(2, 3, -2, -2)
        color = self.look.color("field" if self.underMouse() or self.isSliderDown() else "line")
        rounded(painter, area, area.height() / 2, color)
