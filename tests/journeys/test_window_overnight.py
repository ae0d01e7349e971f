"""Past midnight, and on the next morning: a time belongs to the day on which its visit began."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import watching

MONDAY = "2026-11-23"
TUESDAY = "2026-11-24"


@pytest.fixture
def late(sit_down):
    """Ana on Monday at 23:40, with 97110 of P-1 running."""
    hands = sit_down(f"{MONDAY}T23:35:00")
    hands.type("Ana Able, OTR/L")
    hands.key(Qt.Key.Key_Return)
    hands.visit("P-1")
    hands.at("23:40:00")
    hands.press("97110")
    return hands


def export_monday(hands, path):
    """Go back a day in the summary, and save its lines."""
    hands.click(hands.window.header.places["day-summary"])
    hands.window.setFocus()
    hands.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    return hands.export(path)


def test_a_stopwatch_over_midnight_counts_for_the_day_before(late, tmp_path):
    late.at("00:05:00")
    assert late.running == [("P-1", "97110")]
    assert [view.visit.patient for view in late.window.desk.today.earlier] == ["P-1"]
    assert late.units == ("2", "25 min timed · 25 min total")
    late.stop()
    late.visit("P-1")
    late.press("97112")
    late.at("00:15:00")
    late.stop()

    assert len(late.window.desk.today.visits) == 1, "a visit of Tuesday, beside Monday's"
    late.window.desk.select(late.window.desk.today.earlier[0].visit.id)
    late.click(late.window.today.stopwatches.header.sign)
    late.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (row,) = export_monday(late, tmp_path / "lines.csv")
    columns = ("patient_id", "code", "units", "minutes", "date_of_service", "time_in", "time_out")
    # 23:40 to 00:05 are 25 minutes: two units, of Monday.
    told = ("P-1", "97110", "2", "25", MONDAY, "23:40", "00:05")
    assert tuple(row[column] for column in columns) == told


def test_what_was_left_running_on_a_pc_that_slept_is_asked_about_in_the_morning(late, tmp_path):
    late.at("23:50:00")
    late.clock.advance(hours=8)
    late.window.desk.tick()
    page = late.screen("recovery").page
    assert "23:50:00" in [value for _, value in page.facts.facts]
    assert page.bar.sure_words == "97110 · 10 min recorded"

    late.key(Qt.Key.Key_3)
    with late.qtbot.waitSignal(page.judged):
        late.qtbot.keyClicks(page.ended_at, "23:55")
    late.qtbot.keyClick(page.ended_at, Qt.Key.Key_Return)
    assert late.running == []
    assert watching.in_doubt(late.window.desk.clinic) == ()
    late.window.desk.select(late.window.desk.today.earlier[0].visit.id)
    assert late.units == ("1", "15 min timed · 15 min total")
    late.click(late.window.today.stopwatches.header.sign)
    late.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (row,) = export_monday(late, tmp_path / "lines.csv")
    # 23:40 to 23:55, whatever the clock says by now.
    told = (row["minutes"], row["units"], row["time_out"], row["date_of_service"])
    assert told == ("15", "1", "23:55", MONDAY)


def test_the_next_morning_what_was_not_signed_stands_under_the_visits_of_the_day(late, sit_down):
    late.at("23:56:00")
    late.stop()
    late.window.close()

    morning = sit_down(f"{TUESDAY}T07:50:00")

    assert morning.window.desk.today.visits == ()
    cards = morning.window.today.visits.list.cards
    assert [card.row.patient for card in cards if card.isVisible()] == ["P-1"]
    assert morning.window.body.name == "today", "nothing is in doubt"
    morning.sign_part("P-1")
    assert morning.window.desk.today.earlier == (), "signed, it waits no more"


def test_what_was_left_running_on_purpose_still_runs_in_the_morning(late, sit_down):
    late.window.close()

    morning = sit_down(f"{TUESDAY}T00:10:00")

    assert morning.running == [("P-1", "97110")]
    assert morning.window.body.name == "today"
    assert morning.units == ("2", "30 min timed · 30 min total")
