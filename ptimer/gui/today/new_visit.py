"""The lines in which a visit is made: a patient id, and Enter."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.codebook import Discipline
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.desk import Desk
from ptimer.gui.export.span_fields import read_day
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, long_date
from ptimer.operations import visiting
from ptimer.operations.visiting import WishedVisit

_DAYS_BACK = 7


class NewVisit(QWidget):
    """Makes a visit: id, discipline, payer, and an expected time or an earlier day if wished.

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
        self.day = Choice(look, self.tr("Day of the visit"))
        self.date = Field(look, self.tr("Date of the visit"), hint=self.tr("date: 2026-11-23"))
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
        for widget in (self.patient, self.payer, self.day, self.date):
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
        self.day.currentIndexChanged.connect(self._show_day)
        self.discipline.activated.connect(self._note_choice)
        self.payer.activated.connect(self._note_choice)
        self.patient.textEdited.connect(self._offer)
        completer.activated.connect(self._offer)
        for field in (self.patient, self.planned, self.date):
            field.returnPressed.connect(self._make)

    def open(self) -> None:
        """Offer what was used last, and wait for an id."""
        self._offer_days()
        self._offer_payers(self.desk.today.date)
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

    def _offer_days(self) -> None:
        """Offer today, the week before, and any other date."""
        today = self.desk.today.date
        self.day.clear()
        self.day.addItem(self.tr("A visit of today"), today)
        for back in range(1, _DAYS_BACK + 1):
            day = today - timedelta(days=back)
            self.day.addItem(long_date(QDate(day.year, day.month, day.day)), day)
        self.day.addItem(self.tr("Another date…"), None)
        self.date.clear()
        self.date.mark_wrong(False)
        self._show_day()

    def _show_day(self) -> None:
        """A date is typed where none is picked; only a visit of today is expected."""
        today = self.day.currentIndex() <= 0
        self.planned.setVisible(today)
        other = self.day.currentIndex() == self.day.count() - 1 and not today
        self.date.setVisible(other)
        words = self.tr("Make visit") if today else self.tr("Make late entry")
        self.make.set_words(words)
        if other and self.day.hasFocus():
            self.date.setFocus()

    def _offer_payers(self, day: date) -> None:
        payers = self.desk.clinic.rulebook.payers.offered(day)
        if [self.payer.itemText(i) for i in range(self.payer.count())] != payers:
            self.payer.clear()
            self.payer.addItems(payers)

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
        self.date.mark_wrong(False)
        wish = self.desk.attempt(lambda _: self._wish(), refresh=False)
        visit_id = None if wish is None else self.desk.open_visit(wish)
        if visit_id is not None:
            self.made.emit(visit_id)
        elif not self.date.isHidden():
            self.date.mark_wrong(True)
            self.date.setFocus()

    def _wish(self) -> WishedVisit:
        """Return what is typed.

        Raises:
            Misused: the date is none.
        """
        picked = self.day.currentData()
        return WishedVisit(
            self.patient.text(),
            self.payer.currentText(),
            self.discipline.currentText(),
            planned="" if self.planned.isHidden() else self.planned.text(),
            day=picked if isinstance(picked, date) else read_day(self.date.text()),
        )
