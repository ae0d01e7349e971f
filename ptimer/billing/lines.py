"""What is billed of one code, and which limits took units of it?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ptimer.billing.codebook import Code, Count
from ptimer.billing.combined_limits import Share, Together, judge
from ptimer.billing.payers import UnitRule
from ptimer.billing.terms import Entry, Terms
from ptimer.billing.unit_limits import Limit
from ptimer.billing.units import next_step_at, next_unit_at


@dataclass(frozen=True)
class Line:
    """What is billed of one code.

    `earned` is before the daily limits, `units` after them: first the code's own `limit`, then
    those of several codes `together`. An add-on has no minutes of its own: they are its base's,
    which `timed_on` names.
    """

    code: Code
    minutes: int
    earned: int
    units: int
    limit: Limit | None = None
    next_unit_at: int | None = None
    timed_on: str = ""
    together: tuple[Together, ...] = ()
    """The limits of several codes that took units of it."""

    @property
    def cut(self) -> bool:
        """Whether a daily limit took units away."""
        return self.units < self.earned

    @property
    def timed_code(self) -> str:
        """The code that its minutes were timed on."""
        return self.timed_on or self.code.code


def lines_of(entry: Entry, earned: int, terms: Terms, rule: UnitRule) -> Iterable[Line]:
    """Return a code's line and its add-on's, each after its own limit."""
    for code, units in terms.printed(entry.code, earned):
        limit = terms.limit(code)
        base = code.code == entry.code.code
        yield Line(
            code,
            entry.minutes if base else 0,
            units,
            limit.after(units) if limit else units,
            limit,
            _next_unit_at(entry, terms, rule) if base else None,
            "" if base else entry.code.code,
        )


def limited_together(lines: list[Line], terms: Terms) -> tuple[list[Line], tuple[Together, ...]]:
    """Return the lines after the payer's maximums of several codes, and those that are passed.

    One is applied after the other, in the payer's order.
    """
    found: list[Together] = []
    if terms.payer is None:
        return lines, ()
    for limit in terms.payer.combined_limits:
        together = judge(_shares(lines, terms), limit, terms.payer)
        if together is not None:
            found.append(together)
            lines = [_without(line, _taken_of(line, lines, together), together) for line in lines]
    return lines, tuple(found)


def _shares(lines: list[Line], terms: Terms) -> list[Share]:
    """Return what each timed code bills, with its add-on."""
    return [
        Share(
            line.code.code,
            line.minutes,
            sum(each.units for each in lines if each.timed_code == line.code.code),
            *terms.steps(line.code),
        )
        for line in lines
        if not line.timed_on
    ]


def _taken_of(line: Line, lines: list[Line], together: Together) -> int:
    """Return the units that a line loses: what an add-on has goes before its base's."""
    lost = together.taken_of(line.timed_code)
    if line.timed_on:
        return min(lost, line.units)
    add_ons = sum(each.units for each in lines if each.timed_on == line.code.code)
    return max(lost - add_ons, 0)


def _without(line: Line, lost: int, together: Together) -> Line:
    if lost == 0:
        return line
    return replace(line, units=line.units - lost, together=(*line.together, together))


def _next_unit_at(entry: Entry, terms: Terms, rule: UnitRule) -> int | None:
    if entry.code.count is Count.OWN_COUNT:
        return next_step_at(entry.minutes, *terms.steps(entry.code))
    if entry.code.count is Count.POOLED and rule is UnitRule.MIDPOINT:
        return next_unit_at(entry.minutes)
    return None
