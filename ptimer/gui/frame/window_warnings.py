"""What does the window warn of: a mistake of its own, an unsafe place, a loss at closing?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.operations import preferences, whereabouts

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class WindowWarnings(QObject):
    """Says in the window's bar what no press has asked for."""

    def __init__(self, window: "MainWindow") -> None:
        """Know whether the record's place is a safe one; `place` is None where it is."""
        super().__init__(window)
        self._window = window
        self.place = whereabouts.warned_about(window.desk.clinic.folder)

    def tell_error(self, log: str) -> None:
        """Say that ptimer itself made a mistake, and where it is written down."""
        from ptimer.gui.frame.message_bar import Message

        text = self.tr("All that the footer calls recorded is safe. Details: {0}").format(log)
        self._window.say(Message(title=self.tr("Something went wrong inside ptimer"), text=text))

    def warn_about_place(self) -> None:
        """Say, once for each place, that the record is not safe where it lies."""
        warned = self.place
        if warned is None or not self._window.desk.attempt(
            lambda clinic: preferences.is_news(clinic, preferences.PLACE, str(warned.folder)),
            refresh=False,
        ):
            return
        from ptimer.gui import texts
        from ptimer.gui.frame.message_bar import Message

        title, text = texts.words(warned.title), texts.words(warned.advice)
        self._window.say(Message(title=title, text=text, kind="warn", stays=True))

    def ask_before_closing(self) -> None:
        """Say that waiting presses would be lost, and how to close all the same."""
        from ptimer.gui.frame.message_bar import Action, Message

        title = self.tr("What is not recorded would be lost with this window")
        text = self.tr("Save it elsewhere first. Closing once more closes without it.")
        close = Action(self.tr("Close without it"), self._window.close)
        self._window.say(Message(title=title, text=text, actions=(close,), stays=True))
