"""Which segment, of which visit, does a line of a file mean?"""

from dataclasses import dataclass
from datetime import date

from ptimer.billing.codebook import Discipline, outside_discipline
from ptimer.billing.conflicts import (
    Service,
    one_payer,
    visit_signed,
)
from ptimer.operations import defaults
from ptimer.operations.bad_lines import Asides
from ptimer.operations.clinic import Clinic
from ptimer.operations.import_refusals import Found
from ptimer.operations.judging import service_of
from ptimer.operations.segment_files import FileLine
from ptimer.storage import visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import NewVisit, VisitRow
from ptimer.timing.clock import Instant


@dataclass(slots=True)
class Draft:
    """A line on its way into the record."""

    line: FileLine
    segment: SegmentRow
    service: Service


class Drafting:
    """The visits that the lines of one file have met, and those made for them."""

    def __init__(self, clinic: Clinic, now: Instant, found: Found) -> None:
        self._clinic = clinic
        self._now = now
        self._found = found
        self._visits: dict[tuple[str, date, str], VisitRow] = {}
        self._days: dict[tuple[str, date], list[VisitRow]] = {}
        self._by_id: dict[str, VisitRow] = {}
        self._clinician = defaults.clinician_of(clinic, None)
        self.made: set[str] = set()
        self.asides = Asides()

    def draft(self, line: FileLine) -> Draft:
        """Return the segment that a line means; its visit is made where there is none."""
        visit = self._visit(line)
        code = line.code
        outside = outside_discipline(code, Discipline(visit.discipline))
        if outside:
            self.asides.add(line.number, outside)
        segment = SegmentRow(
            id=new_id(self._now),
            visit_id=visit.id,
            patient=visit.patient,
            code=code.code,
            clinician=line.clinician or self._clinician,
            role=line.role.value,
            started_at=line.start,
            ended_at=line.end,
            attendance=code.attendance.value,
            exclusive=code.exclusive,
            origin="file",
            recorded_at=self._now,
            supervisor=line.supervisor,
            typed_units=line.units,
            note=line.note,
        )
        return Draft(line, segment, service_of(segment, visit))

    def visit_of(self, segment: SegmentRow) -> VisitRow:
        """Return the visit of a line, or of a segment that is recorded already."""
        visit = self._by_id.get(segment.visit_id)
        if visit is None:
            visit = visits.get(self._clinic.connection, segment.visit_id)
            self._by_id[visit.id] = visit
        return visit

    def _visit(self, line: FileLine) -> VisitRow:
        day = line.day
        existing = self._of_patient(line.patient, day)
        discipline = line.discipline or self._usual_discipline(line, existing)
        key = (line.patient, day, discipline)
        visit = self._visits.get(key)
        if visit is None:
            visit = next((row for row in existing if row.discipline == discipline), None)
            visit = visit or self._make(line, day, Discipline(discipline), existing)
            self._visits[key] = self._by_id[visit.id] = visit
        if visit.signed:
            self._found.refuse(line.number, visit_signed(visit.patient, str(day)))
        elif line.payer and line.payer != visit.payer:
            self._found.refuse(
                line.number, one_payer(visit.patient, str(day), visit.payer, line.payer)
            )
        return visit

    def _of_patient(self, patient: str, day: date) -> list[VisitRow]:
        key = (patient, day)
        if key not in self._days:
            self._days[key] = visits.of_patient(self._clinic.connection, patient, day)
        return self._days[key]

    def _usual_discipline(self, line: FileLine, existing: list[VisitRow]) -> str:
        usable = [visit for visit in existing if not visit.signed] or existing
        if usable:
            return usable[0].discipline
        return defaults.usual_discipline(self._clinic, line.patient, line.code).value

    def _make(
        self, line: FileLine, day: date, discipline: Discipline, existing: list[VisitRow]
    ) -> VisitRow:
        name = line.payer or (existing[0].payer if existing else "")
        payer = (
            self._clinic.rulebook.payers[name]
            if name
            else defaults.usual_payer(self._clinic, line.patient)
        )
        draft: NewVisit = defaults.new_visit(line.patient, discipline, day, payer)
        visit = visits.add(self._clinic.connection, draft, at=self._now)
        existing.insert(0, visit)
        self.made.add(visit.id)
        return visit
