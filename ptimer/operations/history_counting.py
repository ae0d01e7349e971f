"""What do very many visits come to? Minutes and units of each, from its bare times.

The same count as a visit's view makes it. What makes it fast: visits with the same codes and
whole minutes under the same terms are counted once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from ptimer.billing.codebook import Count
from ptimer.billing.rules import Rules
from ptimer.billing.visit_units import Entry, Terms, reckon
from ptimer.storage.rulebook import Rulebook
from ptimer.timing.clock import Instant
from ptimer.timing.segment import whole_minutes

_MOST_KEPT = 100_000

_NUMBER, _START, _TIMES_NUMBER = 1, 3, 4
"""Where a row of `storage.history.times` holds the visit, the start, and the time."""

_BY_START = itemgetter(_START, _TIMES_NUMBER)

Choice = Mapping[str, int] | None
_Minutes = tuple[tuple[str, int, int], ...]
"""Code, whole minutes and typed units, in the order in which the codes were first timed."""


@dataclass(frozen=True)
class Counted:
    """What one visit comes to; minutes and units by code in `lines`."""

    timed_minutes: int
    timed_units: int
    untimed_units: int
    lines: Mapping[str, tuple[int, int]]


class VisitCounter:
    """Counts visits under the rules of their dates and payers."""

    def __init__(self, rulebook: Rulebook, now: Instant) -> None:
        """Take the books, and the moment up to which what still runs is counted."""
        self._rulebook = rulebook
        self._now = now
        self._terms: dict[tuple[str, int], Terms] = {}
        self._rules: list[Rules] = []
        self._rules_of: dict[str, int] = {}
        self._known: dict[tuple[str, int, _Minutes], Counted] = {}

    def visits(
        self, rows: Iterable[tuple[Any, ...]], settled: Mapping[int, Mapping[str, int]]
    ) -> Iterator[tuple[str, Counted]]:
        """Yield date and count of each visit, from the rows of `storage.history.times`."""
        times: list[tuple[Any, ...]] = []
        number = None
        for row in rows:
            if row[_NUMBER] != number:
                if times:
                    yield self._visit(times, settled)
                times = []
                number = row[_NUMBER]
            times.append(row)
        if times:
            yield self._visit(times, settled)

    def _visit(
        self, times: list[tuple[Any, ...]], settled: Mapping[int, Mapping[str, int]]
    ) -> tuple[str, Counted]:
        day, number, payer = times[0][:_START]
        return day, self._count(day, payer, self._minutes(times), settled.get(number))

    def _minutes(self, times: list[tuple[Any, ...]]) -> _Minutes:
        if len(times) > 1:
            times.sort(key=_BY_START)
        lasted: dict[str, int] = {}
        typed: dict[str, int] = {}
        for _, _, _, started_at, _, code, ended_at, units in times:
            end = self._now if ended_at is None else ended_at
            if end > started_at:
                lasted[code] = lasted.get(code, 0) + end - started_at
            else:
                lasted.setdefault(code, 0)
            if units:
                typed[code] = typed.get(code, 0) + units
        return tuple([(code, whole_minutes(lasted[code]), typed.get(code, 0)) for code in lasted])

    def _count(self, day: str, payer: str, minutes: _Minutes, choice: Choice) -> Counted:
        rules = self._rules_on(day)
        if choice is not None:
            return self._reckon(self._terms_of(payer, rules), minutes, choice)
        key = (payer, rules, minutes)
        counted = self._known.get(key)
        if counted is None:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            counted = self._reckon(self._terms_of(payer, rules), minutes, None)
            self._known[key] = counted
        return counted

    def _reckon(self, terms: Terms, minutes: _Minutes, choice: Choice) -> Counted:
        if terms.payer is None:
            raise LookupError("a visit has a payer")
        entries = [Entry(terms.book[code], whole, units) for code, whole, units in minutes]
        reckoning = reckon(
            [entry for entry in entries if entry.code.count is not Count.APART],
            terms,
            rule=terms.payer.unit_rule,
            choice=choice,
        )
        return Counted(
            reckoning.timed_minutes,
            reckoning.timed_units,
            reckoning.untimed_units,
            {line.code.code: (line.minutes, line.units) for line in reckoning.lines},
        )

    def _terms_of(self, payer: str, rules: int) -> Terms:
        key = (payer, rules)
        if key not in self._terms:
            book = self._rulebook
            self._terms[key] = Terms(book.codes, self._rules[rules], book.payers[payer])
        return self._terms[key]

    def _rules_on(self, day: str) -> int:
        """Return the number of the rules of a date: most dates have the same."""
        number = self._rules_of.get(day)
        if number is None:
            rules = self._rulebook.rules.on(date.fromisoformat(day))
            if rules not in self._rules:
                self._rules.append(rules)
            number = self._rules_of[day] = self._rules.index(rules)
        return number
