"""How does a window keep up? Each second, and after each press, it sees what is so now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.gui import texts
from ptimer.gui.looking import Looking, first_visit
from ptimer.gui.ticker import Ticker
from ptimer.gui.watch import Watch
from ptimer.operations import snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Busy, Problem
from ptimer.operations.snapshots import Today

if TYPE_CHECKING:
    from ptimer.gui.unsaved_presses import UnsavedPresses


class Following(Looking):
    """The day as it goes on, and what of it could not be recorded.

    Its signals are those of `Looking`.
    """

    def __init__(self, clinic: Clinic, parent: QObject | None = None) -> None:
        """Look at the record for the first time, and begin to tick where something runs."""
        super().__init__(clinic, parent)
        self._unsaved: UnsavedPresses | None = None
        self._changes = clinic.changed_elsewhere()
        self._watch = Watch(self)
        self._lost_after: int | None = None
        self.failed.connect(self._note_lost)
        self._minutes = self._minutes_running(self.today.now)
        self.ticker = Ticker(clinic.clock, self)
        self.ticker.ticked.connect(self.tick)
        self._follow_running()

    def refresh(self) -> None:
        """Look at the record anew and tell everyone."""
        try:
            recorded: Today | None = snapshots.today(self.clinic)
            self._changes = self.clinic.changed_elsewhere()
        except Problem as problem:
            if not self.waits:
                self.failed.emit(problem)
                return
            recorded = None
        if self._unsaved is not None:
            self.today = self._unsaved.seen(recorded)
        elif recorded is not None:
            self.today = recorded
        if self.today.visit(self.visit_id) is None and not self._look_again():
            self.visit_id = first_visit(self.today)
        self._minutes = self._minutes_running(self.today.now)
        self._follow_running()
        self.refreshed.emit(self.today)

    def tick(self) -> None:
        """Note that a second is over."""
        now = self._watch.look_at_clock()
        if now is None:
            self.doubted.emit()
            now = self.now()
        elif self._watch.is_changed(self._changes) or self._day_turned(now):
            self.refresh()
        self._watch.beat(now)
        if self._unsaved is not None:
            self._unsaved.tick(now)
        minutes = self._minutes_running(now)
        if minutes != self._minutes:
            self._minutes = minutes
            self.minute_turned.emit(now)
        self.ticked.emit(now)

    def note_doubts(self) -> None:
        """Note the doubts that wait; where nothing can be recorded they wait on."""
        self._watch.note_doubts()

    # -- what could not be recorded ----------------------------------------------------------------

    @property
    def waits(self) -> int:
        """How many presses wait to be recorded."""
        return 0 if self._unsaved is None else len(self._unsaved.queue.presses)

    def told_in_form(self, problem: Problem) -> str:
        """Return the words in which a form itself says that what it holds was not recorded."""
        words = texts.words(problem.sentence)
        if not isinstance(problem, Busy):
            return words
        self._note_lost(problem)
        self.lost.emit()
        return self.tr("Not recorded: {0}").format(words)

    @property
    def has_lost(self) -> bool:
        """Whether the last that was pressed could not be recorded, and is not kept either."""
        return self._lost_after == self._saves

    # -- inside ------------------------------------------------------------------------------------

    @property
    def _saves(self) -> int:
        return self.clinic.commits - self._watch.commits

    def _note_lost(self, problem: Problem) -> None:
        if isinstance(problem, Busy):
            self._lost_after = self._saves

    def _follow_running(self) -> None:
        if self.today.running:
            self.ticker.follow(self.today.running[-1].started_at)
