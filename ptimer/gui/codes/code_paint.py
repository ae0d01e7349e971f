"""How is a code's row painted: in columns where there is room, else in two lines?"""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ptimer.gui.codes.code_rows import CodeRow
from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, rounded
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

_SIDE = 10
_CODE = 74
_COUNTED = 92
_ATTENDANCE = 108
_UNITS = 84
_ABOVE = 148
_ALONE = 112
_LEAST_LABEL = 236

HEAD = 30
_ROW = 33
_TWO_LINES = 52


@dataclass(frozen=True)
class Places:
    """Where each column begins and ends, from left to right."""

    code: QRectF
    label: QRectF
    counted: QRectF
    attendance: QRectF
    units: QRectF
    above: QRectF
    alone: QRectF


def has_columns(look: Look, width: int) -> bool:
    """Return whether a table of that width has room for its columns."""
    fixed = 2 * _SIDE + _CODE + _COUNTED + _ATTENDANCE + _UNITS + _ABOVE + _ALONE
    return width >= look.px(fixed + _LEAST_LABEL)


def row_height(look: Look, *, in_columns: bool) -> int:
    """Return how high a row is."""
    return look.px(_ROW if in_columns else _TWO_LINES)


def places(look: Look, area: QRectF) -> Places:
    """Return the columns of a row; the label takes what the others leave."""
    right = area.right() - look.px(_SIDE)
    columns: list[QRectF] = []
    for width in (_ALONE, _ABOVE, _UNITS, _ATTENDANCE, _COUNTED):
        columns.append(QRectF(right - look.px(width), area.top(), look.px(width), area.height()))
        right -= look.px(width)
    alone, above, units, attendance, counted = columns
    left = area.left() + look.px(_SIDE)
    code = QRectF(left, area.top(), look.px(_CODE), area.height())
    label = QRectF(code.right(), area.top(), counted.left() - code.right(), area.height())
    gap = look.px(18)
    return Places(
        code,
        label.adjusted(0, 0, -look.px(8), 0),
        counted,
        attendance,
        units,
        above.adjusted(gap, 0, 0, 0),
        alone,
    )


def paint_head(painter: QPainter, look: Look, area: QRectF, titles: CodeRow) -> None:
    """Paint the titles of the columns."""
    at = places(look, area)
    painter.setFont(look.font(12, MEDIUM))
    painter.setPen(look.color("mute"))
    for room, text in (
        (at.code, titles.code),
        (at.label, titles.label),
        (at.counted, titles.counted),
        (at.attendance, titles.attendance),
        (at.above, titles.above),
    ):
        painter.drawText(room, LEFT_MIDDLE, text)
    painter.drawText(at.units, RIGHT_MIDDLE, titles.units)


class RowPainter:
    """Paints one row after the other with one painter."""

    def __init__(self, painter: QPainter, look: Look, ratio: float, *, in_columns: bool) -> None:
        """Paint on a screen with that pixel ratio."""
        self._painter = painter
        self._look = look
        self._ratio = ratio
        self._paint_row = self._in_columns if in_columns else self._in_two_lines

    def paint(self, area: QRectF, row: CodeRow, *, chosen: bool) -> None:
        """Paint a row, and the hairline below it."""
        look = self._look
        if chosen:
            self._painter.fillRect(area, look.color("accent_soft"))
        line = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        self._painter.fillRect(line, look.color("line"))
        self._paint_row(area, row, look.color("lock" if chosen else "mute"))

    def _in_columns(self, area: QRectF, row: CodeRow, quiet: QColor) -> None:
        at = places(self._look, area)
        ink = self._look.color("ink")
        self._text(at.code, row.code, ink, BOLD)
        self._text(at.label, row.label, ink, MEDIUM)
        self._text(at.counted, row.counted, quiet, MEDIUM)
        self._text(at.attendance, row.attendance, ink, MEDIUM)
        self._text(at.above, row.above, quiet, MEDIUM)
        self._painter.setFont(self._look.font(14, MEDIUM, tabular=True))
        self._painter.setPen(ink)
        self._painter.drawText(at.units, RIGHT_MIDDLE, row.units)
        if row.alone:
            self._pill(at.alone, row.alone)

    def _in_two_lines(self, area: QRectF, row: CodeRow, quiet: QColor) -> None:
        look = self._look
        side, ink = look.px(_SIDE), look.color("ink")
        inner = area.adjusted(side, look.px(6), -side, -look.px(6))
        upper = inner.adjusted(0, 0, 0, -inner.height() / 2)
        lower = inner.adjusted(look.px(_CODE), inner.height() / 2, 0, 0)
        taken = self._pill(upper, row.alone) if row.alone else 0
        self._text(upper, row.code, ink, BOLD)
        self._text(upper.adjusted(look.px(_CODE), 0, -taken, 0), row.label, ink, MEDIUM)
        self._text(lower, row.below, quiet, REGULAR, pixels=12)

    def _text(
        self, room: QRectF, text: str, color: QColor, weight: int, *, pixels: int = 14
    ) -> None:
        painter = self._painter
        painter.setFont(self._look.font(pixels, weight))
        painter.setPen(color)
        metrics = QFontMetrics(painter.font())
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT_MIDDLE, cut)

    def _pill(self, room: QRectF, text: str) -> float:
        """Paint a pill at the right end of a room, and return the width it takes."""
        look, painter = self._look, self._painter
        painter.setFont(look.font(12, BOLD))
        sign, height = look.px(12), look.px(18)
        words = QFontMetrics(painter.font()).horizontalAdvance(text)
        width = words + sign + look.px(8 + 4 + 8)
        top = room.center().y() - height / 2
        pill = QRectF(room.right() - width, top, width, height)
        rounded(painter, pill, height / 2, look.color("accent"))
        ink = look.color("accent_ink")
        left = round(pill.left()) + look.px(8)
        at = QPoint(left, round(top) + (height - sign) // 2)
        painter.drawPixmap(at, look.icon("person", ink, 12, self._ratio))
        painter.setPen(ink)
        painter.drawText(pill.adjusted(look.px(8 + 4) + sign, 0, 0, 0), LEFT_MIDDLE, text)
        return width + look.px(8)
