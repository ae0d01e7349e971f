"""Processes that a test starts, and that end with it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.steady import NOW

ROOT = Path(__file__).parents[2]
PTIMER = Path(sys.executable).with_name("ptimer")

ENOUGH_S = 60
"""How long a process may take that is expected to end: a limit for a machine in trouble."""


class DrivenWindow:
    """The real window in a process of its own (see window_child.py)."""

    def __init__(self, process):
        self.process = process

    def state(self):
        """Return what the window tells next; None where it has ended."""
        line = self.process.stdout.readline()
        return json.loads(line) if line else None

    def do(self, words):
        """Let it do something, and return what it is like then."""
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        return self.state()

    def kill(self):
        """End it as a power cut would."""
        self.process.kill()
        self.process.wait(ENOUGH_S)

    def close(self):
        """Close it in order, and return its exit status."""
        self.do("close")
        return self.process.wait(ENOUGH_S)


@pytest.fixture
def environ(tmp_path):
    """The environment of a child: no screen, and sockets in a folder of its own."""
    sockets = tmp_path / "s"
    sockets.mkdir(exist_ok=True)
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "PTIMER_DATA_DIR")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "TZ": "UTC", "TMPDIR": str(sockets)}


@pytest.fixture
def spawn(environ):
    """Start a program; it is ended with the test, however that goes."""
    started = []

    def spawn(*command, env=None, **more):
        process = subprocess.Popen(
            [str(each) for each in command],
            cwd=ROOT,
            env={**environ, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )
        started.append(process)
        return process

    yield spawn
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def run(environ):
    """Run a program to its end."""

    def run(*command, env=None, **more):
        return subprocess.run(
            [str(each) for each in command],
            cwd=ROOT,
            env={**environ, **(env or {})},
            capture_output=True,
            text=True,
            check=False,
            timeout=ENOUGH_S,
            **more,
        )

    return run


@pytest.fixture
def record(tmp_path):
    """A data folder that is not there yet."""
    return tmp_path / "record"


@pytest.fixture
def ptimer(run, record):
    """Run ptimer on the record."""
    return lambda *words, **more: run(PTIMER, "--data-dir", record, *words, **more)


@pytest.fixture
def open_window(spawn, record):
    """Open the real window on the record, and wait until it is there."""

    def open_window(now=NOW, folder=record, **more):
        child = (sys.executable, "-m", "tests.faults.window_child", folder, now)
        window = DrivenWindow(spawn(*child, **more))
        window.first = window.state()
        assert window.first is not None, window.process.communicate()[1]
        return window

    return open_window


@pytest.fixture
def killed():
    """The exit status of a process that was killed."""
    return -signal.SIGKILL
