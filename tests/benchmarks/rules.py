"""How long is it until a table of a million rows, as CMS publishes it, is in the record?"""

import time
import zipfile
from pathlib import Path

from ptimer.operations import rule_importing
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import SystemClock
from tests import cms_samples as cms

RUNS = 5
ROWS = 1_000_000
_WHY = "Misuse of Column Two code with Column One code"


def tables(folder: Path) -> tuple[Path, Path]:
    """Write the table as text and as sheets, each in four parts; return the first of each."""
    ours = cms.pair_rows()
    foreign = [
        (str(10_000 + number // 1000), str(20_000 + number % 1000), "20200101", "*", "1", _WHY)
        for number in range(ROWS - len(ours))
    ]
    rows = foreign + ours
    parts = cms.ptp_parts(folder, rows)
    quarter = ROWS // 4
    for part in range(4):
        path = folder / f"sheets-2026q3-f{part + 1}.xlsx"
        cms.ptp_sheet(path, rows[part * quarter : (part + 1) * quarter])
    return parts, folder / "sheets-2026q3-f1.xlsx"


def imported(folder: Path, table: Path) -> float:
    """Return the seconds of an import; only the first one of a table writes anything."""
    clinic = open_clinic(folder, SystemClock())
    started = time.perf_counter()
    rule_importing.import_tables(clinic, table)
    passed = time.perf_counter() - started
    clinic.close()
    return passed


def split(first: Path) -> float:
    """Return the seconds in which all parts are unzipped and their lines split."""
    started = time.perf_counter()
    for path in first.parent.glob("*-f?.zip"):
        with zipfile.ZipFile(path) as file, file.open(file.namelist()[0]) as part:
            for line in part.read().decode("latin-1").splitlines():
                line.split("\t")
    return time.perf_counter() - started
