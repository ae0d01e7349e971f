"""The bar under the header: what was not done and why, what may follow, and when it goes."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication

from ptimer.gui.frame.message_bar import SECONDS, Action, Message
from ptimer.operations.errors import Busy, Misused
from ptimer.operations.explaining import Explanation
from ptimer.wording import say

LEFT = Qt.MouseButton.LeftButton


def seconds(window, clock, number):
    for _ in range(number):
        clock.advance(seconds=1)
        window.desk.tick()


WHY = Explanation(say("Because"))


@pytest.fixture
def refused(qtbot, demo_morning):
    """97112 runs for P-1042, and 97110 was pressed for P-1150."""
    window, clock = demo_morning
    other = next(v for v in window.desk.today.visits if v.visit.patient == "P-1150")
    window.desk.select(other.visit.id)
    qtbot.keyClick(window, Qt.Key.Key_2)
    return window, clock


# -- a refusal -----------------------------------------------------------------------------------


def test_a_refusal_names_the_rule_in_words_what_did_not_start_and_the_source(refused):
    window, _ = refused
    bar = window.bar

    assert bar.isVisible()
    assert "97112" in bar.title.text()
    assert "P-1042" in bar.title.text()
    assert bar.text.text().startswith("97110 did not start. Source: ")
    assert [s.code for s in window.desk.today.running] == ["97112"]
    assert bar.accessibleName().startswith(bar.title.text())


def test_why_shows_the_rule_and_its_source(qtbot, refused):
    window, _ = refused
    sentence = window.bar.title.text()
    qtbot.mouseClick(window.bar.why, LEFT)

    panel = window.bar.panel
    assert panel.isVisible()
    assert sentence in panel.text
    assert "CMS, 11 Part B Billing Scenarios" in panel.text
    assert "one-clinician-one-service" in panel.text
    qtbot.mouseClick(window.bar.why, LEFT)
    assert not panel.isVisible()


def test_one_press_switches_at_one_instant(qtbot, refused):
    window, clock = refused
    switch = window.bar.buttons[0]
    assert switch.text() == "Switch: end 97112 of P-1042"
    qtbot.mouseClick(switch, LEFT)

    started = window.desk.today.running[0]
    ended = next(v for v in window.desk.today.visits if v.visit.patient == "P-1042")
    assert (started.code, started.patient) == ("97110", "P-1150")
    assert ended.record.segments[-1].ended_at == started.started_at == clock.now()
    assert not window.messages.shown


def test_the_switch_is_reached_with_the_keyboard(qtbot, refused):
    window, _ = refused
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert window.bar.buttons[0].hasFocus(), "the first that Tab reaches"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert [s.patient for s in window.desk.today.running] == ["P-1150"]
    assert window.hasFocus(), "Space stops what runs again, and presses no other button"


def test_enter_switches_and_the_button_says_so(qtbot, refused):
    window, _ = refused
    assert "(Enter)" in window.bar.buttons[0].toolTip()
    qtbot.keyClick(window, Qt.Key.Key_Return)

    assert [s.patient for s in window.desk.today.running] == ["P-1150"]


def test_enter_answers_nothing_that_no_press_asked_for(qtbot, window):
    pressed = []
    action = Action("It ended", lambda: pressed.append("ended"), primary=True)
    window.say(Message("Does it go on?", actions=(action,), stays=True))
    qtbot.keyClick(window, Qt.Key.Key_Return)

    assert pressed == []
    assert window.messages.shown


def test_the_next_message_takes_the_place_of_the_one_before(qtbot, refused):
    window, _ = refused
    qtbot.keyClick(window, Qt.Key.Key_1)

    assert window.bar.text.text().startswith("97112 did not start.")


# -- a problem -----------------------------------------------------------------------------------


def test_what_was_not_done_is_said_in_words(window):
    window.desk.failed.emit(Misused(say("12:61 is no time of day")))

    assert window.bar.title.text() == "Not done"
    assert window.bar.text.text() == "12:61 is no time of day"
    assert not window.bar.why.isVisible()
    assert not any(button.isVisible() for button in window.bar.buttons)


def test_a_press_that_was_not_recorded_stays_on_and_the_footer_says_so(window, clock):
    window.desk.failed.emit(Busy(say("the disk is full")))
    seconds(window, clock, 3 * SECONDS)

    assert window.bar.isVisible()
    assert window.bar.title.text() == "Not recorded"
    assert window.footer.recorded.text() == "The last press was NOT recorded"


def test_typed_words_are_shown_as_they_are(window):
    window.desk.failed.emit(Misused(say("{id} is unknown", id="<b>x</b> & y")))

    assert window.bar.text.text() == "<b>x</b> & y is unknown"
    assert window.bar.text.textFormat() is Qt.TextFormat.PlainText


# -- an offer ------------------------------------------------------------------------------------


def test_after_supervision_level_what_may_follow_is_one_press(qtbot, demo_morning):
    window, _ = demo_morning
    qtbot.keyClick(window, Qt.Key.Key_S)
    button = next(b for b in window.bar.buttons if b.text() == "G0283")
    qtbot.mouseClick(button, LEFT)

    assert [s.code for s in window.desk.today.running] == ["G0283"]


def test_ctrl_z_takes_a_stop_back_and_the_time_runs_on_as_if_never_stopped(qtbot, demo_morning):
    window, clock = demo_morning
    before = window.desk.today.running[0]
    qtbot.keyClick(window, Qt.Key.Key_Space)
    seconds(window, clock, 5)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert [(s.code, s.started_at) for s in window.desk.today.running] == [
        (before.code, before.started_at)
    ]


# -- how long ------------------------------------------------------------------------------------


def test_a_message_goes_by_itself_after_its_seconds_and_not_before(window, clock):
    window.say(Message("Something"))
    seconds(window, clock, SECONDS - 1)
    assert window.bar.isVisible()

    seconds(window, clock, 1)

    assert not window.bar.isVisible()


def test_a_new_message_has_all_its_seconds(window, clock):
    window.say(Message("Something"))
    seconds(window, clock, SECONDS - 1)
    window.say(Message("Something else"))
    seconds(window, clock, SECONDS - 1)

    assert window.bar.isVisible()


def test_it_stays_while_the_keyboard_is_in_it(window, clock):
    window.say(Message("Something", why=WHY))
    window.bar.why.setFocus(Qt.FocusReason.TabFocusReason)
    seconds(window, clock, 2 * SECONDS)

    assert window.bar.isVisible()


def test_it_stays_while_the_mouse_is_over_it(window, clock):
    window.say(Message("Something"))
    point = QPointF(5, 5)
    QApplication.sendEvent(window.bar, QEnterEvent(point, point, point))
    seconds(window, clock, 2 * SECONDS)
    assert window.bar.isVisible()

    QApplication.sendEvent(window.bar, QEvent(QEvent.Type.Leave))
    seconds(window, clock, SECONDS)
    assert not window.bar.isVisible()


def test_it_can_be_closed_and_the_keyboard_goes_back_to_the_window(qtbot, window):
    window.say(Message("Something"))
    window.bar.close_button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.bar.close_button, Qt.Key.Key_Space)

    assert not window.bar.isVisible()
    assert window.hasFocus()


def test_it_stays_while_its_why_is_read_and_takes_it_along(qtbot, window, clock):
    window.say(Message("Something", why=WHY))
    seconds(window, clock, SECONDS - 1)
    qtbot.mouseClick(window.bar.why, LEFT)
    seconds(window, clock, 2 * SECONDS)

    assert window.bar.isVisible()
    assert window.bar.panel.text == "Because"
    window.bar.dismiss()
    assert not window.bar.panel.isVisible()


# -- the lock ------------------------------------------------------------------------------------


def test_a_locked_window_says_nothing_that_could_name_a_patient(refused):
    window, _ = refused
    window.lock()
    assert not window.messages.shown

    window.say(Message("P-1042 …"))

    assert not window.messages.shown


# -- long words ----------------------------------------------------------------------------------

PATH = "/home/" + "clinic-records-" * 20 + "/backup.db"


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_a_long_path_without_blanks_widens_nothing_and_is_there_in_full(window, size):
    window.resize(*size)
    window.say(Message("Backed up", text=f"{PATH}: 3 visits, 8 segments, checked", kind="info"))
    window.say(Message("Not done " + "x" * 300, text=PATH, why=WHY))
    QApplication.processEvents()

    assert window.width() == size[0]
    bar = window.bar
    for label in (bar.title, bar.text):
        assert label.geometry().right() < bar.width()
        assert label.height() >= label.heightForWidth(label.width())
        assert _widest(label) <= label.width()
    assert bar.text.text().replace("\u200b", "") == PATH
    assert PATH in bar.accessibleName()


def _widest(label):
    """How wide the longest stretch without a place to break is."""
    pieces = label.text().replace("\u200b", " ").split()
    return max(label.fontMetrics().horizontalAdvance(piece) for piece in pieces)


def test_as_many_actions_as_there_can_be_fit_a_narrow_window(window):
    window.resize(900, 600)
    words = ["97032", "97035", "Not billable", "G0283", "97018", "Switch: end 97112 of P-1042"]
    actions = tuple(Action(text, lambda: None) for text in words)
    window.say(Message("97112 ended: supervision level", text="What goes on?", actions=actions))
    QApplication.processEvents()

    assert window.width() == 900
    bar = window.bar
    shown = [b for b in (*bar.buttons, bar.why, bar.close_button) if b.isVisible()]
    assert len(shown) == 7
    for button in shown:
        left = button.mapTo(window, button.rect().topLeft()).x()
        assert 0 <= left <= window.width() - button.width()
        assert button.width() >= button.sizeHint().width()
