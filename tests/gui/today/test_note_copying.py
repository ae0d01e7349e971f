"""The note text goes to the clipboard, by a press or a key, and the bar says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer.operations import clinic_settings, setting_values

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
BEFORE = "what was copied before"
NOTE = (
    "timed 47 min, total 52 min; 97112 24 min 2 u; 97110 23 min 1 u; 97165 5 min 1 u; in 9:42 out -"
)


@pytest.fixture(autouse=True)
def _clipboard(qapp):
    qapp.clipboard().setText(BEFORE)


def copied():
    return QApplication.clipboard().text()


def copy(hands, by):
    if by == "press":
        hands.press(hands.panel.copy_note)
    else:
        hands.key(Qt.Key.Key_C, CTRL_SHIFT)


@pytest.mark.parametrize("by", ["press", "key"])
def test_the_note_is_copied_and_the_bar_says_what(morning, by):
    copy(morning, by)

    assert copied() == NOTE
    assert morning.window.bar.title.text() == "Note text of P-1042 copied"
    assert morning.window.bar.message.text == NOTE


def test_its_minutes_are_those_of_now(morning):
    morning.pass_minutes(6)
    copy(morning, "key")

    assert copied().startswith("timed 53 min, total 58 min; 97112 30 min 2 u; 97110 23 min 2 u")


def test_its_words_are_the_settings(morning):
    clinic = morning.desk.clinic
    setting_values.change(clinic, clinic_settings.NOTE_VISIT, "{units} u: {codes}")
    setting_values.change(clinic, clinic_settings.NOTE_CODE, "{code}")
    copy(morning, "key")

    assert copied() == "4 u: 97112; 97110; 97165"


@pytest.mark.parametrize("by", ["press", "key"])
def test_a_time_in_doubt_is_no_note_yet(morning, by):
    morning.sleep(30)
    morning.window.go("today")
    copy(morning, by)

    assert copied() == BEFORE
    assert morning.window.bar.text.text().startswith("97112 is in doubt: answer first")


def test_a_visit_without_times_or_no_visit_has_no_note(hands):
    copy(hands, "key")
    assert hands.window.bar.text.text() == "No visit is looked at."
    hands.new_visit("P-1", "O")
    copy(hands, "key")

    assert not hands.panel.copy_note.isVisible()
    assert hands.window.bar.text.text() == "Nothing is timed yet."
    assert copied() == BEFORE


def test_a_signed_visit_can_be_copied_and_a_locked_window_copies_nothing(morning):
    morning.press(morning.visit_card("P-0981"))
    copy(morning, "press")
    assert copied().startswith("timed 38 min")

    QApplication.clipboard().setText(BEFORE)
    morning.window.lock()
    copy(morning, "key")
    assert copied() == BEFORE


def test_after_signing_the_bar_offers_the_note(morning):
    morning.key(Qt.Key.Key_Space)
    morning.window.go("sign")
    morning.qtbot.keyClick(morning.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert morning.desk.view.visit.signed
    morning.press(morning.window.bar.buttons[0])

    assert copied() == "timed 47 min" + NOTE.removeprefix("timed 47 min").replace(
        "out -", "out 10:36"
    )
