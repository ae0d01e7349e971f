"""Another program on the same record: waits until it is told to go, and tells what came of it."""

import os
import sys
from pathlib import Path

from ptimer.operations import keeping, people, snapshots, stopping, stopwatch
from ptimer.operations.clinic import open_clinic, open_clinic_to_read
from ptimer.operations.errors import Problem
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import migrations
from ptimer.timing.clock import ManualClock

CLOCK = ManualClock.at_local("2026-11-23T10:00:00")


def start(folder, code, patient, clinician):
    clinic = open_clinic(folder, CLOCK)
    stopwatch.start(clinic, StartWish(code, (patient,), clinician=clinician))
    return "started"


def introduce(folder, name):
    clinic = open_clinic(folder, CLOCK)
    people.answer_first_start(clinic, people.FirstAnswers(name, "OTR/L", "OT", "Medicare"))
    return "introduced"


def look(folder):
    clinic = open_clinic_to_read(folder, CLOCK)
    return "no record" if clinic is None else f"{len(snapshots.today(clinic).visits)} visits"


def restore(folder, source, room):
    _let_files_grow_to(int(room))
    keeping.restore(folder, Path(source))
    return "restored"


def fill_the_disk(folder, room):
    """Start and stop until the file may not grow any more."""
    clinic = open_clinic(folder, CLOCK)
    _let_files_grow_to(int(room))
    for number in range(10_000):
        CLOCK.advance(minutes=1)
        stopwatch.start(clinic, StartWish("97110", ("Ann",), clinician="Kim"))
        stopping.stop(clinic, stopping.StopWish())
        sys.stdout.write(f"{number + 1}\n")
    return "never full"


def _let_files_grow_to(size):
    import resource  # not on every system

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def start_and_wait(folder):
    clinic = open_clinic(folder, CLOCK)
    wish = StartWish("97110", ("Ann",), clinician="Kim", origin="press")
    sys.stdout.write(f"{stopwatch.start(clinic, wish).started[0].id}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    return "closed"


ACTIONS = (start, introduce, look, restore, fill_the_disk, start_and_wait)


def main():
    action, folder, *rest = sys.argv[1:]
    if "ACT_AS" in os.environ:
        assert migrations  # read before there is no right to
        os.setuid(int(os.environ["ACT_AS"]))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    act = next(each for each in ACTIONS if each.__name__ == action)
    try:
        result = act(Path(folder), *rest)
    except Problem as problem:
        result = f"{type(problem).__name__}: {problem}"
    sys.stdout.write(f"{result}\n")


if __name__ == "__main__":
    main()
