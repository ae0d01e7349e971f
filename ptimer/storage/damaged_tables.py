"""Which rows of a damaged record can be read, and whose are they?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ptimer.storage import damaged_pages, damaged_rows, table_shapes
from ptimer.storage.damaged_rows import Row, Value
from ptimer.storage.table_shapes import Shape
from ptimer.wording import Sentence, say

_SCHEMA_PAGE = 1


@dataclass(frozen=True)
class LeftOver:
    """A row that could be read, and could not be put into the new record."""

    table: str
    why: Sentence
    values: Mapping[str, Value]


@dataclass
class Found:
    """What was read so far: each table's rows by their numbers."""

    rows: dict[str, dict[int, Row]] = field(default_factory=dict)
    left: list[LeftOver] = field(default_factory=list)
    unreadable: int = 0
    lost_pages: int = 0

    def keep(self, table: str, row: Row) -> None:
        """Keep a row; of two versions of one, the one that says more."""
        rows = self.rows.setdefault(table, {})
        known = rows.get(row.rowid)
        if known is None or _says(row) > _says(known):
            rows[row.rowid] = row


def read(pages: damaged_pages.Pages, shapes: Mapping[str, Shape]) -> Found:
    """Return the rows that pages hold, each with the table that it belongs to."""
    found = Found()
    claimed = pages.free() | {_SCHEMA_PAGE}
    for table, root in _roots(pages):
        leaves, lost = damaged_rows.leaves_of(pages, root)
        found.lost_pages += lost if table in shapes else 0
        for number in leaves:
            if table not in shapes or _take(pages, number, shapes[table], found):
                claimed.add(number)
    for number in sorted(pages.by_number.keys() - claimed):
        page = damaged_rows.rows_of(pages, number)
        if page is not None and page.rows:
            _give_a_table(page, shapes, found)
    return found


def _roots(pages: damaged_pages.Pages) -> Iterator[tuple[str, int]]:
    """Yield the tables that the first page names, and where their rows begin."""
    leaves, _ = damaged_rows.leaves_of(pages, _SCHEMA_PAGE)
    for number in leaves:
        page = damaged_rows.rows_of(pages, number)
        for row in page.rows if page else ():
            if len(row.values) == 5 and row.values[0] == "table" and isinstance(row.values[3], int):
                yield str(row.values[1]), row.values[3]


def _take(pages: damaged_pages.Pages, number: int, shape: Shape, found: Found) -> bool:
    """Take a table's page, unless a wrong turn led to it."""
    page = damaged_rows.rows_of(pages, number)
    if page is None or (page.rows and not any(shape.fits(row) for row in page.rows)):
        return False
    found.unreadable += page.unreadable
    for row in page.rows:
        if shape.fits(row):
            found.keep(shape.table, row)
        else:
            found.left.append(LeftOver(shape.table, say("it is garbled"), shape.told(row)))
    return True


def _give_a_table(page: damaged_rows.PageOfRows, shapes: Mapping[str, Shape], found: Found) -> None:
    """Give rows that nothing leads to back to the one table that they fit."""
    whole = _fitting(shapes, page.rows)
    each = [whole if len(whole) == 1 else _fitting(shapes, (row,)) for row in page.rows]
    if not any(each):
        return  # nothing of the record's
    found.unreadable += page.unreadable
    for row, fitting in zip(page.rows, each, strict=True):
        if len(fitting) == 1:
            found.keep(fitting[0].table, row)
        elif fitting:
            why = say("it may belong to more than one table")
            tables = " | ".join(shape.table for shape in fitting)
            found.left.append(LeftOver(tables, why, fitting[0].told(row)))
        else:
            found.left.append(LeftOver("", say("it is garbled"), table_shapes.unnamed(row)))


def _fitting(shapes: Mapping[str, Shape], rows: tuple[Row, ...]) -> list[Shape]:
    """Return the tables that rows may belong to: of all that they fit, those that ask for most."""
    fitting = [shape for shape in shapes.values() if all(shape.fits(row) for row in rows)]
    most = max((shape.strictness for shape in fitting), default=0)
    return [shape for shape in fitting if shape.strictness == most]


def _says(row: Row) -> int:
    """Return how much a row says: a time that was stopped says more than when it still ran."""
    return sum(value is not None for value in row.values)


def gaps_in(found: Found) -> dict[str, int]:
    """Count the row numbers that are missing between others, where no row is ever deleted."""
    gaps = {}
    for table in ("visits", "segments", "audit_log"):
        numbers = found.rows.get(table, {})
        missing = (max(numbers, default=0) if numbers else 0) - len(numbers)
        if missing > 0:
            gaps[table] = missing
    return gaps
