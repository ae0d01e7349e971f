"""Who is in the group? Today's visits with a box to tick before each."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ptimer.gui.controls.painted_list import MOVES, PaintedList
from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE, rounded
from ptimer.gui.group.group_model import GroupModel, GroupRow, Index
from ptimer.gui.look import BOLD, REGULAR, Look

_ROW = 40
_TALL_ROW = 58
_GAP = 6
_SIDE = 12
_BOX = 18
_ABOUT_AT, _TIMED_AT = 0.155, 0.475
"""Where the second and the third column begin, as a share of the width."""
_WIDE_FROM = 520
"""Pixels from which a row has room for everything side by side."""


class _Painter(QStyledItemDelegate):
    """Paints a visit with its box."""

    def __init__(self, look: Look, view: "GroupList") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, self._view.row_height)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Let the list itself tick: the whole row is the target."""
        del event, model, option, index
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.rows[index.row()]
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(area.adjusted(2, 2, -2, -self._look.px(_GAP) + 2))
        self._paint_ground(painter, frame, row, focused=focused)
        self._paint_box(painter, frame, row)
        self._paint_words(painter, frame, row)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, frame: QRectF, row: GroupRow, *, focused: bool
    ) -> None:
        look = self._look
        fill = "accent_soft" if row.ticked else "panel" if row.open else "lock_soft"
        rounded(painter, frame, look.px(9), look.color(fill), look.color("line"))
        if row.ticked or focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.color("accent"), 3 if focused else 2))
            painter.drawRoundedRect(frame.adjusted(1, 1, -1, -1), look.px(9), look.px(9))

    def _paint_box(self, painter: QPainter, frame: QRectF, row: GroupRow) -> None:
        look = self._look
        size = look.px(_BOX)
        left, top = frame.left() + look.px(_SIDE), frame.center().y() - size / 2
        box = QRectF(left, top, size, size)
        fill = look.color("accent" if row.ticked else "panel" if row.open else "lock_soft")
        edge = look.color("accent" if row.ticked else "field")
        painter.setBrush(fill)
        painter.setPen(QPen(edge, 2))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), look.px(5), look.px(5))
        if row.ticked:
            inner = look.px(12)
            tick = look.icon("check", look.color("accent_ink"), 12, self._view.devicePixelRatioF())
            away = (size - inner) // 2
            painter.drawPixmap(QPoint(round(left) + away, round(top) + away), tick)

    def _paint_words(self, painter: QPainter, frame: QRectF, row: GroupRow) -> None:
        look = self._look
        inner = frame.adjusted(look.px(_SIDE + _BOX + _SIDE), 0, -look.px(_SIDE), 0)
        painter.setFont(look.font(13, REGULAR))
        if self._view.is_wide:
            self._paint_line(painter, inner, row)
            return
        half = inner.height() / 2
        upper = inner.adjusted(0, look.px(6), 0, -half + look.px(2))
        lower = inner.adjusted(0, half - look.px(1), 0, -look.px(5))
        state = self._paint_state(painter, upper, row)
        self._text(painter, lower, f"{row.about} · {row.timed}", self._ink(row, "mute"))
        self._paint_patient(painter, upper.adjusted(0, 0, -state, 0), row)

    def _paint_line(self, painter: QPainter, inner: QRectF, row: GroupRow) -> None:
        """Paint a row with room for everything side by side."""
        look = self._look
        state = self._paint_state(painter, inner, row)
        second, third, gap = inner.width() * _ABOUT_AT, inner.width() * _TIMED_AT, look.px(8)
        about = QRectF(inner.left() + second, inner.top(), third - second - gap, inner.height())
        timed = inner.adjusted(third, 0, -state, 0)
        self._text(painter, about, row.about, self._ink(row, "mute"))
        self._text(painter, timed, row.timed, self._ink(row, "ink"))
        patient = QRectF(inner.left(), inner.top(), second - gap, inner.height())
        self._paint_patient(painter, patient, row)

    def _paint_state(self, painter: QPainter, room: QRectF, row: GroupRow) -> int:
        """Paint the state at the right end, and return how much room it takes."""
        metrics = QFontMetrics(painter.font())
        most = int(room.width() * 0.5)
        shown = metrics.elidedText(row.state, Qt.TextElideMode.ElideRight, most)
        painter.setPen(self._ink(row, "mute"))
        painter.drawText(room, RIGHT_MIDDLE, shown)
        return metrics.horizontalAdvance(shown) + self._look.px(10)

    def _paint_patient(self, painter: QPainter, room: QRectF, row: GroupRow) -> None:
        painter.setFont(self._look.font(15, BOLD))
        self._text(painter, room, row.patient, self._ink(row, "ink"))

    @staticmethod
    def _text(painter: QPainter, room: QRectF, text: str, ink: QColor) -> None:
        metrics = QFontMetrics(painter.font())
        painter.setPen(ink)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, LEFT_MIDDLE, shown)

    def _ink(self, row: GroupRow, color: str) -> QColor:
        """Return a colour that can be read on the row's ground."""
        on_panel = row.open and not row.ticked
        quiet = color == "mute" and not on_panel
        return self._look.color("lock" if quiet or not (row.open or row.ticked) else color)


class GroupList(PaintedList):
    """The visits of the day: Space or a press ticks, the arrows move, Enter starts.

    Signals:
        tick_wanted(visit_id): a person takes a visit in, or out.
        start_wanted(): a person starts the group.
    """

    tick_wanted = Signal(str)
    start_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self._model = GroupModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName(self.tr("Who is in the group"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.clicked.connect(self._tick)

    @property
    def rows(self) -> list[GroupRow]:
        """The rows as they are shown."""
        return self._model.rows

    @property
    def is_wide(self) -> bool:
        """Whether a row has room for everything side by side."""
        return self.viewport().width() >= self.look.px(_WIDE_FROM)

    @property
    def row_height(self) -> int:
        """The height of a row, with the gap below it."""
        return self.look.px((_ROW if self.is_wide else _TALL_ROW) + _GAP)

    def show_visits(self, rows: list[GroupRow]) -> None:
        """Show the visits; the one the keyboard is on stays."""
        current = self._current_id()
        grown = len(rows) != len(self.rows)
        self._model.show_rows(rows)
        self.go_to(current)
        if grown:
            self.updateGeometry()

    def go_to(self, visit_id: str | None) -> None:
        """Put the keyboard's row on a visit, else on the first."""
        ids = [row.visit_id for row in self.rows]
        place = ids.index(visit_id) if visit_id in ids else 0
        if ids:
            self.setCurrentIndex(self._model.index(place))

    def sizeHint(self) -> QSize:
        """Return the size at which all rows are seen."""
        return QSize(self.look.px(280), max(len(self.rows), 1) * self.row_height + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the size of two rows: the others scroll."""
        return QSize(self.look.px(200), 2 * self.row_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows out anew: their height depends on the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()
        self.executeDelayedItemsLayout()
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, start, or move; all else is the window's."""
        key = event.key()
        if key == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self._tick(self.currentIndex())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.start_wanted.emit()
        elif key in MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _tick(self, index: QModelIndex) -> None:
        if index.isValid() and self.rows[index.row()].open:
            self.tick_wanted.emit(self.rows[index.row()].visit_id)

    def _current_id(self) -> str | None:
        index = self.currentIndex()
        return self.rows[index.row()].visit_id if index.isValid() else None
