"""The shapes that more than one widget paints: boxes, fields, the focus ring."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ptimer.gui.look import Look

TARGET = 44
"""Pixels that a finger needs."""

VISIBLE = 34
"""Pixels that a control looks high."""

SIDE = 4
"""Pixels beside a control that its focus ring needs."""

LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT_MIDDLE = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def focus_ring(painter: QPainter, look: Look, frame: QRectF, radius: float) -> None:
    """Paint the ring that shows where the keyboard is."""
    away = look.px(2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("accent"), look.px(2)))
    painter.drawRoundedRect(frame.adjusted(-away, -away, away, away), radius + away, radius + away)


def rounded(
    painter: QPainter, frame: QRectF, radius: float, fill: QColor, line: QColor | None = None
) -> None:
    """Paint a rounded box with a hairline inside its edge."""
    painter.setBrush(fill)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(frame, radius, radius)
        return
    painter.setPen(QPen(line, 1))
    painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


def paint_field(
    painter: QPainter, look: Look, area: QRect, *, focused: bool, wrong: bool = False
) -> None:
    """Paint the frame of a field: thicker where the keyboard is or where something is wrong."""
    side, height = look.px(SIDE), look.px(VISIBLE)
    top = (area.height() - height) / 2
    frame = QRectF(side, top, area.width() - 2 * side, height)
    color = look.color("bad" if wrong else "accent" if focused else "field")
    width = 2 if wrong or focused else 1
    painter.setPen(QPen(color, width))
    painter.setBrush(look.color("panel"))
    inset = width / 2
    painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), look.px(7), look.px(7))
