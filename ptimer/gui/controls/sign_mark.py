"""A small sign before words: a warning, a tick."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.look import Look

_SIZE = 14


class SignMark(QWidget):
    """An icon in a colour of the theme; nothing to press."""

    def __init__(self, look: Look, icon: str, color: str, parent: QWidget | None = None) -> None:
        """Show an icon."""
        super().__init__(parent)
        self.look = look
        self._icon, self._color = icon, color
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the icon's size."""
        return QSize(self.look.px(_SIZE), self.look.px(_SIZE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        del event
        painter = QPainter(self)
        color = self.look.color(self._color)
        pixmap = self.look.icon(self._icon, color, _SIZE, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(0, 0), pixmap)
