"""Which codes of a visit are a pair that NCCI edits on a date, and may a modifier part them?

Source: rules.md, On the same day (`ptp-pair`). An edit is about the claim of one day, not about
doing both: what may not share a minute is another rule's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ptimer.wording import Sentence, say

RULE = "ptp-pair"

NEVER, WITH_MODIFIER, VOID = 0, 1, 9
"""CMS's modifier indicators: no modifier helps; one does; the row never counted."""


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of the table. `first` and `last` are both days on which it counts."""

    column1: str
    column2: str
    indicator: int
    first: date
    last: date | None = None
    rationale: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The paid code and the one that is denied without a modifier."""
        return self.column1, self.column2

    def in_force(self, day: date) -> bool:
        """Return whether the row counts for a service of that date.

        One that ended on the day of its start never counted.
        """
        if self.indicator == VOID or day < self.first:
            return False
        return self.last is None or (day <= self.last and self.last != self.first)


@dataclass(frozen=True, slots=True)
class PtpEdit:
    """A pair in force: `column2` needs a modifier, or is not paid at all."""

    column1: str
    column2: str
    indicator: int
    edition: str
    source: str
    rationale: str = ""

    @property
    def modifier_helps(self) -> bool:
        """Whether both are paid where the clinician attests that their minutes were apart."""
        return self.indicator == WITH_MODIFIER

    def warning(self) -> Sentence:
        """Return what to say where both are billed on one day."""
        if self.modifier_helps:
            return say(
                "{column1} and {column2} are an NCCI pair: on one day {column2} is paid only "
                "with modifier 59, XE, XS, XP or XU, and only if its minutes were apart",
                column1=self.column1,
                column2=self.column2,
            )
        return say(
            "{column1} and {column2} are an NCCI pair: on one day {column2} is not paid beside "
            "{column1}, and no modifier helps",
            column1=self.column1,
            column2=self.column2,
        )


@dataclass(frozen=True)
class PtpEdits:
    """The pairs in force on a date, by column 1 and column 2; `edition` names their table."""

    edition: str = ""
    source: str = ""
    rows: Mapping[tuple[str, str], PairRow] | None = None

    def __getitem__(self, pair: tuple[str, str]) -> PairRow | None:
        return None if self.rows is None else self.rows.get(pair)


NONE_KNOWN = PtpEdits()
"""Of a date before the first table that is known."""


def in_force(rows: Iterable[PairRow], day: date) -> dict[tuple[str, str], PairRow]:
    """Return the rows that count on a date; of several of one pair, the one that forbids more."""
    found: dict[tuple[str, str], PairRow] = {}
    for row in rows:
        if row.in_force(day):
            known = found.get(row.pair)
            if known is None or row.indicator < known.indicator:
                found[row.pair] = row
    return found


def edits_among(codes: Sequence[str], edits: PtpEdits) -> tuple[PtpEdit, ...]:
    """Return the pairs that some codes of one visit make, in the order of the codes."""
    return tuple(
        PtpEdit(*row.pair, row.indicator, edits.edition, edits.source, row.rationale)
        for column2 in codes
        for column1 in codes
        for row in [edits[column1, column2]]
        if row is not None
    )
