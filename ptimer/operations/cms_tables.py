"""What do CMS's tables say of the codes of the code book? Pairs (PTP), or units a day (MUE).

The rows are told by what they hold, whatever stands above them; each is looked at, and those of
foreign codes are left out. One bad row, and nothing is taken.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain
from pathlib import Path

from ptimer.billing.editions import Kind, MueRow, SourceFile
from ptimer.billing.ptp_edits import PairRow
from ptimer.operations import cms_files, cms_names, named_files
from ptimer.operations.bad_tables import BadTable
from ptimer.operations.cms_files import Table, Told
from ptimer.operations.errors import BadData, shown
from ptimer.operations.xlsx_rows import Row
from ptimer.wording import Sentence, say

_MOST_ABOVE = 60
"""Rows of copyright, title and header above the first row of a table."""

_MOST_UNITS = 99_999
_MOST_OF_A_RATIONALE = 200
_PAIR_COLUMNS = 7
_CODE = re.compile(r"[0-9A-Z]{5}")
_DAY = re.compile(r"\d{8}(?:\.0+)?")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_FIRST_SERIAL = date(1899, 12, 30)
_INDICATORS = {"0": 0, "1": 1, "9": 9, "0.0": 0, "1.0": 1, "9.0": 9}
_NO_END = ("*", "")


@dataclass(frozen=True)
class CmsTable:
    """A table as it was read: rows among the codes of the book."""

    kind: Kind
    in_force_from: date
    files: tuple[SourceFile, ...]
    pairs: tuple[PairRow, ...] = ()
    limits: tuple[MueRow, ...] = ()

    @property
    def rows_kept(self) -> int:
        """How many rows are among the codes of the book."""
        return len(self.pairs) + len(self.limits)


def read(path: Path, codes: Collection[str], told: Told) -> CmsTable:
    """Read a table; the other parts of one that CMS divides are found beside it.

    Raises:
        Misused: there is no such file, or a part is missing.
        BadData: it is no table of practitioners' pairs or units of a known quarter, or cut off, or
            damaged.
    """
    named_files.existing_file(path)
    paths = cms_names.parts_of(path)
    sizes = [each.stat().st_size for each in paths]
    reading = _Reading(frozenset(codes))
    for place, each in enumerate(paths):
        before, whole = sum(sizes[:place]), sum(sizes)

        def tell(done: int, _: int, before: int = before, whole: int = whole) -> None:
            told(before + done, whole)

        try:
            reading.add(each, tell)
        except BadTable as error:
            raise _bad_data(each, error) from error
    try:
        return reading.result()
    except BadTable as error:
        raise _bad_data(path, error) from error


def _bad_data(path: Path, error: BadTable) -> BadData:
    file = shown(path.name, 120)
    if error.line is None:
        return BadData(say("Nothing came in from {file}: {why}", file=file, why=error.sentence))
    return BadData(
        say(
            "Nothing came in from {file}. {line}",
            file=file,
            line=say("line {number}: {sentence}", number=error.line, sentence=error.sentence),
        ),
        lines=(error.line,),
    )


class _Reading:
    """Collects the parts of one table."""

    def __init__(self, codes: frozenset[str]) -> None:
        self._codes = codes
        self._kind: Kind | None = None
        self._first_days: set[date] = set()
        self._files: list[SourceFile] = []
        self._pairs: list[PairRow] = []
        self._limits: dict[str, MueRow] = {}
        self._read = 0

    def add(self, path: Path, told: Told) -> None:
        """Read a file."""
        before = self._read
        for table in cms_files.tables_of(path, told):
            for name in dict.fromkeys((path.name, table.name)):
                cms_names.check_for_practitioners(name)
                first = cms_names.first_day(name)
                if first is not None:
                    self._first_days.add(first)
            self._add_table(table)
        self._files.append(SourceFile(shown(path.name, 200), _sha256(path), self._read - before))

    def result(self) -> CmsTable:
        """Return the whole table."""
        if self._kind is None or not (self._pairs or self._limits):
            raise BadTable(say("no row of it is about a code of the code book"))
        if len(self._first_days) > 1:
            days = " ".join(str(day) for day in sorted(self._first_days))
            raise BadTable(say("its names tell different dates: {days}", days=days))
        if not self._first_days:
            raise BadTable(
                say(
                    "no name tells from when it counts: keep the name that CMS gave it, which "
                    "holds the quarter, such as 2026q3"
                )
            )
        return CmsTable(
            self._kind,
            self._first_days.pop(),
            tuple(self._files),
            tuple(self._pairs),
            tuple(self._limits.values()),
        )

    def _add_table(self, table: Table) -> None:
        kind, rows = _begin(table)
        if self._kind not in (None, kind):
            raise BadTable(say("its parts are not of one table"))
        self._kind = kind
        if kind is Kind.PTP:
            self._add_pairs(rows, table)
        else:
            self._add_limits(rows)

    def _add_pairs(self, rows: Iterator[Row], table: Table) -> None:
        codes, kept = self._codes, self._pairs
        least = _PAIR_COLUMNS if table.text else _PAIR_COLUMNS - 1
        count = 0
        why, before = "", set[str]()
        for number, cells in rows:
            if len(cells) < least or len(cells[0]) != 5 or len(cells[1]) != 5:
                if any(cell.strip() for cell in cells):
                    raise BadTable(_no_pair(), number)
                continue
            count += 1
            before.add(why)
            why = cells[-1]
            if cells[0] in codes and cells[1] in codes:
                kept.append(_pair(number, cells))
        # A row that is cut off within its last words: they are the first of their kind.
        if table.text and not table.text.ended and why not in before:
            raise BadTable(_no_pair(), number)
        self._read += count

    def _add_limits(self, rows: Iterator[Row]) -> None:
        for number, cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            row = _limit(number, cells)
            self._read += 1
            if row.code in self._codes:
                known = self._limits.setdefault(row.code, row)
                if known != row:
                    raise BadTable(say("{code} is there twice", code=row.code), number)


def _no_pair() -> Sentence:
    return say("it is no row of pairs: the file is cut off or damaged")


def _begin(table: Table) -> tuple[Kind, Iterator[Row]]:
    """Return which table it is, and its rows from the first one on."""
    for place, (number, cells) in enumerate(table.rows):
        if _is_pair(cells):
            return Kind.PTP, chain([(number, cells)], table.rows)
        names = [" ".join(cell.split()).casefold() for cell in cells]
        if any("mue value" in name for name in names):
            _check_mue_header(names)
            return Kind.MUE, table.rows
        if place == _MOST_ABOVE:
            break
    raise BadTable(say("it is neither CMS's table of pairs (PTP) nor that of units a day (MUE)"))


def _is_pair(cells: list[str]) -> bool:
    return (
        len(cells) >= _PAIR_COLUMNS - 1
        and all(_CODE.fullmatch(cell) for cell in cells[:2])
        and (_DAY.fullmatch(cells[3]) or _SERIAL.fullmatch(cells[3])) is not None
    )


def _check_mue_header(names: list[str]) -> None:
    if not (
        names[0].replace(" ", "") == "hcpcs/cptcode"
        and "mue value" in (names[1:2] or [""])[0]
        and "indicator" in (names[2:3] or [""])[0]
    ):
        raise BadTable(say("its columns are not those of CMS's table of units a day (MUE)"))
    if not names[1].startswith("practitioner"):
        of_others = say("the table of units a day for others")
        raise BadTable(cms_names.of_others(of_others))


def _pair(number: int, cells: list[str]) -> PairRow:
    indicator = _INDICATORS.get(cells[5].strip())
    if indicator is None:
        raise BadTable(
            say("{value} is no modifier indicator (0, 1 or 9)", value=shown(cells[5])), number
        )
    ended = cells[4].strip()
    return PairRow(
        cells[0],
        cells[1],
        indicator,
        _day(number, cells[3].strip()),
        None if ended in _NO_END else _day(number, ended),
        " ".join(cells[6].split())[:_MOST_OF_A_RATIONALE] if len(cells) > 6 else "",
    )


def _day(number: int, text: str) -> date:
    """Return a date written as `20260701`, or in a sheet as the number of a day."""
    digits = text.partition(".")[0]
    try:
        if _DAY.fullmatch(text) and text.isascii():
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if _SERIAL.fullmatch(text) and text.isascii():
            return _FIRST_SERIAL + timedelta(days=int(digits))
    except ValueError:
        pass
    raise BadTable(say("{value} is no date such as 20260701", value=shown(text)), number)


def _limit(number: int, cells: list[str]) -> MueRow:
    if len(cells) < 3 or not _CODE.fullmatch(cells[0].strip()):
        raise BadTable(say("it is no row of units a day: the file is cut off or damaged"), number)
    units = cells[1].strip().removesuffix(".0")
    if not (units.isascii() and units.isdigit() and int(units[:9]) <= _MOST_UNITS):
        raise BadTable(say("{value} is no number of units", value=shown(cells[1])), number)
    indicator = cells[2].strip()[:1]
    if indicator not in ("1", "2", "3"):
        raise BadTable(
            say("{value} is no adjudication indicator (1, 2 or 3)", value=shown(cells[2])), number
        )
    return MueRow(cells[0].strip(), int(units), int(indicator))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
