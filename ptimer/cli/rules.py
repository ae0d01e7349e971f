"""`rules`: the editions of CMS's tables in force, and `rules import`: another edition."""

from pathlib import Path

import click

from ptimer.billing.edition_changes import Change, Changes
from ptimer.billing.editions import Edition, Kind
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import books, named_files, rule_importing
from ptimer.operations.rule_importing import RulesImported
from ptimer.timing.service_date import iso

_TABLES = {Kind.PTP: "NCCI pairs (PTP)", Kind.MUE: "units a day (MUE)"}


@click.group(
    "rules",
    add_help_option=False,
    invoke_without_command=True,
    subcommand_metavar="[import FILE]",
)
@shared
@click.pass_context
def rules_command(context: click.Context) -> None:
    """List the editions of CMS's tables, or import another one."""
    if context.invoked_subcommand is not None:
        return
    session = cli.session(context)
    book = (books.load_with_own(session.folder) or books.load(session.folder)).rulebook
    today = books.today(session.clock)
    in_force = book.editions.in_force(today)
    session.tell(
        "\n".join(_edition_text(each, each in in_force) for each in book.editions.all),
        {
            "date": today.isoformat(),
            "editions": [
                {**_edition_values(each, session), "in_force": each in in_force}
                for each in book.editions.all
            ],
        },
    )


@rules_command.command("import", add_help_option=False)
@click.argument("file", type=Path)
@click.option("--dry-run", is_flag=True, help="Check everything, record nothing.")
@shared
@click.pass_context
def import_command(context: click.Context, file: Path, dry_run: bool) -> None:
    """Import CMS's table of NCCI pairs (PTP) or of units a day (MUE), for practitioners.

    FILE is as CMS publishes it: ZIP, text, CSV or XLSX, under its own name. Of a table in parts
    name any one; the others are found beside it.
    """
    session = cli.session(context)
    named_files.existing_file(file)
    with session.record_or_scratch() if dry_run else session.record() as clinic:
        done = rule_importing.import_tables(clinic, file, dry_run=dry_run)
    told = [done.title, *done.sentences()]
    if dry_run:
        told.append(rule_importing.DRY_RUN)
    session.tell("\n".join(map(str, told)), _imported_values(done, session))


def _edition_text(edition: Edition, in_force: bool) -> str:
    mark = "in force" if in_force else "kept"
    kept = f", {edition.rows_kept} of {edition.rows_read} rows" if edition.files else ""
    return (
        f"{_TABLES[edition.kind]:<18} from {edition.in_force_from}  {mark:<9} {edition.name}{kept}"
        f"\n{'':<18} {edition.source}"
    )


def _edition_values(edition: Edition, session: Session) -> dict[str, object]:
    at = edition.imported_at
    return {
        "table": edition.kind.value,
        "name": edition.name,
        "in_force_from": edition.in_force_from.isoformat(),
        "source": edition.source,
        "files": [
            {"name": file.name, "sha256": file.sha256, "rows": file.rows} for file in edition.files
        ],
        "rows_read": edition.rows_read,
        "rows_kept": edition.rows_kept,
        "imported_at": None if at is None else iso(at, session.clock.zone),
        "imported_by": edition.imported_by,
    }


def _imported_values(done: RulesImported, session: Session) -> dict[str, object]:
    return {
        "edition": _edition_values(done.edition, session),
        "dry_run": done.dry_run,
        "already": done.already,
        **_changes_values(done.changes),
    }


def _changes_values(changes: Changes) -> dict[str, object]:
    return {
        "before": changes.before.name if changes.before else None,
        "ended": [_change_values(each, changes.kind) for each in changes.ended],
        "new": [_change_values(each, changes.kind) for each in changes.new],
        "changed": [_change_values(each, changes.kind) for each in changes.changed],
    }


def _change_values(change: Change, kind: Kind) -> dict[str, object]:
    if kind is Kind.MUE:
        values: dict[str, object] = {"code": change.what}
        for key, value in (("was", change.before), ("now", change.now)):
            values[key] = None if value is None else {"units": value[0], "indicator": value[1]}
        return values
    return {
        "pair": change.what.split("/"),
        "was": change.before[0] if change.before else None,
        "now": change.now[0] if change.now else None,
    }
