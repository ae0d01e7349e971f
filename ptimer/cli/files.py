"""`import`: segments from a file, or presses that a window could not record."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import (
    importing,
    named_files,
    rehearsing,
    unsaved_csv,
    unsaved_recording,
)
from ptimer.operations.unsaved_csv import Kept
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
    if unsaved_csv.are_in(file):
        _import_presses(session, unsaved_csv.read(file), dry_run=dry_run)
        return
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


def _import_presses(session: Session, kept: Kept, *, dry_run: bool) -> None:
    """Record presses that were saved because they could not be recorded: all, or none."""
    presses = kept.presses
    alive = kept.alive or max((press.at for press in presses), default=None)
    with session.record_or_scratch() if dry_run else session.record() as clinic:
        new = len(unsaved_recording.not_yet_recorded(clinic, presses))
        if dry_run:
            problem = rehearsing.rehearse(
                clinic, lambda c: unsaved_recording.record(c, presses, alive=alive)
            )
            if problem is not None:
                raise problem
        else:
            unsaved_recording.record(clinic, presses, alive=alive)
    if new < len(presses):
        cli.say_aside([say("{count} of them are recorded already", count=len(presses) - new)])
    told = (
        "{count:plural:press,presses} would be recorded"
        if dry_run
        else "{count:plural:press,presses} recorded"
    )
    session.tell(
        str(say(told, count=new)),
        {"presses": new, "already": len(presses) - new, "dry_run": dry_run},
    )
