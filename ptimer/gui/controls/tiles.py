"""A few large figures side by side, each with what it counts."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, rounded
from ptimer.gui.look import BOLD, REGULAR, Look

_GAP = 12
_SIDE = 14
_ABOVE = 9
_FIGURE = 30
_LINE = 17
_SIZES = (25, 21, 17, 13)
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Tile:
    """A figure, what it counts, and whether it asks for something to be done."""

    figure: str
    label: str
    warns: bool = False


class Tiles(QWidget):
    """The figures; they are read out as one text."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Show no figure yet."""
        super().__init__(parent)
        self.look = look
        self.tiles: tuple[Tile, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """Repaint, if a figure is another."""
        if tiles == self.tiles:
            return
        self.tiles = tiles
        self.setAccessibleDescription("; ".join(f"{tile.figure} {tile.label}" for tile in tiles))
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a second line of words where the window is narrow."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the height that the longest label needs at this width."""
        metrics = QFontMetrics(self.look.font(12, REGULAR))
        side = self.look.px(_SIDE)
        room = QRect(0, 0, max(int(self._width() - side - side / 2), 1), 1000)
        words = max(
            (metrics.boundingRect(room, _WRAPPED, tile.label).height() for tile in self.tiles),
            default=0,
        )
        words = max(words, self.look.px(_LINE))
        return QSize(self.look.px(240), self.look.px(2 * _ABOVE + _FIGURE) + words)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: no word is cut off."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tiles."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._width()
        for place, tile in enumerate(self.tiles):
            left = place * (width + self.look.px(_GAP))
            self._paint_tile(painter, QRectF(left, 0, width, self.height()), tile)

    def _width(self) -> float:
        count = max(len(self.tiles), 1)
        return (self.width() - (count - 1) * self.look.px(_GAP)) / count

    def _paint_tile(self, painter: QPainter, frame: QRectF, tile: Tile) -> None:
        look = self.look
        rounded(painter, frame, look.px(12), look.color("panel"), look.color("line"))
        side = look.px(_SIDE)
        inside = frame.adjusted(side, look.px(_ABOVE), -side / 2, -look.px(_ABOVE))
        figure = QRectF(inside.left(), inside.top(), inside.width(), look.px(_FIGURE))
        self._set_figure_font(painter, tile.figure, figure.width())
        painter.setPen(look.color("warn" if tile.warns else "ink"))
        painter.drawText(figure, LEFT_MIDDLE, tile.figure)
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        words = QRectF(inside.left(), figure.bottom(), inside.width(), inside.height())
        painter.drawText(words, _WRAPPED, tile.label)

    def _set_figure_font(self, painter: QPainter, text: str, room: float) -> None:
        """Take the largest type in which the figure is not cut off."""
        for pixels in _SIZES:
            painter.setFont(self.look.font(pixels, BOLD))
            if QFontMetrics(painter.font()).horizontalAdvance(text) <= room:
                return
