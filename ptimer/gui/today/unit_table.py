"""A row for each code: its minutes, its units, and today's cap."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
from ptimer.gui.look import MEDIUM, REGULAR, Look


@dataclass(frozen=True)
class UnitRow:
    """What a row shows."""

    code: str
    remark: str
    minutes: str
    units: str
    cap: str
    warns: bool = False


class UnitTable(QWidget):
    """The table of the unit panel; it is read out as one text, row by row."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(parent)
        self.look = look
        self.rows: tuple[UnitRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_rows(self, rows: tuple[UnitRow, ...]) -> None:
        """Repaint, if the rows are others."""
        if rows == self.rows:
            return
        grown = len(rows) != len(self.rows)
        self.rows = rows
        self.setAccessibleName(self.tr("Units by code"))
        self.setAccessibleDescription(
            "; ".join(
                self.tr("{0} {1}: {2} minutes, {3} units, {4}").format(
                    row.code, row.remark, row.minutes, row.units, row.cap
                )
                for row in rows
            )
        )
        if grown:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size that its rows need."""
        rows = len(self.rows)
        height = self.look.px(28) + rows * self.look.px(31) if rows else 0
        return QSize(self.look.px(240), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: no row is ever cut off."""
        return QSize(self.look.px(200), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint heading and rows."""
        del event
        if not self.rows:
            return
        painter = QPainter(self)
        cap = self.tr("Today's cap")
        head = UnitRow(self.tr("Code"), "", self.tr("Min"), self.tr("Units"), cap)
        self._row(painter, QRectF(0, 0, self.width(), self.look.px(28)), head, heading=True)
        for place, row in enumerate(self.rows):
            top = self.look.px(28) + place * self.look.px(31)
            self._row(painter, QRectF(0, top, self.width(), self.look.px(31)), row)

    def _row(self, painter: QPainter, area: QRectF, row: UnitRow, *, heading: bool = False) -> None:
        look = self.look
        painter.setPen(look.color("line"))
        painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()))
        painter.setFont(look.font(12 if heading else 14, MEDIUM, tabular=True))
        painter.setPen(look.color("mute" if heading else "ink"))
        painter.drawText(area, LEFT_MIDDLE, row.code)
        if row.remark:
            used = QFontMetrics(painter.font()).horizontalAdvance(row.code) + look.px(5)
            painter.setFont(look.font(12, REGULAR))
            painter.setPen(look.color("mute"))
            painter.drawText(area.adjusted(used, 0, 0, 0), LEFT_MIDDLE, row.remark)
            painter.setFont(look.font(14, MEDIUM))
            painter.setPen(look.color("ink"))
        width = area.width()
        self._cell(painter, area, width * 0.53, row.minutes)
        self._cell(painter, area, width * 0.68, row.units)
        if row.warns:
            painter.setPen(look.color("warn"))
        self._cell(painter, area, width, row.cap)

    @staticmethod
    def _cell(painter: QPainter, area: QRectF, right: float, text: str) -> None:
        painter.drawText(QRectF(area.left(), area.top(), right, area.height()), RIGHT_MIDDLE, text)
