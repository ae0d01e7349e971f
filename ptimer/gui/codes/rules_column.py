"""The rules in force today, each with its source and edition."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.rules import Source
from ptimer.gui.codes.code_rows import date_words, in_force_words
from ptimer.gui.controls.buttons import Button
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, core, heading

FIRST = (
    "cms-8-minute",
    "one-clinician-one-service",
    "billed-alone",
    "daily-limit",
    "mue",
    "ptp-pair",
    "one-evaluation",
    "over-60-minutes",
)
"""The rules that are asked for most, in the order of the column; a press shows the others."""

FROM_CMS_FILES = ("mue", "ptp-pair")
"""Read from files that CMS replaces each quarter."""


class RuleEntry(QWidget):
    """One rule: its title, its source, and since when."""

    def __init__(self, look: Look, source: Source, parent: QWidget | None = None) -> None:
        """Show a rule."""
        super().__init__(parent)
        self.look = look
        self.rule = source.rule
        self.title = Label(look, core(source.title), pixels=13, weight=BOLD, wrap=True)
        self.text = Label(look, core(source.text), pixels=12, color="mute", wrap=True)
        self.edition = Label(look, pixels=12, color="mute", wrap=True)
        self._say_edition(source)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(5), 0, look.px(7))
        column.setSpacing(0)
        for label in (self.title, self.text, self.edition):
            column.addWidget(label)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairline below."""
        del event
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.look.color("line"))

    def _say_edition(self, source: Source) -> None:
        if source.rule not in FROM_CMS_FILES:
            dates = in_force_words(source.in_force_from, source.in_force_to)
            self.edition.say(_capital(core(source.edition) or dates))
            return
        if source.imported and source.in_force_from:
            words = self.tr("Edition {0}, in force from {1}")
            self.edition.say(words.format(source.edition, date_words(source.in_force_from)))
            return
        words = self.tr("newer CMS files were not imported")
        self.edition.say(_capital(f"{core(source.edition)}: {words}" if source.edition else words))
        self.edition.set_color("warn")


class RulesColumn(QWidget):
    """The rules of a date."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.look = look
        self.entries: list[RuleEntry] = []
        self.title = heading(look, "")
        self.more = Button(look, "", kind="flat")
        self._shown: tuple[Source, ...] = ()
        self._all = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.clicked.connect(self._toggle)

    def show_rules(self, sources: Iterable[Source], on: date) -> None:
        """Show the rules that are in force on a date."""
        self.title.say(self.tr("In force on {0}").format(date_words(on)).upper())
        ordered = tuple(sorted(sources, key=_place))
        if ordered != self._shown:
            self._shown = ordered
            self._make_entries()

    def _toggle(self) -> None:
        self._all = not self._all
        self._make_entries()

    def _make_entries(self) -> None:
        """Make the entries anew; those that nobody asked for are not made."""
        for entry in self.entries:
            entry.hide()
            entry.deleteLater()
        shown = [s for s in self._shown if self._all or s.rule in FIRST]
        self.entries = [RuleEntry(self.look, source, self) for source in shown]
        for place, entry in enumerate(self.entries):
            self._column.insertWidget(1 + place, entry)
        words = self.tr("Fewer rules") if self._all else self.tr("All {0} rules")
        self.more.set_words(words.format(len(self._shown)))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _place(source: Source) -> int:
    return FIRST.index(source.rule) if source.rule in FIRST else len(FIRST)
