from itertools import product

import pytest

from ptimer.billing.payers import Effect, OwnLimit
from ptimer.billing.units import pool
from ptimer.billing.visit_units import MOST_CHOICES, settle_tie
from tests.billing.units_oracle import legal_ways, shown_way


def _units(visit):
    return {line.code.code: line.units for line in visit.lines}


def _never_cut(code, units):
    return False


def test_any_two_codes_share_as_the_written_rule_allows():
    for first, second in product(range(46), repeat=2):
        minutes = {"97110": first, "97140": second}
        shared = pool(minutes)

        assert list(shared.ways()) == sorted(legal_ways(minutes), key=_by_first), minutes
        assert shared.pick(_never_cut) == shown_way(minutes, _never_cut), minutes


def test_any_three_short_codes_share_as_the_written_rule_allows():
    for each in product(range(0, 23, 2), range(1, 24, 2), range(23)):
        minutes = dict(zip(("97110", "97112", "97140"), each, strict=True))
        shared = pool(minutes)

        ways = legal_ways(minutes)
        assert all(way in ways for way in shared.ways()), minutes
        assert shared.count_of_ways() == len(ways), minutes
        assert shared.pick(_never_cut) == shown_way(minutes, _never_cut), minutes


def _by_first(way):
    return -way["97110"]


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [
        pytest.param(
            {"97112": 69, "97140": 39}, {"97112": 4, "97140": 3}, id="not-to-a-code-that-is-cut"
        ),
        pytest.param(
            {"97110": 36, "97140": 6},
            {"97110": 2, "97140": 1},
            id="no-unit-yet-before-more-minutes",
        ),
        pytest.param(
            {"97110": 23, "97140": 38}, {"97110": 1, "97140": 3}, id="more-minutes-before-order"
        ),
        pytest.param({"97140": 20, "97110": 20}, {"97140": 2, "97110": 1}, id="order-last"),
        pytest.param(
            {"97110": 22, "97140": 7, "97116": 22, "97530": 37},
            {"97110": 1, "97140": 1, "97116": 1, "97530": 3},
            id="two-units-by-two-claims",
        ),
    ],
)
def test_until_the_clinician_chooses_a_tie_goes_by_the_written_claims(count, minutes, shown):
    visit = count(minutes)

    assert visit.tied
    assert _units(visit) == shown


def test_a_code_that_its_cap_would_cut_yields_even_if_it_has_no_unit_yet(count, own_payer):
    payer = own_payer(own_limits=(OwnLimit("97110", 0, Effect.CUT, "not covered"),))
    visit = count({"97110": 8, "97140": 23}, payer=payer)

    assert _units(visit) == {"97110": 0, "97140": 2}
    assert not visit.line("97110").cut


def test_the_cap_of_the_add_on_counts_where_the_further_unit_is_printed_as_one(count, own_payer):
    payer = own_payer(own_limits=(OwnLimit("97130", 1, Effect.CUT, "contract"),))
    visit = count({"97129": 38, "97110": 23}, payer=payer)

    assert _units(visit) == {"97129": 1, "97130": 1, "97110": 2}


def test_the_clinicians_choice_stands_against_every_claim(count):
    choice = {"97112": 1, "97110": 2}
    visit = count({"97112": 20, "97110": 20}, choice=choice)

    assert _units(visit) == choice
    assert visit.chosen
    assert not visit.tied
    assert visit.count_of_choices == 2


@pytest.mark.parametrize(
    "choice",
    [
        pytest.param({"97112": 3, "97110": 0}, id="all-units-to-one"),
        pytest.param({"97112": 3, "97110": 1}, id="two-more-to-one"),
        pytest.param({"97112": 0, "97110": 1}, id="one-less-than-a-full-15"),
        pytest.param({"97112": 2, "97110": 2}, id="more-than-the-minutes-allow"),
        pytest.param({"97112": 1, "97110": 1}, id="fewer-than-the-minutes-allow"),
        pytest.param({"97112": 2}, id="silent-about-one-code"),
        pytest.param({}, id="empty"),
    ],
)
def test_a_choice_that_the_minutes_do_not_allow_is_as_good_as_none(count, choice):
    visit = count({"97112": 20, "97110": 20}, choice=choice)

    assert _units(visit) == {"97112": 2, "97110": 1}
    assert visit.tied


def test_a_choice_among_the_tied_takes_nothing_from_a_code_with_more_left_over(count):
    minutes = {"97112": 14, "97110": 7, "97140": 7}

    assert count(minutes, choice={"97112": 1, "97110": 0, "97140": 1}).chosen
    assert not count(minutes, choice={"97112": 0, "97110": 1, "97140": 1}).chosen


def test_what_is_settled_by_the_minutes_was_not_chosen(count):
    assert not count({"97112": 24, "97110": 23}, choice={"97112": 2, "97110": 1}).chosen


def test_a_pool_allows_its_own_ways_and_no_others():
    shared = pool({"97112": 20, "97110": 20})

    assert all(shared.allows(way) for way in shared.ways())
    assert not shared.allows({"97112": 2, "97110": 1, "97140": 0})
    assert not shared.allows({"97112": 2})


def test_a_choice_falls_when_later_minutes_settle_the_tie(count):
    visit = count({"97112": 21, "97110": 20}, choice={"97112": 1, "97110": 2})

    assert _units(visit) == {"97112": 2, "97110": 1}
    assert not visit.chosen
    assert not visit.tied


def test_a_stored_choice_of_base_and_add_on_is_the_bases(count):
    minutes = {"97129": 20, "97110": 20}
    assert count(minutes).choices == (
        {"97129": 1, "97130": 1, "97110": 1},
        {"97129": 1, "97110": 2},
    )

    kept = count(minutes, choice={"97129": 1, "97130": 1, "97110": 1})
    other = count(minutes, choice={"97129": 1, "97110": 2})
    assert kept.chosen
    assert _units(kept) == {"97129": 1, "97130": 1, "97110": 1}
    assert other.chosen
    assert _units(other) == {"97129": 1, "97110": 2}


def test_by_midpoint_there_is_nothing_to_choose(count):
    visit = count({"97112": 20, "97110": 20}, rule="midpoint", choice={"97112": 2, "97110": 1})

    assert _units(visit) == {"97112": 1, "97110": 1}
    assert (visit.tied, visit.chosen, visit.count_of_choices) == (False, False, 1)


@pytest.mark.parametrize(
    ("wanted", "settled"),
    [
        pytest.param({"97112": 2, "97110": 1}, {"97112": 2, "97110": 1}, id="all-named"),
        pytest.param({"97110": 2}, {"97112": 1, "97110": 2}, id="one-named"),
        pytest.param({"97112": 3}, None, id="more-than-allowed"),
        pytest.param({}, None, id="nothing-named"),
        pytest.param({"97112": 2, "97110": 2}, None, id="both"),
        pytest.param({"97112": 2, "97116": 1}, None, id="one-not-in-the-visit"),
        pytest.param(
            {"97112": 2, "97116": 0},
            {"97112": 2, "97110": 1},
            id="nothing-for-one-not-in-the-visit",
        ),
    ],
)
def test_a_choice_may_name_only_some_codes_if_one_way_is_left(count, wanted, settled):
    assert settle_tie(count({"97112": 20, "97110": 20}), wanted) == settled


def test_a_tie_among_very_many_codes_is_counted_in_full_and_offered_in_part(count, rulebook):
    pooled = [c.code for c in rulebook.codes if c.count == "pooled" and not c.add_on_to]
    visit = count(dict.fromkeys(pooled[:16], 7))

    assert visit.total_units == 7
    assert visit.count_of_choices == 11440
    assert len(visit.choices) == MOST_CHOICES
