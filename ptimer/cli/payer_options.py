"""Which settings of a payer do options name?"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import click

from ptimer.billing.payers import Effect, UnitRule
from ptimer.operations.errors import Misused, shown
from ptimer.operations.typed_payer import TypedLimit, TypedModifier, TypedPayer
from ptimer.wording import say

FLAGS = {
    "mue": "follows_mue",
    "slp_assistants": "pays_slp_assistants",
    "zero_lines": "zero_unit_lines",
    "assistant_modifiers": "assistant_modifiers",
    "kx": "kx_threshold",
}
"""Options that are on or off, and the settings that they stand for."""

_OPTIONS = (
    click.option(
        "--rule",
        type=click.Choice([rule.value for rule in UnitRule]),
        help="How it counts minutes.",
    ),
    click.option("--mue/--no-mue", default=None, help="CMS's units a day (MUE) limit it."),
    click.option(
        "--slp-assistants/--no-slp-assistants",
        default=None,
        help="Pays an assistant's speech-language services.",
    ),
    click.option("--zero-lines/--no-zero-lines", default=None, help="Bills lines without a unit."),
    click.option(
        "--assistant-modifiers/--no-assistant-modifiers",
        default=None,
        help="CQ, CO mark an assistant's part.",
    ),
    click.option("--kx/--no-kx", default=None, help="KX is asked for above the year's sum."),
    click.option("--relax", metavar="REASON", help="Supervised modalities may run beside 97112."),
    click.option("--no-relax", is_flag=True, help="97112 is billed alone, after all."),
    click.option(
        "--limit",
        "limits",
        multiple=True,
        metavar="CODES=N:cut:REASON",
        help="Units a day of a code, or of several together; cut or warn.",
    ),
    click.option(
        "--no-limit", "unlimited", multiple=True, metavar="CODES", help="Take their limit away."
    ),
    click.option(
        "--modifier",
        "modifiers",
        multiple=True,
        metavar="XX[=CODES]:REASON",
        help="Wanted on the lines of codes, or on all.",
    ),
    click.option("--no-modifier", "unmodified", multiple=True, metavar="XX", help="Take it away."),
)


def settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say what a payer says."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def with_settings(typed: TypedPayer, given: Mapping[str, Any]) -> TypedPayer:
    """Return a payer with what the options name; all else stays as it is."""
    flags = {field: given[flag] for flag, field in FLAGS.items() if given[flag] is not None}
    changed = replace(typed, **flags)
    if given["rule"] is not None:
        changed = replace(changed, unit_rule=UnitRule(given["rule"]))
    if given["relax"] is not None or given["no_relax"]:
        reason = given["relax"] or ""
        changed = replace(
            changed, relaxes_billed_alone=not given["no_relax"], relaxed_because=reason
        )
    limits, modifiers = _limits(changed, given), _modifiers(changed, given)
    return replace(changed, limits=limits, modifiers=modifiers)


def _limits(typed: TypedPayer, given: Mapping[str, Any]) -> tuple[TypedLimit, ...]:
    """Return the limits with those that are given; one of the same codes is replaced."""
    limits = {_codes(each.code): each for each in typed.limits}
    for codes in given["unlimited"]:
        if limits.pop(_codes(codes), None) is None:
            raise Misused(
                say("{name} has no limit of {codes}", name=shown(typed.name), codes=shown(codes))
            )
    limits |= {_codes(limit.code): limit for limit in map(_limit, given["limits"])}
    return tuple(limits.values())


def _modifiers(typed: TypedPayer, given: Mapping[str, Any]) -> tuple[TypedModifier, ...]:
    modifiers = {each.modifier: each for each in typed.modifiers}
    for unwanted in given["unmodified"]:
        if modifiers.pop(unwanted.strip().upper(), None) is None:
            raise Misused(
                say(
                    "{name} wants no modifier {modifier}",
                    name=shown(typed.name),
                    modifier=shown(unwanted),
                )
            )
    modifiers |= {each.modifier: each for each in map(_modifier, given["modifiers"])}
    return tuple(modifiers.values())


def _codes(text: str) -> frozenset[str]:
    return frozenset(text.upper().replace(",", " ").split())


def _limit(text: str) -> TypedLimit:
    codes, sign, rest = text.partition("=")
    units, _, rest = rest.partition(":")
    effect, _, reason = rest.partition(":")
    if not sign or effect.strip().lower() not in set(Effect):
        raise Misused(
            say(
                "{text} is no limit, such as 97110=4:cut:REASON or 97110,97140=6:warn:REASON",
                text=shown(text),
            )
        )
    return TypedLimit(codes, units, Effect(effect.strip().lower()), reason)


def _modifier(text: str) -> TypedModifier:
    wanted, _, reason = text.partition(":")
    modifier, _, codes = wanted.partition("=")
    return TypedModifier(modifier.strip().upper(), codes, reason)


def names_any(given: Mapping[str, object]) -> bool:
    """Return whether any setting is named."""
    return any(
        value is not None if key in FLAGS else value not in (None, False, ())
        for key, value in given.items()
    )
