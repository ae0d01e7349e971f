"""The files that were made for the biller before; each can be made again as it was."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import MEDIUM, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations.batches import Batch

STEP = 5
_MOST_OF_A_NAME = 40


class MadeBefore(QWidget):
    """A few lines and a press for each file, the newest first.

    Signals:
        again_wanted(Batch): a person wants a file once more.
        older_wanted(): more of them are to be shown.
    """

    again_wanted = Signal(object)
    older_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self.look = look
        self.batches: tuple[Batch, ...] = ()
        self.most = STEP
        self.presses: list[Button] = []
        self.nothing = Label(look, self.tr("No file was made yet"), pixels=13, color="mute")
        self.older = Button(look, self.tr("Show older files"), kind="small")
        self.older.hide()
        self._times = times
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(4))
        self._column.addWidget(self.nothing)
        self._column.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self.older.clicked.connect(self._show_older)

    @property
    def to_read(self) -> int:
        """How many are to be read: one more than shown tells whether there are older ones."""
        return self.most + 1

    def show_batches(self, batches: tuple[Batch, ...]) -> None:
        """Show other files; the same ones stay as they are, the keyboard among them."""
        shown = batches[: self.most]
        self.older.setVisible(len(batches) > self.most)
        self.nothing.setVisible(not shown)
        if shown == self.batches:
            return
        focused = next((place for place, p in enumerate(self.presses) if p.hasFocus()), None)
        self.batches = shown
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows, self.presses = [], []
        for place, batch in enumerate(shown):
            self._column.insertWidget(place, self._row(batch))
        before: QWidget = self.nothing
        for press in (*self.presses, self.older):
            QWidget.setTabOrder(before, press)
            before = press
        if focused is not None and self.presses:
            self.presses[min(focused, len(self.presses) - 1)].setFocus()

    def _show_older(self) -> None:
        self.most += 4 * STEP
        self.older_wanted.emit()

    def _row(self, batch: Batch) -> QWidget:
        row = QWidget(self)
        name = texts.short(batch.file_name, _MOST_OF_A_NAME)
        title = Label(self.look, name, pixels=13, weight=MEDIUM, wrap=True)
        title.setToolTip(plain_tip(batch.file_name))
        about = Label(self.look, self._about(batch), pixels=12, color="mute", wrap=True)
        press = Button(self.look, self.tr("Make this file again"), kind="small")
        press.setAccessibleName(
            self.tr("Make this file again: {0}, {1}").format(name, self._when(batch))
        )
        press.setEnabled(bool(batch.sha256))
        press.clicked.connect(partial(self.again_wanted.emit, batch))
        self._rows.append(row)
        self.presses.append(press)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(about)
        column.addWidget(press, 0, Qt.AlignmentFlag.AlignLeft)
        return row

    def _about(self, batch: Batch) -> str:
        days = texts.written_date(batch.date_from)
        if batch.date_to != batch.date_from:
            days = self.tr("{0} to {1}").format(days, texts.written_date(batch.date_to))
        by = f"{self._when(batch)} · {batch.made_by}" if batch.made_by else self._when(batch)
        counts = self.tr("{0} rows, {1} units, {2} minutes").format(
            batch.line_count, batch.units, batch.minutes
        )
        lines = [by, self.tr("Visits of {0}").format(days), counts]
        if batch.corrections or batch.voids:
            words = self.tr("{0} corrected, {1} taken back")
            lines.append(words.format(batch.corrections, batch.voids))
        if not batch.sha256:
            lines.append(self.tr("An earlier version made it, and kept no copy."))
        else:
            lines.append(f"SHA-256 {batch.sha256[:12]}…")
        return "\n".join(lines)

    def _when(self, batch: Batch) -> str:
        at = batch.exported_at
        return f"{self._times.date(at)} {self._times.time(at)}"
