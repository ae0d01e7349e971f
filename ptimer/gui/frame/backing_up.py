"""How is the record backed up while the window goes on? In a thread; what it came to is told."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.gui import background, texts
from ptimer.gui.background import Handle
from ptimer.gui.frame.message_bar import Message
from ptimer.operations import backing_up
from ptimer.operations.backing_up import BackedUp
from ptimer.operations.errors import Problem

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class BackingUp(QObject):
    """One backup at a time."""

    def __init__(self, window: "MainWindow") -> None:
        """Do nothing yet."""
        super().__init__(window)
        self._window = window
        self._job: Handle | None = None

    def begin(self) -> None:
        """Copy the record and check the copy; a second wish meanwhile is the same one."""
        if self._job is not None:
            return
        window = self._window
        window.footer.show_backing_up()
        copy = background.on_record(
            window.desk.clinic, lambda clinic, _: backing_up.back_up(clinic)
        )
        self._job = background.run(self, copy, self._tell, self._tell_problem)

    def _tell(self, done: BackedUp) -> None:
        self._end()
        words = self.tr("{0} visits, {1} segments, checked").format(done.visits, done.segments)
        title = self.tr("Backed up")
        self._window.say(Message(title=title, text=f"{done.path}: {words}", kind="info"))

    def _tell_problem(self, problem: Problem) -> None:
        self._end()
        title = self.tr("Not backed up")
        self._window.say(Message(title=title, text=texts.words(problem.sentence)))

    def _end(self) -> None:
        self._job = None
        self._window.show_backup()
