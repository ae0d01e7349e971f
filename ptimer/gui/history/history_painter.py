"""How is a visit of the history painted? In columns, or where it is narrow in two lines."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem

from ptimer.gui.controls.column_painter import ColumnPainter, between, paint_titles, until
from ptimer.gui.day_summary.day_rows import Remark
from ptimer.gui.history.history_model import HistoryModel, Index
from ptimer.gui.history.history_rows import HistoryRow
from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look

NARROW = 760
"""Below so many pixels a visit takes two lines."""

_ROW = 32
_ROW_NARROW = 48
_GAP = 8
_COLORS = {"ok": "ok", "warn": "warn", "run": "accent", "": "mute"}
_ICONS = {"ok": "check", "warn": "warning", "run": "dot"}


@dataclass(frozen=True)
class Columns:
    """Where the columns lie; minutes and units end where theirs do."""

    date: float
    patient: float
    discipline: float
    payer: float
    minutes: float
    units: float
    status: float


_WIDE = Columns(0.013, 0.175, 0.335, 0.405, 0.675, 0.765, 0.795)
_TIGHT = Columns(0.018, 0.27, 0.27, 0.35, 0.60, 0.71, 0.735)


def columns_of(width: float, look: Look) -> Columns:
    """Return where the columns lie at a width."""
    shares = _TIGHT if width < look.px(NARROW) else _WIDE
    return Columns(**{name: share * width for name, share in vars(shares).items()})


def paint_head(painter: QPainter, look: Look, area: QRectF, titles: tuple[str, ...]) -> None:
    """Paint the titles: date, patient, discipline, payer, minutes, units, status."""
    columns = columns_of(area.width(), look)
    date, patient, discipline, payer, minutes, units, status = titles
    starts = [(date, columns.date), (patient, columns.patient), (status, columns.status)]
    if area.width() >= look.px(NARROW):
        starts += [(discipline, columns.discipline), (payer, columns.payer)]
    ends = [(minutes, columns.minutes), (units, columns.units)]
    paint_titles(painter, look, area, starts, ends)


class HistoryPainter(ColumnPainter):
    """Paints the rows of a model into a view."""

    def __init__(self, look: Look, model: HistoryModel, view: QListView) -> None:
        """Paint nothing yet."""
        super().__init__(look, view)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a row is."""
        del option, index
        narrow = self.view.viewport().width() < self.look.px(NARROW)
        return QSize(0, self.look.px(_ROW_NARROW if narrow else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        look = self.look
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, look.color("lock_soft"))
        self._paint_row(painter, area, self._model.rows[index.row()])
        self.paint_edge(painter, area, state)
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, row: HistoryRow) -> None:
        look = self.look
        columns = columns_of(area.width(), look)
        gap = look.px(_GAP)
        narrow = area.width() < look.px(NARROW)
        upper = lower = area
        if narrow:
            line = area.height() / 2 - look.px(3)
            upper = QRectF(area.left(), area.top() + look.px(3), area.width(), line)
            lower = upper.translated(0, line)
        plain = look.font(13, REGULAR, tabular=True)
        figures = look.font(13, BOLD, tabular=True)
        date = between(upper, columns.date, columns.patient - gap)
        self.paint_words(painter, date, row.date, plain, "ink")
        end = (columns.minutes - look.px(60)) if narrow else columns.discipline - gap
        patient = between(upper, columns.patient, end)
        self.paint_words(painter, patient, row.patient, look.font(13, BOLD), "ink")
        room = between(lower, columns.discipline, columns.payer - gap)
        self.paint_words(painter, room, row.discipline, look.font(13), "mute")
        room = between(lower, columns.payer, columns.units if narrow else columns.minutes * 0.9)
        self.paint_words(painter, room, row.payer, look.font(13), "mute")
        self.paint_figure(painter, until(upper, columns.minutes), row.minutes, figures)
        self.paint_figure(painter, until(upper, columns.units), row.units, figures)
        self._paint_status(painter, between(area, columns.status, area.width() - gap), row.status)

    def _paint_status(self, painter: QPainter, room: QRectF, status: Remark) -> None:
        """Paint whether the visit is signed, and the arrow that says that a press leads there."""
        look = self.look
        color = _COLORS[status.mark]
        if status.mark:
            self.paint_icon(
                painter, QPointF(room.left(), room.center().y()), _ICONS[status.mark], color
            )
        words = between(room, look.px(18), room.width() - look.px(22))
        self.paint_words(painter, words, status.text, look.font(13, MEDIUM), color)
        arrow = QPointF(room.right() - look.px(16), room.center().y())
        self.paint_icon(painter, arrow, "right", "mute")
