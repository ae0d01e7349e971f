"""Is the year's threshold near, past which Medicare pays only what carries KX?

Source: rules.md, Modifiers. The amounts are allowed charges of all providers: what is signed on
this PC is added up from a fee list, and a person types the rest. All amounts are whole cents.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ptimer.billing.codebook import Discipline
from ptimer.wording import Sentence, say, strung

RULE = "kx"

POOLS: Mapping[Discipline, str] = {
    Discipline.PT: "PT and SLP",
    Discipline.SLP: "PT and SLP",
    Discipline.OT: "OT",
}
"""Whose charges are counted together."""

_POOL_WORDS = {"PT and SLP": "PT and SLP", "OT": "OT"}

NEAR_PERCENT = 90
"""From which part of the threshold on ptimer says that it is near; our own figure."""


@dataclass(frozen=True)
class KxThreshold:
    """A year's threshold in cents, and where it is written."""

    cents: int
    source: str


class Reach(StrEnum):
    """How far a year has come."""

    UNKNOWN = "unknown"
    """No threshold of the year is known."""
    BELOW = "below"
    NEAR = "near"
    REACHED = "reached"


@dataclass(frozen=True)
class YearSum:
    """What a patient's year came to, this visit included."""

    year: int
    pool: str
    here: int
    """Other visits that were signed on this PC, up to the date of this one."""
    elsewhere: int | None
    """All other providers'; None where nobody typed it."""
    this_visit: int
    threshold: KxThreshold | None
    without_fee: tuple[str, ...] = ()
    """Codes with units, of this visit or others, whose fee is not known."""

    @property
    def total(self) -> int:
        """All that is known."""
        return self.here + (self.elsewhere or 0) + self.this_visit

    @property
    def reach(self) -> Reach:
        """How far it has come."""
        if self.threshold is None:
            return Reach.UNKNOWN
        if self.total >= self.threshold.cents:
            return Reach.REACHED
        near = self.total * 100 >= self.threshold.cents * NEAR_PERCENT
        return Reach.NEAR if near else Reach.BELOW

    def told(self) -> Sentence:
        """Return what it came to, and how."""
        return say(
            "{pool} in {year}: {total} of {threshold} ({here} signed on this PC, {elsewhere} "
            "elsewhere, {visit} in this visit){gaps}",
            pool=say(_POOL_WORDS[self.pool]),
            year=self.year,
            total=dollars(self.total),
            threshold=dollars(self.threshold.cents) if self.threshold else "?",
            here=dollars(self.here),
            elsewhere="?" if self.elsewhere is None else dollars(self.elsewhere),
            visit=dollars(self.this_visit),
            gaps=say("; no fee is known for {codes}", codes=strung(self.without_fee))
            if self.without_fee
            else "",
        )

    def brief(self) -> Sentence:
        """Return what is to be done, without the sum."""
        return say("The year's threshold is reached: attest that the treatment is necessary (KX)")

    def to_do(self) -> Sentence:
        """Return what is to be done about it; empty while it is far."""
        if self.reach is Reach.REACHED:
            return say(
                "The year's threshold is reached: attest that the treatment is necessary (KX), or "
                "it is not paid. {sum}",
                sum=self.told(),
            )
        if self.reach is Reach.NEAR:
            return say("The year's threshold is near. {sum}", sum=self.told())
        return say("")


def charges(units: Mapping[str, int], fees: Mapping[str, int]) -> tuple[int, tuple[str, ...]]:
    """Return what units come to in cents, and the codes without a fee."""
    known = sum(each * fees[code] for code, each in units.items() if code in fees)
    return known, tuple(code for code, each in units.items() if each and code not in fees)


def dollars(cents: int) -> str:
    """Return an amount as one writes it: `$2,480.00`."""
    return f"${cents // 100:,}.{cents % 100:02d}"
