"""The made-up clinic day: what the demonstration shows, played through the real operations."""

from datetime import date, time

import pytest

from ptimer.operations import demo, keeping, snapshots, watching
from ptimer.operations.clinic import open_clinic
from ptimer.storage import window_lock
from ptimer.timing.clock import MINUTE, SECOND, ManualClock

DAY = date(2026, 11, 23)


@pytest.fixture
def play(folder, clock):
    """Play the day up to a time and open the record as it is then."""
    opened = []

    def play(until):
        played = demo.play(folder, DAY, until=until, zone=clock.zone)
        opened.append(open_clinic(folder, ManualClock(played.until, clock.zone)))
        return opened[-1]

    yield play
    for clinic in opened:
        clinic.close()


def test_the_evening_comes_to_nine_visits_320_minutes_and_22_and_5_units(play):
    day = snapshots.day(play(demo.END_OF_DAY), DAY)

    assert len(day.visits) == 9
    assert day.timed_minutes == 320
    assert (day.timed_units, day.units) == (22, 27)
    assert sum(view.visit.signed for view in day.visits) == 7


def test_two_visits_wait_in_the_evening_one_of_them_with_something_to_settle(play):
    day = snapshots.day(play(demo.END_OF_DAY), DAY)
    waiting = {
        view.visit.patient: [item.rule for item in view.to_fix]
        for view in day.visits
        if not view.visit.signed
    }

    assert waiting == {
        "P-1120": ["over-60-minutes", "unit-choice"],
        "P-1095": ["ptp-pair", "ptp-pair"],  # group work beside two one-on-one codes
    }


def test_in_the_middle_of_the_morning_97112_runs_since_24_minutes(play):
    clinic = play(demo.MID_MORNING)
    (running,) = snapshots.running(clinic)

    assert (running.patient, running.code) == ("P-1042", "97112")
    assert clinic.clock.now() - running.started_at == 24 * MINUTE + 7 * SECOND
    watching.take_over(clinic)
    assert watching.in_doubt(clinic) == ()


def test_the_day_keeps_every_promise(play, folder, clock):
    play(demo.END_OF_DAY).close()

    assert keeping.check(folder, clock).visits == 9


@pytest.mark.parametrize("until", [time(7, 45), time(8, 30), time(12, 0), time(14, 10)])
def test_the_day_can_be_played_to_any_time(play, until):
    clinic = play(until)

    assert len(snapshots.today(clinic).visits) in (0, 9)


def test_a_demo_lies_in_a_folder_of_its_own_and_goes_on_from_its_time(folder, clock):
    clock.advance(hours=5, minutes=11)
    played = demo.make(folder, clock)
    clinic = open_clinic(played.folder, clock)
    assert played.folder == folder / "demo"
    assert clinic.is_demo
    at_first = snapshots.today(clinic)
    assert f"{at_first.date}" == "2026-11-23"
    assert clinic.clock.now() == played.until
    clock.advance(minutes=3)

    assert clinic.clock.now() == played.until + 3 * MINUTE
    clinic.close()


def test_a_real_record_is_no_demo(clinic):
    assert not clinic.is_demo


def test_a_new_demo_takes_the_place_of_an_old_one(folder, clock):
    first = demo.make(folder, clock)
    second = demo.make(folder, clock, until=demo.MID_MORNING)

    assert second.folder == first.folder
    clinic = open_clinic(second.folder, clock)
    assert len(snapshots.running(clinic)) == 1
    clinic.close()


def test_a_demo_that_a_window_shows_is_left_alone(folder, clock):
    first = demo.make(folder, clock)
    lock = window_lock.WindowLock.acquire(first.folder)
    second = demo.make(folder, clock)
    lock.release()

    assert second.folder == folder / "demo-2"
    assert keeping.check(first.folder, clock).visits == 9


def test_a_real_record_is_never_taken_for_an_old_demo(folder, clock):
    real = open_clinic(folder / "demo", clock)
    real.close()

    assert demo.make(folder, clock).folder == folder / "demo-2"
    assert keeping.check(folder / "demo", clock).visits == 0
