"""Do the lines of a file conflict with each other, or with what is recorded?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.billing.conflicts import (
    Service,
    refusal_by_itself,
    refusal_of_pair,
)
from ptimer.operations.clinic import Clinic
from ptimer.operations.import_drafts import Draft, Drafting
from ptimer.operations.import_refusals import Found
from ptimer.operations.judging import service_of
from ptimer.storage import segments
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import clock_text


@dataclass(slots=True)
class _Meeting:
    """Something in a lane: a line of the file, or a segment that is recorded already."""

    start: Instant
    end: float
    service: Service
    number: int
    told: str
    same: tuple[object, ...]


class Lanes:
    """All that shares a patient or a clinician, held against the rules."""

    def __init__(self, clinic: Clinic, drafting: Drafting, found: Found) -> None:
        self._clinic = clinic
        self._drafting = drafting
        self._found = found

    def check(self, drafts: list[Draft]) -> None:
        """Note every line that a rule forbids by itself, beside another, or beside the record."""
        for draft in drafts:
            alone = refusal_by_itself(draft.service)
            if alone:
                self._found.refuse(draft.line.number, alone)
        for key, lane in _lanes(drafts):
            self._check_lane(key, lane)

    def _check_lane(self, key: tuple[str, str], lane: list[Draft]) -> None:
        """Sweep over all that shares a patient or a clinician, in the order of time."""
        meetings = [_of_line(draft) for draft in lane]
        meetings += [
            _of_record(each, self._drafting.visit_of(each), self._clinic)
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

    def _recorded(self, key: tuple[str, str], lane: list[Draft]) -> list[SegmentRow]:
        kind, name = key
        first = min(draft.line.start for draft in lane)
        last = max(draft.line.end for draft in lane)
        return segments.meeting(
            self._clinic.connection,
            patients=[name] if kind == "patient" else [],
            clinicians=[name] if kind == "clinician" else [],
            time=Stretch(first, last),
        )


def _lanes(drafts: list[Draft]) -> Iterable[tuple[tuple[str, str], list[Draft]]]:
    """Return the drafts that share a clinician, then those that share a patient."""
    lanes: defaultdict[tuple[str, str], list[Draft]] = defaultdict(list)
    for draft in drafts:
        lanes["patient", draft.segment.patient].append(draft)
        for name in draft.service.occupied:
            lanes["clinician", name].append(draft)
    return sorted(lanes.items())


def _of_line(draft: Draft) -> _Meeting:
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
