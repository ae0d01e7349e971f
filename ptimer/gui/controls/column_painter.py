"""How are words, figures and signs put into the columns of a painted row?"""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
from ptimer.gui.look import MEDIUM, Look


class ColumnPainter(QStyledItemDelegate):
    """Paints into the columns of a view's rows; which, its children say."""

    def __init__(self, look: Look, view: QListView) -> None:
        """Paint into a view."""
        super().__init__(view)
        self.look = look
        self.view = view

    def paint_edge(self, painter: QPainter, area: QRectF, state: QStyle.StateFlag) -> None:
        """Paint the line below a row, and the frame where the keyboard is."""
        painter.setPen(self.look.color("line"))
        painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()).translated(0, -0.5))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.color("accent"), self.look.px(2)))
            painter.drawRect(area.adjusted(1, 1, -1, -2))

    def paint_icon(self, painter: QPainter, at: QPointF, name: str, color: str) -> None:
        """Paint a sign to the right of a point, at its height."""
        pixels = 8 if name == "dot" else 13
        size = self.look.px(pixels)
        ratio = self.view.devicePixelRatioF()
        pixmap = self.look.icon(name, self.look.color(color), pixels, ratio)
        painter.drawPixmap(QPointF(round(at.x()), round(at.y() - size / 2)), pixmap)

    def paint_figure(
        self, painter: QPainter, room: QRectF, text: str, font: QFont, color: str = "ink"
    ) -> None:
        """Paint a figure at the right end of its column."""
        painter.setFont(font)
        painter.setPen(self.look.color(color))
        painter.drawText(room, RIGHT_MIDDLE, text)

    def paint_words(
        self, painter: QPainter, room: QRectF, text: str, font: QFont, color: str
    ) -> None:
        """Paint words, marked where the room does not hold them all."""
        painter.setFont(font)
        painter.setPen(self.look.color(color))
        most = max(int(room.width()) + 1, 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, most)
        painter.drawText(room, LEFT_MIDDLE, shown)


def paint_titles(
    painter: QPainter,
    look: Look,
    area: QRectF,
    starts: list[tuple[str, float]],
    ends: list[tuple[str, float]],
) -> None:
    """Paint titles where their columns start, those of figures where theirs end."""
    painter.setFont(look.font(12, MEDIUM))
    painter.setPen(look.color("mute"))
    for title, left in starts:
        painter.drawText(area.adjusted(left, 0, 0, 0), LEFT_MIDDLE, title)
    for title, right in ends:
        painter.drawText(until(area, right), RIGHT_MIDDLE, title)


def between(area: QRectF, left: float, right: float) -> QRectF:
    """Return the part of a row from one place to another."""
    return QRectF(area.left() + left, area.top(), max(right - left, 0.0), area.height())


def until(area: QRectF, right: float) -> QRectF:
    """Return the part of a row up to a place."""
    return QRectF(area.left(), area.top(), right, area.height())
