"""A stop is never refused."""

import pytest

from ptimer.operations import snapshots, watching
from ptimer.operations.errors import Misused
from ptimer.storage import audit_log
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Cause, Doubt


@pytest.fixture
def running(clinic):
    """Return patient and code of what runs."""
    return lambda: [(each.patient, each.code) for each in snapshots.running(clinic)]


def test_a_stop_is_recorded_with_its_end(clinic, start, stop, clock):
    segment = start("97110")
    clock.advance(minutes=15, seconds=30)
    pressed = stop()

    assert [each.ended_at for each in pressed.ended] == [clock.now()]
    entry = audit_log.of_visit(clinic.connection, segment.visit_id)[-1]
    assert (entry.action, entry.who) == ("stop", "Kim")
    assert entry.after == {"ended_at": clock.now()}


def test_stopping_names_what_is_meant(start, stop, running, clock):
    start("97110", "Ann", clinician="Kim")
    start("97140", "Bob", clinician="Lee")
    start("G0283", "Bob", clinician="Kim")
    start("G0283", "Cem", clinician="Lee")
    clock.advance(minutes=5)

    stop("g0283", patient="Bob")
    assert running() == [("Ann", "97110"), ("Bob", "97140"), ("Cem", "G0283")]
    stop(clinician="Lee")
    assert running() == [("Ann", "97110")]
    stop("97140")
    assert running() == [("Ann", "97110")]
    stop()
    assert running() == []


def test_stopping_where_nothing_runs_is_no_problem(stop, dump):
    before = dump()["audit_log"]

    assert stop().ended == ()
    assert stop("97110", patient="Nobody").ended == ()
    assert dump()["audit_log"] == before


def test_a_stop_is_never_refused_for_its_length(start, stop, clock, view):
    """A record of 340 hours that could not be stopped, since that was too long."""
    segment = start("97112")
    clock.advance(hours=340)
    stop()

    assert view(segment.visit_id).minutes_of("97112") == 340 * 60


def test_a_stop_is_never_refused_although_the_clock_was_set_back(start, stop, clock, view):
    segment = start("97110")
    clock.set_by_hand(Instant(clock.now() - 60 * MINUTE))
    ended = stop().ended[0]

    assert ended.ended_at == segment.started_at
    assert view(segment.visit_id).minutes_of("97110") == 0


def test_a_stop_may_be_typed_as_earlier_but_not_before_its_start(start, stop, clock, at, dump):
    start("97110")
    clock.advance(minutes=5)
    start("97140", "Bob", clinician="Lee")
    clock.advance(minutes=10)
    before = dump()
    with pytest.raises(Misused, match="97140 of Bob was started at 10:05:00"):
        stop(at=at("10:02"))
    assert dump() == before, "not even the first of the two"

    assert {each.ended_at for each in stop(at=at("10:07")).ended} == {at("10:07")}


@pytest.mark.parametrize(("typed", "waiting"), [(None, 1), ("10:02", 0)])
def test_a_typed_stop_settles_a_doubt_and_a_pressed_one_does_not(
    clinic, start, stop, clock, at, typed, waiting
):
    start("97110")
    clock.advance(minutes=5)
    watching.note(clinic, Doubt(Cause.SLEPT, Instant(clock.now() - MINUTE)))
    stop(at=typed and at(typed))

    assert len(watching.in_doubt(clinic)) == waiting


def test_units_are_typed_with_the_stop_of_a_code_by_area(start, stop, clock, view, dump):
    segment = start("97597")
    clock.advance(minutes=10)
    before = dump()
    with pytest.raises(Misused, match="can't be negative"):
        stop("97597", units=-1)
    assert dump() == before
    stop("97597", units=2)

    assert view(segment.visit_id).reckoning.total_units == 2


def test_units_are_not_typed_for_what_ptimer_counts(start, stop, clock, dump):
    start("97110")
    before = dump()
    for code in ("97110", None):
        with pytest.raises(Misused, match="97110 is counted by ptimer"):
            stop(code, units=2)
    with pytest.raises(Misused, match="not in the code book"):
        stop("00000")
    assert dump() == before
