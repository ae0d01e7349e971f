"""The unit panel: how many units the minutes allow while they run, and why."""

import pytest
from PySide6.QtCore import Qt

from ptimer.billing.payers import CombinedLimit, Effect, Payer, UnitRule
from ptimer.operations import own_payers, signing
from ptimer.operations.signing import SignWish


@pytest.fixture
def visit(hands):
    """A new visit of an OT under Medicare."""
    return hands.new_visit("P-1042", "O")


# -- live ----------------------------------------------------------------------------------------


def test_without_a_visit_it_says_what_it_will_do(hands):
    assert hands.panel.big.shown == "0"
    assert hands.panel.big.line_shown == "nothing timed yet"
    assert "Once a stopwatch runs" in hands.panel.why.text()
    assert not hands.panel.next_unit.isVisible()
    assert hands.panel.table.rows == ()


@pytest.mark.parametrize(
    ("minutes", "units", "to_go"),
    [
        (0, "0", "First unit at 8 min"),
        (7, "0", "Next unit at 8 min: 1 min to go"),
        (8, "1", "Next unit at 23 min: 15 min to go"),
        (22, "1", "Next unit at 23 min: 1 min to go"),
        (23, "2", "Next unit at 38 min: 15 min to go"),
    ],
)
def test_units_and_the_next_one_follow_the_minutes_without_a_press(
    hands, visit, minutes, units, to_go
):
    hands.press_card("97110")
    hands.pass_minutes(minutes)

    assert hands.panel.big.shown == units
    assert hands.panel.big.line_shown == f"{minutes} min timed · {minutes} min total"
    assert hands.panel.next_unit.text.text() == to_go
    assert hands.units() == {"97110": units}


def test_a_minute_is_counted_when_it_is_whole_and_not_before(hands, visit):
    hands.press_card("97110")
    hands.pass_minutes(7, seconds=59)
    assert hands.panel.big.shown == "0"

    hands.pass_minutes(0, seconds=1)

    assert hands.panel.big.shown == "1"


def test_timed_untimed_and_rest_are_counted_apart(morning):
    panel = morning.panel

    assert panel.big.shown == "3 + 1"
    assert panel.big.line_shown == "47 min timed · 52 min total"
    assert [(r.code, r.remark, r.minutes, r.units, r.cap) for r in panel.table.rows] == [
        ("97110", "", "23", "1", "1 of 6"),
        ("97165", "untimed", "5", "1", "1 of 1"),
        ("97112", "", "24", "2", "2 of 4"),
    ]
    assert panel.scale.marks() == [8, 23, 38, 53, 68]
    morning.key(Qt.Key.Key_R)
    morning.pass_minutes(10)
    assert panel.big.line_shown == "47 min timed · 52 min total"


def test_every_unit_is_explained_in_steps(morning):
    assert morning.panel.why_title.text() == "WHY 1 + 2, AND + 1"
    assert morning.panel.why.text().splitlines() == [
        "47 timed minutes allow 3 units (38 to 52).",
        "97110 earns 1 unit for 15 full minutes, 8 left over.",
        "97112 earns 1 unit for 15 full minutes, 9 left over.",
        "One more goes to 97112: it has 9 min left over, 97110 8.",
        "97165 is untimed: 1 unit a visit, outside the 47 timed min.",
        "By the midpoint rule it would be 4 + 1. This payer counts by CMS.",
    ]


def test_timed_treated_and_in_the_clinic_are_set_side_by_side(morning):
    within = morning.panel.within

    assert within.text().split("\n")[0] == "47 min timed ≤ 52 treated ≤ 53 in the clinic"
    morning.pass_minutes(1)
    assert within.text().split("\n")[0] == "48 min timed ≤ 53 treated ≤ 54 in the clinic"


def test_past_the_last_mark_the_scale_slides_on(hands, visit):
    hands.press_card("97110")
    hands.pass_minutes(68)

    assert hands.panel.scale.marks() == [23, 38, 53, 68, 83]
    assert "68 minutes on the scale 23, 38" in hands.panel.scale.accessibleName()


def test_where_each_code_counts_alone_each_has_its_scale_and_its_next_unit(hands):
    hands.new_visit("P-1077", "O", "Commercial")
    hands.treat("97110", 10)
    hands.press_card("97112")
    hands.pass_minutes(9)
    panel = hands.panel

    assert panel.big.shown == "2"
    assert not panel.scale.isVisible()
    names = [scale.accessibleName() for scale in panel.scales if scale.isVisible()]
    assert [name.split(" minutes")[0] for name in names] == ["97110 10", "97112 9"]
    assert panel.next_unit.text.text() == "97112: Next unit at 23 min: 14 min to go"
    assert panel.why.text().endswith(
        "By the CMS rule it would be 1. This payer counts by midpoint."
    )
    hands.new_visit("P-1042", "O", "Medicare")
    assert panel.scale.isVisible()
    assert not any(scale.isVisible() for scale in panel.scales)


# -- a tie ---------------------------------------------------------------------------------------


@pytest.fixture
def tied(hands, visit):
    """Twenty minutes each of two codes: three units are allowed, and one is nobody's yet."""
    hands.treat("97112", 20)
    hands.treat("97110", 20)
    return hands


def test_a_tie_is_shown_as_one_and_asks_which_code_gets_the_unit(tied):
    tie = tied.panel.tie

    assert tie.isVisible()
    assert tie.title.text() == "Choose: which code gets the unit?"
    assert [way.text() for way in tie.ways] == ["97112 · 20 min", "97110 · 20 min"]
    assert not any(way.isChecked() for way in tie.ways), "nobody has chosen yet"
    assert "1 to fix" in tied.row("P-1042").mark_text


@pytest.mark.parametrize("place", [0, 1])
def test_the_code_that_a_person_chooses_gets_the_unit(tied, place):
    tied.press(tied.panel.tie.ways[place])

    chosen = ["97112", "97110"][place]
    assert tied.units()[chosen] == "2"
    assert sorted(tied.units().values()) == ["1", "2"]
    assert [way.isChecked() for way in tied.panel.tie.ways] == [place == 0, place == 1]
    assert "to fix" not in tied.row("P-1042").mark_text


def test_a_choice_can_be_made_with_the_keyboard_and_changed(tied):
    ways = tied.panel.tie.ways
    ways[0].setFocus(Qt.FocusReason.TabFocusReason)
    tied.key(Qt.Key.Key_Space)
    assert tied.units()["97112"] == "2"

    tied.panel.tie.ways[1].setFocus(Qt.FocusReason.TabFocusReason)
    tied.key(Qt.Key.Key_Space)

    assert tied.units() == {"97112": "1", "97110": "2"}


def test_a_tie_that_further_minutes_dissolve_is_not_asked_any_more(tied):
    tied.press_card("97110")
    tied.pass_minutes(1)

    assert not tied.panel.tie.isVisible()
    assert tied.units() == {"97112": "1", "97110": "2"}


def test_another_visit_shows_no_tie_of_the_one_before(tied):
    tied.new_visit("P-1150", "O")

    assert not tied.panel.tie.isVisible()


# -- warnings ------------------------------------------------------------------------------------


def test_units_over_the_cap_are_cut_and_said(hands, visit):
    hands.press_card("97112")
    hands.pass_minutes(68)

    row = hands.panel.table.rows[0]
    assert (row.units, row.cap, row.warns) == ("4", "4 of 4", True)
    assert hands.panel.big.shown == "4"
    assert "97112: 5 earned, cut to 4 a day" in hands.panel.why.text()


def test_units_that_a_limit_of_several_codes_cuts_are_said_at_the_code_and_in_words(hands, clinic):
    limit = CombinedLimit(("97110", "97530"), 2, Effect.CUT, "contract")
    own_payers.make(clinic, Payer("Acme", UnitRule.CMS, combined_limits=(limit,)), "contract")
    hands.new_visit("P-7", "O", "Acme")
    for code, minutes in (("97530", 15), ("97110", 23)):
        hands.press_card(code)
        hands.pass_minutes(minutes)

    exercise = next(row for row in hands.panel.table.rows if row.code == "97110")
    assert (exercise.units, exercise.cap, exercise.warns) == ("1", "cut", True)
    assert hands.panel.big.shown == "2"
    assert "97110 is cut to 1" in hands.panel.warning.text.text()


def test_a_code_that_ran_unusually_long_is_warned_of_at_once(hands, visit):
    hands.press_card("97112")
    hands.pass_minutes(60)
    assert not hands.panel.warning.isVisible()

    hands.pass_minutes(1)

    assert hands.panel.warning.isVisible()
    assert "97112 ran 61 minutes" in hands.panel.warning.text.text()
    assert "say why it took longer" in hands.panel.warning.text.text()


def test_a_patient_who_left_before_the_treatment_ended_stands_out(hands, visit):
    hands.press(hands.stopwatches.header.arrive)
    hands.press_card("97110")
    hands.pass_minutes(10)
    hands.press(hands.stopwatches.header.depart)
    usual = hands.panel.within.palette().windowText().color()
    hands.pass_minutes(5)

    assert hands.panel.within.text() == "15 min timed ≤ 15 treated ≤ 10 in the clinic"
    assert hands.panel.within.palette().windowText().color() != usual


# -- signed --------------------------------------------------------------------------------------


def test_a_signed_visit_promises_no_further_unit(morning):
    morning.desk.select(morning.visit_card("P-0981").row.visit_id)

    assert morning.panel.big.shown == "3"
    assert not morning.panel.next_unit.isVisible()


def test_a_tie_of_a_signed_visit_is_settled(tied):
    tied.press(tied.panel.tie.ways[0])
    visit_id = tied.desk.visit_id
    tied.desk.attempt(lambda c: signing.sign(c, visit_id, SignWish(credentials="OTR/L")))

    assert not tied.panel.tie.isVisible()
    assert tied.units() == {"97112": "2", "97110": "1"}


# -- a time in doubt -----------------------------------------------------------------------------


def test_a_time_in_doubt_leaves_no_unit_that_looks_sure(morning):
    morning.sleep(20)
    panel, row = morning.panel, morning.row("P-1042")

    assert row.right == "47 min + in doubt"
    assert panel.big.shown == "?"
    assert panel.big.line_shown == "47 min sure · 97112 in doubt"
    assert row.mark_text == "97112?"
    assert "unit" not in row.spoken
    assert panel.table.rows == ()
    assert not panel.next_unit.isVisible()
    assert not panel.why.isVisible()


def test_list_and_panel_name_the_same_sure_minutes_however_long_the_answer_takes(morning):
    morning.sleep(20)
    morning.pass_minutes(12)

    assert morning.row("P-1042").right == "47 min + in doubt"
    assert morning.panel.big.line_shown == "47 min sure · 97112 in doubt"
    assert "after 10:36:07" in morning.panel.warning.text.text()


def test_minutes_of_another_code_after_the_doubt_are_sure(morning):
    morning.sleep(20)
    morning.window.go("today")
    morning.key(Qt.Key.Key_Space)
    morning.press_card("97110")
    morning.pass_minutes(5)

    assert morning.row("P-1042").right == "52 min + in doubt"
    assert morning.panel.big.line_shown == "52 min sure · 97112 in doubt"
    assert morning.panel.big.shown == "?"


def test_an_answer_brings_the_units_back(morning):
    morning.sleep(20)
    morning.key(Qt.Key.Key_2)
    morning.key(Qt.Key.Key_Return)

    assert morning.panel.big.shown == "3 + 1"
    assert morning.row("P-1042").right == "47 min · 3 + 1 units"


# -- what runs elsewhere -------------------------------------------------------------------------


@pytest.fixture
def elsewhere(hands, visit):
    """97112 runs for P-1042 since five minutes, and P-1150 is looked at."""
    hands.press_card("97112")
    hands.pass_minutes(5)
    hands.new_visit("P-1150", "O")
    return hands


def test_what_runs_in_another_visit_is_shown_with_its_time(elsewhere):
    item = elsewhere.panel.running.items[0]

    assert (item.patient.text(), item.about.text()) == ("P-1042", "97112 · since 10:00")
    assert item.time.text() == "5:00"
    elsewhere.pass_minutes(0, seconds=1)
    assert item.time.text() == "5:01"


def test_it_can_be_stopped_from_here(elsewhere):
    elsewhere.press(elsewhere.panel.running.items[0].stop)

    assert elsewhere.running() == []
    assert not elsewhere.panel.running.isVisible()
    assert elsewhere.desk.view.visit.patient == "P-1150"


def test_one_press_leads_to_its_visit(elsewhere):
    elsewhere.press(elsewhere.panel.running.items[0].go)

    assert elsewhere.desk.view.visit.patient == "P-1042"
    assert not elsewhere.panel.running.isVisible()


def test_who_comes_back_from_another_screen_sees_what_is_so_now(hands, visit):
    hands.press_card("97110")
    hands.pass_minutes(23, seconds=30)

    hands.window.go("settings")
    hands.window.go("today")

    assert hands.panel.big.shown == "2"
    assert hands.card("97110").time_shown == "23:30"
    assert hands.window.header.clock.text().endswith("10:23")


def test_who_looks_at_another_visit_and_back_sees_what_is_so_now(hands, visit):
    hands.press_card("97110")
    hands.new_visit("P-1150")
    hands.pass_minutes(23, seconds=30)

    hands.desk.select(visit.id)

    assert hands.panel.big.shown == "2"
