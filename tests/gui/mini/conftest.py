"""A person at the mini window: presses, drags, and reads what stands there."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from ptimer.operations import stopwatch, visiting
from ptimer.operations.stopwatch import StartWish
from tests.gui.ticking import tick_through

LEFT = Qt.MouseButton.LeftButton


class MiniHands:
    """Presses as a person does; reads what a person would see."""

    def __init__(self, qtbot, main, clock):
        self.qtbot = qtbot
        self.main = main
        self.clock = clock
        self.desk = main.desk
        self.go_there()
        self.window = main.mini.window
        qtbot.addWidget(self.window)
        self.face = self.window.face

    # -- doing ---------------------------------------------------------------------------------

    def go_there(self):
        """Go from the main window to the mini window."""
        self.main.activateWindow()
        self.qtbot.waitUntil(self.main.isActiveWindow)
        self.qtbot.keyClick(self.main, Qt.Key.Key_F11)
        self.qtbot.waitUntil(self.main.mini.window.isActiveWindow)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        """Press a key where the keyboard is."""
        focused = self.window.focusWidget() or self.window
        self.qtbot.keyClick(focused, key, modifier)

    def press(self, button):
        """Press what is seen."""
        assert button.isVisible(), button.accessibleName()
        self.qtbot.mouseClick(button, LEFT)

    def press_code(self, name):
        """Open the codes, and press one."""
        self.press(self.window.second)
        self.press(
            next(row for row in self.window.cards.rows if row.isVisible() and row.name == name)
        )

    def pass_time(self, *, minutes=0, seconds=0):
        """Let time pass in ticks."""
        tick_through(self.desk, self.clock, minutes * 60 + seconds)

    def select(self, patient):
        """Look at a patient's visit."""
        views = (*self.desk.today.visits, *self.desk.today.earlier)
        self.desk.select(next(v.visit.id for v in views if v.visit.patient == patient))

    # -- reading -------------------------------------------------------------------------------

    @property
    def words(self):
        """What the face says besides the time."""
        return self.face.words

    def running(self):
        """What runs, and for whom."""
        return [(segment.patient, segment.code) for segment in self.desk.today.running]

    def others(self):
        """What else is seen to run: code, patient, time."""
        return [row.words_shown for row in self.window.others.rows if row.isVisible()]

    def keys_shown(self):
        """The words of the keys."""
        keys = (self.window.first, self.window.second)
        return [key.text() for key in keys if key.isVisible()]


@pytest.fixture
def mini(qtbot, demo_morning):
    """A person who went to the mini window at 10:36:07, while 97112 runs for P-1042."""
    return MiniHands(qtbot, *demo_morning)


@pytest.fixture
def open_mini(qtbot):
    """Go to the mini window from any main window."""
    return lambda main, clock: MiniHands(qtbot, main, clock)


@pytest.fixture
def two_patients(window, clinic, clock, pass_time):
    """A record in which G0283 runs for P-1 and 97110 for P-2; P-1 is looked at."""
    for patient in ("P-1", "P-2"):
        visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
    stopwatch.start(clinic, StartWish("G0283", ("P-1",)))
    pass_time(window, clock, minutes=1)
    stopwatch.start(clinic, StartWish("97110", ("P-2",)))
    window.desk.refresh()
    first = next(v for v in window.desk.today.visits if v.visit.patient == "P-1")
    window.desk.select(first.visit.id)
    QApplication.processEvents()
    return window


@pytest.fixture
def drag(qtbot):
    """Pull a widget by so many pixels."""

    def drag(widget, by):
        start = QPoint(20, 20)
        qtbot.mousePress(widget, LEFT, pos=start)
        qtbot.mouseMove(widget, start + by / 2)
        qtbot.mouseMove(widget, start + by)
        qtbot.mouseRelease(widget, LEFT, pos=start + by)

    return drag
