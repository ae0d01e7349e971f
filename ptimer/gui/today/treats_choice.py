"""Who is treating, the therapist, the assistant or both? One press, and what runs goes on so."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.controls.segments import Segments
from ptimer.gui.look import Look
from ptimer.gui.texts import Label
from ptimer.operations.teams import Team, Treats

_MOST_SHOWN = 16


class TreatsChoice(QWidget):
    """Three names side by side; not seen where no assistant is known.

    Signals:
        chosen(Treats): a person says who treats from now on.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make it empty and unseen."""
        super().__init__(parent)
        self.look = look
        self.team: Team | None = None
        self.parts: Segments | None = None
        self._title = Label(look, self.tr("Treats"), pixels=12, color="mute")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(look.px(6), 0, 0, 0)
        self._row.setSpacing(look.px(8))
        self._row.addWidget(self._title)
        self.hide()

    def show_team(self, team: Team | None, treats: Treats) -> None:
        """Show who may treat, and who does."""
        if team != self.team:
            self.team = team
            self._make(team)
        if self.parts is not None and self.parts.value() != treats.value:
            self.parts.set_value(treats.value)
        self.setVisible(team is not None)

    def next(self) -> None:
        """Go on to the next of the three, as its key does."""
        if self.parts is None:
            return
        order = list(Treats)
        now = order.index(Treats(self.parts.value()))
        self.chosen.emit(order[(now + 1) % len(order)])

    def _make(self, team: Team | None) -> None:
        if self.parts is not None:
            leave_to_window(self.parts)
            self._row.removeWidget(self.parts)
            self.parts.deleteLater()
            self.parts = None
        if team is None:
            return
        therapist, assistant = (
            texts.short(name, _MOST_SHOWN) for name in (team.therapist, team.assistant)
        )
        both = self.tr("{0} + {1}").format(therapist, assistant)
        names = {
            Treats.THERAPIST: therapist,
            Treats.ASSISTANT: assistant,
            Treats.ASSISTED: both,
        }
        spoken = {
            Treats.THERAPIST: self.tr("{0}, therapist").format(team.therapist),
            Treats.ASSISTANT: self.tr("{0}, assistant").format(team.assistant),
            Treats.ASSISTED: self.tr("{0}, assisted by {1}").format(team.therapist, team.assistant),
        }
        options = [(treats.value, words) for treats, words in names.items()]
        self.parts = Segments(self.look, self.tr("Who treats"), options, self)
        for treats, words in spoken.items():
            part = self.parts.parts[treats.value]
            part.setAccessibleName(words)
            part.setToolTip(self.tr("{0} (A)").format(words))
        self.parts.chosen.connect(lambda value: self.chosen.emit(Treats(value)))
        self._row.addWidget(self.parts)
