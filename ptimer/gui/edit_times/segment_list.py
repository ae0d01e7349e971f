"""The rows of a visit's recorded times: a list that is painted, and moved in with the arrows."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ptimer.gui.controls.painted_list import MOVES
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.edit_times.segment_lines import SegmentLine
from ptimer.gui.edit_times.segment_paint import RowState, edit_area, paint_row, row_height
from ptimer.gui.look import Look

Index = QModelIndex | QPersistentModelIndex


class SegmentModel(QAbstractListModel):
    """The rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.lines: list[SegmentLine] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.segment.code
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(line.spoken)
        return None

    def show_lines(self, lines: list[SegmentLine]) -> None:
        """Show other rows; where only what they say is different, only those are painted."""
        if [line.segment.id for line in lines] != [line.segment.id for line in self.lines]:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()
            return
        for place, line in enumerate(lines):
            if line != self.lines[place]:
                self.lines[place] = line
                index = self.index(place)
                self.dataChanged.emit(index, index)


class _Painter(QStyledItemDelegate):
    """Paints a row; the open one leaves room below for what stands there."""

    def __init__(self, look: Look, view: "SegmentList") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option
        height = row_height(self._look, self._view.width())
        room = self._view.room if index.row() == self._view.open_row else 0
        return QSize(0, height + room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self._view
        area: QRect = option.rect
        area.setHeight(row_height(self._look, view.width()))
        flags: QStyle.StateFlag = option.state
        is_open = index.row() == view.open_row
        state = RowState(
            is_open=is_open,
            can_edit=view.can_edit,
            focused=bool(flags & QStyle.StateFlag.State_HasFocus) and view.hasFocus(),
            struck=view.struck if is_open else frozenset(),
        )
        painter.save()
        paint_row(painter, self._look, area, view.segments.lines[index.row()], state)
        painter.restore()


class SegmentList(QListView):
    """The recorded times; as high as all its rows, so that what is around it scrolls.

    Signals:
        edit_wanted(segment_id): a person wants to change one.
        row_reached(QRect): the keyboard is in another row; it should be seen.
    """

    edit_wanted = Signal(str)
    row_reached = Signal(QRect)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.look = look
        self.segments = SegmentModel(self)
        self.can_edit = True
        self.open_row = -1
        self.room = 0
        self.struck: frozenset[str] = frozenset()
        self.setModel(self.segments)
        self.setItemDelegate(_Painter(look, self))
        self.setAccessibleName(self.tr("Recorded times"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setMouseTracking(True)
        self.selectionModel().currentChanged.connect(self._tell_row)
        look.changed.connect(self.viewport().update)

    def row_of(self, segment_id: str) -> int:
        """Return the row of a segment; -1 if it is not there."""
        ids = [line.segment.id for line in self.segments.lines]
        return ids.index(segment_id) if segment_id in ids else -1

    def set_open(self, row: int, room: int) -> None:
        """Leave room below a row; -1 closes."""
        if (row, room) != (self.open_row, self.room):
            self.open_row, self.room = row, room
            self.scheduleDelayedItemsLayout()

    def strike(self, struck: frozenset[str]) -> None:
        """Strike out what the open row would no longer say: "start", "end", "minutes" …"""
        if struck != self.struck:
            self.struck = struck
            self.viewport().update()

    def area_of(self, row: int) -> QRect:
        """Return where a row is, without the room below it."""
        height = row_height(self.look, self.width())
        above = self.room if 0 <= self.open_row < row else 0
        return QRect(0, row * height + above, self.width(), height)

    def rows_height(self, width: int) -> int:
        """Return the height of all rows at a width, without the room."""
        return len(self.segments.lines) * row_height(self.look, width)

    def edit_area(self, row: int) -> QRect:
        """Return where the press to edit a row is."""
        return edit_area(self.look, self.area_of(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, open with Enter; all else is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self._open(self.currentIndex().row())
        elif event.key() in MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the row whose press was hit."""
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        if row >= 0 and self.edit_area(row).contains(event.position().toPoint()):
            self._open(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row that is pressed twice, wherever that is."""
        self._open(self.indexAt(event.position().toPoint()).row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show where a press does something; a held button moves no row."""
        place = event.position().toPoint()
        row = self.indexAt(place).row()
        over = self.can_edit and row >= 0 and self.edit_area(row).contains(place)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.segments.lines:
            self.setCurrentIndex(self.segments.index(0))

    def _open(self, row: int) -> None:
        if self.can_edit and 0 <= row < len(self.segments.lines) and row != self.open_row:
            self.edit_wanted.emit(self.segments.lines[row].segment.id)

    def _tell_row(self, current: QModelIndex) -> None:
        if current.isValid() and self.hasFocus():
            self.row_reached.emit(self.area_of(current.row()))
