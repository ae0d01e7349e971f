"""Kill -9 at a random moment of a day of random presses: what was confirmed is there.

Half of the kills come at a change of the disk, chosen by the seed; half come from outside, after
a part of the time that the whole day takes.
"""

import contextlib
import io
import os
import shlex
import shutil
import signal
import time
from pathlib import Path

from ptimer.cli.main import run
from ptimer.operations import keeping, snapshots, watching
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Problem
from tests.faults import days, disk_log, kept, window_life
from tests.faults.lives import live
from tests.faults.outcome import verdict

PRESSES = 30
KILLS_A_DAY = 25
DONE, REFUSED = 0, (2, 3)


class Deaths:
    """Counts the changes of the disk, and dies at one of them."""

    def __init__(self, last=0):
        self.taken = 0
        self.last = last

    def __call__(self, *_):
        self.taken += 1
        if self.taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


def command_life(folder, steps):
    """Type a day's commands; each is told once its exit status is known."""

    def act(say):
        clock = days.new_clock()
        say({"status": DONE})
        for step in steps:
            clock.advance(seconds=step.seconds)
            say({"status": type_in(folder, clock, step.given)})

    return act


def type_in(folder, clock, words):
    """Run a command in this process, and return its exit status."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return run(["--data-dir", str(folder), *shlex.split(words)], clock)


def window(outcome, seeds, work):
    """Kill the window."""
    _kill(outcome, seeds, work, days.window_day, window_life.window_life, _asked_again)


def commands(outcome, seeds, work):
    """Kill the command line."""
    _kill(outcome, seeds, work, days.command_day, command_life, _still_runs)


def _kill(outcome, seeds, work, day, life, offered):
    for seed in seeds:
        number, place = divmod(seed, KILLS_A_DAY)
        if place == 0 or seed == seeds[0]:
            steps = day(number, PRESSES)
            whole = _whole_day(work, life, steps, number)
            unwell = [each for each in whole["said"] if each["status"] not in (DONE, *REFUSED)]
            if unwell:
                outcome.went("wrong", seed, f"a day that nobody disturbed: {unwell[0]}")
                return
        folder = _begun(work / "killed", number)
        died = _death(whole, seed, life(folder, steps))
        confirmed = max(len(died.said) - 1, 0)
        found = _seen(whole["held"], confirmed, folder, offered)
        how = found if isinstance(found, str) else ""
        outcome.judge(seed, None if how else found, how if died.killed else f"{how}, at the end")


def _whole_day(work, life, steps, number):
    """Let a day happen undisturbed; return what was so after each press, and how long it took."""
    folder = _begun(work / "whole", number)

    def counted(say):
        deaths = Deaths()
        disk_log.listen(deaths)
        held = []

        def said(told):
            held.append(kept.held(folder))
            say({**told, "held": held[-1], "taken": deaths.taken})

        life(folder, steps)(said)

    begun = time.perf_counter()
    told = live(counted)
    if told.status != 0:
        return {"said": [{"status": f"it ended with {told.status}"}], "held": []}
    return {
        "said": told.said,
        "held": [each["held"] for each in told.said],
        "changes": told.said[-1]["taken"],
        "seconds": time.perf_counter() - begun,
    }


def _death(whole, seed, act):
    """Let the same day happen, and end it at a moment of the seed's choice."""
    chance = days.dice("kill", seed)
    if seed % 2:
        return live(act, seconds=chance.uniform(0, whole["seconds"]))
    last = chance.randint(1, whole["changes"])

    def mortal(say):
        disk_log.listen(Deaths(last))
        act(say)

    return live(mortal)


def _seen(expected, confirmed, folder, offered):
    """Return how the record came back in words, or what is lost or wrong with it."""
    clock = days.new_clock()
    clock.advance(hours=12)
    try:
        checked = keeping.check(folder, clock)
        bad = verdict(expected, confirmed, kept.held(folder))
        if bad is not None or checked is None:
            return bad or "no record yet"
        return offered(folder, clock)
    except Problem as problem:
        return "wrong", str(problem)


def _asked_again(folder, clock):
    """Open the record as the next window does; return what it asks about."""
    runs = kept.running(folder)
    clinic = open_clinic(folder, clock)
    try:
        watching.take_over(clinic)
        asked = sorted(
            [each.segment.patient, each.segment.code] for each in watching.in_doubt(clinic)
        )
    finally:
        clinic.close()
    if asked != runs:
        return "wrong", f"{runs} ran, and {asked} is asked about"
    return "asks about what ran" if runs else "nothing ran"


def _still_runs(folder, clock):
    """Return what `status` would say."""
    runs = kept.running(folder)
    clinic = open_clinic(folder, clock)
    try:
        shown = sorted([each.patient, each.code] for each in snapshots.running(clinic))
    finally:
        clinic.close()
    if shown != runs:
        return "wrong", f"{runs} ran, and {shown} is shown"
    return "shows what ran" if runs else "nothing ran"


def _begun(folder, number):
    """Return a data folder in a fresh one: every fourth day is a clinic's first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    record = Path(folder) / "record"
    if number % 4:
        open_clinic(record, days.new_clock()).close()
    return record
