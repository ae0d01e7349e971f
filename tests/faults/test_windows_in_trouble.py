"""What a clinician keeps when the window dies, the disk fills up, or the clock is set."""

import csv
import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.faults.conftest import PTIMER
from tests.faults.steady import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes that wake Qt are POSIX's")


@pytest.fixture
def timing(open_window):
    """A window in which 97112 of P-1 was pressed at 10:00:00, and the minutes since passed."""

    def timing(*, seconds):
        window = open_window()
        window.do("visit P-1")
        window.do("press 97112")
        window.do(f"advance {seconds}")
        return window

    return timing


def segments(ptimer):
    """What the record holds: code, start and end in UTC, as its segments file has them."""
    told = ptimer("export", "--layout", "segments", "--include-unsigned", "--date", "2026-11-23")
    assert told.returncode == 0, told.stderr
    rows = csv.DictReader(io.StringIO(told.stdout, newline=""))
    return [(row["code"], row["start"][11:19], row["end"][11:19]) for row in rows]


def test_after_a_power_cut_the_next_start_asks_and_all_up_to_the_last_sign_of_life_is_sure(
    timing, open_window, ptimer
):
    # Signs of life come every 40 seconds here: ticks are 20 seconds apart, and 30 must be over.
    timing(seconds=24 * 60 + 10).kill()

    window = open_window("2026-11-23T10:32:20")
    asked = window.first

    assert asked["screen"] == "recovery"
    assert asked["question"]["facts"] == {
        "Patient": "P-1",
        "Code": "97112",
        "Since": "10:00:00",
        "Last sign of life": "10:24:00",
        "Open again": "10:32:20",
    }
    assert asked["question"]["sure"] == "97112 · 24 min recorded"
    assert window.do("answer ended-then")["running"] == []
    assert window.close() == 0
    assert segments(ptimer) == [("97112", "10:00:00", "10:24:00")]
    assert ptimer("check").returncode == 0


def test_a_press_just_before_a_power_cut_is_kept_and_asked_about(timing, open_window):
    timing(seconds=3).kill()

    asked = open_window("2026-11-23T10:05:00").first["question"]

    assert asked["facts"]["Last sign of life"] == "10:00:00", "the press itself"
    assert asked["sure"] == "97112 · 0 min recorded"


def test_what_went_on_after_a_power_cut_counts_on_and_is_asked_once(timing, open_window):
    timing(seconds=60).kill()
    window = open_window("2026-11-23T10:05:00")
    went_on = window.do("answer went-on")
    assert went_on["running"] == [["P-1", "97112"]]
    assert window.close() == 0

    again = open_window("2026-11-23T10:06:00")
    assert again.first["screen"] == "today"
    assert again.first["running"] == [["P-1", "97112"]]


def test_a_second_power_cut_before_the_answer_asks_about_the_first_sign_of_life(
    timing, open_window
):
    timing(seconds=10 * 60).kill()
    open_window("2026-11-23T10:20:00").kill()

    asked = open_window("2026-11-23T10:30:00").first["question"]

    assert asked["facts"]["Last sign of life"] == "10:10:00"


def test_what_the_command_line_started_is_in_doubt_only_once_a_window_watched_it(
    open_window, ptimer
):
    assert ptimer("start", "97112", "--patient", "P-1").returncode == 0
    now = ptimer("status", "--json").stdout.partition('"since": "')[2][:19]
    window = open_window(now)
    assert window.first["running"] == [["P-1", "97112"]]
    window.kill()

    assert open_window(now).first["screen"] == "today"


def test_a_clock_set_forwards_while_it_runs_is_asked_about(timing):
    window = timing(seconds=600)

    asked = window.do("set 3600")

    assert asked["screen"] == "recovery"
    assert asked["question"]["sure"] == "97112 · 10 min recorded"


def test_a_clock_set_backwards_while_it_runs_is_asked_about_and_an_answer_settles_it(
    timing, ptimer
):
    window = timing(seconds=600)

    asked = window.do("set -300")
    assert asked["screen"] == "recovery"
    assert asked["question"]["sure"] == "97112 · 10 min recorded"

    assert window.do("answer ended-then")["running"] == []
    window.close()
    assert segments(ptimer) == [("97112", "10:00:00", "10:10:00")]


def test_a_press_on_a_full_disk_is_kept_told_and_recorded_at_its_instant(timing, ptimer):
    window = timing(seconds=600)
    before = window.do("fill")

    full = window.do("press 97112")
    assert full["footer"] == "The last press was NOT recorded"
    assert full["unsaved"].startswith("1 press is NOT recorded yet: 10:10:00 stop 97112 of P-1")
    assert "Make room" in full["unsaved"]
    assert segments(ptimer) == [], "what runs is in no file: the stop is not recorded"

    window.do("room")
    after = window.do("advance 60")
    assert before["footer"] == "✓ Recorded 10:00:00"
    assert after["footer"] == "✓ Recorded 10:10:20", "as soon as it could be"
    assert after["unsaved"] == ""
    assert "1 press that had waited is recorded" in after["bar"]
    window.close()
    assert segments(ptimer) == [("97112", "10:00:00", "10:10:00")]
    assert ptimer("check").returncode == 0


def test_a_new_patient_on_a_full_disk_is_timed_kept_over_a_kill_and_recorded_at_its_instants(
    timing, open_window, ptimer
):
    window = timing(seconds=600)
    window.do("press 97112")
    window.do("fill")
    window.do("new P-9")
    window.do("arrive")
    window.do("advance 60")
    full = window.do("press 97530")
    assert full["unsaved"].startswith(
        "3 presses are NOT recorded yet: 10:10:00 new visit of P-9; 10:10:00 arrival of P-9; "
        "10:11:00 start 97530 for P-9"
    )
    assert full["running"] == [["P-9", "97530"]]
    window.do("advance 60")
    window.kill()

    again = open_window("2026-11-23T10:30:00")
    taken = again.do("again")
    assert taken["unsaved"] == ""
    assert taken["running"] == [["P-9", "97530"]]
    assert again.do("answer ended-then")["running"] == []
    again.close()
    assert segments(ptimer) == [
        ("97112", "10:00:00", "10:10:00"),
        ("97530", "10:11:00", "10:11:40"),
    ], "up to its last sign of life"
    assert ptimer("check").returncode == 0


def test_what_a_killed_window_could_not_record_is_offered_at_the_next_start(
    timing, open_window, ptimer
):
    window = timing(seconds=600)
    window.do("fill")
    window.do("press 97112")
    window.do("advance 120")
    window.do("press 97530")
    window.do("advance 60")
    window.kill()

    again = open_window("2026-11-23T10:30:00")
    assert again.do("state")["unsaved"].startswith(
        "2 presses were not recorded when ptimer was closed: "
        "10:10:00 stop 97112 of P-1; 10:12:00 start 97530 for P-1"
    )
    taken = again.do("again")

    assert taken["unsaved"] == ""
    assert taken["running"] == [["P-1", "97530"]]
    again.close()
    assert segments(ptimer) == [("97112", "10:00:00", "10:10:00")]
    asked = open_window("2026-11-23T10:31:00").first["question"]
    assert asked["facts"]["Since"] == "10:12:00"
    assert asked["facts"]["Last sign of life"] == "10:12:40", "of the file of presses"


def test_ptimers_own_mistake_is_written_down_and_told_and_the_window_goes_on(timing, record):
    window = timing(seconds=60)
    window.do("err")

    told = window.state()
    assert "Something went wrong inside ptimer" in told["bar"]
    assert str(record / "ptimer-errors.log") in told["bar"]
    log = (record / "ptimer-errors.log").read_text("utf-8")
    assert log.count("LookupError: ptimer") == 1
    assert "Traceback" in log
    assert window.do("press 97112")["running"] == []
    assert window.close() == 0


def test_a_mistake_that_cannot_be_written_down_is_told_all_the_same(timing):
    window = timing(seconds=60)
    window.do("fill")
    window.do("err")

    assert "Something went wrong inside ptimer" in window.state()["bar"]


@pytest.fixture
def shelf():
    """A folder that every user can get to, unlike those of the tests."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def test_a_record_that_may_only_be_read_is_told_before_a_window_opens(run, shelf):
    if os.geteuid() != 0:
        pytest.skip("only root can become another user")
    record = shelf / "record"
    started = run(PTIMER, "--data-dir", record, "start", "97112", "--patient", "P-1")
    assert started.returncode == 0
    before = {path.name: path.read_bytes() for path in record.iterdir()}
    record.chmod(0o555)
    child = (sys.executable, "-m", "tests.faults.window_child", record, NOW)
    done = run(*child, env={"ACT_AS": "65534", "TMPDIR": str(shelf)})

    assert done.returncode == 5
    assert done.stderr.startswith(f"Nothing can be recorded in {record}: Permission denied")
    assert {path.name: path.read_bytes() for path in record.iterdir()} == before
