"""What have all lists in common whose rows are painted?"""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.look import Look

MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
"""The keys that a list takes for itself; the others are the window's."""

PaintTitles = Callable[[QPainter, Look, QRectF, tuple[str, ...]], None]


class PaintedList(QListView):
    """Rows on the ground of the window, without a frame, scrolled by pixels."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start without a model."""
        super().__init__(parent)
        self.look = look
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimScrollBar(look))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self.viewport().update)


class Titles(QWidget):
    """The titles above the rows, in the rows' columns."""

    def __init__(
        self, look: Look, parent: QWidget, titles: tuple[str, ...], paint: PaintTitles
    ) -> None:
        """Take the words, and what puts them into the columns."""
        super().__init__(parent)
        self.look = look
        self._titles = titles
        self._paint = paint
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the titles, and the line below them."""
        del event
        painter = QPainter(self)
        area = QRectF(self.rect())
        line = QRectF(0, area.bottom() - 1, self.width(), 1)
        painter.fillRect(line, self.look.color("line"))
        self._paint(painter, self.look, area, self._titles)
