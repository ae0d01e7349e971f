"""Take the last press back: a press too many costs nothing, and both stay in the history."""

import pytest

from ptimer.operations import corrections, snapshots, stopping, stopwatch, undoing, watching
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import audit_log


@pytest.fixture
def press(clinic):
    """Press a card, as the window does, and return what the press did."""

    def press(visit_id, code, *, clinician="Kim", **more):
        wish = StartWish(code, (), clinician=clinician, visit_id=visit_id, origin="press", **more)
        return stopwatch.press(clinic, wish)

    return press


@pytest.fixture
def undo(clinic):
    return lambda pressed: undoing.undo(clinic, pressed.press_id)


@pytest.fixture
def running(clinic):
    """Return code and start of what runs."""
    return lambda: [(each.code, each.started_at) for each in snapshots.running(clinic)]


def _told(clinic, visit_id):
    return [entry.action for entry in audit_log.of_visit(clinic.connection, visit_id)]


def test_a_start_taken_back_leaves_nothing_in_the_visit(
    clinic, open_visit, press, undo, running, view, clock
):
    visit_id = open_visit()
    pressed = press(visit_id, "97110")
    clock.advance(seconds=20)

    taken_back = undo(pressed)
    assert running() == []
    assert view(visit_id).record.segments == ()
    assert [segment.id for segment in taken_back.ended] == [pressed.started[0].id]
    assert _told(clinic, visit_id) == ["visit", "start", "undo-start"]


def test_a_stop_taken_back_goes_on_as_if_it_had_never_been_stopped(
    clinic, start, stop, undo, running, clock, view
):
    segment = start("97110")
    clock.advance(minutes=10)
    pressed = stop()
    clock.advance(minutes=1)

    again = undo(pressed).started[0]
    assert running() == [("97110", segment.started_at)]
    assert again.replaces == segment.id
    assert not again.edited, "nothing was typed"
    clock.advance(minutes=4)
    stop()
    assert view(segment.visit_id).minutes_of("97110") == 15
    assert _told(clinic, segment.visit_id) == ["start", "stop", "undo-stop", "stop"]


def test_a_switch_is_taken_back_as_one(open_visit, press, undo, running, clock):
    visit_id = open_visit()
    began = press(visit_id, "97110").at
    clock.advance(minutes=10)
    switched = press(visit_id, "97112")
    clock.advance(seconds=5)

    undo(switched)
    assert running() == [("97110", began)]


def test_a_stop_of_everything_is_taken_back_as_one(start, stop, undo, running, clock):
    start("97110", "Ann", clinician="Kim")
    start("97140", "Bob", clinician="Lee")
    start("G0283", "Bob", clinician="Kim")
    clock.advance(minutes=10)
    before = running()

    undo(stop())
    assert sorted(running()) == sorted(before)


def test_a_group_is_taken_back_as_one(clinic, undo, running):
    wish = StartWish("97150", ("Ann", "Bob", "Cem"), clinician="Kim")
    pressed = stopwatch.start(clinic, wish)
    assert len(running()) == 3

    undo(pressed)
    assert running() == []


def test_a_press_is_taken_back_once(start, stop, undo, clock, running, dump):
    start("97110")
    clock.advance(minutes=10)
    stopped = stop()
    undo(stopped)
    before = dump()

    with pytest.raises(Misused, match="its times were changed since"):
        undo(stopped)
    assert dump() == before
    assert len(running()) == 1


def test_a_start_that_was_stopped_since_is_not_taken_back(clinic, start, stop, undo, clock, dump):
    pressed = stopwatch.start(clinic, StartWish("97110", ("Ann",), clinician="Kim"))
    clock.advance(minutes=10)
    stop()
    before = dump()

    with pytest.raises(Misused, match="Use Edit times"):
        undo(pressed)
    assert dump() == before


def test_a_stop_that_was_corrected_since_is_not_taken_back(clinic, start, stop, undo, clock, dump):
    start("97110")
    clock.advance(minutes=10)
    stopped = stop()
    corrections.correct(clinic, stopped.ended[0].id, Change(note="walks"), "forgot the note")
    before = dump()

    with pytest.raises(Misused, match="its times were changed since"):
        undo(stopped)
    assert dump() == before


def test_a_switch_of_which_a_part_has_gone_on_stays_as_a_whole(
    clinic, open_visit, press, undo, stop, clock, dump
):
    visit_id = open_visit()
    press(visit_id, "97110")
    clock.advance(minutes=10)
    switched = press(visit_id, "97112")
    clock.advance(minutes=10)
    stop()
    before = dump()

    with pytest.raises(Misused):
        undo(switched)
    assert dump() == before


def test_a_stop_is_not_taken_back_where_something_else_runs_now(start, stop, undo, clock, dump):
    start("97110", "Ann")
    clock.advance(minutes=10)
    stopped = stop()
    start("97140", "Bob")
    before = dump()

    with pytest.raises(Refused) as refused:
        undo(stopped)
    assert refused.value.rule == "one-clinician-one-service"
    assert [segment.patient for segment in refused.value.blockers] == ["Bob"]
    assert dump() == before


def test_a_stop_of_a_visit_that_was_signed_since_is_not_taken_back(
    clinic, start, stop, undo, clock, sign, dump
):
    segment = start("97110")
    clock.advance(minutes=10)
    stopped = stop()
    sign(segment.visit_id)
    before = dump()

    with pytest.raises(Refused, match="is signed: amend it first, with a reason") as refused:
        undo(stopped)
    assert refused.value.rule == "visit-signed"
    assert refused.value.source == clinic.rulebook.rules.source("visit-signed")
    assert dump() == before


def test_a_stop_is_not_taken_back_where_the_same_was_started_again(start, stop, undo, clock, dump):
    """A modality runs beside itself by the rules; a stopwatch is there once all the same."""
    start("G0283")
    clock.advance(minutes=10)
    stopped = stop()
    start("G0283")
    before = dump()

    with pytest.raises(Misused, match="G0283 of Ann runs already"):
        undo(stopped)
    assert dump() == before


def test_units_typed_with_a_stop_are_taken_back_with_it(start, stop, undo, clock, view):
    segment = start("97597")
    clock.advance(minutes=10)
    undo(stop(units=3))
    stop()

    assert view(segment.visit_id).record.segments[0].typed_units is None


def test_a_time_in_doubt_that_was_stopped_stays_in_doubt_when_it_runs_again(
    clinic, open_visit, press, stop, undo, clock
):
    press(open_visit(), "97110")
    clock.advance(minutes=10)
    watching.take_over(clinic)
    (doubtful,) = watching.in_doubt(clinic)

    again = undo(stop()).started[0]
    (still,) = watching.in_doubt(clinic)
    assert still.segment.id == again.id
    assert still.doubt == doubtful.doubt


def test_what_runs_again_after_a_stop_in_a_window_is_watched_over(
    clinic, open_visit, press, undo, clock
):
    """A window that dies right after the undo leaves a doubt, as after a start."""
    press(open_visit(), "97110")
    pressed = stopping.stop(clinic, StopWish())
    clock.advance(seconds=5)
    undo(pressed)
    clock.advance(hours=9)

    watching.take_over(clinic)
    assert [each.segment.code for each in watching.in_doubt(clinic)] == ["97110"]


def test_taking_back_asks_the_clinician_for_the_signature_again(
    clinic, start, stop, undo, clock, sign, view
):
    segment = start("97110", clinician="Kim")
    clock.advance(minutes=10)
    stopped = stop()
    start("97140", clinician="Lee")
    clock.advance(minutes=8)
    stop()
    sign(segment.visit_id, "Kim")
    assert view(segment.visit_id).missing_signatures == ("Lee",)

    with pytest.raises(Refused):
        undo(stopped)  # 97140 was timed meanwhile
    corrections.void(
        clinic, view(segment.visit_id).record.of_code("97140")[0].id, "it was never done"
    )
    undo(stopped)
    assert view(segment.visit_id).missing_signatures == ("Kim",)


def test_a_press_that_did_nothing_has_nothing_to_take_back(clinic, start, undo, stop, dump):
    start("97110")
    again = stopwatch.start(clinic, StartWish("97110", ("Ann",), clinician="Kim"))
    before = dump()

    assert undo(again).started == undo(again).ended == ()
    assert dump()["segments"] == before["segments"]
