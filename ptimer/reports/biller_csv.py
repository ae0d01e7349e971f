"""The biller's CSV: one row for each visit, code and modifier set (cli.md, Files).

The columns stand in this order and never change without a new `LAYOUT_VERSION`.
"""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TextIO

from ptimer.reports.cells import harmless

LAYOUT_VERSION = "1"
UNIT_BASIS = "UN"


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

    @property
    def modifiers(self) -> str:
        """The modifiers as one text."""
        given = (self.modifier_1, self.modifier_2, self.modifier_3, self.modifier_4)
        return " ".join(each for each in given if each)


COLUMNS = tuple(field.name for field in fields(BillerLine))

OF_THE_BATCH = ("line_id", "line_status", "batch_id", "exported_at")
"""Columns that say when a line went out, not what it says."""


def write(lines: Iterable[BillerLine], out: TextIO, *, delimiter: str = ",") -> None:
    """Write header and rows, RFC 4180 with CRLF; `out` must not translate line ends."""
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow(
            harmless(value) if isinstance(value, str) else value for value in astuple(line)
        )
