"""`salvage`: build a new record of what can be read in a damaged one."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import salvaging
from ptimer.operations.backups import counted
from ptimer.operations.salvaging import Salvage


@click.command("salvage", add_help_option=False)
@click.argument("file", type=Path, required=False)
@click.option(
    "-o",
    "--output",
    "target",
    type=Path,
    metavar="NEW.db",
    required=True,
    help="The new record; what it has no place for goes into a CSV file beside it.",
)
@shared
@click.pass_context
def salvage_command(context: click.Context, file: Path | None, target: Path) -> None:
    """Make a new record of what a damaged one still holds."""
    session = cli.session(context)
    source = salvaging.named(session.folder, file)
    done = salvaging.build(session.folder, source, target, session.clock)
    session.tell("\n".join(_lines(done)), _values(done))


def _lines(done: Salvage) -> list[str]:
    lines = [f"{done.path}: {counted(done.visits, done.segments)} read from {done.source}, checked"]
    lines += [f"missing: {each}" for each in done.missing]
    lines += [f"check: {each}" for each in done.check]
    if done.left_over_file is not None:
        lines.append(f"left over: {done.left_over} rows, in {done.left_over_file}")
    if len(lines) == 1:
        lines.append("nothing is known to be missing")
    lines.append(f"to use it: ptimer restore {done.path}")
    return lines


def _values(done: Salvage) -> dict[str, object]:
    return {
        "file": str(done.path),
        "source": str(done.source),
        "visits": done.visits,
        "segments": done.segments,
        "rows": dict(done.rows),
        "left_over": done.left_over,
        "left_over_file": None if done.left_over_file is None else str(done.left_over_file),
        "missing": [str(each) for each in done.missing],
        "check": [str(each) for each in done.check],
    }
