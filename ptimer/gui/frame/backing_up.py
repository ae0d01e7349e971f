"""When is the record backed up while the window goes on? By itself, and on a press; in a thread."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ptimer.gui import background, texts
from ptimer.gui.background import Handle
from ptimer.gui.frame.message_bar import Action, Message
from ptimer.operations import backing_up
from ptimer.operations.backing_up import BackedUp
from ptimer.operations.backups import counted
from ptimer.operations.errors import Damaged, Problem
from ptimer.timing.clock import HOUR, Instant
from ptimer.wording import Sentence

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow

_LOOK_EVERY = 60_000
"""Milliseconds; a timer of an hour would not notice that the computer slept."""


class BackingUp(QObject):
    """One backup at a time. What goes wrong by itself is said once, and tried again in an hour.

    Signals:
        ended(): a backup was made, or could not be.
    """

    ended = Signal()

    def __init__(self, window: "MainWindow") -> None:
        """Do nothing yet."""
        super().__init__(window)
        self._window = window
        self._job: Handle | None = None
        self._pressed = False
        self._tried_at: Instant | None = None
        self._said = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.begin_if_due)

    @property
    def idle(self) -> bool:
        """Whether no backup is under way."""
        return self._job is None

    def watch(self) -> None:
        """Back up now if anything has changed, and from now on every hour."""
        self._timer.start(_LOOK_EVERY)
        self.begin_if_due()

    def begin(self) -> None:
        """Copy the record and check the copy; a second wish meanwhile is the same one."""
        self._pressed = True
        self._window.footer.show_backing_up()
        self._begin()

    def begin_if_due(self) -> None:
        """Back up what has changed, an hour after the last time; a clock set back waits no day."""
        now = self._window.desk.now()
        if self._tried_at is None or abs(now - self._tried_at) >= HOUR:
            self._begin()

    def _begin(self) -> None:
        if self._job is not None:
            return
        desk = self._window.desk
        self._tried_at = desk.now()
        work = backing_up.back_up if self._pressed else backing_up.back_up_if_changed
        copy = background.on_record(desk.clinic, lambda clinic, _: work(clinic))
        self._job = background.run(self, copy, self._tell, self._tell_problem)

    def _tell(self, done: BackedUp | None) -> None:
        pressed = self._end()
        if done is None:
            return
        if pressed:
            words = self.tr("{0}, checked").format(texts.words(counted(done.visits, done.segments)))
            title = self.tr("Backed up")
            self._window.say(Message(title=title, text=f"{done.path}: {words}", kind="info"))
        if done.second_problem is not None:
            self._say(self.tr("Backed up on this PC only"), done.second_problem, pressed=pressed)
        elif not pressed:
            self._said = ""  # all is well again: the next problem is another one

    def _tell_problem(self, problem: Problem) -> None:
        pressed = self._end()
        damaged = isinstance(problem, Damaged)
        self._say(self.tr("Not backed up"), problem.sentence, pressed=pressed, damaged=damaged)

    def _say(self, title: str, sentence: Sentence, *, pressed: bool, damaged: bool = False) -> None:
        """Say a problem; what comes by itself is said once, until something else does."""
        text = texts.words(sentence)
        if self._window.locked or (text == self._said and not pressed):
            return
        self._said = text
        actions = (Action(self.tr("Backups"), lambda: self._window.go("backups"), primary=True),)
        kind = "bad" if damaged else "warn"
        self._window.say(Message(title, text, kind=kind, actions=actions, stays=damaged))

    def _end(self) -> bool:
        """Return whether it was a press that wanted it."""
        pressed, self._pressed = self._pressed, False
        self._job = None
        self._window.show_backup()
        self.ended.emit()
        return pressed
