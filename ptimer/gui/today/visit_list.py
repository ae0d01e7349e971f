"""The visits of today, and those of earlier days that are not signed, one under the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ptimer.gui.controls.seen import let_be_seen
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, heading
from ptimer.gui.today.visit_card import STEPS, VisitCard, VisitRow

_GAP = 7


class VisitList(QWidget):
    """Cards of visits; the arrows move from one to the next.

    Signals:
        visit_chosen(visit_id): a person looks at another visit.
    """

    visit_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.look = look
        self.cards: list[VisitCard] = []
        self._chosen_id: str | None = None
        self._headings: list[Label] = []
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(_GAP))
        self._column.addStretch()
        self._area: QScrollArea = scrolled(look, self._inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)

    def show_visits(self, rows: list[VisitRow], chosen: str | None) -> None:
        """Show the visits and mark the one that is looked at."""
        visits = [row for row in rows if not row.is_heading]
        self._have_cards(len(visits))
        for card, row in zip(self.cards, visits, strict=False):
            card.show_row(row, chosen=row.visit_id == chosen)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(visits))
        self._place_headings(rows)
        self._let_chosen_be_seen(chosen)

    def choose_next(self, step: int) -> None:
        """Look at the visit so many places further down; at the ends stay."""
        shown = [card for card in self.cards if not card.isHidden()]
        places = [place for place, card in enumerate(shown) if card.chosen]
        wanted = (places[0] if places else -1) + step
        if 0 <= wanted < len(shown):
            self.visit_chosen.emit(shown[wanted].row.visit_id)
            shown[wanted].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(shown[wanted])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; all other keys are the window's."""
        step = STEPS.get(event.key())
        if step is None:
            event.ignore()
        else:
            self.choose_next(step)

    def _have_cards(self, number: int) -> None:
        while len(self.cards) < number:
            card = VisitCard(self.look, self._inner)
            card.step_wanted.connect(self.choose_next)
            card.clicked.connect(lambda _=False, card=card: self._tell(card))
            self._column.insertWidget(self._column.count() - 1, card)
            self.cards.append(card)

    def _let_chosen_be_seen(self, chosen: str | None) -> None:
        """Scroll to another visit that is looked at; not where a person has scrolled meanwhile."""
        if chosen == self._chosen_id:
            return
        self._chosen_id = chosen
        for card in self.cards:
            if card.chosen and not card.isHidden():
                let_be_seen(card, self.look.px(_GAP))

    def _place_headings(self, rows: list[VisitRow]) -> None:
        """Put each heading before the card that follows it."""
        wanted = [
            (place - sum(row.is_heading for row in rows[:place]), row.patient)
            for place, row in enumerate(rows)
            if row.is_heading
        ]
        for label in self._headings:
            self._column.removeWidget(label)
            label.deleteLater()
        self._headings = []
        for place, words in wanted:
            label = heading(self.look, words, self._inner)
            index = self._column.indexOf(self.cards[place]) if place < len(self.cards) else 0
            self._column.insertWidget(index, label)
            label.show()
            self._headings.append(label)

    def _tell(self, card: VisitCard) -> None:
        self.visit_chosen.emit(card.row.visit_id)
