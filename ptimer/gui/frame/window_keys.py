"""Which key does what in the whole window?"""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from ptimer.billing.codebook import NOT_BILLABLE, REST

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow

# On a Mac F11 is the system's own. Qt calls Command there Ctrl, and Control Meta.
MINI_KEY = "Meta+Ctrl+M" if sys.platform == "darwin" else "F11"
"""Here and not in the list of keys, which is not loaded before the window is seen."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class WindowKeys(QObject):
    """The window's shortcuts, and its single keys where no field has taken them."""

    def __init__(self, window: "MainWindow") -> None:
        """Make the shortcuts; `keys.py` lists them for the sheet."""
        super().__init__(window)
        self._window = window
        shortcuts: dict[str, Callable[[], object]] = {
            "Ctrl+N": window.new_visit,
            "Ctrl+Z": self._undo,
            "Ctrl+Shift+C": self._copy_note,
            "Ctrl+E": lambda: window.go("export"),
            "Ctrl+L": window.lock,
            "F1": window.toggle_keys_sheet,
            MINI_KEY: window.toggle_mini,
        }
        for sequence, do in shortcuts.items():
            QShortcut(QKeySequence(sequence), window).activated.connect(do)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything."""
        if event.modifiers() not in _PLAIN:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return True
        if event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_Space:
            self._window.desk.space()
            return True
        if event.key() in _ENTER and self._window.messages.press_enter():
            return True
        if event.text() == "?":
            self._window.toggle_keys_sheet()
            return True
        return self._press_on_cards(event)

    def _undo(self) -> None:
        """Take the last press back; a locked window takes nothing but a stop."""
        if not self._window.locked:
            self._window.desk.undo()

    def _copy_note(self) -> None:
        if not self._window.locked:
            self._window.today.copy_note()

    def _press_on_cards(self, event: QKeyEvent) -> bool:
        window = self._window
        if not window.on_stopwatches:
            return False
        stopwatches = window.today.stopwatches
        if event.text() and event.text() in "123456789":
            return stopwatches.press_key(int(event.text()))
        letters: dict[str, Callable[[], object]] = {
            "R": lambda: window.desk.press(REST),
            "N": lambda: window.desk.press(NOT_BILLABLE),
            "S": window.desk.supervise,
            "B": stopwatches.open_late_start,
            "E": lambda: window.desk.show("edit-times"),
            "M": stopwatches.open_mark,
            "P": stopwatches.toggle_plan,
            "A": stopwatches.treats.next,
            "W": window.today.explain,
            "+": stopwatches.add_card.open,
        }
        do = letters.get(event.text().upper())
        if do is None:
            return False
        do()
        return True

    def _escape(self) -> None:
        """Take the message away, else what is half typed, else go up a screen, else lose focus."""
        window = self._window
        screen = window.body.screen_shown
        focused = QApplication.focusWidget()
        if window.messages.shown:
            window.messages.dismiss()
        elif (screen is not None and screen.close_typed()) or window.today.close_typed():
            pass
        elif window.parent_screen is not None:
            window.go(window.parent_screen)
        elif focused is not None:
            focused.clearFocus()
            window.setFocus()
