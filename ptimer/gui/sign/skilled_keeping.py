"""Keeps what is typed into the skilled fields of a visit: as it is given, and before signing."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.billing.skilled_parts import NO_PARTS, Empty
from ptimer.gui.desk import Desk
from ptimer.gui.sign.chart_column import ChartColumn
from ptimer.gui.sign.skilled_form import SkilledForm, Typed
from ptimer.operations import goals, skilled
from ptimer.operations.clinic import Clinic
from ptimer.operations.visit_view import VisitView


class SkilledKeeping(QObject):
    """Between the fields and the record.

    Signals:
        edited(): something is being typed, so that less may be missing.
    """

    edited = Signal()

    def __init__(self, desk: Desk, form: SkilledForm, chart: ChartColumn) -> None:
        """Know the fields, and the column beside them."""
        super().__init__()
        self._desk = desk
        self._form = form
        self._chart = chart
        self._visit_id = ""
        self._patient = ""
        self._drafts: dict[str, Typed] = {}
        form.given.connect(self._give)
        form.goal_typed.connect(self._add_goal)
        form.carry_wanted.connect(self._carry)
        form.edited.connect(self.edited)
        chart.ticked.connect(self._tick)
        chart.empty_wanted.connect(self._lead_to_empty)

    def show_view(self, view: VisitView, *, anew: bool) -> None:
        """Show a visit at a moment; `anew` where another one was shown before."""
        self._visit_id, self._patient = view.visit.id, view.visit.patient
        if anew:
            visit_id = view.visit.id
            earlier = self._desk.attempt(lambda c: skilled.earlier(c, visit_id), refresh=False)
            self._form.start_anew(view, earlier or {}, self._drafts.pop(visit_id, {}))
        else:
            self._form.show_view(view)
        self._chart.show_view(view)

    def show_nothing(self) -> None:
        """Show that there is no visit."""
        self._visit_id = ""
        self._form.hide()
        self._chart.show_nothing()

    def save(self) -> bool:
        """Record all that is typed; return whether none was turned down."""
        typed = self._form.typed
        kept = [self._give(code, part, value) for (code, part), value in typed.items()]
        return all(kept)

    def leave(self) -> None:
        """Record what is typed; what can't be recorded is there again when one comes back."""
        if self._visit_id and not self.save():
            self._drafts[self._visit_id] = self._form.typed

    def close_typed(self) -> bool:
        """Put the line of a new goal away; return whether there was one."""
        return self._form.close_new_goal()

    def with_typed(self, view: VisitView) -> VisitView:
        """Return the visit as if what is typed were recorded: signing records it first."""
        typed = self._form.typed
        if not typed or view.visit.signed or view.visit.id != self._visit_id:
            return view
        parts = dict(view.record.skilled)
        for (code, part), value in typed.items():
            parts[code] = parts.get(code, NO_PARTS).changed({part: value})
        return replace(view, record=replace(view.record, skilled=parts))

    def lead_to(self, code: str, name: str) -> None:
        """Let the keyboard go to a field of a code, or to a tick."""
        if code:
            self._form.lead_to(code, Part(name))
        else:
            self._chart.take_focus(ChartTick(name))

    def next_empty(self) -> None:
        """Let the keyboard go to the next field that is empty, of this code or one behind it."""
        self.save()
        self._form.lead_to_empty()

    # -- inside --------------------------------------------------------------------------------

    def _give(self, code: str, part: Part, value: tuple[str, ...]) -> bool:
        visit_id = self._visit_id

        def write(clinic: Clinic) -> bool:
            skilled.write(clinic, visit_id, code, {part: value})
            return True

        done = bool(self._desk.attempt(write, refresh=False))
        self._form.show_kept(code, part, kept=done)
        if done:
            self._desk.refresh()
        return done

    def _add_goal(self, code: str, text: str) -> None:
        patient = self._patient
        goal = self._desk.attempt(lambda c: goals.add(c, patient, text), refresh=False)
        if goal is not None and self._give(code, Part.GOAL, (goal.id,)):
            self._form.close_new_goal()

    def _carry(self, code: str) -> None:
        if self.save():
            visit_id = self._visit_id
            self._desk.attempt(lambda clinic: skilled.carry_over(clinic, visit_id, code))

    def _tick(self, tick: ChartTick, on: bool) -> None:
        visit_id = self._visit_id
        self._desk.attempt(
            lambda clinic: skilled.tick(clinic, visit_id, tick, on=on), refresh=False
        )
        self._desk.refresh()  # also where it was turned down: the box shows what is so

    def _lead_to_empty(self, empty: Empty) -> None:
        self._form.lead_to(empty.code, empty.parts[0])
