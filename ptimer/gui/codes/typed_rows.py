"""As many rows of fields as a person wants: added, typed into, taken away."""

from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.look import Look


class TypedRow(QWidget):
    """One row.

    Signals:
        removed(): a person takes the row away.
        entered(): Enter was pressed in a field.
    """

    removed = Signal()
    entered = Signal()

    def in_order(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key; the first one waits to be typed."""
        raise NotImplementedError


Row = TypeVar("Row", bound=TypedRow)


class TypedRows(QWidget, Generic[Row]):
    """The rows, and a press for one more.

    Signals:
        entered(): Enter was pressed in a field.
        added(row): there is a row more, to be brought into view.
    """

    entered = Signal()
    added = Signal(QWidget)

    def __init__(self, look: Look, add_words: str, parent: QWidget | None = None) -> None:
        """Make no row."""
        super().__init__(parent)
        self.look = look
        self.rows: list[Row] = []
        self.add = Button(look, add_words, kind="small", icon="plus")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.add)
        self.add.clicked.connect(self.add_row)

    def make_row(self) -> Row:
        """Make an empty row; the rows of a kind say how."""
        raise NotImplementedError

    def add_row(self) -> None:
        """Offer a row, and wait for what comes first in it."""
        row = self.make_row()
        row.removed.connect(partial(self._remove, row))
        row.entered.connect(self.entered)
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        before = _reached_before(self.add)
        for widget in row.in_order():
            QWidget.setTabOrder(before, widget)
            before = widget
        row.show()
        row.in_order()[0].setFocus()
        self.added.emit(row)

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self.rows):
            self._remove(row)

    def _remove(self, row: Row) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()


def _reached_before(widget: QWidget) -> QWidget:
    """Return what the Tab key reaches before a widget: the chain holds more than that."""
    before = widget.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or widget


def beginning_with(widget: QWidget, inset: int) -> QWidget:
    """Return a row that begins with a control, and is empty to its right."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(inset, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch()
    return row
