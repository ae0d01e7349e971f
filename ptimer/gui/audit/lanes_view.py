"""A day drawn as lanes of time, in the window: told apart by colour, and by how it is filled."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.history.week_chart import paint_hatched
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import words
from ptimer.reports.lanes import Bar, Lane, Lanes, Shade

_LANE, _GAP, _TICKS, _NAMES, _RIGHT = 72, 6, 20, 96, 24
_MOST_SPOKEN = 60

_COLORS = {
    Shade.SOLID: ("accent", "accent_ink"),
    Shade.SOFT: ("accent_soft", "ink"),
    Shade.HATCHED: ("panel", "ink"),
    Shade.EMPTY: ("panel", "ink"),
    Shade.WRONG: ("bad", "panel"),
}
"""What a bar is filled with, and what is written on it."""


class LanesView(QWidget):
    """Painted from plain values; a bar says what it is to the mouse, and all of them aloud."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Draw nothing yet."""
        super().__init__(parent)
        self.look = look
        self.lanes: Lanes | None = None
        self.setAccessibleName(self.tr("The day, drawn"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_lanes(self, lanes: Lanes | None) -> None:
        """Draw a day; None: there is none."""
        self.lanes = lanes
        bars = [bar for lane in lanes.lanes for bar in lane.bars] if lanes else []
        self.setAccessibleDescription("; ".join(words(bar.told) for bar in bars[:_MOST_SPOKEN]))
        self.setVisible(lanes is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the lanes need."""
        count = len(self.lanes.lanes) if self.lanes else 0
        look = self.look
        return QSize(look.px(400), look.px(count * (_LANE + _GAP) + _TICKS))

    def bar_at(self, point: QPointF) -> Bar | None:
        """Return the bar that a point lies on."""
        if self.lanes is None:
            return None
        for place, lane in enumerate(self.lanes.lanes):
            for bar in lane.bars:
                if self._box(bar, place).contains(point):
                    return bar
        return None

    def event(self, event: QEvent) -> bool:
        """Say what lies under the mouse."""
        if isinstance(event, QHelpEvent):
            bar = self.bar_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(words(bar.told)) if bar else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grounds, hours, bars and names."""
        del event
        if self.lanes is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(len(self.lanes.lanes)):
            painter.fillRect(self._ground(place), self.look.color("lock_soft"))
        self._paint_ticks(painter, self.lanes)
        for place, lane in enumerate(self.lanes.lanes):
            self._paint_lane(painter, lane, place)

    def _paint_ticks(self, painter: QPainter, lanes: Lanes) -> None:
        look = self.look
        painter.setFont(look.font(12, REGULAR, tabular=True))
        below = self._ground(len(lanes.lanes) - 1).bottom()
        half = look.px(30)
        for instant, text in lanes.ticks:
            x = self._left + self._width * lanes.share(instant)
            painter.fillRect(QRectF(x, 0, 1, below), look.color("line"))
            painter.setPen(look.color("mute"))
            room = QRectF(x - half, below, 2 * half, look.px(_TICKS))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_lane(self, painter: QPainter, lane: Lane, place: int) -> None:
        look, ground = self.look, self._ground(place)
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        names = QRectF(0, ground.top(), self._left, ground.height())
        painter.drawText(names, LEFT_MIDDLE, words(lane.name))
        for bar in lane.bars:
            box = self._box(bar, place)
            fill, ink = _COLORS[bar.shade]
            painter.fillRect(box, look.color(fill))
            if bar.shade is Shade.HATCHED:
                paint_hatched(painter, look, box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("panel" if bar.shade is Shade.SOLID else "field"), 1))
            painter.drawRect(box)
            painter.setPen(look.color(ink))
            self._write(painter, bar, box)

    def _write(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        """Write what a bar is into it: upright where there is room, else along its height."""
        painter.setFont(self.look.font(11, BOLD))
        metrics = QFontMetricsF(painter.font())
        lines = bar.words
        widest = max(map(metrics.horizontalAdvance, lines))
        tall = len(lines) * metrics.height() <= box.height()
        if widest + self.look.px(6) <= box.width() and tall:
            self._on_ground(painter, bar, QRectF(box), "\n".join(lines))
            return
        painter.setFont(self.look.font(10, BOLD))
        metrics = QFontMetricsF(painter.font())
        if metrics.height() > box.width() + 2:
            return
        turned = QRectF(-box.height() / 2, -box.width() / 2, box.height(), box.width())
        shown = [
            metrics.elidedText(line, Qt.TextElideMode.ElideRight, turned.width() - 4)
            for line in bar.lines(int(box.width() // metrics.height()))
        ]
        painter.save()
        painter.translate(box.center())
        painter.rotate(-90)
        self._on_ground(painter, bar, turned, "\n".join(shown))
        painter.restore()

    def _on_ground(self, painter: QPainter, bar: Bar, box: QRectF, text: str) -> None:
        """Write a text; on lines it has a ground of its own, so that it can be read."""
        if bar.shade is Shade.HATCHED:
            align = Qt.AlignmentFlag.AlignCenter
            ground = painter.boundingRect(box, align, text)
            painter.fillRect(ground, self.look.color("panel"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    @property
    def _left(self) -> float:
        return float(self.look.px(_NAMES))

    @property
    def _width(self) -> float:
        return max(self.width() - self._left - self.look.px(_RIGHT), 1.0)

    def _ground(self, place: int) -> QRectF:
        look = self.look
        top = place * look.px(_LANE + _GAP)
        return QRectF(self._left, top, self._width, look.px(_LANE))

    def _box(self, bar: Bar, place: int) -> QRectF:
        ground, lanes = self._ground(place), self.lanes
        if lanes is None:
            return QRectF()
        left = ground.left() + ground.width() * lanes.share(bar.start)
        right = ground.left() + ground.width() * lanes.share(bar.end)
        return QRectF(left, ground.top(), max(right - left, 2.0), ground.height())
