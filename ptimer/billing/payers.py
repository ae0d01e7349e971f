"""What does a payer count by, cap, relax and want to see?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from ptimer.timing.clock import Instant


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

    @property
    def codes(self) -> tuple[str, ...]:
        """The one code, as a limit of several names them."""
        return (self.code,)


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

    @property
    def limits(self) -> tuple[OwnLimit | CombinedLimit, ...]:
        """All limits that the payer itself sets, those of one code first."""
        return (*self.own_limits, *self.combined_limits)

    def own_limit(self, code: str) -> OwnLimit | None:
        """Return the limit that the payer itself sets for `code`."""
        return next((limit for limit in self.own_limits if limit.code == code), None)

    def combined_limits_of(self, code: str) -> list[CombinedLimit]:
        """Return the limits that cut units of `code` together with those of others."""
        cuts = [limit for limit in self.combined_limits if limit.effect is Effect.CUT]
        return [limit for limit in cuts if code in limit.codes]


class Payers:
    """All payers, the shipped ones first, and what those of the clinic's own said before."""

    def __init__(
        self, payers: Iterable[Payer], versions: Iterable[tuple[Instant, Payer]] = ()
    ) -> None:
        """Take the payers; names are told apart without regard to capitals.

        `versions` are those of the clinic's own, each with when it was made, in that order; the
        last one of a name is the payer as it is now.
        """
        self._versions: dict[str, list[tuple[Instant | None, Payer]]] = {
            _key(payer.name): [(None, payer)] for payer in payers
        }
        for made_at, payer in versions:
            self._versions.setdefault(_key(payer.name), []).append((made_at, payer))

    def __iter__(self) -> Iterator[Payer]:
        return (versions[-1][1] for versions in self._versions.values())

    def find(self, name: str) -> Payer | None:
        """Return the payer of that name, whatever its capitals."""
        versions = self._versions.get(_key(name.strip()))
        return versions[-1][1] if versions else None

    def __getitem__(self, name: str) -> Payer:
        """Return the payer of a name that is known to be there, as it is now."""
        return self._versions[_key(name)][-1][1]

    def known_by(self, name: str, moment: Instant | None) -> Payer:
        """Return what was known of a payer then, such as at a signature; None is now."""
        return self.of_version(name, self.version(name, moment))

    def version(self, name: str, moment: Instant | None) -> int:
        """Return which of a payer's versions was known then, counted from 0; None is now."""
        versions = self._versions[_key(name)]
        last = len(versions) - 1
        while moment is not None and last and (versions[last][0] or moment) > moment:
            last -= 1
        return last

    @property
    def last_change(self) -> Instant | None:
        """When a payer that was there was changed last; None where none ever was."""
        later = (made_at for each in self._versions.values() for made_at, _ in each[1:])
        return max((made_at for made_at in later if made_at is not None), default=None)

    def of_version(self, name: str, number: int) -> Payer:
        """Return one of a payer's versions."""
        return self._versions[_key(name)][number][1]

    def names(self) -> list[str]:
        """Return all names in order."""
        return [payer.name for payer in self]

    def offered(self, on: date) -> list[str]:
        """Return the names that a new visit of that date may have."""
        return [payer.name for payer in self if payer.in_force(on)]


def _key(name: str) -> str:
    """Return a name without regard to capitals, and to how its accents are typed."""
    return normalize("NFC", name).casefold()
