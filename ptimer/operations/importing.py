"""Bring the segments of a file into the record: all of them, or none."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from ptimer.billing.codebook import Discipline, outside_discipline
from ptimer.billing.conflicts import (
    ORDER,
    Refusal,
    Rule,
    Service,
    one_payer,
    refusal_by_itself,
    refusal_of_pair,
    visit_signed,
)
from ptimer.operations import backing_up, defaults, segment_files, signatures
from ptimer.operations.bad_lines import Asides, BadLines
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem, Refused, shown
from ptimer.operations.judging import service_of
from ptimer.operations.segment_files import FileLine
from ptimer.storage import audit_log, clinicians, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import NewVisit, VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import clock_text
from ptimer.wording import Sentence, say

_MOST_SHOWN = 200


@dataclass(frozen=True)
class Imported:
    """What came in, or would have on a dry run."""

    segments: int
    visits: int
    dry_run: bool
    warnings: tuple[Sentence, ...]


def import_file(clinic: Clinic, path: Path, *, dry_run: bool = False) -> Imported:
    """Record the segments of a file.

    Raises:
        Misused: there is no such file.
        BadData: some lines are wrong; each one is named.
        Refused: some lines conflict, with each other or with the record; each one is named.
        Busy: the record can't be backed up first.
    """
    file = segment_files.read(clinic, path)
    if not dry_run:
        backing_up.back_up_if_changed(clinic, before="import")
    try:
        with clinic.writing() as now:
            work = _Import(clinic, now)
            drafts = [work.draft(line) for line in file.lines]
            work.check(drafts, path.name)
            work.record(drafts, path)
            result = Imported(
                len(drafts),
                work.visits_made,
                dry_run,
                (*file.warnings, *work.asides.sentences()),
            )
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return result


class _DryRun(Exception):  # noqa: N818  (never leaves this module)
    """Takes back all that a dry run has written."""


@dataclass(slots=True)
class _Draft:
    """A line on its way into the record."""

    line: FileLine
    segment: SegmentRow
    service: Service


@dataclass(slots=True)
class _Meeting:
    """Something in a lane: a line of the file, or a segment that is recorded already."""

    start: Instant
    end: float
    service: Service
    number: int
    told: str
    same: tuple[object, ...]


@dataclass
class _Found:
    """What is wrong with the lines: the first rule that refuses each, and times given twice."""

    refusals: dict[int, tuple[Rule, Sentence]] = field(default_factory=dict)
    doubles: dict[int, Sentence] = field(default_factory=dict)

    def refuse(self, number: int, refusal: Refusal, meets: str = "") -> None:
        """Note a conflict; `meets` tells what the line meets."""
        known = self.refusals.get(number)
        if known and ORDER[known[0]] <= ORDER[refusal.rule]:
            return
        text = refusal.reason
        if meets:
            text = say("{reason} ({meets})", reason=refusal.reason, meets=meets)
        self.refusals[number] = (refusal.rule, text)

    def double(self, number: int, told: str) -> None:
        """Note a line that says what is in the record, or in the file, already."""
        self.doubles[number] = say("it is the same time as {told}", told=told)

    def problem(self, clinic: Clinic, file: str) -> Problem | None:
        """Return the problem that names every bad line, or None if there is none."""
        bad = BadLines(file)
        numbers = sorted(self.refusals.keys() | self.doubles.keys())
        for number in numbers:
            refused = self.refusals.get(number)
            if refused and len(numbers) > 1:
                by, reason = refused
                bad.add(number, say("{reason} [{rule}]", reason=reason, rule=by.value))
            else:
                bad.add(number, refused[1] if refused else self.doubles[number])
        if not self.refusals:
            return bad.bad_data() if bad else None
        rule = self.refusals[min(self.refusals)][0].value
        source = clinic.rulebook.rules.source(rule)
        return Refused(bad.sentence(), rule=rule, source=source, lines=bad.numbers())


class _Import:
    """One import: the visits it has met, and what it makes."""

    def __init__(self, clinic: Clinic, now: Instant) -> None:
        self._clinic = clinic
        self._now = now
        self._visits: dict[tuple[str, date, str], VisitRow] = {}
        self._days: dict[tuple[str, date], list[VisitRow]] = {}
        self._by_id: dict[str, VisitRow] = {}
        self._clinician = defaults.clinician_of(clinic, None)
        self._found = _Found()
        self._made: set[str] = set()
        self.asides = Asides()

    @property
    def visits_made(self) -> int:
        """How many visits were made for the file."""
        return len(self._made)

    def draft(self, line: FileLine) -> _Draft:
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
        return _Draft(line, segment, service_of(segment, visit))

    def check(self, drafts: list[_Draft], file: str) -> None:
        """Check the lines against the rules, each other and the record.

        Raises:
            BadData: a line is in the record already, or twice in the file.
            Refused: lines conflict.
        """
        for draft in drafts:
            alone = refusal_by_itself(draft.service)
            if alone:
                self._found.refuse(draft.line.number, alone)
        for key, lane in _lanes(drafts):
            self._check_lane(key, lane)
        problem = self._found.problem(self._clinic, file)
        if problem is not None:
            raise problem

    def record(self, drafts: list[_Draft], path: Path) -> None:
        """Write all segments, and one row of the audit log for the file."""
        names = {draft.segment.clinician for draft in drafts}
        names |= {draft.segment.supervisor for draft in drafts if draft.segment.supervisor}
        for name in sorted(names):
            clinicians.ensure(self._clinic.connection, name)
        segments.add(self._clinic.connection, (draft.segment for draft in drafts))
        self._ask_again(drafts)
        if drafts:
            audit_log.add(
                self._clinic.connection,
                audit_log.Entry(
                    self._now,
                    defaults.who(self._clinic),
                    "import",
                    after={
                        "file": shown(path.name, _MOST_SHOWN),
                        "sha256": _sha256(path),
                        "segments": len(drafts),
                    },
                ),
            )

    def _ask_again(self, drafts: list[_Draft]) -> None:
        """Withdraw the signatures under parts that have grown; a visit just made has none."""
        grown: dict[str, set[str]] = {}
        for draft in drafts:
            segment = draft.segment
            if segment.visit_id not in self._made:
                names = grown.setdefault(segment.visit_id, set())
                names.update((segment.clinician, segment.supervisor))
        for visit_id, names in grown.items():
            signatures.withdraw(self._clinic, visit_id, names, self._now)

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
        self._made.add(visit.id)
        return visit

    def _check_lane(self, key: tuple[str, str], lane: list[_Draft]) -> None:
        """Sweep over all that shares a patient or a clinician, in the order of time."""
        meetings = [_of_line(draft) for draft in lane]
        meetings += [
            _of_record(each, self._visit_of(each), self._clinic)
            for each in self._recorded(key, lane)
        ]
        meetings.sort(key=lambda each: (each.start, each.number))
        active: list[_Meeting] = []
        for meeting in meetings:
            active = [other for other in active if other.end > meeting.start]
            for other in active:
                if meeting.number or other.number:
                    self._compare(meeting, other)
            active.append(meeting)

    def _compare(self, a: _Meeting, b: _Meeting) -> None:
        later, earlier = (a, b) if a.number > b.number else (b, a)
        refusal = refusal_of_pair(later.service, earlier.service)
        twice = later.same == earlier.same
        if refusal:
            meets = f"{earlier.told}, which says the same" if twice else earlier.told
            self._found.refuse(later.number, refusal, meets)
        elif twice:
            self._found.double(later.number, earlier.told)

    def _recorded(self, key: tuple[str, str], lane: list[_Draft]) -> list[SegmentRow]:
        kind, name = key
        first = min(draft.line.start for draft in lane)
        last = max(draft.line.end for draft in lane)
        return segments.meeting(
            self._clinic.connection,
            patients=[name] if kind == "patient" else [],
            clinicians=[name] if kind == "clinician" else [],
            time=Stretch(first, last),
        )

    def _visit_of(self, segment: SegmentRow) -> VisitRow:
        visit = self._by_id.get(segment.visit_id)
        if visit is None:
            visit = visits.get(self._clinic.connection, segment.visit_id)
            self._by_id[visit.id] = visit
        return visit


def _lanes(drafts: list[_Draft]) -> Iterable[tuple[tuple[str, str], list[_Draft]]]:
    """Return the drafts that share a clinician, then those that share a patient."""
    lanes: defaultdict[tuple[str, str], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        lanes["patient", draft.segment.patient].append(draft)
        for name in draft.service.occupied:
            lanes["clinician", name].append(draft)
    return sorted(lanes.items())


def _of_line(draft: _Draft) -> _Meeting:
    return _Meeting(
        draft.line.start,
        draft.line.end,
        draft.service,
        draft.line.number,
        f"line {draft.line.number}",
        _sameness(draft.segment),
    )


def _of_record(segment: SegmentRow, visit: VisitRow, clinic: Clinic) -> _Meeting:
    zone = clinic.clock.zone
    end = "" if segment.ended_at is None else clock_text(segment.ended_at, zone)
    return _Meeting(
        segment.started_at,
        float("inf") if segment.ended_at is None else segment.ended_at,
        service_of(segment, visit),
        0,
        f"{segment.code} of {segment.patient}, recorded "
        f"{visit.service_date} {clock_text(segment.started_at, zone)}-{end}",
        _sameness(segment),
    )


def _sameness(segment: SegmentRow) -> tuple[object, ...]:
    return (
        segment.visit_id,
        segment.code,
        segment.clinician,
        segment.role,
        segment.started_at,
        segment.ended_at,
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
