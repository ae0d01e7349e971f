"""What does a press on the screen do? It asks the operations, then tells what is so now."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import Role
from ptimer.gui.following import Following
from ptimer.operations import cards, people
from ptimer.operations.cards import Who
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import BadData, Busy, Problem
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.presses import Presses, RefusedPress
    from ptimer.gui.unsaved_presses import UnsavedPresses
    from ptimer.operations.recording import Pressed
    from ptimer.operations.teams import Team, Treats
    from ptimer.operations.unsaved import Action
    from ptimer.operations.visiting import WishedVisit


class Desk(Following):
    """The one object that screens hand their wishes to; it belongs to the window's thread.

    Its signals are those of `Looking`.
    """

    def __init__(self, clinic: Clinic, parent: QObject | None = None) -> None:
        """Look at the record for the first time."""
        super().__init__(clinic, parent)
        self._presses: Presses | None = None
        self._treated_before: dict[str, Who] = {}

    # -- presses -------------------------------------------------------------------------------

    @property
    def presses(self) -> "Presses":
        """What does the presses; made, and its modules imported, when the first one comes."""
        if self._presses is None:
            from ptimer.gui.presses import Presses

            self._presses = Presses(self.clinic)
        return self._presses

    @property
    def unsaved(self) -> "UnsavedPresses":
        """The presses that wait to be recorded; made when there is first need."""
        if self._unsaved is None:
            from ptimer.gui.unsaved_presses import UnsavedPresses

            self._unsaved = UnsavedPresses(self)
            self.unsaved_made.emit(self._unsaved)
        return self._unsaved

    def press(self, number: str) -> None:
        """Press the card of a code: start, switch, or stop what runs."""
        view = self.view
        if view is None:
            return
        card = self.card(number)
        if card.in_doubt:
            self.show("recovery")
        elif card.running_id:
            self.stop_segment(card.running_id)
        elif self._is_group(number):
            self.group_wanted.emit(number)
        else:
            self._start(lambda: self.presses.press(number, view.visit.id, self.who))

    def start_group(self, number: str, patients: tuple[str, ...]) -> bool:
        """Start a group code for several patients at one instant; return whether it runs."""
        return self._start(lambda: self.presses.start_group(number, patients, self.who))

    def switch(self, refused: "RefusedPress") -> bool:
        """Do what was refused after all, and end what blocks at the same instant."""
        return self._start(lambda: self.presses.switch(refused))

    def stop_segment(self, segment_id: str) -> None:
        """Stop a running segment, and with it the others of its group."""
        from ptimer.gui.presses import group_of

        self._stop(group_of(self.today, segment_id))

    def stop_at(self, segment_id: str, at: Instant) -> None:
        """Stop a running segment that ended before, and with it the others of its group."""
        from ptimer.gui.presses import group_of

        self._stop(group_of(self.today, segment_id), at)

    def leave_group(self, segment_id: str) -> None:
        """Stop one patient's part of a group."""
        self._stop((segment_id,))

    def space(self) -> None:
        """Stop what started last, whoever's it is; or resume what was stopped last."""
        from ptimer.gui.presses import stopped_last

        if self.today.running:
            self.stop_segment(self.today.running[-1].id)
            return
        last = stopped_last(self.today, self.who.clinician)
        if last is not None:
            self.select(last.visit_id)
            self._start(lambda: self.presses.press(last.code, last.visit_id, self.who))

    def supervise(self) -> None:
        """Take the patient over to supervision level."""
        from ptimer.gui.presses import Offer

        view = self.view
        if view is None or not cards.can_supervise(view, self.who):
            return
        visit_id, name = view.visit.id, self.who.clinician
        try:
            done = self.presses.supervise(visit_id, name)
        except (Busy, BadData) as problem:
            self.unsaved.keep_stop(cards.one_on_one(view, name), problem)
        else:
            self.refresh()
            ended = ", ".join(segment.code for segment in done.pressed.ended)
            self.offered.emit(Offer(ended, done.offers, "supervision"))

    def open_visit(self, wish: "WishedVisit") -> str | None:
        """Return the id of a visit that is there, made or kept; None where a problem was told.

        One of another day is not kept: its form stays as it is typed.
        """
        try:
            visit_id = self.presses.open_visit(wish)
        except (Busy, BadData) as problem:
            if wish.day in (None, self.today.date):
                return self.unsaved.keep_visit(wish, problem)
            self.failed.emit(problem)
            return None
        except Problem as problem:
            self.failed.emit(problem)
            return None
        self.refresh()
        return visit_id

    def arrive(self) -> None:
        """Note that the patient who is looked at came now, or take that back."""
        from ptimer.operations.unsaved import Action

        self._come_or_go(Action.ARRIVAL)

    def depart(self) -> None:
        """Note that the patient who is looked at left now, or take that back."""
        from ptimer.operations.unsaved import Action

        self._come_or_go(Action.DEPARTURE)

    def _come_or_go(self, action: "Action") -> None:
        view = self.view
        if view is None:
            return
        try:
            self.presses.come_or_go(action, view.visit.id)
        except (Busy, BadData) as problem:
            self.unsaved.keep_coming(action, view.visit, problem)
        except Problem as problem:
            self.failed.emit(problem)
        else:
            self.refresh()

    def undo(self, press_id: str = "") -> None:
        """Take a press of this window back, the last one if none is named."""
        if self.waits and not press_id:
            self.unsaved.take_back()
            return
        if not self.last_press:
            self.taken_back.emit(None)
            return
        wanted = press_id or self.last_press
        done = self.attempt(lambda _: self.presses.undo(press_id))
        if done is None:
            return
        before = self._treated_before.pop(wanted, None)
        if before is not None:
            self._let_treat(before)
        self.taken_back.emit(done)

    @property
    def last_press(self) -> str:
        """The id of the press that would be taken back."""
        return "" if self._presses is None else self._presses.last

    def treat_as(self, name: str, role: Role, supervisor: str = "") -> bool:
        """Let another clinician press, or the same in another role; return whether it is so."""
        done = self.attempt(
            lambda clinic: people.switch_to(clinic, name, role=role, supervisor=supervisor),
            refresh=False,
        )
        if done is None:
            return False
        self.who = Who(done.name, role, done.supervisor)
        self.refresh()
        return True

    def team(self) -> "Team | None":
        """Return the therapist and the assistant who work together, where there is one."""
        from ptimer.operations import teams

        who = self.who
        return self.attempt(lambda clinic: teams.team_of(clinic, who), refresh=False)

    def treat(self, team: "Team", treats: "Treats") -> bool:
        """Let the therapist, the assistant or both treat from now on; what runs goes on so."""
        before = self.who
        done = self.attempt(lambda _: self.presses.treat(team, treats, self.visit_id))
        if done is None or not self._let_treat(team.who(treats)):
            return False
        self._treated_before[done.press_id] = before
        return True

    def _let_treat(self, who: Who) -> bool:
        if not self.treat_as(who.clinician, who.role, who.supervisor):
            return False
        self.who = who
        self.refresh()
        return True

    # -- inside --------------------------------------------------------------------------------

    def _start(self, press: "Callable[[], Pressed]") -> bool:
        from ptimer.gui.presses import NotRecorded, PressRefused

        try:
            pressed = press()
        except PressRefused as refused:
            self.refused.emit(refused.press)
            return False
        except NotRecorded as lost:
            return self.unsaved.keep_start(lost.wish, lost.problem)
        except Problem as problem:
            self.failed.emit(problem)
            return False
        self.refresh()
        if pressed.warnings:
            self.warned.emit(list(pressed.warnings))
        offer = self.presses.set_up_offer(pressed)
        if offer is not None:
            self.offered.emit(offer)
        return True

    def _stop(self, ids: tuple[str, ...], at: Instant | None = None) -> None:
        try:
            pressed = self.presses.stop(ids, at)
        except (Busy, BadData) as problem:
            self.unsaved.keep_stop([s for s in self.today.running if s.id in ids], problem, at)
            return
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.refresh()
        if pressed.ended:
            self.stopped.emit(pressed)

    def _is_group(self, number: str) -> bool:
        return self.clinic.rulebook.codes.on(self.today.date)[number].attendance is Attendance.GROUP
