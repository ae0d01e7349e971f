"""A window that is left open for a year: its memory stays flat, and a tick costs what it did.

Every day of the year comes, with presses, minutes that turn, and beats; of its seconds only some
are ticked, each tick as the timer's. Measured are the last days against those after three months.
"""

import gc
import resource
import shutil
import time
from statistics import median

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from ptimer.gui import start
from ptimer.operations import defaults, visiting
from tests.faults import days, kills
from tests.faults.lives import live
from tests.faults.soak import memory

SIGN = f"sign --patient P-1 --clinician '{defaults.system_user()}' --credentials OTR/L"
YEAR = 365
SETTLED = 90
"""Days until whatever is kept of days, of the last sixty or so, is full."""
SPAN = 30
TICKS = 120
TICK_SECONDS = 25
FLAT = 1.05
SAME = 1.5
"""Times the processor's time of a tick; ticks of 0.1 ms are measured no better."""


def year(outcome, seeds, work):
    """Leave the window open for a year, once for each seed."""
    for seed in seeds:
        folder = work / "year"
        shutil.rmtree(folder, ignore_errors=True)
        life = live(lambda say, folder=folder: _live(folder, YEAR, say), seconds=1200)
        outcome.judge(seed, *_judged(life, YEAR))


def _judged(life, wanted):
    told = life.said
    if life.status != 0 or len(told) != wanted:
        return ("wrong", f"it ended with {life.status} on day {len(told)}"), ""
    settled, last = told[SETTLED : SETTLED + SPAN], told[-SPAN:]
    grown, slower = (median(d[k] for d in last) / median(d[k] for d in settled) for k in (0, 1))
    how = f"memory × {grown:.3f}, a tick × {slower:.2f}"  # noqa: RUF001
    return (None if grown < FLAT and slower < SAME else ("wrong", how)), how


def _live(folder, wanted, say):
    clock = days.new_clock()

    def stay(window):
        for _ in range(wanted):
            say(_day(window, clock))
        return 0

    start.open_window(folder, clock, stay=stay)


def _day(window, clock):
    """Live through a day; return the memory in KiB after it, and the seconds of a tick."""
    desk = window.desk
    visit = desk.attempt(_visit)
    desk.select(visit.id)
    ticked = 0.0
    for code in ("97110", "97112", "97140", "97112"):
        desk.press(code)
        for _ in range(TICKS // 4):
            clock.advance(seconds=TICK_SECONDS)
            begun = time.process_time()
            desk.ticker.ticked.emit()
            ticked += time.process_time() - begun
        QApplication.processEvents()
    desk.press("97112")
    signed = kills.type_in(desk.clinic.folder, clock, SIGN)
    clock.advance(hours=24, seconds=-TICKS * TICK_SECONDS)
    desk.tick()
    QApplication.processEvents()
    # Qt does so itself whenever its own loop runs, as it does in a window that nobody drives.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert signed == 0
    return memory() or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, ticked / TICKS


def _visit(clinic):
    return visiting.open_visit(clinic, "P-1", payer="Medicare", discipline="OT")
