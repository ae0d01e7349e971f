"""What may the minutes of one visit be billed as? Lines, choices and warnings in one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from ptimer.billing.codebook import Attendance, CodeBook, Count
from ptimer.billing.combined_limits import Together
from ptimer.billing.lines import Line as Line
from ptimer.billing.lines import limited_together, lines_of
from ptimer.billing.payers import UnitRule
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.ptp_edits import PtpEdit, edits_among
from ptimer.billing.terms import Entry as Entry
from ptimer.billing.terms import Terms as Terms
from ptimer.billing.unit_limits import RULE as DAILY_LIMIT
from ptimer.billing.units import (
    Pool,
    allowed_units,
    next_unit_at,
    pool,
    stepped_units,
)
from ptimer.wording import Sentence, listed, say

MOST_CHOICES = 1000
"""A tie among dozens of codes has millions of ways; so many are made, and the rest counted."""

OVER_60 = "over-60-minutes"


@dataclass(frozen=True)
class Warning:  # noqa: A001  (the contract's word; Python's own is not used here)
    """Something to know about a line that forbids nothing."""

    rule: str
    code: str
    text: Sentence
    source: str


@dataclass(frozen=True)
class Reckoning:
    """The units of one visit under one rule, and all that explains them."""

    rule: UnitRule
    lines: tuple[Line, ...]
    timed_minutes: int
    pooled_minutes: int
    pool: Pool | None
    choices: tuple[Mapping[str, int], ...]
    count_of_choices: int
    chosen: bool
    """Whether a tie was settled by the clinician's choice."""
    warnings: tuple[Warning, ...]
    next_unit_at: int | None
    edits: tuple[PtpEdit, ...] = ()
    """The NCCI pairs among the codes that bill anything."""
    together: tuple[Together, ...] = ()
    """The limits of several codes that these have more units than."""
    relaxed: Sentence | None = None
    """What the payer lets run beside a code that is billed alone, and why."""

    @property
    def timed_units(self) -> int:
        """Units of timed codes."""
        return sum(line.units for line in self.lines if line.code.timed)

    @property
    def untimed_units(self) -> int:
        """Units of all other codes."""
        return sum(line.units for line in self.lines if not line.code.timed)

    @property
    def total_units(self) -> int:
        """All units."""
        return sum(line.units for line in self.lines)

    @property
    def tied(self) -> bool:
        """Whether a unit waits for the clinician's choice."""
        return self.count_of_choices > 1 and not self.chosen

    def line(self, code: str) -> Line | None:
        """Return the line of `code`."""
        return next((line for line in self.lines if line.code.code == code), None)


def reckon(
    entries: Iterable[Entry],
    terms: Terms,
    *,
    rule: UnitRule,
    choice: Mapping[str, int] | None = None,
) -> Reckoning:
    """Count the units of a visit's codes, given in the order in which they were first timed.

    `choice` is how the clinician settled a tie; one that the minutes no longer allow is as good
    as none.
    """
    merged = _on_their_bases(list(entries), terms.book)
    pooled = {e.code.code: e.minutes for e in merged if e.code.count is Count.POOLED}
    shared = pool(pooled) if rule is UnitRule.CMS else None
    settled = _settle(merged, shared, choice, terms)
    earned = {e.code.code: _earned(e, settled, terms) for e in merged}
    capped = [line for e in merged for line in lines_of(e, earned[e.code.code], terms, rule)]
    lines, together = limited_together(capped, terms)
    timed = sum(e.minutes for e in merged if e.code.timed)
    edits = edits_among([line.code.code for line in lines if line.units], terms.edits)
    return Reckoning(
        rule=rule,
        lines=tuple(lines),
        timed_minutes=timed,
        pooled_minutes=sum(pooled.values()),
        pool=shared,
        choices=tuple(_choices(merged, earned, shared, terms)),
        count_of_choices=shared.count_of_ways() if shared else 1,
        chosen=shared is not None and _is_settled_by(shared, choice, terms.book),
        warnings=tuple(_warnings(lines, together, terms, edits)),
        next_unit_at=next_unit_at(sum(pooled.values())) if shared else None,
        edits=edits,
        together=together,
        relaxed=_relaxed(merged, terms),
    )


def settle_tie(reckoning: Reckoning, wanted: Mapping[str, int]) -> dict[str, int] | None:
    """Return the stored form of a choice that names some codes' units, or None if no way fits.

    Codes that `wanted` does not name are left to the rule, as long as only one way remains.
    """
    fitting = [
        way
        for way in reckoning.choices
        if all(way.get(code, 0) == units for code, units in wanted.items())
    ]
    return dict(fitting[0]) if len(fitting) == 1 else None


def _on_their_bases(entries: list[Entry], book: CodeBook) -> list[Entry]:
    """Add the minutes given for an add-on to its base, where both are given."""
    merged: dict[str, Entry] = {}
    for entry in entries:
        base = entry.code.add_on_to
        code = entry.code if base is None else book[base]
        before = merged.get(code.code, Entry(code, 0))
        merged[code.code] = Entry(
            code, before.minutes + entry.minutes, before.typed_units + entry.typed_units
        )
    return list(merged.values())


def _relaxed(merged: list[Entry], terms: Terms) -> Sentence | None:
    """Return that `billed-alone` is relaxed for codes of this visit; None where it is not."""
    payer = terms.payer
    alone = [e.code.code for e in merged if e.code.exclusive]
    beside = [e.code.code for e in merged if e.code.attendance is Attendance.SUPERVISED]
    if payer is None or not payer.relaxes_billed_alone or not alone or not beside:
        return None
    return say(
        "{payer} lets {beside} run beside {alone}, which is billed alone otherwise: {reason}",
        payer=payer.name,
        beside=listed(beside),
        alone=listed(alone),
        reason=payer.relaxed_because,
    )


def _settle(
    merged: list[Entry], shared: Pool | None, choice: Mapping[str, int] | None, terms: Terms
) -> dict[str, int] | None:
    if shared is None:
        return None
    if choice is not None:
        stored = _pooled_part(choice, shared, terms.book)
        if shared.allows(stored):
            return stored
    alone = {
        e.code.code: _earned(e, None, terms)
        for e in merged
        if e.code.timed and e.code.count is not Count.POOLED
    }
    return shared.pick(lambda code, units: terms.would_be_cut(code, {**alone, **units}))


def _is_settled_by(shared: Pool, choice: Mapping[str, int] | None, book: CodeBook) -> bool:
    return (
        shared.free > 0 and choice is not None and shared.allows(_pooled_part(choice, shared, book))
    )


def _pooled_part(choice: Mapping[str, int], shared: Pool, book: CodeBook) -> dict[str, int]:
    """Return the choice in terms of the pool: an add-on's units are its base's."""
    part = dict.fromkeys(shared.full, 0)
    for code, units in choice.items():
        known = book.find(code)
        base = known.add_on_to or known.code if known else code
        if base in part:
            part[base] += units
    return part


def _earned(entry: Entry, settled: Mapping[str, int] | None, terms: Terms) -> int:
    code = entry.code
    if code.count is Count.POOLED:
        return settled[code.code] if settled is not None else allowed_units(entry.minutes)
    if code.count is Count.OWN_COUNT:
        return stepped_units(entry.minutes, *terms.steps(code))
    if code.count is Count.AREA:
        return entry.typed_units
    return int(code.count is Count.UNTIMED)


def _choices(
    merged: list[Entry], earned: Mapping[str, int], shared: Pool | None, terms: Terms
) -> Iterable[Mapping[str, int]]:
    ways = islice(shared.ways(), MOST_CHOICES) if shared else [{}]
    for way in ways:
        units = {e.code.code: way.get(e.code.code, earned[e.code.code]) for e in merged}
        yield {
            code.code: part
            for e in merged
            if e.code.timed
            for code, part in terms.printed(e.code, units[e.code.code])
        }


def _warnings(
    lines: list[Line], together: Iterable[Together], terms: Terms, edits: tuple[PtpEdit, ...]
) -> Iterable[Warning]:
    for line in lines:
        text = line.limit.warning(line.earned) if line.limit else None
        if line.limit and text:
            yield Warning(DAILY_LIMIT, line.code.code, text, line.limit.source)
        for each in line.together:
            said = each.warning(line.code.code, line.units)
            yield Warning(DAILY_LIMIT, line.code.code, said, each.source)
        long = terms.rules.long_treatment(line.code.code)
        if long and line.minutes > long.minutes:
            yield Warning(OVER_60, line.code.code, over_60_text(line, long.minutes), long.source)
    for each in together:
        if not each.taken:
            yield Warning(DAILY_LIMIT, each.codes[0], each.advice(), each.source)
    for edit in edits:
        yield Warning(PTP_PAIR, edit.column2, edit.warning(), edit.source)


def over_60_text(line: Line, most: int) -> Sentence:
    """Return the sentence that asks why a treatment took so long."""
    return say(
        "{code} ran {minutes} minutes, and rarely goes over {most} a day: say why it took longer",
        code=line.code.code,
        minutes=line.minutes,
        most=most,
    )
