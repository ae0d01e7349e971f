"""Today: the visits, the stopwatches of one of them, and its units."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QWidget

from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.stopwatch_screen import StopwatchScreen
from ptimer.gui.today.unit_panel import UnitPanel
from ptimer.gui.today.visits_column import VisitsColumn
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.today.empty_screen import EmptyScreen
    from ptimer.gui.why.why_panel import WhyPanel


class TodayScreen(QObject):
    """The screen of the day; its left and right columns serve other screens, too."""

    def __init__(self, look: Look, desk: Desk, times: Times) -> None:
        """Make the three columns."""
        super().__init__()
        self.look = look
        self.desk = desk
        self.visits = VisitsColumn(look, desk, times)
        self.stopwatches = StopwatchScreen(look, desk, times)
        self.empty: EmptyScreen | None = None
        self.panel = UnitPanel(look, times)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.stopwatches)
        self.left: QWidget | None = self.visits
        self.centre: QWidget = self._stack
        self.right: QWidget | None = scrolled(look, self.panel)
        self.visits.visit_chosen.connect(desk.select)
        self.panel.choice_made.connect(self._choose)
        self.panel.stop_wanted.connect(desk.stop_segment)
        self.panel.visit_wanted.connect(desk.select)
        self.panel.leave_wanted.connect(desk.leave_group)
        self.panel.note_wanted.connect(self.copy_note)
        self.panel.why_wanted.connect(self.explain)
        self.why: WhyPanel | None = None

    def enter(self) -> None:
        """Show what is so now."""
        self.refresh()

    def close_typed(self) -> bool:
        """Close the form for a new visit, else what is open in the centre; return if one was."""
        form = self.visits.form
        if form is not None and form.isVisible():
            self.visits.close_form()
            return True
        return self.stopwatches.close_typed()

    def leave(self) -> None:
        """Close the form for a new visit, and the search for a code."""
        while self.close_typed():
            pass

    def refresh(self) -> None:
        """Show what is so now."""
        self.show_at(self.desk.now())

    def show_at(self, now: Instant) -> None:
        """Show what the record comes to at a moment."""
        self.show_sides(now)
        view = self.desk.view
        if view is None:
            self._stack.setCurrentWidget(self._empty_screen())
            return
        self._stack.setCurrentWidget(self.stopwatches)
        self.stopwatches.show_visit(view.at(now), now)

    def show_sides(self, now: Instant) -> None:
        """Show the visits and the units, whatever stands between them."""
        view = self.desk.view
        self.visits.show_today(now)
        self.panel.show_view(view.at(now) if view is not None else None, self.desk.today)

    def tick(self, now: Instant) -> None:
        """Repaint what a second changes."""
        self.panel.show_times(now)
        view = self.desk.view
        if view is not None:
            self.stopwatches.show_time(view, now)

    def copy_note(self) -> None:
        """Copy the note text of the visit that is looked at."""
        from ptimer.gui.today.note_copying import copy_note  # seldom, and not at the start

        copy_note(self.desk, self.desk.view)

    def explain(self) -> None:
        """Say why the visit that is looked at comes to its units and modifiers."""
        from ptimer.gui.why.why_panel import WhyPanel  # seldom, and not at the start
        from ptimer.operations import explaining

        view = self.desk.view
        if view is None or not view.record.segments:
            return
        if self.why is None:
            self.why = WhyPanel(self.look)
        self.why.explain(explaining.of_visit(view.at(self.desk.now())), self.panel.ask)

    def _empty_screen(self) -> "EmptyScreen":
        """Return what stands in the centre of a day without visits."""
        if self.empty is None:
            from ptimer.gui.today.empty_screen import EmptyScreen

            self.empty = EmptyScreen(self.look)
            self.empty.new.clicked.connect(self.visits.open_form)
            self._stack.addWidget(self.empty)
        return self.empty

    def _choose(self, units: dict[str, int]) -> None:
        from ptimer.operations import settling  # not needed before there is a tie

        visit_id = self.desk.visit_id
        if visit_id is not None:
            self.desk.attempt(lambda c: settling.choose(c, visit_id, units), refresh=False)
            self.desk.refresh()  # also where it was turned down: the ways show what is so
