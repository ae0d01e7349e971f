"""The line at the bottom: what is recorded, where, the last backup, the rules in force."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, Times, core
from ptimer.gui.texts import words as text_of
from ptimer.operations.books import Rulebook
from ptimer.operations.whereabouts import Kind, Warned
from ptimer.timing.clock import DAY, Instant

_HEIGHT = 44
"""As high as what can be pressed in it has to be."""


class Footer(QWidget):
    """The footer of the window. It never says what is not so.

    Signals:
        backup_wanted(): a person wants a backup now.
    """

    backup_wanted = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty footer."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self.recorded = Label(look, pixels=12, color="mute")
        self.database = Label(look, pixels=12, color="mute")
        self.backup = Button(look, self.tr("Backup"), kind="foot")
        self.rules = Label(look, pixels=12, color="mute")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(_HEIGHT))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(18), 0, look.px(18), 0)
        row.setSpacing(look.px(16))
        row.addWidget(self.recorded)
        row.addWidget(self.database)
        row.addWidget(self.backup)
        row.addStretch()
        row.addWidget(self.rules)
        self.backup.clicked.connect(self.backup_wanted)
        look.changed.connect(self.update)

    def show_recorded(self, at: Instant | None) -> None:
        """Show when the last press was committed."""
        self.recorded.set_color("mute")
        if at is None:
            self.recorded.say(self.tr("Ready, nothing recorded yet"))
        else:
            time = self._times.time(at, seconds=True)
            self.recorded.say(self.tr("✓ Recorded {0}").format(time))

    def show_not_recorded(self, presses: int = 1) -> None:
        """Show that the last press, or that many, were not recorded."""
        self.recorded.set_color("bad")
        words = self.tr("The last press was NOT recorded")
        if presses > 1:
            words = self.tr("{0} presses are NOT recorded").format(presses)
        self.recorded.say(words)

    def show_endangered(self) -> None:
        """Show that nothing can be recorded now, though no press was lost."""
        self.recorded.set_color("bad")
        self.recorded.say(self.tr("Nothing can be recorded now"))

    def show_backing_up(self) -> None:
        """Show that a backup is being made."""
        self.backup.set_words(self.tr("Backing up…"))

    def show_backup(self, at: Instant | None, now: Instant) -> None:
        """Show when the last backup was made."""
        if at is None:
            self.backup.set_words(self.tr("No backup yet: back up now"))
        elif now - at < DAY and self._times.date(at) == self._times.date(now):
            words = self.tr("Backup {0} today").format(self._times.time(at))
            self.backup.set_words(words)
        else:
            self.backup.set_words(
                self.tr("Backup of {0}: back up now").format(self._times.date(at))
            )

    def show_place(self, folder: Path, warned: Warned | None) -> None:
        """Show where the record lies, and whether it is safe there."""
        words, tip = self.tr("Database on this PC"), str(folder)
        if warned is not None:
            words = self.tr("Database in a synchronized folder")
            if warned.kind is Kind.NETWORK:
                words = self.tr("Database on a network folder")
            tip = f"{tip}\n{text_of(warned.sentence)}"
        self.database.set_color("mute" if warned is None else "warn")
        self.database.say(words)
        self.database.setToolTip(plain_tip(tip))

    def show_rules(self, rulebook: Rulebook, on: date) -> None:
        """Show which rules are in force on a date."""
        sources = rulebook.on(on).rules.sources
        edition = {source.rule: core(source.edition) for source in sources}
        pairs, limits = edition.get("ptp-pair", ""), edition.get("mue", "")
        self.rules.say(self.tr("Rules: {0} · NCCI {1}").format(rulebook.edition, pairs))
        told = self.tr("Pairs (NCCI): {0}\nUnits a day (MUE): {1}").format(pairs, limits)
        self.rules.setToolTip(plain_tip(told))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, self.look.color("line"))
