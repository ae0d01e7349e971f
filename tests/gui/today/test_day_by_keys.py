"""A clinician's presses: start, switch, stop, resume, take back, all without a mouse."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import snapshots
from ptimer.operations.cards import Mood


@pytest.fixture
def visit(window, qtbot):
    """A new visit, made as a person makes one: Ctrl+N, an id, Enter."""
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = window.today.visits.form
    qtbot.keyClicks(form.patient, "P-1042")
    qtbot.keyClicks(form.discipline, "O")  # OT
    qtbot.keyClick(form.patient, Qt.Key.Key_Return)
    return window.desk.view.visit


def running(window):
    return [segment.code for segment in window.desk.today.running]


def test_ctrl_n_an_id_and_enter_make_a_visit_and_a_digit_starts_its_first_code(
    window, visit, qtbot
):
    qtbot.keyClick(window, Qt.Key.Key_1)

    assert visit.patient == "P-1042"
    assert running(window) == ["97112"]
    assert window.today.stopwatches.cards[0].time_shown == "0:00"


def test_the_running_card_counts_up_each_second(window, visit, qtbot, clock, pass_time):
    qtbot.keyClick(window, Qt.Key.Key_1)

    pass_time(window, clock, seconds=61)

    assert window.today.stopwatches.cards[0].time_shown == "1:01"


def test_another_digit_switches_at_the_same_instant(window, visit, qtbot, clock, pass_time):
    qtbot.keyClick(window, Qt.Key.Key_1)
    pass_time(window, clock, minutes=10)

    qtbot.keyClick(window, Qt.Key.Key_2)

    ended, started = window.desk.view.record.segments
    assert (ended.code, started.code) == ("97112", "97110")
    assert ended.ended_at == started.started_at


def test_space_stops_what_runs_and_the_next_space_resumes_it(
    window, visit, qtbot, clock, pass_time
):
    qtbot.keyClick(window, Qt.Key.Key_2)
    pass_time(window, clock, minutes=5)

    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert running(window) == []

    pass_time(window, clock, minutes=1)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert running(window) == ["97110"]


def test_ctrl_z_takes_a_switch_back_as_one(window, visit, qtbot, clock, pass_time):
    qtbot.keyClick(window, Qt.Key.Key_1)
    pass_time(window, clock, minutes=10)
    qtbot.keyClick(window, Qt.Key.Key_2)
    pass_time(window, clock, seconds=3)

    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert running(window) == ["97112"]
    assert window.desk.view.milliseconds_of("97112") == 603_000
    assert window.desk.view.milliseconds_of("97110") == 0


def test_rest_and_not_billable_have_keys_and_end_what_runs(window, visit, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert running(window) == ["REST"]

    qtbot.keyClick(window, Qt.Key.Key_N)
    assert running(window) == ["NB"]


def test_supervision_level_ends_the_one_on_one_code_and_offers_what_may_follow(
    window, visit, qtbot
):
    qtbot.keyClick(window, Qt.Key.Key_1)

    qtbot.keyClick(window, Qt.Key.Key_S)

    assert running(window) == []
    offered = [action.words for action in window.bar.message.actions]
    assert offered[0] == "Not billable"
    assert "G0283" in offered


def test_a_digit_without_a_card_does_nothing(window, visit, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_9)

    assert running(window) == []


def test_a_focused_button_keeps_its_own_space(window, visit, qtbot):
    card = window.today.stopwatches.cards[2]
    card.setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(card, Qt.Key.Key_Space)

    assert running(window) == ["97530"]


def test_a_click_leaves_the_keyboard_where_it_was(window, visit, qtbot):
    cards = window.today.stopwatches.cards
    qtbot.mouseClick(cards[0], Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Qt.Key.Key_2)

    qtbot.keyClick(window, Qt.Key.Key_Space)

    assert running(window) == [], "Space stops; it does not press the card clicked before"


def test_pads_for_stimulation_are_set_up_so_attended_or_not_billable_is_offered(
    window, visit, qtbot
):
    qtbot.keyClick(window, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_5)

    assert running(window) == ["G0283"]
    assert [a.words for a in window.bar.message.actions] == ["97032", "Not billable"]


def test_a_blocked_card_says_why_and_what_a_press_does(window, visit, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_1)

    card = window.desk.card("97110")
    assert card.mood is Mood.SWITCHES
    assert window.today.stopwatches.cards[1].why_shown == "Locked while 97112 runs\npress to switch"


def test_another_patients_stopwatch_is_never_ended_without_asking(window, visit, qtbot):
    qtbot.keyClick(window, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = window.today.visits.form
    qtbot.keyClicks(form.patient, "P-1150")
    qtbot.keyClick(form.patient, Qt.Key.Key_Return)

    qtbot.keyClick(window, Qt.Key.Key_2)

    assert running(window) == ["97112"], "nothing has changed"
    assert window.bar.isVisible()
    assert "P-1042" in window.bar.title.text()

    qtbot.mouseClick(window.bar.buttons[0], Qt.MouseButton.LeftButton)
    assert running(window) == ["97110"]
    assert not window.bar.isVisible()


def test_the_bar_goes_by_itself(window, visit, qtbot, clock, pass_time):
    qtbot.keyClick(window, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_S)

    for _ in range(20):
        pass_time(window, clock, seconds=1)

    assert not window.bar.isVisible()


def test_the_window_follows_what_the_command_line_records(window, visit, clock, pass_time):
    from ptimer.operations.clinic import open_clinic
    from ptimer.operations.stopwatch import StartWish, start

    other = open_clinic(window.desk.clinic.folder, clock)
    start(other, StartWish("97530", ("P-1042",)))
    other.close()

    pass_time(window, clock, seconds=1)

    assert running(window) == ["97530"]
    assert window.desk.today.recorded_at == snapshots.today(window.desk.clinic).recorded_at
