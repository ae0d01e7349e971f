"""`codes`: what the code book holds."""

import click

from ptimer.billing.codebook import Code
from ptimer.cli import session as cli
from ptimer.cli.session import shared
from ptimer.operations import books
from ptimer.operations.errors import shown


@click.command("codes", add_help_option=False)
@click.argument("search", required=False, default="")
@shared
@click.pass_context
def codes_command(context: click.Context, search: str) -> None:
    """List the codes, or those whose number or words hold SEARCH."""
    session = cli.session(context)
    found = books.load(session.folder).on(books.today(session.clock)).codes.search(search)
    session.tell(
        "\n".join(_code_text(code) for code in found)
        or f"nothing in the code book holds {shown(search)}",
        {"codes": [_code_values(code) for code in found]},
    )


def _code_text(code: Code) -> str:
    counted = f"{code.step_minutes} min" if code.timed else code.count.value
    most = code.mue if code.daily_limit is None else code.daily_limit
    cap = "" if most is None else f"{most} a day" if most or code.own else "not paid"
    disciplines = ",".join(code.disciplines)
    return (
        f"{code.code:<6} {counted:<9} {code.attendance.value:<11} {cap:<8} {disciplines:<10} "
        f"{code.label}{', made by this clinic' if code.own else ''}"
    )


def _code_values(code: Code) -> dict[str, object]:
    return {
        "code": code.code,
        "label": code.label,
        "count": code.count.value,
        "timed": code.timed,
        "step_minutes": code.step_minutes,
        "add_on_to": code.add_on_to,
        "attendance": code.attendance.value,
        "exclusive": code.exclusive,
        "disciplines": list(code.disciplines),
        "mue": code.mue,
        "mue_indicator": code.mue_indicator,
        "own": code.own,
        "daily_limit": code.daily_limit,
        "in_force_from": code.in_force_from.isoformat() if code.in_force_from else None,
        "in_force_to": code.in_force_to.isoformat() if code.in_force_to else None,
        "notes": code.notes,
        "source": code.source,
    }
