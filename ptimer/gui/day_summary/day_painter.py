"""How is a row of a day painted? In columns, or where it is narrow in two lines."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from ptimer.gui.controls.column_painter import ColumnPainter, between, paint_titles, until
from ptimer.gui.day_summary.day_model import DayModel, DayRow, Index
from ptimer.gui.day_summary.day_rows import CodeRow, Remark, VisitRows
from ptimer.gui.look import BOLD, MEDIUM, Look

NARROW = 760
"""Below so many pixels a visit takes two lines."""

_VISIT = 28
_VISIT_NARROW = 46
_CODE = 25
_COLORS = {"ok": "ok", "warn": "warn", "run": "accent", "gone": "mute", "": "mute"}
_ICONS = {"ok": "check", "warn": "warning", "run": "dot", "gone": "forbidden"}


@dataclass(frozen=True)
class Columns:
    """Where the columns of a row lie; minutes and units end where theirs do."""

    patient: float
    code: float
    times: float
    minutes: float
    units: float
    modifiers: float
    remark: float


_WIDE = Columns(0.011, 0.114, 0.273, 0.59, 0.698, 0.72, 0.806)
_TIGHT = Columns(0.016, 0.058, 0.165, 0.475, 0.565, 0.588, 0.705)


def columns_of(width: float, look: Look) -> Columns:
    """Return where the columns lie at a width."""
    shares = _TIGHT if width < look.px(NARROW) else _WIDE
    return Columns(**{name: share * width for name, share in vars(shares).items()})


def paint_head(painter: QPainter, look: Look, area: QRectF, titles: tuple[str, ...]) -> None:
    """Paint the titles: patient, code, times, minutes, units, modifiers, remark."""
    columns = columns_of(area.width(), look)
    patient, code, times, minutes, units, modifiers, remark = titles
    narrow = area.width() < look.px(NARROW)
    starts = [(patient, columns.patient), *([] if narrow else [(code, columns.code)])]
    starts += [(times, columns.times), (modifiers, columns.modifiers), (remark, columns.remark)]
    ends = [(minutes, columns.minutes), (units, columns.units)]
    paint_titles(painter, look, area, starts, ends)


class DayPainter(ColumnPainter):
    """Paints visits on a grey ground, their codes below on a white one."""

    def __init__(self, look: Look, model: DayModel, view: QListView) -> None:
        """Paint the rows of a model into a view."""
        super().__init__(look, view)
        self._model = model

    def height_of(self, row: DayRow, width: int) -> int:
        """Return how high a row is."""
        if row.code is not None:
            return self.look.px(_CODE)
        return self.look.px(_VISIT_NARROW if width < self.look.px(NARROW) else _VISIT)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a row is."""
        del option
        width = self.view.viewport().width()
        return QSize(0, self.height_of(self._model.rows[index.row()], width))

    def status_area(self, area: QRectF) -> QRectF:
        """Return the cell of a visit's row that leads to its signature."""
        return area.adjusted(columns_of(area.width(), self.look).remark, 0, 0, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row = self._model.rows[index.row()]
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.code is None:
            self._paint_visit(painter, area, row.visit)
        else:
            self._paint_code(painter, area, row.code)
        self.paint_edge(painter, area, state)
        painter.restore()

    def _paint_visit(self, painter: QPainter, area: QRectF, visit: VisitRows) -> None:
        look = self.look
        columns = columns_of(area.width(), look)
        painter.fillRect(area, look.color("lock_soft"))
        narrow = area.width() < look.px(NARROW)
        upper = QRectF(area.left(), area.top(), area.width(), look.px(_VISIT))
        self._paint_arrow(painter, upper, visit)
        left = columns.patient + look.px(16)
        bold = look.font(14, BOLD, tabular=True)
        if narrow:
            about = QRectF(upper).translated(0, look.px(_VISIT_NARROW - _VISIT - 2))
            figures = " · ".join(part for part in (visit.minutes, visit.units) if part)
            self._paint_about(painter, between(about, left, area.width()), visit)
            right = columns.remark - look.px(12)
        else:
            self._paint_about(painter, between(upper, columns.code, columns.minutes * 0.87), visit)
            figures = visit.units
            right = columns.units
            self.paint_figure(painter, until(upper, columns.minutes), visit.minutes, bold, "ink")
        taken = QFontMetrics(bold).horizontalAdvance(figures) + look.px(8)
        self.paint_figure(painter, until(upper, right), figures, bold, "ink")
        end = right - taken if narrow else columns.code - look.px(6)
        patient = between(upper, left, end)
        self.paint_words(painter, patient, visit.patient, look.font(14, BOLD), "ink")
        self._paint_status(painter, self.status_area(upper), visit.status)

    def _paint_arrow(self, painter: QPainter, area: QRectF, visit: VisitRows) -> None:
        look = self.look
        icon = "right" if self._model.folded(visit) else "down"
        left = area.left() + columns_of(area.width(), look).patient
        self.paint_icon(painter, QPointF(left, area.center().y()), icon, "mute")

    def _paint_about(self, painter: QPainter, room: QRectF, visit: VisitRows) -> None:
        look = self.look
        font = look.font(14, BOLD)
        payer = f"{visit.payer} · "
        self.paint_words(painter, room, payer, font, "ink")
        behind = room.adjusted(QFontMetrics(font).horizontalAdvance(payer), 0, 0, 0)
        if behind.width() > look.px(24):
            self.paint_words(painter, behind, visit.about, look.font(14, MEDIUM), "mute")

    def _paint_status(self, painter: QPainter, room: QRectF, status: Remark) -> None:
        """Paint whether the visit is signed, and the arrow that says that a press leads there."""
        look = self.look
        color = _COLORS[status.mark]
        arrow = room.right() - look.px(22)
        self.paint_icon(
            painter, QPointF(room.left(), room.center().y()), _ICONS[status.mark], color
        )
        words = between(room, look.px(18), room.width() - look.px(26))
        self.paint_words(painter, words, status.text, look.font(14, BOLD), color)
        self.paint_icon(painter, QPointF(arrow, room.center().y()), "right", "mute")

    def _paint_code(self, painter: QPainter, area: QRectF, row: CodeRow) -> None:
        look = self.look
        columns = columns_of(area.width(), look)
        font = look.font(13, MEDIUM)
        figures = look.font(13, MEDIUM, tabular=True)
        gap = look.px(6)
        code = between(area, columns.code, columns.times - gap)
        self.paint_words(painter, code, row.code, font, "ink")
        room = between(area, columns.times, columns.minutes - look.px(44))
        self.paint_words(painter, room, _times(row.times, figures, room.width()), figures, "ink")
        self.paint_figure(painter, until(area, columns.minutes), row.minutes, figures, "ink")
        self.paint_figure(painter, until(area, columns.units), row.units, figures, "ink")
        modifiers = between(area, columns.modifiers, columns.remark - gap)
        self.paint_words(painter, modifiers, row.modifiers, font, "ink")
        color = _COLORS[row.remark.mark]
        remark = between(area, columns.remark, area.width() - gap)
        self.paint_words(painter, remark, row.remark.text, font, color)


def _times(times: tuple[str, ...], font: QFont, room: float) -> str:
    """Return all times where they fit, else the first, and how many more there are."""
    together = ", ".join(times)
    if len(times) < 2 or QFontMetrics(font).horizontalAdvance(together) <= room:
        return together
    return f"{times[0]} +{len(times) - 1}"
