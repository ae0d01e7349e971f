"""The biller's CSV: one row for each visit, code and modifier set (cli.md, Files).

The columns stand in this order and never change without a new `LAYOUT_VERSION`.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

LAYOUT_VERSION = "1"
UNIT_BASIS = "UN"

NEW, CORRECTION, VOID = "NEW", "CORRECTION", "VOID"
"""A line that is new to the biller; in place of the one of its id; the one of its id no longer."""


@dataclass(frozen=True)
class BillerLine:
    """One row of the biller's CSV; what can't be filled is empty, never guessed.

    Times are local `HH:MM`, minutes and units whole numbers.
    """

    line_id: str
    encounter_id: str
    line_status: str
    patient_id: str
    date_of_service: str
    payer: str
    rendering_provider: str
    rendering_npi: str
    supervising_npi: str
    place_of_service: str
    code: str
    modifier_1: str
    modifier_2: str
    modifier_3: str
    modifier_4: str
    diagnosis_pointers: str
    units: int
    unit_basis: str
    minutes: int
    timed: str
    total_timed_minutes: int
    total_treatment_minutes: int
    time_in: str
    time_out: str
    unit_rule: str
    charge: str
    flags: str
    batch_id: str
    exported_at: str
    layout_version: str
    beyond: tuple[str, ...] = ()
    """Modifiers past the fourth, for which a claim's line has no room; no column."""

    @property
    def all_modifiers(self) -> tuple[str, ...]:
        """Every modifier that the line should carry, with room for it or without."""
        given = (self.modifier_1, self.modifier_2, self.modifier_3, self.modifier_4)
        return (*(each for each in given if each), *self.beyond)

    @property
    def modifiers(self) -> str:
        """The modifiers that a claim's line has room for, as one text."""
        given = (self.modifier_1, self.modifier_2, self.modifier_3, self.modifier_4)
        return " ".join(each for each in given if each)


COLUMNS = tuple(field.name for field in fields(BillerLine) if field.name != "beyond")

OF_THE_BATCH = ("line_id", "line_status", "batch_id", "exported_at")
"""Columns that say when a line went out, not what it says."""

OF_THE_VISIT = ("total_timed_minutes", "total_treatment_minutes", "time_in", "time_out")
"""Columns that say the same on every row of a visit, and nothing of the claim's own line."""


class TextTarget(Protocol):
    """Whatever a CSV can be written into."""

    def write(self, text: str, /) -> object:
        """Take a piece of it."""


class Layout(Protocol):
    """Which cells a row has, and what stands between them."""

    @property
    def delimiter(self) -> str:
        """What stands between two cells."""

    def titles(self) -> Sequence[str]:
        """Return the header's cells."""

    def cells(self, line: BillerLine) -> Sequence[str | int]:
        """Return a line's cells."""


def write(lines: Iterable[BillerLine], out: TextTarget, layout: Layout) -> None:
    """Write header and rows, RFC 4180 with CRLF; `out` must not translate line ends."""
    writer = csv.writer(out, delimiter=layout.delimiter, lineterminator="\r\n")
    writer.writerow(layout.titles())
    writer.writerows(layout.cells(line) for line in lines)
