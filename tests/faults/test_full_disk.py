"""A disk that really is full, with more or less room left: nothing is half there, all is told."""

import os
import shutil
import subprocess
import sys

import pytest

from ptimer.operations import keeping, stopping, stopwatch, unsaved, unsaved_files
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Busy
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.unsaved_queue import Queue
from ptimer.timing.clock import SystemClock
from tests.cli.command_line import segments_file
from tests.faults.conftest import PTIMER

THOROUGH = "PTIMER_FAULTS" in os.environ
DISK_KIB = 2048
ROOM_KIB = range(0, 400, 4) if THOROUGH else (0, 20)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="only root mounts a small disk; limits on the size of files are tried elsewhere",
)


@pytest.fixture
def disk(tmp_path):
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KIB}k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def record(disk):
    return disk / "record"


@pytest.fixture
def small_disk(disk, ptimer, tmp_path):
    """The disk with a record in which 97112 runs, and a file of yesterday's lines."""
    done = ptimer("start", "97112", "--patient", "P-1", "--discipline", "OT")
    assert done.returncode == 0, done.stderr
    segments_file(
        tmp_path / "times.csv",
        *(
            f"Q-{n},Medicare,PT,Ben,therapist,97110,2025-06-02T{n // 60:02}:{n % 60:02}:00,"
            f"2025-06-02T{n // 60:02}:{n % 60:02}:30"
            for n in range(600)
        ),
    )
    (disk / "old.csv").write_text("yesterday's lines\n")
    return disk


def fill(disk, room_kib):
    """Leave so much room on the disk; return the file that takes up the rest."""
    free = shutil.disk_usage(disk).free
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * max(free - room_kib * 1024, 0))
    return ballast


COMMANDS = {
    "start": "start 97530 --patient P-3 --clinician Cem --discipline OT",
    "stop": "stop",
    "import": "import {elsewhere}/times.csv",
    "export": "export --layout segments --include-unsigned --from 2025-01-01 -o {disk}/old.csv",
    "lines": "export --include-unsigned --from 2025-01-01 -o {disk}/old.csv",
    "backup": "backup {disk}/copy.db",
}


@pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)
def test_a_command_on_a_full_disk_does_all_or_tells_why_not(
    small_disk, ptimer, run, tmp_path, words
):
    given = words.format(disk=small_disk, elsewhere=tmp_path).split()
    refused = 0
    for room in ROOM_KIB:
        ballast = fill(small_disk, room)
        before = {path.name for path in small_disk.iterdir()}
        done = ptimer(*given)
        if done.returncode != 0:
            refused += 1
            assert done.returncode == 5, (room, done.stderr)
            assert "Traceback" not in done.stderr
            assert {path.name for path in small_disk.iterdir()} == before, room
            assert (small_disk / "old.csv").read_text() == "yesterday's lines\n"
        ballast.unlink()
        assert keeping.check(small_disk / "record", SystemClock()) is not None, room
        if done.returncode == 0:
            break
    else:
        assert ptimer(*given).returncode == 0, "and once there is room it is done"
    assert refused > 0, "the disk was full at least once"


def test_a_first_start_on_a_full_disk_leaves_nothing_behind(disk, run, tmp_path):
    ballast = fill(disk, 0)
    done = run(PTIMER, "--data-dir", disk / "record", "start", "97112", "--patient", "P-1")

    assert done.returncode == 5
    assert "Make room" in done.stderr or "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (disk / "record" / "ptimer.db").exists()
    ballast.unlink()
    again = run(PTIMER, "--data-dir", disk / "record", "start", "97112", "--patient", "P-1")
    assert again.returncode == 0, again.stderr


def test_a_window_on_a_full_disk_says_so_in_a_sentence(disk, run):
    fill(disk, 0)
    done = run(PTIMER, "--data-dir", disk / "record")

    assert done.returncode == 5
    assert done.stderr.startswith(f"Nothing can be recorded in {disk / 'record'}")
    assert len(done.stderr.splitlines()) == 1


def press_until_it_is_full(clinic):
    for _ in range(100):  # what is left of the last page is used up first
        stopwatch.start(clinic, StartWish("97112", ("P-2",), switch=True))
        stopping.stop(clinic, StopWish())


def test_what_cannot_be_recorded_on_a_full_disk_is_kept_there_all_the_same(small_disk, monkeypatch):
    record = small_disk / "record"
    monkeypatch.setenv("HOME", str(small_disk / "nowhere"))
    monkeypatch.setattr("tempfile.tempdir", str(small_disk / "nowhere"))
    unsaved_files.reserve(record)
    clinic = open_clinic(record, SystemClock())
    fill(small_disk, 0)
    with pytest.raises(Busy) as full:
        press_until_it_is_full(clinic)
    pressed = unsaved.of_start(StartWish("97112", ("P-2",)), [], clinic.clock.now())
    queue = Queue(clinic)
    queue.keep([pressed], full.value)
    clinic.close()

    assert queue.file == record / "ptimer-unsaved-presses.csv"
    assert len(unsaved_files.left_behind(record).presses) == 1
