"""How are lanes of time painted on paper: in black and white, told apart by how they are filled?"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen

from ptimer.paper.typeface import BOLD, FAMILY, REGULAR
from ptimer.reports.lanes import Bar, Lane, Lanes, Shade
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence

_LANE, _GAP, _TICKS = 54.0, 6.0, 14.0
"""Points: how high a lane is, the space below it, and the room for the times."""

_NAMES = 0.17
"""Share of the width that the lanes' names take."""

_INK, _SOFT, _LINE, _BACK = (QColor(name) for name in ("#16212c", "#b9c3cd", "#8b98a4", "#f3f5f7"))
_WHITE, _WRONG, _HATCH = (QColor(name) for name in ("#ffffff", "#9b1c1c", "#d3dae0"))


def height_of(lanes: Lanes) -> float:
    """Return how high lanes are, in points."""
    return len(lanes.lanes) * (_LANE + _GAP) + _TICKS


def paint(
    painter: QPainter,
    lanes: Lanes,
    area: QRectF,
    point: float,
    tell: Callable[[Sentence], str],
) -> None:
    """Paint lanes into an area; `point` is a typographer's point in its unit."""
    _Canvas(painter, lanes, area, point).paint(tell)


class _Canvas:
    """Lanes being painted."""

    def __init__(self, painter: QPainter, lanes: Lanes, area: QRectF, point: float) -> None:
        self._painter = painter
        self._lanes = lanes
        self._area = area
        self._point = point
        self._left = area.left() + area.width() * _NAMES
        self._width = area.right() - self._left

    def paint(self, tell: Callable[[Sentence], str]) -> None:
        bottom = self._area.top() + len(self._lanes.lanes) * (_LANE + _GAP) * self._point
        for place in range(len(self._lanes.lanes)):
            top = self._area.top() + place * (_LANE + _GAP) * self._point
            self._painter.fillRect(QRectF(self._left, top, self._width, _LANE * self._point), _BACK)
        self._paint_ticks(bottom)
        for place, lane in enumerate(self._lanes.lanes):
            top = self._area.top() + place * (_LANE + _GAP) * self._point
            self._paint_lane(lane, top, tell)

    def _paint_ticks(self, bottom: float) -> None:
        painter, point = self._painter, self._point
        painter.setFont(_font(7, REGULAR))
        for instant, text in self._lanes.ticks:
            x = self._x(instant)
            painter.fillRect(
                QRectF(x - point / 4, self._area.top(), point / 2, bottom - self._area.top()),
                _SOFT,
            )
            room = QRectF(x - 30 * point, bottom, 60 * point, _TICKS * point)
            painter.setPen(_INK)
            painter.drawText(room, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)

    def _paint_lane(self, lane: Lane, top: float, tell: Callable[[Sentence], str]) -> None:
        painter, height = self._painter, _LANE * self._point
        painter.setPen(_INK)
        painter.setFont(_font(8, REGULAR))
        names = QRectF(self._area.left(), top, self._left - self._area.left(), height)
        painter.drawText(names, Qt.AlignmentFlag.AlignVCenter, tell(lane.name))
        for bar in lane.bars:
            self._paint_bar(bar, top, height)

    def _paint_bar(self, bar: Bar, top: float, height: float) -> None:
        painter, point = self._painter, self._point
        left = self._x(bar.start)
        box = QRectF(left, top, max(self._x(bar.end) - left, point), height)
        painter.fillRect(box, _GROUNDS[bar.shade])
        if bar.shade is Shade.HATCHED:
            self._hatch(box)
        painter.setPen(QPen(_WRONG if bar.shade is Shade.WRONG else _LINE, point / 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        self._write(bar, box)

    def _write(self, bar: Bar, box: QRectF) -> None:
        """Write what a bar is into it: upright where there is room, else along its height."""
        painter, point = self._painter, self._point
        painter.setFont(_font(6.5, BOLD))
        painter.setPen(_WHITE if bar.shade in (Shade.SOLID, Shade.WRONG) else _INK)
        metrics = QFontMetricsF(painter.font(), painter.device())
        lines = bar.words
        tall = len(lines) * metrics.height() <= box.height()
        if tall and max(map(metrics.horizontalAdvance, lines)) + 3 * point <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "\n".join(lines))
            return
        if metrics.height() > box.width() + point:
            return
        words = bar.lines(int(box.width() // metrics.height()))
        turned = QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width())
        room = turned.width() - 3 * point
        elide = Qt.TextElideMode.ElideRight
        shown = "\n".join(metrics.elidedText(each, elide, room) for each in words)
        painter.save()
        painter.translate(box.center())
        painter.rotate(-90)
        painter.drawText(turned, Qt.AlignmentFlag.AlignCenter, shown)
        painter.restore()

    def _hatch(self, box: QRectF) -> None:
        """Draw slanted lines into a box, as lines: a pattern of dots prints as grey."""
        painter, step = self._painter, 4 * self._point
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(QBrush(_HATCH), self._point))
        x = box.left() - box.height()
        while x < box.right():
            painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
            x += step
        painter.restore()

    def _x(self, instant: Instant) -> float:
        return self._left + self._width * self._lanes.share(instant)


def _font(points: float, weight: int) -> QFont:
    font = QFont(FAMILY)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("calt"), 0)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


_GROUNDS = {
    Shade.SOLID: QColor("#33475b"),
    Shade.SOFT: _SOFT,
    Shade.HATCHED: _WHITE,
    Shade.EMPTY: _WHITE,
    Shade.WRONG: _WRONG,
}
