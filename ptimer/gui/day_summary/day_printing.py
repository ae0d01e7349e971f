"""How does a day get onto paper? A person says which paper, and the bar tells what became of it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLocale, QObject
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.day_summary.day_page_painter import layout_of, paint_pages, pdf_of
from ptimer.gui.day_summary.day_paper import page_of, title_of
from ptimer.gui.desk import Desk
from ptimer.gui.export import file_dialog
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.texts import Times
from ptimer.operations import page_files, preferences
from ptimer.operations.snapshots import Day
from ptimer.reports.day_page import blocks
from ptimer.reports.paper import Block

_MOST_OF_A_PATH = 70
_ENDING = ".pdf"


class DayPrinting(QObject):
    """Puts what the day summary shows onto paper; `ask_file` and `ask_printer` are what asks."""

    def __init__(self, desk: Desk, times: Times, owner: QWidget) -> None:
        """Print nothing yet."""
        super().__init__(owner)
        self.ask_file = file_dialog.ask_file
        self.ask_printer: Callable[[QWidget, str], QPagedPaintDevice | None] = ask_printer
        self._desk = desk
        self._times = times
        self._owner = owner

    def save(self, day: Day, tiles: tuple[tuple[str, str], ...]) -> None:
        """Ask where the PDF file goes, then write it."""
        last = self._desk.attempt(
            lambda clinic: preferences.read(clinic, preferences.LAST_FOLDER), refresh=False
        )
        path = self.ask_file(
            self._owner,
            self.tr("Save the day as PDF"),
            file_dialog.folder_to_offer(last or "") / f"day-summary-{day.date}{_ENDING}",
            self.tr("PDF files (*.pdf);;All files (*)"),
        )
        if path is not None:
            self._write(day, tiles, _with_ending(path))

    def print_out(self, day: Day, tiles: tuple[tuple[str, str], ...]) -> None:
        """Ask for a printer, then print."""
        title = title_of(day.date)
        device = self.ask_printer(self._owner, title)
        if device is None:
            return
        if paint_pages(device, self._blocks(day, tiles), self._foot()):
            self._desk.told.emit(Message(title=self.tr("Sent to the printer"), kind="info"))
        else:
            text = self.tr("The printer did not take it. Save it as PDF, and print that.")
            self._desk.told.emit(Message(title=self.tr("Not printed"), text=text, stays=True))

    def _write(self, day: Day, tiles: tuple[tuple[str, str], ...], path: Path) -> None:
        content = pdf_of(
            self._blocks(day, tiles), title_of(day.date), self._foot(), layout_of(QLocale())
        )
        done = self._desk.attempt(
            lambda clinic: page_files.save_pages(clinic, path, content), refresh=False
        )
        if done is None:
            return
        folder = str(done.parent)
        self._desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.LAST_FOLDER, folder)
        )
        name = texts.short(done.name, _MOST_OF_A_PATH)
        text = self.tr("{0} in {1}").format(name, texts.short(folder, _MOST_OF_A_PATH))
        self._desk.told.emit(Message(title=self.tr("Saved as PDF"), text=text, kind="info"))

    def _blocks(self, day: Day, tiles: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
        return blocks(page_of(day, tiles, self._times))

    def _foot(self) -> str:
        now = self._desk.now()
        at = f"{self._times.date(now)} {self._times.time(now)}"
        return self.tr("ptimer · printed {0}").format(at)


def ask_printer(parent: QWidget, title: str) -> QPagedPaintDevice | None:
    """Ask which printer, in the system's own dialog; None where a person thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # much to load, and rarely wanted

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(layout_of(QLocale()))
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(title)
    return printer if dialog.exec() else None


def _with_ending(path: Path) -> Path:
    """Return a name that a person typed without an ending with the one of its kind.

    Not where a file of that name is there: nobody was asked whether it may be written over.
    """
    ended = path.with_name(path.name + _ENDING)
    return path if path.suffix or ended.exists() else ended
