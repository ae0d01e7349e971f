"""An edge is dragged: it stops at whole minutes, and what is foretold is what is recorded then."""

from contextlib import contextmanager
from shutil import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.conflicts import Role
from ptimer.operations import corrections, edges, snapshots, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.corrections import NewTime
from ptimer.operations.edges import Edge
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log
from ptimer.timing.clock import HOUR, MINUTE, SECOND, ManualClock
from tests.storage.quick_disk import quick_folder

TEN = ManualClock.at_local("2026-11-23T10:00:00").now()


def _at(minutes, seconds=0):
    return TEN + minutes * MINUTE + seconds * SECOND


@pytest.fixture
def try_edge(clinic, view):
    """What would come of moving an edge of a segment."""

    def try_edge(segment, edge, at):
        return edges.rehearse(clinic, view(segment.visit_id), segment, edge, at)

    return try_edge


@pytest.fixture
def three(clinic, clock, timed):
    """97110 10:00:20-10:15:20, 97165 10:15:20-10:20:20, 97112 10:25:20-10:50:20; it is 11:00:20."""
    clock.advance(seconds=20)
    first = timed("97110", minutes=15)
    second = timed("97165", minutes=5)
    clock.advance(minutes=5)
    third = timed("97112", minutes=25)
    clock.advance(minutes=10)
    return first, second, third


# -- where an edge stops -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "stops_at"),
    [
        (_at(3, 29), _at(3)),
        (_at(3, 30), _at(4)),
        (_at(5, 40), _at(5, 44)),
        (_at(5, 48), _at(5, 44)),
        (_at(5, 53), _at(6)),
    ],
)
def test_a_dragged_edge_stops_at_whole_minutes_and_where_another_time_begins_or_ends(at, stops_at):
    assert edges.snapped(at, [_at(5, 44)], 8 * SECOND) == stops_at


@pytest.mark.parametrize(
    ("at", "direction", "stops_at"),
    [
        (_at(3), 1, _at(4)),
        (_at(3), -1, _at(2)),
        (_at(3, 20), 1, _at(4)),
        (_at(3, 20), -1, _at(3)),
        (_at(5), 1, _at(5, 44)),
        (_at(5, 44), 1, _at(6)),
        (_at(6), -1, _at(5, 44)),
        (_at(5, 44), -1, _at(5)),
    ],
)
def test_a_key_moves_an_edge_to_the_next_whole_minute_or_the_edge_on_the_way(
    at, direction, stops_at
):
    assert edges.stepped(at, direction, [_at(5, 44)]) == stops_at


def test_no_edge_goes_past_the_other_or_into_the_future_or_out_of_its_day(three, view, clock):
    first, _, third = three
    seen = view(first.visit_id)

    assert edges.within(first, Edge.START, first.ended_at + HOUR, seen) == first.ended_at - SECOND
    assert edges.within(first, Edge.END, first.started_at - HOUR, seen) == first.started_at + SECOND
    assert edges.within(third, Edge.END, clock.now() + HOUR, seen) == clock.now()
    assert edges.within(first, Edge.START, TEN - 20 * HOUR, seen) == TEN - 10 * HOUR


# -- what would come of it -----------------------------------------------------------------------


def test_the_visit_is_foretold_as_it_is_recorded_then(clinic, three, try_edge, view):
    _, _, third = three
    foretold = try_edge(third, Edge.START, _at(21))

    assert foretold.trial.problem is None
    assert (foretold.view.timed_minutes, foretold.view.reckoning.timed_units) == (44, 3)
    assert view(third.visit_id).timed_minutes == 40, "nothing was recorded yet"

    edges.move(clinic, third.id, Edge.START, _at(21), "began earlier")
    recorded = view(third.visit_id)
    assert recorded.reckoning == foretold.view.reckoning
    assert audit_log.of_visit(clinic.connection, third.visit_id)[-1].reason == "began earlier"


def test_a_conflict_is_foretold_with_its_rule_and_the_nearest_time_that_fits(three, try_edge):
    first, second, _ = three
    foretold = try_edge(second, Edge.START, _at(12)).trial

    assert isinstance(foretold.problem, Refused)
    assert foretold.problem.rule == "evaluation-apart"
    assert foretold.fit.start == first.ended_at
    assert (foretold.twice.start, foretold.twice.end) == (_at(12), first.ended_at)


def test_an_edge_where_it_was_is_no_difference(three, try_edge):
    first, _, _ = three

    assert not try_edge(first, Edge.END, first.ended_at).trial.different


def test_the_end_of_what_runs_can_be_put_where_it_stopped(clinic, clock, start, try_edge, view):
    running = start("97110")
    clock.advance(minutes=30)
    foretold = try_edge(running, Edge.END, _at(20))
    edges.move(clinic, running.id, Edge.END, _at(20), "forgot to stop")

    assert foretold.view.timed_minutes == view(running.visit_id).timed_minutes == 20
    assert snapshots.running(clinic) == ()


def test_nothing_is_moved_without_a_reason_or_in_a_signed_visit(
    clinic, three, dump, sign, try_edge
):
    first, _, third = three
    before = dump()
    with pytest.raises(Misused, match="reason"):
        edges.move(clinic, third.id, Edge.START, _at(24), " ")
    assert dump() == before

    sign(first.visit_id)
    assert try_edge(third, Edge.START, _at(24)).trial.problem.rule == "visit-signed"


# -- for all drags -------------------------------------------------------------------------------

_CODES = ("97110", "97112", "97165", "G0283", "REST")
_TIMES = st.tuples(st.sampled_from(_CODES), st.integers(0, 3000), st.integers(20, 1800))
_DRAGS = st.tuples(st.integers(0, 5), st.sampled_from(Edge), st.integers(-600, 4200))


@contextmanager
def _record(blank):
    with quick_folder() as parent:
        folder = parent / "record"
        folder.mkdir()
        copy(blank, folder)
        clinic = open_clinic(folder, ManualClock(_at(80)))
        try:
            yield clinic, visiting.open_visit(clinic, "Ann").id
        finally:
            clinic.close()


def _add(clinic, visit_id, times):
    for code, start, length in times:
        begins = _at(0, start)
        time = NewTime(visit_id, code, begins, begins + length * SECOND, "Kim", Role.THERAPIST)
        try:
            corrections.add(clinic, time, "typed in")
        except Refused:
            continue


@given(st.lists(_TIMES, min_size=1, max_size=6), st.lists(_DRAGS, min_size=1, max_size=6))
def test_no_drag_leaves_a_conflict_and_what_is_foretold_is_what_is_recorded(blank, times, drags):
    with _record(blank) as (clinic, visit_id):
        _add(clinic, visit_id, times)
        for which, edge, seconds in drags:
            before = snapshots.visit(clinic, visit_id)
            segment = before.record.segments[which % len(before.record.segments)]
            wanted = edges.snapped(_at(0, seconds), edges.stations(before), 8 * SECOND)
            at = edges.within(segment, edge, wanted, before)
            foretold = edges.rehearse(clinic, before, segment, edge, at)
            assert snapshots.visit(clinic, visit_id).record == before.record
            problem = _problem_of_moving(clinic, segment, edge, at)
            after = snapshots.visit(clinic, visit_id)
            assert _rule(problem) == _rule(foretold.trial.problem)
            if problem is None:
                assert after.reckoning == foretold.view.reckoning
                assert after.total_minutes == foretold.view.total_minutes
            else:
                assert after.record == before.record
            _meets_nothing(clinic, visit_id)


def _problem_of_moving(clinic, segment, edge, at):
    try:
        edges.move(clinic, segment.id, edge, at, "pressed late")
    except Refused as refusal:
        return refusal
    return None


def _rule(problem):
    return problem and problem.rule


def _meets_nothing(clinic, visit_id):
    """Each time may stand beside the others, as the rules themselves say."""
    view = snapshots.visit(clinic, visit_id)
    for segment in view.record.segments:
        unmoved = edges.rehearse(clinic, view, segment, Edge.END, segment.ended_at - 1)
        assert unmoved.trial.problem is None, segment
