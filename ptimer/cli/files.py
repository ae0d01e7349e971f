"""`import`: segments from a file."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import importing, named_files
from ptimer.wording import say


@click.command("import", add_help_option=False)
@click.argument("file", type=Path)
@click.option("--dry-run", is_flag=True, help="Check everything, record nothing.")
@shared
@click.pass_context
def import_command(context: click.Context, file: Path, dry_run: bool) -> None:
    """Record the segments of a CSV file: all of them, or none."""
    session = cli.session(context)
    named_files.existing_file(file)
    with session.record_or_scratch() if dry_run else session.record() as clinic:
        done = importing.import_file(clinic, file, dry_run=dry_run)
    cli.say_aside(done.warnings)
    came_in = (
        "{segments:plural:segment,segments} would come in, {visits:plural:new visit,new visits}"
        if dry_run
        else "{segments:plural:segment,segments} came in, {visits:plural:new visit,new visits}"
    )
    session.tell(
        str(say(came_in, segments=done.segments, visits=done.visits)),
        {
            "segments": done.segments,
            "visits": done.visits,
            "dry_run": dry_run,
            "warnings": [str(each) for each in done.warnings],
        },
    )
