"""How does an export become a file, for who wants to see it first and to know how far it is?"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import TextIO

from ptimer.operations import exporting, line_warnings, named_files, segments_exporting
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.exporting import BillerExport, HeldBack, Span
from ptimer.operations.line_warnings import LineWarning
from ptimer.operations.segments_exporting import LeftOut
from ptimer.operations.writing_files import put_on_disk, whole_file
from ptimer.operations.written_bytes import Written
from ptimer.reports.biller_layout import STANDARD, BillerLayout
from ptimer.wording import say

BILLER = "biller"
SEGMENTS = "segments"

DELIMITERS = (",", ";", "\t", "|")
EARLIEST = date(2000, 1, 1)

KEPT_DELIMITER = "export-delimiter"
KEPT_BOM = "export-bom"
KEPT_MAPPING = "export-mapping"
"""Under which it is remembered how the biller wants the file written."""

_PART = timedelta(days=7)

Told = Callable[[int, int], None]
"""What is told how far the work is; it may raise to end the work."""


@dataclass(frozen=True)
class ExportWish:
    """What goes into the file, and how it is written."""

    span: Span
    layout: str = BILLER
    include_unsigned: bool = False
    bom: bool = False
    delimiter: str = ","
    mapping: BillerLayout | None = None
    """The biller's own layout, which says byte-order mark and delimiter, too; None: standard."""

    only_changes: bool = False
    """Whether what went out before in just this form is left out."""

    @property
    def form(self) -> BillerLayout:
        """How the biller's file is written."""
        return self.mapping or replace(STANDARD, bom=self.bom, delimiter=self.delimiter)

    @property
    def file_name(self) -> str:
        """A name to offer; it holds no patient's id."""
        first, last = self.span.first, self.span.last
        days = f"{first}" if first == last else f"{first}-to-{last}"
        return f"{self.layout}-{days}.csv"


@dataclass(frozen=True)
class SegmentsHead:
    """The first rows of a segments file, how many there are, and what is not among them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: int
    held_back: tuple[HeldBack, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Exported:
    """A file that was written; `visits` and `units` are a biller's file's."""

    file: Path
    rows: int
    visits: int
    units: int
    held_back: tuple[HeldBack, ...]
    warnings: tuple[LineWarning, ...] = ()


def span_between(first: date, last: date) -> Span:
    """Return the span between two dates that a person chose.

    Raises:
        Misused: they are the wrong way round, or a slip of the finger.
    """
    if last < first:
        raise Misused(
            say("The last day {last} lies before the first {first}", last=last, first=first)
        )
    if first < EARLIEST:
        raise Misused(say("{day} lies before 2000: was another year meant?", day=first))
    return Span(first, last)


def prepare(
    clinic: Clinic,
    span: Span,
    told: Told,
    *,
    include_unsigned: bool = False,
    only_changes: bool = False,
) -> BillerExport:
    """Return what `exporting.prepare` does, and say week by week how far it is."""
    parts: list[BillerExport] = []
    weeks = _weeks(span)
    with clinic.reading():
        for number, week in enumerate(weeks, start=1):
            parts.append(
                exporting.prepare(
                    clinic, week, include_unsigned=include_unsigned, only_changes=only_changes
                )
            )
            told(number, len(weeks))
    return _joined(span, parts)


def segments_head(clinic: Clinic, wish: ExportWish, *, most: int) -> SegmentsHead:
    """Return the first rows that a segments file would hold."""
    head = _Head(most + 1)
    done = segments_exporting.write_segments(
        clinic, wish.span, head, include_unsigned=wish.include_unsigned
    )
    columns, *rows = csv.reader(StringIO(head.getvalue(), newline=""))
    return SegmentsHead(
        tuple(columns), tuple(map(tuple, rows)), done.rows, done.held_back, done.left_out
    )


def export_to(clinic: Clinic, wish: ExportWish, path: Path, told: Told) -> Exported:
    """Write the file, whole or not at all, and remember what a biller's file held.

    Raises:
        Problem: the file can't be written, or the record can't be read or written to; there is
            no new file then.
    """
    named_files.new_file(path, clinic.folder)
    if wish.layout == SEGMENTS:
        return _segments_to(clinic, wish, path, told)
    export = prepare(
        clinic,
        wish.span,
        told,
        include_unsigned=wish.include_unsigned,
        only_changes=wish.only_changes,
    )
    form = wish.form
    with whole_file(path, bom=form.bom) as out:
        written = exporting.write_biller(export, out, form)
        told(1, 1)
        remember(clinic, export, path, out, written, form)
    return Exported(
        path,
        len(export.lines),
        export.visits,
        export.units,
        export.held_back,
        warnings_of(export, form),
    )


class _Head(StringIO):
    """Keeps the first rows of a CSV that is written into it, one row at a time."""

    def __init__(self, most: int) -> None:
        super().__init__(newline="")
        self._left = most

    def write(self, text: str, /) -> int:
        if self._left > 0:
            self._left -= 1
            super().write(text)
        return len(text)


def _segments_to(clinic: Clinic, wish: ExportWish, path: Path, told: Told) -> Exported:
    with whole_file(path, bom=wish.bom) as out:
        done = segments_exporting.write_segments(
            clinic,
            wish.span,
            out,
            include_unsigned=wish.include_unsigned,
            delimiter=wish.delimiter,
        )
        told(1, 1)
    return Exported(path, done.rows, 0, 0, done.held_back)


def warnings_of(export: BillerExport, form: BillerLayout) -> tuple[LineWarning, ...]:
    """Return what is to be looked at before a file of this form is sent."""
    return line_warnings.warnings_of(export.lines, export.crowded, form)


def remember(
    clinic: Clinic,
    export: BillerExport,
    path: Path,
    out: TextIO,
    written: Written,
    form: BillerLayout,
) -> None:
    """Remember what a file holds, in the last moment before it is there.

    Never afterwards: a program that died between would leave lines at the biller's which the next
    export sends under other ids. The other way round they keep their ids, and go out once more.
    """
    if export.lines:
        put_on_disk(out)
        exporting.remember(clinic, export, path.name, written, form)


def _weeks(span: Span) -> list[Span]:
    weeks: list[Span] = []
    first = span.first
    while first <= span.last:
        last = min(first + _PART - timedelta(days=1), span.last)
        weeks.append(Span(first, last))
        first = last + timedelta(days=1)
    return weeks


def _joined(span: Span, parts: list[BillerExport]) -> BillerExport:
    """Return the parts as one batch, made when the first of its lines was."""
    first = next((part for part in parts if part.lines), parts[0])
    exported_at = first.lines[0].exported_at if first.lines else ""
    lines = tuple(
        replace(line, batch_id=first.batch_id, exported_at=exported_at)
        for part in parts
        for line in part.lines
    )
    return replace(
        first,
        span=span,
        lines=lines,
        held_back=tuple(held for part in parts for held in part.held_back),
        went_out_before=sum(part.went_out_before for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        kept_back=sum(part.kept_back for part in parts),
        crowded=tuple(visit for part in parts for visit in part.crowded),
        before={visit: batch for part in parts for visit, batch in part.before.items()},
    )
