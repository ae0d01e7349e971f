"""`audit-packet`: a patient's visits with all that defends them, as a PDF file."""

from pathlib import Path

import click

from ptimer.cli import papers
from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import auditing, typed_text
from ptimer.operations.auditing import PacketWish
from ptimer.operations.errors import shown
from ptimer.reports import audit_packet, audit_packet_page
from ptimer.wording import say


@click.command("audit-packet", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--from", "first", required=True, metavar="YYYY-MM-DD", help="The first day.")
@click.option("--to", "last", metavar="YYYY-MM-DD", help="The last day; default: today.")
@click.option("--discipline", metavar="PT|OT|SLP", default="", help="Default: all of them.")
@click.option("-o", "--output", type=Path, required=True, metavar="FILE", help="The PDF file.")
@shared
@click.pass_context
def audit_packet_command(
    context: click.Context,
    patient: str,
    first: str,
    last: str | None,
    discipline: str,
    output: Path,
) -> None:
    """Write what defends a patient's visits, as a PDF file."""
    session = cli.session(context)
    wish = PacketWish(
        typed_text.patient_id(patient),
        typed_text.date_of(first),
        None if last is None else typed_text.date_of(last),
        discipline,
    )
    path = papers.target(session, output)
    with session.record_to_read() as clinic:
        if clinic is None:
            sentence = say(
                "{patient} has no visit: nothing was recorded yet", patient=shown(wish.patient)
            )
            session.tell(str(sentence), {"patient": wish.patient, "visits": [], "file": None})
            return
        found = auditing.packet(clinic, wish)
        top, foot = map(str, audit_packet_page.edges(found))
        title = str(audit_packet_page.TITLE)
        made = papers.write(clinic, path, audit_packet_page.blocks(found), title, (top, foot))
    if path is not None:
        told = say(
            "{visits:plural:visit,visits} on {pages:plural:page,pages} written to {file}",
            visits=len(found.visits),
            pages=made,
            file=path,
        )
        values = audit_packet.as_values(found)
        session.tell(str(told), {**values, "pages": made, "file": str(path)})
