"""A payer's own daily limits, row by row, as they are typed."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.payers import Effect, OwnLimit
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import Look
from ptimer.operations.typed_payer import TypedLimit


class LimitRow(QWidget):
    """One limit.

    Signals:
        removed(): a person takes the row away.
        entered(): Enter was pressed in a field.
    """

    removed = Signal()
    entered = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.code = Field(look, self.tr("Limited code"), hint=self.tr("code"))
        self.units = Field(look, self.tr("Units a day"), hint=self.tr("units a day"))
        effects = [(Effect.CUT.value, self.tr("cut")), (Effect.WARN.value, self.tr("warn"))]
        self.effect = Segments(look, self.tr("Above that"), effects)
        self.reason = Field(look, self.tr("Why it is limited"), hint=self.tr("why"))
        self.remove = Button(look, "", kind="flat", icon="close")
        self.remove.setAccessibleName(self.tr("Take this limit away"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, look.px(8))
        grid.setSpacing(0)
        grid.addWidget(self.code, 0, 0)
        grid.addWidget(self.units, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        grid.addWidget(self.reason, 1, 0, 1, 3)
        grid.addWidget(beginning_with(self.effect, look.px(SIDE)), 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.remove.clicked.connect(self.removed)
        for each in (self.code, self.units, self.reason):
            each.returnPressed.connect(self.entered)

    def value(self) -> TypedLimit:
        """Return what is typed."""
        effect = Effect(self.effect.value())
        return TypedLimit(self.code.text(), self.units.text(), effect, self.reason.text())

    def show_limit(self, limit: OwnLimit) -> None:
        """Show a limit."""
        self.code.setText(limit.code)
        self.units.setText(str(limit.units))
        self.effect.set_value(limit.effect.value)
        self.reason.setText(limit.reason)

    def in_order(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.code, self.units, self.remove, self.reason, *self.effect.parts.values()]


def _reached_before(widget: QWidget) -> QWidget:
    """Return what the Tab key reaches before a widget: the chain holds more than that."""
    before = widget.previousInFocusChain()
    while before is not None and before.focusPolicy() is Qt.FocusPolicy.NoFocus:
        before = before.previousInFocusChain()
    return before or widget


def beginning_with(segments: Segments, inset: int) -> QWidget:
    """Return a row that begins with a choice, and is empty to its right."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(inset, 0, 0, 0)
    layout.addWidget(segments)
    layout.addStretch()
    return row


class LimitRows(QWidget):
    """As many rows as a person wants.

    Signals:
        entered(): Enter was pressed in a field.
        added(row): there is a row more, to be brought into view.
    """

    entered = Signal()
    added = Signal(QWidget)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make no row."""
        super().__init__(parent)
        self.look = look
        self.rows: list[LimitRow] = []
        self.add = Button(look, self.tr("Add a limit"), kind="small", icon="plus")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.add)
        self.add.clicked.connect(self.add_row)

    def values(self) -> tuple[TypedLimit, ...]:
        """Return what is typed."""
        return tuple(row.value() for row in self.rows)

    def set_values(self, limits: Iterable[OwnLimit]) -> None:
        """Show these limits and no others."""
        self.clear()
        for limit in limits:
            self.add_row()
            self.rows[-1].show_limit(limit)

    def add_row(self) -> None:
        """Offer a row, and wait for its code."""
        row = LimitRow(self.look, self)
        row.removed.connect(partial(self._remove, row))
        row.entered.connect(self.entered)
        self.rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)
        before = _reached_before(self.add)
        for widget in row.in_order():
            QWidget.setTabOrder(before, widget)
            before = widget
        row.show()
        row.code.setFocus()
        self.added.emit(row)

    def clear(self) -> None:
        """Take all rows away."""
        for row in list(self.rows):
            self._remove(row)

    def _remove(self, row: LimitRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
