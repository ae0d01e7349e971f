"""What of a damaged record can be read and put into a new one? Row by row, nothing guessed.

The new record is made as an empty one is, in the layout of the damaged one, and every row has to
pass what its table demands; every time has to stand beside the others, as a press's has to.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ptimer.storage import (
    audit_log,
    damaged_pages,
    damaged_tables,
    drafts,
    mending,
    seals,
    signed_mending,
    signed_versions,
    table_shapes,
)
from ptimer.storage.backup import Copy, prove
from ptimer.storage.damaged_rows import Value
from ptimer.storage.damaged_tables import Found, LeftOver
from ptimer.storage.database import APPLICATION_ID, SCHEMA_VERSION, storage_error
from ptimer.storage.errors import DamagedFile
from ptimer.storage.table_shapes import Shape
from ptimer.timing.clock import Clock
from ptimer.wording import Sentence, say

BY = "ptimer salvage"
"""Who wrote the entry that tells of the salvage in the history."""

_ON_THE_WAY_IN = "after insert on segments"
"""The triggers that see that a time stands beside the others; all others wait for the end."""
_MADE_ANEW = (seals.SEALS, seals.UNSEALED)
"""What follows from the rest of the record."""


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
            found = damaged_tables.read(pages, shapes)
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
        damaged_tables.gaps_in(found),
    )


def _make(connection: sqlite3.Connection, layout: int) -> None:
    """Make an empty record in the layout of the damaged one, as far as that can be told."""
    from ptimer.storage.migrations import migrate_to

    known = 0 < layout <= SCHEMA_VERSION
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    migrate_to(connection, layout if known else SCHEMA_VERSION)


def _build(
    connection: sqlite3.Connection, found: Found, shapes: Mapping[str, Shape], clock: Clock
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
    connection: sqlite3.Connection, source: Path, found: Found, clock: Clock
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
