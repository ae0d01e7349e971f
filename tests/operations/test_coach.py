"""The next unit: when it is earned, and which code has it then, as the engine counts."""

import pytest

from ptimer.billing.payers import CombinedLimit, Effect, Payer, UnitRule
from ptimer.operations import coming, own_payers
from ptimer.operations.coach import NextUnit, next_unit, would_be_cut
from ptimer.operations.in_clinic import Doing, in_clinic


@pytest.fixture
def foretold(view):
    return lambda visit_id: next_unit(view(visit_id))


def test_the_next_unit_is_not_always_the_running_codes(timed, start, clock, foretold):
    """At 53 minutes 97112 has 30, and nothing left over; 97110 has 23, and 8 left over."""
    timed("97110", minutes=23)
    segment = start("97112")
    clock.advance(minutes=24)

    assert foretold(segment.visit_id) == NextUnit(53, 6, ("97112",), ("97110",))


def test_the_first_unit_is_the_running_codes(start, clock, foretold):
    segment = start("97112")
    clock.advance(minutes=3)

    assert foretold(segment.visit_id) == NextUnit(8, 5, ("97112",), ("97112",))


def test_another_code_may_get_it(timed, start, clock, foretold):
    """14 minutes of 97110 have a unit; at 23 in all 97110 still has most left over."""
    timed("97110", minutes=14)
    timed("97530", minutes=5)
    segment = start("97112")
    clock.advance(minutes=2)
    found = foretold(segment.visit_id)

    assert (found.at, found.to_go) == (23, 2)
    assert found.gets == ("97530",)
    assert found.running == ("97112",)


def test_two_codes_with_as_many_minutes_left_over_are_a_tie(timed, start, clock, foretold):
    timed("97110", minutes=9)
    timed("97530", minutes=7)
    segment = start("97112")
    clock.advance(minutes=1)
    found = foretold(segment.visit_id)

    assert (found.at, found.to_go) == (23, 6)
    assert found.tied == ("97530", "97112")


def test_a_unit_that_the_limit_would_cut_is_told(start, clock, foretold, view):
    segment = start("97112")
    clock.advance(minutes=60)
    found = foretold(segment.visit_id)

    assert found.at == 68
    assert found.cut
    assert would_be_cut(view(segment.visit_id), "97112")


def test_a_unit_that_a_limit_of_several_codes_would_cut_is_told(clinic, start, clock, view):
    limit = CombinedLimit(("97110", "97140"), 1, Effect.CUT, "contract")
    own_payers.make(clinic, Payer("Acme", UnitRule.MIDPOINT, combined_limits=(limit,)), "new")
    segment = start("97110", payer="Acme")

    assert not would_be_cut(view(segment.visit_id), "97110")
    clock.advance(minutes=8)
    assert would_be_cut(view(segment.visit_id), "97110")
    assert not would_be_cut(view(segment.visit_id), "97116")


def test_where_nothing_pooled_runs_nobody_is_named(timed, start, clock, foretold):
    segment = timed("97110", minutes=10)
    assert foretold(segment.visit_id) == NextUnit(23, 13)
    start("97165")
    clock.advance(minutes=5)
    assert foretold(segment.visit_id) == NextUnit(23, 13)


def test_midpoint_has_no_pool(clinic, start, clock, foretold):
    segment = start("97112", payer="Commercial (midpoint)")
    clock.advance(minutes=5)

    assert foretold(segment.visit_id) is None


@pytest.mark.parametrize("minutes", range(0, 50, 7))
def test_what_is_foretold_comes_true(timed, start, clock, foretold, view, minutes):
    timed("97110", minutes=17)
    clock.advance(seconds=40)
    segment = start("97112")
    clock.advance(minutes=minutes, seconds=25)
    found = foretold(segment.visit_id)
    before = view(segment.visit_id).reckoning
    clock.advance(minutes=found.to_go)
    after = view(segment.visit_id).reckoning

    assert after.pooled_minutes == found.at
    more = {
        line.code.code
        for line in after.lines
        if line.earned > (before.line(line.code.code).earned if before.line(line.code.code) else 0)
    }
    assert more == set(found.gets)


# -- the time in the clinic ----------------------------------------------------------------------


def test_each_minute_in_the_clinic_is_told_apart(clinic, clock, timed, open_visit, view):
    visit_id = open_visit()
    coming.arrive(clinic, visit_id)
    clock.advance(minutes=2)
    timed("97110", minutes=10)
    timed("REST", minutes=3)
    timed("97165", minutes=5)
    clock.advance(minutes=4)
    parts = in_clinic(view(visit_id))

    assert [part.doing for part in parts.parts] == [
        Doing.GAP,
        Doing.TIMED,
        Doing.APART,
        Doing.UNTIMED,
        Doing.GAP,
    ]
    assert [parts.minutes(doing) for doing in Doing] == [10, 5, 3, 6]


def test_the_parts_fill_the_time_in_the_clinic(clinic, clock, start, stop, open_visit, view):
    visit_id = open_visit()
    coming.arrive(clinic, visit_id)
    start("G0283")
    clock.advance(minutes=5)
    start("97110")
    clock.advance(minutes=5)
    stop()
    coming.depart(clinic, visit_id)
    clock.advance(hours=1)
    seen = view(visit_id)
    parts = in_clinic(seen)

    assert [(part.doing, part.end - part.start) for part in parts.parts] == [
        (Doing.UNTIMED, 300_000),
        (Doing.TIMED, 300_000),
    ]
    assert parts.parts[0].start == seen.visit.arrived_at
    assert parts.parts[-1].end == seen.visit.departed_at


def test_without_an_arrival_nothing_is_known(open_visit, view):
    assert in_clinic(view(open_visit())) is None


def test_at_the_moment_of_the_arrival_there_is_no_part_yet(clinic, open_visit, view):
    visit_id = open_visit()
    coming.arrive(clinic, visit_id)

    assert in_clinic(view(visit_id)).parts == ()
