"""Which fees does a file hold? Two columns: a code, and what is allowed for a unit of it."""

import csv
from pathlib import Path

from ptimer.operations import named_files
from ptimer.operations.errors import BadData, shown
from ptimer.operations.fees import TypedFee
from ptimer.wording import Sentence, say

COLUMNS = ("code", "fee")
_DELIMITERS = (",", ";", "\t", "|")
_MOST_BYTES = 1_000_000


def read(path: Path) -> list[TypedFee]:
    """Return the fees of a CSV file with the columns `code` and `fee`, in any order.

    Raises:
        Misused: there is no such file.
        BadData: it is no such CSV; the line is named.
    """
    named_files.existing_file(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadData(
            say("{file} can't be read: {why}", file=path.name, why=error.strerror or str(error))
        ) from error
    if len(content) > _MOST_BYTES:
        raise BadData(say("{file} is too long to be a list of fees", file=path.name))
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadData(
            say("{file} is not UTF-8 text: save it as CSV UTF-8", file=path.name)
        ) from None
    return _fees(lines, path.name)


def _fees(lines: list[str], name: str) -> list[TypedFee]:
    first = lines[0] if lines else ""
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise BadData(say("{file}: {why}", file=name, why=str(error))) from None
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    if not set(COLUMNS) <= set(header):
        raise _bad_line(1, say("the header must name the columns code and fee"))
    at_code, at_fee = (header.index(column) for column in COLUMNS)
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) <= max(at_code, at_fee):
            raise _bad_line(
                number, say("it has too few columns: {row}", row=shown(",".join(row), 60))
            )
        found.append(TypedFee(row[at_code].strip(), row[at_fee].strip()))
    return found


def _bad_line(number: int, what: Sentence) -> BadData:
    return BadData(say("line {number}: {what}", number=number, what=what), lines=(number,))
