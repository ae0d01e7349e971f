"""`status` and `summary`: what runs, and what a day comes to."""

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import books, snapshots, summarizing, typed_text, watching
from ptimer.operations.clinic import Clinic
from ptimer.operations.snapshots import Day, Today
from ptimer.reports import day_summary
from ptimer.reports.day_summary import Summary
from ptimer.timing.clock import SECOND
from ptimer.timing.service_date import iso


@click.command("status", add_help_option=False)
@click.option("--clinician", metavar="NAME", help="Only this clinician's.")
@shared
@click.pass_context
def status_command(context: click.Context, clinician: str | None) -> None:
    """Say what runs, and list today's visits."""
    session = cli.session(context)
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell("nothing is running, no visits today", {"running": [], "visits": []})
            return
        watching.look_at_clock(clinic)
        today = snapshots.today(clinic)
        running = _running(clinic, today, clinician)
        day = snapshots.day(clinic, today.date, clinician=clinician)
        summary = summarizing.summary_of(day)
        session.tell(
            _status_text(running, summary),
            {
                "running": running,
                "visits": [day_summary.visit_values(visit) for visit in summary.visits],
            },
        )


@click.command("summary", add_help_option=False)
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("--clinician", metavar="NAME", help="Only visits that this clinician treated in.")
@shared
@click.pass_context
def summary_command(context: click.Context, day: str | None, clinician: str | None) -> None:
    """Summarize a day: minutes, units, and what is still to fix."""
    session = cli.session(context)
    wanted = None if day is None else typed_text.date_of(day)
    with session.record_to_read() as clinic:
        if clinic is None:
            found = Day(wanted or books.today(session.clock), clinician, ())
        else:
            found = snapshots.day(clinic, wanted, clinician=clinician)
        _tell_summary(session, summarizing.summary_of(found))


def _tell_summary(session: Session, summary: Summary) -> None:
    session.tell(day_summary.as_text(summary), day_summary.as_values(summary))


def _running(clinic: Clinic, today: Today, clinician: str | None) -> list[dict[str, object]]:
    doubtful = {each.segment.id for each in watching.in_doubt(clinic)}
    return [
        {
            "patient": segment.patient,
            "code": segment.code,
            "discipline": today.discipline_of(segment),
            "clinician": segment.clinician,
            "role": segment.role,
            "since": iso(segment.started_at, clinic.clock.zone),
            "seconds": segment.stretch.milliseconds(today.now) // SECOND,
            "in_doubt": segment.id in doubtful,
        }
        for segment in today.running
        if clinician is None or clinician in (segment.clinician, segment.supervisor)
    ]


def _status_text(running: list[dict[str, object]], summary: Summary) -> str:
    lines = [
        f"{each['code']} of {each['patient']} runs since {each['since']} "
        f"({each['clinician']}, {each['seconds']} s)"
        + (" - in doubt: open the window to say whether it went on" if each["in_doubt"] else "")
        for each in running
    ]
    return "\n".join([*(lines or ["nothing is running"]), "", day_summary.as_text(summary)])
