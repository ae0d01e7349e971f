"""How is each kind of skilled field filled: chips, an amount, a line, two numbers, a goal?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from ptimer.billing.skilled_fields import FieldKind, SkilledField
from ptimer.gui import texts
from ptimer.gui.controls.chip_field import ChipField
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import Look
from ptimer.gui.sign.goal_editor import GoalEditor
from ptimer.gui.sign.part_editor import LEAST_WIDTH, PartEditor
from ptimer.gui.sign.repeated_text import RepeatedText
from ptimer.gui.texts import Label
from ptimer.operations.skilled import Earlier

_PAIN_WIDTH = 66


class ChipsEditor(PartEditor):
    """Words to pick from."""

    def __init__(self, look: Look, field: SkilledField) -> None:
        """Make the chips, with a line for other words where the field takes them."""
        super().__init__(look, field.part)
        other = self.tr("other…") if field.other else ""
        self.chips = ChipField(look, self.name, other=other)
        self.column.addWidget(self.chips)
        self.chips.changed.connect(self.given)
        self.chips.edited.connect(self.edited)

    def value(self) -> tuple[str, ...]:
        """Return what is picked, and what is being typed besides."""
        typed = self.chips.typed
        return (*self.chips.values(), *([typed] if typed else ()))

    def show_value(self, value: Sequence[str]) -> None:
        """Show what is picked; a word that is being typed stays."""
        typed = self.chips.typed
        self.chips.set_values([word for word in value if word != typed])

    def offer(self, field: SkilledField, code: str) -> None:
        """Offer the words for a code."""
        words = [(word, texts.core(word)) for word in field.offered(code)]
        self.chips.offer(words, alone=field.alone)

    def take_focus(self) -> None:
        """Let the keyboard go to the chips."""
        self.chips.take_focus()


class AmountEditor(PartEditor):
    """One of a few words, or none yet."""

    def __init__(self, look: Look, field: SkilledField) -> None:
        """Make the words beside each other."""
        super().__init__(look, field.part)
        words = [(word, texts.core(word)) for word in field.words]
        self.amounts = Segments(look, self.name, words, may_be_empty=True)
        row = QHBoxLayout()
        row.setContentsMargins(look.px(SIDE), 0, 0, 0)
        row.addWidget(self.amounts)
        self.column.addLayout(row)
        self.amounts.chosen.connect(lambda _: self.given.emit())

    def value(self) -> tuple[str, ...]:
        """Return what is chosen."""
        chosen = self.amounts.value()
        return (chosen,) if chosen else ()

    def show_value(self, value: Sequence[str]) -> None:
        """Show what is chosen."""
        wanted = next(iter(value), "")
        if wanted != self.amounts.value():
            self.amounts.set_value(wanted if wanted in self.amounts.parts else "")

    def take_focus(self) -> None:
        """Let the keyboard go to what is chosen, or to the first word."""
        parts = self.amounts.parts
        chosen = parts.get(self.amounts.value()) or next(iter(parts.values()))
        chosen.setFocus(Qt.FocusReason.TabFocusReason)


class LineEditor(PartEditor):
    """A short text; one that only repeats the last visits is pointed out."""

    def __init__(self, look: Look, field: SkilledField) -> None:
        """Make an empty line."""
        super().__init__(look, field.part)
        self.line = Field(look, self.name)
        self.setMinimumWidth(look.px(LEAST_WIDTH))
        self.repeated = RepeatedText(look, self.name)
        self.column.addWidget(self.line)
        self.column.addWidget(self.repeated)
        self.line.editingFinished.connect(self.given)
        self.line.textEdited.connect(lambda _: self._edit())

    def value(self) -> tuple[str, ...]:
        """Return what stands in the line."""
        text = self.line.text().strip()
        return (text,) if text else ()

    def show_value(self, value: Sequence[str]) -> None:
        """Show a text."""
        text = next(iter(value), "")
        if text != self.line.text().strip():
            self.line.setText(text)
            self.line.setCursorPosition(0)  # a long text is read from its beginning

    def show_earlier(self, earlier: Sequence[Earlier]) -> None:
        """Say whether the last visits say the same."""
        self.repeated.show_texts(
            self.line.text(), [(each.day, each.parts.line(self.part)) for each in earlier]
        )

    def mark_wrong(self, wrong: bool) -> None:
        """Show that the text can't be used."""
        self.line.mark_wrong(wrong)

    def take_focus(self) -> None:
        """Let the keyboard go to the line."""
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _edit(self) -> None:
        self.line.mark_wrong(False)
        self.edited.emit()


class PainEditor(PartEditor):
    """Pain before and after, each from 0 to 10."""

    def __init__(self, look: Look, field: SkilledField) -> None:
        """Make two short lines."""
        super().__init__(look, field.part)
        self.before = Field(look, self.tr("Pain before, 0 to 10"))
        self.after = Field(look, self.tr("Pain after, 0 to 10"))
        row = QHBoxLayout()
        row.setSpacing(look.px(2))
        arrow = Label(look, "\N{RIGHTWARDS ARROW}", color="mute")
        for widget in (self.before, arrow, self.after):
            row.addWidget(widget)
        row.addWidget(Label(look, self.tr("of 10"), pixels=12, color="mute"))
        row.addStretch()
        self.column.addLayout(row)
        for line in (self.before, self.after):
            line.setFixedWidth(look.px(_PAIN_WIDTH))
            line.setMaxLength(2)
            line.editingFinished.connect(self.given)
            line.textEdited.connect(lambda _: self._edit())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def value(self) -> tuple[str, ...]:
        """Return both numbers as they are typed; nothing where neither is."""
        typed = (self.before.text().strip(), self.after.text().strip())
        return typed if any(typed) else ()

    def show_value(self, value: Sequence[str]) -> None:
        """Show both numbers."""
        for line, text in zip((self.before, self.after), (*value, "", ""), strict=False):
            if text != line.text().strip():
                line.setText(text)

    def mark_wrong(self, wrong: bool) -> None:
        """Show that a number can't be used."""
        for line in (self.before, self.after):
            line.mark_wrong(wrong and bool(line.text().strip()))

    def take_focus(self) -> None:
        """Let the keyboard go to the first number that is not typed."""
        line = self.after if self.before.text() and not self.after.text() else self.before
        line.setFocus(Qt.FocusReason.TabFocusReason)

    def _edit(self) -> None:
        self.mark_wrong(False)
        self.edited.emit()


def editor_of(look: Look, field: SkilledField) -> PartEditor:
    """Return the editor for a kind of field."""
    kinds: dict[FieldKind, type[ChipsEditor | AmountEditor | LineEditor | PainEditor | GoalEditor]]
    kinds = {
        FieldKind.LINE: LineEditor,
        FieldKind.SEVERAL: ChipsEditor,
        FieldKind.ONE: AmountEditor,
        FieldKind.PAIN: PainEditor,
        FieldKind.GOAL: GoalEditor,
    }
    return kinds[field.kind](look, field)
