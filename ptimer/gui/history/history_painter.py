"""How is a visit of the history painted? In columns, or where it is narrow in two lines."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
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
    painter.setFont(look.font(12, MEDIUM))
    painter.setPen(look.color("mute"))
    date, patient, discipline, payer, minutes, units, status = titles
    starts = [(date, columns.date), (patient, columns.patient), (status, columns.status)]
    if area.width() >= look.px(NARROW):
        starts += [(discipline, columns.discipline), (payer, columns.payer)]
    for title, left in starts:
        painter.drawText(area.adjusted(left, 0, 0, 0), LEFT_MIDDLE, title)
    for title, right in ((minutes, columns.minutes), (units, columns.units)):
        painter.drawText(_until(area, right), RIGHT_MIDDLE, title)


class HistoryPainter(QStyledItemDelegate):
    """Paints the rows of a model into a view."""

    def __init__(self, look: Look, model: HistoryModel, view: QListView) -> None:
        """Paint nothing yet."""
        super().__init__(view)
        self._look = look
        self._model = model
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a row is."""
        del option, index
        narrow = self._view.viewport().width() < self._look.px(NARROW)
        return QSize(0, self._look.px(_ROW_NARROW if narrow else _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        look = self._look
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, look.color("lock_soft"))
        self._paint_row(painter, area, self._model.rows[index.row()])
        painter.setPen(look.color("line"))
        painter.drawLine(QLineF(area.bottomLeft(), area.bottomRight()).translated(0, -0.5))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), look.px(2)))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()

    def _paint_row(self, painter: QPainter, area: QRectF, row: HistoryRow) -> None:
        look = self._look
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
        date = _between(upper, columns.date, columns.patient - gap)
        self._words(painter, date, row.date, plain, "ink")
        end = (columns.minutes - look.px(60)) if narrow else columns.discipline - gap
        patient = _between(upper, columns.patient, end)
        self._words(painter, patient, row.patient, look.font(13, BOLD), "ink")
        room = _between(lower, columns.discipline, columns.payer - gap)
        self._words(painter, room, row.discipline, look.font(13), "mute")
        room = _between(lower, columns.payer, columns.units if narrow else columns.minutes * 0.9)
        self._words(painter, room, row.payer, look.font(13), "mute")
        self._figure(painter, _until(upper, columns.minutes), row.minutes, figures)
        self._figure(painter, _until(upper, columns.units), row.units, figures)
        self._paint_status(painter, _between(area, columns.status, area.width() - gap), row.status)

    def _paint_status(self, painter: QPainter, room: QRectF, status: Remark) -> None:
        """Paint whether the visit is signed, and the arrow that says that a press leads there."""
        look = self._look
        color = _COLORS[status.mark]
        if status.mark:
            self._icon(painter, QPointF(room.left(), room.center().y()), _ICONS[status.mark], color)
        words = _between(room, look.px(18), room.width() - look.px(22))
        self._words(painter, words, status.text, look.font(13, MEDIUM), color)
        arrow = QPointF(room.right() - look.px(16), room.center().y())
        self._icon(painter, arrow, "right", "mute")

    def _icon(self, painter: QPainter, at: QPointF, name: str, color: str) -> None:
        pixels = 8 if name == "dot" else 13
        size = self._look.px(pixels)
        ratio = self._view.devicePixelRatioF()
        pixmap = self._look.icon(name, self._look.color(color), pixels, ratio)
        painter.drawPixmap(QPointF(round(at.x()), round(at.y() - size / 2)), pixmap)

    def _figure(self, painter: QPainter, room: QRectF, text: str, font: QFont) -> None:
        painter.setFont(font)
        painter.setPen(self._look.color("ink"))
        painter.drawText(room, RIGHT_MIDDLE, text)

    def _words(self, painter: QPainter, room: QRectF, text: str, font: QFont, color: str) -> None:
        """Paint words, marked where the room does not hold them all."""
        painter.setFont(font)
        painter.setPen(self._look.color(color))
        most = max(int(room.width()) + 1, 0)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, most)
        painter.drawText(room, LEFT_MIDDLE, shown)


def _between(area: QRectF, left: float, right: float) -> QRectF:
    return QRectF(area.left() + left, area.top(), max(right - left, 0.0), area.height())


def _until(area: QRectF, right: float) -> QRectF:
    return QRectF(area.left(), area.top(), right, area.height())
