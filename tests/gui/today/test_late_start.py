"""It began five minutes ago; and: that stop was one press too many."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication

from ptimer.timing.service_date import clock_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def treated(hands):
    """97110 from 10:00 to 10:15, then a break, then 97112 since 10:20; it is 10:21."""
    hands.new_visit("P-1042", "O")
    hands.treat("97110", 15)
    hands.pass_minutes(5)
    hands.press_card("97112")
    hands.pass_minutes(1)
    return hands


@pytest.fixture
def switched(hands):
    """97110 from 10:00, switched to 97112 at 10:15; it is 10:16."""
    hands.new_visit("P-1042", "O")
    hands.press_card("97110")
    hands.pass_minutes(15)
    hands.press_card("97112")
    hands.pass_minutes(1)
    return hands


def form_of(hands):
    return hands.stopwatches.late_start


def times(hands):
    zone = hands.clock.zone
    return [
        (s.code, clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
        for s in hands.desk.view.record.segments
    ]


# -- it began some minutes ago -------------------------------------------------------------------


@pytest.mark.parametrize(("place", "start"), [(0, "10:20:00"), (1, "10:19:00"), (2, "10:16:00")])
def test_one_press_says_how_many_minutes_ago_it_began(treated, place, start):
    treated.pass_minutes(0, seconds=0)
    treated.press(treated.stopwatches.earlier)
    assert form_of(treated).title.text() == "97112 was pressed at 10:20:00. When did it begin?"
    treated.press(form_of(treated).presses[place])

    if start == "10:20:00":
        assert "runs since 10:20:00 as it is" in form_of(treated).verdict.text.text()
    else:
        assert not form_of(treated).isVisible()
        assert "began at" in treated.window.bar.title.text()
    assert times(treated)[-1] == ("97112", start, None)


def test_b_a_number_and_enter_do_the_same_and_the_card_shows_it(treated):
    treated.type("b")
    treated.type("4")
    treated.key(Qt.Key.Key_Return)

    assert times(treated)[-1] == ("97112", "10:17:00", None)
    assert treated.card("97112").time_shown == "4:00"
    assert treated.window.bar.title.text() == "97112 began at 10:17"


@pytest.mark.parametrize("typed", ["", "0", "abc", "999"])
def test_what_is_no_number_of_minutes_is_told_and_marked(treated, typed):
    before = times(treated)
    treated.type("b")
    treated.type(typed)
    treated.key(Qt.Key.Key_Return)

    form = form_of(treated)
    assert form.minutes.wrong
    assert form.minutes.hasFocus()
    assert "no number of minutes" in form.verdict.text.text()
    assert times(treated) == before


def test_a_conflict_is_refused_with_the_rule_and_the_earliest_start_is_one_press(treated):
    treated.type("b")
    treated.press(form_of(treated).presses[3])
    verdict = form_of(treated).verdict
    assert "10:11 would overlap 97110 10:00–10:15" in verdict.title.text()  # noqa: RUF001
    assert "The earliest start that fits is 10:15:00." in verdict.text.text()
    assert times(treated)[-1] == ("97112", "10:20:00", None)

    treated.press(verdict.use)
    assert times(treated)[-1] == ("97112", "10:15:00", None)
    assert not form_of(treated).isVisible()


def test_a_switch_that_was_pressed_late_is_put_right_as_a_whole(switched):
    switched.type("b")
    switched.press(form_of(switched).presses[2])
    assert not form_of(switched).verdict.use.isVisible(), "it could not begin earlier alone"
    assert form_of(switched).both.text() == "End 97110 at 10:11, too"
    switched.press(form_of(switched).both)

    assert times(switched) == [("97110", "10:00:00", "10:11:00"), ("97112", "10:11:00", None)]
    assert switched.window.bar.text.text() == "97110 ended then."


@pytest.mark.parametrize("by", ["the-bar", "ctrl-z"])
def test_it_can_be_taken_back(switched, by):
    before = times(switched)
    switched.type("b")
    switched.press(form_of(switched).presses[2])
    switched.press(form_of(switched).both)
    if by == "the-bar":
        switched.press(switched.window.bar.buttons[0])
    else:
        switched.key(Qt.Key.Key_Z, CTRL)

    assert times(switched) == before


def test_the_menu_of_a_running_card_asks_for_that_code(hands):
    hands.new_visit("P-1042", "O")
    hands.press_card("G0283")
    hands.pass_minutes(1)
    hands.press_card("97110")
    hands.pass_minutes(2)
    for code in ("97530", "G0283"):
        card = hands.card(code)
        where = card.rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, card.mapToGlobal(where))
        QApplication.sendEvent(card, event)

    assert form_of(hands).title.text().startswith("G0283 was pressed at 10:00:00")
    hands.press(form_of(hands).presses[3])
    assert times(hands)[0] == ("G0283", "09:53:00", None)


def test_nothing_is_asked_where_nothing_runs(hands):
    hands.new_visit("P-1042", "O")
    hands.type("b")
    assert form_of(hands) is None
    assert not hands.stopwatches.earlier.isVisible()


def test_nothing_is_asked_of_what_is_in_doubt(morning):
    morning.sleep(30)
    morning.window.go("today")
    assert not morning.stopwatches.earlier.isVisible()


@pytest.mark.parametrize("by", ["escape", "cancel", "a-stop", "another-visit"])
def test_the_question_goes_away_and_changes_nothing(morning, by):
    before = times(morning)
    morning.type("b")
    assert form_of(morning).isVisible()
    if by == "escape":
        morning.key(Qt.Key.Key_Escape)
    elif by == "cancel":
        morning.press(form_of(morning).cancel)
    elif by == "a-stop":
        morning.press_card("97112")
    else:
        morning.press(morning.visit_card("P-1150"))

    assert not form_of(morning).isVisible()
    if by in ("escape", "cancel"):
        assert times(morning) == before
        morning.key(Qt.Key.Key_Space)
        assert morning.running() == [], "Space is the stopwatch's again"


# -- undo stop -----------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["the-bar", "ctrl-z"])
def test_a_stop_can_be_taken_back_and_it_runs_as_if_it_had_never_stopped(morning, by):
    morning.key(Qt.Key.Key_Space)
    bar = morning.window.bar
    assert bar.title.text() == "97112 of P-1042 stopped"
    morning.pass_minutes(0, seconds=8)
    if by == "the-bar":
        assert bar.buttons[0].text() == "Undo stop"
        morning.press(bar.buttons[0])
    else:
        morning.key(Qt.Key.Key_Z, CTRL)

    assert morning.running() == ["97112"]
    assert morning.card("97112").time_shown == "24:15"
    assert not bar.isVisible()


def test_the_offer_goes_by_itself_and_with_the_next_press(morning):
    morning.key(Qt.Key.Key_Space)
    morning.pass_minutes(1)
    morning.clock.advance(seconds=1)
    for _ in range(15):
        morning.desk.tick()
    assert not morning.window.bar.isVisible()

    morning.key(Qt.Key.Key_Space)
    morning.key(Qt.Key.Key_Space)
    assert morning.window.bar.isVisible()
    morning.press_card("97110")
    assert not morning.window.bar.isVisible(), "it would take another press back now"


def test_a_switch_offers_no_undo_of_a_stop(morning):
    morning.press_card("97110")

    assert not morning.window.messages.shown


def test_ctrl_z_with_nothing_to_take_back_says_so(morning):
    morning.key(Qt.Key.Key_Z, CTRL)

    assert morning.window.bar.title.text() == "Nothing to take back"
    assert morning.running() == ["97112"]


def test_ctrl_z_does_nothing_while_the_window_is_locked(morning):
    morning.key(Qt.Key.Key_Space)
    morning.window.lock()
    morning.key(Qt.Key.Key_Z, CTRL)

    assert morning.running() == []
