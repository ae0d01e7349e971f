import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.units import allowed_units, minutes_for, next_unit_at
from tests.billing.units_oracle import CHART, on_the_chart

FIRST_MINUTES = [(8, 1), (23, 2), (38, 3), (53, 4), (68, 5), (83, 6), (98, 7), (113, 8), (128, 9)]


@pytest.mark.parametrize(("minutes", "units"), FIRST_MINUTES)
def test_a_unit_more_is_allowed_exactly_from_medicares_minute_on(minutes, units):
    assert allowed_units(minutes - 1) == units - 1
    assert allowed_units(minutes) == units
    assert allowed_units(minutes + 14) == units
    assert minutes_for(units) == minutes


def test_no_minutes_allow_no_unit():
    assert allowed_units(0) == 0


@given(st.integers(0, 1440))
def test_a_whole_day_goes_by_the_chart(minutes):
    assert allowed_units(minutes) == on_the_chart(minutes)


@pytest.mark.parametrize("minutes", range(200))
def test_the_next_unit_comes_at_the_promised_minute_and_not_before(minutes):
    promised = next_unit_at(minutes)

    assert promised == min(fewest for fewest in CHART if fewest > minutes)
    assert allowed_units(promised) == allowed_units(minutes) + 1
    assert allowed_units(promised - 1) == allowed_units(minutes)


def test_negative_minutes_are_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="negative: -1"):
        allowed_units(-1)


@given(st.dictionaries(st.sampled_from(["97110", "97112", "97140"]), st.integers(0, 90)))
def test_a_visit_gets_its_next_unit_at_the_promised_total(count, minutes):
    visit = count(minutes)
    missing = visit.next_unit_at - visit.timed_minutes

    for code in ("97110", "97112", "97140"):
        longer = minutes | {code: minutes.get(code, 0) + missing}
        nearly = minutes | {code: minutes.get(code, 0) + missing - 1}
        assert _earned(count(longer)) == _earned(visit) + 1
        assert _earned(count(nearly)) == _earned(visit)


def test_by_midpoint_each_code_has_a_next_unit_of_its_own(count):
    visit = count({"97110": 7, "97140": 23, "97161": 30}, rule="midpoint")

    assert visit.next_unit_at is None
    assert [line.next_unit_at for line in visit.lines] == [8, 38, None]


def test_where_minutes_are_pooled_only_a_code_of_its_own_steps_has_its_own_next_unit(count):
    visit = count({"97110": 7, "97550": 16, "97161": 30})

    assert visit.next_unit_at == 8
    assert {line.code.code: line.next_unit_at for line in visit.lines} == {
        "97110": None,
        "97550": 38,
        "97161": None,
    }


def _earned(visit):
    return sum(line.earned for line in visit.lines)
