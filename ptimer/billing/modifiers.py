"""Which lines does a code become for the biller, and which modifiers does each carry?

The plan-of-care modifier, GP, GO or GN by discipline, is on every line that is billed
(rules.md, Modifiers).
"""

from dataclasses import dataclass

from ptimer.billing.codebook import Discipline
from ptimer.billing.rules import Rules
from ptimer.billing.visit_units import Line
from ptimer.wording import Sentence


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
    """All of them, in the order of the rule files; a biller's layout orders and limits them."""
    assisted: bool = False
    """Whether it is the assistant's part of a line that was split."""
    split: bool = False
    """Whether the code's line became several rows."""
    because: tuple[Sentence, ...] = ()
    """Why each modifier is on it, in the order in which one would decide by hand."""


def billed_lines(line: Line, discipline: Discipline, rules: Rules) -> tuple[BilledLine, ...]:
    """Return the rows that a line becomes; one that bills nothing carries no modifier."""
    given = (rules.disciplines[discipline].modifier,) if line.units else ()
    return (BilledLine(line, line.units, line.minutes, given),)
