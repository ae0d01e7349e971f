"""The whole demo day, nine visits from 07:45 to 17:42, with a keyboard and nothing else."""

import tomllib
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer import resources
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import ask_first_questions, build_window
from ptimer.gui.today.visit_card import VisitCard
from ptimer.operations import demo, snapshots
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)
CTRL = Qt.KeyboardModifier.ControlModifier
SCRIPT = tomllib.loads(resources.text("demo", "day.toml"))


class Keyboard:
    """Two hands on a keyboard, and a clock beside it."""

    def __init__(self, qtbot, window, clock):
        self.qtbot, self.window, self.clock = qtbot, window, clock

    @property
    def focused(self):
        return QApplication.focusWidget() or self.window

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(self.focused, key, modifier)

    def type(self, text):
        self.qtbot.keyClicks(self.focused, text)

    def tab_to(self, name, kind=object):
        for _ in range(120):
            if name in self.focused.accessibleName() and isinstance(self.focused, kind):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(f"{name} is not reached")

    def press(self, name):
        self.tab_to(name)
        self.key(Qt.Key.Key_Space)

    def let_go(self):
        while self.focused is not self.window:
            self.key(Qt.Key.Key_Escape)

    def wait_until(self, at):
        wanted = datetime.fromisoformat(f"{DAY}T{at}+00:00").timestamp() * 1000
        while (left := (wanted - self.clock.now()) / 1000) > 0:
            runs = bool(self.window.desk.today.running)
            self.clock.advance(seconds=min(left, 20) if runs else left)
            self.window.desk.tick()

    # -- what the day asks for -----------------------------------------------------------------

    def visits(self, event):
        for visit in event["visits"]:
            self.key(Qt.Key.Key_N, CTRL)
            self.type(visit["patient"])
            self.tab_to("Payer")
            self.type(visit["payer"][:3])
            self.tab_to("Planned time")
            self.type(visit["planned"])
            self.key(Qt.Key.Key_Return)

    def choose(self, patient):
        view = self.window.desk.view
        self.tab_to(view.visit.patient, VisitCard)
        order = [each.visit.patient for each in self.window.desk.today.visits]
        steps = order.index(patient) - order.index(view.visit.patient)
        for _ in range(abs(steps)):
            self.key(Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        assert self.window.desk.view.visit.patient == patient

    def arrive(self, event):
        self.choose(event["patient"])
        self.press("Arrived")

    def depart(self, event):
        self.choose(event["patient"])
        self.press("Left")

    def start(self, event):
        if "patients" in event:
            self._start_group(event["code"], event["patients"])
            return
        self.choose(event["patient"])
        self._code(event["code"])
        if self.window.messages.shown and "Switch" in self.window.bar.buttons[0].text():
            self.press("Switch: end")

    def _code(self, code):
        """Press a code's card; one that is not there is put there first."""
        if code not in self._codes():
            self.key(Qt.Key.Key_Plus)
            self.type(code)
            self.key(Qt.Key.Key_Return)
        self.key(Qt.Key(Qt.Key.Key_1 + self._codes().index(code)))

    def _codes(self):
        return [card.code for card in self.window.desk.cards()]

    def _start_group(self, code, patients):
        self.choose(patients[0])
        self._code(code)
        for patient in patients[1:]:
            self.tab_to("Another patient id")
            self.type(patient)
            self.key(Qt.Key.Key_Return)
        self.press(f"Start {code}")

    def stop(self, _event):
        self.let_go()
        self.key(Qt.Key.Key_Space)
        while self.window.desk.today.running:  # the others of a group, or what runs beside it
            self.key(Qt.Key.Key_Space)

    def sign(self, event):
        self.choose(event["patient"])
        self.press("Finish & sign")
        self.key(Qt.Key.Key_Return, CTRL)
        self.let_go()
        if self.window.body.name != "today":
            self.key(Qt.Key.Key_Escape)

    def backup(self, _event):
        self.press("back up now")


@pytest.fixture
def keyboard(qtbot, tmp_path, qapp):
    qapp.setStyle("Fusion")
    clock = ManualClock.at_local(f"{DAY}T07:45:00")
    clinic = open_clinic(tmp_path / "record", clock)
    window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield Keyboard(qtbot, window, clock)
    clinic.close()


def come_to(clinic):
    """What each visit of the day comes to."""
    return {
        view.visit.patient: (
            view.timed_minutes,
            view.total_minutes,
            [(line.code.code, line.minutes, line.units) for line in view.reckoning.lines],
            view.visit.signed,
        )
        for view in snapshots.day(clinic, DAY).visits
    }


def test_the_demo_day_by_keyboard_comes_to_what_the_demo_day_comes_to(keyboard, tmp_path):
    ask_first_questions(keyboard.window)
    keyboard.window.show_backup()
    keyboard.type(f"{SCRIPT['clinician']}, {SCRIPT['credentials']}")
    keyboard.key(Qt.Key.Key_Return)

    for event in SCRIPT["event"]:
        keyboard.wait_until(event["at"])
        getattr(keyboard, event["do"])(event)

    played = demo.play(tmp_path / "demo", DAY, until=demo.END_OF_DAY, zone=UTC)
    as_played = open_clinic(played.folder, ManualClock(played.until, UTC))
    assert come_to(keyboard.window.desk.clinic) == come_to(as_played)
    as_played.close()
