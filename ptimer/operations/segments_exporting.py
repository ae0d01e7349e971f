"""Which segments does a file hold that an import can read back?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TextIO

from ptimer.operations.clinic import Clinic
from ptimer.operations.exporting import HeldBack, Span, held_back
from ptimer.reports import segments_csv
from ptimer.storage import exports


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
        held = () if include_unsigned else held_back(clinic, span, clinician)
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


def _finished(
    rows: Iterable[tuple[Any, ...]], left_out: list[LeftOut]
) -> Iterable[tuple[Any, ...]]:
    for row in rows:
        patient, _, _, _, _, code, start, end, *_ = row
        if end is None or end == start:
            left_out.append(LeftOut(patient, code, running=end is None))
        else:
            yield row
