"""The record is damaged: what can be done? A small window of choices; nothing happens by itself."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.background import Handle, run
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations import backups, keeping, salvaging
from ptimer.operations.backups import Backup, counted
from ptimer.operations.errors import Damaged, Problem
from ptimer.operations.keeping import Restored
from ptimer.operations.salvaging import Salvage
from ptimer.timing.clock import Clock
from ptimer.wording import say

_WIDTH, _HEIGHT = 720, 560
_MOST_LINES = 12
_TITLE_BAR = 40
"""Pixels that the system's frame takes above the window, at most."""


class DamageWindow(QWidget):
    """Offers the newest whole backup, and to save what can be read; the damaged file is kept.

    Signals:
        closed(): a person has chosen, or wants none of it; `settled` tells which.
    """

    closed = Signal()

    def __init__(self, look: Look, problem: Damaged, folder: Path, clock: Clock) -> None:
        """Look for the newest backup that is whole."""
        super().__init__()
        self.look = look
        self.settled = False
        """Whether a whole record is in its place now."""
        self._folder = folder
        self._clock = clock
        self._times = Times(clock.zone)
        self._backup: Backup | None = None
        self._saved: Path | None = None
        self._job: Handle | None = None
        self.title = Label(look, self.tr("The record can't be opened"), pixels=20, weight=BOLD)
        self.problem = Label(look, self._told(problem), pixels=13, wrap=True)
        self.backup = Label(look, pixels=14, weight=MEDIUM, wrap=True)
        self.restore = Button(look, self.tr("Restore this backup"), kind="primary")
        self.read = Label(look, pixels=14, weight=MEDIUM, wrap=True)
        self.found = Label(look, pixels=13, color="mute", wrap=True)
        self.salvage = Button(look, self.tr("Save what can be read"))
        self.use = Button(look, self.tr("Go on with what was read"), kind="primary")
        self.said = Label(look, pixels=13, color="bad", wrap=True)
        self.close_button = Button(look, self.tr("Close, and change nothing"), key="Esc")
        self._dress()
        self._connect()
        self._look_for_backup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape; press with Enter what has the keyboard."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = self.focusWidget()
            if isinstance(focused, Button):
                focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is over; a restore that is under way is not left half-way."""
        if self._job is not None and not self.close_button.isEnabled():
            event.ignore()
            return
        event.accept()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        del event
        QPainter(self).fillRect(self.rect(), self.look.color("bg"))

    def place(self, room: QSize) -> None:
        """Be as large as wanted, yet never larger than the screen: what is below is scrolled to."""
        frame = QSize(0, self.look.px(_TITLE_BAR))
        self.resize(QSize(self.look.px(_WIDTH), self.look.px(_HEIGHT)).boundedTo(room - frame))

    def _told(self, problem: Damaged) -> str:
        """Return what is wrong with which file; the commands that help are buttons here."""
        detail = problem.sentence.values.get("detail")
        if detail is None:
            return texts.words(problem.sentence)
        words = self.tr("{0} is damaged or is not a ptimer database ({1}). Nothing was changed.")
        return words.format(problem.file, texts.words(say("{detail}", detail=detail)))

    # -- the newest backup ---------------------------------------------------------------------

    def _look_for_backup(self) -> None:
        self.backup.say(self.tr("Looking for the newest backup…"))
        self.salvage.setEnabled(False)
        folder, clock = self._folder, self._clock
        self._job = run(
            self,
            lambda _progress: backups.newest_proven(folder, clock),
            self._show_backup,
            self._fail,
        )

    def _show_backup(self, found: Backup | None) -> None:
        self._job = None
        self._backup = found
        self.salvage.setEnabled(True)
        if found is None or found.visits is None or found.segments is None:
            self.backup.say(self.tr("There is no backup that is whole."))
            self.salvage.setFocus()
            return
        at = found.made_at
        when = found.path.name if at is None else f"{self._times.date(at)} {self._times.time(at)}"
        held = texts.words(counted(found.visits, found.segments))
        words = self.tr("The newest whole backup is of {0}: {1}.")
        self.backup.say(words.format(when, held))
        self.backup.setToolTip(plain_tip(str(found.path)))
        self.restore.show()
        self.restore.setFocus()

    # -- what can be read ----------------------------------------------------------------------

    def _read(self) -> None:
        folder, clock = self._folder, self._clock
        self._begin(self.tr("Reading what can be read…"))
        self._job = run(
            self,
            lambda _progress: salvaging.build_by_window(folder, clock),
            self._show_read,
            self._fail,
        )

    def _show_read(self, done: Salvage) -> None:
        self._end()
        self._saved = done.path
        held = texts.words(counted(done.visits, done.segments))
        self.read.say(self.tr("Read from the damaged file: {0}.").format(held))
        lines = [texts.words(each) for each in (*done.missing, *done.check)]
        if done.left_over_file is not None:
            words = self.tr("{0} rows have no place in it; they are in {1}")
            lines.append(words.format(done.left_over, done.left_over_file))
        more = len(lines) - _MOST_LINES
        if more > 0:
            lines = [*lines[:_MOST_LINES], self.tr("and {0} more").format(more)]
        self.found.say("\n".join(lines) or self.tr("Nothing is known to be missing."))
        self.found.show()
        self.salvage.hide()
        self.use.show()
        self.use.setFocus()

    # -- putting in its place ------------------------------------------------------------------

    def _restore(self) -> None:
        if self._backup is not None:
            self._put_back(self._backup.path)

    def _use(self) -> None:
        if self._saved is not None:
            self._put_back(self._saved)

    def _put_back(self, source: Path) -> None:
        folder = self._folder
        self._begin(self.tr("Putting it in its place…"))
        self._job = run(
            self,
            lambda _progress: keeping.restore(folder, source, by_its_window=True),
            self._settle,
            self._fail,
        )

    def _settle(self, _done: Restored) -> None:
        self._end()
        self.settled = True
        self.close()

    def _begin(self, words: str) -> None:
        self.said.set_color("mute")
        self.said.say(words)
        self.said.show()
        self._enable(wanted=False)

    def _end(self) -> None:
        self._job = None
        self.said.hide()
        self._enable(wanted=True)

    def _fail(self, problem: Problem) -> None:
        self._end()
        self.said.set_color("bad")
        self.said.say(texts.words(problem.sentence))
        self.said.show()
        self.close_button.setFocus()

    def _enable(self, *, wanted: bool) -> None:
        for button in (self.restore, self.salvage, self.use, self.close_button):
            button.setEnabled(wanted)

    # -- making --------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.restore.clicked.connect(self._restore)
        self.salvage.clicked.connect(self._read)
        self.use.clicked.connect(self._use)
        self.close_button.clicked.connect(self.close)
        self.look.changed.connect(self.update)

    def _dress(self) -> None:
        look = self.look
        self.setWindowTitle("ptimer")
        self.setAccessibleName(self.tr("The record can't be opened"))
        self.setAccessibleDescription(self.problem.text())
        self.place(self.screen().availableSize())
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.read.say(self.tr("What can be read of the damaged file goes into a new record."))
        for widget in (self.restore, self.use, self.found, self.said):
            widget.hide()
        page = QWidget()
        inside = QVBoxLayout(page)
        inside.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(16))
        inside.setSpacing(look.px(10))
        inside.addWidget(self.title)
        inside.addWidget(self.problem)
        kept = self.tr("Whatever you choose, the damaged file is kept under another name.")
        inside.addWidget(Label(look, kept, pixels=13, color="mute", wrap=True))
        inside.addWidget(self._box((self.backup,), (self.restore,)))
        inside.addWidget(self._box((self.read, self.found), (self.salvage, self.use)))
        inside.addWidget(self.said)
        inside.addStretch()
        inside.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(look, page))

    def _box(self, labels: tuple[Label, ...], presses: tuple[Button, ...]) -> Box:
        look = self.look
        box = Box(look)
        column = QVBoxLayout(box)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(10))
        column.setSpacing(look.px(6))
        for label in labels:
            column.addWidget(label)
        row = FlowLayout(gap=look.px(6))
        for press in presses:
            row.addWidget(press)
        column.addLayout(row)
        return box
