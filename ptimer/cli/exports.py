"""`export`: lines for the biller, or the segments, into a file or onto stdout."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from ptimer.cli import export_words
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import (
    biller_layouts,
    export_files,
    exporting,
    named_files,
    segments_exporting,
    typed_text,
)
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Busy, Misused, shown
from ptimer.operations.exporting import HeldBack, Span
from ptimer.operations.writing_files import encoding_of, whole_file
from ptimer.reports import biller_csv, segments_csv
from ptimer.reports.biller_layout import STANDARD, BillerLayout
from ptimer.wording import say

LAYOUTS = (export_files.BILLER, export_files.SEGMENTS)

_STDOUT = Path("-")


@click.command("export", add_help_option=False)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--from", "first", metavar="YYYY-MM-DD", help="The first of several days.")
@click.option("--to", "last", metavar="YYYY-MM-DD", help="The last of them; default: today.")
@click.option(
    "-o",
    "--output",
    type=Path,
    metavar="FILE",
    help="Default: stdout.",
)
@click.option(
    "--layout",
    type=click.Choice(LAYOUTS, case_sensitive=False),
    default=export_files.BILLER,
    help="Lines for the biller, or what import reads.",
)
@click.option("--clinician", metavar="NAME", help="Only visits that this clinician treated in.")
@click.option("--include-unsigned", is_flag=True, help="Take unsigned visits along, flagged.")
@click.option("--only-changes", is_flag=True, help="Leave out what went out before as it is.")
@click.option("--bom", is_flag=True, help="Start with a byte-order mark, for Excel.")
@click.option("--delimiter", metavar="C", help="Between cells: , ; | or tab; default: ,")
@click.option("--mapping", metavar="NAME", help="A biller's own layout (see: ptimer layouts).")
@shared
@click.pass_context
def export_command(  # noqa: PLR0913  (one argument for each option of the contract)
    context: click.Context,
    day: str | None,
    first: str | None,
    last: str | None,
    output: Path | None,
    layout: str,
    clinician: str | None,
    include_unsigned: bool,
    only_changes: bool,
    bom: bool,
    delimiter: str | None,
    mapping: str | None,
) -> None:
    """Write the biller's CSV, or the segments, of some days."""
    session = cli.session(context)
    between = biller_layouts.delimiter("," if delimiter is None else delimiter)
    if mapping is not None:
        _check_mapping_alone(layout, bom=bom, delimiter=delimiter)
    if only_changes and layout != export_files.BILLER:
        raise Misused(say("--only-changes is for the biller's lines, not for segments"))
    form = replace(STANDARD, bom=bom, delimiter=between)
    path = _file(session, output)
    wish = _Wish(
        _span(day, first, last),
        None if clinician is None else typed_text.clinician_name(clinician),
        include_unsigned,
        only_changes,
    )
    with session.record_to_read() as found:
        if found is not None and mapping is not None:
            form = biller_layouts.named(found, mapping)
        empty = found is None
    if empty and mapping is not None:
        raise Misused(
            say("There is no layout {name}: save one with ptimer layouts", name=shown(mapping))
        )
    target = _Target(path, form)
    if empty:
        _export_nothing(session, target, layout)
        return
    with session.record() as clinic:
        if layout == export_files.SEGMENTS:
            _export_segments(session, clinic, wish, target)
        else:
            _export_lines(session, clinic, wish, target)


@dataclass(frozen=True)
class _Wish:
    """What goes out."""

    days: tuple[date | None, date | None]
    clinician: str | None
    include_unsigned: bool
    only_changes: bool

    def span(self, clinic: Clinic) -> Span:
        """Return the days: today where none is named, and up to today where no end is."""
        first, last = self.days
        if first is not None and last is None:
            last = max(first, exporting.span_of(clinic).last)
        return exporting.span_of(clinic, first, last)


@dataclass(frozen=True)
class _Target:
    """Where the CSV goes, and how it is written; `path` None is stdout."""

    path: Path | None
    form: BillerLayout

    @contextmanager
    def open(self) -> Iterator[TextIO]:
        """Open it; a file appears only when it is whole.

        Raises:
            Busy: it can't be written.
        """
        if self.path is None:
            with _stdout(encoding_of(bom=self.form.bom)) as out:
                yield out
            return
        with whole_file(self.path, bom=self.form.bom) as out:
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


def _file(session: Session, output: Path | None) -> Path | None:
    if output is not None and output != _STDOUT:
        return named_files.new_file(output, session.folder)
    if session.json:
        raise Misused(say("--json needs -o FILE: the CSV itself would take stdout"))
    return None


def _span(day: str | None, first: str | None, last: str | None) -> tuple[date | None, date | None]:
    if day is not None and (first is not None or last is not None):
        raise Misused(say("Name --date, or --from and --to, not both"))
    if day is not None:
        only = typed_text.date_of(day)
        return only, only
    start = None if first is None else typed_text.date_of(first)
    end = None if last is None else typed_text.date_of(last)
    if start is None and end is not None:
        raise Misused(say("--to {last} needs --from: name the first day, too", last=str(end)))
    if start is not None and end is not None and end < start:
        raise Misused(
            say("--to {last} lies before --from {first}", last=str(end), first=str(start))
        )
    return start, end


def _check_mapping_alone(layout: str, *, bom: bool, delimiter: str | None) -> None:
    if layout != export_files.BILLER:
        raise Misused(say("--mapping is for the biller's lines, not for segments"))
    if bom or delimiter is not None:
        raise Misused(say("--mapping says byte-order mark and delimiter itself: leave them out"))


def _export_nothing(session: Session, target: _Target, layout: str) -> None:
    """Write the header alone: there is no record yet, and none is made."""
    segments = layout == export_files.SEGMENTS
    with target.open() as out:
        if segments:
            segments_csv.write((), out, zone=None, delimiter=target.form.delimiter)
        else:
            biller_csv.write((), out, target.form)
    values = (
        export_words.segments_values(0, (), ()) if segments else export_words.lines_values(None)
    )
    _tell(session, target, values)


def _export_lines(session: Session, clinic: Clinic, wish: _Wish, target: _Target) -> None:
    export = exporting.prepare(
        clinic,
        wish.span(clinic),
        include_unsigned=wish.include_unsigned,
        clinician=wish.clinician,
        only_changes=wish.only_changes,
    )
    form = target.form
    with target.open() as out:
        written = exporting.write_biller(export, out, form)
        if target.path is not None:
            export_files.remember(clinic, export, target.path, out, written, form)
    if export.lines and target.path is None:
        exporting.remember(clinic, export, "stdout", written, form)
    warnings = export_files.warnings_of(export, form)
    _say_held_back(export.held_back)
    cli.say_aside(export_words.about_repeats(export))
    cli.say_aside(say("warning: {text}", text=each.text) for each in warnings)
    _tell(session, target, export_words.lines_values(export, warnings))


def _export_segments(session: Session, clinic: Clinic, wish: _Wish, target: _Target) -> None:
    with target.open() as out:
        done = segments_exporting.write_segments(
            clinic,
            wish.span(clinic),
            out,
            include_unsigned=wish.include_unsigned,
            delimiter=target.form.delimiter,
            clinician=wish.clinician,
        )
    _say_held_back(done.held_back)
    cli.say_aside(export_words.left_out(each) for each in done.left_out)
    _tell(session, target, export_words.segments_values(done.rows, done.held_back, done.left_out))


def _say_held_back(held_back: Iterable[HeldBack]) -> None:
    cli.say_aside(
        f"held back, not signed: {each.patient} of {each.date} (--include-unsigned takes it along)"
        for each in held_back
    )


def _tell(session: Session, target: _Target, values: dict[str, object]) -> None:
    if target.path is not None:
        told = say("{rows:plural:row,rows} written to {file}", **values, file=target.path)
        session.tell(str(told), {**values, "file": str(target.path)})
