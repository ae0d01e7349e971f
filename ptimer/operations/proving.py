"""Was any minute of a clinician's day billed twice? The day as the pure proof needs it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from ptimer.billing.conflicts import Rule
from ptimer.billing.day_proof import DayProof, Timed, prove
from ptimer.operations import defaults
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import BadData, Misused, shown
from ptimer.operations.judging import service_of
from ptimer.reports.day_proof import span_text
from ptimer.reports.day_proof_page import ProofPage
from ptimer.storage import clinicians, segments, visits
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import service_date
from ptimer.wording import say, strung

_BESIDE = timedelta(days=1)
"""A time that runs over midnight meets what was recorded for the day after."""


@dataclass(frozen=True)
class ProvenDay:
    """A clinician's day; `proof` None: the clinician recorded nothing on it."""

    day: date
    clinician: str
    now: Instant
    proof: DayProof | None


def day_proof(clinic: Clinic, on: date | None = None, clinician: str | None = None) -> ProvenDay:
    """Return the proof of a clinician's day; default today, and who was used last.

    A student's times count for the therapist who supervises them, too.

    Raises:
        Misused: the day has not been, or the record knows no such clinician.
    """
    with clinic.reading() as now:
        today = service_date(now, clinic.clock.zone)
        day = on or today
        if day > today:
            raise Misused(say("{day} is in the future", day=day))
        name = defaults.clinician_of(clinic, clinician)
        if clinician is not None and clinicians.find(clinic.connection, name) is None:
            raise Misused(say("The record knows no clinician {name}", name=shown(name)))
        return ProvenDay(day, name, now, _proof(clinic, day, name, now))


def page_of(clinic: Clinic, proven: ProvenDay) -> ProofPage | None:
    """Return what the pages of a proven day are made of; None where it holds no time."""
    if proven.proof is None:
        return None
    with clinic.reading():
        known = clinicians.find(clinic.connection, proven.clinician)
    sources = {each.rule: each for each in clinic.rulebook.rules.on(proven.day).sources}
    return ProofPage(
        clinician=proven.clinician,
        credentials=known.credentials if known else "",
        day=proven.day,
        proof=proven.proof,
        zone=clinic.clock.zone,
        sources=tuple(
            (sources[rule].title, sources[rule].text) for rule in _RULES if rule in sources
        ),
    )


def check_holds(proven: ProvenDay, zone: tzinfo | None) -> None:
    """Check that no minute is recorded twice, which the record itself refuses.

    Raises:
        BadData: one is; the sentence names each time.
    """
    if proven.proof is None or proven.proof.holds:
        return
    found = [
        say(
            "{time}: {one} of {patient} and {other} of {whose}",
            time=span_text(each.time, zone),
            one=each.one.service.code,
            patient=shown(each.one.service.patient),
            other=each.other.service.code,
            whose=shown(each.other.service.patient),
        )
        for each in proven.proof.twice[:_MOST_NAMED]
    ]
    raise BadData(
        say(
            "Minutes of {clinician} on {day} are recorded twice: {found}. The record was changed "
            "around the program: ptimer check says more",
            clinician=proven.clinician,
            day=proven.day,
            found=strung(found, "; "),
        )
    )


_RULES = (
    Rule.ONE_CLINICIAN_ONE_SERVICE.value,
    Rule.ONE_PATIENT_ONE_SERVICE.value,
    Rule.GROUP_APART.value,
    Rule.EVALUATION_APART.value,
    Rule.BILLED_ALONE.value,
)
"""What is held against each other, as the screens list it."""

_MOST_NAMED = 20


def _proof(clinic: Clinic, day: date, name: str, now: Instant) -> DayProof | None:
    rows = {v.id: v for v in visits.on(clinic.connection, day - _BESIDE, day + _BESIDE)}
    recorded = segments.of_visits(clinic.connection, rows)
    every = [
        (segment, Timed(service_of(segment, rows[segment.visit_id]), _closed(segment, now)))
        for of_visit in recorded.values()
        for segment in of_visit
    ]
    own = [
        (s, t)
        for s, t in every
        if name in t.service.occupied and rows[s.visit_id].service_date == day
    ]
    times = [timed for _, timed in own]
    if not times:
        return None
    ids = {segment.id for segment, _ in own}
    others = [t for s, t in every if s.id not in ids and _meets(t, times, name)]
    running = any(segment.running for segment, _ in own)
    proof = prove(name, times, others, running=running)
    return proof if proof.times else None


def _meets(other: Timed, times: Iterable[Timed], name: str) -> bool:
    """Return whether a time not of that day shares a moment with the clinician or a patient."""
    return any(
        other.time.overlaps(own.time)
        and (name in other.service.occupied or other.service.patient == own.service.patient)
        for own in times
    )


def _closed(segment: SegmentRow, now: Instant) -> Stretch:
    """Return a segment's time, up to now where it runs."""
    stretch = segment.stretch
    return replace(stretch, end=Instant(stretch.start + stretch.milliseconds(now)))
