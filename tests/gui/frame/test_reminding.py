"""Reminders: once a thing, each switched off alone, never over something else or when locked."""

import pytest
from PySide6.QtCore import Qt

from ptimer.gui.frame.message_bar import Message
from ptimer.gui.frame.reminding import Reminding
from ptimer.operations import clinic_settings, clinician_entries, history, setting_values
from ptimer.operations.clinic_settings import (
    CLOSING_TIME,
    REMIND_CLOSING,
    REMIND_EXPIRY,
    REMIND_EXPIRY_DAYS,
    REMIND_HOUR,
    REMIND_NOTHING,
    REMIND_NOTHING_MINUTES,
    REMIND_UNIT,
)
from ptimer.operations.clinician_entries import Kind, NewEntry


class Day:
    """A window with reminders, and what its bar said, minute by minute."""

    def __init__(self, qtbot, window, clock, pass_time):
        self.qtbot, self.window, self.clock = qtbot, window, clock
        self._pass_time = pass_time
        self.reminding = Reminding(window)
        self.said = []
        self._say = window.say
        window.say = self._note

    def _note(self, message):
        self.said.append(message.title)
        self._say(message)

    def set(self, setting, value):
        setting_values.change(self.window.desk.clinic, setting, value)

    def visit(self, patient):
        self.qtbot.keyClick(self.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClicks(self.window.today.visits.form.patient, patient)
        self.qtbot.keyClick(self.window.today.visits.form.patient, Qt.Key.Key_Return)

    def key(self, key):
        self.qtbot.keyClick(self.window, key)

    def wait(self, minutes):
        self._pass_time(self.window, self.clock, minutes=minutes)


@pytest.fixture
def day(qtbot, window, clock, pass_time):
    day = Day(qtbot, window, clock, pass_time)
    for setting in (REMIND_UNIT, REMIND_HOUR, REMIND_NOTHING, REMIND_CLOSING):
        day.set(setting, False)
    day.visit("P-1042")
    return day


def test_a_unit_is_said_two_minutes_ahead_once(day):
    day.set(REMIND_UNIT, True)
    day.key(Qt.Key.Key_2)
    day.wait(5)
    assert day.said == []

    day.wait(3)
    assert day.said == ["2 minutes to the next unit of P-1042, at 8"]

    day.wait(12)
    assert day.said == ["2 minutes to the next unit of P-1042, at 8"]
    day.wait(2)
    assert day.said[-1] == "2 minutes to the next unit of P-1042, at 23"


def test_an_hour_of_a_code_is_said_once(day):
    day.set(REMIND_HOUR, True)
    day.key(Qt.Key.Key_2)
    day.wait(59)
    assert day.said == []

    day.wait(20)
    assert day.said == ["97112 of P-1042 has 60 min today and still runs"]


def test_nothing_running_is_said_after_the_wished_minutes_once(day):
    day.set(REMIND_NOTHING, True)
    day.set(REMIND_NOTHING_MINUTES, 7)
    day.wait(30)
    assert day.said == [], "no code was pressed yet: nothing is missing"

    day.key(Qt.Key.Key_2)
    day.wait(10)
    day.key(Qt.Key.Key_Space)
    day.wait(6)
    assert day.said == []
    day.wait(30)
    assert day.said == ["Nothing runs for P-1042 since 97112 ended 7 min ago"]


def test_who_treats_another_patient_is_not_told_that_nothing_runs(day):
    day.set(REMIND_NOTHING, True)
    day.key(Qt.Key.Key_2)
    day.wait(10)
    day.key(Qt.Key.Key_Space)
    day.visit("P-1150")
    day.key(Qt.Key.Key_2)
    day.wait(40)

    assert day.said == []


def test_after_the_departure_nothing_is_missing(day):
    day.set(REMIND_NOTHING, True)
    day.key(Qt.Key.Key_2)
    day.wait(10)
    day.key(Qt.Key.Key_Space)
    day.qtbot.mouseClick(day.window.today.stopwatches.header.depart, Qt.MouseButton.LeftButton)
    day.wait(40)

    assert day.said == []


def test_what_runs_on_past_closing_time_is_said_and_what_begins_then_is_not(day):
    day.set(REMIND_CLOSING, True)
    day.set(CLOSING_TIME, "10:30")
    day.key(Qt.Key.Key_2)
    day.wait(29)
    assert day.said == []
    day.wait(10)
    assert day.said == ["97112 of P-1042 still runs after closing time"]

    day.key(Qt.Key.Key_1)
    day.wait(30)
    assert len(day.said) == 1


def test_a_reminder_leads_to_its_visit_and_to_its_switch(day):
    day.set(REMIND_HOUR, True)
    day.key(Qt.Key.Key_2)
    day.visit("P-1150")
    day.wait(60)

    buttons = {b.text(): b for b in day.window.bar.buttons if b.isVisible()}
    day.qtbot.mouseClick(buttons["Go to P-1042"], Qt.MouseButton.LeftButton)
    assert day.window.desk.view.visit.patient == "P-1042"


def test_nothing_is_said_over_something_else_and_it_comes_when_that_is_gone(day):
    day.set(REMIND_HOUR, True)
    day.key(Qt.Key.Key_2)
    day.wait(59)
    day.window.say(Message(title="Not recorded", stays=True))
    day.wait(5)
    assert day.said == ["Not recorded"]

    day.window.messages.dismiss()
    day.wait(1)
    assert day.said[-1] == "97112 of P-1042 has 64 min today and still runs"


def test_a_locked_window_says_nothing_and_says_it_when_it_is_unlocked(day):
    day.set(REMIND_HOUR, True)
    day.key(Qt.Key.Key_2)
    day.window.lock()
    day.wait(61)
    assert day.said == []

    day.window.unlock()
    day.wait(1)
    assert day.said == ["97112 of P-1042 has 61 min today and still runs"]


def test_without_any_wish_nothing_is_said_all_day(day):
    day.set(CLOSING_TIME, "10:30")
    day.key(Qt.Key.Key_2)
    day.wait(70)
    day.key(Qt.Key.Key_Space)
    day.wait(60)

    assert day.said == []


@pytest.fixture
def expiring(day):
    """Kim's licence that expires in eight days, and another entry in five weeks."""
    for title, expires in (("PT licence", "2026-12-01"), ("CPR", "2026-12-28")):
        entry = NewEntry("Kim", title, "2024-12-01", Kind.LICENCE, expires)
        clinician_entries.add(day.window.desk.clinic, entry)
    return day


def test_what_expires_is_said_once_a_day_and_leads_to_the_clinicians(expiring):
    told = "PT licence of Kim expires on 1 Dec 2026, and 1 more"
    expiring.wait(1)
    assert expiring.said == [told]
    expiring.window.messages.dismiss()
    Reminding(expiring.window)  # the window is opened once more that day
    expiring.wait(3)
    assert expiring.said == [told]

    expiring.wait(24 * 60)
    assert expiring.said == [told, told]


def test_what_expires_later_than_wanted_is_not_said(expiring):
    expiring.set(REMIND_EXPIRY_DAYS, 7)
    expiring.wait(2)
    assert expiring.said == []


def test_what_expires_is_not_said_where_nobody_wants_it(expiring):
    expiring.set(REMIND_EXPIRY, False)
    expiring.wait(2)
    assert expiring.said == []


def test_what_was_renewed_is_not_said(expiring):
    for title in ("PT licence", "CPR"):
        entry = NewEntry("Kim", title, "2026-11-20", Kind.LICENCE, "2028-12-01")
        clinician_entries.add(expiring.window.desk.clinic, entry)
    expiring.wait(2)
    assert expiring.said == []


# -- over its length -------------------------------------------------------------------------------

ASKED = "97110 of P-1042 has run for at least 120 min without a break. Does it go on?"


@pytest.fixture
def forgotten(day):
    """97110 has run for two hours while a person looked at another page."""
    day.key(Qt.Key.Key_1)
    day.window.go("history")
    day.wait(121)
    return day


def test_a_stopwatch_over_its_length_asks_on_every_page_with_the_likely_end(forgotten):
    bar = forgotten.window.bar

    assert forgotten.window.body.name == "history"
    assert forgotten.said == [ASKED]
    assert [b.text() for b in bar.buttons if b.isVisible()] == [
        "It ended at 12:00",
        "It goes on",
        "Another end…",
    ]
    assert "as long as one takes at most" in bar.text.text()
    assert bar.message.stays
    assert len(forgotten.window.desk.today.running) == 1, "nothing is cut by itself"


def test_one_press_ends_it_then_and_the_history_says_so(forgotten):
    forgotten.window.bar.buttons[0].click()
    desk = forgotten.window.desk

    assert desk.today.running == ()
    change = history.changes_of(desk.clinic, desk.visit_id)[0]
    assert (change.after, change.usual) == ("12:00:00", False)
    desk.undo()
    assert len(desk.today.running) == 1


def test_it_goes_on_is_asked_again_after_as_long(forgotten):
    forgotten.window.bar.buttons[1].click()
    forgotten.wait(100)
    assert forgotten.said == [ASKED]

    forgotten.wait(20)

    assert len(forgotten.said) == 2
    assert len(forgotten.window.desk.today.running) == 1


def test_another_end_leads_to_the_time_itself(forgotten):
    forgotten.window.bar.buttons[2].click()

    assert forgotten.window.body.name == "edit-times"


def test_after_how_long_it_asks_is_the_clinics_choice(day):
    day.set(clinic_settings.ASK_LENGTH, "45")
    day.key(Qt.Key.Key_1)
    day.wait(46)

    assert day.said == [
        "97110 of P-1042 has run for at least 45 min without a break. Does it go on?"
    ]
