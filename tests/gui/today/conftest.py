"""A person at the main screen: presses, types, and reads what stands there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.gui.ticking import tick_through

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Presses and types as a person does; reads what a person would see."""

    def __init__(self, qtbot, window, clock):
        self.qtbot = qtbot
        self.window = window
        self.clock = clock
        self.desk = window.desk
        self.panel = window.today.panel
        self.stopwatches = window.today.stopwatches
        self.list = window.today.visits.list

    # -- doing ---------------------------------------------------------------------------------

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key where the keyboard is."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def type(self, text):
        """Type where the keyboard is."""
        self.qtbot.keyClicks(QApplication.focusWidget() or self.window, text)

    def press(self, button):
        """Press a button that is seen."""
        assert button.isVisible(), button.text()
        self.qtbot.mouseClick(button, LEFT)

    def new_visit(self, patient, discipline="", payer=""):
        """Make a visit as a person does: Ctrl+N, an id, Enter."""
        self.qtbot.keyClick(self.window, Qt.Key.Key_N, CTRL)
        form = self.window.today.visits.form
        self.qtbot.keyClicks(form.patient, patient)
        self.choose(form.discipline, discipline)
        self.choose(form.payer, payer)
        self.qtbot.keyClick(form.patient, Qt.Key.Key_Return)
        return self.desk.view.visit

    def choose(self, choice, beginning):
        """Go through a choice with the arrows to what begins so."""
        if beginning:
            self.qtbot.keyClick(choice, Qt.Key.Key_Home)
        while not choice.currentText().startswith(beginning):
            self.qtbot.keyClick(choice, Qt.Key.Key_Down)

    def press_card(self, code):
        """Press the card of a code."""
        self.press(self.card(code))

    def add_card(self, code):
        """Put a code on the cards: plus, its number, Enter."""
        self.qtbot.keyClicks(self.window, "+")
        self.type(code)
        self.key(Qt.Key.Key_Return)

    def pass_minutes(self, minutes, seconds=0):
        """Let time pass in ticks, as the seconds would give."""
        tick_through(self.desk, self.clock, minutes * 60 + seconds)

    def treat(self, code, minutes):
        """Time a code for so many minutes."""
        self.press_card(code)
        self.pass_minutes(minutes)
        self.press_card(code)

    def sleep(self, minutes):
        """Let the PC sleep: time passes without a tick."""
        self.clock.advance(minutes=minutes)
        self.desk.tick()

    # -- reading -------------------------------------------------------------------------------

    def cards(self):
        """The codes of the cards, in their order."""
        return [card.code for card in self.desk.cards()]

    def card(self, code):
        """The card of a code."""
        return self.stopwatches.cards[self.cards().index(code)]

    def running(self):
        """The codes that run."""
        return [segment.code for segment in self.desk.today.running]

    def rows(self):
        """The visits as the column on the left shows them."""
        return [card.row for card in self.list.cards if card.isVisible()]

    def row(self, patient):
        """The row of a patient."""
        return next(row for row in self.rows() if row.patient == patient)

    def visit_card(self, patient):
        """The card of a patient's visit."""
        return next(c for c in self.list.cards if c.isVisible() and c.row.patient == patient)

    def units(self):
        """Units by code as the panel's table shows them."""
        return {row.code: row.units for row in self.panel.table.rows}


@pytest.fixture
def hands(qtbot, window, clock):
    """A person at an empty record at ten in the morning."""
    return Hands(qtbot, window, clock)


@pytest.fixture
def morning(qtbot, demo_morning):
    """A person at the demo day at 10:36:07, while 97112 runs for P-1042."""
    return Hands(qtbot, *demo_morning)


@pytest.fixture
def evening(qtbot, demo_evening):
    """A person at the end of the demo day."""
    return Hands(qtbot, *demo_evening)
