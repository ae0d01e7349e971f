"""A visit of an earlier day is made by the same road as one of today, and typed, never timed."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ptimer.timing.service_date import clock_text, service_date

CTRL = Qt.KeyboardModifier.ControlModifier
YESTERDAY = date(2026, 11, 22)


def open_form(hands, patient):
    hands.qtbot.keyClick(hands.window, Qt.Key.Key_N, CTRL)
    form = hands.window.today.visits.form
    hands.type(patient)
    return form


def late(hands, patient="P-7", days=1):
    """Make a late entry with the keyboard alone: id, the day before, Enter."""
    form = open_form(hands, patient)
    hands.choose(form.discipline, "OT")
    form.day.setFocus()
    for _ in range(days):
        hands.key(Qt.Key.Key_Down)
    form.patient.setFocus()
    hands.key(Qt.Key.Key_Return)
    return hands.desk.view.visit


def type_date(hands, text, patient="P-7"):
    form = open_form(hands, patient)
    hands.choose(form.discipline, "OT")
    form.day.setFocus()
    hands.key(Qt.Key.Key_End)
    assert form.date.hasFocus()
    hands.type(text)
    hands.key(Qt.Key.Key_Return)
    return form


def test_a_new_visit_is_of_today_unless_another_day_is_picked(hands):
    form = open_form(hands, "P-7")
    assert form.day.currentText() == "A visit of today"
    assert not form.date.isVisible()
    hands.key(Qt.Key.Key_Return)

    assert hands.desk.view.visit.service_date == date(2026, 11, 23)
    assert hands.window.body.name == "today"


def test_a_day_that_is_picked_makes_a_late_entry_whose_times_are_typed(hands):
    visit = late(hands)
    assert visit.service_date == YESTERDAY
    assert hands.window.body.name == "edit-times"
    page = hands.window.body.screens["edit-times"].page
    assert "Sun 22 Nov 2026" in page.about.text()

    hands.press(page.add)
    form = page.add_time
    for field, text in ((form.code, "97110"), (form.start, "09:00"), (form.end, "09:20")):
        field.setFocus()
        with hands.qtbot.waitSignal(form.judged, timeout=2000):
            hands.type(text)
    form.reason.setFocus()
    hands.type("the PC was off")
    hands.key(Qt.Key.Key_Return)

    (segment,) = hands.desk.view.record.segments
    zone = hands.clock.zone
    assert service_date(segment.started_at, zone) == YESTERDAY
    assert (clock_text(segment.started_at, zone), clock_text(segment.ended_at, zone)) == (
        "09:00:00",
        "09:20:00",
    )
    assert hands.units() == {"97110": "1"}


@pytest.mark.parametrize("typed", ["2026-10-05", "05/10/2026"])
def test_any_other_date_is_typed_as_iso_or_as_the_system_writes_it(hands, typed):
    type_date(hands, typed)

    assert hands.desk.view.visit.service_date == date(2026, 10, 5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2026-11-24", "is in the future"),
        ("1999-12-31", "too long ago: check the year"),
        ("0001-01-01", "too long ago: check the year"),
        ("soon", "is not a date"),
        ("2026-02-30", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_a_date_that_cannot_be_is_told_and_what_was_typed_stays(hands, typed, said):
    form = type_date(hands, typed)

    assert form.isVisible()
    assert form.date.wrong
    assert form.patient.text() == "P-7"
    assert said in hands.window.bar.text.text().replace("\u200b", "")
    assert hands.desk.view is None


def test_the_form_begins_with_today_again(hands):
    late(hands)
    hands.window.go("today")
    form = open_form(hands, "P-8")

    assert form.day.currentText() == "A visit of today"
    assert form.planned.isVisible()
    assert form.make.text() == "Make visit"


def test_only_a_visit_of_today_is_planned(hands):
    form = open_form(hands, "P-7")
    hands.choose(form.discipline, "OT")
    form.planned.setFocus()
    hands.type("10:45")
    form.day.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert not form.planned.isVisible()
    assert form.make.text() == "Make late entry"
    hands.press(form.make)

    assert hands.desk.view.visit.planned_at is None


def test_the_same_patient_and_day_is_the_same_visit_also_once_it_is_signed(morning):
    first = late(morning, "P-7")
    morning.window.go("today")
    morning.press(morning.visit_card("P-1150"))
    again = late(morning, "P-7")

    assert again.id == first.id


def test_an_entry_without_times_stands_in_the_list_while_it_is_looked_at(hands):
    late(hands)

    assert (hands.row("P-7").right, hands.row("P-7").about) == ("22 Nov 2026", "OT · Medicare")
    assert hands.visit_card("P-7").chosen


def test_it_is_scrolled_into_view_below_a_full_day(morning):
    late(morning)
    card = morning.visit_card("P-7")

    def seen():
        return card.visibleRegion().boundingRect().height() == card.height()

    morning.qtbot.waitUntil(seen, timeout=2000)


# -- nothing of an earlier day is timed live -----------------------------------------------------


@pytest.mark.parametrize("press", ["card", "digit", "rest", "arrived", "left"])
def test_nothing_in_it_is_started_live_and_it_says_why(hands, press):
    late(hands)
    hands.window.go("today")
    before = hands.desk.view.record
    assert hands.stopwatches.cards[0].why_shown.startswith("Of 22 Nov 2026: add a time")
    if press == "card":
        hands.press(hands.stopwatches.cards[0])
    elif press == "digit":
        hands.type("2")
    elif press == "rest":
        hands.type("r")
    elif press == "arrived":
        hands.press(hands.stopwatches.header.arrive)
    else:
        hands.press(hands.stopwatches.header.depart)

    assert hands.desk.view.record == before
    said = hands.window.bar.text.text()
    assert "P-7's visit is of 22 Nov 2026" in said
    assert "Edit times" in said


def test_unsigned_visits_of_earlier_days_are_reached_by_press_and_by_arrow(hands):
    hands.new_visit("P-1", "O")
    hands.treat("97110", 20)
    hands.clock.advance(hours=24)
    hands.desk.tick()
    hands.new_visit("P-2", "O")

    assert [row.patient for row in hands.rows()] == ["P-2", "P-1"]
    hands.list.setFocus()
    hands.key(Qt.Key.Key_Down)
    assert hands.desk.view.visit.patient == "P-1"
    hands.press(hands.visit_card("P-2"))
    hands.press(hands.visit_card("P-1"))
    assert hands.desk.view.visit.patient == "P-1"
    hands.press(hands.stopwatches.header.sign)
    assert hands.window.body.name == "sign"
