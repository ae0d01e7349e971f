"""`codes`: what the code book holds; codes of the clinic's own are made, changed and ended."""

from dataclasses import replace
from typing import Any

import click

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.own_codes import ATTENDANCES, COUNTS
from ptimer.billing.payers import Effect
from ptimer.cli import session as cli
from ptimer.cli.session import Session, shared
from ptimer.operations import books, own_codes, typed_code
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.typed_code import TypedCode
from ptimer.wording import say


@click.command("codes", add_help_option=False)
@click.argument("search", required=False, default="")
@click.option("--add", metavar="CODE", help="Add a code of the clinic's own.")
@click.option("--change", metavar="CODE", help="Change one of the clinic's own from --since on.")
@click.option("--end", metavar="CODE", help="End one of the clinic's own; with --until.")
@click.option("--label", metavar="TEXT", help="In your own plain words.")
@click.option("--count", type=click.Choice([each.value for each in COUNTS]), help="How.")
@click.option("--step", metavar="MIN", help="Minutes of a step, for own-count.")
@click.option(
    "--attendance",
    type=click.Choice([each.value for each in ATTENDANCES]),
    help="What it asks of the clinician.",
)
@click.option(
    "--discipline",
    "disciplines",
    multiple=True,
    type=click.Choice([each.value for each in Discipline], case_sensitive=False),
    help="Who uses it; several times for several.",
)
@click.option("--add-on-to", metavar="CODE", help="Its base: it is billed beyond its first step.")
@click.option("--alone/--not-alone", default=None, help="Billed alone for the same minutes.")
@click.option("--limit", metavar="N:cut", help="Units a day; cut or warn.")
@click.option("--since", metavar="DATE", help="Its first day in force.")
@click.option("--until", metavar="DATE", help="Its last day in force.")
@click.option("--source", metavar="TEXT", help="Where it is written.")
@click.option("--why", metavar="TEXT", default="", help="Kept with what is done.")
@shared
@click.pass_context
def codes_command(
    context: click.Context,
    /,
    search: str,
    add: str | None,
    change: str | None,
    end: str | None,
    why: str,
    **given: Any,  # noqa: ANN401  (click's)
) -> None:
    """List the codes, or make and change your own.

    SEARCH is a part of a number or of words. Of a code that is changed, what no option names
    stays as it is.
    """
    session = cli.session(context)
    done = [each for each in (add, change, end) if each is not None]
    if len(done) > 1 or (done and search):
        raise Misused(say("One at a time: --add, --change or --end"))
    if not done:
        if why or any(value not in (None, ()) for value in given.values()):
            raise Misused(say("Say which code: --add CODE, --change CODE or --end CODE"))
        _list(session, search)
        return
    with session.record() as clinic:
        if add is not None:
            kept = typed_code.make(clinic, _with(TypedCode(add, ""), given), why)
        elif change is not None:
            kept = typed_code.change(clinic, _with(_as_it_is(clinic, change), given), why)
        else:
            if any(value not in (None, ()) for key, value in given.items() if key != "until"):
                raise Misused(say("--end takes --until and --why alone"))
            kept = typed_code.end(clinic, done[0], given["until"] or "", why)
    session.tell(_code_text(kept), {"code": _code_values(kept)})


def _list(session: Session, search: str) -> None:
    found = books.load(session.folder).on(books.today(session.clock)).codes.search(search)
    session.tell(
        "\n".join(_code_text(code) for code in found)
        or f"nothing in the code book holds {shown(search)}",
        {"codes": [_code_values(code) for code in found]},
    )


def _as_it_is(clinic: Clinic, number: str) -> TypedCode:
    return typed_code.typed_of(own_codes.own(clinic, number))


_TYPED = {
    "label": "label",
    "step": "step_minutes",
    "add_on_to": "base",
    "alone": "exclusive",
    "since": "since",
    "until": "until",
    "source": "source",
}
"""Options, and what they say of a code."""


def _with(typed: TypedCode, given: dict[str, Any]) -> TypedCode:
    """Return a code with what the options name; all else stays as it is."""
    named = {field: given[option] for option, field in _TYPED.items() if given[option] is not None}
    if given["count"] is not None:
        named["count"] = Count(given["count"])
    if given["attendance"] is not None:
        named["attendance"] = Attendance(given["attendance"])
    if given["disciplines"]:
        named["disciplines"] = tuple(Discipline(each) for each in given["disciplines"])
    if given["limit"] is not None:
        units, _, effect = given["limit"].partition(":")
        if effect.strip().lower() not in set(Effect):
            raise Misused(
                say("{text} is no limit, such as 2:cut or 4:warn", text=shown(given["limit"]))
            )
        named |= {"daily_limit": units, "daily_effect": Effect(effect.strip().lower())}
    return replace(typed, **named)


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
