"""`demo`: a made-up clinic day in a folder of its own."""

import click

from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import demo, snapshots, summarizing
from ptimer.operations.clinic import open_clinic
from ptimer.reports import day_summary


@click.command(
    "demo", add_help_option=False, short_help="Play a made-up clinic day in a folder of its own."
)
@shared
@click.pass_context
def demo_command(context: click.Context) -> None:
    """Play a made-up clinic day in a folder of its own, and name the folder."""
    session = cli.session(context)
    made = demo.make(session.folder, session.clock)
    clinic = open_clinic(made.folder, session.clock)
    try:
        summary = summarizing.summary_of(snapshots.day(clinic, made.date))
    finally:
        clinic.close()
    session.tell(
        f"{made.folder}\n\n{day_summary.as_text(summary)}\n"
        f'Look at it with: ptimer --data-dir "{made.folder}"',
        {"folder": str(made.folder), "date": made.date.isoformat(), "visits": len(summary.visits)},
    )
