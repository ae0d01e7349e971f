import subprocess
import sys

from ptimer.storage.window_lock import NAME, WindowLock, window_is_open

HOLD = """
import sys
from pathlib import Path
from ptimer.storage.window_lock import WindowLock
lock = WindowLock.acquire(Path(sys.argv[1]))
print(lock is not None, flush=True)
sys.stdin.readline()
"""


def test_a_folder_has_one_window_at_a_time(tmp_path):
    first = WindowLock.acquire(tmp_path)
    assert window_is_open(tmp_path)
    assert WindowLock.acquire(tmp_path) is None

    first.release()
    assert not window_is_open(tmp_path)
    WindowLock.acquire(tmp_path).release()


def test_a_folder_that_never_had_a_window_has_none_and_asking_makes_nothing(tmp_path):
    assert not window_is_open(tmp_path)
    assert not window_is_open(tmp_path / "no folder")
    assert list(tmp_path.iterdir()) == []


def test_asking_does_not_take_the_lock_away(tmp_path):
    lock = WindowLock.acquire(tmp_path)

    assert window_is_open(tmp_path)
    assert window_is_open(tmp_path)
    lock.release()


def test_the_lock_goes_with_the_program_that_held_it_however_it_ends(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline().strip() == b"True"
    assert window_is_open(tmp_path)

    holder.kill()
    holder.communicate()
    assert (tmp_path / NAME).exists()
    assert not window_is_open(tmp_path)
    WindowLock.acquire(tmp_path).release()
