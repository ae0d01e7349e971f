"""What does an export say besides its lines, to a person and to a program?"""

from collections.abc import Iterable, Iterator

from ptimer.operations import export_files
from ptimer.operations.exporting import BillerExport, HeldBack
from ptimer.operations.line_warnings import LineWarning
from ptimer.operations.segments_exporting import LeftOut
from ptimer.reports.biller_csv import CORRECTION, VOID
from ptimer.wording import Sentence, say


def about_repeats(export: BillerExport) -> Iterator[Sentence]:
    """Say what of the lines the biller has already, and what is to be done with the others."""
    if export.went_out_before:
        yield say(
            "{lines:plural:line has gone,lines have gone} out before, under the same ids",
            lines=export.went_out_before,
        )
    if export.kept_back:
        yield say(
            "left out, as they went out before: {lines:plural:line,lines}", lines=export.kept_back
        )
    if export.unchanged:
        yield say(
            "left out, unchanged since they went out: {lines:plural:line,lines} of amended visits",
            lines=export.unchanged,
        )
    corrected, void = export.count(CORRECTION), export.count(VOID)
    if corrected:
        yield say(
            "{lines:plural:line,lines} in place of those of the same ids (CORRECTION)",
            lines=corrected,
        )
    if void:
        yield say("{lines:plural:line,lines} to be taken back (VOID)", lines=void)


def left_out(segment: LeftOut) -> Sentence:
    """Say why a segment is not in the file."""
    template = (
        "left out, still running: {code} of {patient} (stop it first)"
        if segment.running
        else "left out, it was stopped as it was started: {code} of {patient}"
    )
    return say(template, code=segment.code, patient=segment.patient)


def lines_values(
    export: BillerExport | None, warnings: Iterable[LineWarning] = ()
) -> dict[str, object]:
    """Return what a biller's export came to, as JSON has it; None: there is no record yet."""
    return {
        "layout": export_files.BILLER,
        "rows": len(export.lines) if export else 0,
        "visits": export.visits if export else 0,
        "units": export.units if export else 0,
        "batch_id": export.batch_id if export else None,
        "went_out_before": export.went_out_before if export else 0,
        "corrections": export.count(CORRECTION) if export else 0,
        "voids": export.count(VOID) if export else 0,
        "unchanged": export.unchanged if export else 0,
        "kept_back": export.kept_back if export else 0,
        "warnings": [_warning_values(each) for each in warnings],
        "held_back": _held_values(export.held_back if export else ()),
    }


def segments_values(
    rows: int, held_back: tuple[HeldBack, ...], left_out: tuple[LeftOut, ...]
) -> dict[str, object]:
    """Return what a segments export came to, as JSON has it."""
    return {
        "layout": export_files.SEGMENTS,
        "rows": rows,
        "held_back": _held_values(held_back),
        "left_out": [
            {"patient": each.patient, "code": each.code, "running": each.running}
            for each in left_out
        ],
    }


def _warning_values(warning: LineWarning) -> dict[str, str | None]:
    return {
        "rule": warning.rule,
        "text": str(warning.text),
        "visit_id": warning.visit_id or None,
        "patient": warning.patient or None,
        "date": None if warning.day is None else warning.day.isoformat(),
        "clinician": warning.clinician or None,
        "code": warning.code or None,
    }


def _held_values(held_back: Iterable[HeldBack]) -> list[dict[str, str]]:
    return [{"patient": each.patient, "date": each.date} for each in held_back]
