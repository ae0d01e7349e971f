"""What the mini window shows below its face: what runs besides, and what else may be pressed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look
from ptimer.gui.mini.glance import Stopwatch
from ptimer.gui.mini.mini_rows import CardRow, OtherRow
from ptimer.gui.texts import Label
from ptimer.operations.cards import Card, apart_codes
from ptimer.timing.clock import Instant

_ROW = 44
_MOST_ROWS = 7
"""Rows that are seen at once; more are scrolled to."""


class _Rows(QWidget):
    """Rows that scroll where there are many."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._area: QScrollArea = scrolled(look, self._inside)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self._area)
        self.hide()

    def _fit(self, rows: int) -> None:
        self._area.setFixedHeight(self.look.px(_ROW) * min(rows, _MOST_ROWS))


class OtherList(_Rows):
    """What runs besides what the face shows; hidden while that is nothing.

    Signals:
        stop_wanted(segment_id): a person stops one.
        visit_wanted(visit_id): a person looks at its visit.
    """

    stop_wanted = Signal(str)
    visit_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show none yet."""
        super().__init__(look, parent)
        self.rows: list[OtherRow] = []

    def show_stopwatches(
        self, others: tuple[Stopwatch, ...], now: Instant, *, locked: bool
    ) -> None:
        """Show what runs; of a locked window it can only be stopped."""
        while len(self.rows) < len(others):
            row = OtherRow(self.look, self._inside)
            row.stop_wanted.connect(self.stop_wanted)
            row.visit_wanted.connect(self.visit_wanted)
            self.rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self.rows):
            seen = place < len(others)
            if not seen:
                leave_to_window(row)
            row.setVisible(seen)
            if seen:
                row.show_stopwatch(others[place], now, locked=locked)
        self.setVisible(bool(others))
        self._fit(len(others))

    def show_times(self, now: Instant) -> None:
        """Repaint the times."""
        for row in self.rows:
            if not row.isHidden():
                row.show_time(now)


class CardList(_Rows):
    """The other codes of the visit, opened and closed by a key.

    Signals:
        pressed_for(code): a person pressed one.
    """

    pressed_for = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show none yet."""
        super().__init__(look, parent)
        self.rows: list[CardRow] = []
        self.title = Label(look, pixels=12, color="mute")
        self.title.setContentsMargins(look.px(12), look.px(7), look.px(12), look.px(5))
        self._lines.insertWidget(0, self.title)

    def show_cards(self, cards: list[tuple[str, Card]], title: str, now: Instant) -> None:
        """Show cards, each with its key, under what a press on them does."""
        while len(self.rows) < len(cards):
            row = CardRow(self.look, self._inside)
            row.pressed_for.connect(self.pressed_for)
            self.rows.append(row)
            self._column.addWidget(row)
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(cards))
            if place < len(cards):
                key, card = cards[place]
                row.show_card(key, card, apart=card.code in apart_codes(), now=now)
        self.title.say(title)
        self._fit(len(cards))
