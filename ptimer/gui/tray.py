"""The icon in the system's tray: what runs, stop, switch, and the way to both windows."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from ptimer.gui.tray_menu import Does, Entry, TrayFacts, facts_of
from ptimer.gui.tray_sign import sign_of

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


def open_tray(window: "MainWindow") -> "Tray | None":
    """Show the icon where the system has a tray; elsewhere nothing is missed, nor said."""
    if not QSystemTrayIcon.isSystemTrayAvailable():
        return None
    tray = Tray(window)
    tray.icon.show()
    return tray


class Tray(QObject):
    """The icon of a window. It goes with the window: what is closed is not kept alive."""

    def __init__(self, window: "MainWindow") -> None:
        """Make the icon; it is not seen before `icon.show()`."""
        super().__init__(window)
        self._window = window
        self._facts: TrayFacts | None = None
        self._refused = False
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        desk = window.desk
        for changed in (desk.refreshed, desk.selected, desk.minute_turned, window.locked_changed):
            changed.connect(self.show_now)
        for not_done in (desk.refused, desk.failed):
            not_done.connect(self._note_refusal)
        self.menu.aboutToShow.connect(self.show_now)
        self.icon.activated.connect(self._come)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.icon.hide)
        self.show_now()

    def show_now(self) -> None:
        """Show what is so now; the same is not told to the system again."""
        window = self._window
        facts = facts_of(window.desk, window.desk.now(), locked=window.locked)
        before, self._facts = self._facts, facts
        if before is None or facts.state is not before.state:
            self.icon.setIcon(sign_of(facts.state))
        if before is None or facts.tip != before.tip:
            self.icon.setToolTip(_as_it_stands(facts.tip))
        if before is None or facts.entries != before.entries:
            self._fill(facts.entries)

    def _fill(self, entries: tuple[Entry, ...]) -> None:
        self.menu.clear()
        for entry in entries:
            if entry.does is Does.LINE:
                self.menu.addSeparator()
                continue
            # An ampersand in a patient's id makes no shortcut.
            action = self.menu.addAction(entry.words.replace("&", "&&"))
            action.setEnabled(entry.does is not Does.NOTHING)
            action.triggered.connect(partial(self._do, entry))

    def _do(self, entry: Entry, _checked: bool = False) -> None:
        window, desk = self._window, self._window.desk
        presses: dict[Does, Callable[[], object]] = {
            Does.STOP: lambda: desk.stop_segment(entry.what),
            Does.PRESS: lambda: desk.press(entry.what),
            Does.RESUME: desk.space,
            Does.ANSWER: lambda: desk.show("recovery"),
            Does.SHOW: window.come_to_front,
            Does.MINI: window.toggle_mini,
            Does.LOCK: window.lock,
            Does.QUIT: window.close,
        }
        self._refused = False
        screen = window.body.name
        presses[entry.does]()
        if self._refused or (window.body.name != screen and not window.locked):
            self._show_answer()

    def _show_answer(self) -> None:
        """Show the window that tells why something was not done, or asks for more."""
        mini = self._window.mini
        if mini is not None and mini.active:
            mini.window.raise_()
            mini.window.activateWindow()
        else:
            self._window.come_to_front()

    def _note_refusal(self) -> None:
        self._refused = True

    def _come(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self._window.come_to_front()


def _as_it_stands(words: str) -> str:
    """Return words that no system takes for markup: what is typed after a < is no tag's name.

    Some show a tooltip's markup and some its plain text, so it can't be made markup that shows it.
    """
    return words.replace("<", "<\u200b")
