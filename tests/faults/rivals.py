"""Eight processes on one record at one instant: one truth, all adds kept, one rival wins.

By the seed in turn: 40 adds side by side; 8 starts of one clinician; a window that is pressed
while commands are typed.
"""

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO

from ptimer.cli.main import run
from ptimer.operations import keeping
from ptimer.operations.errors import Problem
from ptimer.storage.database import database_file
from tests.cli.command_line import segments_file
from tests.faults import days, window_life
from tests.faults.lives import live

PROCESSES = 8
ADDS = 5
PRESSES = 12
DONE, REFUSED = 0, 3


def rivals(outcome, seeds, work):
    """Let them begin all at once."""
    for seed in seeds:
        kind = KINDS[seed % len(KINDS)]
        folder = work / "shared"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        outcome.judge(seed, kind(folder / "record", seed), kind.__doc__)


def _adds(record, _):
    """all 40 adds kept"""
    told = _at_once([_adder(record, number) for number in range(PROCESSES)])
    bad = [each for each in told if each != [DONE] * ADDS]
    kept = _count(record)
    if bad:
        return "wrong", f"an add ended with {bad[0]}"
    return _whole(record) or (None if kept == PROCESSES * ADDS else ("lost", f"{kept} adds"))


def _rival_starts(record, _):
    """one of 8 rivals won"""
    words = [f"start 97110 --patient P-{n} --clinician Kim" for n in range(PROCESSES)]
    told = _at_once([_typist(record, [each]) for each in words])
    if sorted(told) != [[DONE], *[[REFUSED]] * (PROCESSES - 1)]:
        return "wrong", f"8 starts of one clinician ended with {told}"
    return _whole(record) or (None if _count(record) == 1 else ("lost", "the winner's start"))


def _window_and_commands(record, seed):
    """window and commands, all kept"""
    steps = days.window_day(seed, PRESSES)

    def window(say, wait):
        wait()
        window_life.window_life(record, steps)(lambda told: say(told["status"]))

    typed = [
        _typist(record, [f"start 97110 --patient Q-{n} --clinician C-{n}", f"stop --patient Q-{n}"])
        for n in range(PROCESSES - 1)
    ]
    pressed, *told = _at_once([window, *typed])
    if pressed != [DONE] * (PRESSES + 1):
        return "wrong", f"the window's presses ended with {pressed}"
    if told != [[DONE] * 2] * (PROCESSES - 1):
        return "wrong", f"the commands beside it ended with {told}"
    # Space in the window stops and resumes what started last, whoever's it is: these, too.
    kept = _count(record, "patient like 'Q-%'", what="distinct patient")
    return _whole(record) or (None if kept == len(typed) else ("lost", f"{kept} of {len(typed)}"))


KINDS = (_adds, _rival_starts, _window_and_commands)


def _adder(record, number):
    files = []
    for add in range(ADDS):
        path = record.with_name(f"{number}-{add}.csv")
        at = f"2026-11-2{number % 3}T0{add + 1}"
        who = f"A-{number}-{add},Medicare,OT,K-{number},therapist,97110"
        segments_file(path, f"{who},{at}:00,{at}:20")
        files.append(path)
    return _typist(record, [f"import {path}" for path in files])


def _typist(record, commands):
    def act(say, wait):
        wait()
        clock = days.new_clock()
        ended = []
        for words in commands:
            with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
                ended.append(run(["--data-dir", str(record), *words.split()], clock))
            clock.advance(minutes=1)
        for status in ended:
            say(status)

    return act


def _at_once(acts):
    """Let processes begin together; return what each said, in order."""
    gate, opened = os.pipe()

    def wait():
        os.close(opened)
        os.read(gate, 1)  # ends for all, as soon as nobody can write any more

    with ThreadPoolExecutor(len(acts)) as pool:
        lives = [pool.submit(live, lambda say, act=act: act(say, wait)) for act in acts]
        while sum(each.running() for each in lives) < len(acts):
            pass
        os.close(opened)
        told = [list(each.result().said) for each in lives]
    os.close(gate)
    return told


def _whole(record):
    try:
        keeping.check(record, days.new_clock())
    except Problem as problem:
        return "wrong", str(problem)
    return None


def _count(record, which="true", what="*"):
    with closing(sqlite3.connect(database_file(record))) as connection:
        return connection.execute(
            f"select count({what}) from segments where voided_at is null and {which}"  # noqa: S608
        ).fetchone()[0]
