"""What is said of a payer: in a line, and in full?"""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from ptimer.billing.codebook import CodeBook
from ptimer.billing.payers import CombinedLimit, Effect, OwnLimit, Payer, UnitRule
from ptimer.billing.rules import Rules
from ptimer.gui.codes.code_rows import date_words
from ptimer.gui.texts import core

_FITS = 24
"""Characters of a name that a card has room for."""


def rule_words(payer: Payer) -> str:
    """Return the name of the payer's unit rule."""
    return _tr("8-minute rule") if payer.unit_rule is UnitRule.CMS else _tr("midpoint")


def caps_words(payer: Payer, rules: Rules) -> str:
    """Return in a line what the payer caps."""
    if payer.follows_mue:
        return _with_own(payer, _tr("CMS caps"))
    for_all = [limit for limit in rules.daily_limits if payer.own_limit(limit.code) is None]
    parts = [_tr("{0}: {1} a day").format(limit.code, limit.units) for limit in for_all]
    if not payer.limits:
        return " · ".join([*parts, _tr("no other cap")])
    return _with_own(payer, " · ".join(parts))


def origin_words(payer: Payer) -> str:
    """Return where the payer comes from."""
    if payer.shipped:
        return _tr("shipped, read-only")
    if payer.in_force_to is None:
        return _tr("added by this clinic")
    return _tr("added by this clinic, last day {0}").format(date_words(payer.in_force_to))


def details_of(payer: Payer, codes: CodeBook) -> list[str]:
    """Return all settings of a payer, sentence by sentence."""
    alone = ", ".join(code.code for code in codes if code.exclusive)
    return [
        *([payer.name] if len(payer.name) > _FITS else []),
        _tr("Minutes are pooled and counted by the 8-minute rule.")
        if payer.unit_rule is UnitRule.CMS
        else _tr("Each code is counted alone, past its midpoint."),
        _tr("CMS's units a day (MUE) limit it.")
        if payer.follows_mue
        else _tr("CMS's units a day (MUE) do not limit it."),
        *(_limit_words(limit) for limit in payer.limits),
        _tr("It pays speech-language services of an assistant.")
        if payer.pays_slp_assistants
        else _tr("It does not pay speech-language services of an assistant."),
        _tr("Lines without a unit go to the biller.")
        if payer.zero_unit_lines
        else _tr("Lines without a unit stay out of the biller's file."),
        _tr("Supervised modalities may run beside {0}: {1}").format(alone, payer.relaxed_because)
        if payer.relaxes_billed_alone
        else _tr("{0} is billed alone, without supervised modalities.").format(alone),
        *_modifier_words(payer),
        *(_shipped_words(payer) if payer.shipped else []),
    ]


def _modifier_words(payer: Payer) -> Iterable[str]:
    yield (
        _tr("CQ and CO mark an assistant's part.")
        if payer.assistant_modifiers
        else _tr("CQ and CO do not mark an assistant's part.")
    )
    if payer.kx_threshold:
        yield _tr("KX is asked for above the year's threshold.")
    for each in payer.required_modifiers:
        codes = ", ".join(each.codes) or _tr("all codes")
        yield _tr("{0} on {1}: {2}").format(each.modifier, codes, each.reason)


def _shipped_words(payer: Payer) -> list[str]:
    return [
        _tr("Source: {0}").format(core(payer.source)),
        _tr("A shipped payer can't be changed: copy it."),
    ]


def _with_own(payer: Payer, words: str) -> str:
    own = len(payer.limits)
    if not own:
        return words
    parts = (words, _tr("1 own limit") if own == 1 else _tr("{0} own limits").format(own))
    return " · ".join(part for part in parts if part)


def _limit_words(limit: OwnLimit | CombinedLimit) -> str:
    codes = limit.codes[0]
    if len(limit.codes) > 1:
        codes = _tr("{0} and {1} together").format(", ".join(limit.codes[:-1]), limit.codes[-1])
    words = (
        _tr("{0}: {1} a day, more is cut: {2}")
        if limit.effect is Effect.CUT
        else _tr("{0}: {1} a day, more is warned of: {2}")
    )
    return words.format(codes, limit.units, limit.reason)


def _tr(text: str) -> str:
    return QCoreApplication.translate("payers", text)
