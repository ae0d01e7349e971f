"""A power cut at a random moment of a day of random presses: what was confirmed is there.

A day happens once, and all that SQLite asks of the disk is noted, in order, with each press that
was confirmed between. The power is then cut between any two of these, on the model of a disk.
"""

import base64
import shutil

from ptimer.operations import keeping, snapshots, stopping, stopwatch
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Problem
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.storage.database import database_file
from tests.faults import days, disk_log, kept, kills
from tests.faults.lives import live
from tests.faults.outcome import verdict
from tests.faults.power import Disk

PRESSES = 40
CUTS_A_DAY = 100
HOW = ("dropped", "torn", "reordered")


def power(outcome, seeds, work, pragma=""):
    """Cut the power. `pragma` makes the record less safe, to see that a loss is noticed."""
    day = None
    for seed in seeds:
        number = seed // CUTS_A_DAY
        if day is None or day["number"] != number:
            day = _recorded(work, number, pragma)
        chance = days.dice("power", seed)
        at = chance.randint(0, len(day["log"]))
        how = chance.choice(HOW)
        folder = work / "cut" / "record"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        confirmed = _put(day, at, how, chance, folder)
        outcome.judge(seed, _seen(day["held"], confirmed, folder), f"whole, writes {how}")


def _recorded(work, number, pragma):
    """Let a day happen: return the files it began with, what was asked of the disk, and when."""
    folder = work / "day" / "record"
    shutil.rmtree(folder, ignore_errors=True)
    clinic = open_clinic(folder, days.new_clock())
    clinic.close()
    file = database_file(folder)
    begun = {file.name: file.read_bytes()}

    def act(say):
        disk_log.listen(
            lambda kind, path, offset, content: say(
                [kind, path.name, offset, base64.b64encode(content).decode()]
            )
        )
        _press_all(folder, number, pragma, lambda: say(["held", kept.held(folder)]))

    told = live(act)
    assert told.status == 0, told.said[-1:]
    return {
        "number": number,
        "begun": begun,
        "log": told.said,
        "held": ["", *(each[1] for each in told.said if each[0] == "held")],
    }


def _press_all(folder, number, pragma, confirm):
    """Press in a window that stays open, and type commands beside it."""
    clock = days.new_clock()
    chance = days.dice("both", number)
    clinic = open_clinic(folder, clock)
    if pragma:
        clinic.connection.execute(pragma)
    for step in days.command_day(f"power-{number}", PRESSES):
        clock.advance(seconds=step.seconds)
        kind = chance.choices(("type", "press", "stop", "reopen"), (5, 8, 2, 1))[0]
        if kind == "type":
            kills.type_in(folder, clock, step.given)
        elif kind == "reopen":
            clinic.close()
            clinic = open_clinic(folder, clock)
            if pragma:
                clinic.connection.execute(pragma)
        else:
            _press(clinic, kind, chance)
        confirm()
    clinic.close()


def _press(clinic, kind, chance):
    wish = StartWish(
        chance.choice(days.CODES),
        (chance.choice(days.PATIENTS),),
        clinician=chance.choice(days.CLINICIANS),
        discipline="OT",
        switch=True,
        origin="press",
    )
    try:
        if kind == "stop":
            stopping.stop(clinic, StopWish())
        else:
            stopwatch.start(clinic, wish)
    except Problem:
        return  # refused, as many of a day's presses are


def _put(day, at, how, chance, folder):
    """Put the files of a cut into a folder; return how many presses had been confirmed by then."""
    disk = Disk(day["begun"])
    confirmed = 0
    for kind, *given in day["log"][:at]:
        if kind == "held":
            confirmed += 1
        else:
            name, offset, content = given
            disk.do(kind, name, offset, base64.b64decode(content))
    for name, content in disk.cut(how, chance).items():
        (folder / name).write_bytes(content)
    return confirmed


def _seen(expected, confirmed, folder):
    clock = days.new_clock()
    clock.advance(hours=24)
    try:
        keeping.check(folder, clock)
        bad = verdict(expected, confirmed, kept.held(folder))
        if bad is not None:
            return bad
        clinic = open_clinic(folder, clock)
        shown = sorted([each.patient, each.code] for each in snapshots.running(clinic))
        clinic.close()
    except Problem as problem:
        return "wrong", str(problem)
    runs = kept.running(folder)
    return None if shown == runs else ("wrong", f"{runs} ran, and {shown} is shown")
