"""How is each kind of skilled field filled: chips, an amount, a line, two numbers, a goal?"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.skilled_fields import NAMES, FieldKind, Part, SkilledField
from ptimer.gui import texts
from ptimer.gui.controls.chip_field import ChipField
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import BOLD, Look
from ptimer.gui.sign.repeated_text import RepeatedText
from ptimer.gui.texts import Label
from ptimer.operations.goals import Goal
from ptimer.operations.skilled import Earlier

NEW_GOAL = "+"
_MOST_OF_A_GOAL = 60
_PAIN_WIDTH = 66
_LEAST_WIDTH = 240
"""Pixels of a text that two share a row from."""


class PartEditor(QWidget):
    """A field under its name.

    Signals:
        given(): what stands in it is meant.
        edited(): something is being typed.
    """

    given = Signal()
    edited = Signal()

    def __init__(self, look: Look, part: Part) -> None:
        """Make the name; the field comes below it."""
        super().__init__()
        self.look = look
        self.part = part
        self.name = texts.core(NAMES[part])
        self.label = Label(look, self.name, pixels=12, weight=BOLD, color="mute")
        self.label.setIndent(look.px(SIDE))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_lacking(self, lacking: bool) -> None:
        """Say that the clinic requires it, and it is empty."""
        required = self.tr("{0} · required").format(self.name)
        self.label.say(required if lacking else self.name)
        self.label.set_color("warn" if lacking else "mute")

    def value(self) -> tuple[str, ...]:
        """Return what stands in it."""
        raise NotImplementedError

    def show_value(self, value: Sequence[str]) -> None:
        """Show a value."""
        raise NotImplementedError

    def offer(self, field: SkilledField, code: str) -> None:
        """Offer the words for a code."""

    def mark_wrong(self, wrong: bool) -> None:
        """Show that what stands in it can't be used."""

    def take_focus(self) -> None:
        """Let the keyboard go there."""
        raise NotImplementedError


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
        self.setMinimumWidth(look.px(_LEAST_WIDTH))
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


class _NewGoal(Field):
    """The line of a new goal.

    Signals:
        dropped(): Escape was pressed.
    """

    dropped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            self.dropped.emit()
        else:
            super().keyPressEvent(event)


class GoalEditor(PartEditor):
    """One of the patient's goals, or a new one that is typed.

    Signals:
        goal_typed(text): a new goal is to be added, and picked.
    """

    goal_typed = Signal(str)

    def __init__(self, look: Look, field: SkilledField) -> None:
        """Make a choice without goals."""
        super().__init__(look, field.part)
        self.choice = Choice(look, self.name)
        self.choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(look.px(_LEAST_WIDTH))
        self.new = _NewGoal(look, self.tr("New goal"), hint=self.tr("the goal, then Enter"))
        self.new.hide()
        self.column.addWidget(self.choice)
        self.column.addWidget(self.new)
        self._goals: tuple[Goal, ...] = ()
        self._picked = ""
        self.choice.activated.connect(self._choose)
        self.new.editingFinished.connect(self._type)
        self.new.textEdited.connect(lambda _: self.edited.emit())
        self.new.dropped.connect(self.drop)

    def value(self) -> tuple[str, ...]:
        """Return the id of the goal that is picked."""
        return (self._picked,) if self._picked else ()

    def show_value(self, value: Sequence[str]) -> None:
        """Show which goal is picked."""
        self._picked = next(iter(value), "")
        self._fill()

    def show_goals(self, goals: tuple[Goal, ...]) -> None:
        """Offer a patient's goals; an ended one only where it is picked already."""
        self._goals = goals
        self._fill()

    def drop(self) -> None:
        """Forget the new goal that is being typed."""
        had_keyboard = self.new.hasFocus()
        self.new.clear()
        self.new.hide()
        if had_keyboard:
            self.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fill()

    def take_focus(self) -> None:
        """Let the keyboard go to the choice; without a goal, to the line of a new one."""
        if self.choice.count() > len(("none", "new")):
            self.choice.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._open_new()

    def _fill(self) -> None:
        offered = [goal for goal in self._goals if not goal.ended or goal.id == self._picked]
        items = [(self.tr("choose a goal"), "")]
        items += [
            (texts.short(f"{goal.number} · {goal.goal}", _MOST_OF_A_GOAL), goal.id)
            for goal in offered
        ]
        items.append((self.tr("new goal…"), NEW_GOAL))
        places = range(self.choice.count())
        if [(self.choice.itemText(i), self.choice.itemData(i)) for i in places] != items:
            self.choice.clear()
            for words, value in items:
                self.choice.addItem(words, value)
        values = [value for _, value in items]
        shown = NEW_GOAL if not self.new.isHidden() else self._picked
        self.choice.setCurrentIndex(values.index(shown) if shown in values else 0)
        whole = next((goal.goal for goal in offered if goal.id == self._picked), "")
        self.choice.setAccessibleDescription(whole)

    def _choose(self, place: int) -> None:
        value = str(self.choice.itemData(place))
        if value == NEW_GOAL:
            self._open_new()
            return
        self._picked = value
        self.new.clear()
        self.new.hide()
        self.given.emit()

    def _open_new(self) -> None:
        self.new.show()
        self._fill()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self) -> None:
        text = self.new.text().strip()
        if text:
            self.goal_typed.emit(text)
        elif not self.new.hasFocus():
            self.drop()


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
