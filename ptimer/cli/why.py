"""`why`: the explanation of a visit's units and modifiers, as every screen gives it."""

import click

from ptimer.billing.rules import Source
from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import explaining, signing, snapshots, typed_text
from ptimer.operations.errors import shown
from ptimer.operations.explaining import Explanation
from ptimer.wording import say


@click.command("why", add_help_option=False)
@click.option("--patient", required=True, metavar="ID")
@click.option("--discipline", metavar="PT|OT|SLP", help="Where the patient has several visits.")
@click.option("--date", "day", metavar="YYYY-MM-DD", help="Default: today.")
@shared
@click.pass_context
def why_command(
    context: click.Context, patient: str, discipline: str | None, day: str | None
) -> None:
    """Explain every unit and modifier of a visit."""
    session = cli.session(context)
    whose = typed_text.patient_id(patient)
    visit_day = None if day is None else typed_text.date_of(day)
    with session.record_to_read() as found:
        if found is None:
            sentence = say("{patient} has no visit: nothing was recorded yet", patient=shown(whose))
            session.tell(str(sentence), {"title": str(sentence), "rows": []})
            return
        visit_id = signing.find_visit(found, whose, discipline=discipline, day=visit_day)
        what = explaining.of_visit(snapshots.visit(found, visit_id))
    session.tell(_text(what), _values(what))


def _text(what: Explanation) -> str:
    lines = [str(what.title), *(f"  {sentence}" for sentence in what.arithmetic)]
    for row in what.rows:
        lines += [str(row.title), *(f"  {sentence}" for sentence in row.because)]
    lines += [f"! {sentence}" for sentence in what.remarks]
    lines += [_cited(source) for source in what.rules]
    return "\n".join(lines)


def _cited(source: Source) -> str:
    edition = f" ({source.edition})" if source.edition else ""
    return f"[{source.rule}] {source.title}: {source.text}{edition}"


def _values(what: Explanation) -> dict[str, object]:
    return {
        "title": str(what.title),
        "steps": [str(sentence) for sentence in what.arithmetic],
        "rows": [
            {
                "code": row.code,
                "text": str(row.title),
                "because": [str(sentence) for sentence in row.because],
            }
            for row in what.rows
        ],
        "remarks": [str(sentence) for sentence in what.remarks],
        "rules": [
            {
                "rule": source.rule,
                "title": source.title,
                "source": source.text,
                "edition": source.edition,
            }
            for source in what.rules
        ],
    }
