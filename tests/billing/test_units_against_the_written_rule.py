"""The engine against units_oracle, over visits that nobody thought of."""

from collections import Counter

from hypothesis import event, given, settings
from hypothesis import strategies as st

from ptimer.billing.codebook import Count
from ptimer.billing.payers import Effect, UnitRule
from ptimer.billing.steps import steps_of
from tests.billing.units_oracle import cap
from tests.billing.visits import payers, ties, visits


@settings(max_examples=250)
@given(visits(), payers, st.sampled_from(UnitRule))
def test_every_line_gets_what_the_written_rule_gives_it(both_ways, visit, payer, rule):
    counted, by_hand = both_ways(visit, payer, rule)

    assert {line.code.code: line.earned for line in counted.lines} == by_hand.earned()
    assert {line.code.code: line.units for line in counted.lines} == by_hand.billed()
    assert counted.total_units == sum(by_hand.billed().values())


@settings(max_examples=200)
@given(ties(), payers)
def test_a_tie_goes_where_the_written_claims_say(both_ways, visit, payer):
    counted, by_hand = both_ways(visit, payer, "cms")

    event(f"tied: {counted.tied}, cut: {any(line.cut for line in counted.lines)}")
    assert {line.code.code: line.earned for line in counted.lines} == by_hand.earned()


@given(visits(), payers, st.sampled_from(UnitRule))
def test_the_choices_offered_are_those_that_the_written_rule_leaves(both_ways, visit, payer, rule):
    counted, by_hand = both_ways(visit, payer, rule)

    expected = by_hand.choices()
    assert len(counted.choices) == counted.count_of_choices == len(expected)
    assert all(way in expected for way in counted.choices)


@given(visits(), payers, st.sampled_from(UnitRule), st.data())
def test_any_way_that_is_offered_may_be_chosen(both_ways, count, visit, payer, rule, data):
    counted, by_hand = both_ways(visit, payer, rule)
    way = data.draw(st.sampled_from(by_hand.choices()))

    chosen = count(
        {code: each for code, each, _ in visit},
        rule=rule,
        payer=payer,
        typed={code: typed for code, _, typed in visit},
        choice=way,
    )
    assert {line.code.code: line.earned for line in chosen.lines if line.code.timed} == way
    assert chosen.timed_minutes == counted.timed_minutes
    assert not chosen.tied


@given(visits(), payers, st.sampled_from(UnitRule))
def test_a_visit_adds_up(both_ways, visit, payer, rule):
    counted, by_hand = both_ways(visit, payer, rule)

    timed = [t for t in by_hand.timed if t.code.count in (Count.POOLED, Count.OWN_COUNT)]
    assert counted.timed_minutes == sum(t.minutes for t in timed)
    assert counted.pooled_minutes == sum(by_hand.pooled.values())
    assert counted.timed_units + counted.untimed_units == counted.total_units
    assert sum(line.minutes for line in counted.lines) == sum(t.minutes for t in by_hand.timed)


@given(visits(), payers, st.sampled_from(UnitRule))
def test_nothing_is_cut_below_the_cap_or_without_a_warning(both_ways, visit, payer, rule):
    counted, by_hand = both_ways(visit, payer, rule)

    limits = _warned(counted) - _warned_together(counted)
    for line in counted.lines:
        most, effect = cap(line.code, by_hand.payer) or (line.earned, "")
        capped = most if line.earned > most and effect == "cut" else line.earned
        assert limits[line.code.code] == (line.earned > most)
        assert line.cut == (line.units < line.earned)
        assert (line.units < capped) == bool(line.together), "each cut names the limit that cut it"


@given(visits(), payers, st.sampled_from(UnitRule))
def test_a_limit_of_several_codes_cuts_as_many_as_are_over_and_says_so(
    both_ways, visit, payer, rule
):
    counted, by_hand = both_ways(visit, payer, rule)

    told = " ".join(map(str, steps_of(counted)))
    for each in counted.together:
        cuts = each.limit.effect is Effect.CUT
        assert sum(units for _, units in each.taken) == cuts * (each.units - each.limit.units)
        assert each.units > each.limit.units
        assert (f"most {each.limit.units} a day may be billed" in told) or not cuts
    left = {line.code.code: line.units for line in counted.lines}
    for limit in by_hand.payer.combined_limits if by_hand.payer else ():
        assert limit.effect is Effect.WARN or by_hand.together(limit, left) <= limit.units


@given(visits(), st.sampled_from(UnitRule), st.data())
def test_more_minutes_never_earn_fewer_units(both_ways, visit, rule, data):
    place = data.draw(st.integers(0, max(len(visit) - 1, 0)))
    longer = [
        (code, each + (data.draw(st.integers(1, 40)) if place == nth else 0), typed)
        for nth, (code, each, typed) in enumerate(visit)
    ]

    before, _ = both_ways(visit, None, rule)
    after, _ = both_ways(longer, None, rule)
    assert _earned(after) >= _earned(before)


@given(visits(), st.sampled_from(UnitRule), st.data())
def test_the_order_of_timing_settles_ties_and_nothing_else(both_ways, visit, rule, data):
    counted, _ = both_ways(visit, "Medicare", rule)
    shuffled, _ = both_ways(data.draw(st.permutations(visit)), "Medicare", rule)

    assert _earned(shuffled) == _earned(counted)
    assert all(way in shuffled.choices for way in counted.choices)
    if not counted.tied:
        assert set(shuffled.lines) == set(counted.lines)


def _earned(counted):
    return sum(line.earned for line in counted.lines)


def _warned(counted):
    return Counter(w.code for w in counted.warnings if w.rule == "daily-limit")


def _warned_together(counted):
    cut = [line.code.code for line in counted.lines for _ in line.together]
    return Counter([*cut, *(each.codes[0] for each in counted.together if not each.taken)])
