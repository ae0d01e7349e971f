"""Which pictures of the window are there, and how is each one taken?

Each is the demo day at one time of it, on a clock that stands still, so that the same program
gives the same picture.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, time
from pathlib import Path

import half_year
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.gui import background
from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.history.history_screen import HistoryScreen
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import ask_first_questions, build_window
from ptimer.operations import demo
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)
SIZE = (1280, 800)


@dataclass(frozen=True)
class Picture:
    """One picture: the time of the demo day, what is done in the window, and the light."""

    name: str
    at: time | None
    show: Callable[[MainWindow], None]
    mode: Mode = Mode.LIGHT
    asleep: int = 0
    """For how many seconds the computer sleeps before that."""
    past: bool = False
    """Whether visits of half a year lie before that day."""
    seen: Callable[[MainWindow], QWidget] = lambda window: window
    """What is taken, if not the main window."""


def take(picture: Picture, out: Path) -> Path:
    """Take a picture, write it as PNG into a folder, and return its path."""
    with posed(picture, Look(picture.mode, scale=1.0)) as window:
        path = out / f"{picture.name}.png"
        picture.seen(window).grab().save(str(path), "PNG", SMALLEST)
    return path


Play = Callable[[time, Path, bool], ManualClock]
"""Puts the demo day up to a time into a folder, and returns a clock that stands at that time.

If so told, it puts visits of half a year before that day.
"""


def play(at: time, folder: Path, past: bool) -> ManualClock:
    """Play the demo day up to a time."""
    clock = ManualClock(demo.play(folder, DAY, until=at, zone=UTC).until, UTC)
    if past:
        half_year.record(folder, DAY, clock)
    return clock


@contextmanager
def posed(picture: Picture, look: Look, play: Play = play) -> Iterator[MainWindow]:
    """Open the window as a picture shows it, on a record of its own, and close it again."""
    with tempfile.TemporaryDirectory() as folder:
        clinic, clock = _record_at(picture, Path(folder), play)
        window = build_window(clinic, look)
        window.resize(*(look.px(pixels) for pixels in SIZE))
        window.show()
        window.show_backup()
        clock.advance(seconds=picture.asleep)
        window.desk.tick()
        picture.show(window)
        settle(window)
        yield window
        window.close()
        window.deleteLater()
        # At once: what a large window has painted takes a hundred megabytes.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        clinic.close()


def settle(window: MainWindow) -> None:
    """Let the window finish what it works at, jobs in other threads included."""
    for _ in range(SETTLING_TURNS):
        QApplication.processEvents()
        background.wait_for_done()
    window.repaint()


SETTLING_TURNS = 5
"""What a job tells may start another, and a layout asks once more for itself."""
SMALLEST = 0
"""Qt's quality of a PNG: the lower, the harder it is packed; nothing is lost."""


def _record_at(picture: Picture, folder: Path, play: Play) -> tuple[Clinic, ManualClock]:
    if picture.at is None:
        clock = ManualClock.at_local(f"{DAY}T07:52:00")
        return open_clinic(folder, clock), clock
    clock = play(picture.at, folder / "demo", picture.past)
    return open_clinic(folder / "demo", clock), clock


def _as_it_is(window: MainWindow) -> None:
    pass


def _refusal(window: MainWindow) -> None:
    _look_at(window, "P-1150")
    window.desk.press("97110")


def _edit_times(window: MainWindow) -> None:
    view = window.desk.view
    if view is not None:
        window.desk.segment_wanted.emit(view.record.segments[1].id)


def _sign(window: MainWindow) -> None:
    _look_at(window, "P-1120")
    window.go("sign")


def _group(window: MainWindow) -> None:
    _look_at(window, "P-1204")
    window.desk.press("97150")


def _history(window: MainWindow) -> None:
    window.go("history")
    settle(window)
    screen = window.body.screens["history"]
    if not isinstance(screen, HistoryScreen):
        raise TypeError(screen)
    screen.page.fields.patient.setText("p-1")
    screen.page.fields.read()
    settle(window)
    screen.side.choose(len(screen.side.weeks) - 2)


def _mini(window: MainWindow) -> QWidget:
    if window.mini is None:
        raise LookupError(window.mini)
    return window.mini.window


def _screen(name: str) -> Callable[[MainWindow], None]:
    return lambda window: window.go(name)


def _look_at(window: MainWindow, patient: str) -> None:
    view = next(v for v in window.desk.today.visits if v.visit.patient == patient)
    window.desk.select(view.visit.id)


ALL = (
    Picture("today-light", demo.MID_MORNING, _as_it_is),
    Picture("today-dark", demo.MID_MORNING, _as_it_is, Mode.DARK),
    Picture("refusal", demo.MID_MORNING, _refusal),
    Picture("edit-times", demo.MID_MORNING, _edit_times),
    Picture("group", time(15, 5), _group),
    Picture("sign", time(14, 20), _sign),
    Picture("day-summary", demo.END_OF_DAY, _screen("day-summary")),
    Picture("history", demo.END_OF_DAY, _history, past=True),
    Picture("export", demo.END_OF_DAY, _screen("export")),
    Picture("codes", demo.END_OF_DAY, _screen("codes")),
    Picture("settings", demo.MID_MORNING, _screen("settings")),
    Picture("recovery", demo.MID_MORNING, _as_it_is, asleep=8 * 60 + 13),
    Picture("lock", demo.MID_MORNING, MainWindow.lock),
    Picture("mini", demo.MID_MORNING, MainWindow.toggle_mini, seen=_mini),
    Picture("first-start", None, ask_first_questions),
)
