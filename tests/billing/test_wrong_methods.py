"""Ways of counting that have been published and are wrong: ptimer must not agree with them."""

import pytest


def _units(visit):
    return {line.code.code: line.units for line in visit.lines}


@pytest.mark.parametrize("rule", ["cms", "midpoint"])
@pytest.mark.parametrize(("minutes", "one_per_8"), [(16, 2), (24, 3), (40, 5), (60, 7)])
def test_not_one_unit_for_every_8_minutes(count, rule, minutes, one_per_8):
    assert count({"97110": minutes}, rule=rule).total_units < one_per_8


@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_no_fraction_of_a_unit(count, rule):
    units = count({"97110": 15}, rule=rule).total_units

    assert units == 1
    assert isinstance(units, int)


@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_a_unit_does_not_need_its_full_15_minutes(count, rule):
    assert count({"97110": 14}, rule=rule).total_units == 1


def test_a_code_of_6_minutes_may_earn_a_unit_where_minutes_are_pooled(count):
    assert _units(count({"97110": 32, "97140": 6})) == {"97110": 2, "97140": 1}


def test_not_every_code_of_8_minutes_earns_a_unit_where_minutes_are_pooled(count):
    visit = count({"97110": 18, "97140": 13, "97116": 10, "97035": 8})

    assert _units(visit) == {"97110": 1, "97140": 1, "97116": 1, "97035": 0}


def test_units_are_not_shared_in_proportion_to_minutes(count):
    # 2/3 and 1/3 of three units would be 2 and 1; in full quarter hours the first has but one.
    assert _units(count({"97110": 29, "97140": 14})) == {"97110": 2, "97140": 1}
    assert _units(count({"97110": 60, "97140": 8})) == {"97110": 4, "97140": 1}
    assert _units(count({"97110": 20, "97116": 10, "97140": 10})) == {
        "97110": 1,
        "97116": 1,
        "97140": 1,
    }


def test_not_all_units_go_to_one_code(count):
    assert {"97112": 3, "97110": 0} not in count({"97112": 20, "97110": 20}).choices


def test_not_two_units_each_for_22_and_20_minutes(count):
    assert count({"97110": 22, "97140": 20}).total_units == 3


def test_the_second_unit_does_not_go_to_the_longer_code_for_being_longer(count):
    assert _units(count({"97110": 23, "97140": 10})) == {"97110": 1, "97140": 1}


def test_unattended_minutes_are_not_read_off_the_chart(count):
    visit = count({"97110": 30, "97140": 15, "97035": 8, "G0283": 30})

    assert visit.timed_minutes == 53
    assert visit.total_units == 5, "83 minutes would say 6, and one for G0283 beside them"


def test_the_two_rules_are_not_swapped(count):
    eights = {"97110": 8, "97112": 8, "97140": 8}
    sevens = {"97110": 7, "97140": 7}

    assert [count(eights, rule=rule).total_units for rule in ("cms", "midpoint")] == [2, 3]
    assert [count(sevens, rule=rule).total_units for rule in ("cms", "midpoint")] == [1, 0]


def test_midpoint_pools_no_minutes_across_codes(count):
    assert _units(count({"97110": 22, "97140": 7}, rule="midpoint")) == {"97110": 1, "97140": 0}


def test_codes_of_their_own_steps_do_not_go_by_the_8_minute_rule(count):
    assert count({"97550": 8}).total_units == 0
    assert count({"96105": 30}).total_units == 0
