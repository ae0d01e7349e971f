"""What the group does: a unit for each, and what holds while it runs."""

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.plain_table import Cell, Column, PlainTable, TableRow
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, heading
from ptimer.gui.today.big_units import BigUnits
from ptimer.operations.visit_view import VisitView

_MOST_NAMED = 3
_MOST_SHOWN = 12


@dataclass(frozen=True)
class Effect:
    """A visit as it is, and as it would be with the group in it."""

    before: VisitView
    after: VisitView

    @property
    def patient(self) -> str:
        """Whose visit it is."""
        return self.before.visit.patient

    @property
    def more(self) -> int:
        """How many units the group brings."""
        return self.after.reckoning.total_units - self.before.reckoning.total_units


class GroupEffect(QWidget):
    """The column on the right while a group is chosen."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.big = BigUnits(look)
        columns = (
            Column(self.tr("Patient"), 0.48),
            Column(self.tr("Now"), 0.64),
            Column(self.tr("With the group"), 1.0),
        )
        self.table = PlainTable(look, self.tr("Units with the group"), columns)
        self.rules = Label(look, pixels=13, color="mute", wrap=True)
        self.source = Label(look, pixels=12, color="mute", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(8))
        column.addWidget(heading(look, self.tr("What the group does")))
        column.addWidget(self.big)
        column.addWidget(self.table)
        column.addSpacing(look.px(12))
        column.addWidget(heading(look, self.tr("While it runs")))
        column.addWidget(self.rules)
        column.addWidget(self.source)
        column.addStretch()

    def show_effects(self, effects: tuple[Effect, ...]) -> None:
        """Show what the visits that are chosen come to."""
        more = max((effect.more for effect in effects), default=1)
        title = self.tr("untimed unit for each") if more == 1 else self.tr("units for each")
        self.big.show_units(f"+ {more}", "", title, self._whose(effects))
        self.table.show_rows(tuple(_row(effect) for effect in effects))

    def show_rules(self, sentences: tuple[str, ...], source: str) -> None:
        """Show what a clinician should know before pressing, and where it is written."""
        self.rules.say("\n\n".join(f"{sentence}." for sentence in sentences))
        self.source.say(source)

    def _whose(self, effects: tuple[Effect, ...]) -> str:
        if not effects:
            return self.tr("nobody is chosen yet")
        if len(effects) > _MOST_NAMED or any(len(e.patient) > _MOST_SHOWN for e in effects):
            return self.tr("{0} chosen").format(len(effects))
        return " · ".join(effect.patient for effect in effects)


def _row(effect: Effect) -> TableRow:
    return TableRow((Cell(effect.patient), Cell(_units(effect.before)), Cell(_units(effect.after))))


def _units(view: VisitView) -> str:
    return texts.units(view.reckoning.timed_units, view.reckoning.untimed_units)
