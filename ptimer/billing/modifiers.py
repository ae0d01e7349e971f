"""Which lines does a code become for the biller, and which modifiers does each carry?

Source: rules.md, Modifiers. GP, GO or GN by discipline on every line that is billed; CQ or CO by
the de-minimis rule, unit by unit, so that a line is split where its units differ; 59 or X{EPSU}
only where a clinician attested it; KX only where one attested that the treatment is necessary.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ptimer.billing.assistants import MODIFIERS as ASSISTANTS
from ptimer.billing.assistants import Parts, Share, share_steps, share_whole
from ptimer.billing.attestation import Pair
from ptimer.billing.codebook import CodeBook, Discipline
from ptimer.billing.payers import Payer
from ptimer.billing.rules import Rules
from ptimer.billing.units import MINUTES_PER_UNIT
from ptimer.billing.visit_units import Line, Reckoning
from ptimer.wording import Sentence, say

KX = "KX"

_THERAPIES = {
    Discipline.PT: "physical therapy",
    Discipline.OT: "occupational therapy",
    Discipline.SLP: "speech-language pathology",
}

MOST_ON_A_CLAIM = 4
"""Modifiers that a claim's line has room for."""


@dataclass(frozen=True)
class BilledLine:
    """One row for the biller: a code's units that carry the same modifiers.

    `line` is the code's whole line; `units` and `minutes` are this row's part of it, and add up
    to the line's over all its rows.
    """

    line: Line
    units: int
    minutes: int
    modifiers: tuple[str, ...]
    """All of them, what changes the payment first; a biller's layout may order them anew."""
    assisted: bool = False
    """Whether it is the assistant's part of a line that was split."""
    split: bool = False
    """Whether the code's line became several rows."""
    because: tuple[Sentence, ...] = ()
    """Why each modifier is on it, in the order in which one would decide by hand."""


@dataclass(frozen=True)
class Grounds:
    """What a visit's modifiers rest on besides its units."""

    discipline: Discipline
    rules: Rules
    book: CodeBook
    payer: Payer | None = None
    parts: Mapping[str, Parts] = field(default_factory=dict)
    """By code: who treated how many of its minutes; of codes that an assistant treated."""
    pairs: tuple[Pair, ...] = ()
    kx: Sentence | None = None
    """Why KX is on every line; None where nobody attested it."""


def billed_lines(reckoning: Reckoning, grounds: Grounds) -> tuple[BilledLine, ...]:
    """Return the rows that the lines of a visit become, in their order.

    A line that bills nothing stays one row, without modifiers.
    """
    shares = dict(_shares(reckoning, grounds))
    return tuple(
        row for line in reckoning.lines for row in _rows(line, shares.get(line.code.code), grounds)
    )


def _shares(reckoning: Reckoning, grounds: Grounds) -> Iterator[tuple[str, Share]]:
    """Yield, by code, which of its units are the assistant's; an add-on's follow its base's."""
    modifier = ASSISTANTS.get(_plan_of_care(grounds))
    if modifier is None or (grounds.payer is not None and not grounds.payer.assistant_modifiers):
        return
    for line in reckoning.lines:
        parts = grounds.parts.get(line.code.code)
        if parts is None or line.timed_on:
            continue
        add_ons = [each for each in reckoning.lines if each.timed_on == line.code.code]
        earned = line.earned + sum(each.earned for each in add_ons)
        if not line.code.timed:
            yield line.code.code, share_whole(earned, parts, modifier)
            continue
        share = share_steps(_steps(line, earned, grounds.book), parts, modifier)
        yield line.code.code, _part(share, 0, line.earned)
        if add_ons:
            yield add_ons[0].code.code, _part(share, line.earned, earned)


def _part(share: Share, first: int, end: int) -> Share:
    return Share(share.marked[first:end], share.marked_minutes, share.because)


def _steps(line: Line, units: int, book: CodeBook) -> list[int]:
    """Return the whole minutes of each step that a code and its add-on are billed by."""
    first = line.code.step_minutes or MINUTES_PER_UNIT
    add_on = book.add_on_of(line.code.code)
    further = (add_on.step_minutes if add_on else None) or first
    return [first, *[further] * (units - 1)][:units]


def _rows(line: Line, share: Share | None, grounds: Grounds) -> Iterable[BilledLine]:
    if line.units == 0:
        yield BilledLine(line, 0, line.minutes, ())
        return
    kept = share.marked[: line.units] if share else (False,) * line.units
    marked = sum(kept)
    if share is None or marked in (0, line.units):
        yield _row(line, (line.units, line.minutes), share, grounds, assisted=marked > 0)
        return
    # A cut takes units, never minutes, and an add-on's minutes stand with its base.
    minutes = 0 if line.timed_on else share.marked_minutes
    own = (line.units - marked, line.minutes - minutes)
    yield _row(line, own, share, grounds, assisted=False, split=True)
    yield _row(line, (marked, minutes), share, grounds, assisted=True, split=True)


def _row(
    line: Line,
    counts: tuple[int, int],
    share: Share | None,
    grounds: Grounds,
    *,
    assisted: bool,
    split: bool = False,
) -> BilledLine:
    units, minutes = counts
    code = line.code.code
    given = [
        *_of_pairs(code, grounds),
        *_of_assistant(share, grounds, assisted=assisted),
        *_of_necessity(grounds),
        *_of_plan_and_payer(code, grounds),
    ]
    modifiers = tuple(dict.fromkeys(modifier for modifier, _ in given if modifier))
    because = tuple(reason for _, reason in given)
    return BilledLine(line, units, minutes, modifiers, assisted, split, because)


_Given = Iterator[tuple[str, Sentence]]
"""Each modifier with why it is there; in the place of one that is not, why it is not."""


def _of_pairs(code: str, grounds: Grounds) -> _Given:
    for pair in grounds.pairs:
        if pair.edit.column2 == code:
            yield pair.modifier, pair.told()


def _of_assistant(share: Share | None, grounds: Grounds, *, assisted: bool) -> _Given:
    if share is not None:
        modifier = ASSISTANTS[_plan_of_care(grounds)] if assisted else ""
        for reason in share.because:
            yield modifier, reason


def _of_necessity(grounds: Grounds) -> _Given:
    if grounds.kx is not None:
        yield KX, grounds.kx


def _of_plan_and_payer(code: str, grounds: Grounds) -> _Given:
    plan = _plan_of_care(grounds)
    yield (
        plan,
        say(
            "{modifier}: under a plan of care for {therapy}",
            modifier=plan,
            therapy=say(_THERAPIES[grounds.discipline]),
        ),
    )
    for required in grounds.payer.required_modifiers if grounds.payer else ():
        if not required.codes or code in required.codes:
            yield (
                required.modifier,
                say(
                    "{modifier}: {payer} wants it: {reason}",
                    modifier=required.modifier,
                    payer=grounds.payer.name if grounds.payer else "",
                    reason=required.reason,
                ),
            )


def _plan_of_care(grounds: Grounds) -> str:
    return grounds.rules.disciplines[grounds.discipline].modifier
