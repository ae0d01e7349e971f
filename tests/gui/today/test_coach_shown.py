"""Which code gets the next unit, both rules beside each other, and the time in the clinic."""

import pytest

from ptimer.operations.in_clinic import Doing


def test_the_next_unit_names_the_code_that_it_goes_to(morning):
    assert morning.panel.next_unit.text.text().split("\n") == [
        "Next unit at 53 min: 6 min to go",
        "If 97112 goes on, it goes to 97110",
    ]
    morning.pass_minutes(6)
    assert morning.units() == {"97110": "2", "97165": "1", "97112": "2"}, "as it was foretold"


def test_a_tie_to_come_is_told(hands):
    hands.new_visit("P-1", "OT", "Medicare")
    hands.treat("97110", 9)
    hands.treat("97530", 7)
    hands.press_card("97112")
    hands.pass_minutes(1)

    assert hands.panel.next_unit.text.text().split("\n")[1] == (
        "If 97112 goes on, it is a tie then: 97530 or 97112"
    )


def test_a_unit_over_the_daily_limit_is_no_promise(hands):
    hands.new_visit("P-1", "OT", "Medicare")
    hands.press_card("97112")
    hands.pass_minutes(60)

    assert "but that is over the daily limit" in hands.panel.next_unit.text.text()


def test_midpoint_says_it_of_each_code_alone(hands):
    hands.new_visit("P-1", "OT", "Commercial (m")
    hands.press_card("97110")
    hands.pass_minutes(10)

    assert hands.panel.next_unit.text.text() == "97110: Next unit at 23 min: 13 min to go"


def test_a_press_shows_both_rules_beside_each_other_and_another_hides_them(morning):
    panel = morning.panel
    assert panel.beside is None
    morning.press(panel.compare)
    assert panel.beside.rows == [
        ("Code", "Min", "CMS", "Midpoint"),
        ("97110", "23", "1", "2"),
        ("97165", "5", "1", "1"),
        ("97112", "24", "2", "2"),
        ("Units", "", "3 + 1", "4 + 1"),
        ("This payer counts by CMS.",),
    ]
    morning.pass_minutes(6)
    assert panel.beside.rows[4] == ("Units", "", "4 + 1", "4 + 1"), "it goes on with the minutes"
    morning.press(panel.compare)
    assert not panel.beside.isVisible()


def test_nothing_is_compared_while_a_time_is_in_doubt(morning):
    morning.press(morning.panel.compare)
    morning.sleep(30)

    assert not morning.panel.beside.isVisible()


@pytest.fixture
def a_visit(hands):
    """Arrival, a gap of 2, 97110 of 10, a rest of 3, 97165 of 5, and a gap of 4 minutes."""
    hands.new_visit("P-1", "OT", "Medicare")
    hands.press(hands.stopwatches.header.arrive)
    hands.pass_minutes(2)
    hands.treat("97110", 10)
    hands.type("r")
    hands.pass_minutes(3)
    hands.type("r")
    hands.add_card("97165")
    hands.treat("97165", 5)
    hands.pass_minutes(4)
    hands.desk.refresh()
    return hands


def test_gaps_and_rest_stand_in_words(a_visit):
    assert a_visit.panel.within.text().split("\n") == [
        "10 min timed ≤ 15 treated ≤ 24 in the clinic",
        "5 min untimed, dotted · 3 min rest or not billable, hatched · 6 min gaps, empty",
    ]
    assert a_visit.panel.clinic_line.accessibleName() == a_visit.panel.within.text()


def test_each_kind_has_a_pattern_of_its_own_not_a_colour_alone(a_visit):
    line = a_visit.panel.clinic_line
    image = line.grab().toImage().convertToFormat(line.grab().toImage().Format.Format_RGB32)
    parts = line.time.parts
    first, last = parts[0].start, parts[-1].end
    filled = {}
    for part in parts:
        left, right = (
            round((moment - first) / (last - first) * image.width())
            for moment in (part.start, part.end)
        )
        ground = a_visit.window.look.color("bg").rgb()
        inside = [
            image.pixel(x, y) != ground
            for x in range(left + 2, right - 2)
            for y in range(3, image.height() - 3)
        ]
        filled[part.doing] = sum(inside) / len(inside)

    assert filled[Doing.TIMED] == 1
    assert filled[Doing.GAP] == 0
    assert 0 < filled[Doing.APART] < 0.5 < filled[Doing.UNTIMED] + 0.2 < 1


def test_without_an_arrival_there_is_no_line(hands):
    hands.new_visit("P-1", "OT", "Medicare")
    hands.treat("97110", 10)
    assert hands.panel.clinic_line is None
    hands.press(hands.stopwatches.header.arrive)
    assert hands.panel.clinic_line.isVisible()
    hands.press(hands.stopwatches.header.arrive)
    assert not hands.panel.clinic_line.isVisible()
