"""`status` and `summary`: what runs, and what a day comes to."""

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

import click

from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import books, snapshots, summarizing, typed_text, watching
from ptimer.operations.clinic import Clinic
from ptimer.operations.snapshots import Day, Today
from ptimer.reports import day_summary
from ptimer.reports.day_summary import Summary
from ptimer.timing.clock import MINUTE, SECOND
from ptimer.timing.service_date import iso

if TYPE_CHECKING:
    from ptimer.operations.visit_record import Segment


@click.command("status", add_help_option=False)
@click.option("--clinician", metavar="NAME", help="Only this clinician's.")
@shared
@click.pass_context
def status_command(context: click.Context, clinician: str | None) -> None:
    """Say what runs, and list today's visits."""
    session = cli.session(context)
    name = None if clinician is None else typed_text.clinician_name(clinician)
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell("nothing is running, no visits today", {"running": [], "visits": []})
            return
        watching.look_at_clock(clinic)
        today = snapshots.today(clinic)
        doubtful = {each.segment.id for each in watching.in_doubt(clinic)}
        running = [
            segment
            for segment in today.running
            if name is None or name in (segment.clinician, segment.supervisor)
        ]
        summary = summarizing.summary_of(snapshots.day(clinic, today.date, clinician=name))
        lines = [_running_text(clinic, today, each, doubtful) for each in running]
        session.tell(
            "\n".join([*(lines or ["nothing is running"]), "", day_summary.as_text(summary)]),
            {
                "running": _running_values(clinic, today, running, doubtful),
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
    name = None if clinician is None else typed_text.clinician_name(clinician)
    with session.record_to_read() as clinic:
        if clinic is None:
            found = Day(wanted or books.today(session.clock), name, ())
        else:
            found = snapshots.day(clinic, wanted, clinician=name)
        _tell_summary(session, summarizing.summary_of(found))


def _tell_summary(session: Session, summary: Summary) -> None:
    session.tell(day_summary.as_text(summary), day_summary.as_values(summary))


def _running_values(
    clinic: Clinic, today: Today, running: Sequence["Segment"], doubtful: Container[str]
) -> list[dict[str, object]]:
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
        for segment in running
    ]


def _running_text(
    clinic: Clinic, today: Today, segment: "Segment", doubtful: Container[str]
) -> str:
    minutes, rest = divmod(segment.stretch.milliseconds(today.now), MINUTE)
    text = (
        f"{segment.code} of {segment.patient} runs since "
        f"{cli.moment(clinic, segment.started_at)}: {minutes}:{rest // SECOND:02d} min "
        f"({segment.clinician}, {today.discipline_of(segment)})"
    )
    if segment.id in doubtful:
        text += "\n  in doubt: say whether it went on, in the window or with ptimer stop --at TIME"
    return text
