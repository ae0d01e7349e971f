import pytest

from ptimer.timing.clock import HOUR, MINUTE, SECOND, Instant, ManualClock
from ptimer.timing.recovery import (
    Cause,
    Doubt,
    doubt_between,
    doubt_of_command,
    moved_by,
    read,
)

TEN = "2026-11-23T10:00"


@pytest.fixture
def clock():
    clock = ManualClock.at_local(TEN)
    clock.advance(hours=5)
    return clock


def _set_by(clock, milliseconds):
    clock.set_by_hand(Instant(clock.now() + milliseconds))


def test_a_reading_holds_both_clocks_and_the_running_start(clock):
    reading = read(clock)

    assert (reading.wall, reading.steady, reading.boot) == (clock.at, 5 * HOUR, "boot-1")


@pytest.mark.parametrize("seconds", [0, 1, 29, 30])
def test_ticks_that_come_in_time_leave_no_doubt(clock, seconds):
    before = read(clock)
    clock.advance(seconds=seconds)

    assert doubt_between(before, read(clock)) is None


@pytest.mark.parametrize("seconds", [30.001, 31, 3600, 86400])
def test_a_gap_between_two_ticks_is_a_sleep(clock, seconds):
    before = read(clock)
    clock.advance(seconds=seconds)

    assert doubt_between(before, read(clock)) == Doubt(Cause.SLEPT, before.wall)


def test_a_sleep_that_the_steady_clock_missed_shows_by_the_wall_clock_being_ahead(clock):
    before = read(clock)
    clock.advance(seconds=25)
    _set_by(clock, 9 * SECOND)

    assert doubt_between(before, read(clock)) == Doubt(Cause.SLEPT, before.wall)


def test_a_sleep_shows_by_the_steady_clock_though_a_time_server_stepped_back(clock):
    before = read(clock)
    clock.advance(seconds=35)
    _set_by(clock, -9 * SECOND)

    assert doubt_between(before, read(clock)) == Doubt(Cause.SLEPT, before.wall)


def test_a_clock_set_within_the_same_instant_was_set(clock):
    before = read(clock)
    _set_by(clock, HOUR)

    assert doubt_of_command(before, read(clock)) == Doubt(Cause.CLOCK_SET, before.wall, before.wall)


@pytest.mark.parametrize("moved", [HOUR, -HOUR, 11 * SECOND, -11 * SECOND, 10_001, -10_001])
def test_a_clock_that_was_set_leaves_doubt_and_says_when_it_would_be_now(clock, moved):
    before = read(clock)
    clock.advance(seconds=1)
    _set_by(clock, moved)
    now = read(clock)

    expected = Doubt(Cause.CLOCK_SET, before.wall, Instant(before.wall + SECOND))
    assert moved_by(before, now) == moved
    assert doubt_between(before, now) == expected
    assert doubt_of_command(before, now) == expected


@pytest.mark.parametrize("moved", [10 * SECOND, -10 * SECOND, 500, -1])
def test_a_small_step_of_a_time_server_leaves_no_doubt(clock, moved):
    before = read(clock)
    clock.advance(seconds=1)
    _set_by(clock, moved)
    now = read(clock)

    assert moved_by(before, now) == 0
    assert doubt_between(before, now) is None
    assert doubt_of_command(before, now) is None


def test_a_clock_set_back_during_a_sleep_is_a_clock_that_was_set(clock):
    before = read(clock)
    clock.advance(minutes=20)
    _set_by(clock, -HOUR)
    now = read(clock)

    assert doubt_between(before, now) == Doubt(
        Cause.CLOCK_SET, before.wall, Instant(before.wall + 20 * MINUTE)
    )


@pytest.mark.parametrize("hours", [0.1, 1, 23])
def test_time_between_two_commands_is_no_doubt_by_itself(clock, hours):
    before = read(clock)
    clock.advance(hours=hours)

    assert doubt_of_command(before, read(clock)) is None


@pytest.mark.parametrize("steady", [0, 6 * HOUR], ids=["steady-anew", "steady-further"])
def test_after_a_restart_of_the_computer_nobody_can_say_that_the_clock_was_set(clock, steady):
    before = read(clock)
    clock.ticked, clock.started = steady, "boot-2"
    _set_by(clock, 2 * HOUR)
    now = read(clock)

    assert moved_by(before, now) == 0
    assert doubt_of_command(before, now) is None
    assert doubt_between(before, now) == Doubt(Cause.SLEPT, before.wall)


def test_a_restart_that_has_no_name_shows_by_the_steady_clock_having_begun_anew(clock):
    clock.started = ""
    before = read(clock)
    clock.ticked = 20 * SECOND
    _set_by(clock, 2 * HOUR)

    assert moved_by(before, read(clock)) == 0
