"""What is a screen reader told as it happens? What starts, stops, is refused or is in doubt."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent

from ptimer.gui.mini.glance import Stopwatch, running_now

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ptimer.gui.frame.main_window import MainWindow
    from ptimer.gui.frame.message_bar import Message

Send = Callable[[QAccessibleEvent], None]


class Announcing(QObject):
    """Compares what runs with what ran, whoever pressed and in whichever window."""

    def __init__(self, window: "MainWindow", send: Send = QAccessible.updateAccessibility) -> None:
        """Begin to tell; what runs already was seen when the window opened."""
        super().__init__(window)
        self._window = window
        self._send = send
        self._running = self._now_running()
        window.desk.refreshed.connect(self._tell_changes)
        window.desk.doubted.connect(self._tell_doubt)
        window.messages.said.connect(self._tell_message)
        window.locked_changed.connect(self._tell_lock)

    def _tell_changes(self) -> None:
        before, now = self._running, self._now_running()
        self._running = now
        told = [self._stopped(each) for key, each in before.items() if key not in now]
        told += [self._started(each) for key, each in now.items() if key not in before]
        if told:
            self._say(". ".join(told))

    def _tell_message(self, message: "Message") -> None:
        urgent = message.kind == "bad"
        self._say(". ".join(part for part in (message.title, message.text) if part), urgent=urgent)

    def _tell_doubt(self) -> None:
        self._say(self.tr("A time is in doubt: ptimer asks whether it went on"), urgent=True)

    def _tell_lock(self, locked: bool) -> None:
        # What ran before has no patient's name any more, or has it again: that is no change.
        self._running = self._now_running()
        self._say(self.tr("Locked") if locked else self.tr("Unlocked"))

    def _started(self, stopwatch: Stopwatch) -> str:
        if stopwatch.patient:
            return self.tr("{0} runs for {1}").format(stopwatch.code, stopwatch.patient)
        return self.tr("{0} runs").format(stopwatch.code)

    def _stopped(self, stopwatch: Stopwatch) -> str:
        if stopwatch.patient:
            return self.tr("{0} of {1} stopped").format(stopwatch.code, stopwatch.patient)
        return self.tr("{0} stopped").format(stopwatch.code)

    def _now_running(self) -> dict[str, Stopwatch]:
        shown = running_now(self._window.desk, locked=self._window.locked)
        return {each.group: each for each in shown}

    def _say(self, words: str, *, urgent: bool = False) -> None:
        event = QAccessibleAnnouncementEvent(self._seen(), words)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        self._send(event)

    def _seen(self) -> "QWidget":
        """Return the window that is seen: a reader hears only of that."""
        mini = self._window.mini
        return mini.window if mini is not None and mini.active else self._window
