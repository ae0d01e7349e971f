import pytest

from ptimer.billing.payers import UnitRule
from ptimer.billing.units import next_step_at, stepped_units
from ptimer.billing.visit_units import Entry, Terms, reckon
from tests.billing.units_oracle import steps_passed_half


def _units(visit):
    return {line.code.code: line.units for line in visit.lines}


@pytest.mark.parametrize(
    ("code", "minutes", "printed"),
    [
        ("97129", 7, {"97129": 0}),
        ("97129", 8, {"97129": 1}),
        ("97129", 22, {"97129": 1}),
        ("97129", 23, {"97129": 1, "97130": 1}),
        ("97129", 38, {"97129": 1, "97130": 2}),
        ("90912", 38, {"90912": 1, "90913": 2}),
        ("97550", 15, {"97550": 0}),
        ("97550", 16, {"97550": 1}),
        ("97550", 37, {"97550": 1}),
        ("97550", 38, {"97550": 1, "97551": 1}),
        ("97550", 52, {"97550": 1, "97551": 1}),
        ("97550", 53, {"97550": 1, "97551": 2}),
        ("97545", 60, {"97545": 0}),
        ("97545", 61, {"97545": 1}),
        ("97545", 150, {"97545": 1}),
        ("97545", 151, {"97545": 1, "97546": 1}),
        ("92607", 30, {"92607": 0}),
        ("92607", 31, {"92607": 1}),
        ("92607", 75, {"92607": 1}),
        ("92607", 76, {"92607": 1, "92608": 1}),
        ("92626", 67, {"92626": 1}),
        ("92626", 68, {"92626": 1, "92627": 1}),
        ("96112", 76, {"96112": 1, "96113": 1}),
        ("G0541", 38, {"G0541": 1, "G0542": 1}),
        ("96105", 90, {"96105": 1}),
        ("96105", 91, {"96105": 2}),
        ("96125", 30, {"96125": 0}),
        ("96125", 31, {"96125": 1}),
    ],
)
@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_a_base_code_is_timed_and_printed_with_its_add_on(count, rule, code, minutes, printed):
    visit = count({code: minutes}, rule=rule)

    assert _units(visit) == printed
    assert visit.timed_minutes == minutes
    assert visit.lines[0].minutes == minutes
    assert all(line.timed_on == code and line.minutes == 0 for line in visit.lines[1:])


@pytest.mark.parametrize(
    ("first", "further"), [(30, 15), (60, 30), (60, 15), (60, 60), (120, 60), (15, 15), (45, 25)]
)
def test_a_step_of_its_own_is_earned_past_its_half(first, further):
    for minutes in range(400):
        units = stepped_units(minutes, first, further)
        promised = next_step_at(minutes, first, further)

        assert units == steps_passed_half(minutes, first, further)
        assert promised > minutes
        assert stepped_units(promised - 1, first, further) == units
        assert stepped_units(promised, first, further) == units + 1


def test_minutes_of_a_code_with_its_own_steps_are_timed_and_never_pooled(count):
    alone = count({"97110": 7})
    beside = count({"97110": 7, "97550": 15})

    assert alone.total_units == beside.total_units == 0
    assert (beside.timed_minutes, beside.pooled_minutes) == (22, 7)
    assert beside.next_unit_at == 8


def test_a_pooled_base_code_shares_the_pool_with_the_others(count):
    assert _units(count({"97129": 24, "97110": 23})) == {"97129": 1, "97130": 1, "97110": 1}


def test_minutes_given_for_base_and_add_on_are_the_bases(count):
    assert _units(count({"97129": 15, "97130": 23})) == {"97129": 1, "97130": 2}
    assert _units(count({"97130": 23, "97129": 15})) == {"97129": 1, "97130": 2}


def test_minutes_of_the_same_code_given_twice_are_added_up(rulebook, rules):
    exercise = rulebook.codes["97110"]
    visit = reckon(
        [Entry(exercise, 4), Entry(exercise, 4)], Terms(rulebook.codes, rules), rule=UnitRule.CMS
    )
    assert _units(visit) == {"97110": 1}


@pytest.mark.parametrize("minutes", [0, 1, 7, 30, 240])
@pytest.mark.parametrize("code", ["97161", "G0283", "97150", "97012", "92507", "97139"])
def test_an_untimed_code_is_one_unit_a_visit_whatever_its_minutes(count, code, minutes):
    visit = count({code: minutes, "97110": 8})

    assert _units(visit) == {code: 1, "97110": 1}
    assert (visit.timed_minutes, visit.timed_units, visit.untimed_units) == (8, 1, 1)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [(0, {"97597": 0}), (1, {"97597": 1}), (2, {"97597": 1, "97598": 1}), (9, None)],
)
def test_the_number_of_an_area_code_is_the_clinicians(count, typed, printed):
    visit = count({"97597": 40}, typed={"97597": typed})

    assert _units(visit) == (printed or {"97597": 1, "97598": 8})
    assert visit.timed_minutes == 0
    assert visit.choices == ({},)


def test_rest_and_not_billable_time_earn_nothing(count):
    visit = count({"REST": 40, "NB": 20, "97110": 7})

    assert visit.total_units == 0
    assert visit.timed_minutes == 7


def test_a_code_with_minutes_and_no_unit_keeps_its_line(count):
    line = count({"97110": 18, "97035": 4}).line("97035")

    assert (line.minutes, line.units) == (4, 0)


def test_an_empty_visit_has_no_line_and_no_unit(count):
    visit = count({})

    assert visit.lines == ()
    assert (visit.total_units, visit.timed_minutes, visit.next_unit_at) == (0, 0, 8)
    assert visit.choices == ({},)
