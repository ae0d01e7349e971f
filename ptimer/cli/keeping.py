"""`backup`, `restore`, `check`: keep the record safe."""

from pathlib import Path

import click

from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import keeping
from ptimer.wording import Sentence, say


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
                {"file": None, "visits": 0, "segments": 0},
            )
            return
        made = keeping.back_up(clinic, file)
    session.tell(
        f"{made.path}: {_counted(made.visits, made.segments)}, checked",
        {"file": str(made.path), "visits": made.visits, "segments": made.segments},
    )


@click.command("restore", add_help_option=False)
@click.argument("file", type=Path)
@shared
@click.pass_context
def restore_command(context: click.Context, file: Path) -> None:
    """Put a backup in the record's place; the old one is kept."""
    session = cli.session(context)
    done = keeping.restore(session.folder, file)
    kept = f"; the record that it replaces is kept as {done.kept}" if done.kept else ""
    session.tell(
        f"restored {_counted(done.visits, done.segments)} from {file}{kept}",
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
        session.tell(
            f"nothing is recorded in {session.folder} yet: there is nothing to check",
            {"ok": True, "visits": 0, "segments": 0},
        )
        return
    session.tell(
        f"{_counted(done.visits, done.segments)}: all is as it should be",
        {"ok": True, "visits": done.visits, "segments": done.segments},
    )


def _counted(visits: int, segments: int) -> Sentence:
    return say(
        "{visits:plural:visit,visits}, {segments:plural:segment,segments}",
        visits=visits,
        segments=segments,
    )
