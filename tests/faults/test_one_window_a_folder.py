"""Real windows in real processes: the second start, a window that hangs, one that was killed."""

import os
import selectors
import signal
import socket
import sys
from pathlib import Path

import pytest

from ptimer.gui.front import server_name
from ptimer.operations import one_window
from tests.faults.conftest import ENOUGH_S, PTIMER

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and sockets of POSIX")


@pytest.fixture
def start(spawn, record):
    """Start ptimer as a person does."""
    return lambda **more: spawn(PTIMER, "--data-dir", record, **more)


def ended(process):
    """Wait for a process's end; return its exit status and what it said."""
    _, told = process.communicate(timeout=ENOUGH_S)
    return process.returncode, told


def first_to_end(processes):
    """Wait until one of several processes closes its output, which all do at their end."""
    with selectors.DefaultSelector() as selector:
        for process in processes:
            selector.register(process.stdout, selectors.EVENT_READ, process)
        events = selector.select(ENOUGH_S)
    return events[0][0].data


def test_a_second_start_brings_the_first_window_to_the_front_and_ends(open_window, start):
    first = open_window()
    assert first.do("minimize")["minimized"]

    second = start()

    assert first.state()["minimized"] is False, "it came back by itself"
    assert ended(second) == (0, "")
    assert first.close() == 0


def test_of_two_starts_at_once_one_stays_and_the_other_ends_without_a_word(start):
    both = [start(), start()]
    gone = first_to_end(both)
    stays = next(each for each in both if each is not gone)

    assert ended(gone) == (0, "")
    assert stays.poll() is None


def test_a_window_that_was_killed_does_not_keep_the_next_one_from_opening(
    open_window, start, environ, record
):
    killed = open_window()
    killed.kill()
    left = Path(environ["TMPDIR"]) / server_name(record)
    assert left.is_socket(), "this is what the dead window left"

    again = open_window()
    second = start()

    assert ended(second) == (0, "")
    assert again.close() == 0


def test_a_window_that_hangs_is_told_and_nothing_pretends_to_have_worked(
    open_window, start, record
):
    first = open_window()
    first.process.send_signal(signal.SIGSTOP)
    status, told = ended(start())
    first.process.send_signal(signal.SIGCONT)

    assert status == 5
    assert f"ptimer is open on {record} already" in told
    assert "does not answer" in told
    assert first.close() == 0


def test_a_start_while_the_first_window_closes_opens_a_window_itself(
    start, environ, record, open_window
):
    lock = one_window.take(record)
    with socket.socket(socket.AF_UNIX) as closing:
        closing.bind(str(Path(environ["TMPDIR"]) / server_name(record)))
        closing.listen()
        second = start()
        closing.settimeout(ENOUGH_S)
        asked, _ = closing.accept()
        lock.release()
        asked.close()
    both = [second, start()]
    gone = first_to_end(both)

    assert ended(gone) == (0, ""), "the other one has become the window, and answers"
    assert sum(each.poll() is None for each in both) == 1


def test_the_same_folder_by_another_name_is_the_same_window(open_window, spawn, record, tmp_path):
    first = open_window()
    link = tmp_path / "another name"
    link.symlink_to(record)
    first.do("minimize")

    second = spawn(PTIMER, "--data-dir", link)

    assert first.state()["minimized"] is False
    assert ended(second) == (0, "")


def test_another_folder_has_a_window_of_its_own(open_window, tmp_path):
    first = open_window()
    other = open_window(folder=tmp_path / "other")

    assert first.process.poll() is None
    assert other.do("state")["screen"] == "today"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_window_that_is_told_to_end_closes_in_order(open_window, ptimer, how):
    first = open_window()
    first.do("visit P-1")
    assert first.do("press 97112")["running"] == [["P-1", "97112"]]
    first.process.send_signal(how)
    status, told = ended(first.process)

    assert (status, told) == (0, "")
    again = open_window()
    assert again.first["screen"] == "today", "what was left running on purpose is not in doubt"
    assert again.first["running"] == [["P-1", "97112"]]


NO_SCREENS = {
    "nothing": {},
    "a display that is not there": {"DISPLAY": ":4711"},
    "a display on a port without a server": {"DISPLAY": "127.0.0.1:4711"},
    "a display of no form": {"DISPLAY": "screen"},
    "a wayland that is not there": {"WAYLAND_DISPLAY": "wayland-4711"},
    "x11 wanted, and none there": {"QT_QPA_PLATFORM": "xcb"},
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
@pytest.mark.parametrize("screen", NO_SCREENS.values(), ids=NO_SCREENS)
def test_without_a_screen_the_window_says_so_and_nothing_is_made(run, environ, record, screen):
    env = {name: value for name, value in environ.items() if name != "QT_QPA_PLATFORM"}
    code = f"import os, sys; os.environ.clear(); os.environ.update({env | screen!r})"
    main = f"sys.argv = ['ptimer', '--data-dir', {str(record)!r}]; from ptimer.app import main"
    done = run(sys.executable, "-c", f"{code}; {main}; sys.exit(main())")

    assert done.returncode == 2
    assert done.stderr.startswith("ptimer has no screen to open its window on")
    assert len(done.stderr.splitlines()) == 1
    assert not record.exists()


def test_the_commands_work_without_a_screen(run, record):
    done = run(PTIMER, "--data-dir", record, "status", env={"QT_QPA_PLATFORM": "", "DISPLAY": ""})

    assert (done.returncode, done.stdout) == (0, "nothing is running, no visits today\n")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows has other rights")
def test_a_folder_that_may_not_be_written_to_is_told_before_a_window_opens(spawn, tmp_path):
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    (shelf / "file").touch()
    done = spawn(PTIMER, "--data-dir", shelf / "file")

    status, told = ended(done)
    assert status == 5
    assert told.startswith(f"Nothing can be recorded in {shelf / 'file'}: ")
    assert len(told.splitlines()) == 1
