"""Which presses wait to be recorded, and when are they tried again?"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ptimer.operations import unsaved_files, unsaved_recording
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.operations.recording import Pressed
from ptimer.operations.unsaved import Unsaved
from ptimer.operations.unsaved_csv import Kept
from ptimer.operations.unsaved_recording import Unfit
from ptimer.timing.clock import SECOND, Instant

RETRY_EVERY = 5 * SECOND
ALIVE_EVERY = 30 * SECOND
"""How often the file says that the window that keeps the presses is alive."""

TAKEN_BACK = "taken back before it was recorded"
DONE_WITHOUT = "did not fit the record any more"


class Queue:
    """Presses that wait, in their order, in memory and in a file.

    `problem` is why nothing could be recorded, `unfit` the press that is asked about: until there
    is an answer those behind it wait, too.
    """

    def __init__(self, clinic: Clinic) -> None:
        """Wait for nothing."""
        self._clinic = clinic
        self.presses: list[Unsaved] = []
        self.problem: Problem | None = None
        self.unfit: Unfit | None = None
        self.offered: Kept | None = None
        """What an earlier window had kept, until a person says what becomes of it."""
        self.file: Path | None = None
        """Where the presses are written besides; None: nowhere, there is no room."""
        self._forgotten: list[tuple[Unsaved, str]] = []
        self._tried_at: Instant | None = None
        self._written_at: Instant | None = None

    def __bool__(self) -> bool:
        return bool(self.presses)

    def keep(self, presses: Sequence[Unsaved], problem: Problem) -> None:
        """Keep presses that were not recorded, behind those that wait already."""
        if not self.presses:
            self.problem = problem  # what is pressed behind them waits for no reason of its own
        self.presses += presses
        self._tried_at = self._clinic.clock.now()
        self._write()

    def take_back(self) -> Unsaved | None:
        """Take the last press back; None where none waits."""
        if not self.presses:
            return None
        press = self.presses.pop()
        self._forgotten.append((press, TAKEN_BACK))
        if self.unfit is not None and self.unfit.press == press:
            self.unfit = None
        self._write()
        return press

    def is_due(self, now: Instant) -> bool:
        """Return whether it is time to try again by itself; also after a clock was set back."""
        if not self.presses or self.unfit is not None:
            return False
        return self._tried_at is None or abs(now - self._tried_at) >= RETRY_EVERY

    def retry(self) -> list[Pressed]:
        """Record what can be recorded now, in order, and return it.

        What is left then says why in `problem` or `unfit`.
        """
        self._tried_at = self._clinic.clock.now()
        self.unfit = None
        done: list[Pressed] = []
        try:
            self._clinic.reconnect()
            with self._clinic.impatient():
                while self.presses:
                    done += unsaved_recording.record(self._clinic, self.presses[:1])
                    del self.presses[0]
                self._note_forgotten()
        except Unfit as unfit:
            self.unfit = unfit
        except Problem as problem:
            self.problem = problem
        if done or not self.presses:
            self._write()
        return done

    def forget(self, why: str = DONE_WITHOUT) -> None:
        """Do without the press that does not fit, and try those behind it."""
        if self.unfit is not None and self.presses:
            self._forgotten.append((self.presses.pop(0), why))
            self.unfit = None
            self._write()

    def switch(self) -> None:
        """Let what blocks the press that does not fit end with it."""
        if self.unfit is not None and self.presses:
            self.presses[0] = replace(self.presses[0], switch=True)
            self.unfit = None
            self._write()

    def say_alive(self, now: Instant) -> None:
        """Note in the file that the window goes on."""
        if self.presses and (
            self._written_at is None or abs(now - self._written_at) >= ALIVE_EVERY
        ):
            self._write()

    def save_copy(self, path: Path) -> None:
        """Write what waits to a file that a person chose.

        Raises:
            Problem: it can't be written there.
        """
        kept = self._kept() if self.presses or self.offered is None else self.offered
        unsaved_files.save_copy(self._clinic.folder, path, kept)

    # -- what an earlier window had kept ---------------------------------------------------------

    def look_back(self) -> bool:
        """Look for what an earlier window had kept; return whether there is something to offer.

        Raises:
            Problem: it, or the record, can't be read.
        """
        kept = unsaved_files.left_behind(self._clinic.folder)
        if kept is None:
            return False
        left = unsaved_recording.not_yet_recorded(self._clinic, kept.presses)
        self.offered = Kept(tuple(left), kept.alive) if left else None
        if not left:
            self._write()
        return bool(left)

    def take_over(self) -> list[Pressed]:
        """Record what an earlier window had kept; what runs on from it is in doubt.

        Raises:
            Unfit: a press of it does not fit the record any more; nothing was recorded.
            Problem: nothing can be recorded.
        """
        if self.offered is None:
            return []
        alive = self.offered.alive or max(press.at for press in self.offered.presses)
        done = unsaved_recording.record(self._clinic, self.offered.presses, alive=alive)
        self._drop_offer()
        return done

    def switch_offered(self, press: Unsaved) -> None:
        """Let what blocks a press of an earlier window end with it."""
        if self.offered is not None:
            presses = [replace(e, switch=True) if e == press else e for e in self.offered.presses]
            self.offered = replace(self.offered, presses=tuple(presses))

    def forget_offered(self, presses: Sequence[Unsaved]) -> None:
        """Do without presses of an earlier window.

        Raises:
            Busy: that can't be noted in the record.
        """
        for press in presses:
            unsaved_recording.forget(self._clinic, press, DONE_WITHOUT)
        if self.offered is not None:
            left = tuple(each for each in self.offered.presses if each not in presses)
            self.offered = replace(self.offered, presses=left) if left else None
        self._write()

    def _drop_offer(self) -> None:
        self.offered = None
        self._write()

    def _note_forgotten(self) -> None:
        while self._forgotten:
            press, why = self._forgotten[0]
            unsaved_recording.forget(self._clinic, press, why)
            del self._forgotten[0]

    def _kept(self) -> Kept:
        return Kept(tuple(self.presses), self._clinic.clock.now() if self.presses else None)

    def _write(self) -> None:
        """Bring the file up to date; what an earlier window kept stays in it until settled."""
        earlier = self.offered.presses if self.offered else ()
        self._written_at = self._clinic.clock.now()
        kept = Kept((*earlier, *self.presses), self._kept().alive)
        self.file = unsaved_files.keep(self._clinic.folder, kept)
