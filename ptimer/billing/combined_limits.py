"""Which units go where several codes have more together than their payer allows a day?

Source: rules.md, Caps (`daily-limit`): a payer may limit codes together. Minutes are never
touched, and what is cut goes to no other code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ptimer.billing.payers import CombinedLimit, Effect, Payer
from ptimer.billing.unit_limits import told_by
from ptimer.wording import Sentence, listed, say


@dataclass(frozen=True)
class Share:
    """What a code bills after its own limit, its add-on's units included."""

    code: str
    minutes: int
    units: int
    first_step: int
    further_step: int

    @property
    def minutes_of_last(self) -> int:
        """The minutes that its last unit stands for: at most a step's."""
        if self.units <= 1:
            return min(self.minutes, self.first_step)
        before = self.first_step + (self.units - 2) * self.further_step
        return min(self.minutes - before, self.further_step)


@dataclass(frozen=True)
class Together:
    """Codes of a visit that have more units than they may have together."""

    limit: CombinedLimit
    payer: Payer
    codes: tuple[str, ...]
    """Those of its codes that bill anything, in the order in which they were first timed."""
    units: int
    """What they have before this limit, and after each code's own."""
    taken: tuple[tuple[str, int], ...] = ()
    """The codes that lose units, and how many each; none where the limit only warns."""

    @property
    def source(self) -> str:
        """Whose limit it is, and why."""
        return told_by(self.payer, self.limit.reason)

    def taken_of(self, code: str) -> int:
        """Return how many units this code loses."""
        return dict(self.taken).get(code, 0)

    def warning(self, code: str, left: int) -> Sentence:
        """Return what to say at the line of a code that is left with so many units."""
        return say(
            "{codes} have {units:plural:unit,units} together, and {payer} pays at most {most} a "
            "day: {code} is cut to {left}. Its minutes stay as they are",
            codes=listed(self.codes),
            units=self.units,
            payer=self.payer.name,
            most=self.limit.units,
            code=code,
            left=left,
        )

    def advice(self) -> Sentence:
        """Return what to say where the limit only warns."""
        return say(
            "{codes} have {units:plural:unit,units} together, more than the {most} a day that "
            "{payer} usually pays: they may be paid with documentation",
            codes=listed(self.codes),
            units=self.units,
            most=self.limit.units,
            payer=self.payer.name,
        )

    def step(self) -> Sentence:
        """Return how the units that go were found."""
        return say(
            "{codes} have {units:plural:unit,units} together, and at most {most} a day may be "
            "billed ({source}): what stands for the fewest minutes goes first, {taken}; no other "
            "code gets what is cut",
            codes=listed(self.codes),
            units=self.units,
            most=self.limit.units,
            source=self.source,
            taken=listed(
                [say("{units} of {code}", units=units, code=code) for code, units in self.taken]
            ),
        )


def judge(shares: Iterable[Share], limit: CombinedLimit, payer: Payer) -> Together | None:
    """Return what a limit does to the codes of a visit; None while they are within it.

    Units go one by one, so that the minutes that stay billed are as many as can be: first the
    last unit that stands for the fewest minutes; of several such the one of the code with more
    units, so that no code falls off the claim without need; then of the code with fewer minutes;
    then of the one that was timed later.
    """
    left = {each.code: each for each in shares if each.code in limit.codes and each.units}
    units = sum(each.units for each in left.values())
    if units <= limit.units:
        return None
    codes = tuple(left)
    if limit.effect is Effect.WARN:
        return Together(limit, payer, codes, units)
    taken = dict.fromkeys(codes, 0)
    for _ in range(units - limit.units):
        loser = _weakest(left.values())
        taken[loser.code] += 1
        left[loser.code] = replace(loser, units=loser.units - 1)
    return Together(limit, payer, codes, units, tuple((c, n) for c, n in taken.items() if n))


def _weakest(shares: Iterable[Share]) -> Share:
    later_first = reversed([each for each in shares if each.units])
    return min(later_first, key=lambda each: (each.minutes_of_last, -each.units, each.minutes))
