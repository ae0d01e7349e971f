"""`layouts`: how each biller wants its file; `batches`: the files that were made, and once more."""

from dataclasses import replace
from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import batches, biller_layouts, named_files
from ptimer.operations.batches import Batch
from ptimer.operations.biller_layouts import TypedLayout
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.reports import biller_layout
from ptimer.reports.biller_layout import STANDARD, BillerLayout
from ptimer.timing.service_date import iso
from ptimer.wording import say

_STDOUT = Path("-")


@click.command("layouts", add_help_option=False)
@click.option("--save", "name", metavar="NAME", help="Save a layout, or change it.")
@click.option("--columns", metavar="LIST", help='Which, in order: "patient_id=MRN,code=CPT".')
@click.option("--date-form", metavar="FORM", help="Of the date of service: MM/DD/YYYY.")
@click.option("--delimiter", metavar="C", help="Between cells: , ; | or tab.")
@click.option("--bom/--no-bom", default=None, help="Start with a byte-order mark, for Excel.")
@click.option("--modifier-order", metavar="LIST", help='What comes first: "59,CQ,KX,GP".')
@shared
@click.pass_context
def layouts_command(  # noqa: PLR0913  (one argument for each option)
    context: click.Context,
    name: str | None,
    columns: str | None,
    date_form: str | None,
    delimiter: str | None,
    bom: bool | None,
    modifier_order: str | None,
) -> None:
    """List or save how a biller wants the file.

    Of a layout that is there, what no option names stays as it is; a change raises its version.
    """
    session = cli.session(context)
    changes = (columns, date_form, delimiter, bom, modifier_order)
    if name is None:
        if any(change is not None for change in changes):
            raise Misused(say("Name the layout, too: --save NAME"))
        _list_layouts(session)
        return
    with session.record() as clinic:
        typed = _as_it_is(clinic, name)
        kept = biller_layouts.save(
            clinic,
            TypedLayout(
                name,
                typed.columns if columns is None else biller_layouts.split_columns(columns),
                typed.date_form if date_form is None else date_form,
                typed.delimiter if delimiter is None else delimiter,
                typed.bom if bom is None else bom,
                typed.modifier_order if modifier_order is None else _listed(modifier_order),
            ),
        )
    template = "layout {name} saved" if kept.changed else "layout {name} is so already"
    values = {**_layout_values(kept.layout), "changed": kept.changed}
    session.tell(str(say(template, name=kept.layout.label)), values)


@click.command("batches", add_help_option=False)
@click.option("--reproduce", metavar="ID", help="Make the file of a batch again, byte for byte.")
@click.option("-o", "--output", type=Path, metavar="FILE", help="Where to; default: stdout.")
@shared
@click.pass_context
def batches_command(context: click.Context, reproduce: str | None, output: Path | None) -> None:
    """List the files made for billers, or make one again."""
    session = cli.session(context)
    if reproduce is not None:
        _reproduce(session, reproduce, None if output in (None, _STDOUT) else output)
        return
    if output is not None:
        raise Misused(say("Name the batch, too: --reproduce ID"))
    with session.record_to_read() as clinic:
        found = () if clinic is None else batches.newest_first(clinic)
        lines = [] if clinic is None else [_batch_text(each, clinic) for each in found]
    session.tell(
        "\n".join(lines) or "no file was made yet",
        {"batches": [_batch_values(each, session) for each in found]},
    )


def _list_layouts(session: Session) -> None:
    with session.record_to_read() as clinic:
        kept = () if clinic is None else biller_layouts.all_of(clinic)
    session.tell(
        "\n".join(map(_layout_text, (STANDARD, *kept))),
        {"layouts": [_layout_values(each) for each in (STANDARD, *kept)]},
    )


def _as_it_is(clinic: Clinic, name: str) -> TypedLayout:
    """Return a layout as one would type it; one that is new begins as the standard one."""
    wanted = name.strip().casefold()
    kept = [each for each in biller_layouts.all_of(clinic) if each.name.casefold() == wanted]
    layout = kept[0] if kept else replace(STANDARD, name=name)
    return biller_layouts.as_typed(layout)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",")) if text.strip() else ()


def _layout_text(layout: BillerLayout) -> str:
    columns = ", ".join(
        each.source if each.source == each.title else f"{each.source}={each.title}"
        for each in layout.columns
    )
    form = f"dates {layout.date_form}, {layout.delimiter!r} between cells"
    mark = ", byte-order mark" if layout.bom else ""
    order = " ".join(layout.modifier_order)
    name = layout.label if layout.name else f"standard ({layout.label})"
    return f"{name}: {form}{mark}, modifiers {order}\n  {columns}"


def _layout_values(layout: BillerLayout) -> dict[str, object]:
    return {
        "name": layout.name or None,
        "layout_version": layout.label,
        **biller_layout.definition(layout),
        "columns": [{"column": each.source, "title": each.title} for each in layout.columns],
    }


def _batch_text(batch: Batch, clinic: Clinic) -> str:
    first, last = batch.date_from, batch.date_to
    days = f"{first}" if first == last else f"{first} to {last}"
    changes = f", {batch.corrections} corrected" if batch.corrections else ""
    changes += f", {batch.voids} void" if batch.voids else ""
    by = f" by {batch.made_by}" if batch.made_by else ""
    kept = f"sha256 {batch.sha256}" if batch.sha256 else "its file was not kept"
    return (
        f"{batch.id}  {cli.moment(clinic, batch.exported_at)}{by}  {batch.file_name}\n"
        f"  {days}: {batch.line_count} lines{changes}, {batch.units} units, "
        f"{batch.minutes} minutes, layout {batch.layout_version or '1'}; {kept}"
    )


def _batch_values(batch: Batch, session: Session) -> dict[str, object]:
    return {
        "batch_id": batch.id,
        "exported_at": iso(batch.exported_at, session.clock.zone),
        "made_by": batch.made_by or None,
        "file_name": batch.file_name,
        "date_from": batch.date_from.isoformat(),
        "date_to": batch.date_to.isoformat(),
        "lines": batch.line_count,
        "corrections": batch.corrections,
        "voids": batch.voids,
        "units": batch.units,
        "minutes": batch.minutes,
        "layout_version": batch.layout_version or "1",
        "sha256": batch.sha256 or None,
        "bytes": batch.size,
    }


def _reproduce(session: Session, batch_id: str, output: Path | None) -> None:
    if output is None and session.json:
        raise Misused(say("--json needs -o FILE: the CSV itself would take stdout"))
    path = None if output is None else named_files.new_file(output, session.folder)
    with session.record_to_read() as clinic:
        if clinic is None:
            raise Misused(say("There is no batch: nothing was exported from here yet"))
        if path is None:
            cli.out_bytes(batches.again(clinic, batch_id).content)
            return
        made = batches.write_again(clinic, batch_id, path)
        values = _batch_values(made.batch, session)
    told = say("batch {id} written again to {file}", id=made.batch.id, file=path)
    session.tell(str(told), {**values, "file": str(path)})
