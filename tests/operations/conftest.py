"""A clinic with a record of its own, on a clock that stands still until it is moved.

It is Monday, 23 November 2026, ten o'clock; who presses is Kim unless told otherwise.
"""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import corrections, signing, snapshots, stopping, stopwatch, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.corrections import NewTime
from ptimer.operations.signing import SignWish
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import database
from ptimer.timing.clock import ManualClock
from ptimer.timing.service_date import read_time, service_date
from tests.storage import tables
from tests.storage.quick_disk import quick_folder


@pytest.fixture
def clock():
    return ManualClock.at_local("2026-11-23T10:00:00")


@pytest.fixture
def folder():
    """A data folder that is not there yet."""
    with quick_folder() as parent:
        yield parent / "record"


@pytest.fixture
def file(folder):
    """The place of the record in its folder."""
    return database.database_file(folder)


@pytest.fixture
def clinic(folder, blank, clock):
    """A clinic that has recorded nothing yet."""
    folder.mkdir()
    copy(blank, folder)
    clinic = open_clinic(folder, clock)
    yield clinic
    clinic.close()


@pytest.fixture
def another(folder, clock):
    """Open the same record once more, as another window or command does."""
    opened = []

    def another():
        opened.append(open_clinic(folder, clock))
        return opened[-1]

    yield another
    for clinic in opened:
        clinic.close()


class Program:
    """Another program on the same record (see child.py)."""

    def __init__(self, *words, **environment):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.operations.child", *map(str, words)],
            cwd=Path(__file__).parents[2],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def wait_until_ready(self):
        assert self.process.stdout.readline() == "ready\n"

    def go(self):
        """Let it act."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def says(self):
        """Return its next line."""
        return self.process.stdout.readline().strip()

    def result(self):
        """Return the last line that it says."""
        out, _ = self.process.communicate()
        return out.splitlines()[-1]


@pytest.fixture
def program():
    """Start another program that waits to act: `program("start", folder, "97110", "Ann", "Kim")`.

    Several that are started together wait until all of them are ready.
    """
    started = []

    def program(*words, **environment):
        started.append(Program(*words, **environment))
        return started[-1]

    yield program
    for each in started:
        each.process.kill()
        each.process.communicate()


@pytest.fixture
def dump(clinic):
    """Return every row of the record, to see that nothing was changed."""
    return lambda: tables.dump(clinic.connection)


@pytest.fixture
def at(clock):
    """Return the instant of a time of the day, `at("10:15")`, or of another."""
    today = service_date(clock.now(), clock.zone)
    return lambda text: read_time(text, today=today, zone=clock.zone).instant


@pytest.fixture
def start(clinic):
    """Start a stopwatch and return its segment: `start("97112", "Ann", clinician="Lee")`."""

    def start(code, *patients, clinician="Kim", role="therapist", **more):
        wish = StartWish(code, patients or ("Ann",), clinician=clinician, role=Role(role), **more)
        return stopwatch.start(clinic, wish).started[0]

    return start


@pytest.fixture
def stop(clinic):
    """Stop all that runs, or what is named: `stop("97112", units=2)`."""
    return lambda code=None, **more: stopping.stop(clinic, StopWish(code, **more))


@pytest.fixture
def timed(clock, start, stop):
    """Time a code for some minutes from now and return the segment as it was recorded."""

    def timed(code, *patients, minutes=15, **more):
        segment = start(code, *patients, **more)
        clock.advance(minutes=minutes)
        ended = stop(clinician=segment.clinician).ended
        return next(each for each in ended if each.id == segment.id)

    return timed


@pytest.fixture
def open_visit(clinic):
    """Open a visit of today and return its id."""
    return lambda patient="Ann", **more: visiting.open_visit(clinic, patient, **more).id


@pytest.fixture
def add(clinic, at):
    """Record a time that was not pressed: `add(visit_id, "97110", "09:00", "09:15")`."""

    def add(visit_id, code, start, end, *, clinician="Kim", why="typed in late", **more):
        time = NewTime(visit_id, code, at(start), at(end), clinician, **more)
        return corrections.add(clinic, time, why)

    return add


@pytest.fixture
def sign(clinic):
    """Sign a clinician's part of a visit."""

    def sign(visit_id, clinician="Kim", **more):
        return signing.sign(clinic, visit_id, SignWish(clinician, "OTR/L", **more))

    return sign


@pytest.fixture
def view(clinic):
    """Return a visit as the screens see it."""
    return lambda visit_id: snapshots.visit(clinic, visit_id)
