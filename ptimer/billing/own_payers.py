"""Can a payer of a clinic's own be counted by? Pure: the book goes in, a sentence out."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ptimer.billing import assistants, attestation
from ptimer.billing.codebook import CodeBook
from ptimer.billing.modifiers import KX
from ptimer.billing.own_codes import MOST_A_DAY
from ptimer.billing.payers import CombinedLimit, Payer, RequiredModifier
from ptimer.billing.rules import Rules
from ptimer.wording import Sentence, listed, say

_MODIFIER = re.compile(r"[A-Z0-9]{2}")


def complaint(payer: Payer, book: CodeBook, rules: Rules) -> Sentence | None:
    """Return why a payer can't be one of the clinic's own, or None."""
    return next(
        (
            wrong
            for wrong in (
                *(_limit(payer, each.code, each.units, book) for each in payer.own_limits),
                *(_together(each, book) for each in payer.combined_limits),
                *(_modifier(each, book, rules) for each in payer.required_modifiers),
                _twice(payer),
                _relaxed(payer),
            )
            if wrong is not None
        ),
        None,
    )


def as_the_book_writes(payer: Payer, book: CodeBook) -> Payer:
    """Return the payer with the codes of its settings as the book writes them."""

    def written(codes: Iterable[str]) -> tuple[str, ...]:
        found = ((code, book.find(code)) for code in codes)
        return tuple(dict.fromkeys(known.code if known else code for code, known in found))

    return replace(
        payer,
        own_limits=tuple(replace(e, code=written([e.code])[0]) for e in payer.own_limits),
        combined_limits=tuple(replace(e, codes=written(e.codes)) for e in payer.combined_limits),
        required_modifiers=tuple(
            replace(e, modifier=e.modifier.strip().upper(), codes=written(e.codes))
            for e in payer.required_modifiers
        ),
    )


def _limit(payer: Payer, number: str, units: int, book: CodeBook) -> Sentence | None:
    if book.find(number) is None:
        return say("{code} is not in the code book: limit a code of it", code=number)
    if [each.code for each in payer.own_limits].count(number) > 1:
        return say("{code} is limited twice: keep one of the two", code=number)
    return _units(units)


def _units(units: int) -> Sentence | None:
    if 0 <= units <= MOST_A_DAY:
        return None
    return say("A limit is 0 to {most} units a day", most=MOST_A_DAY)


def _together(limit: CombinedLimit, book: CodeBook) -> Sentence | None:
    for number in limit.codes:
        code = book.find(number)
        if code is None:
            return say("{code} is not in the code book: limit a code of it", code=number)
        if not code.timed:
            return say("{code} is not timed: a common limit is of timed codes", code=number)
        if code.add_on_to is not None:
            return say(
                "{code} is timed on {base}: name {base}, and its add-on counts with it",
                code=number,
                base=code.add_on_to,
            )
    if len(limit.codes) < 2:
        return say("Name at least two codes that are limited together")
    return _units(limit.units)


def _modifier(required: RequiredModifier, book: CodeBook, rules: Rules) -> Sentence | None:
    if not _MODIFIER.fullmatch(required.modifier):
        return say("A modifier has 2 characters: letters from A to Z, and digits")
    if required.modifier in _put_by_rule(rules):
        return say(
            "{modifier} is put on lines by a rule of its own, where it is due: a payer can't ask "
            "for it everywhere",
            modifier=required.modifier,
        )
    unknown = [number for number in required.codes if book.find(number) is None]
    if unknown:
        return say("{code} is not in the code book", code=listed(unknown))
    if not required.reason.strip():
        return say("Say why {modifier} is wanted", modifier=required.modifier)
    return None


def _put_by_rule(rules: Rules) -> set[str]:
    plans = {each.modifier for each in rules.disciplines.values()}
    return {*plans, *assistants.MODIFIERS.values(), *attestation.MODIFIERS, KX}


def _twice(payer: Payer) -> Sentence | None:
    modifiers = [each.modifier for each in payer.required_modifiers]
    again = next((each for each in modifiers if modifiers.count(each) > 1), None)
    if again is not None:
        return say("{modifier} is asked for twice: name all its codes at once", modifier=again)
    lists = [frozenset(each.codes) for each in payer.combined_limits]
    twice = next(
        (each for each in payer.combined_limits if lists.count(frozenset(each.codes)) > 1), None
    )
    if twice is None:
        return None
    return say("{codes} are limited together twice: keep one of the two", codes=listed(twice.codes))


def _relaxed(payer: Payer) -> Sentence | None:
    if not payer.relaxes_billed_alone or payer.relaxed_because.strip():
        return None
    return say("Say why {name} lets supervised modalities run beside 97112", name=payer.name)
