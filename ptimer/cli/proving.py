"""`day-proof`: no minute of a clinician's day is billed twice, in words and drawn."""

from pathlib import Path

import click

from ptimer import __version__
from ptimer.cli import papers
from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import books, proving, typed_text
from ptimer.operations.errors import Misused
from ptimer.operations.proving import ProvenDay
from ptimer.reports import day_proof, day_proof_page
from ptimer.timing.service_date import local
from ptimer.wording import say


@click.command("day-proof", add_help_option=False)
@click.option("--clinician", metavar="NAME", help="Whose day; default: the last used.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@click.option("-o", "--output", type=Path, metavar="FILE", help="A PDF with the drawn day, too.")
@shared
@click.pass_context
def day_proof_command(
    context: click.Context, clinician: str | None, day: str | None, output: Path | None
) -> None:
    """Prove that no minute of a clinician's day is billed twice."""
    session = cli.session(context)
    name = None if clinician is None else typed_text.clinician_name(clinician)
    on = books.today(session.clock) if day is None else typed_text.date_of(day)
    path = None if output is None else papers.target(session, output)
    with session.record_to_read() as clinic:
        if clinic is None:
            session.tell(
                f"{on}: nothing is recorded yet",
                {"date": on.isoformat(), "clinician": name, **day_proof.as_values(None, None)},
            )
            return
        found = proving.day_proof(clinic, on, name)
        zone = clinic.clock.zone
        pages = proving.page_of(clinic, found)
        if output is not None:
            if pages is None:
                raise _nothing(found)
            made = f"{local(found.now, zone):%Y-%m-%d %H:%M}"
            edges = ("", f"ptimer {__version__} · made {made}")
            title = str(day_proof_page.title_of(found.day))
            papers.write(clinic, path, day_proof_page.blocks(pages), title, edges)
        proving.check_holds(found, zone)
    head = f"{found.day} {found.clinician}"
    if found.proof is None:
        text = f"{head}: no time is recorded"
    else:
        text = f"{head}\n{day_proof.as_text(found.proof, zone)}"
    if output is None or path is not None:
        values = {"date": found.day.isoformat(), "clinician": found.clinician}
        file = None if path is None else str(path)
        session.tell(text, {**values, **day_proof.as_values(found.proof, zone), "file": file})


def _nothing(found: ProvenDay) -> Misused:
    return Misused(
        say(
            "{clinician} recorded nothing on {day}: there is no page to write",
            clinician=found.clinician,
            day=found.day,
        )
    )
