"""A small table that is looked at: no cell is chosen, no column moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

_HEAD = 28
_ROW = 31


@dataclass(frozen=True)
class Column:
    """A heading, and where its column ends, as a share of the width; the first one is left."""

    title: str
    ends_at: float


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, with a small word behind it if wanted."""

    text: str
    remark: str = ""
    color: str = "ink"
    quiet: bool = False
    """Whether it is written small, since it is no figure."""


@dataclass(frozen=True)
class TableRow:
    """One row; a `total` stands out."""

    cells: tuple[Cell, ...]
    total: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        words = (f"{cell.text} {cell.remark}".strip() for cell in self.cells)
        return ", ".join(word for word in words if word)


class PlainTable(QWidget):
    """The table; it is read out as one text, row by row."""

    def __init__(
        self, look: Look, name: str, columns: Sequence[Column], parent: QWidget | None = None
    ) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.look = look
        self.rows: tuple[TableRow, ...] = ()
        self._columns = tuple(columns)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_rows(self, rows: tuple[TableRow, ...]) -> None:
        """Repaint, if the rows are others."""
        if rows == self.rows:
            return
        grown = len(rows) != len(self.rows)
        self.rows = rows
        self.setAccessibleDescription("; ".join(row.spoken for row in rows))
        if grown:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that its rows need."""
        look = self.look
        height = look.px(_HEAD) + len(self.rows) * look.px(_ROW) + 1 if self.rows else 0
        return QSize(look.px(240), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: no row is ever cut off."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heading and rows."""
        del event
        if not self.rows:
            return
        look = self.look
        painter = QPainter(self)
        head = TableRow(tuple(Cell(column.title, color="mute") for column in self._columns))
        area = QRectF(0, 0, self.width(), look.px(_HEAD))
        self._paint_row(painter, area, head, pixels=12, weight=MEDIUM)
        top = float(look.px(_HEAD))
        for row in self.rows:
            area = QRectF(0, top, self.width(), look.px(_ROW))
            self._paint_row(painter, area, row, weight=BOLD if row.total else MEDIUM)
            top += look.px(_ROW)

    def _paint_row(
        self, painter: QPainter, area: QRectF, row: TableRow, *, pixels: float = 14, weight: int
    ) -> None:
        if not row.total:
            painter.setPen(self.look.color("line"))
            painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()))
        left = 0.0
        for number, (column, cell) in enumerate(zip(self._columns, row.cells, strict=True)):
            right = area.width() * column.ends_at
            room = QRectF(left, area.top(), right - left, area.height())
            self._paint_cell(painter, room, cell, (pixels, weight), leftmost=number == 0)
            left = right + self.look.px(4)

    def _paint_cell(
        self,
        painter: QPainter,
        room: QRectF,
        cell: Cell,
        type_: tuple[float, int],
        *,
        leftmost: bool,
    ) -> None:
        """Paint a cell; its remark stands behind the text, in what room the text leaves."""
        look = self.look
        gap = look.px(4) if cell.remark else 0
        small = look.font(12, REGULAR)
        font = small if cell.quiet else look.font(*type_, tabular=True)
        text = _fitting(font, cell.text, room.width())
        taken = QFontMetrics(font).horizontalAdvance(text) + gap
        remark = _fitting(small, cell.remark, room.width() - taken)
        behind = QFontMetrics(small).horizontalAdvance(remark) + gap
        painter.setFont(font)
        painter.setPen(look.color(cell.color))
        place = LEFT_MIDDLE if leftmost else RIGHT_MIDDLE
        painter.drawText(room.adjusted(0, 0, 0 if leftmost else -behind, 0), place, text)
        painter.setFont(small)
        painter.setPen(look.color("mute"))
        painter.drawText(room.adjusted(taken if leftmost else 0, 0, 0, 0), place, remark)


def _fitting(font: QFont, text: str, width: float) -> str:
    """Return as much of a text as there is room for, marked where it is cut."""
    most = max(int(width), 0)
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, most)
