"""Which key does what in the mini window? The same as in the main window, where it has that."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from ptimer.gui.frame import keys
from ptimer.operations.cards import apart_codes

if TYPE_CHECKING:
    from ptimer.gui.mini.mini_window import MiniWindow

_PLAIN = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class MiniKeys(QObject):
    """The mini window's shortcuts and single keys; locked, Space stops and nothing else is done."""

    def __init__(self, window: "MiniWindow") -> None:
        """Make the shortcuts."""
        super().__init__(window)
        self._window = window
        shortcuts: dict[str, Callable[[], object]] = {
            keys.MINI.sequence: window.back_wanted.emit,
            keys.LOCK.sequence: window.lock_wanted.emit,
            keys.UNDO.sequence: self._undo,
        }
        for sequence, do in shortcuts.items():
            QShortcut(QKeySequence(sequence), window).activated.connect(do)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything."""
        if event.modifiers() not in _PLAIN or event.isAutoRepeat():
            return False
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
            return True
        if event.key() == Qt.Key.Key_Space:
            self._space()
            return True
        return not self._window.locked and self._press_on_cards(event.text())

    def _press_on_cards(self, text: str) -> bool:
        window, desk = self._window, self._window.desk
        if desk.view is None or not text:
            return False
        if text in "123456789":
            return self._press_card(int(text))
        rest, not_billable = apart_codes()
        letters: dict[str, Callable[[], object]] = {
            "R": lambda: desk.press(rest),
            "N": lambda: desk.press(not_billable),
            "S": desk.supervise,
        }
        do = letters.get(text.upper())
        if do is None:
            return False
        window.close_cards()
        do()
        return True

    def _press_card(self, number: int) -> bool:
        desk = self._window.desk
        cards = desk.cards()
        if number > len(cards):
            return False
        self._window.close_cards()
        desk.press(cards[number - 1].code)
        return True

    def _space(self) -> None:
        """Stop what started last; locked, nothing is resumed: nobody would see for whom."""
        desk = self._window.desk
        if desk.today.running or not self._window.locked:
            desk.space()

    def _undo(self) -> None:
        if not self._window.locked:
            self._window.desk.undo()

    def _escape(self) -> None:
        """Take the message away, else close the codes, else go back to the main window."""
        window = self._window
        if window.message.isVisible():
            window.message.dismiss()
        elif not window.close_cards():
            window.back_wanted.emit()
