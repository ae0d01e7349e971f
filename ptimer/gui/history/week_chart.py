"""Figures week by week as bars on an axis; a week that is pressed or gone to says its figures."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ptimer.gui.controls.painting import RIGHT_MIDDLE
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.history.history_rows import number
from ptimer.gui.look import REGULAR, Look

_HEIGHT = 150
_ABOVE = 8
_BELOW = 20
_LINES = 4
"""Lines of the axis, at most, above the lowest."""

_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    """A week: its first day, two figures that stand on each other, and its words."""

    first: date
    lower: int
    upper: int
    words: str

    @property
    def height(self) -> int:
        """Both figures together."""
        return self.lower + self.upper


class WeekChart(QWidget):
    """The bars; Left and Right go from week to week, Enter looks for that week alone.

    Signals:
        week_chosen(place): a person looks at a week.
        week_wanted(place): a person wants that week alone.
    """

    week_chosen = Signal(int)
    week_wanted = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Show no week yet."""
        super().__init__(parent)
        self.look = look
        self.bars: tuple[Bar, ...] = ()
        self.chosen = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Repaint, if the figures are others."""
        if bars == self.bars:
            return
        if [bar.first for bar in bars] != [bar.first for bar in self.bars]:
            self.chosen = -1
        self.bars = bars
        self.setAccessibleDescription("; ".join(bar.words for bar in bars))
        self.update()

    def choose(self, place: int) -> None:
        """Mark a week; -1 is none."""
        if place != self.chosen:
            self.chosen = place
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the bars need."""
        return QSize(self.look.px(240), self.look.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same height: no label is cut off."""
        return QSize(self.look.px(160), self.look.px(_HEIGHT))

    def bar_at(self, x: float) -> int:
        """Return the place of the week at a position; -1 beside the bars."""
        room = self._room()
        if not self.bars or not room.left() <= x < room.right():
            return -1
        return min(int((x - room.left()) / self._step(room)), len(self.bars) - 1)

    def middle_of(self, place: int) -> QPointF:
        """Return the middle of a week's column."""
        room = self._room()
        return QPointF(room.left() + (place + 0.5) * self._step(room), room.center().y())

    # -- events --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at the week that is pressed."""
        place = self.bar_at(event.position().x())
        if place >= 0:
            self.week_chosen.emit(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look for the week alone."""
        place = self.bar_at(event.position().x())
        if place >= 0:
            self.week_wanted.emit(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from week to week; leave the rest to the window."""
        last = len(self.bars) - 1
        at = last + 1 if self.chosen < 0 else self.chosen
        places = {
            Qt.Key.Key_Left: max(at - 1, 0),
            Qt.Key.Key_Right: min(at + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        place = places.get(Qt.Key(event.key()))
        if place is not None and self.bars:
            self.week_chosen.emit(place)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen >= 0:
            self.week_wanted.emit(self.chosen)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Show a week's figures where the mouse rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.bar_at(event.pos().x())
            tip = plain_tip(self.bars[place].words) if place >= 0 else ""
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axis, then the bars."""
        del event
        painter = QPainter(self)
        painter.setFont(self.look.font(11, REGULAR, tabular=True))
        room = self._room()
        self._paint_axis(painter, room)
        self._paint_months(painter, room)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, room, place, bar)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.color("accent"), self.look.px(2)))
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    # -- painting ------------------------------------------------------------------------------

    def _paint_axis(self, painter: QPainter, room: QRectF) -> None:
        look = self.look
        step, top = self._axis()
        for value in range(0, top + 1, step):
            y = round(room.bottom() - room.height() * value / top)
            painter.fillRect(QRectF(room.left(), y, room.width(), 1), look.color("line"))
            painter.setPen(look.color("mute"))
            label = QRectF(0, y - look.px(8), room.left() - look.px(6), look.px(16))
            painter.drawText(label, RIGHT_MIDDLE, number(value))

    def _paint_months(self, painter: QPainter, room: QRectF) -> None:
        """Write the name of a month where its first whole week stands, if it has room there."""
        look = self.look
        painter.setPen(look.color("mute"))
        metrics = QFontMetrics(painter.font())
        free = room.left()
        for place, bar in enumerate(self.bars):
            new = place == 0 or bar.first.month != self.bars[place - 1].first.month
            name = QLocale().standaloneMonthName(bar.first.month, QLocale.FormatType.ShortFormat)
            left = room.left() + place * self._step(room)
            width = metrics.horizontalAdvance(name)
            # The first month may have a week left only: the next one's name is the one to read.
            crowded = place == 0 and self._changes_soon()
            if new and not crowded and left >= free and left + width <= self.width():
                area = QRectF(left, room.bottom() + look.px(3), width + 2, look.px(_BELOW - 4))
                painter.drawText(area, Qt.AlignmentFlag.AlignLeft, name)
                free = left + width + look.px(6)

    def _changes_soon(self) -> bool:
        return any(bar.first.month != self.bars[0].first.month for bar in self.bars[1:3])

    def _paint_bar(self, painter: QPainter, room: QRectF, place: int, bar: Bar) -> None:
        look = self.look
        step = self._step(room)
        column = QRectF(room.left() + place * step, room.top(), step, room.height())
        if place == self.chosen:
            painter.fillRect(column, look.color("accent_soft"))
        _, top = self._axis()
        gap = min(step * 0.2, look.px(3))
        inside = column.adjusted(gap / 2, 0, -gap / 2, 0)
        lower = room.height() * bar.lower / top
        upper = room.height() * bar.upper / top
        solid = QRectF(inside.left(), room.bottom() - lower, inside.width(), lower)
        painter.fillRect(solid, look.color("accent"))
        if bar.upper:
            above = QRectF(inside.left(), solid.top() - upper, inside.width(), upper)
            paint_hatched(painter, look, above)
        if place == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("ink"), 1))
            painter.drawRect(column.adjusted(0.5, 0.5, -0.5, 0.5))

    def _room(self) -> QRectF:
        """Return where the bars stand, right of the axis's figures."""
        look = self.look
        _, top = self._axis()
        metrics = QFontMetrics(look.font(11, REGULAR, tabular=True))
        left = metrics.horizontalAdvance(number(top)) + look.px(8)
        return QRectF(
            left,
            look.px(_ABOVE),
            max(self.width() - left - look.px(2), 1),
            self.height() - look.px(_ABOVE + _BELOW),
        )

    def _step(self, room: QRectF) -> float:
        return room.width() / max(len(self.bars), 1)

    def _axis(self) -> tuple[int, int]:
        """Return the step between two lines of the axis, and its top."""
        highest = max((bar.height for bar in self.bars), default=0)
        step, size = 1, 1
        while highest > step * _LINES:
            place = _STEPS.index(step // size) + 1
            if place == len(_STEPS):
                place, size = 0, size * 10
            step = _STEPS[place] * size
        return step, step * max(-(-highest // step), 1)


def paint_hatched(painter: QPainter, look: Look, area: QRectF) -> None:
    """Paint what is told from the solid part by its pattern, and not by its colour alone."""
    painter.fillRect(area, look.color("panel"))
    painter.fillRect(area, QBrush(look.color("third"), Qt.BrushStyle.BDiagPattern))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.color("third"), 1))
    painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))
