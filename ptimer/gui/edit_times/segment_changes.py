"""What else may be another in a recorded time: code, patient, clinician, units, note."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.codebook import Discipline
from ptimer.billing.conflicts import Role
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.people_fields import PeopleFields
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.look import Look
from ptimer.operations.typed_changes import TypedChange
from ptimer.operations.visit_record import Segment

PARTS = ("code", "patient", "clinician", "note")


@dataclass(frozen=True)
class Offers:
    """What fields offer while a person types: values with the words for them."""

    codes: tuple[tuple[str, str], ...] = ()
    by_area: frozenset[str] = frozenset()
    patients: tuple[str, ...] = ()
    clinicians: tuple[str, ...] = ()


class SegmentChanges(QWidget):
    """The fields besides the times; each part stays away until it is wanted.

    Signals:
        edited(): something else stands in them.
    """

    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the fields; `fill` shows a segment in them."""
        super().__init__(parent)
        self._segment: Segment | None = None
        self._discipline = ""
        self._by_area: frozenset[str] = frozenset()
        self._filling = False
        self._changing = True
        self.code = Field(look, self.tr("New code"), hint=self.tr("number or word"))
        self.patient = Field(look, self.tr("New patient id"))
        self.discipline = Choice(look, self.tr("Discipline of the visit"))
        self.people = PeopleFields(look)
        self.units = Field(look, self.tr("Units, typed"))
        self.note = Field(look, self.tr("Note"))
        self.discipline.addItems([each.value for each in Discipline])
        self._codes = Suggestions(self.code)
        self._patients = Suggestions(self.patient)
        self.parts: dict[str, QWidget] = {}
        self._arrange(look)
        for field in (self.code, self.patient, self.units, self.note):
            field.textChanged.connect(self._tell)
        self.discipline.currentIndexChanged.connect(self._tell)
        self.people.edited.connect(self._tell)

    def fill(self, segment: Segment, discipline: str, offers: Offers) -> None:
        """Show what is recorded, and no part yet; units where the code is billed by area."""
        self._segment, self._discipline = segment, discipline
        self._by_area = offers.by_area
        self._codes.know(offers.codes)
        self._patients.know((each, each) for each in offers.patients)
        self.people.know(offers.clinicians)
        for part in PARTS:
            self._reset(part)
            self.parts[part].hide()
        self.units.setText("" if segment.typed_units is None else str(segment.typed_units))
        self._show_units()

    def show_part(self, part: str, shown: bool) -> None:
        """Show a part, or take it away with all that was typed into it."""
        self.parts[part].setVisible(shown)
        self._show_any()
        if not shown:
            self._reset(part)
            self._tell()
        elif part == "clinician":
            self.people.clinician.setFocus()
        else:
            {"code": self.code, "patient": self.patient, "note": self.note}[part].setFocus()

    def show_for(self, changing: bool) -> None:
        """Stay away while something else than a change is wanted."""
        self._changing = changing
        self._show_any()

    def typed(self, start: str | None, end: str | None) -> TypedChange:
        """Return what is typed, with the times that stand beside it."""
        segment = self._segment
        if segment is None:
            return TypedChange(start, end)
        people = self.people
        role = people.role_value()
        recorded = "" if segment.typed_units is None else str(segment.typed_units)
        return TypedChange(
            start=start,
            end=end,
            code=_other(self.code.text(), segment.code),
            patient=_other(self.patient.text(), segment.patient),
            discipline=_other(self.discipline.currentText(), self._discipline),
            clinician=_other(people.clinician.text(), segment.clinician),
            role=None if role.value == segment.role else role,
            supervisor=_other(people.supervisor.text(), segment.supervisor),
            units=None if self.units.isHidden() else _other(self.units.text(), recorded),
            note=_other(self.note.text(), segment.note),
        )

    def fields(self) -> tuple[Field, ...]:
        """Return the lines to type into, for whoever listens to Enter."""
        people = (self.people.clinician, self.people.supervisor)
        return (self.code, self.patient, *people, self.units, self.note)

    def _reset(self, part: str) -> None:
        segment = self._segment
        if segment is None:
            return
        reset: dict[str, Callable[[Segment], None]] = {
            "code": lambda s: self.code.setText(s.code),
            "patient": self._reset_patient,
            "clinician": lambda s: self.people.fill(s.clinician, Role(s.role), s.supervisor),
            "note": lambda s: self.note.setText(s.note),
        }
        self._filling = True
        reset[part](segment)
        self._filling = False

    def _reset_patient(self, segment: Segment) -> None:
        self.patient.setText(segment.patient)
        self.discipline.setCurrentText(self._discipline)

    def _tell(self) -> None:
        self._show_units()
        if not self._filling:
            self.edited.emit()

    def _show_units(self) -> None:
        self.parts["units"].setVisible(self.code.text().strip().upper() in self._by_area)
        self._show_any()

    def _show_any(self) -> None:
        """Take no room, not even a gap, while no part is there."""
        any_part = any(not part.isHidden() for part in self.parts.values())
        self.setVisible(self._changing and any_part)

    def _arrange(self, look: Look) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        pairs: dict[str, list[QWidget]] = {
            "code": [Labelled(look, self.tr("New code"), self.code)],
            "patient": [
                Labelled(look, self.tr("New patient id"), self.patient),
                Labelled(look, self.tr("Discipline"), self.discipline, width=104),
            ],
            "clinician": [self.people],
            "units": [Labelled(look, self.tr("Units (billed by area)"), self.units, width=150)],
            "note": [Labelled(look, self.tr("Note"), self.note)],
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        for name, widgets in pairs.items():
            part = QWidget()
            row = FlowLayout(part, gap=look.px(4), line_gap=look.px(4))
            for widget in widgets:
                row.addWidget(widget)
            self.parts[name] = part
            column.addWidget(part)


def _other(text: str, recorded: str) -> str | None:
    return None if text.strip() == recorded else text
