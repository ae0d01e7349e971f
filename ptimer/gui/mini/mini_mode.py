"""How does one get from the main window to the mini window and back? One of them is seen."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer

from ptimer.gui.frame.message_bar import Action, Message
from ptimer.gui.mini import mini_place
from ptimer.gui.mini.mini_window import MiniWindow
from ptimer.operations import preferences

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class MiniMode(QObject):
    """Holds the mini window of a main window."""

    def __init__(self, main: "MainWindow") -> None:
        """Make the mini window; the main one is still what is seen."""
        super().__init__(main)
        self._main = main
        self._main_at = QPoint()
        self._over = False
        self.window = MiniWindow(main.look, main.desk)
        self.window.locked = main.locked
        self.window.back_wanted.connect(self.leave)
        self.window.lock_wanted.connect(main.lock)
        main.locked_changed.connect(self.window.show_locked)
        main.messages.said.connect(self._say)
        self.window.message.dismissed.connect(main.messages.dismiss)
        desk = main.desk
        for wish in (desk.screen_wanted, desk.group_wanted, desk.segment_wanted):
            wish.connect(self.leave)
        main.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether the mini window is the one that is seen."""
        return self.window.isVisible()

    def toggle(self) -> None:
        """Go to the mini window, or back."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Show the mini window in place of the main one."""
        main, mini = self._main, self.window
        if main.on_stopwatches:
            _look_at_what_runs(main)
        kept = main.desk.attempt(lambda c: preferences.read(c, preferences.MINI), refresh=False)
        mini.show_at(main.desk.now())
        mini.place(kept or "", mini_place.screens_from(main))
        # First this one: a program without any window is over.
        mini.show()
        mini.refresh()
        mini.activateWindow()
        mini.setFocus()
        self._main_at = main.pos()
        main.hide()
        mini.message.forget()
        if main.messages.message is not None:
            self._say(main.messages.message)

    def leave(self) -> None:
        """Show the main window again."""
        if not self.active or self._over:
            return
        main = self._main
        main.desk.refresh()
        main.show()  # which hides the mini window
        if not main.isMaximized():
            main.move(self._main_at)  # some systems would find it another place
        main.come_to_front()
        main.ask_about_doubts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the mini window go when the main one is shown, and when that is closed."""
        if event.type() == QEvent.Type.Show and self.active:
            self._keep_place()
            self.window.hide()
        elif event.type() == QEvent.Type.Close and not self._over:
            self._over = True
            if self.active:
                self._keep_place()
                # Last, since the last window that closes ends the program.
                QTimer.singleShot(0, self.window, self.window.close)
        return super().eventFilter(watched, event)

    def _keep_place(self) -> None:
        place = mini_place.written(self.window.place_left())
        self._main.desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.MINI, place), refresh=False
        )

    def _say(self, message: Message) -> None:
        if not self.active:
            return
        actions = tuple(
            Action(each.words, partial(self._do, each), each.primary, each.icon)
            for each in message.actions
        )
        self.window.say(
            Message(message.title, message.text, message.kind, message.why, actions, message.stays)
        )

    def _do(self, action: Action) -> None:
        """Do what a message offers; where that leads to a screen, go there."""
        before = self._main.body.name
        action.do()
        if self._main.body.name != before:
            self.leave()


def _look_at_what_runs(main: "MainWindow") -> None:
    """Look at a visit in which something runs, if there is one: that is what it is opened for."""
    desk = main.desk
    running = desk.today.running
    if running and desk.visit_id not in {segment.visit_id for segment in running}:
        desk.select(running[-1].visit_id)
