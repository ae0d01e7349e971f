"""The modifiers that a payer wants on its lines, row by row, as they are typed."""

from collections.abc import Iterable

from PySide6.QtWidgets import QGridLayout, QWidget

from ptimer.gui.codes.typed_rows import TypedRow, TypedRows
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.look import Look
from ptimer.operations.typed_payer import TypedModifier


class ModifierRow(TypedRow):
    """One modifier."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.modifier = Field(look, self.tr("Modifier"), hint=self.tr("such as 96"))
        self.codes = Field(look, self.tr("On the lines of these codes"), hint=self.tr("all codes"))
        self.reason = Field(look, self.tr("Why the payer wants it"), hint=self.tr("why"))
        self.remove = Button(look, "", kind="flat", icon="close")
        self.remove.setAccessibleName(self.tr("Take this modifier away"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, look.px(8))
        grid.setSpacing(0)
        grid.addWidget(self.modifier, 0, 0)
        grid.addWidget(self.remove, 0, 1)
        grid.addWidget(self.codes, 1, 0, 1, 2)
        grid.addWidget(self.reason, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self.remove.clicked.connect(self.removed)
        for each in (self.modifier, self.codes, self.reason):
            each.returnPressed.connect(self.entered)

    def value(self) -> TypedModifier:
        """Return what is typed."""
        return TypedModifier(self.modifier.text(), self.codes.text(), self.reason.text())

    def show_modifier(self, modifier: TypedModifier) -> None:
        """Show a modifier."""
        self.modifier.setText(modifier.modifier)
        self.codes.setText(modifier.codes)
        self.codes.setCursorPosition(0)
        self.reason.setText(modifier.reason)

    def in_order(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.modifier, self.remove, self.codes, self.reason]


class ModifierRows(TypedRows[ModifierRow]):
    """As many modifiers as a person wants."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make no row."""
        super().__init__(look, "", parent)
        self.add.set_words(self.tr("Add a modifier"))

    def make_row(self) -> ModifierRow:
        """Make an empty modifier."""
        return ModifierRow(self.look, self)

    def values(self) -> tuple[TypedModifier, ...]:
        """Return what is typed."""
        return tuple(row.value() for row in self.rows)

    def set_values(self, modifiers: Iterable[TypedModifier]) -> None:
        """Show these modifiers and no others."""
        self.clear()
        for modifier in modifiers:
            self.add_row()
            self.rows[-1].show_modifier(modifier)
