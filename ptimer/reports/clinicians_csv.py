"""The clinicians' file for an audit: one row for each entry, or for a clinician without any."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import TextIO

from ptimer.reports.cells import harmless


@dataclass(frozen=True)
class ClinicianLine:
    """One row; what there is nothing to tell of is empty. Times are ISO 8601."""

    clinician: str
    credentials: str
    discipline: str
    npi: str
    entry_id: str = ""
    kind: str = ""
    title: str = ""
    date: str = ""
    expires_on: str = ""
    hours: str = ""
    file_name: str = ""
    note: str = ""
    recorded_by: str = ""
    recorded_at: str = ""
    voided_at: str = ""
    voided_by: str = ""
    void_reason: str = ""


COLUMNS = tuple(each.name for each in fields(ClinicianLine))


def write(lines: Iterable[ClinicianLine], out: TextIO) -> int:
    """Write header and rows as RFC 4180 has them, and return how many rows there were."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    written = 0
    for line in lines:
        writer.writerow([harmless(cell) for cell in astuple(line)])
        written += 1
    return written
