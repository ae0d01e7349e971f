import time
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ptimer.timing.clock import DAY, HOUR, MINUTE, Instant, ManualClock, ShiftedClock, SystemClock
from ptimer.timing.service_date import clock_text, iso

BOOT = Path("/proc/sys/kernel/random/boot_id")
BERLIN = ZoneInfo("Europe/Berlin")


def test_a_manual_clock_stands_still():
    clock = ManualClock.at_local("2026-11-23T10:07", BERLIN)

    assert iso(clock.now(), clock.zone) == "2026-11-23T10:07:00+01:00"
    assert clock.now() == clock.now()
    assert clock.steady() == 0


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        ({"hours": 1}, "11:07:00"),
        ({"minutes": 24}, "10:31:00"),
        ({"seconds": 1.5}, "10:07:01"),
        ({"hours": 1, "minutes": 1, "seconds": 1}, "11:08:01"),
    ],
)
def test_time_that_passes_moves_both_clocks(passed, shown):
    clock = ManualClock.at_local("2026-11-23T10:07")
    before = clock.now()
    clock.advance(**passed)

    assert clock_text(clock.now(), UTC) == shown
    assert clock.steady() == clock.now() - before


def test_a_clock_set_by_hand_moves_the_wall_clock_alone():
    clock = ManualClock.at_local("2026-11-23T10:07")
    clock.advance(minutes=3)
    clock.set_by_hand(Instant(clock.now() - HOUR))

    assert clock_text(clock.now(), UTC) == "09:10:00"
    assert clock.steady() == 3 * MINUTE
    assert clock.boot() == "boot-1"


def test_a_shifted_clock_shows_another_day_and_ticks_like_the_one_behind_it():
    behind = ManualClock.at_local("2026-11-23T10:07", BERLIN)
    clock = ShiftedClock(behind, shift=-2 * DAY)
    behind.advance(minutes=5)

    assert iso(clock.now(), clock.zone) == "2026-11-21T10:12:00+01:00"
    assert clock.steady() == 5 * MINUTE
    assert clock.boot() == behind.boot()
    assert clock.zone is BERLIN


def test_the_computers_clock_agrees_with_the_time_of_a_file_just_written(tmp_path):
    (tmp_path / "written").touch()
    written = round((tmp_path / "written").stat().st_mtime * 1000)
    clock = SystemClock()

    assert abs(clock.now() - written) < MINUTE
    assert isinstance(clock.now(), int)
    assert clock.zone is None


def test_the_computers_steady_clock_never_goes_back():
    clock = SystemClock()
    readings = [clock.steady() for _ in range(1000)]

    assert readings == sorted(readings)
    assert all(isinstance(each, int) for each in readings)


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="Linux's clock that never sleeps")
def test_the_computers_steady_clock_goes_on_while_linux_sleeps():
    since_start = time.clock_gettime(time.CLOCK_BOOTTIME)

    assert abs(SystemClock().steady() - since_start * 1000) < MINUTE


def test_the_running_start_of_the_computer_has_one_name():
    assert isinstance(SystemClock().boot(), str)
    assert SystemClock().boot() == SystemClock().boot()


@pytest.mark.skipif(not BOOT.exists(), reason="Linux alone names its running start")
def test_the_running_start_of_linux_has_a_name_of_its_own():
    assert SystemClock().boot() == BOOT.read_text("ascii").strip() != ""
