"""How do pages that defend a record get into a file? A thread makes them, the bar tells."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.background import Handle, on_record, run
from ptimer.gui.desk import Desk
from ptimer.gui.export import file_dialog
from ptimer.gui.frame.message_bar import Message
from ptimer.operations import page_files, preferences
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.paper import page_painter
from ptimer.paper.page_painter import Frame
from ptimer.reports.paper import Block
from ptimer.wording import Sentence

_MOST_OF_A_PATH = 70
_ENDING = ".pdf"

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Pages:
    """What is to be painted; `top` and `foot` stand at the edges of each page."""

    title: Sentence
    blocks: tuple[Block, ...]
    foot: Sentence
    top: Sentence | None = None


Make = Callable[[Clinic, Tell], Pages]
"""Reads the record, in a thread, and says what is to be painted."""


@dataclass(frozen=True)
class _Saved:
    file: Path
    pages: int


class PagesSaving(QObject):
    """One file at a time; `ask_file` is what asks where it goes.

    Signals:
        progressed(int, int): how far the reading is, of how much.
        ended(): nothing is being made any more.
    """

    progressed = Signal(int, int)
    ended = Signal()

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """Make nothing yet."""
        super().__init__(owner)
        self.ask_file = file_dialog.ask_file
        self._desk = desk
        self._owner = owner
        self._making: Handle | None = None

    @property
    def under_way(self) -> bool:
        """Whether a file is being made."""
        return self._making is not None

    def save(self, name: str, make: Make) -> None:
        """Ask where the file goes, and make it there; `name` is offered."""
        last = self._desk.attempt(
            lambda clinic: preferences.read(clinic, preferences.LAST_FOLDER), refresh=False
        )
        path = self.ask_file(
            self._owner,
            self.tr("Save as PDF"),
            file_dialog.folder_to_offer(last or "") / f"{name}{_ENDING}",
            self.tr("PDF files (*.pdf);;All files (*)"),
        )
        if path is None or self.under_way:
            return
        target = _with_ending(path)
        self._making = run(
            self._owner,
            on_record(
                self._desk.clinic, lambda clinic, step: _save(clinic, target, make, step.say)
            ),
            self._saved,
            self._not_saved,
            self.progressed.emit,
        )
        self.progressed.emit(0, 1)

    def cancel(self) -> None:
        """Call off the file that is being made: it does not appear."""
        if self._making is not None:
            self._making.cancel()
            self._end()
            title = self.tr("Called off: no file was written")
            self._desk.told.emit(Message(title=title, kind="info"))

    def _end(self) -> None:
        self._making = None
        self.ended.emit()

    def _saved(self, done: _Saved) -> None:
        self._end()
        folder = str(done.file.parent)
        self._desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.LAST_FOLDER, folder)
        )
        pages = self.tr("1 page") if done.pages == 1 else self.tr("{0} pages").format(done.pages)
        name = texts.short(done.file.name, _MOST_OF_A_PATH)
        where = self.tr("{0} in {1}").format(name, texts.short(folder, _MOST_OF_A_PATH))
        self._desk.told.emit(
            Message(title=self.tr("Saved as PDF"), text=f"{where} · {pages}", kind="info")
        )

    def _not_saved(self, problem: Problem) -> None:
        self._end()
        text = texts.words(problem.sentence)
        self._desk.told.emit(Message(title=self.tr("Not saved"), text=text, stays=True))


def _save(clinic: Clinic, path: Path, make: Make, tell: Tell) -> _Saved:
    """Make pages and write them, whole or not at all.

    Raises:
        Problem: the record has nothing for them, or the file can't be written.
    """
    pages = make(clinic, tell)
    top = texts.words(pages.top) if pages.top is not None else ""
    frame = Frame(texts.words(pages.foot), top, texts.words)
    made = page_painter.pdf_of(pages.blocks, texts.words(pages.title), frame)
    tell(1, 1)
    page_files.save_pages(clinic, path, made.content)
    return _Saved(path, made.pages)


def _with_ending(path: Path) -> Path:
    """Return a name that a person typed without an ending with the one of its kind.

    Not where a file of that name is there: nobody was asked whether it may be written over.
    """
    ended = path.with_name(path.name + _ENDING)
    return path if path.suffix or ended.exists() else ended
