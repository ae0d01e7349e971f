"""Who treated, in which role, and under whose supervision a student did."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ptimer.billing.conflicts import Role
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.look import Look


class PeopleFields(QWidget):
    """Clinician, role, and for a student the supervising therapist.

    Signals:
        edited(): something else stands in them.
    """

    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the fields."""
        super().__init__(parent)
        self.clinician = Field(look, self.tr("Clinician"))
        self.role = Choice(look, self.tr("Role"))
        self.supervisor = Field(look, self.tr("Supervising therapist"))
        self._roles = {
            Role.THERAPIST: self.tr("therapist"),
            Role.ASSISTANT: self.tr("assistant"),
            Role.STUDENT: self.tr("student"),
            Role.AIDE: self.tr("aide"),
        }
        for role, words in self._roles.items():
            self.role.addItem(words, role.value)
        self._names = Suggestions(self.clinician)
        self._supervisors = Suggestions(self.supervisor)
        self._by = Labelled(look, self.tr("Supervising therapist"), self.supervisor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = FlowLayout(self, gap=look.px(4), line_gap=look.px(4))
        row.addWidget(Labelled(look, self.tr("Clinician"), self.clinician))
        row.addWidget(Labelled(look, self.tr("Role"), self.role, width=136))
        row.addWidget(self._by)
        self._by.hide()
        self.clinician.textChanged.connect(self.edited)
        self.supervisor.textChanged.connect(self.edited)
        self.role.currentIndexChanged.connect(self._change_role)

    def know(self, names: Iterable[str]) -> None:
        """Offer these names."""
        known = [(name, name) for name in names]
        self._names.know(known)
        self._supervisors.know(known)

    def fill(self, clinician: str, role: Role, supervisor: str) -> None:
        """Show who it is."""
        self.clinician.setText(clinician)
        self.role.setCurrentText(self._roles[role])
        self.supervisor.setText(supervisor)

    def role_value(self) -> Role:
        """Return the role that is chosen."""
        return list(self._roles)[max(self.role.currentIndex(), 0)]

    def _change_role(self) -> None:
        self._by.setVisible(self.role_value() is Role.STUDENT)
        self.edited.emit()
