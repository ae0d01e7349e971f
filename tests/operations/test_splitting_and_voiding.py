"""A recorded time becomes two, or none; what was recorded stays in the history."""

import pytest

from ptimer.operations import corrections, snapshots
from ptimer.operations.errors import Misused
from ptimer.storage import audit_log, segments


@pytest.fixture
def history(clinic):
    """Return all rows of a visit, voided ones included."""
    return lambda visit_id: segments.history_of(clinic.connection, visit_id)


def _last(clinic, visit_id):
    return audit_log.of_visit(clinic.connection, visit_id)[-1]


def test_a_split_makes_two_times_that_meet(clinic, timed, at, view, history):
    old = timed("97110", minutes=30)
    first, second = corrections.split(clinic, old.id, at("10:12"), "two codes in truth")

    assert (first.started_at, first.ended_at) == (old.started_at, at("10:12"))
    assert (second.started_at, second.ended_at) == (at("10:12"), old.ended_at)
    assert first.replaces == second.replaces == old.id
    assert view(old.visit_id).minutes_of("97110") == 30
    entry = _last(clinic, old.visit_id)
    assert (entry.action, entry.reason) == ("split", "two codes in truth")
    assert [each["id"] for each in entry.after["now"]] == [first.id, second.id]


def test_what_runs_is_split_into_what_was_and_what_runs_on(clinic, start, clock, at):
    segment = start("97110")
    clock.advance(minutes=10)
    first, second = corrections.split(clinic, segment.id, at("10:06"), "another code from there")

    assert first.ended_at == at("10:06")
    assert [each.id for each in snapshots.running(clinic)] == [second.id]


@pytest.mark.parametrize("time", ["10:00", "10:15", "09:00", "11:00"])
def test_a_split_lies_inside(clinic, timed, at, dump, time):
    segment = timed("97110")
    before = dump()

    with pytest.raises(Misused, match="does not lie inside 97110"):
        corrections.split(clinic, segment.id, at(time), "why")
    assert dump() == before


def test_a_split_leaves_the_number_of_units_as_it_was_typed(clinic, start, stop, clock, at, view):
    start("97597")
    clock.advance(minutes=20)
    segment = stop("97597", units=1).ended[0]
    before = view(segment.visit_id).reckoning.total_units

    corrections.split(clinic, segment.id, at("10:08"), "a pause between")
    assert view(segment.visit_id).reckoning.total_units == before == 1


def test_what_is_voided_counts_no_more_and_stays_in_the_history(clinic, timed, view, history):
    segment = timed("97110")
    corrections.void(clinic, segment.id, "never happened")

    assert view(segment.visit_id).record.segments == ()
    assert [row.id for row in history(segment.visit_id)] == [segment.id]
    entry = _last(clinic, segment.visit_id)
    assert (entry.action, entry.reason, entry.after) == ("void", "never happened", {"now": []})
    with pytest.raises(Misused, match="changed or voided meanwhile"):
        corrections.void(clinic, segment.id, "once more")


def test_what_runs_can_be_voided(clinic, start, view):
    segment = start("97110")
    corrections.void(clinic, segment.id, "wrong patient")

    assert snapshots.running(clinic) == ()
