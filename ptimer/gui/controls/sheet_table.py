"""A sheet of many rows and columns to look through, as a file will hold them."""

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ptimer.gui.controls.flat_scroll_bar import FlatScrollBar
from ptimer.gui.controls.painting import LEFT_MIDDLE, RIGHT_MIDDLE
from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.export.export_preview import Sheet
from ptimer.gui.look import MEDIUM, REGULAR, Look

_ROW = 26
_SIDE = 8
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)

Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The cells of a sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.sheet = Sheet((), ())

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.sheet.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.sheet.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what a cell says to the eye or to the ear."""
        if not index.isValid():
            return None
        text = self.sheet.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.sheet.headings[index.column()].title}: {text}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401
        """Return the title of a column."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return self.sheet.headings[section].title


class _Cell(QStyledItemDelegate):
    """Paints a cell; figures stand at its right end."""

    def __init__(self, look: Look, view: "SheetTable") -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._look
        heading = self._view.cells.sheet.headings[index.column()]
        painter.save()
        area = option.rect
        state: QStyle.StateFlag = option.state
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, look.color("line"))
        font = look.font(13, MEDIUM if heading.figures else REGULAR, tabular=True)
        painter.setFont(font)
        painter.setPen(look.color("ink"))
        room = area.adjusted(look.px(_SIDE), 0, -look.px(_SIDE), 0)
        text = str(index.data() or "")
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.drawText(room, RIGHT_MIDDLE if heading.figures else LEFT_MIDDLE, shown)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.color("accent"), look.px(2)))
            painter.drawRect(area.adjusted(1, 1, -1, -2))
        painter.restore()


class _Titles(QHeaderView):
    """Paints the titles above the columns."""

    def __init__(self, look: Look, view: "SheetTable") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._look = look
        self._view = view
        self.setFixedHeight(look.px(_ROW))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(look.px(28))
        self.viewport().setAutoFillBackground(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the titles, and the plain ground behind the last of them."""
        super().paintEvent(event)
        left = max(self.length() - self.offset(), 0)
        width = self.viewport().width() - left
        if width > 0:
            painter = QPainter(self.viewport())
            painter.fillRect(left, 0, width, self.height(), self._look.color("panel"))
            painter.fillRect(left, self.height() - 1, width, 1, self._look.color("line"))

    def paintSection(self, painter: QPainter, rect: Any, logical: int) -> None:  # noqa: ANN401, N802  (Qt's own)
        look = self._look
        heading = self._view.cells.sheet.headings[logical]
        painter.save()
        painter.setFont(look.font(12, MEDIUM))
        painter.setPen(look.color("mute"))
        room = rect.adjusted(look.px(_SIDE), 0, -look.px(_SIDE), 0)
        painter.drawText(room, RIGHT_MIDDLE if heading.figures else LEFT_MIDDLE, heading.title)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, look.color("line"))
        painter.restore()


class SheetTable(QTableView):
    """The sheet; every cell can be gone to with the arrow keys.

    Signals:
        why_wanted(int): a person asks why a row is as it is.
    """

    why_wanted = Signal(int)

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        """Show an empty sheet."""
        super().__init__(parent)
        self.look = look
        self.cells = SheetModel(self)
        self.setModel(self.cells)
        self.setItemDelegate(_Cell(look, self))
        self.setHorizontalHeader(_Titles(look, self))
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(_ROW))
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimScrollBar(look))
        self.setHorizontalScrollBar(FlatScrollBar(look))
        self.setCornerWidget(QWidget())  # a plain one: the style's own is a grey square
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self.viewport().update)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet; keyboard, scroll bars and widths stay while its columns do."""
        before = self.cells.sheet
        if sheet == before:
            return
        current = self.currentIndex()
        at = (self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        self.cells.show_sheet(sheet)
        if sheet.headings != before.headings:
            self._widen()
            return
        if current.row() < len(sheet.rows):
            self.setCurrentIndex(self.cells.index(current.row(), current.column()))
        self.horizontalScrollBar().setValue(at[0])
        self.verticalScrollBar().setValue(at[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; leave the rest to the window."""
        asks_why = event.key() == Qt.Key.Key_W and not event.modifiers()
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        elif asks_why and self.currentIndex().isValid():
            self.why_wanted.emit(self.currentIndex().row())
        else:
            event.ignore()

    def _widen(self) -> None:
        """Make each column as wide as what usually stands in it."""
        look = self.look
        letter = QFontMetricsF(look.font(13, REGULAR, tabular=True)).horizontalAdvance("0")
        title = QFontMetrics(look.font(12, MEDIUM))
        for place, heading in enumerate(self.cells.sheet.headings):
            words = max(heading.letters * letter, title.horizontalAdvance(heading.title))
            self.setColumnWidth(place, round(words) + look.px(2 * _SIDE + 2))
