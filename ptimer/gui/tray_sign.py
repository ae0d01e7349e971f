"""The sign in the tray: running, stopped and in doubt differ in shape, not in colour alone."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap, QPolygonF

from ptimer.gui.mini.glance import State

_SIZES = (16, 22, 24, 32, 48, 64)
_WHITE = QColor("#ffffff")
# A tray may be light or dark whatever ptimer's own colours are: these are seen on both.
_GROUND = {
    State.RUNNING: QColor("#0e828a"),
    State.STOPPED: QColor("#64727f"),
    State.DOUBT: QColor("#a86400"),
}


def sign_of(state: State) -> QIcon:
    """Return the sign in all sizes that a tray may ask for."""
    icon = QIcon()
    for size in _SIZES:
        icon.addPixmap(_drawn(state, size))
    return icon


def _drawn(state: State, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 16, size / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND[state])
    if state is State.RUNNING:
        _paint_running(painter)
    elif state is State.STOPPED:
        _paint_stopped(painter)
    else:
        _paint_doubt(painter)
    painter.end()
    return pixmap


def _paint_running(painter: QPainter) -> None:
    """A full disc with an arrowhead."""
    painter.drawEllipse(QRectF(0.5, 0.5, 15, 15))
    painter.setBrush(_WHITE)
    painter.drawPolygon(QPolygonF([QPointF(6, 4), QPointF(12, 8), QPointF(6, 12)]))


def _paint_stopped(painter: QPainter) -> None:
    """A ring around a square."""
    painter.drawRect(QRectF(5, 5, 6, 6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_GROUND[State.STOPPED], 2))
    painter.drawEllipse(QRectF(1.5, 1.5, 13, 13))


def _paint_doubt(painter: QPainter) -> None:
    """A triangle with a stroke and a dot."""
    painter.drawPolygon(QPolygonF([QPointF(8, 0.5), QPointF(16, 15), QPointF(0, 15)]))
    painter.setBrush(_WHITE)
    painter.drawRect(QRectF(7.2, 5.5, 1.6, 5))
    painter.drawRect(QRectF(7.2, 11.7, 1.6, 1.6))
