"""How do CMS's tables come in? A person names a file, a thread reads it, the bar tells."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.background import Handle, on_record, run
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.job_strip import JobStrip
from ptimer.gui.desk import Desk
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.look import Look
from ptimer.operations import rule_importing
from ptimer.operations.errors import Problem
from ptimer.operations.rule_importing import RulesImported


def ask_table(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask which file to read; None where a person thought better of it."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DownloadLocation)
    folder = next((place for place in places if Path(place).is_dir()), str(Path.home()))
    chosen, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    return Path(chosen) if chosen else None


class TablesImporting(QWidget):
    """The button, and how far the reading is; one file at a time.

    It goes on while another screen is looked at. `ask_table` is what asks for the file.

    Signals:
        imported(): an edition came in.
    """

    imported = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Read nothing yet."""
        super().__init__(parent)
        self.ask_table = ask_table
        self.button = Button(look, self.tr("Import CMS tables…"), kind="small", icon="plus")
        self.strip = JobStrip(look)
        self._desk = desk
        self._reading: Handle | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(6))
        column.addWidget(self.button)
        column.addWidget(self.strip)
        self.button.clicked.connect(self._ask)
        self.strip.cancel_wanted.connect(self.cancel)

    @property
    def under_way(self) -> bool:
        """Whether a file is being read."""
        return self._reading is not None

    def cancel(self) -> None:
        """Call off the file that is being read: nothing of it comes in."""
        if self._reading is not None:
            self._reading.cancel()
            self._end()
            title = self.tr("Called off: nothing was imported")
            self._desk.told.emit(Message(title=title, kind="info"))

    def _ask(self) -> None:
        kinds = self.tr("CMS tables (*.zip *.txt *.csv *.xlsx);;All files (*)")
        path = self.ask_table(self, self.tr("Import a table of CMS's"), kinds)
        if path is not None:
            self._read(path)

    def _read(self, path: Path) -> None:
        job = on_record(
            self._desk.clinic,
            lambda clinic, step: rule_importing.import_tables(clinic, path, step.say),
        )
        self.button.setEnabled(False)
        self._reading = run(self, job, self._done, self._failed, self._tell_progress)
        self._tell_progress(0, 1)

    def _tell_progress(self, done: int, total: int) -> None:
        self.strip.show_progress(self.tr("Reading the table: {0}"), done, total)

    def _end(self) -> None:
        self._reading = None
        self.strip.hide()
        self.button.setEnabled(True)

    def _done(self, done: RulesImported) -> None:
        self._end()
        self._desk.clinic.reload_rulebook()
        self._desk.refresh()
        self.imported.emit()
        text = "\n".join(texts.words(sentence) for sentence in done.sentences())
        title = texts.words(done.title)
        self._desk.told.emit(Message(title=title, text=text, kind="info", stays=True))

    def _failed(self, problem: Problem) -> None:
        self._end()
        title = self.tr("Not imported")
        text = texts.words(problem.sentence)
        self._desk.told.emit(Message(title=title, text=text, stays=True))
