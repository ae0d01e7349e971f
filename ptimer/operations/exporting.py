"""Which lines go to the biller, and what is remembered of them?"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, TextIO

from ptimer.billing.visit_units import Line
from ptimer.operations import snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.visit_view import VisitView
from ptimer.reports import biller_csv, segments_csv
from ptimer.reports.biller_csv import BillerLine
from ptimer.storage import clinicians, exports, settings, visits
from ptimer.storage.clinicians import ClinicianRow
from ptimer.storage.exports import Batch, ExportedLine
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text, service_date

PLACE_OF_SERVICE = "place-of-service"

_MOST_MODIFIERS = 4


@dataclass(frozen=True)
class Span:
    """The dates of service that an export covers, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class HeldBack:
    """A visit that is not signed, and so does not go out."""

    patient: str
    date: str


@dataclass(frozen=True)
class BillerExport:
    """What an export would hold, or held."""

    span: Span
    lines: tuple[BillerLine, ...]
    held_back: tuple[HeldBack, ...]
    batch_id: str
    exported_at: Instant
    went_out_before: int = 0
    """Lines that an earlier batch held already; they keep their ids."""

    @property
    def units(self) -> int:
        """All units."""
        return sum(line.units for line in self.lines)

    @property
    def visits(self) -> int:
        """Visits with a line."""
        return len({line.encounter_id for line in self.lines})


def span_of(clinic: Clinic, first: date | None = None, last: date | None = None) -> Span:
    """Return the span between two dates; what is None is today, or the other end."""
    today = service_date(clinic.clock.now(), clinic.clock.zone)
    start = first or last or today
    return Span(start, last or first or today)


def prepare(
    clinic: Clinic, span: Span, *, include_unsigned: bool = False, clinician: str | None = None
) -> BillerExport:
    """Return the lines that an export of the span would hold; nothing is remembered yet.

    `clinician` names whose visits go out; None is everyone's.
    """
    with clinic.reading() as now:
        batch_id = new_id(now)
        who = {row.name: row for row in clinicians.everyone(clinic.connection)}
        place = str(settings.get(clinic.connection, PLACE_OF_SERVICE) or "")
        drafts: list[BillerLine] = []
        for day in visits.dates(clinic.connection, span.first, span.last):
            for view in _views(clinic, day, now, include_unsigned=include_unsigned):
                if clinician is None or clinician in view.record.must_sign:
                    drafts.extend(_lines(view, who, place, batch_id, now))
        held = () if include_unsigned else _held_back(clinic, span, clinician)
        known = exports.line_ids(
            clinic.connection, list(dict.fromkeys(line.encounter_id for line in drafts))
        )
        lines = [
            replace(line, line_id=known.get((line.encounter_id, _content(line)), line.line_id))
            for line in drafts
        ]
        out_before = set(known.values())
        before = sum(line.line_id in out_before for line in lines)
        return BillerExport(span, tuple(lines), held, batch_id, now, before)


def remember(clinic: Clinic, export: BillerExport, file_name: str) -> None:
    """Remember what a file held, so that its lines keep their ids."""
    with clinic.writing():
        exports.save(
            clinic.connection,
            Batch(
                export.batch_id,
                export.exported_at,
                export.span.first,
                export.span.last,
                "biller",
                file_name,
                len(export.lines),
                export.units,
            ),
            (
                ExportedLine(
                    line.line_id, line.encounter_id, line.code, line.modifiers, _content(line)
                )
                for line in export.lines
            ),
        )


def write_biller(export: BillerExport, out: TextIO, *, delimiter: str = ",") -> None:
    """Write the biller's CSV."""
    biller_csv.write(export.lines, out, delimiter=delimiter)


@dataclass(frozen=True)
class LeftOut:
    """A segment that a file can't hold: it has no end yet, or no time between start and end."""

    patient: str
    code: str
    running: bool


@dataclass(frozen=True)
class SegmentsExport:
    """What a segments export held."""

    rows: int
    held_back: tuple[HeldBack, ...]
    left_out: tuple[LeftOut, ...] = ()


def write_segments(
    clinic: Clinic,
    span: Span,
    out: TextIO,
    *,
    include_unsigned: bool = False,
    delimiter: str = ",",
    clinician: str | None = None,
) -> SegmentsExport:
    """Write the segments CSV row by row, however many there are.

    What an import would refuse is left out, and told.
    """
    with clinic.reading():
        held = () if include_unsigned else _held_back(clinic, span, clinician)
        rows = exports.segment_rows(
            clinic.connection,
            span.first,
            span.last,
            unsigned=include_unsigned,
            clinician=clinician,
        )
        left_out: list[LeftOut] = []
        written = segments_csv.write(
            _finished(rows, left_out), out, zone=clinic.clock.zone, delimiter=delimiter
        )
        return SegmentsExport(written, held, tuple(left_out))


def last_export(clinic: Clinic) -> Batch | None:
    """Return the newest file that was made for the biller."""
    with clinic.reading():
        return exports.last_batch(clinic.connection)


def _views(
    clinic: Clinic, day: date, now: Instant, *, include_unsigned: bool
) -> Iterable[VisitView]:
    rows = [row for row in visits.on(clinic.connection, day, day) if row.signed or include_unsigned]
    for view in snapshots.view_all(clinic, rows, now):
        if view.record.segments:
            yield view


def _held_back(clinic: Clinic, span: Span, clinician: str | None) -> tuple[HeldBack, ...]:
    return tuple(
        HeldBack(patient, day)
        for patient, day in exports.held_back(clinic.connection, span.first, span.last, clinician)
    )


def _finished(
    rows: Iterable[tuple[Any, ...]], left_out: list[LeftOut]
) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        patient, _, _, _, _, code, start, end, *_ = row
        if end is None or end == start:
            left_out.append(LeftOut(patient, code, running=end is None))
        else:
            yield row


def _lines(
    view: VisitView,
    who: Mapping[str, ClinicianRow],
    place: str,
    batch_id: str,
    now: Instant,
) -> Iterable[BillerLine]:
    zeros = view.payer.zero_unit_lines
    time_in, time_out = _in_and_out(view)
    for billed in view.billed_lines:
        line = billed.line
        if billed.units == 0 and not zeros:
            continue
        segments = view.timed_in(billed)
        provider, supervisor = _provider(segments)
        modifiers = (*billed.modifiers, "", "", "", "")[:_MOST_MODIFIERS]
        yield BillerLine(
            line_id=new_id(now),
            encounter_id=view.visit.id,
            line_status="NEW",
            patient_id=view.visit.patient,
            date_of_service=view.visit.service_date.isoformat(),
            payer=view.visit.payer,
            rendering_provider=provider,
            rendering_npi=who[provider].npi if provider in who else "",
            supervising_npi=who[supervisor].npi if supervisor in who else "",
            place_of_service=place,
            code=line.code.code,
            modifier_1=modifiers[0],
            modifier_2=modifiers[1],
            modifier_3=modifiers[2],
            modifier_4=modifiers[3],
            diagnosis_pointers="",
            units=billed.units,
            unit_basis=biller_csv.UNIT_BASIS,
            minutes=billed.minutes,
            timed="Y" if line.code.timed else "N",
            total_timed_minutes=view.timed_minutes,
            total_treatment_minutes=view.total_minutes,
            time_in=time_in,
            time_out=time_out,
            unit_rule=view.reckoning.rule.value,
            charge="",
            flags=";".join(_flags(view, line, segments)),
            batch_id=batch_id,
            exported_at=_utc(now),
            layout_version=biller_csv.LAYOUT_VERSION,
        )


def _provider(segments: Sequence[SegmentRow]) -> tuple[str, str]:
    """Return who rendered a line, and who supervised it.

    The therapist with most of its time; where none treated, the assistant with most. A student's
    time is the supervising therapist's. An aide renders nothing, so the column may stay empty.
    """
    therapists: Counter[str] = Counter()
    assistants: Counter[str] = Counter()
    supervisors = [segment.supervisor for segment in segments if segment.supervisor]
    for segment in segments:
        length = (segment.ended_at or segment.started_at) - segment.started_at
        if segment.role == "assistant":
            assistants[segment.clinician] += length
        elif segment.role == "therapist":
            therapists[segment.clinician] += length
        elif segment.supervisor:
            therapists[segment.supervisor] += length
    ranked = therapists.most_common(1) or assistants.most_common(1)
    return ranked[0][0] if ranked else "", supervisors[0] if supervisors else ""


def _flags(view: VisitView, line: Line, segments: Iterable[SegmentRow]) -> Iterable[str]:
    reckoning = view.reckoning
    long = view.rules.long_treatment(line.code.code)
    if not view.visit.signed:
        yield "UNSIGNED"
    if any(segment.edited for segment in segments):
        yield "EDITED"
    if reckoning.chosen and reckoning.pool and line.code.code in reckoning.pool.tied:
        yield "TIE-CHOSEN"
    if line.cut:
        yield "CAP-CUT"
    if long and line.minutes > long.minutes:
        yield "OVER-60"


def _in_and_out(view: VisitView) -> tuple[str, str]:
    """Return local times of arrival and departure; else of the first start and the last end."""
    segments = view.record.segments
    zone = view.zone
    first = view.visit.arrived_at or min(segment.started_at for segment in segments)
    ends = [segment.ended_at for segment in segments]
    last = view.visit.departed_at or (
        None if None in ends else max(end for end in ends if end is not None)
    )
    came = clock_text(first, zone, seconds=False)
    return came, "" if last is None else clock_text(last, zone, seconds=False)


def _content(line: BillerLine) -> str:
    """Return what a line says, without what says when it went out."""
    said: dict[str, Any] = asdict(line)
    for column in biller_csv.OF_THE_BATCH:
        del said[column]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _utc(instant: Instant) -> str:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
