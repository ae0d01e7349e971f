"""The table of the history: a row for each visit, which a press opens in its day."""

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.history.history_model import HistoryModel
from ptimer.gui.history.history_painter import HistoryPainter, paint_head
from ptimer.gui.history.history_rows import HistoryRow
from ptimer.gui.look import Look

_HEAD = 28
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Head(QWidget):
    """The titles above the rows, in the rows' columns."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self._titles = (
            self.tr("Date"),
            self.tr("Patient"),
            self.tr("For"),
            self.tr("Payer"),
            self.tr("Timed min"),
            self.tr("Units"),
            self.tr("Status"),
        )
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        area = QRectF(self.rect())
        line = QRectF(0, area.bottom() - 1, self.width(), 1)
        painter.fillRect(line, self.look.color("line"))
        paint_head(painter, self.look, area, self._titles)


class HistoryTable(QListView):
    """The rows, in one column for the keyboard and the screen reader.

    Signals:
        visit_wanted(HistoryRow): a person opens a visit.
    """

    visit_wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.look = look
        self.found = HistoryModel(self)
        self._head = _Head(look, self)
        self.setModel(self.found)
        self.setItemDelegate(HistoryPainter(look, self.found, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Visits found, the newest first"))
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBar(SlimScrollBar(look))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, look.px(_HEAD), 0, 0)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._press)
        look.changed.connect(self.viewport().update)

    def show_rows(self, rows: list[HistoryRow], *, more: bool) -> None:
        """Show other visits; keyboard and scroll bar stay at the visit where they were."""
        before, at = self.row(), self.verticalScrollBar().value()
        self.found.show_rows(rows, more=more)
        if self.currentIndex().isValid():
            return
        places = {row.visit_id: place for place, row in enumerate(rows)}
        place = places.get(before.visit_id) if before else None
        if place is None:
            self.scrollToTop()
            return
        self.setCurrentIndex(self.found.index(place))
        self.verticalScrollBar().setValue(at)

    def row(self) -> HistoryRow | None:
        """Return the row that the keyboard is on."""
        index = self.currentIndex()
        return self.found.rows[index.row()] if index.isValid() else None

    def enter(self) -> None:
        """Move the keyboard into the rows."""
        if self.found.rows:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def minimumSizeHint(self) -> QSize:
        """Return the height of a few rows; more are scrolled to."""
        return QSize(self.look.px(300), self.look.px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a visit two lines where the window has become narrow."""
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, self.viewport().width(), self.look.px(_HEAD))
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is from the start."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.found.rows:
            self.setCurrentIndex(self.found.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, open with Enter; leave the rest to the window."""
        row = self.row()
        if event.key() in _MOVES:
            super().keyPressEvent(event)
        elif event.key() in _PRESSES and row is not None:
            self.visit_wanted.emit(row)
        else:
            event.ignore()

    def _press(self, index: QModelIndex) -> None:
        self.visit_wanted.emit(self.found.rows[index.row()])
