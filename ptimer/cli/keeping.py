"""`backup`, `restore`, `check`: keep the record safe."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import keeping


@click.command("backup", add_help_option=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@shared
@click.pass_context
def backup_command(context: click.Context, file: Path | None) -> None:
    """Copy the record, also while it is in use, and check the copy."""
    session = cli.session(context)
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell("there is nothing to back up yet", {"file": None, "visits": 0})
            return
        made = keeping.back_up(clinic, file)
    session.tell(
        f"{made.path}: {made.visits} visits, {made.segments} segments, checked",
        {"file": str(made.path), "visits": made.visits, "segments": made.segments},
    )


@click.command("restore", add_help_option=False)
@click.argument("file", type=click.Path(path_type=Path))
@shared
@click.pass_context
def restore_command(context: click.Context, file: Path) -> None:
    """Put a backup in the record's place; what it replaces is kept."""
    session = cli.session(context)
    done = keeping.restore(session.folder, file)
    kept = f"; the replaced record is {done.kept}" if done.kept else ""
    session.tell(
        f"restored {done.visits} visits, {done.segments} segments from {file}{kept}",
        {
            "file": str(file),
            "kept": None if done.kept is None else str(done.kept),
            "visits": done.visits,
            "segments": done.segments,
        },
    )


@click.command("check", add_help_option=False)
@shared
@click.pass_context
def check_command(context: click.Context) -> None:
    """Check that the record is whole and keeps its promises."""
    session = cli.session(context)
    done = keeping.check(session.folder, session.clock)
    if done is None:
        session.tell("there is nothing to check yet", {"ok": True, "visits": 0, "segments": 0})
        return
    session.tell(
        f"{done.visits} visits, {done.segments} segments: all is as it should be",
        {"ok": True, "visits": done.visits, "segments": done.segments},
    )
