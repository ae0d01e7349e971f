"""The table of the codes: painted rows, moved in with the arrows."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ptimer.gui.codes.code_paint import HEAD, RowPainter, has_columns, paint_head, row_height
from ptimer.gui.codes.code_rows import CodeRow
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.painted_list import MOVES, PaintedList
from ptimer.gui.controls.painting import focus_ring
from ptimer.gui.look import Look

Index = QModelIndex | QPersistentModelIndex


class CodeModel(QAbstractListModel):
    """The rows of the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.rows: tuple[CodeRow, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a row says to the eye or to the ear."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.code
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.spoken
        return None

    def show_rows(self, rows: tuple[CodeRow, ...]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, code: str) -> int | None:
        """Return in which row a code stands."""
        return next((place for place, row in enumerate(self.rows) if row.code == code), None)


class _Painter(QStyledItemDelegate):
    """Paints a code as a row."""

    def __init__(self, look: Look, view: "_Rows") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(0, row_height(self._look, in_columns=self._view.in_columns))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state: QStyle.StateFlag = option.state
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        view = self._view
        rows = RowPainter(painter, self._look, view.devicePixelRatioF(), in_columns=view.in_columns)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        rows.paint(QRectF(area), view.codes.rows[index.row()], chosen=chosen)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, self._look, QRectF(area).adjusted(4, 4, -4, -4), 4)
        painter.restore()


class _Rows(PaintedList):
    """The rows below the titles.

    Signals:
        resized(): there is more or less room.
    """

    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.codes = CodeModel(self)
        self.empty = ""
        self.setModel(self.codes)
        self.setItemDelegate(_Painter(look, self))
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Codes"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    @property
    def in_columns(self) -> bool:
        """Whether there is room for columns, the scroll bar's left out: it comes and goes."""
        return has_columns(self.look, self.width() - self.verticalScrollBar().sizeHint().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; digits and letters are the window's."""
        if event.key() in MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the rows anew: a narrow table has higher ones. The chosen one stays in sight."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        self.resized.emit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or why there are none."""
        super().paintEvent(event)
        if self.codes.rows or not self.empty:
            return
        painter = QPainter(self.viewport())
        painter.setFont(self.look.font())
        painter.setPen(self.look.color("mute"))
        room = self.viewport().rect().adjusted(12, 12, -12, -12)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(room, flags, self.empty)


class _Head(QWidget):
    """The titles of the columns of some rows; rows in two lines have none."""

    def __init__(self, look: Look, rows: _Rows) -> None:
        super().__init__()
        self.look = look
        self._rows = rows
        self._titles = CodeRow(
            self.tr("Code"),
            self.tr("Our label"),
            self.tr("Counted"),
            self.tr("Attendance"),
            self.tr("Units a day"),
            self.tr("Above that"),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(HEAD))
        rows.resized.connect(self._follow)
        look.changed.connect(self.update)

    def _follow(self) -> None:
        self.setVisible(self._rows.in_columns)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        area = QRectF(0, 0, self._rows.viewport().width(), self.height())
        paint_head(painter, self.look, area, self._titles)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.look.color("line"))


class CodeTable(Box):
    """The table in its box.

    Signals:
        code_chosen(code): a person looks at a code; empty where none is looked at any more.
    """

    code_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        super().__init__(look, parent)
        self.rows = _Rows(look)
        self._head = _Head(look, self.rows)
        self._chosen = ""
        self._showing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, look.px(8))
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.rows, 1)
        self.setMinimumHeight(look.px(120))
        self.rows.selectionModel().currentChanged.connect(self._tell)

    @property
    def chosen(self) -> str:
        """The code that is looked at."""
        return self._chosen

    def show_rows(self, rows: tuple[CodeRow, ...], empty: str) -> None:
        """Show other rows, or say why there are none; the chosen code stays, if it is there."""
        self._showing = True
        self.rows.empty = empty
        self.rows.codes.show_rows(rows)
        place = self.rows.codes.place_of(self._chosen)
        if place is not None:
            self.rows.setCurrentIndex(self.rows.codes.index(place))
        self._showing = False
        if place is None and self._chosen:
            self._chosen = ""
            self.code_chosen.emit("")

    def choose(self, code: str) -> None:
        """Look at a code of the table, and bring it into view."""
        place = self.rows.codes.place_of(code)
        if place is not None:
            self.rows.setCurrentIndex(self.rows.codes.index(place))
            self.rows.scrollTo(self.rows.currentIndex())

    def clear_choice(self) -> None:
        """Look at no code any more."""
        self.rows.selectionModel().clear()

    def enter_rows(self) -> None:
        """Move the keyboard into the rows, to the chosen one or the first."""
        if self.rows.codes.rows:
            self.rows.setFocus()
            if not self.rows.currentIndex().isValid():
                self.rows.setCurrentIndex(self.rows.codes.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close what is shown of the chosen code."""
        if event.key() == Qt.Key.Key_Escape and self._chosen:
            self.clear_choice()
        else:
            event.ignore()

    def _tell(self, current: QModelIndex) -> None:
        if self._showing:
            return
        self._chosen = self.rows.codes.rows[current.row()].code if current.isValid() else ""
        self.code_chosen.emit(self._chosen)
