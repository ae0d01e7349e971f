"""What does ptimer look like, and what does a day in it come to? Plays the demo day by itself.

tour.py day --out DIR          the day on a fast clock: unit panel and summary printed, the
                               biller's CSV and pictures of the real window written
tour.py screenshots [--out DIR]  the pictures of the README (default: packaging/screenshots)
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import demo, exporting, snapshots, summarizing
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.reports import day_summary
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)
PICTURES = Path(__file__).parent / "screenshots"
CSV_NAME = f"biller-{DAY}.csv"


@dataclass(frozen=True)
class Picture:
    """One picture: the time of the demo day, the screen, and the light."""

    name: str
    at: time
    show: Callable[[MainWindow], None]
    mode: Mode = Mode.LIGHT


def main(arguments: list[str]) -> int:
    """Play the tour that is wanted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words = parser.add_subparsers(dest="word", required=True)
    for word in ("day", "screenshots"):
        words.add_parser(word).add_argument("--out", type=Path)
    wanted = parser.parse_args(arguments)
    out: Path = wanted.out or PICTURES
    out.mkdir(parents=True, exist_ok=True)
    QApplication(["ptimer"]).setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    if wanted.word == "day":
        play_day(out)
    for picture in PICTURES_WANTED:
        print(take(picture, out))
    return 0


def play_day(out: Path) -> None:
    """Play the day in a window, print what it comes to, and write the biller's file."""
    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock.at_local(f"{DAY}T07:45:00")
        clinic = open_clinic(Path(folder), clock)
        window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
        window.show()
        for step in demo.steps(clinic, DAY):
            pass_until(window, clock, step.at)
            step.do()
            window.desk.refresh()
            if step.at == time(10, 36, 50):
                print_panel(window)
        pass_until(window, clock, demo.END_OF_DAY)
        print(day_summary.as_text(summarizing.summary_of(snapshots.day(clinic))))
        print(write_lines(clinic, out / CSV_NAME))
        window.close()
        clinic.close()


def pass_until(window: MainWindow, clock: ManualClock, at: time) -> None:
    """Let the fast clock run, with the window's ticks on the way."""
    end = ManualClock.at_local(f"{DAY}T{at.isoformat()}").at
    while clock.at < end:
        clock.advance(seconds=min((end - clock.at) / 1000, 20))
        window.desk.tick()
    QApplication.processEvents()


def print_panel(window: MainWindow) -> None:
    """Print what the unit panel shows."""
    view, panel = window.desk.view, window.today.panel
    if view is None:
        return
    print(f"Unit panel at 10:36:50, {view.visit.patient}: {panel.big.shown} units")
    print(f"  {panel.big.line_shown}")
    for row in panel.table.rows:
        print(f"  {row.code:<6} {row.minutes:>3} min  {row.units} u  {row.cap} {row.remark}")
    print("\n".join(f"  {line}" for line in panel.why.text().splitlines()), end="\n\n")


def write_lines(clinic: Clinic, path: Path) -> Path:
    """Write the biller's CSV of the day."""
    export = exporting.prepare(clinic, exporting.span_of(clinic))
    with path.open("w", encoding="utf-8", newline="") as file:
        exporting.write_biller(export, file)
    exporting.remember(clinic, export, path.name)
    return path


def take(picture: Picture, out: Path) -> Path:
    """Take a picture of the window at its time of the day."""
    with tempfile.TemporaryDirectory() as folder:
        played = demo.play(Path(folder) / "demo", DAY, until=picture.at, zone=UTC)
        clinic = open_clinic(played.folder, ManualClock(played.until, UTC))
        window = build_window(clinic, Look(picture.mode, scale=1.0))
        window.show()
        window.show_backup()
        picture.show(window)
        QApplication.processEvents()
        path = out / f"{picture.name}.png"
        window.grab().save(str(path))
        window.close()
        clinic.close()
    return path


def _today(window: MainWindow) -> None:
    window.go("today")


def _refusal(window: MainWindow) -> None:
    _look_at(window, "P-1150")
    window.desk.press("97110")


def _look_at(window: MainWindow, patient: str) -> None:
    view = next(v for v in window.desk.today.visits if v.visit.patient == patient)
    window.desk.select(view.visit.id)


PICTURES_WANTED = (
    Picture("today-light", demo.MID_MORNING, _today),
    Picture("today-dark", demo.MID_MORNING, _today, Mode.DARK),
    Picture("refusal", demo.MID_MORNING, _refusal),
)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
