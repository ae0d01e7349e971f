"""Whose audit packet, from which day to which? A panel that drops from its button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.codebook import Discipline
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.job_strip import JobStrip
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.export.span_fields import read_day
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, words
from ptimer.operations.auditing import PacketWish
from ptimer.operations.errors import Misused, Problem

_WIDTH = 400


class PacketPanel(DroppedPanel):
    """Four fields and one press; Enter in any field presses it.

    Signals:
        packet_wanted(PacketWish): a person wants the packet of what is typed.
        cancel_wanted(): the one that is being made is not wanted any more.
    """

    packet_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, look: Look) -> None:
        """Make empty fields."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Audit packet"))
        self.patient = Field(look, self.tr("Patient"), hint=self.tr("patient id"))
        self.first = Field(look, self.tr("From"), hint=self.tr("from"))
        self.last = Field(look, self.tr("To"), hint=self.tr("to"))
        self.discipline = Choice(look, self.tr("Discipline"))
        self.discipline.addItem(self.tr("All"), "")
        for each in Discipline:
            self.discipline.addItem(each.value, each.value)
        self.problem = Label(look, pixels=13, color="bad", wrap=True)
        self.save = Button(look, self.tr("Save as PDF…"), kind="primary")
        self.strip = JobStrip(look)
        self.about = Label(
            look,
            self.tr(
                "Every visit with its times, totals, units and why, signatures, former versions, "
                "all changes, and the rules in force."
            ),
            pixels=12,
            color="mute",
            wrap=True,
        )
        self._patients = Suggestions(self.patient)
        self._arrange(look)
        self.save.clicked.connect(self._ask)
        self.strip.cancel_wanted.connect(self.cancel_wanted)
        for field in (self.patient, self.first, self.last):
            field.returnPressed.connect(self._ask)
            field.textEdited.connect(lambda _: self.tell(None))

    def fill(self, patient: str, first: str, last: str, known: tuple[str, ...]) -> None:
        """Show what is most likely wanted; `known` are ids to choose from."""
        self._patients.know((each, each) for each in known)
        for field, text in ((self.patient, patient), (self.first, first), (self.last, last)):
            field.setText(text)
        self.discipline.setCurrentIndex(0)
        self.tell(None)

    def open_below(self, button: QWidget) -> None:
        """Drop from a button, with the keyboard where something is still to be typed."""
        super().open_below(button)
        if self.isVisible():
            (self.save if self.patient.text() else self.patient).setFocus()

    def tell(self, problem: Problem | None) -> None:
        """Say what keeps the packet from being made; None: nothing."""
        self.problem.say("" if problem is None else words(problem.sentence))
        self.problem.setVisible(problem is not None)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the packet is that is being made."""
        self.strip.show_progress(self.tr("Making the packet: {0}"), done, total)
        self.save.setEnabled(False)

    def show_end(self) -> None:
        """Be ready for another one."""
        self.strip.hide()
        self.save.setEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter what the keyboard is on; Escape closes."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.save.hasFocus():
            self.save.click()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        if not self.save.isEnabled():
            return
        try:
            wish = PacketWish(
                self.patient.text(),
                read_day(self.first.text()),
                read_day(self.last.text()) if self.last.text().strip() else None,
                str(self.discipline.currentData() or ""),
            )
        except Misused as problem:
            self.tell(problem)
            return
        self.packet_wanted.emit(wish)

    def _arrange(self, look: Look) -> None:
        dates = QHBoxLayout()
        dates.setSpacing(look.px(4))
        dates.addWidget(Labelled(look, self.tr("From"), self.first))
        dates.addWidget(Labelled(look, self.tr("To"), self.last))
        who = QHBoxLayout()
        who.setSpacing(look.px(4))
        who.addWidget(Labelled(look, self.tr("Patient"), self.patient))
        who.addWidget(Labelled(look, self.tr("Discipline"), self.discipline, width=104))
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        column.setSpacing(look.px(6))
        column.addLayout(who)
        column.addLayout(dates)
        for widget in (self.problem, self.save, self.strip, self.about):
            column.addWidget(widget)
        self.problem.hide()
