"""Units by code as bars, each with its number: timed codes first, then the others."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_ROW = 25
_BETWEEN = 26
_CODE = 60
_NUMBER = 34
_BAR = 10


@dataclass(frozen=True)
class CodeBar:
    """A code and its units."""

    code: str
    units: int
    timed: bool


class CodeBars(QWidget):
    """The bars; they are read out as one text."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show no bar yet."""
        super().__init__(parent)
        self.look = look
        self.bars: tuple[CodeBar, ...] = ()
        self.setAccessibleName(self.tr("Units by code"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_bars(self, bars: tuple[CodeBar, ...]) -> None:
        """Repaint, if the numbers are others; timed codes first, the most units first."""
        ordered = tuple(sorted(bars, key=lambda bar: (not bar.timed, -bar.units, bar.code)))
        if ordered == self.bars:
            return
        self.bars = ordered
        self.setAccessibleDescription("; ".join(self._spoken(bar) for bar in ordered))
        self.setVisible(bool(ordered))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that the bars need."""
        between = self.look.px(_BETWEEN) if self._untimed() else 0
        return QSize(self.look.px(240), len(self.bars) * self.look.px(_ROW) + between)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: no bar is cut off."""
        return QSize(self.look.px(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, and a word between timed and other codes."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((bar.units for bar in self.bars), default=1)
        top = 0
        for place, bar in enumerate(self.bars):
            if not bar.timed and (place == 0 or self.bars[place - 1].timed):
                self._paint_word(painter, top)
                top += look.px(_BETWEEN)
            self._paint_bar(painter, top, bar, bar.units / most)
            top += look.px(_ROW)

    def _paint_word(self, painter: QPainter, top: int) -> None:
        look = self.look
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        area = QRectF(0, top, self.width(), look.px(_BETWEEN))
        painter.drawText(area, LEFT_MIDDLE, self.tr("untimed"))

    def _paint_bar(self, painter: QPainter, top: int, bar: CodeBar, share: float) -> None:
        look = self.look
        area = QRectF(0, top, self.width(), look.px(_ROW))
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(13, REGULAR, tabular=True))
        painter.drawText(area, LEFT_MIDDLE, bar.code)
        painter.setFont(look.font(13, BOLD, tabular=True))
        painter.drawText(area, RIGHT_MIDDLE, str(bar.units))
        height = look.px(_BAR)
        room = area.adjusted(look.px(_CODE), 0, -look.px(_NUMBER), 0)
        ground = QRectF(room.left(), area.center().y() - height / 2, room.width(), height)
        rounded(painter, ground, height / 2, look.color("lock_soft"))
        filled = QRectF(ground)
        filled.setWidth(max(ground.width() * share, height))
        rounded(painter, filled, height / 2, look.color("accent" if bar.timed else "third"))

    def _untimed(self) -> bool:
        return any(not bar.timed for bar in self.bars)

    def _spoken(self, bar: CodeBar) -> str:
        words = self.tr("{0}: {1} units") if bar.timed else self.tr("{0}: {1} units, untimed")
        return words.format(bar.code, bar.units)
