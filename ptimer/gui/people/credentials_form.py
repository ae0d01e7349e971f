"""What stands behind a clinician's name, and under which provider number are they billed?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.people.clinician_list import Person
from ptimer.operations import people, typed_text


class CredentialsForm(QWidget):
    """Two fields of one clinician.

    Signals:
        kept(): what was typed is in the record.
    """

    kept = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the form; it is nobody's before `show_person`."""
        super().__init__(parent)
        self.desk = desk
        self._person = Person("")
        self.credentials = Field(look, self.tr("Credentials"), hint=self.tr("OTR/L"))
        self.npi = Field(look, self.tr("NPI"), hint=self.tr("NPI, ten digits"))
        self.save = Button(look, self.tr("Save"), kind="small", key="Enter")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.credentials, 1)
        row.addWidget(self.npi, 1)
        row.addWidget(self.save)
        self.save.clicked.connect(self._save)
        for field in (self.credentials, self.npi):
            field.returnPressed.connect(self._save)

    def show_person(self, person: Person) -> None:
        """Show what is known; what is half typed for the same clinician stays."""
        half_typed = self.credentials.isModified() or self.npi.isModified()
        another = person.name != self._person.name
        self._person = person
        if another or not half_typed:
            self.credentials.setText(person.credentials)
            self.npi.setText(person.npi)
            self._mark_right()

    def forget(self) -> None:
        """Forget what is half typed."""
        self._person = Person("")
        self.credentials.clear()
        self.npi.clear()
        self._mark_right()

    def _mark_right(self) -> None:
        self.credentials.mark_wrong(False)
        self.npi.mark_wrong(False)

    def _save(self) -> None:
        number, person = self.npi.text(), self._person
        checked = self.desk.attempt(lambda _: typed_text.npi(number), refresh=False)
        self.npi.mark_wrong(checked is None)
        if checked is None:
            return
        written = self.desk.attempt(
            lambda clinic: people.describe(
                clinic,
                person.name,
                credentials=self.credentials.text(),
                discipline=person.discipline,
                npi=checked,
            )
        )
        self.credentials.mark_wrong(written is None)
        if written is not None:
            self.kept.emit()
