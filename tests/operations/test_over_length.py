"""A stopwatch over its length: found, with the end that is most likely, and cut by nobody."""

import pytest

from ptimer.operations import coming, plans, snapshots, visiting, watching
from ptimer.operations.over_length import over_length
from ptimer.timing.recovery import Cause, Doubt

HOUR = 60


@pytest.fixture
def found(clinic, clock):
    return lambda minutes=120: over_length(snapshots.today(clinic), minutes, clock.now())


def test_up_to_its_length_nothing_is_asked(start, clock, found):
    start("97112")
    clock.advance(minutes=119, seconds=59)
    assert found() == ()

    clock.advance(seconds=1)

    (over,) = found()
    assert (over.segment.code, over.minutes) == ("97112", 120)


def test_without_anything_else_it_probably_lasted_as_long_as_one_takes(start, clock, found, at):
    start("97112")
    clock.advance(minutes=5 * HOUR)

    (over,) = found(90)

    assert over.likely_end == at("11:30")
    assert str(over.why) == "after 90 min, as long as one takes at most"


def test_the_plan_the_next_patient_and_the_departure_tell_more(clinic, start, clock, found, at):
    visit = start("97112").visit_id
    clock.advance(minutes=3 * HOUR)
    visiting.open_visit(clinic, "Bob", planned="11:00")
    (over,) = found()
    assert (over.likely_end, str(over.why)) == (at("11:00"), "when Bob was expected")

    plans.plan(clinic, visit, "97112", 45)
    (over,) = found()
    assert (over.likely_end, str(over.why)) == (at("10:45"), "after 45 min, as planned")

    coming.set_times(clinic, visit, arrived="09:55", departed="10:40")
    (over,) = found()
    assert (over.likely_end, str(over.why)) == (at("10:40"), "when the patient left")


def test_what_lies_before_its_start_or_ahead_is_no_end(clinic, start, clock, found, at):
    visiting.open_visit(clinic, "Bob", planned="09:00")
    visiting.open_visit(clinic, "Cy", planned="16:00")
    start("97112")
    clock.advance(minutes=3 * HOUR)

    assert found()[0].likely_end == at("12:00")


def test_it_is_the_same_question_until_it_has_run_for_its_length_once_more(start, clock, found):
    start("97112")
    clock.advance(minutes=130)
    first = found()[0].key
    clock.advance(minutes=100)
    assert found()[0].key == first

    clock.advance(minutes=10)

    assert found()[0].key != first


def test_a_break_begins_it_anew_and_what_is_in_doubt_is_asked_elsewhere(
    clinic, start, stop, clock, found
):
    start("97112")
    clock.advance(minutes=100)
    stop()
    start("97112")
    clock.advance(minutes=100)
    assert found() == ()

    clock.advance(minutes=60)
    assert len(found()) == 1
    watching.note(clinic, Doubt(Cause.SLEPT, clock.now()))
    assert found() == ()
