"""A scroll bar that takes little room and little attention."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from ptimer.gui.controls.painting import rounded
from ptimer.gui.look import Look

_WIDTH = 10


class SlimScrollBar(QScrollBar):
    """Vertical, without arrows."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a bar."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self.look = look
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return how wide it is."""
        return QSize(self.look.px(_WIDTH), self.look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the handle."""
        # A bar is rarely seen, and what tells where its handle lies is much to load at the start.
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider

        del event
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarSlider, self
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(handle).adjusted(3, 2, -2, -2)
        color = self.look.color("field" if self.underMouse() or self.isSliderDown() else "line")
        rounded(painter, area, area.width() / 2, color)
