"""Which modifiers does a line carry?

So far the plan-of-care modifier: GP, GO or GN by discipline, on every line that is billed
(rules.md, Modifiers).
"""

from ptimer.billing.codebook import Discipline
from ptimer.billing.rules import Rules


def modifiers_of(units: int, discipline: Discipline, rules: Rules) -> tuple[str, ...]:
    """Return the modifiers of a line; one that bills nothing carries none."""
    if units == 0:
        return ()
    return (rules.disciplines[discipline].modifier,)
