"""How many units do minutes allow, and which code gets each? Numbers only, no codes' meaning.

Sources: Medicare Claims Processing Manual, chapter 5, section 20.2 (8-minute rule, pooled);
CPT's midpoint rule (each code alone). `resources/rules/units.toml` repeats the figures.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import comb

MINUTES_PER_UNIT = 15
MINUTES_FOR_FIRST_UNIT = 8


def allowed_units(minutes: int) -> int:
    """Return the units that whole minutes permit: 8 to 22 -> 1, 23 to 37 -> 2, ..."""
    if minutes < 0:
        raise ValueError(f"minutes must not be negative: {minutes}")
    return (minutes + MINUTES_PER_UNIT - MINUTES_FOR_FIRST_UNIT) // MINUTES_PER_UNIT


def minutes_for(units: int) -> int:
    """Return the fewest whole minutes that permit so many units (at least one)."""
    return (units - 1) * MINUTES_PER_UNIT + MINUTES_FOR_FIRST_UNIT


def next_unit_at(minutes: int) -> int:
    """Return the whole minutes at which one more unit is earned."""
    return minutes_for(allowed_units(minutes) + 1)


def stepped_units(minutes: int, first_step: int, further_step: int) -> int:
    """Return the units of a code that counts by its own steps, each earned past its half.

    The first step is the base code's, the further ones its add-on's (rules.md, Units:
    `own-count`). 97550: 16 minutes earn the first 30, 38 one further 15.
    """
    if minutes <= first_step:
        return int(2 * minutes > first_step)
    full, rest = divmod(minutes - first_step, further_step)
    return 1 + full + int(2 * rest > further_step)


def next_step_at(minutes: int, first_step: int, further_step: int) -> int:
    """Return the whole minutes at which a code with own steps earns one more unit."""
    units = stepped_units(minutes, first_step, further_step)
    if units == 0:
        return first_step // 2 + 1
    return first_step + (units - 1) * further_step + further_step // 2 + 1


@dataclass(frozen=True)
class Pool:
    """How the pooled minutes of a visit are shared (cms).

    Each code has its full 15s; `sure` get one unit more, since no other code has as many minutes
    left over; of the `tied`, `free` may get one, whichever the clinician chooses.
    """

    minutes: Mapping[str, int]
    full: Mapping[str, int]
    left_over: Mapping[str, int]
    allowed: int
    sure: tuple[str, ...]
    tied: tuple[str, ...]
    free: int

    def with_extra(self, codes: tuple[str, ...]) -> dict[str, int]:
        """Return the units of every code if `codes` get those of the tie."""
        winners = {*self.sure, *codes}
        return {code: units + (code in winners) for code, units in self.full.items()}

    def ways(self) -> Iterator[dict[str, int]]:
        """Yield every allocation that the rule leaves to the clinician; one without a tie."""
        for codes in combinations(self.tied, self.free):
            yield self.with_extra(codes)

    def count_of_ways(self) -> int:
        """Return how many allocations there are, without making them."""
        return comb(len(self.tied), self.free)

    def allows(self, units: Mapping[str, int]) -> bool:
        """Return whether `units` is one of the ways."""
        if set(units) != set(self.full):
            return False
        extra = [code for code in self.full if units[code] != self.full[code]]
        return (
            all(units[code] == self.full[code] + 1 for code in extra)
            and set(self.sure) <= set(extra) <= {*self.sure, *self.tied}
            and len(extra) == len(self.sure) + self.free
        )

    def pick(self, would_be_cut: Callable[[str, Mapping[str, int]], bool]) -> dict[str, int]:
        """Return the allocation that stands until the clinician chooses (rules.md, Ties).

        One unit after the other: first to a code that no cap would cut, then to one without a
        unit yet, then to the one with more minutes, then to the one timed (or given) first.
        `would_be_cut(code, units)` says whether a cap would cut a unit of `code` where each code
        has so many.
        """
        winners: list[str] = []
        left = sorted(self.tied, key=lambda code: (self.full[code] > 0, -self.minutes[code]))
        while len(winners) < self.free:
            fitting = (c for c in left if not would_be_cut(c, self.with_extra((*winners, c))))
            winner = next(fitting, left[0])
            left.remove(winner)
            winners.append(winner)
        return self.with_extra(tuple(winners))


def pool(minutes: Mapping[str, int]) -> Pool:
    """Share the allowed units of the pooled codes' minutes, given in the order of timing.

    The remaining units go one each to the largest remainders. There are never more of them than
    codes with a remainder: n remainders of at most 14 minutes pool to at most n units.
    """
    allowed = allowed_units(sum(minutes.values()))
    full = {code: each // MINUTES_PER_UNIT for code, each in minutes.items()}
    left_over = {code: each % MINUTES_PER_UNIT for code, each in minutes.items()}
    extra = allowed - sum(full.values())
    if extra == 0:
        return Pool(minutes, full, left_over, allowed, (), (), 0)
    last = sorted(left_over.values(), reverse=True)[extra - 1]
    sure = tuple(code for code, rest in left_over.items() if rest > last)
    tied = tuple(code for code, rest in left_over.items() if rest == last)
    if len(sure) + len(tied) == extra:
        return Pool(minutes, full, left_over, allowed, sure + tied, (), 0)
    return Pool(minutes, full, left_over, allowed, sure, tied, extra - len(sure))
