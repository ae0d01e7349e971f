"""What may the minutes of one visit be billed as? Lines, choices and warnings in one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from ptimer.billing.codebook import Code, CodeBook, Count
from ptimer.billing.payers import Payer, UnitRule
from ptimer.billing.ptp_edits import NONE_KNOWN, PtpEdit, PtpEdits, edits_among
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.rules import Rules
from ptimer.billing.unit_limits import RULE as DAILY_LIMIT
from ptimer.billing.unit_limits import Limit, limit_for
from ptimer.billing.units import (
    MINUTES_PER_UNIT,
    Pool,
    allowed_units,
    next_step_at,
    next_unit_at,
    pool,
    stepped_units,
)
from ptimer.wording import Sentence, say

MOST_CHOICES = 1000
"""A tie among dozens of codes has millions of ways; so many are made, and the rest counted."""

OVER_60 = "over-60-minutes"


@dataclass(frozen=True)
class Entry:
    """A code's whole minutes in the visit; `typed_units` is what a person typed for an area."""

    code: Code
    minutes: int
    typed_units: int = 0


@dataclass(frozen=True)
class Line:
    """What is billed of one code.

    `earned` is before the daily limit, `units` after it. An add-on has no minutes of its own:
    they are its base's, which `timed_on` names.
    """

    code: Code
    minutes: int
    earned: int
    units: int
    limit: Limit | None = None
    next_unit_at: int | None = None
    timed_on: str = ""

    @property
    def cut(self) -> bool:
        """Whether the daily limit took units away."""
        return self.units < self.earned


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


@dataclass(frozen=True)
class Terms:
    """Under which terms minutes are counted: book, rules and NCCI pairs of the date, payer."""

    book: CodeBook
    rules: Rules
    payer: Payer | None = None
    edits: PtpEdits = NONE_KNOWN

    def limit(self, code: Code) -> Limit | None:
        """Return the daily limit of `code`."""
        return limit_for(code, self.payer, self.rules)


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
    settled = _settle(shared, choice, terms)
    earned = {e.code.code: _earned(e, settled, terms.book) for e in merged}
    lines = [line for e in merged for line in _lines(e, earned[e.code.code], terms, rule)]
    timed = sum(e.minutes for e in merged if e.code.timed)
    edits = edits_among([line.code.code for line in lines if line.units], terms.edits)
    return Reckoning(
        rule=rule,
        lines=tuple(lines),
        timed_minutes=timed,
        pooled_minutes=sum(pooled.values()),
        pool=shared,
        choices=tuple(_choices(merged, earned, shared, terms.book)),
        count_of_choices=shared.count_of_ways() if shared else 1,
        chosen=shared is not None and _is_settled_by(shared, choice, terms.book),
        warnings=tuple(_warnings(lines, terms, edits)),
        next_unit_at=next_unit_at(sum(pooled.values())) if shared else None,
        edits=edits,
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


def _settle(
    shared: Pool | None, choice: Mapping[str, int] | None, terms: Terms
) -> dict[str, int] | None:
    if shared is None:
        return None
    if choice is not None:
        stored = _pooled_part(choice, shared, terms.book)
        if shared.allows(stored):
            return stored
    return shared.pick(lambda code, units: _would_be_cut(code, units, terms))


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


def _would_be_cut(code: str, units: int, terms: Terms) -> bool:
    return any(
        limit is not None and limit.cuts(part)
        for each, part in _printed(terms.book[code], units, terms.book)
        for limit in [terms.limit(each)]
    )


def _earned(entry: Entry, settled: Mapping[str, int] | None, book: CodeBook) -> int:
    code = entry.code
    if code.count is Count.POOLED:
        return settled[code.code] if settled is not None else allowed_units(entry.minutes)
    if code.count is Count.OWN_COUNT:
        return stepped_units(entry.minutes, *_steps(code, book))
    if code.count is Count.AREA:
        return entry.typed_units
    return int(code.count is Count.UNTIMED)


def _steps(code: Code, book: CodeBook) -> tuple[int, int]:
    """Return the minutes of the code's first and of its further steps."""
    first = code.step_minutes or MINUTES_PER_UNIT
    add_on = book.add_on_of(code.code)
    return first, (add_on.step_minutes if add_on else None) or first


def _printed(code: Code, units: int, book: CodeBook) -> list[tuple[Code, int]]:
    """Split units between a base code, which is billed once, and its add-on."""
    add_on = book.add_on_of(code.code)
    if add_on is None or units <= 1:
        return [(code, units)]
    return [(code, 1), (add_on, units - 1)]


def _lines(entry: Entry, earned: int, terms: Terms, rule: UnitRule) -> Iterable[Line]:
    for code, units in _printed(entry.code, earned, terms.book):
        limit = terms.limit(code)
        base = code.code == entry.code.code
        yield Line(
            code,
            entry.minutes if base else 0,
            units,
            limit.after(units) if limit else units,
            limit,
            _next_unit_at(entry, terms.book, rule) if base else None,
            "" if base else entry.code.code,
        )


def _next_unit_at(entry: Entry, book: CodeBook, rule: UnitRule) -> int | None:
    if entry.code.count is Count.OWN_COUNT:
        return next_step_at(entry.minutes, *_steps(entry.code, book))
    if entry.code.count is Count.POOLED and rule is UnitRule.MIDPOINT:
        return next_unit_at(entry.minutes)
    return None


def _choices(
    merged: list[Entry], earned: Mapping[str, int], shared: Pool | None, book: CodeBook
) -> Iterable[Mapping[str, int]]:
    ways = islice(shared.ways(), MOST_CHOICES) if shared else [{}]
    for way in ways:
        units = {e.code.code: way.get(e.code.code, earned[e.code.code]) for e in merged}
        yield {
            code.code: part
            for e in merged
            if e.code.timed
            for code, part in _printed(e.code, units[e.code.code], book)
        }


def _warnings(lines: list[Line], terms: Terms, edits: tuple[PtpEdit, ...]) -> Iterable[Warning]:
    for line in lines:
        text = line.limit.warning(line.earned) if line.limit else None
        if line.limit and text:
            yield Warning(DAILY_LIMIT, line.code.code, text, line.limit.source)
        long = terms.rules.long_treatment(line.code.code)
        if long and line.minutes > long.minutes:
            yield Warning(OVER_60, line.code.code, over_60_text(line, long.minutes), long.source)
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
