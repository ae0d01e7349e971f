"""How does an export get into a file? A person says where, a thread writes, the bar tells."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ptimer.gui import texts
from ptimer.gui.background import Handle, on_record, run
from ptimer.gui.desk import Desk
from ptimer.gui.export import file_dialog
from ptimer.gui.export.export_page import ExportPage
from ptimer.gui.frame.message_bar import Message
from ptimer.operations import batches, export_files, preferences
from ptimer.operations.batches import Batch, MadeAgain
from ptimer.operations.errors import Problem
from ptimer.operations.export_files import SEGMENTS, Exported, ExportWish

_MOST_OF_A_PATH = 70


class ExportSaving(QObject):
    """One file at a time; it goes on while another screen is looked at.

    Signals:
        changed(): whether a file is being written is otherwise now.
    """

    changed = Signal()

    def __init__(self, desk: Desk, page: ExportPage) -> None:
        """Write nothing yet; `ask_file` is what asks where a file goes."""
        super().__init__()
        self.ask_file = file_dialog.ask_file
        self._desk = desk
        self._page = page
        self._writing: Handle | None = None

    @property
    def under_way(self) -> bool:
        """Whether a file is being written."""
        return self._writing is not None

    def save(self, wish: ExportWish) -> None:
        """Ask where the file goes, then write it."""
        path = self._ask(wish.file_name)
        if path is not None:
            self._write(wish, path)

    def again(self, batch: Batch) -> None:
        """Ask where a file that was made before goes, then write it as it was."""
        path = self._ask(batches.offered_name(batch))
        if path is None or self.under_way:
            return
        job = on_record(
            self._desk.clinic,
            lambda clinic, step: batches.write_again(clinic, batch.id, path, step.check),
        )
        self._writing = run(
            self._page, job, lambda made: self._made_again(made, path), self._not_written
        )
        self._tell_progress(0, 1)
        self.changed.emit()

    def _made_again(self, made: MadeAgain, path: Path) -> None:
        self._end()
        self._keep_folder(path)
        title = self.tr("Made again, as it was: {0} rows").format(made.batch.line_count)
        text = self.tr("{0} in {1}").format(
            texts.short(path.name, _MOST_OF_A_PATH), texts.short(str(path.parent), _MOST_OF_A_PATH)
        )
        self._desk.told.emit(Message(title=title, text=text, kind="info"))

    def cancel(self) -> None:
        """Call off the file that is being written: it does not appear."""
        if self._writing is not None:
            self._writing.cancel()
            self._end()
            title = self.tr("Called off: no file was written")
            self._desk.told.emit(Message(title=title, kind="info"))

    def _ask(self, name: str) -> Path | None:
        last = self._desk.attempt(
            lambda clinic: preferences.read(clinic, preferences.LAST_FOLDER), refresh=False
        )
        return self.ask_file(
            self._page,
            self.tr("Save the export"),
            file_dialog.folder_to_offer(last or "") / name,
            self.tr("CSV files (*.csv);;All files (*)"),
        )

    def _keep_folder(self, path: Path) -> None:
        folder = str(path.parent)
        self._desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.LAST_FOLDER, folder)
        )

    def _write(self, wish: ExportWish, path: Path) -> None:
        job = on_record(
            self._desk.clinic,
            lambda clinic, step: export_files.export_to(clinic, wish, path, step.say),
        )
        self._writing = run(
            self._page,
            job,
            lambda done: self._written(done, wish),
            self._not_written,
            self._tell_progress,
        )
        self._tell_progress(0, 1)
        self.changed.emit()

    def _tell_progress(self, done: int, total: int) -> None:
        self._page.strip.show_progress(self.tr("Writing the file: {0}"), done, total)

    def _end(self) -> None:
        self._writing = None
        self._page.strip.hide()
        self.changed.emit()

    def _written(self, done: Exported, wish: ExportWish) -> None:
        self._end()
        self._keep_folder(done.file)
        self._desk.told.emit(self._of_written(done, wish))

    def _not_written(self, problem: Problem) -> None:
        self._end()
        title = self.tr("Not exported")
        text = texts.words(problem.sentence)
        self._desk.told.emit(Message(title=title, text=text, stays=True))

    def _of_written(self, done: Exported, wish: ExportWish) -> Message:
        if wish.layout == SEGMENTS:
            title = self.tr("Exported: {0} rows").format(done.rows)
        else:
            title = self.tr("Exported: {0} rows, {1} units of {2} visits").format(
                done.rows, done.units, done.visits
            )
        name = texts.short(done.file.name, _MOST_OF_A_PATH)
        folder = texts.short(str(done.file.parent), _MOST_OF_A_PATH)
        text = self.tr("{0} in {1}").format(name, folder)
        if done.held_back:
            text += "\n" + self.tr("{0} held back, not signed").format(len(done.held_back))
        return Message(title=title, text=text, kind="info")
