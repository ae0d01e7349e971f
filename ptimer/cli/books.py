"""`codes` and `payers`: what the books hold."""

import click

from ptimer.billing.codebook import Code
from ptimer.billing.payers import Payer
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


@click.command("payers", add_help_option=False)
@shared
@click.pass_context
def payers_command(context: click.Context) -> None:
    """List the payers and how each counts."""
    session = cli.session(context)
    known = books.load_with_own(session.folder) or books.load(session.folder)
    session.tell(
        "\n".join(_payer_text(payer) for payer in known.payers),
        {"payers": [_payer_values(payer) for payer in known.payers]},
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


def _payer_text(payer: Payer) -> str:
    limits = "CMS's daily limits" if payer.follows_mue else "the daily limit of 97112"
    own = "" if payer.shipped else ", made by this clinic"
    if payer.in_force_to is not None:
        own += f", ended {payer.in_force_to}"
    return f"{payer.name:<24} {payer.unit_rule.value:<9} {limits}{own}"


def _payer_values(payer: Payer) -> dict[str, object]:
    return {
        "name": payer.name,
        "unit_rule": payer.unit_rule.value,
        "follows_mue": payer.follows_mue,
        "zero_unit_lines": payer.zero_unit_lines,
        "relaxes_billed_alone": payer.relaxes_billed_alone,
        "shipped": payer.shipped,
        "in_force_to": payer.in_force_to.isoformat() if payer.in_force_to else None,
    }
