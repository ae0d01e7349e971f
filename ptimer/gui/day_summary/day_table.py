"""The table of a day: a row for each visit, which a press folds, and rows for its codes."""

from PySide6.QtCore import QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QSizePolicy, QWidget

from ptimer.gui.controls.painted_list import MOVES, PaintedList, Titles
from ptimer.gui.day_summary.day_model import DayModel, DayRow
from ptimer.gui.day_summary.day_painter import DayPainter, paint_head
from ptimer.gui.day_summary.day_rows import VisitRows
from ptimer.gui.look import Look

_HEAD = 26
_PRESSES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class DayTable(PaintedList):
    """The rows, in one column for the keyboard and the screen reader.

    Signals:
        visit_wanted(visit_id): a person pressed whether a visit is signed.
        why_wanted(visit_id): a person asks why its units and modifiers are there.
    """

    visit_wanted = Signal(str)
    why_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(look, parent)
        self.days = DayModel(self)
        self._painter = DayPainter(look, self.days, self)
        titles = (
            self.tr("Patient"),
            self.tr("Code"),
            self.tr("Times"),
            self.tr("Minutes"),
            self.tr("Units"),
            self.tr("Modifiers"),
            self.tr("Ready for the biller?"),
        )
        self._head = Titles(look, self, titles, paint_head)
        self._pressed_at = QPoint()
        self.setModel(self.days)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(self.tr("Visits of the day"))
        # A click leaves the keyboard where it is, so that Space goes on meaning "stop".
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setViewportMargins(0, look.px(_HEAD), 0, 0)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._press)

    def show_visits(self, visits: tuple[VisitRows, ...]) -> None:
        """Show other visits; keyboard and scroll bar stay where they were."""
        current, at = self.row(), self.verticalScrollBar().value()
        self.days.show_visits(visits)
        place = self.days.place_of(current.key) if current else None
        if place is not None and not self.currentIndex().isValid():
            self.setCurrentIndex(self.days.index(place))
            self.verticalScrollBar().setValue(at)
        self.updateGeometry()

    def go_to(self, visit_id: str) -> bool:
        """Open a visit and move the keyboard to it; return whether it is there."""
        place = self.days.place_of((visit_id, ""))
        if place is None:
            return False
        self.days.fold(self.days.rows[place].visit, False)
        self.updateGeometry()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(self.days.index(place))
        self.scrollTo(self.days.index(place), QAbstractItemView.ScrollHint.PositionAtTop)
        return True

    def row(self) -> DayRow | None:
        """Return the row that the keyboard is on."""
        index = self.currentIndex()
        return self.days.rows[index.row()] if index.isValid() else None

    def sizeHint(self) -> QSize:
        """Return the height of all rows: the table ends where they do."""
        width = self.viewport().width()
        height = sum(self._painter.height_of(row, width) for row in self.days.rows)
        return QSize(self.look.px(500), height + self.look.px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        """Return the height of a few rows; more are scrolled to."""
        return QSize(self.look.px(300), min(self.sizeHint().height(), self.look.px(120)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a visit two lines where the window has become narrow."""
        super().resizeEvent(event)
        self._head.setGeometry(0, 0, self.viewport().width(), self.look.px(_HEAD))
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note which cell is pressed."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is from the start."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.days.rows:
            self.setCurrentIndex(self.days.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, fold with Enter, Space, Left and Right; leave the rest."""
        key, row = event.key(), self.row()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if key in MOVES and plain:
            super().keyPressEvent(event)
        elif row is None:
            event.ignore()
        elif plain and key in _PRESSES:
            self._fold(row, not self.days.folded(row.visit))
        elif plain and key == Qt.Key.Key_W:
            self.why_wanted.emit(row.visit.visit_id)
        elif plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(row, key == Qt.Key.Key_Left)
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and key in _PRESSES[:2]:
            self.visit_wanted.emit(row.visit.visit_id)
        else:
            event.ignore()

    def _fold(self, row: DayRow, folded: bool) -> None:
        """Fold from any row of a visit; the keyboard then stands on the visit's own."""
        self.days.fold(row.visit, folded)
        place = self.days.place_of(row.key)
        if place is not None:
            self.setCurrentIndex(self.days.index(place))
        self.updateGeometry()

    def _press(self, index: QModelIndex) -> None:
        row = self.days.rows[index.row()]
        if row.code is not None:
            self.why_wanted.emit(row.visit.visit_id)
            return
        area = self._painter.status_area(QRectF(self.visualRect(index)))
        if area.contains(self._pressed_at):
            self.visit_wanted.emit(row.visit.visit_id)
        else:
            self._fold(row, not self.days.folded(row.visit))
