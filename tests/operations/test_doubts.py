"""Was it still going on? What a window that died, a sleep and a clock that was set leave behind.

In doubt is what ran meanwhile, all up to a moment is certain, and nothing is guessed silently.
"""

import pytest

from ptimer.operations import snapshots, stopping, stopwatch, watching
from ptimer.operations.clinic import open_clinic, open_clinic_to_read
from ptimer.operations.errors import Refused
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE, Instant, ManualClock
from ptimer.timing.recovery import Cause, Doubt


@pytest.fixture
def press(clinic, open_visit):
    """Start from a card of a window."""

    def press(code="97110", patient="Ann", clinician="Kim"):
        wish = StartWish(
            code, (), clinician=clinician, visit_id=open_visit(patient), origin="press"
        )
        return stopwatch.press(clinic, wish).started[0]

    return press


@pytest.fixture
def in_doubt(clinic):
    """Return, by code, why it is in doubt and until when it is certain."""
    return lambda: {
        each.segment.code: (each.doubt.cause, each.doubt.sure_until)
        for each in watching.in_doubt(clinic)
    }


@pytest.fixture
def set_clock(clock):
    """Set the wall clock as a person does: `set_clock(minutes=-60)`."""
    return lambda minutes: clock.set_by_hand(Instant(clock.now() + minutes * MINUTE))


def test_what_a_dead_window_left_running_is_in_doubt_since_its_last_sign_of_life(
    clinic, press, in_doubt, clock
):
    press()
    clock.advance(minutes=20)
    watching.beat(clinic)
    last = clock.now()
    clock.advance(hours=14)

    watching.take_over(clinic)
    assert in_doubt() == {"97110": (Cause.WINDOW_STOPPED, last)}


def test_a_window_answers_for_a_start_from_its_first_moment(clinic, press, in_doubt, clock):
    segment = press()
    clock.advance(hours=14)

    watching.take_over(clinic)
    assert in_doubt() == {"97110": (Cause.WINDOW_STOPPED, segment.started_at)}


def test_what_was_started_by_a_command_is_not_in_doubt_by_itself(clinic, start, in_doubt, clock):
    start("97110")
    clock.advance(hours=14)
    watching.take_over(clinic)

    assert in_doubt() == {}


def test_a_window_watches_over_what_a_command_started_too(clinic, start, in_doubt, clock):
    start("97110")
    watching.beat(clinic)
    clock.advance(hours=14)
    watching.take_over(clinic)

    assert list(in_doubt()) == ["97110"]


def test_a_window_that_closed_in_order_left_it_running_on_purpose(clinic, press, in_doubt, clock):
    press()
    watching.leave(clinic)
    clock.advance(hours=14)
    watching.take_over(clinic)

    assert in_doubt() == {}
    assert len(snapshots.running(clinic)) == 1


def test_what_was_stopped_before_the_window_died_is_not_in_doubt(
    clinic, press, stop, in_doubt, clock
):
    press()
    clock.advance(minutes=5)
    stop()
    watching.take_over(clinic)

    assert in_doubt() == {}


def test_a_doubt_is_noted_once_and_keeps_the_earlier_moment(clinic, press, in_doubt, clock):
    segment = press()
    clock.advance(hours=1)
    watching.take_over(clinic)
    watching.beat(clinic)
    clock.advance(hours=1)
    watching.take_over(clinic)

    assert in_doubt() == {"97110": (Cause.WINDOW_STOPPED, segment.started_at)}


def test_taking_over_where_nothing_was_left_writes_nothing(clinic, start, dump):
    start("97110")
    before = dump()
    watching.take_over(clinic)

    assert dump() == before


def test_a_sleep_that_the_ticks_showed_is_noted_for_all_that_ran_before(
    clinic, press, in_doubt, clock
):
    press("97110", "Ann", "Kim")
    press("97140", "Bob", "Lee")
    clock.advance(minutes=5)
    asleep = clock.now()
    clock.advance(minutes=45)
    press("G0283", "Cem", "Kim")
    watching.note(clinic, Doubt(Cause.SLEPT, asleep))

    assert in_doubt() == {
        "97110": (Cause.SLEPT, asleep),
        "97140": (Cause.SLEPT, asleep),
    }, "and not for what was started since"


def test_a_clock_set_between_two_commands_puts_what_runs_in_doubt(
    clinic, start, in_doubt, clock, set_clock
):
    start("97110")
    clock.advance(minutes=10)
    start("97140", "Bob", clinician="Lee")
    last = clock.now()
    clock.advance(minutes=5)
    set_clock(minutes=60)
    start("G0283", "Cem", clinician="Lee")

    assert in_doubt() == {
        "97110": (Cause.CLOCK_SET, last),
        "97140": (Cause.CLOCK_SET, last),
    }
    likely = {each.doubt.likely_end for each in watching.in_doubt(clinic)}
    assert likely == {last + 5 * MINUTE}, "what the clock would show had nobody set it"


@pytest.mark.parametrize("minutes", [-600, -1, 1, 600])
def test_a_clock_set_either_way_is_seen(clinic, start, in_doubt, set_clock, minutes):
    start("97110")
    set_clock(minutes)
    watching.look_at_clock(clinic)

    assert list(in_doubt()) == ["97110"]


@pytest.mark.parametrize("seconds", [-10, -1, 0, 1, 10])
def test_a_time_server_that_corrects_a_little_is_no_person(clinic, start, in_doubt, clock, seconds):
    start("97110")
    clock.set_by_hand(Instant(clock.now() + seconds * 1000))
    watching.look_at_clock(clinic)

    assert in_doubt() == {}


def test_time_that_only_passes_is_no_doubt_however_long(clinic, start, in_doubt, clock):
    start("97110")
    clock.advance(hours=100)
    watching.look_at_clock(clinic)

    assert in_doubt() == {}


def test_a_restart_of_the_computer_is_no_doubt(clinic, start, in_doubt, clock):
    """The steady clock begins anew with it, so the two can't be compared."""
    start("97110")
    clock.advance(hours=2)
    clock.ticked, clock.started = 5, "boot-2"
    watching.look_at_clock(clinic)

    assert in_doubt() == {}


def test_a_set_clock_is_seen_by_the_next_program_that_writes(
    clinic, start, folder, clock, set_clock, in_doubt
):
    start("97110")
    set_clock(minutes=30)
    later = open_clinic(folder, clock)
    stopwatch.start(later, StartWish("97140", ("Bob",), clinician="Lee"))
    later.close()

    assert list(in_doubt()) == ["97110"]


def test_looking_notes_a_set_clock_and_otherwise_nothing(clinic, start, set_clock, dump, folder):
    start("97110")
    before = dump()
    watching.look_at_clock(clinic)
    assert dump() == before

    set_clock(minutes=30)
    watching.look_at_clock(clinic)
    assert len(dump()["doubts"]) == 1
    after = dump()
    watching.look_at_clock(clinic)
    assert dump() == after, "it was noted"
    reader = open_clinic_to_read(folder, ManualClock(clinic.clock.now()))
    assert len(watching.in_doubt(reader)) == 1
    reader.close()


def test_a_refused_press_does_not_hide_that_the_clock_was_set(clinic, start, set_clock, in_doubt):
    start("97110")
    set_clock(minutes=30)
    with pytest.raises(Refused, match="both need Kim"):
        start("97140")
    assert in_doubt() == {}, "nothing at all was written"

    watching.look_at_clock(clinic)
    assert list(in_doubt()) == ["97110"]


def test_a_visit_in_doubt_says_so_and_can_not_be_signed(clinic, start, sign, set_clock, view):
    segment = start("97110")
    set_clock(minutes=30)
    watching.look_at_clock(clinic)
    stopping.stop(clinic, stopping.StopWish())

    assert view(segment.visit_id).in_doubt
    with pytest.raises(Refused, match="97110: say whether it was still going on"):
        sign(segment.visit_id)
