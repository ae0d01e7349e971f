"""The visits on the left: whose they are, what runs, minutes and units, planned, signed, to fix."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ptimer.gui.look import BOLD, MEDIUM, REGULAR, Look
from ptimer.gui.painting import LEFT_MIDDLE, RIGHT_MIDDLE, rounded
from ptimer.gui.scroll_bar import SlimScrollBar

_ROW = 58
_GAP = 7
_HEADING = 26

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class VisitRow:
    """What a row shows; `mark` is "run", "ok", "warn" or nothing."""

    visit_id: str
    patient: str
    about: str
    right: str
    mark: str = ""
    mark_text: str = ""
    is_heading: bool = False

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        parts = (self.patient, self.about, self.right, self.mark_text)
        return ", ".join(part for part in parts if part)


class VisitModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: list[VisitRow] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.patient
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a heading can't be chosen."""
        if index.isValid() and self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def show_rows(self, rows: list[VisitRow]) -> None:
        """Show other rows; where only what they say is different, only those are painted."""
        if [row.visit_id for row in rows] != [row.visit_id for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        for number, row in enumerate(rows):
            if row != self.rows[number]:
                self.rows[number] = row
                index = self.index(number)
                self.dataChanged.emit(index, index)


class _Painter(QStyledItemDelegate):
    """Paints a visit as a card."""

    def __init__(self, look: Look, view: "VisitList") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        row = self._view.visits.rows[index.row()]
        return QSize(0, self._look.px(_HEADING if row.is_heading else _ROW + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.visits.rows[index.row()]
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.is_heading:
            self._heading(painter, area, row)
        else:
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            self._card(painter, area, row, chosen=chosen, focused=focused)
        painter.restore()

    def _heading(self, painter: QPainter, area: QRect, row: VisitRow) -> None:
        painter.setFont(self._look.font(12, BOLD))
        painter.setPen(self._look.color("mute"))
        painter.drawText(area, LEFT_MIDDLE, row.patient.upper())

    def _card(
        self, painter: QPainter, area: QRect, row: VisitRow, *, chosen: bool, focused: bool
    ) -> None:
        look = self._look
        frame = QRectF(area.adjusted(1, 1, -1, -look.px(_GAP)))
        rounded(painter, frame, look.px(10), look.color("panel"), look.color("line"))
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(look.color("accent"))
            pen.setWidth(3 if focused else 2)
            painter.setPen(pen)
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), look.px(9), look.px(9))
        side = look.px(12)
        upper = QRect(
            area.left() + side, area.top() + look.px(7), area.width() - 2 * side, look.px(22)
        )
        lower = upper.translated(0, look.px(21))
        self._line(painter, upper, row.patient, row.right)
        self._about(painter, lower, row)

    def _line(self, painter: QPainter, area: QRect, patient: str, right: str) -> None:
        look = self._look
        painter.setFont(look.font(12, MEDIUM, tabular=True))
        painter.setPen(look.color("ink"))
        painter.drawText(area, RIGHT_MIDDLE, right)
        taken = QFontMetrics(painter.font()).horizontalAdvance(right) + look.px(8)
        painter.setFont(look.font(15, BOLD))
        room = area.width() - taken
        shown = QFontMetrics(painter.font()).elidedText(patient, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, LEFT_MIDDLE, shown)

    def _about(self, painter: QPainter, area: QRect, row: VisitRow) -> None:
        look = self._look
        taken = self._mark(painter, area, row) if row.mark_text else 0
        painter.setFont(look.font(12, REGULAR))
        painter.setPen(look.color("mute"))
        metrics = QFontMetrics(painter.font())
        room = area.width() - taken - look.px(4)
        shown = metrics.elidedText(row.about, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, LEFT_MIDDLE, shown)

    def _mark(self, painter: QPainter, area: QRect, row: VisitRow) -> int:
        """Paint the pill at the right end, and return how wide it is."""
        look = self._look
        soft, ink, icon = {
            "run": ("accent", "accent_ink", "dot"),
            "ok": ("ok_soft", "ok", "check"),
            "warn": ("warn_soft", "warn", "warning"),
        }[row.mark]
        painter.setFont(look.font(12, MEDIUM))
        words = QFontMetrics(painter.font()).horizontalAdvance(row.mark_text)
        picture = look.px(9 if row.mark == "run" else 12)
        width = words + picture + look.px(8 + 8 + 4)
        pill = QRectF(area.right() - width + 1, area.top() + look.px(2), width, look.px(18))
        rounded(painter, pill, look.px(9), look.color(soft))
        left = round(pill.left()) + look.px(8)
        ratio = self._view.devicePixelRatioF()
        pixmap = look.icon(icon, look.color(ink), 9 if row.mark == "run" else 12, ratio)
        top = round(pill.top()) + (look.px(18) - picture) // 2
        painter.drawPixmap(QPoint(left, top), pixmap)
        painter.setPen(look.color(ink))
        room = pill.adjusted(look.px(8) + picture + look.px(4), 0, 0, 0)
        painter.drawText(room, LEFT_MIDDLE, row.mark_text)
        return width


class VisitList(QListView):
    """The list of visits.

    Signals:
        visit_chosen(visit_id): a person looks at another visit.
    """

    visit_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.visits = VisitModel(self)
        self._showing = False
        self.setModel(self.visits)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName(self.tr("Visits"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimScrollBar(look))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._tell)
        look.changed.connect(self.viewport().update)

    def show_visits(self, rows: list[VisitRow], chosen: str | None) -> None:
        """Show the visits and mark the one that is looked at."""
        self._showing = True
        self.visits.show_rows(rows)
        for number, row in enumerate(rows):
            if row.visit_id == chosen and not row.is_heading:
                self.setCurrentIndex(self.visits.index(number))
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; digits and letters are the window's."""
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid() and not self._showing:
            self.visit_chosen.emit(self.visits.rows[current.row()].visit_id)


_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
