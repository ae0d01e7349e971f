"""Which of the patient's goals does a code serve? One is picked, or a new one is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy

from ptimer.billing.skilled_fields import SkilledField
from ptimer.gui import texts
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.look import Look
from ptimer.gui.sign.part_editor import LEAST_WIDTH, PartEditor
from ptimer.operations.goals import Goal

NEW_GOAL = "+"
_MOST_OF_A_GOAL = 60


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
        self.setMinimumWidth(look.px(LEAST_WIDTH))
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
