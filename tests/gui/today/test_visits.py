"""The visits on the left: what each row says, and how one goes from one to the next."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import stopping, stopwatch, visiting
from ptimer.operations.stopwatch import StartWish

DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up


def said(hands):
    """What a person reads from top to bottom."""
    return [(row.patient, row.right, row.mark_text) for row in hands.rows()]


# -- what a row says -----------------------------------------------------------------------------


def test_each_row_says_minutes_and_units_and_what_runs_or_is_signed_or_planned(morning):
    assert said(morning)[2:5] == [
        ("P-1013", "23 min · 2 units", "signed"),
        ("P-1042", "47 min · 3 + 1 units", "97112"),
        ("P-1150", "planned 10:45", ""),
    ]
    assert morning.row("P-1042").about == "OT · Medicare"
    assert morning.visit_card("P-1042").chosen


def test_the_visits_stand_in_the_order_in_which_they_are_expected(morning):
    planned = [row.right for row in morning.rows() if row.right.startswith("planned")]

    assert planned == sorted(planned)
    assert len(planned) >= 5


def test_what_is_to_fix_is_counted(evening):
    marks = [row.mark_text for row in evening.rows()]

    assert marks.count("signed") == 7
    assert [mark for mark in marks if "to fix" in mark] == ["2 to fix", "2 to fix"]


def test_minutes_and_units_of_a_row_follow_the_minutes(morning):
    morning.pass_minutes(6)

    assert morning.row("P-1042").right == "53 min · 4 + 1 units"


def test_several_that_run_are_counted_beside_the_last(hands):
    hands.new_visit("P-1042", "O")
    hands.press_card("G0283")
    hands.add_card("97018")
    hands.press_card("97018")

    assert hands.running() == ["G0283", "97018"]
    assert hands.row("P-1042").mark_text == "97018 +1"


def test_a_visit_left_unsigned_yesterday_stands_below_today_with_its_date(
    clock, clinic, make_window, qtbot
):
    visit = visiting.open_visit(clinic, "P-0777", payer="Medicare", discipline="OT")
    stopwatch.start(clinic, StartWish("97110", ("P-0777",), visit_id=visit.id))
    clock.advance(minutes=20)
    stopping.stop(clinic, stopping.StopWish())
    clock.advance(hours=24)
    visiting.open_visit(clinic, "P-1042", payer="Medicare", discipline="OT")
    visits = make_window(clinic).today.visits.list

    rows = [card.row for card in visits.cards if card.isVisible()]
    assert [(row.patient, row.right) for row in rows] == [("P-1042", ""), ("P-0777", "23 Nov 2026")]
    headings = [label.text() for label in visits._headings]
    assert headings == ["UNSIGNED FROM EARLIER DAYS"]


def test_a_row_is_read_out_as_it_is_seen(morning):
    assert morning.visit_card("P-1042").accessibleName() == (
        "P-1042, OT · Medicare, 47 min · 3 + 1 units, 97112"
    )


@pytest.mark.parametrize("patient", ["<b>x</b>", "A & B", "&lt;", "a\"b'c"])
def test_an_id_is_shown_as_it_was_typed(hands, patient):
    hands.new_visit(patient, "O")
    card = hands.visit_card(patient)

    assert patient in card.accessibleName()
    shown = _shown_tip(card.toolTip())
    assert shown.startswith(patient)
    assert _shown_tip(hands.stopwatches.header.patient.toolTip()) == patient
    assert hands.stopwatches.header.patient.text() == patient
    assert hands.stopwatches.header.patient.textFormat() is Qt.TextFormat.PlainText


def _shown_tip(tip):
    """What a person reads of a tooltip."""
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_units_are_read_in_a_narrow_window_too(morning, qtbot):
    morning.window.resize(900, 600)
    card = morning.visit_card("P-1042")

    assert card.right_shown == "47 min · 3 + 1"
    morning.window.resize(1280, 800)
    assert card.right_shown == "47 min · 3 + 1 units"


def test_a_doubt_is_read_in_a_narrow_window_too(morning):
    morning.window.resize(900, 600)
    morning.sleep(20)

    assert morning.visit_card("P-1042").right_shown == "47 min + ?"


# -- from one to the next ------------------------------------------------------------------------


def test_a_press_on_a_row_shows_its_visit(morning):
    morning.press(morning.visit_card("P-1150"))

    assert morning.desk.view.visit.patient == "P-1150"
    assert morning.visit_card("P-1150").chosen
    assert not morning.visit_card("P-1042").chosen
    assert morning.stopwatches.header.patient.text() == "P-1150"


def test_the_arrows_go_from_visit_to_visit_and_stay_at_the_ends(morning):
    patients = [row.patient for row in morning.rows()]
    morning.visit_card("P-1042").setFocus(Qt.FocusReason.TabFocusReason)

    morning.key(DOWN)
    assert morning.desk.view.visit.patient == patients[patients.index("P-1042") + 1]
    assert morning.visit_card(morning.desk.view.visit.patient).hasFocus()
    morning.key(UP)
    morning.key(UP)
    assert morning.desk.view.visit.patient == patients[patients.index("P-1042") - 1]
    for _ in patients:
        morning.key(UP)
    assert morning.desk.view.visit.patient == patients[0]
    for _ in range(len(patients) + 3):
        morning.key(DOWN)
    assert morning.desk.view.visit.patient == patients[-1]


def test_the_row_that_the_arrows_reach_is_scrolled_into_view(morning):
    morning.window.resize(900, 600)
    morning.visit_card("P-1042").setFocus(Qt.FocusReason.TabFocusReason)
    for _ in morning.rows():
        morning.key(DOWN)
    card = morning.visit_card(morning.rows()[-1].patient)
    bottom = card.mapTo(morning.list, card.rect().bottomLeft()).y()

    assert card.hasFocus()
    assert 0 < bottom <= morning.list.height()


def test_tab_to_a_row_and_enter_or_space_shows_its_visit(morning):
    card = morning.visit_card("P-1150")
    card.setFocus(Qt.FocusReason.TabFocusReason)
    morning.key(Qt.Key.Key_Space)

    assert morning.desk.view.visit.patient == "P-1150"
    assert morning.running() == ["97112"], "Space pressed the row, and stopped nothing"


def test_a_second_visit_of_a_patient_on_one_day_has_a_row_of_its_own(hands):
    hands.new_visit("P-1042", "O")
    hands.new_visit("P-1042", "P")

    assert [row.about for row in hands.rows()] == ["OT · Medicare", "PT · Medicare"]


# -- in doubt ------------------------------------------------------------------------------------


def test_after_a_sleep_the_question_is_asked_at_once(morning):
    morning.sleep(20)

    assert morning.window.body.name == "recovery"


def test_a_press_on_the_card_in_doubt_opens_the_question_again(morning):
    morning.sleep(20)
    morning.key(Qt.Key.Key_Escape)
    assert morning.window.body.name == "today"
    card = morning.card("97112")
    assert card.accessibleName() == "Answer whether 97112 Balance, coordination, posture went on"

    morning.press(card)

    assert morning.window.body.name == "recovery"
    assert morning.running() == ["97112"], "nothing was stopped or guessed"


def test_rest_in_doubt_asks_too(morning):
    morning.key(Qt.Key.Key_R)
    morning.pass_minutes(3)
    morning.sleep(30)
    morning.key(Qt.Key.Key_Escape)
    assert morning.stopwatches.rest.accessibleName() == "Answer whether Rest went on"

    morning.press(morning.stopwatches.rest)

    assert morning.window.body.name == "recovery"


# -- the form ------------------------------------------------------------------------------------


def test_the_form_offers_what_a_known_patient_had_before(hands):
    hands.new_visit("P-1042", "O", "Commercial")
    hands.new_visit("P-1150", "P", "Medicare")
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.window.today.visits.form
    hands.type("P-1042")

    assert form.payer.currentText() == "Commercial (midpoint)"
    assert form.discipline.currentText() == "OT"


def test_without_an_id_the_form_stays_and_waits_for_one(hands):
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.window.today.visits.form
    hands.key(Qt.Key.Key_Return)

    assert form.isVisible()
    assert form.patient.hasFocus()
    assert form.patient.wrong
    assert hands.rows() == []


def test_a_planned_time_that_is_none_is_refused_in_words_and_nothing_is_lost(hands):
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.window.today.visits.form
    hands.type("P-1042")
    hands.qtbot.keyClicks(form.planned, "half past")
    hands.qtbot.keyClick(form.planned, Qt.Key.Key_Return)

    assert hands.window.bar.isVisible()
    assert "half past" in hands.window.bar.text.text()
    assert form.isVisible()
    assert form.patient.text() == "P-1042"


def test_a_row_says_when_a_visit_is_planned(hands):
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = hands.window.today.visits.form
    hands.type("P-1042")
    hands.qtbot.keyClicks(form.planned, "14:25")
    hands.qtbot.keyClick(form.planned, Qt.Key.Key_Return)

    assert hands.row("P-1042").right == "planned 14:25"
