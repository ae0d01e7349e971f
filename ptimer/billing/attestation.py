"""Where does the clinician's word part an NCCI pair, and what proves it?

Source: rules.md, On the same day (`ptp-pair`). Never silent: without an attestation no line
carries a modifier; one that a person removed stays removed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ptimer.billing.ptp_edits import PtpEdit
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch
from ptimer.wording import Sentence, say

MODIFIERS: Mapping[str, str] = {
    "59": "a distinct service",
    "XE": "another encounter of the day",
    "XS": "another part of the body",
    "XP": "another practitioner",
    "XU": "unusual, and apart from the other",
}
"""What each says, in plain words; the first one is offered first."""


def modifier_words(modifier: str) -> Sentence:
    """Return what a modifier says."""
    return say(MODIFIERS[modifier])


REMOVED = ""
"""In the place of a modifier: a person took it off, or said that there is to be none."""


@dataclass(frozen=True)
class Attestation:
    """What a person said of a pair; the last word counts."""

    column1: str
    column2: str
    modifier: str
    by: str
    at: Instant

    @property
    def pair(self) -> tuple[str, str]:
        """The two codes."""
        return self.column1, self.column2


class Standing(StrEnum):
    """How a pair stands."""

    OPEN = "open"
    """Nobody has said anything yet."""
    ATTESTED = "attested"
    REMOVED = "removed"
    SHARED = "shared"
    """Their minutes were not apart: nothing can be attested, and no earlier word counts."""
    NEVER = "never"
    """No modifier helps."""


@dataclass(frozen=True)
class Pair:
    """A pair of a visit: what the table says, and what the clinician said."""

    edit: PtpEdit
    standing: Standing
    attestation: Attestation | None = None

    @property
    def modifier(self) -> str:
        """The modifier on the second code's lines; empty where there is none."""
        if self.standing is not Standing.ATTESTED or self.attestation is None:
            return ""
        return self.attestation.modifier

    def told(self) -> Sentence:
        """Return what to say of it."""
        codes = {"column1": self.edit.column1, "column2": self.edit.column2}
        if self.attestation is not None and self.standing is Standing.ATTESTED:
            return say(
                "{column1} and {column2} are an NCCI pair: {by} attests that their minutes were "
                "apart, so {column2} carries {modifier}",
                by=self.attestation.by,
                modifier=self.attestation.modifier,
                **codes,
            )
        if self.attestation is not None and self.standing is Standing.REMOVED:
            return say(
                "{column1} and {column2} are an NCCI pair: {by} wants no modifier, so {column2} "
                "is not paid beside {column1}",
                by=self.attestation.by,
                **codes,
            )
        if self.standing is Standing.SHARED:
            return say(
                "{column1} and {column2} are an NCCI pair, and some of their minutes are the "
                "same: {column2} is not paid beside {column1}",
                **codes,
            )
        return self.edit.warning()


def pairs_of(
    edits: Iterable[PtpEdit],
    attestations: Mapping[tuple[str, str], Attestation],
    stretches: Mapping[str, tuple[Stretch, ...]],
) -> tuple[Pair, ...]:
    """Return how each pair of a visit stands; `stretches` are the times of each code."""
    return tuple(
        Pair(edit, _standing(edit, attestations.get(pair), stretches), attestations.get(pair))
        for edit in edits
        for pair in [(edit.column1, edit.column2)]
    )


def share_time(ones: Iterable[Stretch], others: Iterable[Stretch]) -> bool:
    """Return whether a moment belongs to both."""
    rest = list(others)
    return any(one.overlaps(other) for one in ones for other in rest)


def _standing(
    edit: PtpEdit,
    attestation: Attestation | None,
    stretches: Mapping[str, tuple[Stretch, ...]],
) -> Standing:
    if not edit.modifier_helps:
        return Standing.NEVER
    if share_time(stretches.get(edit.column1, ()), stretches.get(edit.column2, ())):
        return Standing.SHARED
    if attestation is None:
        return Standing.OPEN
    return Standing.REMOVED if attestation.modifier == REMOVED else Standing.ATTESTED
