"""What do very many visits come to? Minutes and units of each, from its bare times.

The same count as a visit's view makes it. What makes it fast: visits with the same codes and
whole minutes under the same terms are counted once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from ptimer.billing.codebook import CodeBook, Count
from ptimer.billing.editions import MueTable
from ptimer.billing.rules import Rules
from ptimer.billing.visit_units import Entry, Terms, reckon
from ptimer.storage.rulebook import Rulebook
from ptimer.timing.clock import Instant
from ptimer.timing.segment import whole_minutes

_MOST_KEPT = 100_000

_DAY, _NUMBER, _START = 0, 1, 3
"""Where a row of `storage.history.times` holds the date, the visit, and the start."""

_BY_START = itemgetter(_START)

_Key = tuple[str, int, int, tuple[str, ...], tuple[int, ...], tuple[tuple[str, int], ...]]
"""Payer, its version, rules, codes as first timed, their whole minutes, and what was typed."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one visit comes to; minutes and units by code in `lines`."""

    timed_minutes: int
    timed_units: int
    untimed_units: int
    lines: Mapping[str, tuple[int, int]]


class VisitCounter:
    """Counts visits under the rules of their dates and payers."""

    def __init__(
        self, rulebook: Rulebook, signed: Mapping[int, Instant] = MappingProxyType({})
    ) -> None:
        """Take the books, and when visits were signed that other limits have come in since."""
        self._rulebook = rulebook
        self._signed = signed
        self._rules: list[tuple[Rules, CodeBook]] = []
        self._rules_of: dict[tuple[str, MueTable | None], int] = {}
        self._known: dict[_Key, Counted] = {}

    def visits(
        self, rows: Iterable[tuple[Any, ...]], settled: Mapping[int, Mapping[str, int]]
    ) -> Iterator[tuple[str, Counted]]:
        """Yield date and count of each visit, from the rows of `storage.history.times`."""
        for number, group in groupby(rows, itemgetter(_NUMBER)):
            times = list(group)
            yield times[0][_DAY], self._visit(times, settled.get(number) if settled else None)

    def _visit(self, times: list[tuple[Any, ...]], choice: Mapping[str, int] | None) -> Counted:
        day, visit, payer = times[0][:_START]
        if len(times) > 1:
            times.sort(key=_BY_START)  # those that started together stay as they were recorded
        lasted: dict[str, int] = {}
        typed: dict[str, int] = {}
        for _, _, _, _, code, milliseconds, units in times:
            lasted[code] = lasted.get(code, 0) + milliseconds
            if units:
                typed[code] = typed.get(code, 0) + units
        minutes = tuple(map(whole_minutes, lasted.values()))
        version = self._rulebook.payers.version(payer, self._signed.get(visit))
        rules = self._rules_on(day, visit)
        key = (payer, version, rules, tuple(lasted), minutes, tuple(typed.items()))
        counted = self._known.get(key) if choice is None else None
        if counted is None:
            counted = self._reckon(key, choice)
            if choice is None:
                self._keep(key, counted)
        return counted

    def _keep(self, key: _Key, counted: Counted) -> None:
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[key] = counted

    def _reckon(self, key: _Key, choice: Mapping[str, int] | None) -> Counted:
        name, version, rules, codes, minutes, typed = key
        of_day, book = self._rules[rules]
        payer = self._rulebook.payers.of_version(name, version)
        units = dict(typed)
        entries = [
            Entry(book[code], whole, units.get(code, 0))
            for code, whole in zip(codes, minutes, strict=True)
            if book[code].count is not Count.APART
        ]
        terms = Terms(book, of_day, payer)
        reckoning = reckon(entries, terms, rule=payer.unit_rule, choice=choice)
        return Counted(
            reckoning.timed_minutes,
            reckoning.timed_units,
            reckoning.untimed_units,
            {line.code.code: (line.minutes, line.units) for line in reckoning.lines},
        )

    def _rules_on(self, day: str, visit: int) -> int:
        """Return the number of the rules of a visit: those of most dates are the same."""
        signed_at = self._signed.get(visit)
        limits = None
        if signed_at is not None:
            limits = self._rulebook.editions.mue_on(date.fromisoformat(day), signed_at)
        number = self._rules_of.get((day, limits))
        if number is None:
            of_day = self._rulebook.on(date.fromisoformat(day), signed_at)
            rules = (of_day.rules, of_day.codes)
            if rules not in self._rules:
                self._rules.append(rules)
            number = self._rules_of[day, limits] = self._rules.index(rules)
        return number
