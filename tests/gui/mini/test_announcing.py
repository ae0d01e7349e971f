"""What a screen reader is told: started, stopped, refused, in doubt; of a locked window no id."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from ptimer.gui.announcing import Announcing
from ptimer.operations import stopwatch
from ptimer.operations.stopwatch import StartWish

POLITE = QAccessible.AnnouncementPoliteness.Polite
ASSERTIVE = QAccessible.AnnouncementPoliteness.Assertive


class Reader:
    """Hears what is announced, and from which window."""

    def __init__(self):
        self.heard = []

    def __call__(self, event):
        self.heard.append((event.object(), event.message(), event.politeness()))

    @property
    def words(self):
        return [words for _, words, _ in self.heard]


@pytest.fixture
def reader(demo_morning):
    window, _ = demo_morning
    reader = Reader()
    Announcing(window, reader)
    return reader


def test_the_events_are_those_that_qt_hands_to_screen_readers(demo_morning, monkeypatch):
    window, _ = demo_morning
    sent = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)
    Announcing(window, QAccessible.updateAccessibility)
    window.desk.space()

    assert [event.type() for event in sent] == [QAccessible.Event.Announcement]


def test_a_stop_a_start_and_a_switch_are_told_with_the_patient(qtbot, demo_morning, reader):
    window, _ = demo_morning
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_2)

    assert reader.words == [
        "97112 of P-1042 stopped",
        "97112 runs for P-1042",
        "97112 of P-1042 stopped. 97110 runs for P-1042",
    ]
    assert {politeness for _, _, politeness in reader.heard} == {POLITE}


def test_a_refusal_is_told_at_once_with_its_reason(qtbot, demo_morning, reader):
    window, _ = demo_morning
    other = next(v for v in window.desk.today.visits if v.visit.patient == "P-1150")
    window.desk.select(other.visit.id)
    qtbot.keyClick(window, Qt.Key.Key_2)

    ((_, words, politeness),) = reader.heard
    assert "97112 of P-1042" in words
    assert "97110 did not start" in words
    assert politeness == ASSERTIVE


def test_nothing_is_told_while_nothing_changes(demo_morning, reader, pass_time):
    window, clock = demo_morning
    pass_time(window, clock, minutes=2)
    window.desk.refresh()

    assert reader.words == []


def test_what_is_pressed_in_the_mini_window_is_told_from_there(mini):
    reader = Reader()
    Announcing(mini.main, reader)
    mini.key(Qt.Key.Key_2)

    ((source, words, _),) = reader.heard
    assert source is mini.window
    assert words == "97112 of P-1042 stopped. 97110 runs for P-1042"


def test_a_doubt_is_told(demo_morning, reader):
    window, clock = demo_morning
    clock.advance(minutes=8)
    window.desk.tick()

    assert "A time is in doubt: ptimer asks whether it went on" in reader.words


def test_locked_no_patient_is_named(qtbot, demo_morning, reader):
    window, _ = demo_morning
    window.lock()
    qtbot.keyClick(window, Qt.Key.Key_Space)
    window.unlock()

    assert reader.words == ["Locked", "97112 stopped", "Unlocked"]


def test_a_group_is_told_once_and_goes_on_when_another_of_its_patients_is_looked_at(window, clinic):
    reader = Reader()
    Announcing(window, reader)
    stopwatch.start(clinic, StartWish("97150", ("P-1", "P-2", "P-3")))
    window.desk.refresh()
    for view in window.desk.today.visits:
        window.desk.select(view.visit.id)
        window.desk.refresh()

    assert len(reader.words) == 1
    assert reader.words[0].startswith("97150 runs for P-")
