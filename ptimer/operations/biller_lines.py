"""What does a visit say to the biller? A line for each code and set of modifiers."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from ptimer.billing.modifiers import BilledLine
from ptimer.operations.line_flags import flags_of
from ptimer.operations.visit_view import VisitView
from ptimer.reports import biller_csv
from ptimer.reports.biller_csv import BillerLine
from ptimer.reports.biller_layout import MODIFIERS, ROOM, in_order
from ptimer.storage.clinicians import ClinicianRow
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text


def lines_of(view: VisitView, who: Mapping[str, ClinicianRow], place: str) -> Iterable[BillerLine]:
    """Return a visit's lines as they are now; id, batch and time are given when they go out.

    `who` are the clinicians by name, `place` is the place of service.
    """
    zeros = view.payer.zero_unit_lines
    time_in, time_out = _in_and_out(view)
    for billed in view.billed_lines:
        if billed.units or zeros:
            yield _line(view, billed, who, place, (time_in, time_out))


def content(line: BillerLine) -> dict[str, Any]:
    """Return what a line says, without what says when it went out."""
    said: dict[str, Any] = asdict(line)
    for column in biller_csv.OF_THE_BATCH:
        del said[column]
    if not line.beyond:
        del said["beyond"]
    return said


def content_text(line: BillerLine) -> str:
    """Return what a line says as it is remembered."""
    return json.dumps(content(line), ensure_ascii=False, separators=(",", ":"))


def remembered(text: str) -> BillerLine:
    """Return the line that `content_text` told of, of no batch yet."""
    said = json.loads(text)
    said["beyond"] = tuple(said.get("beyond", ()))
    return BillerLine(line_id="", line_status="", batch_id="", exported_at="", **said)


def exported_at(instant: Instant) -> str:
    """Return an instant as the lines tell it: UTC with Z."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=instant)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _line(
    view: VisitView,
    billed: BilledLine,
    who: Mapping[str, ClinicianRow],
    place: str,
    times: tuple[str, str],
) -> BillerLine:
    provider, supervisor = _provider(view.timed_in(billed), view.record.supervisors)
    modifiers = in_order(billed.modifiers, MODIFIERS)
    cells = (*modifiers, *[""] * ROOM)
    return BillerLine(
        line_id="",
        encounter_id=view.visit.id,
        line_status=biller_csv.NEW,
        patient_id=view.visit.patient,
        date_of_service=view.visit.service_date.isoformat(),
        payer=view.visit.payer,
        rendering_provider=provider,
        rendering_npi=who[provider].npi if provider in who else "",
        supervising_npi=who[supervisor].npi if supervisor in who else "",
        place_of_service=place,
        code=billed.line.code.code,
        modifier_1=cells[0],
        modifier_2=cells[1],
        modifier_3=cells[2],
        modifier_4=cells[3],
        diagnosis_pointers="",
        units=billed.units,
        unit_basis=biller_csv.UNIT_BASIS,
        minutes=billed.minutes,
        timed="Y" if billed.line.code.timed else "N",
        total_timed_minutes=view.timed_minutes,
        total_treatment_minutes=view.total_minutes,
        time_in=times[0],
        time_out=times[1],
        unit_rule=view.reckoning.rule.value,
        charge="",
        flags=";".join(flags_of(view, billed)),
        batch_id="",
        exported_at="",
        layout_version=biller_csv.LAYOUT_VERSION,
        beyond=modifiers[ROOM:],
    )


def _provider(segments: Sequence[SegmentRow], named: Mapping[str, str]) -> tuple[str, str]:
    """Return who rendered a line, and who supervised it; `named` are those named at signing.

    The therapist with most of its time; where none treated, the assistant with most. A student's
    time is the supervising therapist's. An aide renders nothing, so the column may stay empty.
    """
    therapists: Counter[str] = Counter()
    assistants: Counter[str] = Counter()
    supervisors = [s.supervisor or named.get(s.clinician, "") for s in segments]
    for segment in segments:
        length = (segment.ended_at or segment.started_at) - segment.started_at
        if segment.role == "assistant":
            assistants[segment.clinician] += length
        elif segment.role == "therapist":
            therapists[segment.clinician] += length
        elif segment.supervisor:
            therapists[segment.supervisor] += length
    ranked = therapists.most_common(1) or assistants.most_common(1)
    return ranked[0][0] if ranked else "", next(filter(None, supervisors), "")


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
