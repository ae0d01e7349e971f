"""The lines in which a visit is made: a patient id, and Enter."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.codebook import Discipline
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import Label
from ptimer.operations import visiting


class NewVisit(QWidget):
    """Makes a visit: id, discipline, payer, and an expected time if wished.

    Signals:
        made(visit_id): a visit was made, or the one that was there is meant.
        closed(): nothing is to be made after all.
    """

    made = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the form; `open` fills it."""
        super().__init__(parent)
        self.desk = desk
        self.patient = Field(look, self.tr("Patient id"), hint=self.tr("patient id"))
        self.discipline = Choice(look, self.tr("Discipline"))
        self.payer = Choice(look, self.tr("Payer"))
        self.planned = Field(look, self.tr("Planned time"), hint=self.tr("planned, 10:45"))
        self.make = Button(look, self.tr("Make visit"), kind="primary", key="Enter")
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self._ids = QStringListModel(self)
        completer = QCompleter(self._ids, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.patient.setCompleter(completer)
        for discipline in Discipline:
            self.discipline.addItem(discipline.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(look, self.tr("New visit"), pixels=12, weight=600, color="mute"))
        for widget in (self.patient, self.payer):
            column.addWidget(widget)
        pair = QHBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(self.discipline)
        pair.addWidget(self.planned, 1)
        column.addLayout(pair)
        row = FlowLayout()
        row.addWidget(self.make)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self.closed)
        self._chosen_by_hand = False
        self.discipline.activated.connect(self._note_choice)
        self.payer.activated.connect(self._note_choice)
        self.patient.textEdited.connect(self._offer)
        completer.activated.connect(self._offer)
        for field in (self.patient, self.planned):
            field.returnPressed.connect(self._make)

    def open(self) -> None:
        """Offer what was used last, and wait for an id."""
        payers = self.desk.clinic.rulebook.payers.offered(self.desk.today.date)
        if [self.payer.itemText(i) for i in range(self.payer.count())] != payers:
            self.payer.clear()
            self.payer.addItems(payers)
        recent = self.desk.attempt(visiting.recent_patients, refresh=False)
        self._ids.setStringList(recent or [])
        self.patient.clear()
        self.planned.clear()
        self._chosen_by_hand = False
        self._offer("")
        self.patient.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    def _offer(self, patient: str) -> None:
        """Offer the patient's own payer and discipline, else the last used."""
        if self._chosen_by_hand:
            return
        known = patient if patient in self._ids.stringList() else ""
        offered = self.desk.attempt(lambda c: visiting.offer(c, known), refresh=False)
        if offered is not None:
            self.payer.setCurrentText(offered.payer)
            self.discipline.setCurrentText(offered.discipline)

    def _note_choice(self) -> None:
        """Leave alone from now on what a person chose."""
        self._chosen_by_hand = True

    def _make(self) -> None:
        if not self.patient.text().strip():
            self.patient.mark_wrong(True)
            self.patient.setFocus()
            return
        self.patient.mark_wrong(False)
        visit = self.desk.attempt(
            lambda clinic: visiting.open_visit(
                clinic,
                self.patient.text(),
                payer=self.payer.currentText(),
                discipline=self.discipline.currentText(),
                planned=self.planned.text(),
            )
        )
        if visit is not None:
            self.made.emit(visit.id)
