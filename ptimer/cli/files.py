"""`import` and `export`: segments from a file, lines for the biller."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import exporting, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Busy, Misused
from ptimer.operations.exporting import BillerExport, HeldBack, Span
from ptimer.operations.writing_files import encoding_of, whole_file
from ptimer.reports import biller_csv, segments_csv
from ptimer.wording import say

LAYOUTS = ("biller", "segments")


@click.command("import", add_help_option=False)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything, record nothing.")
@shared
@click.pass_context
def import_command(context: click.Context, file: Path, dry_run: bool) -> None:
    """Record the segments of a CSV file: all of them, or none."""
    from ptimer.operations import importing

    session = cli.session(context)
    typed_text.existing_file(file)
    with session.record() as clinic:
        done = importing.import_file(clinic, file, dry_run=dry_run)
    cli.say_aside(done.warnings)
    verb = "would come in" if dry_run else "came in"
    session.tell(
        f"{done.segments} segments {verb}, {done.visits} new visits",
        {
            "segments": done.segments,
            "visits": done.visits,
            "dry_run": dry_run,
            "warnings": [str(each) for each in done.warnings],
        },
    )


@click.command("export", add_help_option=False)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--from", "first", metavar="YYYY-MM-DD")
@click.option("--to", "last", metavar="YYYY-MM-DD")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--layout", type=click.Choice(LAYOUTS), default="biller")
@click.option("--include-unsigned", is_flag=True, help="Take unsigned visits along, flagged.")
@click.option("--bom", is_flag=True, help="Start with a byte-order mark, for Excel.")
@click.option("--delimiter", default=",", metavar="C")
@shared
@click.pass_context
def export_command(  # noqa: PLR0913  (one argument for each option of the contract)
    context: click.Context,
    day: str | None,
    first: str | None,
    last: str | None,
    output: Path | None,
    layout: str,
    include_unsigned: bool,
    bom: bool,
    delimiter: str,
) -> None:
    """Write the biller's CSV, or the segments, of one or more days."""
    session = cli.session(context)
    if session.json and output is None:
        raise Misused(say("--json needs -o FILE: the CSV itself would take stdout"))
    span = _span(day, first, last)
    target = _Target(output, bom, _delimiter(delimiter))
    with session.record_to_read() as found:
        empty = found is None
    if empty:
        _write_header(session, target, layout)
        return
    with session.record() as clinic:
        chosen = exporting.span_of(clinic, *span)
        if layout == "segments":
            _export_segments(session, clinic, chosen, target, include_unsigned)
        else:
            _export_lines(session, clinic, chosen, target, include_unsigned)


class _Target:
    """Where the CSV goes, and how it is written."""

    def __init__(self, path: Path | None, bom: bool, delimiter: str) -> None:
        self.path = path
        self.bom = bom
        self.delimiter = delimiter

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Open it; a file appears only when it is whole.

        Raises:
            Busy: the file can't be written.
        """
        if self.path is None:
            with _stdout(encoding_of(bom=self.bom)) as out:
                yield out
            return
        with whole_file(self.path, bom=self.bom) as out:
            yield out


@contextmanager
def _stdout(encoding: str) -> Iterator[TextIO]:
    """Write to stdout as it is, whatever its own encoding and line ends.

    Raises:
        Busy: there is none, or nothing more can be written to it.
    """
    if sys.stdout is None:  # closed by whoever started the command
        raise Busy(say("There is no stdout to write to: name a file with -o FILE"))
    with cli.printing():
        out = TextIOWrapper(sys.stdout.buffer, encoding=encoding, newline="")
        try:
            yield out
            out.flush()
        finally:
            with suppress(OSError):  # which the flush above has told
                out.detach()


def _span(day: str | None, first: str | None, last: str | None) -> tuple[date | None, date | None]:
    if day is not None and (first is not None or last is not None):
        raise Misused(say("Name --date, or --from and --to, not both"))
    if day is not None:
        only = typed_text.date_of(day)
        return only, only
    start = None if first is None else typed_text.date_of(first)
    end = None if last is None else typed_text.date_of(last)
    if start is not None and end is not None and end < start:
        raise Misused(
            say("--to {last} lies before --from {first}", last=str(end), first=str(start))
        )
    return start, end


def _delimiter(text: str) -> str:
    if len(text) != 1 or text.isalnum() or text in "\"'\r\n\0. -:+" or not text.isascii():
        raise Misused(say("{text} can't separate cells: use , ; | or a tab", text=repr(text)))
    return text


def _write_header(session: Session, target: _Target, layout: str) -> None:
    columns = biller_csv.COLUMNS if layout == "biller" else segments_csv.COLUMNS
    with target.open() as out:
        out.write(target.delimiter.join(columns) + "\r\n")
    _tell(session, target, {"layout": layout, "rows": 0, "held_back": []}, ())


def _export_lines(
    session: Session, clinic: Clinic, span: Span, target: _Target, include_unsigned: bool
) -> None:
    export = exporting.prepare(clinic, span, include_unsigned=include_unsigned)
    with target.open() as out:
        exporting.write_biller(export, out, delimiter=target.delimiter)
        out.flush()
        if export.lines:
            exporting.remember(clinic, export, target.path.name if target.path else "stdout")
    if export.went_out_before:
        cli.say_aside([f"{export.went_out_before} of these lines went out before, with these ids"])
    _tell(session, target, _export_values(export), export.held_back)


def _export_values(export: BillerExport) -> dict[str, object]:
    return {
        "layout": "biller",
        "rows": len(export.lines),
        "visits": export.visits,
        "units": export.units,
        "batch_id": export.batch_id,
        "went_out_before": export.went_out_before,
        "held_back": [{"patient": each.patient, "date": each.date} for each in export.held_back],
    }


def _export_segments(
    session: Session, clinic: Clinic, span: Span, target: _Target, include_unsigned: bool
) -> None:
    with target.open() as out:
        done = exporting.write_segments(
            clinic, span, out, include_unsigned=include_unsigned, delimiter=target.delimiter
        )
    values: dict[str, object] = {
        "layout": "segments",
        "rows": done.rows,
        "held_back": [{"patient": each.patient, "date": each.date} for each in done.held_back],
    }
    _tell(session, target, values, done.held_back)


def _tell(
    session: Session, target: _Target, values: dict[str, object], held_back: tuple[HeldBack, ...]
) -> None:
    cli.say_aside(
        f"held back, not signed: {each.patient} of {each.date} (--include-unsigned takes it along)"
        for each in held_back
    )
    if target.path is not None:
        session.tell(
            f"{values['rows']} rows written to {target.path}",
            {**values, "file": str(target.path)},
        )
