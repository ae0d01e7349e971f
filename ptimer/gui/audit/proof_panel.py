"""A clinician's day, drawn, with the proof that no minute of it is billed twice."""

from collections.abc import Iterable
from datetime import date, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.audit.lanes_view import LanesView
from ptimer.gui.controls.breaking import breakable
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.controls.fields import Choice
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.look import BOLD, REGULAR, Look
from ptimer.gui.texts import Label, short, words, written_date
from ptimer.operations.proving import ProvenDay
from ptimer.reports import day_proof
from ptimer.wording import Sentence

_WIDTH = 760
_MOST_OF_A_NAME = 24
_MOST_NOTES = 40


class ProofPanel(DroppedPanel):
    """Drops from its button in the day summary.

    Signals:
        clinician_chosen(name): a person wants another clinician's day.
        pdf_wanted(): a person wants the day on pages.
    """

    clinician_chosen = Signal(str)
    pdf_wanted = Signal()

    def __init__(self, look: Look) -> None:
        """Make an empty panel."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Day proof"))
        self.whose = Choice(look, self.tr("Whose day"))
        self.pdf = Button(look, self.tr("Save as PDF…"), kind="primary")
        self.verdict = Label(look, pixels=16, weight=BOLD, wrap=True)
        self.lanes = LanesView(look)
        self.sums = Label(look, pixels=13, wrap=True)
        self.notes = Label(look, pixels=13, color="mute", wrap=True)
        self._names: tuple[str, ...] = ()
        self._arrange(look)
        self.whose.activated.connect(
            lambda: self.clinician_chosen.emit(str(self.whose.currentData() or ""))
        )
        self.pdf.clicked.connect(self.pdf_wanted)

    def know(self, names: tuple[str, ...], chosen: str) -> None:
        """Offer clinicians to choose from; with one alone there is nothing to choose."""
        self.whose.setVisible(len(names) > 1)
        if names != self._names:
            self._names = names
            self.whose.clear()
            for place, name in enumerate(names):
                self.whose.addItem(short(name, _MOST_OF_A_NAME), name)
                self.whose.setItemData(place, plain_tip(name), Qt.ItemDataRole.ToolTipRole)
        self.whose.setCurrentIndex(max(self.whose.findData(chosen), 0))

    def show_proof(self, found: ProvenDay, zone: tzinfo | None) -> None:
        """Show a day."""
        proof = found.proof
        self.pdf.setEnabled(proof is not None)
        self.sums.setVisible(proof is not None)
        self.notes.setVisible(proof is not None)
        if proof is None:
            self.verdict.set_color("mute")
            self.verdict.say(self._nothing(found.clinician, found.day))
            self.lanes.show_lanes(None)
            return
        self.verdict.set_color("ok" if proof.holds else "bad")
        mark = "✓" if proof.holds else "✗"
        said = words(day_proof.verdict(proof, zone))
        if proof.running:
            said = f"{said}. {words(day_proof.still_running())}"
        self.verdict.say(f"{mark} {breakable(said)}")
        self.lanes.show_lanes(day_proof.lanes(proof, zone))
        sums = [f"{words(name)}: {words(text)}" for name, text in day_proof.arithmetic(proof)]
        self.sums.say("\n".join(sums))
        self.notes.say("\n".join(self._notes(day_proof.notes(proof, zone))))
        self.notes.set_color("mute" if proof.holds else "bad")
        self.content.updateGeometry()

    def open_below(self, button: QWidget) -> None:
        """Drop from a button, with the keyboard on what can be pressed."""
        super().open_below(button)
        if self.isVisible():
            (self.pdf if self.pdf.isEnabled() else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter; Escape closes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.pdf.hasFocus():
            self.pdf.click()
        else:
            super().keyPressEvent(event)

    def _nothing(self, clinician: str, day: date) -> str:
        words_ = self.tr("{0} recorded nothing on {1}.")
        return breakable(words_.format(short(clinician, _MOST_OF_A_NAME), written_date(day)))

    def _notes(self, notes: tuple[tuple[str, Sentence], ...]) -> Iterable[str]:
        if not notes:
            yield self.tr("No time shares a minute with another.")
        for time, sentence in notes[:_MOST_NOTES]:
            yield breakable(f"{time}  {words(sentence)}")
        if len(notes) > _MOST_NOTES:
            yield self.tr("and {0} more, on the pages").format(len(notes) - _MOST_NOTES)

    def _arrange(self, look: Look) -> None:
        top = QHBoxLayout()
        top.setSpacing(look.px(8))
        top.addWidget(self.verdict, 1)
        top.addWidget(self.whose)
        top.addWidget(self.pdf)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(14), look.px(6), look.px(14), look.px(10))
        column.setSpacing(look.px(8))
        column.addLayout(top)
        for widget in (self.lanes, self.sums, self.notes):
            column.addWidget(widget)
        self.sums.setFont(look.font(13, REGULAR, tabular=True))
