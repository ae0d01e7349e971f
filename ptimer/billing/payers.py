"""What does a payer count by, cap, relax and want to see?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from unicodedata import normalize


class UnitRule(StrEnum):
    """How minutes become units."""

    CMS = "cms"
    MIDPOINT = "midpoint"


class Effect(StrEnum):
    """What happens above a daily limit."""

    CUT = "cut"
    WARN = "warn"


@dataclass(frozen=True)
class OwnLimit:
    """A daily limit that this payer sets for one code, and why."""

    code: str
    units: int
    effect: Effect
    reason: str = ""


@dataclass(frozen=True)
class CombinedLimit:
    """A daily maximum of several timed codes together, and why.

    A code that has an add-on counts with it: both are timed on the one.
    """

    codes: tuple[str, ...]
    units: int
    effect: Effect
    reason: str = ""


@dataclass(frozen=True)
class RequiredModifier:
    """Two characters that this payer wants on its lines, and why."""

    modifier: str
    codes: tuple[str, ...] = ()
    """On which codes' lines; none named: on all."""
    reason: str = ""

    def applies_to(self, code: str) -> bool:
        """Return whether the lines of `code` carry it."""
        return not self.codes or code in self.codes


@dataclass(frozen=True)
class Payer:
    """One payer's settings; a shipped one is read-only."""

    name: str
    unit_rule: UnitRule
    follows_mue: bool = False
    """Whether CMS's medically unlikely edits limit its units a day."""
    pays_slp_assistants: bool = True
    """Medicare does not pay speech-language pathology services of an assistant."""
    relaxes_billed_alone: bool = False
    """Whether supervised modalities may run beside a code that is billed alone."""
    relaxed_because: str = ""
    zero_unit_lines: bool = False
    """Whether a code with minutes and no unit goes to the biller."""
    own_limits: tuple[OwnLimit, ...] = field(default=())
    combined_limits: tuple[CombinedLimit, ...] = field(default=())
    required_modifiers: tuple[RequiredModifier, ...] = field(default=())
    assistant_modifiers: bool = True
    """Whether CQ and CO mark an assistant's part."""
    kx_threshold: bool = False
    """Whether KX is asked for above the year's threshold."""
    shipped: bool = False
    source: str = ""
    in_force_to: date | None = None
    """The last day on which it is offered for a new visit; visits that have it keep it."""

    def in_force(self, on: date) -> bool:
        """Return whether a new visit of that date may have it."""
        return self.in_force_to is None or on <= self.in_force_to

    def own_limit(self, code: str) -> OwnLimit | None:
        """Return the limit that the payer itself sets for `code`."""
        return next((limit for limit in self.own_limits if limit.code == code), None)

    def combined_limits_of(self, code: str) -> list[CombinedLimit]:
        """Return the limits that cut units of `code` together with those of others."""
        cuts = [limit for limit in self.combined_limits if limit.effect is Effect.CUT]
        return [limit for limit in cuts if code in limit.codes]


class Payers:
    """All payers, the shipped ones first."""

    def __init__(self, payers: Iterable[Payer]) -> None:
        """Take the payers; names are told apart without regard to capitals."""
        self._payers = {_key(payer.name): payer for payer in payers}

    def __iter__(self) -> Iterator[Payer]:
        return iter(self._payers.values())

    def find(self, name: str) -> Payer | None:
        """Return the payer of that name, whatever its capitals."""
        return self._payers.get(_key(name.strip()))

    def __getitem__(self, name: str) -> Payer:
        """Return the payer of a name that is known to be there."""
        return self._payers[_key(name)]

    def names(self) -> list[str]:
        """Return all names in order."""
        return [payer.name for payer in self]

    def offered(self, on: date) -> list[str]:
        """Return the names that a new visit of that date may have."""
        return [payer.name for payer in self if payer.in_force(on)]


def _key(name: str) -> str:
    """Return a name without regard to capitals, and to how its accents are typed."""
    return normalize("NFC", name).casefold()
