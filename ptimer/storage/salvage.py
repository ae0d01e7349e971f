"""What of a damaged record can be read and put into a new one? Row by row, nothing guessed.

The new record is made as an empty one is, in the layout of the damaged one, and every row has to
pass what its table demands; every time has to stand beside the others, as a press's has to.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from ptimer.storage import (
    audit_log,
    damaged_pages,
    damaged_rows,
    drafts,
    mending,
    seals,
    signed_mending,
    signed_versions,
    table_shapes,
)
from ptimer.storage.backup import Copy, prove
from ptimer.storage.damaged_rows import Row, Value
from ptimer.storage.database import APPLICATION_ID, SCHEMA_VERSION, storage_error
from ptimer.storage.errors import DamagedFile
from ptimer.storage.table_shapes import Shape
from ptimer.timing.clock import Clock
from ptimer.wording import Sentence, say

BY = "ptimer salvage"
"""Who wrote the entry that tells of the salvage in the history."""

_SCHEMA_PAGE = 1
_ON_THE_WAY_IN = "after insert on segments"
"""The triggers that see that a time stands beside the others; all others wait for the end."""
_MADE_ANEW = (seals.SEALS, seals.UNSEALED)
"""What follows from the rest of the record."""


@dataclass(frozen=True)
class LeftOver:
    """A row that could be read, and could not be put into the new record."""

    table: str
    why: Sentence
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Salvaged:
    """The new record, and what is not in it.

    `rows` counts by table what was put in; `left` was read and is not in it. `mended` is what was
    made anew because others refer to it; `doubtful` is what the history tells otherwise.
    `unreadable` rows lie in pages that can be read otherwise, to `lost_pages` nothing leads any
    more. `gaps` counts by table the rows that are known to have been there.
    """

    copy: Copy
    rows: Mapping[str, int]
    left: tuple[LeftOver, ...]
    mended: tuple[Sentence, ...]
    doubtful: tuple[Sentence, ...]
    unreadable: int
    lost_pages: int
    gaps: Mapping[str, int]


@dataclass
class _Found:
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


@dataclass(frozen=True)
class _Built:
    """What went into the new record, and what was said of it."""

    rows: Mapping[str, int]
    mended: list[Sentence]
    doubtful: list[Sentence]


def salvage(source: Path, target: Path, clock: Clock, *, in_use: bool = False) -> Salvaged:
    """Build a new record at `target` of all that can be read of `source`, which is only read.

    Args:
        in_use: this process has the source open.

    Raises:
        DamagedFile: nothing can be read.
        CannotWrite: the target's folder can't be written to.
    """
    draft = drafts.of(target)
    try:
        pages = damaged_pages.read(source, in_use=in_use)
        drafts.clear(target.parent)
        with closing(sqlite3.connect(draft)) as connection:
            _make(connection, pages.layout)
            shapes = table_shapes.read(connection)
            found = _read(pages, shapes)
            if not (found.rows.get("visits") or found.rows.get("segments")):
                raise DamagedFile(source, say("no visit and no time can be read in it"))
            built = _build(connection, found, shapes, clock)
            _tell_in_history(connection, source, found, clock)
        copy = prove(draft, known_as=target)
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        told = storage_error(error, target)
        if told is None:
            raise
        raise told from error
    finally:
        drafts.remove(draft)
    return Salvaged(
        Copy(target, copy.visits, copy.segments),
        built.rows,
        tuple(found.left),
        tuple(built.mended),
        tuple(built.doubtful),
        found.unreadable,
        found.lost_pages,
        _gaps(found),
    )


def _make(connection: sqlite3.Connection, layout: int) -> None:
    """Make an empty record in the layout of the damaged one, as far as that can be told."""
    from ptimer.storage.migrations import migrate_to

    known = 0 < layout <= SCHEMA_VERSION
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    migrate_to(connection, layout if known else SCHEMA_VERSION)


def _build(
    connection: sqlite3.Connection, found: _Found, shapes: Mapping[str, Shape], clock: Clock
) -> _Built:
    """Put in what was found, visits and their times first, and bring the layout up to date."""
    from ptimer.storage.migrations import migrate

    named = {
        name: [(number, shapes[name].named(row)) for number, row in sorted(rows.items())]
        for name, rows in found.rows.items()
        if name not in _MADE_ANEW
    }
    mended = mending.mend(named, clock.zone)
    with connection:
        connection.execute("begin")
        triggers = _take_triggers_off(connection)
        rows = {}
        for table in sorted(named, key=lambda name: (name != "visits", name != "segments")):
            rows[table] = _put_in(connection, table, named[table], found.left)
        for table, rowid, why in list(signed_mending.no_longer_signed(connection)):
            _take_out(connection, table, rowid, why, found.left)
            rows[table] -= 1
        for table in _take_out_what_refers_to_nothing(connection, found.left):
            rows[table] -= 1
        _sign_again(connection, named["visits"])
        for statement in triggers:
            connection.execute(statement)
    migrate(connection)
    with connection:
        connection.execute("begin")
        mended += signed_mending.open_what_is_not_proven(connection, BY, clock.now())
        seals.seal_all(connection)
    return _Built(rows, mended, mending.told_otherwise(connection))


def _tell_in_history(
    connection: sqlite3.Connection, source: Path, found: _Found, clock: Clock
) -> None:
    """Add to the history that it was salvaged, and where its chain was broken before."""
    with connection:
        connection.execute("begin")
        after = {
            "file": source.name,
            "left_over": len(found.left),
            audit_log.BROKEN: audit_log.broken_links(connection),
            audit_log.LOST_VERSIONS: signed_versions.lost(connection),
        }
        audit_log.add(connection, audit_log.Entry(clock.now(), BY, audit_log.SALVAGED, after=after))


# -- reading -----------------------------------------------------------------------------------


def _read(pages: damaged_pages.Pages, shapes: Mapping[str, Shape]) -> _Found:
    found = _Found()
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


def _take(pages: damaged_pages.Pages, number: int, shape: Shape, found: _Found) -> bool:
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


def _give_a_table(
    page: damaged_rows.PageOfRows, shapes: Mapping[str, Shape], found: _Found
) -> None:
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


def _gaps(found: _Found) -> dict[str, int]:
    """Count the row numbers that are missing between others, where no row is ever deleted."""
    gaps = {}
    for table in ("visits", "segments", "audit_log"):
        numbers = found.rows.get(table, {})
        missing = (max(numbers, default=0) if numbers else 0) - len(numbers)
        if missing > 0:
            gaps[table] = missing
    return gaps


# -- putting in --------------------------------------------------------------------------------


def _take_triggers_off(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "select name, sql from sqlite_schema where type = 'trigger' order by rowid"
    ).fetchall()
    off = [(name, sql) for name, sql in rows if _ON_THE_WAY_IN not in " ".join(sql.split())]
    for name, _ in off:
        connection.execute(f"drop trigger {name}")
    return [sql for _, sql in off]


def _put_in(
    connection: sqlite3.Connection,
    table: str,
    rows: list[tuple[int, dict[str, Value]]],
    left: list[LeftOver],
) -> int:
    put = 0
    for rowid, values in rows:
        given = {**values, "status": "open"} if table == "visits" else values
        names = ", ".join(given)
        marks = ", ".join("?" * (len(given) + 1))
        try:
            connection.execute(
                f"insert into {table} (rowid, {names}) values ({marks})", (rowid, *given.values())
            )
            put += 1
        except sqlite3.IntegrityError as error:
            left.append(LeftOver(table, _refused(error), values))
    return put


def _refused(error: sqlite3.IntegrityError) -> Sentence:
    if error.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER":
        return say("it may not stand beside another time: {rule}", rule=str(error))
    return say("it is not as its table demands: {detail}", detail=str(error))


def _take_out_what_refers_to_nothing(
    connection: sqlite3.Connection, left: list[LeftOver]
) -> Iterator[str]:
    """Take out rows that name a row which is not there; yield the table of each."""
    while True:
        dangling = {
            (str(table), int(rowid)): str(parent)
            for table, rowid, parent, _ in connection.execute("pragma foreign_key_check")
        }
        if not dangling:
            return
        for (table, rowid), parent in dangling.items():
            why = say("it names a row of {table} that is lost", table=parent)
            _take_out(connection, table, rowid, why, left)
            yield table


def _take_out(
    connection: sqlite3.Connection, table: str, rowid: int, why: Sentence, left: list[LeftOver]
) -> None:
    cursor = connection.execute(f"select * from {table} where rowid = ?", (rowid,))
    names = [column[0] for column in cursor.description]
    left.append(LeftOver(table, why, dict(zip(names, cursor.fetchone(), strict=True))))
    connection.execute(f"delete from {table} where rowid = ?", (rowid,))


def _sign_again(connection: sqlite3.Connection, visits: list[tuple[int, dict[str, Value]]]) -> None:
    connection.executemany(
        "update visits set status = 'signed' where rowid = ?",
        [(rowid,) for rowid, values in visits if values.get("status") == "signed"],
    )
