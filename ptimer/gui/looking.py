"""What does a window look at? The day, one of its visits, and the cards of that visit."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ptimer.billing.conflicts import Role
from ptimer.operations import cards, defaults, people, snapshots, watching
from ptimer.operations.cards import Card, Who
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_view import VisitView
from ptimer.operations.watching import InDoubt
from ptimer.timing.clock import MINUTE, Instant

Result = TypeVar("Result")


class Looking(QObject):
    """The day as it was read last, and the visit of it that a person has chosen.

    Signals:
        refreshed(Today): the record may be another; paint it.
        ticked(Instant): a second is over; repaint what runs.
        minute_turned(Instant): a whole minute of something that runs is over; count anew.
        selected(str): another visit is looked at.
        doubted(): something that runs is in doubt since now.
        refused(RefusedPress): a rule refused a press.
        failed(Problem): something else was not done.
        lost(): something was not recorded; a form says itself what, and why.
        endangered(Problem): nothing can be recorded since now, though no press was lost.
        unsaved_made(UnsavedPresses): presses may wait to be recorded from now on.
        warned(list): sentences to show besides what was done.
        offered(Offer): codes that may follow.
        stopped(Pressed): a person stopped something; it can be taken back.
        taken_back(Pressed): a press was taken back; None: there was none.
        told(Message): something to say in the bar.
        segment_wanted(str): a time that is drawn was pressed, and is to be edited.
        versions_wanted(str): what was signed of a visit, and what changed, is to be seen.
        group_wanted(str): a group code was pressed, and asks for its patients.
        screen_wanted(str): another screen is to be shown.
    """

    refreshed = Signal(object)
    ticked = Signal(object)
    minute_turned = Signal(object)
    selected = Signal(str)
    doubted = Signal()
    refused = Signal(object)
    failed = Signal(object)
    lost = Signal()
    endangered = Signal(object)
    unsaved_made = Signal(object)
    warned = Signal(object)
    offered = Signal(object)
    stopped = Signal(object)
    taken_back = Signal(object)
    told = Signal(object)
    segment_wanted = Signal(str)
    group_wanted = Signal(str)
    versions_wanted = Signal(str)
    screen_wanted = Signal(str)

    def __init__(self, clinic: Clinic, parent: QObject | None = None) -> None:
        """Look at the record for the first time."""
        super().__init__(parent)
        self.clinic = clinic
        self.who = _who(clinic)
        clinic.actor = self.who.clinician
        watching.take_over(clinic)
        self.today: Today = snapshots.today(clinic)
        self.visit_id: str | None = first_visit(self.today)
        self._other: VisitView | None = None

    @property
    def view(self) -> VisitView | None:
        """The visit that is looked at."""
        view = self.today.visit(self.visit_id)
        if view is None and self._other is not None and self._other.visit.id == self.visit_id:
            return self._other
        return view

    def look_at(self, visit_id: str) -> bool:
        """Look at any visit of the record, also a signed one of another day."""
        if self.today.visit(visit_id) is None:
            self._other = self.attempt(lambda c: snapshots.visit(c, visit_id), refresh=False)
            if self._other is None:
                return False
        self.select(visit_id)
        return True

    def select(self, visit_id: str) -> None:
        """Look at another visit."""
        if visit_id != self.visit_id:
            self.visit_id = visit_id
            self.selected.emit(visit_id)

    def cards(self) -> list[Card]:
        """Return the code cards of the visit that is looked at."""
        view = self.view
        if view is None:
            return []
        numbers = cards.codes_of(view, view.record.cards, self.today.date)
        return [self.card(number) for number in numbers]

    def card(self, number: str) -> Card:
        """Return the card of one code in the visit that is looked at."""
        view = self.view
        if view is None:
            raise LookupError(number)
        return cards.card_of(view.code(number), view, self.today, self.who)

    def in_doubt(self) -> tuple[InDoubt, ...]:
        """Return what waits for an answer."""
        return self.attempt(watching.in_doubt, refresh=False) or ()

    def attempt(
        self, operation: Callable[[Clinic], Result], *, refresh: bool = True
    ) -> Result | None:
        """Do an operation and show what is so then; a problem is told, and None returned."""
        try:
            result = operation(self.clinic)
        except Problem as problem:
            self.failed.emit(problem)
            return None
        if refresh:
            self.refresh()
        return result

    def refresh(self) -> None:
        """Look at the record anew and tell everyone."""
        raise NotImplementedError

    def show(self, screen: str) -> None:
        """Ask for another screen."""
        self.screen_wanted.emit(screen)

    def now(self) -> Instant:
        """Return the clinic's time."""
        return self.clinic.clock.now()

    # -- inside --------------------------------------------------------------------------------

    def _look_again(self) -> bool:
        """Look anew at a visit of another day; return whether one is looked at."""
        other = self._other
        if other is None or other.visit.id != self.visit_id:
            return False
        visit_id = other.visit.id
        self._other = self.attempt(lambda c: snapshots.visit(c, visit_id), refresh=False)
        return self._other is not None

    def _day_turned(self, now: Instant) -> bool:
        return snapshots.date_of(self.clinic, now) != self.today.date

    def _minutes_running(self, now: Instant) -> tuple[int, ...]:
        return tuple(
            view.milliseconds_at(code, now) // MINUTE
            for view in (*self.today.visits, *self.today.earlier)
            for code in view.running_codes
        )


def _who(clinic: Clinic) -> Who:
    row = people.current(clinic)
    if row is None:
        return Who(defaults.system_user(), Role.THERAPIST)
    return Who(row.name, Role(row.role), row.supervisor)


def first_visit(today: Today) -> str | None:
    """Return the visit to look at first: what runs, else the first that is open, else any."""
    if today.running:
        return today.running[-1].visit_id
    views = [view for view in today.visits if not view.visit.signed] or list(today.visits)
    return views[0].visit.id if views else None
