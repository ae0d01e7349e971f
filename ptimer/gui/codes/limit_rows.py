"""A payer's own daily limits, row by row, as they are typed: of one code, or of several."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from ptimer.billing.payers import Effect
from ptimer.gui.codes.typed_rows import TypedRow, TypedRows
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import Look
from ptimer.operations.typed_payer import TypedLimit


class LimitRow(TypedRow):
    """One limit; several codes with commas between them are limited together."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.code = Field(
            look, self.tr("Limited code, or several together"), hint=self.tr("code, or several")
        )
        self.units = Field(look, self.tr("Units a day"), hint=self.tr("units a day"))
        effects = [(Effect.CUT.value, self.tr("cut")), (Effect.WARN.value, self.tr("warn"))]
        self.effect = Segments(look, self.tr("Above that"), effects)
        self.reason = Field(look, self.tr("Why it is limited"), hint=self.tr("why"))
        self.remove = Button(look, "", kind="flat", icon="close")
        self.remove.setAccessibleName(self.tr("Take this limit away"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, look.px(8))
        grid.setSpacing(0)
        grid.addWidget(self.code, 0, 0, 1, 2)
        grid.addWidget(self.remove, 0, 2)
        grid.addLayout(self._units_and_effect(look), 1, 0, 1, 3)
        grid.addWidget(self.reason, 2, 0, 1, 3)
        grid.setColumnStretch(0, 1)
        self.remove.clicked.connect(self.removed)
        for each in (self.code, self.units, self.reason):
            each.returnPressed.connect(self.entered)

    def _units_and_effect(self, look: Look) -> FlowLayout:
        """Return both in a line, or in two where the words are too long for one."""
        self.effect.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        flow = FlowLayout()
        flow.addWidget(self.units)
        flow.addWidget(self.effect)
        return flow

    def value(self) -> TypedLimit:
        """Return what is typed."""
        effect = Effect(self.effect.value())
        return TypedLimit(self.code.text(), self.units.text(), effect, self.reason.text())

    def show_limit(self, limit: TypedLimit) -> None:
        """Show a limit."""
        self.code.setText(limit.code)
        self.code.setCursorPosition(0)
        self.units.setText(limit.units)
        self.effect.set_value(limit.effect.value)
        self.reason.setText(limit.reason)

    def in_order(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.code, self.remove, self.units, *self.effect.parts.values(), self.reason]


class LimitRows(TypedRows[LimitRow]):
    """As many limits as a person wants."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make no row."""
        super().__init__(look, "", parent)
        self.add.set_words(self.tr("Add a limit"))

    def make_row(self) -> LimitRow:
        """Make an empty limit."""
        return LimitRow(self.look, self)

    def values(self) -> tuple[TypedLimit, ...]:
        """Return what is typed."""
        return tuple(row.value() for row in self.rows)

    def set_values(self, limits: Iterable[TypedLimit]) -> None:
        """Show these limits and no others."""
        self.clear()
        for limit in limits:
            self.add_row()
            self.rows[-1].show_limit(limit)
