"""The backups' page: each with what it holds; the chosen one's preview, and the way back to it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.background import Handle, run
from ptimer.gui.backups.backup_row import BackupRow
from ptimer.gui.backups.preview_panel import PreviewPanel
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import backing_up, backups, salvaging
from ptimer.operations.backups import Backup, Preview, counted
from ptimer.operations.errors import Problem
from ptimer.operations.salvaging import Salvage
from ptimer.timing.clock import Instant

_MOST_LINES = 8


class BackupsScreen(QObject):
    """The list in the centre, the chosen one at the right.

    Signals:
        backup_wanted(): a person wants a backup now.
        restore_wanted(Path): a backup is to be put back, which takes the window to close.
    """

    backup_wanted = Signal()
    restore_wanted = Signal(object)

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make an empty list."""
        super().__init__()
        del today
        self.look = look
        self.desk = desk
        self._times = times
        self._listing: Handle | None = None
        self._looking: Handle | None = None
        self._found: tuple[Backup, ...] = ()
        self._chosen: Path | None = None
        self.wanted: Path | None = None
        """The backup that is to be put back, once the window is closed."""
        self.where = Label(look, pixels=13, color="mute", wrap=True)
        self.said = Label(look, pixels=13, color="mute", wrap=True)
        self.now = Button(look, self.tr("Back up now"))
        self.salvage = Button(look, self.tr("Save what can be read"))
        self.salvage.hide()
        self.back = Button(look, self.tr("Back"), key="Esc")
        self.rows: list[BackupRow] = []
        self.panel = PreviewPanel(look, times)
        self._list = QVBoxLayout()
        self.left: QWidget | None = None
        self.centre: QWidget = scrolled(look, self._page())
        self._area = scrolled(look, self.panel)
        self.right: QWidget | None = self._area
        self.now.clicked.connect(self.backup_wanted)
        self.salvage.clicked.connect(self._save_what_can_be_read)
        self.back.clicked.connect(lambda: desk.show("settings"))
        self.panel.restore_wanted.connect(self._restore)

    def enter(self) -> None:
        """List what is there now."""
        self.wanted = None
        self._read()

    def refresh(self) -> None:
        """List anew: a backup may have been made."""
        self._read()

    def tick(self, now: Instant) -> None:
        """Do nothing: backups are made by the hour."""

    def close_typed(self) -> bool:
        """Take the question back; return whether there was one."""
        asked = self.panel.asks
        self.panel.close_question()
        return asked

    def leave(self) -> None:
        """Take the question back, and let the keyboard go."""
        self.close_typed()
        leave_to_window(self.centre)
        leave_to_window(self._area)

    # -- reading -------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._listing is not None:
            return
        folder, clock = self.desk.clinic.folder, self.desk.clinic.clock
        second = self.desk.attempt(backing_up.second_folder, refresh=False)
        self._say_where(folder, second)
        if not self.rows:
            self.said.say(self.tr("Looking at the backups…"))
            self.said.show()
        self._listing = run(
            self.panel,
            lambda progress: backups.listed(folder, clock, second, progress.say),
            self._show,
            self._cannot_list,
        )

    def _say_where(self, folder: Path, second: Path | None) -> None:
        words = self.tr("At start, every hour and at the end, where something has changed, in {0}.")
        there = self.tr("Copied to {0}, too.").format(second) if second else ""
        nowhere = self.tr("A second folder can be named in Settings.")
        self.where.say(f"{words.format(folder / 'backups')} {there or nowhere}")

    def _cannot_list(self, problem: Problem) -> None:
        self._listing = None
        self.said.say(texts.words(problem.sentence))
        self.said.show()

    def _show(self, found: list[Backup]) -> None:
        self._listing = None
        self._found = tuple(found)
        self.said.say(self.tr("There is no backup yet."))
        self.said.setVisible(not found)
        while len(self.rows) < len(found):
            row = BackupRow(self.look, self._times)
            row.clicked.connect(partial(self._press, len(self.rows)))
            self.rows.append(row)
            self._list.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(found))
            if place < len(found):
                row.show_backup(found[place])
        if self._chosen not in {each.path for each in found}:
            self._chosen = next((each.path for each in found if each.proven), None)
            if self._chosen is not None:
                self._look_at(self._chosen)
        self._mark()

    def _press(self, place: int) -> None:
        self._chosen = self._found[place].path
        self._mark()
        self._look_at(self._chosen)

    def _mark(self) -> None:
        for row, each in zip(self.rows, self._found, strict=False):
            row.setChecked(each.path == self._chosen)

    def _look_at(self, path: Path) -> None:
        if self._looking is not None:
            self._looking.cancel()
        folder, clock = self.desk.clinic.folder, self.desk.clinic.clock
        self.panel.show_words(self.tr("Looking at it…"))
        self._looking = run(
            self.panel,
            lambda _progress: backups.preview(folder, path, clock),
            self._show_preview,
            self._cannot_look,
        )

    def _show_preview(self, preview: Preview) -> None:
        self._looking = None
        self.panel.show_preview(preview)
        self.salvage.setVisible(preview.record_problem is not None)

    def _cannot_look(self, problem: Problem) -> None:
        self._looking = None
        self.panel.show_words(texts.words(problem.sentence))

    def _save_what_can_be_read(self) -> None:
        """Build a record of what can be read of the damaged one; it is listed like a backup."""
        folder, clock = self.desk.clinic.folder, self.desk.clinic.clock
        self.salvage.setEnabled(False)
        self.salvage.set_words(self.tr("Reading what can be read…"))
        run(
            self.panel,
            lambda _progress: salvaging.build_by_window(folder, clock),
            self._saved,
            self._not_saved,
        )

    def _saved(self, done: Salvage) -> None:
        self._end_salvage()
        held = texts.words(counted(done.visits, done.segments))
        lines = [held, *(texts.words(each) for each in (*done.missing, *done.check))]
        if done.left_over_file is not None:
            words = self.tr("{0} rows have no place in it; they are in {1}")
            lines.append(words.format(done.left_over, done.left_over_file))
        title = self.tr("What could be read is in {0}").format(done.path.name)
        text = "\n".join(lines[:_MOST_LINES])
        self.desk.told.emit(Message(title, text, kind="info", stays=True))
        self._chosen = done.path
        self._read()
        self._look_at(done.path)

    def _not_saved(self, problem: Problem) -> None:
        self._end_salvage()
        title = self.tr("Nothing could be saved")
        self.desk.told.emit(Message(title, texts.words(problem.sentence), stays=True))

    def _end_salvage(self) -> None:
        self.salvage.setEnabled(True)
        self.salvage.set_words(self.tr("Save what can be read"))

    def _restore(self, path: Path) -> None:
        self.wanted = path
        self.restore_wanted.emit(path)

    # -- making --------------------------------------------------------------------------------

    def _page(self) -> QWidget:
        look = self.look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(16), look.px(8), look.px(16), look.px(14))
        column.setSpacing(look.px(6))
        head = QHBoxLayout()
        head.addWidget(Label(look, self.tr("Backups"), pixels=20, weight=BOLD), 1)
        head.addWidget(self.back)
        column.addLayout(head)
        column.addWidget(self.where)
        presses = FlowLayout(gap=look.px(6))
        presses.addWidget(self.now)
        presses.addWidget(self.salvage)
        column.addLayout(presses)
        column.addWidget(self.said)
        self._list.setSpacing(0)
        column.addLayout(self._list)
        column.addStretch()
        return page
