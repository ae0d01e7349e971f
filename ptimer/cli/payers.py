"""`payers`: who pays, and how each counts; payers of the clinic's own are made and changed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import click

from ptimer.billing.payers import Effect, Payer, UnitRule
from ptimer.cli import session as cli
from ptimer.cli.payer_options import names_any, settings, with_settings
from ptimer.cli.session import Session, shared
from ptimer.operations import books, defaults, typed_payer
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.typed_payer import TypedPayer
from ptimer.wording import say


@click.command("payers", add_help_option=False)
@click.argument("search", required=False, default="")
@click.option("--add", metavar="NAME", help="Add a payer of the clinic's own.")
@click.option("--copy", metavar="PAYER", help="Begin with what another one says; with --name.")
@click.option("--name", metavar="NAME", help="What the copy is called.")
@click.option("--change", metavar="NAME", help="Change one of the clinic's own from now on.")
@click.option("--end", metavar="NAME", help="End one of the clinic's own; with --last.")
@click.option("--last", metavar="DATE", default="", help="Its last day.")
@click.option("--why", metavar="TEXT", default="", help="Kept with what is done.")
@settings
@shared
@click.pass_context
def payers_command(  # noqa: PLR0913  (one argument for each option)
    context: click.Context,
    /,
    search: str,
    add: str | None,
    copy: str | None,
    name: str | None,
    change: str | None,
    end: str | None,
    last: str,
    why: str,
    **given: Any,  # noqa: ANN401  (click's)
) -> None:
    """List the payers, or make and change your own.

    SEARCH is a part of a name: of those payers all settings are listed.
    A change counts for visits that are not signed yet; each is kept in the audit log.
    """
    session = cli.session(context)
    _check_one_is_meant(search, (add, copy, change, end), (name, last, why), given)
    if (name and copy is None) or (end is None and last) or (end is not None and names_any(given)):
        raise Misused(say("--name goes with --copy, --last with --end, settings with the others"))
    if end is not None:
        _tell_kept(session, lambda clinic: typed_payer.end(clinic, end, last, why))
    elif change is not None:
        _tell_kept(session, lambda clinic: _change(clinic, change, given, why))
    elif copy is not None:
        _tell_kept(session, lambda clinic: _copy(clinic, copy, name or "", given, why))
    elif add is not None:
        new = TypedPayer(add, UnitRule.CMS)
        _tell_kept(session, lambda c: typed_payer.make(c, with_settings(new, given), why))
    else:
        _list(session, search.strip())


def _check_one_is_meant(
    search: str,
    done: Iterable[str | None],
    more: Iterable[str | None],
    given: Mapping[str, object],
) -> None:
    """Check that one thing is to be done, and that settings are somebody's."""
    count = sum(each is not None for each in done)
    if count > 1 or (count and search):
        raise Misused(say("One at a time: --add, --copy, --change or --end"))
    if not count and (names_any(given) or any(more)):
        raise Misused(
            say(
                "Say which payer: --add NAME, --copy PAYER --name NAME, --change NAME or --end NAME"
            )
        )


def _list(session: Session, search: str) -> None:
    known = books.load_with_own(session.folder) or books.load(session.folder)
    found = [each for each in known.payers if search.casefold() in each.name.casefold()]
    lines = [line for each in found for line in _payer_lines(each, in_full=bool(search))]
    session.tell(
        "\n".join(lines) or f"no payer is called {shown(search)}",
        {"payers": [_values(payer) for payer in found]},
    )


def _tell_kept(session: Session, operation: Callable[[Clinic], Payer]) -> None:
    with session.record() as clinic:
        payer = operation(clinic)
    session.tell("\n".join(_payer_lines(payer, in_full=True)), {"payer": _values(payer)})


def _change(clinic: Clinic, name: str, given: Mapping[str, Any], why: str) -> Payer:
    payer = defaults.payer_named(clinic, name)
    return typed_payer.change(clinic, with_settings(typed_payer.typed_of(payer), given), why)


def _copy(clinic: Clinic, of: str, name: str, given: Mapping[str, Any], why: str) -> Payer:
    source = defaults.payer_named(clinic, of)
    if not name.strip():
        raise Misused(say("Name the copy, too: --name NAME"))
    typed = replace(typed_payer.typed_of(source), name=name)
    return typed_payer.make(clinic, with_settings(typed, given), why)


def _payer_lines(payer: Payer, *, in_full: bool) -> Iterable[str]:
    limits = "CMS's daily limits" if payer.follows_mue else "the daily limit of 97112"
    own = "" if payer.shipped else ", made by this clinic"
    if payer.in_force_to is not None:
        own += f", ended {payer.in_force_to}"
    yield f"{payer.name:<24} {payer.unit_rule.value:<9} {limits}{own}"
    if in_full:
        yield from (f"  {line}" for line in _in_full(payer))


def _in_full(payer: Payer) -> Iterable[str]:
    for limit in payer.limits:
        more = "more is cut" if limit.effect is Effect.CUT else "more is warned of"
        together = " together" if len(limit.codes) > 1 else ""
        yield f"{', '.join(limit.codes)}{together}: {limit.units} a day, {more}: {limit.reason}"
    for each in payer.required_modifiers:
        yield f"{each.modifier} on {', '.join(each.codes) or 'all codes'}: {each.reason}"
    told = {
        f"supervised modalities may run beside 97112: {payer.relaxed_because}": (
            payer.relaxes_billed_alone
        ),
        "speech-language services of an assistant are not paid": not payer.pays_slp_assistants,
        "lines without a unit go to the biller": payer.zero_unit_lines,
        "CQ and CO do not mark an assistant's part": not payer.assistant_modifiers,
        "KX counts above the year's threshold": payer.kx_threshold,
        "ships with ptimer and is read-only: copy it to change it": payer.shipped,
    }
    yield from (words for words, so in told.items() if so)


def _values(payer: Payer) -> dict[str, object]:
    return {
        "name": payer.name,
        "unit_rule": payer.unit_rule.value,
        "follows_mue": payer.follows_mue,
        "pays_slp_assistants": payer.pays_slp_assistants,
        "zero_unit_lines": payer.zero_unit_lines,
        "relaxes_billed_alone": payer.relaxes_billed_alone,
        "relaxed_because": payer.relaxed_because,
        "limits": [
            {
                "codes": list(each.codes),
                "units": each.units,
                "effect": each.effect.value,
                "reason": each.reason,
            }
            for each in payer.limits
        ],
        "required_modifiers": [
            {"modifier": each.modifier, "codes": list(each.codes), "reason": each.reason}
            for each in payer.required_modifiers
        ],
        "assistant_modifiers": payer.assistant_modifiers,
        "kx_threshold": payer.kx_threshold,
        "shipped": payer.shipped,
        "in_force_to": payer.in_force_to.isoformat() if payer.in_force_to else None,
    }
