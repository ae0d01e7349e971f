"""Which presses of this window wait to be recorded? They are shown, kept, and tried again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ptimer.gui.desk import Desk
from ptimer.gui.presses import RefusedPress
from ptimer.operations import defaults, unsaved, unsaved_overlay
from ptimer.operations.cards import Mood
from ptimer.operations.errors import Misused, Problem
from ptimer.operations.recording import Pressed
from ptimer.operations.snapshots import Today
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.unsaved import Action, Unsaved
from ptimer.operations.unsaved_queue import Queue
from ptimer.operations.unsaved_recording import Unfit
from ptimer.operations.visit_record import Segment, Visit
from ptimer.operations.visiting import WishedVisit
from ptimer.timing.clock import Instant


class UnsavedPresses(QObject):
    """Keeps what could not be recorded, and records it as soon as that can be done.

    Signals:
        changed(): other presses wait, or for another reason.
        recorded(list): presses that had waited are recorded now.
    """

    changed = Signal()
    recorded = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Wait for nothing yet."""
        super().__init__(desk)
        self._desk = desk
        self.queue = Queue(desk.clinic)
        self.unfit_offer: Unfit | None = None
        """What an earlier window had kept and does not fit the record any more."""
        self.offer_problem: Problem | None = None
        self._recorded: Today = desk.today
        """The day as it was recorded when it could be read last."""

    # -- keeping -------------------------------------------------------------------------------

    def keep_start(self, wish: StartWish, problem: Problem) -> bool:
        """Keep a start; return whether it is kept, and not refused by what is seen to run."""
        desk = self._desk
        if wish.visit_id is not None and desk.card(wish.code).mood is Mood.CLOSED:
            desk.failed.emit(Misused(desk.card(wish.code).reason or problem.sentence))
            return False
        press = unsaved.of_start(wish, self._visits(wish), desk.now())
        refusal = unsaved_overlay.refusal(desk.today, press)
        if refusal is not None:
            desk.refused.emit(RefusedPress(wish, refusal))
            return False
        self._keep([press], problem)
        return True

    def keep_stop(
        self, stopped: Sequence[Segment], problem: Problem, at: Instant | None = None
    ) -> None:
        """Keep a stop of what is seen to run; `at` is when it ended, if not now."""
        self._keep(unsaved.of_stop(stopped, at or self._desk.now()), problem)

    def keep_visit(self, wish: WishedVisit, problem: Problem) -> str | None:
        """Keep a visit of the day; return the id that it is seen under, None where it is not kept.

        A form that asks for another day stays as it is typed: see `Desk.open_visit`.
        """
        desk = self._desk
        try:
            press = unsaved.of_visit(desk.clinic, wish, desk.now())
        except Problem as wrong:
            desk.failed.emit(wrong)
            return None
        there = unsaved_overlay.visit_there(desk.today, press)
        if there is not None and there.visit.payer != press.payer:
            desk.failed.emit(defaults.second_payer(desk.clinic, there.visit, press.payer))
            return None
        if there is None or press.planned is not None:
            self._keep([press], problem)
        return there.visit.id if there is not None else press.id

    def keep_coming(self, action: Action, visit: Visit, problem: Problem) -> None:
        """Keep an arrival or a departure; the one that waits last is taken back instead."""
        desk, waiting = self._desk, self.queue.presses
        view = desk.today.visit(visit.id)
        if view is not None and action.value in view.record.unsaved_facts:
            if waiting[-1].action is action and waiting[-1].patients == (visit.patient,):
                self.take_back()
            else:
                desk.failed.emit(problem)
            return
        if (visit.arrived_at if action is Action.ARRIVAL else visit.departed_at) is not None:
            desk.failed.emit(problem)  # what is recorded is not seen as taken back before it is
            return
        try:
            press = unsaved.of_coming(desk.clinic, action, visit, desk.now())
        except Problem as wrong:
            desk.failed.emit(wrong)
            return
        self._keep([press], problem)

    def take_back(self) -> None:
        """Take the last press back before it is recorded."""
        if self.queue.take_back() is not None:
            self._tell()

    def _keep(self, presses: Sequence[Unsaved], problem: Problem) -> None:
        if presses:
            self.queue.keep(presses, problem)
            self._tell()

    def _visits(self, wish: StartWish) -> list[Visit]:
        views = self._desk.today.visits
        if wish.visit_id is not None:
            return [view.visit for view in views if view.visit.id == wish.visit_id]
        return [view.visit for view in views if view.visit.patient in wish.patients]

    # -- what is seen --------------------------------------------------------------------------

    def seen(self, recorded: Today | None) -> Today:
        """Return the day with the presses that wait; None: it can't be read now."""
        self._recorded = recorded or self._recorded
        if not self.queue and recorded is not None:
            return recorded
        clinic = self._desk.clinic
        rules = unsaved_overlay.Rules(clinic.rulebook, clinic.clock.zone)
        return unsaved_overlay.overlaid(self._recorded, self.queue.presses, self._desk.now(), rules)

    # -- recording -----------------------------------------------------------------------------

    def tick(self, now: Instant) -> None:
        """Try again when it is time to, and let the file say that the window goes on."""
        if self.queue.is_due(now):
            self.retry()
        self.queue.say_alive(now)

    def retry(self) -> None:
        """Record what can be recorded now."""
        before = (len(self.queue.presses), self.queue.unfit)
        done = self.queue.retry()
        self._remember(done)
        if before != (len(self.queue.presses), self.queue.unfit):
            self._tell()
            self._desk.note_doubts()

    def switch(self) -> None:
        """Let what blocks the press that is asked about end with it."""
        self.queue.switch()
        self.retry()

    def do_without(self) -> None:
        """Do without the press that is asked about; the record says so."""
        self.queue.forget()
        self.retry()
        self._tell()

    def save_copy(self, path: Path) -> bool:
        """Write what waits to a file; return whether it is written."""
        try:
            self.queue.save_copy(path)
        except Problem as problem:
            self._desk.failed.emit(problem)
            return False
        return True

    # -- what an earlier window had kept ---------------------------------------------------------

    def look_back(self) -> None:
        """Offer what an earlier window had kept when it was closed or killed."""
        try:
            found = self.queue.look_back()
        except Problem as problem:
            self._desk.failed.emit(problem)
            return
        if found:
            self.changed.emit()

    def take_over(self) -> None:
        """Record what an earlier window had kept; a press that does not fit is asked about."""
        self.unfit_offer = self.offer_problem = None
        try:
            self._remember(self.queue.take_over())
        except Unfit as unfit:
            self.unfit_offer = unfit
        except Problem as problem:
            self.offer_problem = problem
        self._tell()

    def switch_offered(self) -> None:
        """Let what blocks the press of an earlier window end with it."""
        unfit = self.unfit_offer
        if unfit is not None:
            self.queue.switch_offered(unfit.press)
            self.take_over()

    def do_without_offered(self) -> None:
        """Do without the press that does not fit; or, where none is asked about, without all."""
        offered = self.queue.offered
        if offered is None:
            return
        unfit = self.unfit_offer
        left = [unfit.press] if unfit is not None else list(offered.presses)
        self.unfit_offer = self.offer_problem = None
        try:
            self.queue.forget_offered(left)
        except Problem as problem:
            self.offer_problem = problem
        if unfit is not None and self.queue.offered is not None and self.offer_problem is None:
            self.take_over()
        else:
            self._tell()

    # -- inside --------------------------------------------------------------------------------

    def _remember(self, done: Sequence[Pressed]) -> None:
        for pressed in done:
            self._desk.presses.remember(pressed)
        if done:
            self.recorded.emit(list(done))

    def _tell(self) -> None:
        self._desk.presses.held = bool(self.queue)
        self._desk.refresh()
        self.changed.emit()
