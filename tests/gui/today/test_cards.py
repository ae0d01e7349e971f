"""The cards: one press starts; each says what a press would do."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import signing
from ptimer.operations.cards import Mood
from ptimer.operations.signing import SignWish

ESCAPE = Qt.Key.Key_Escape
RETURN = Qt.Key.Key_Return
USUAL = ["97112", "97110", "97530", "97535", "G0283"]


@pytest.fixture
def visit(hands):
    """A new visit of an OT under Medicare."""
    return hands.new_visit("P-1042", "O")


# -- which cards ---------------------------------------------------------------------------------


def test_a_new_visit_has_the_cards_of_its_discipline(hands, visit):
    assert hands.cards() == USUAL


def test_an_evaluation_that_is_over_leaves_the_cards_and_stays_in_the_record(hands, visit):
    hands.add_card("97165")
    assert hands.cards() == [*USUAL, "97165"]
    hands.press_card("97165")
    hands.pass_minutes(5)
    assert "97165" in hands.cards(), "while it runs it can be stopped"

    hands.press_card("97110")

    assert hands.units()["97165"] == "1"


def test_an_evaluation_that_nobody_put_there_leaves_when_it_is_over(morning):
    assert "97165" in morning.desk.view.record.codes
    assert "97165" not in morning.cards()


def test_a_code_that_was_timed_keeps_its_card_and_its_time(hands, visit):
    hands.add_card("97140")
    hands.treat("97140", 3)
    hands.new_visit("P-1150", "O")
    assert hands.cards() == USUAL, "another visit has not got it"
    hands.press(hands.visit_card("P-1042"))

    assert hands.card("97140").time_shown == "3:00"


@pytest.mark.parametrize("number", range(1, 6))
def test_each_digit_presses_the_card_that_shows_it(hands, visit, number):
    hands.type(str(number))

    assert hands.running() == [USUAL[number - 1]]
    assert f"({number})" in hands.card(USUAL[number - 1]).toolTip()


def test_a_held_digit_is_one_press(hands, visit, qtbot):
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    hands.type("1")
    kind = QKeyEvent.Type.KeyPress
    again = QKeyEvent(kind, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(hands.window, again)

    assert hands.running() == ["97112"]


def test_a_tenth_card_has_no_key(hands, visit):
    for code in ("97140", "97116", "97018", "97032", "97035"):
        hands.add_card(code)

    assert len(hands.cards()) == 10
    assert "(9)" in hands.stopwatches.cards[8].toolTip()
    assert "(" not in hands.stopwatches.cards[9].toolTip()


# -- what a card says ----------------------------------------------------------------------------


def test_a_card_is_read_out_by_what_a_press_on_it_does(hands, visit):
    hands.press_card("97112")

    assert hands.card("97112").accessibleName() == "Stop 97112 Balance, coordination, posture"
    assert hands.card("97110").accessibleName() == "Switch to 97110 Strength, endurance, range"
    assert hands.card("97110").accessibleDescription() == (
        "Locked while 97112 runs\npress to switch"
    )
    hands.press_card("97112")
    assert hands.card("97110").accessibleName() == "Start 97110 Strength, endurance, range"


def test_the_cards_of_one_line_say_when_a_press_stops_them(hands, visit):
    hands.press(hands.stopwatches.rest)
    assert hands.stopwatches.rest.accessibleName() == "Stop Rest"

    hands.press(hands.stopwatches.rest)

    assert hands.running() == []
    assert hands.stopwatches.rest.accessibleName() == "Rest"


def test_supervision_level_is_offered_only_while_something_runs_one_on_one(hands, visit):
    assert not hands.stopwatches.supervision.isVisible()
    hands.press_card("97112")
    assert hands.stopwatches.supervision.isVisible()

    hands.press_card("G0283")

    assert hands.running() == ["G0283"]
    assert not hands.stopwatches.supervision.isVisible()


def test_a_time_goes_on_where_it_was_stopped_and_past_an_hour_shows_hours(hands, visit):
    hands.treat("97110", 59)
    hands.press_card("97110")
    hands.pass_minutes(0, seconds=59)
    assert hands.card("97110").time_shown == "59:59"

    hands.pass_minutes(0, seconds=1)

    assert hands.card("97110").time_shown == "1:00:00"


def test_a_card_of_a_signed_visit_says_so_and_a_press_starts_nothing(morning):
    morning.desk.select(morning.visit_card("P-0981").row.visit_id)
    card = morning.stopwatches.cards[0]
    assert card.why_shown == "Signed: amend it to change its times"

    morning.press(card)

    assert morning.running() == ["97112"]
    assert morning.desk.view.visit.patient == "P-0981"
    assert morning.window.bar.isVisible()
    assert not morning.stopwatches.time_box.hint.isVisible(), (
        "its times can't be corrected by a press"
    )


def test_a_card_whose_press_asks_says_whom_it_would_take(hands, visit):
    hands.press_card("97112")
    hands.new_visit("P-1150", "O")

    assert hands.desk.card("97110").mood is Mood.ASKS
    assert hands.card("97110").why_shown == "97112 of P-1042 runs\na press asks first"


# -- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "code"), [("r", "REST"), ("R", "REST"), ("n", "NB"), ("N", "NB")])
def test_rest_and_not_billable_by_key_big_or_small(hands, visit, key, code):
    hands.press_card("97112")
    hands.type(key)

    assert hands.running() == [code]


def test_s_goes_over_to_supervision_level_and_does_nothing_where_nothing_runs(hands, visit):
    hands.type("s")
    assert not hands.window.messages.shown
    hands.press_card("97112")

    hands.type("s")

    assert hands.running() == []
    assert hands.window.bar.title.text() == "97112 ended: supervision level"


@pytest.mark.parametrize("keys", ["1", "r", "n", "s", "e", "+"])
def test_a_key_with_ctrl_or_alt_is_no_press_on_a_card(hands, visit, keys):
    for modifier in (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier):
        hands.qtbot.keyClick(hands.window, keys, modifier)

    assert hands.running() == []
    assert hands.window.body.name == "today"
    assert hands.stopwatches.add_card.search is None


def test_keys_of_the_cards_mean_nothing_on_other_screens(morning):
    morning.window.go("day-summary")
    morning.type("2r")

    assert morning.running() == ["97112"]


def test_letters_that_are_typed_into_a_field_press_no_card(hands, visit):
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.type("NR 1+")

    assert hands.running() == []
    assert hands.window.today.visits.form.patient.text() == "NR 1+"


# -- another code --------------------------------------------------------------------------------


def test_plus_finds_a_code_by_its_number_and_enter_puts_it_on_the_cards(hands, visit):
    hands.type("+")
    search = hands.stopwatches.add_card.search
    assert search.field.hasFocus()
    hands.type("9714")
    found = [search.found.item(place).text() for place in range(search.found.count())]
    assert found == ["97140  Hands-on manual techniques"]
    hands.key(RETURN)

    assert hands.cards() == [*USUAL, "97140"]
    assert not search.isVisible()
    hands.type("6")
    assert hands.running() == ["97140"]


def test_a_code_is_found_by_a_word(hands, visit):
    hands.type("+")
    hands.type("manual")

    found = hands.stopwatches.add_card.search.found
    assert [found.item(0).text(), found.count()] == ["97140  Hands-on manual techniques", 1]


def test_down_goes_through_what_is_found_and_enter_takes_it(hands, visit):
    hands.type("+")
    hands.type("970")
    found = hands.stopwatches.add_card.search.found
    second = found.item(1).data(Qt.ItemDataRole.UserRole)
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Down)
    hands.key(RETURN)

    assert hands.cards() == [*USUAL, second]


def test_a_press_on_what_is_found_takes_it(hands, visit):
    hands.press(hands.stopwatches.add_card.button)
    found = hands.stopwatches.add_card.search.found
    first = found.item(0)
    place = found.visualItemRect(first).center()
    hands.qtbot.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert hands.stopwatches.add_card.button.isVisible()
    assert first is not None


def test_escape_leaves_the_cards_as_they_were(hands, visit):
    hands.type("+")
    hands.type("9714")
    hands.key(ESCAPE)

    assert hands.cards() == USUAL
    assert hands.stopwatches.add_card.button.isVisible()
    hands.type("1")
    assert hands.running() == ["97112"], "the keys press the cards again"


def test_a_number_that_is_no_code_is_marked_and_told(hands, visit):
    hands.type("+")
    hands.type("00000")
    assert hands.stopwatches.add_card.search.field.wrong
    hands.key(RETURN)

    assert hands.window.bar.isVisible()
    assert "00000" in hands.window.bar.text.text()
    assert hands.cards() == USUAL


def test_a_search_closes_with_escape_wherever_the_keyboard_is(hands, visit):
    hands.type("+")
    hands.visit_card("P-1042").setFocus(Qt.FocusReason.TabFocusReason)
    hands.key(ESCAPE)

    assert hands.stopwatches.add_card.button.isVisible()


def test_a_search_is_one_visits_and_closes_when_another_is_looked_at(hands, visit):
    hands.new_visit("P-1150", "O")
    hands.type("+")
    hands.press(hands.visit_card("P-1042"))

    assert hands.stopwatches.add_card.button.isVisible()


def test_a_search_is_closed_when_one_comes_back_to_the_screen(hands, visit):
    hands.type("+")
    hands.press(hands.window.header.places["day-summary"])
    hands.press(hands.window.header.places["today"])

    assert hands.stopwatches.add_card.button.isVisible()


def test_what_is_found_is_explained_in_plain_words_never_taken_for_markup(hands, visit):
    hands.type("+")
    found = hands.stopwatches.add_card.search.found
    tips = [found.item(place).toolTip() for place in range(found.count())]

    assert all(tip == "" or tip.startswith("<p ") for tip in tips)


# -- the header of the visit ---------------------------------------------------------------------


def test_arrival_and_departure_are_one_press_each_and_a_second_takes_it_back(hands, visit):
    header = hands.stopwatches.header
    hands.press(header.arrive)
    hands.pass_minutes(45)
    hands.press(header.depart)
    assert (header.arrive.text(), header.depart.text()) == ("In 10:00", "Out 10:45")

    hands.press(header.depart)

    assert header.depart.text() == "Left"
    assert hands.desk.view.visit.departed_at is None


def test_sign_waits_for_a_time_and_leads_to_signing(hands, visit):
    sign = hands.stopwatches.header.sign
    assert not sign.isEnabled()
    hands.treat("97110", 8)
    hands.press(sign)

    assert hands.window.body.name == "sign"


def test_a_signed_visit_offers_its_amendment(hands, visit):
    hands.treat("97110", 8)
    visit_id = hands.desk.visit_id
    hands.desk.attempt(lambda c: signing.sign(c, visit_id, SignWish(credentials="OTR/L")))

    assert hands.stopwatches.header.sign.text() == "Amend…"
    assert not hands.stopwatches.header.arrive.isEnabled()
    hands.press(hands.stopwatches.header.sign)
    assert hands.window.body.name == "sign"


@pytest.mark.parametrize("by", ["key", "press"])
def test_edit_times_by_key_and_by_press(hands, visit, by):
    if by == "key":
        hands.type("e")
    else:
        hands.press(hands.stopwatches.header.edit)

    assert hands.window.body.name == "edit-times"
