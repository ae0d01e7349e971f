"""The scale of 8, 23, 38, 53, 68 minutes on which the units of a visit are read off."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.billing.units import MINUTES_PER_UNIT, minutes_for
from ptimer.gui.look import REGULAR, Look

_MARKS = 5


@dataclass(frozen=True)
class ScaleState:
    """What a scale shows: whole minutes, and a name where there are several scales.

    `doubtful` minutes stand behind the sure ones, hatched: they are in doubt, or planned.
    """

    minutes: int
    doubtful: int = 0
    name: str = ""


class UnitScale(QWidget):
    """One scale; past its last mark it slides on."""

    def __init__(self, look: Look, *, small: bool = False, parent: QWidget | None = None) -> None:
        """Make an empty scale; a small one is one code's, under midpoint."""
        super().__init__(parent)
        self.look = look
        self._small = small
        self._state = ScaleState(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_state(self, state: ScaleState) -> None:
        """Repaint, if it is another."""
        if state != self._state:
            self._state = state
            marks = ", ".join(str(mark) for mark in self.marks())
            self.setAccessibleName(
                self.tr("{0} {1} minutes on the scale {2}").format(state.name, state.minutes, marks)
            )
            self.update()

    def marks(self) -> list[int]:
        """Return the minutes at which the units on the scale are earned."""
        first = self._first_unit()
        return [minutes_for(first + place) for place in range(_MARKS)]

    def sizeHint(self) -> QSize:
        """Return the size of the pictures."""
        return QSize(self.look.px(240), self.look.px(34 if self._small else 40))

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(self.look.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar, its marks, and their minutes."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = look.px(52) if self._small else 0
        height = look.px(8 if self._small else 14)
        bar = QRectF(left, look.px(4), self.width() - left, height)
        if self._small:
            painter.setFont(look.font(13, REGULAR))
            painter.setPen(look.color("ink"))
            painter.drawText(
                QRectF(0, 0, left, look.px(18)),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                self._state.name,
            )
        self._paint_bar(painter, bar)
        self._paint_marks(painter, bar)

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        look = self.look
        shape = QPainterPath()
        shape.addRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        painter.setClipPath(shape)
        painter.fillRect(bar, look.color("lock_soft"))
        sure = QRectF(bar.left(), bar.top(), self._x(self._state.minutes, bar), bar.height())
        painter.fillRect(sure, look.color("accent"))
        if self._state.doubtful:
            both = self._x(self._state.minutes + self._state.doubtful, bar)
            hatched = QRectF(sure.right(), bar.top(), both - sure.width(), bar.height())
            painter.fillRect(hatched, look.color("accent_soft"))
            hatching = look.color("accent")
            painter.setPen(hatching)
            step = look.px(6)
            x = hatched.left() - bar.height()
            while x < hatched.right():
                painter.drawLine(QLineF(x, bar.bottom(), x + bar.height(), bar.top()))
                x += step
        for mark in self.marks()[:-1]:
            x = bar.left() + self._x(mark, bar)
            notch = QRectF(x - 1, bar.top(), look.px(2), bar.height())
            painter.fillRect(notch, look.color("panel"))
        painter.setClipping(False)

    def _paint_marks(self, painter: QPainter, bar: QRectF) -> None:
        look = self.look
        painter.setFont(look.font(11 if self._small else 12, REGULAR))
        painter.setPen(look.color("mute"))
        for mark in self.marks():
            x = bar.left() + self._x(mark, bar)
            width = look.px(30)
            at = min(max(x - width / 2, bar.left()), bar.right() - width)
            end = Qt.AlignmentFlag.AlignRight if at == bar.right() - width else _CENTRE
            painter.drawText(
                QRectF(at, bar.bottom() + look.px(3), width, look.px(16)), end, str(mark)
            )

    def _first_unit(self) -> int:
        """Return the unit that the first mark stands for: 1, until the scale slides on."""
        reached = self._state.minutes + self._state.doubtful
        last = minutes_for(_MARKS)
        if reached < last:
            return 1
        return (reached - last) // MINUTES_PER_UNIT + 2

    def _x(self, minutes: int, bar: QRectF) -> float:
        """Return where so many minutes lie on the bar."""
        first = self._first_unit()
        start = 0 if first == 1 else minutes_for(first) - MINUTES_PER_UNIT
        end = minutes_for(first + _MARKS - 1)
        share = (minutes - start) / (end - start)
        return min(max(share, 0.0), 1.0) * bar.width()


_CENTRE = Qt.AlignmentFlag.AlignHCenter
