"""What does a window see to that nobody presses? Clock, sign of life, what others wrote."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ptimer.operations import watching
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.operations.watching import BEAT_EVERY
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Doubt, doubt_between, read

if TYPE_CHECKING:
    from ptimer.gui.following import Following


class Watch:
    """Watches for a desk; what it can't record is told once, and no press is lost by it."""

    def __init__(self, desk: "Following") -> None:
        """Read the clock for the first time."""
        self._desk = desk
        self._unnoted: list[Doubt] = []
        self._endangered = False
        self._reading = read(desk.clinic.clock)
        self._beat_at = desk.today.now
        self.commits = 0
        """How many of the clinic's commits nobody pressed for."""

    def look_at_clock(self) -> Instant | None:
        """Return the time; None where what runs is in doubt since the last look."""
        now = read(self._desk.clinic.clock)
        doubt = doubt_between(self._reading, now)
        self._reading = now
        if doubt is None or not self._desk.today.running:
            return now.wall
        self._unnoted.append(doubt)
        self.note_doubts()
        return None

    def beat(self, now: Instant) -> None:
        """Give a sign of life, if it is time to."""
        desk = self._desk
        if desk.today.running and not desk.waits and now - self._beat_at >= BEAT_EVERY:
            self._beat_at = now
            if self._quietly(watching.beat) and self._unnoted:
                self.note_doubts()

    def note_doubts(self) -> None:
        """Note the doubts that wait, in their order; where nothing can be recorded they wait on."""
        while self._unnoted:
            doubt = self._unnoted[0]
            if not self._quietly(partial(watching.note, doubt=doubt)):
                break
            del self._unnoted[0]
        self._desk.refresh()

    def is_changed(self, known: int) -> bool:
        """Return whether another window or command has written since."""
        try:
            return self._desk.clinic.changed_elsewhere() != known
        except Problem as problem:
            self._endanger(problem)
            return False

    def _quietly(self, operation: Callable[[Clinic], None]) -> bool:
        """Do what nobody pressed; return whether it was recorded."""
        clinic = self._desk.clinic
        before = clinic.commits
        try:
            operation(clinic)
        except Problem as problem:
            self._endanger(problem)
            return False
        finally:
            self.commits += clinic.commits - before
        self._endangered = False
        return True

    def _endanger(self, problem: Problem) -> None:
        """Tell, once, that nothing can be recorded; no press was lost yet."""
        if not self._endangered and not self._desk.waits:
            self._desk.endangered.emit(problem)
        self._endangered = True
