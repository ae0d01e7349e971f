"""`backup`, `backups`, `restore`, `check`: keep the record safe."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.backup_words import (
    backup_lines,
    backup_values,
    preview_lines,
    preview_values,
)
from ptimer.cli.session import Session, shared
from ptimer.operations import backing_up, backups, keeping
from ptimer.operations.backups import counted


@click.command("backup", add_help_option=False)
@click.argument("file", type=Path, required=False)
@shared
@click.pass_context
def backup_command(context: click.Context, file: Path | None) -> None:
    """Copy the record, even while it is used, and check the copy."""
    session = cli.session(context)
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell(
                f"nothing is recorded in {session.folder} yet: there is nothing to back up",
                {"file": None, "visits": 0, "segments": 0, "second": None},
            )
            return
        made = backing_up.back_up(clinic, file)
    if made.second_problem is not None:
        cli.say_aside([made.second_problem])
    also = f"; also in {made.second}" if made.second else ""
    session.tell(
        f"{made.path}: {counted(made.visits, made.segments)}, checked{also}",
        {
            "file": str(made.path),
            "visits": made.visits,
            "segments": made.segments,
            "second": None if made.second is None else str(made.second),
        },
    )


@click.command("backups", add_help_option=False)
@shared
@click.pass_context
def backups_command(context: click.Context) -> None:
    """List the backups, and whether each is whole."""
    session = cli.session(context)
    found = backups.listed(session.folder, session.clock, backups.second_folder_of(session.folder))
    lines = backup_lines(found, session.clock)
    session.tell(
        "\n".join(lines) or f"there is no backup of {session.folder} yet",
        {"backups": [backup_values(each, session.clock) for each in found]},
    )


@click.command("restore", add_help_option=False)
@click.argument("file", type=Path)
@click.option(
    "--preview", is_flag=True, help="Only say what it holds, and what would be lost since."
)
@shared
@click.pass_context
def restore_command(context: click.Context, file: Path, preview: bool) -> None:
    """Put a backup in the record's place; the old one is kept."""
    session = cli.session(context)
    if preview:
        _preview(session, file)
        return
    done = keeping.restore(session.folder, file)
    kept = f"; the record that it replaces is kept as {done.kept}" if done.kept else ""
    session.tell(
        f"restored {counted(done.visits, done.segments)} from {file}{kept}",
        {
            "file": str(file),
            "kept": None if done.kept is None else str(done.kept),
            "visits": done.visits,
            "segments": done.segments,
        },
    )


def _preview(session: Session, file: Path) -> None:
    seen = backups.preview(session.folder, file, session.clock)
    session.tell("\n".join(preview_lines(seen, session.clock)), preview_values(seen, session.clock))


@click.command("check", add_help_option=False)
@shared
@click.pass_context
def check_command(context: click.Context) -> None:
    """Check that the record is whole and keeps its promises."""
    session = cli.session(context)
    done = keeping.check(session.folder, session.clock)
    warnings = cli.place_warnings(session.folder) if done is not None else []
    cli.say_aside(warnings)
    if done is None:
        session.tell(
            f"nothing is recorded in {session.folder} yet: there is nothing to check",
            {"ok": True, "visits": 0, "segments": 0},
        )
        return
    session.tell(
        f"{counted(done.visits, done.segments)}: all is as it should be",
        {
            "ok": True,
            "visits": done.visits,
            "segments": done.segments,
            "warnings": [str(each) for each in warnings],
        },
    )
