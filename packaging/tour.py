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
from datetime import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pictures
from pictures import DAY
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import demo, exporting, snapshots, summarizing
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.reports import day_summary
from ptimer.timing.clock import ManualClock

PICTURES = Path(__file__).parent / "screenshots"
CSV_NAME = f"biller-{DAY}.csv"


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
    for picture in pictures.ALL:
        print(pictures.take(picture, out))
    return 0


def play_day(out: Path) -> None:
    """Play the day in a window, print what it comes to, and write the biller's file."""
    with tempfile.TemporaryDirectory() as folder:
        clock = ManualClock.at_local(f"{DAY}T07:45:00")
        clinic = open_clinic(Path(folder), clock)
        window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
        window.show()
        for at, do in moments(clinic, window):
            pass_until(window, clock, at)
            do()
            window.desk.refresh()
            look_at_running(window)
        print(day_summary.as_text(summarizing.summary_of(snapshots.day(clinic))))
        print(write_lines(clinic, out / CSV_NAME))
        window.close()
        clinic.close()


def moments(clinic: Clinic, window: MainWindow) -> list[tuple[time, Callable[[], None]]]:
    """Return what happens at which time: the day's steps, and a look at the panel."""
    steps = [(step.at, step.do) for step in demo.steps(clinic, DAY)]
    looks = [(demo.MID_MORNING, lambda: print_panel(window)), (demo.END_OF_DAY, lambda: None)]
    return sorted([*steps, *looks], key=lambda moment: moment[0])


def look_at_running(window: MainWindow) -> None:
    """Look at the visit whose stopwatch runs, as the clinician would."""
    running = next((v for v in window.desk.today.visits if v.record.running), None)
    if running is not None:
        window.desk.select(running.visit.id)


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
    print(f"Unit panel at {demo.MID_MORNING}, {view.visit.patient}: {panel.big.shown} units")
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
