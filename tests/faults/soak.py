"""A window that ticks as often as in two days, in a process of its own: a fault in Qt aborts it.

Tells as JSON what it did, and what its memory and the references to None and True came to.
"""

import json
import sys
from pathlib import Path

import PySide6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations.clinic import open_clinic
from ptimer.operations.stopwatch import StartWish, start
from tests.faults.steady import NOW, clock_at

WARM_UP = 5_000
TIMEOUTS = 20_000
PAINTED_SECONDS = 500


class Counter:
    """Counts what arrives."""

    def __init__(self):
        self.count = 0

    def __call__(self, *_):
        self.count += 1


def memory():
    """Return the kibibytes that are in use, without what was only in use before."""
    if not sys.platform.startswith("linux"):
        return 0
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4


def tick(desk, ticks):
    """Tick a fourth of the time as the timer does, else only as the desk tells its screens."""
    for number in range(ticks):
        if number % 4:
            desk.ticked.emit(desk.now())
        else:
            desk.ticker.ticked.emit()


def soak(window, clock, ticks):
    desk = window.desk
    arrived = Counter()
    desk.ticked.connect(arrived)
    tick(desk, WARM_UP)
    before = memory(), sys.getrefcount(None), sys.getrefcount(True)
    tick(desk, ticks)
    after = memory(), sys.getrefcount(None), sys.getrefcount(True)
    grown, none, true = (now - then for now, then in zip(after, before, strict=True))
    for _ in range(PAINTED_SECONDS):
        clock.advance(seconds=1)
        desk.ticker.ticked.emit()
        QApplication.processEvents()
    return {"arrived": arrived.count, "grown": grown, "none": none, "true": true}


def fire_timer(application):
    """Let one timer fire many times; return how often it did."""
    fired = Counter()
    timer = QTimer()
    timer.timeout.connect(fired)
    timer.timeout.connect(lambda: application.quit() if fired.count >= TIMEOUTS else None)
    timer.start(0)
    application.exec()
    return fired.count


def main():
    folder, ticks = Path(sys.argv[1]), int(sys.argv[2])
    application = QApplication(["ptimer"])
    clock = clock_at(NOW)
    clinic = open_clinic(folder, clock)
    start(clinic, StartWish("97112", ("P-1",), clinician="Ana", discipline="OT"))
    window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
    window.show()
    application.processEvents()
    told = soak(window, clock, ticks)
    told["shown"] = window.today.stopwatches.cards[0].time_shown
    told["fired"] = fire_timer(application)
    told["version"] = PySide6.__version__
    sys.stdout.write(json.dumps(told))
    clinic.close()


if __name__ == "__main__":
    main()
