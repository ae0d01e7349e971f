"""What does the name of a file of CMS's tell? From when it counts, its other parts, for whom.

Such as `medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f1.zip` and, in another one,
`MCR_MUE_PractitionerServices_Eff_10-01-2025.csv`.
"""

import re
from datetime import date
from pathlib import Path

from ptimer.operations.bad_tables import BadTable
from ptimer.operations.errors import Misused, shown
from ptimer.wording import Sentence, listed, say

PARTS = 4
"""Into so many files CMS divides the practitioners' pairs; more are taken along."""

_DAY = re.compile(r"eff[-_ ]?(\d{1,2})[-_.](\d{1,2})[-_.](20\d\d)", re.IGNORECASE)
_QUARTER = re.compile(r"(20\d\d)[-_ ]?q([1-4])(?!\d)", re.IGNORECASE)
_VERSION = re.compile(r"(?<![a-z0-9])v(\d\d)\.?([0-4])(?:r\d+)?(?!\d)", re.IGNORECASE)
_PART = re.compile(r"(.*[-_ ]f)([1-9])((?:\.[a-z]+)?)", re.IGNORECASE)
_YEAR_OF_VERSION = 1994
"""v30 is the year 2024, v31 the next one."""

_OTHERS = (
    (re.compile(r"medicaid", re.IGNORECASE), say("Medicaid's table")),
    (re.compile(r"ccioph|hospital", re.IGNORECASE), say("the hospitals' table of pairs")),
    (re.compile(r"^aoc|add-?on", re.IGNORECASE), say("the table of add-on codes")),
)


def first_day(name: str) -> date | None:
    """Return from when the table of a file counts; None where its name does not tell."""
    found = _DAY.search(name)
    if found:
        month, day, year = map(int, found.groups())
        try:
            return date(year, month, day)
        except ValueError:
            return None
    found = _QUARTER.search(name)
    if found:
        return date(int(found[1]), int(found[2]) * 3 - 2, 1)
    found = _VERSION.search(name)
    if found:
        quarter = min(int(found[2]), 3)
        return date(_YEAR_OF_VERSION + int(found[1]), quarter * 3 + 1, 1)
    return None


def quarter(day: date) -> str:
    """Return a table's name by its first day: `2026 Q3`, or the day itself."""
    if day.day == 1 and day.month % 3 == 1:
        return f"{day.year} Q{day.month // 3 + 1}"
    return day.isoformat()


def check_for_practitioners(name: str) -> None:
    """Check that a file is not another table of CMS's.

    Raises:
        BadTable: its name says that it is.
    """
    for pattern, table in _OTHERS:
        if pattern.search(name):
            raise BadTable(of_others(table))


def of_others(table: Sentence) -> Sentence:
    """Say that a table is not the one for practitioners."""
    return say("it is {table}: ptimer needs the one for practitioners", table=table)


def parts_of(path: Path) -> tuple[Path, ...]:
    """Return all parts of a table of which a file is one: they lie beside it.

    Raises:
        Misused: some are missing.
    """
    found = _PART.fullmatch(path.name)
    if not found:
        return (path,)
    parts = [path.with_name(f"{found[1]}{number}{found[3]}") for number in range(1, 10)]
    there = [part for part in parts if part.is_file()]
    missing = [part.name for part in parts[:PARTS] if part not in there]
    if missing:
        raise Misused(
            say(
                "{file} is one part of {parts}: put {missing} beside it, since a table counts "
                "only as a whole",
                file=shown(path.name, 120),
                parts=PARTS,
                missing=listed([shown(name, 120) for name in missing]),
            )
        )
    return tuple(there)
