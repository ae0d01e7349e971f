"""Who changed what, when, from what, to what, and why? Rows are only ever added.

Each row's hash covers the row and the hash before it, so that a change made around the program
shows.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant

AUDIT_LOG = "audit_log"
SALVAGED = "salvage"
"""The action of a record that was built anew of a damaged one."""
BROKEN = "broken_links"
"""What such an entry keeps: the rows whose links were broken by the damage."""
LOST_VERSIONS = "lost_versions"
"""What it keeps, too: visit and number of each signed version that was lost to the damage."""

Values = Mapping[str, object]


@dataclass(frozen=True)
class Entry:
    """One row of the audit log; `before` and `after` hold only what the change is about."""

    at: Instant
    who: str
    action: str
    visit_id: str | None = None
    segment_id: str | None = None
    press_id: str | None = None
    before: Values | None = None
    after: Values | None = None
    reason: str = ""


def add(connection: sqlite3.Connection, entry: Entry) -> str:
    """Add a row within the open transaction and return its id."""
    row_id = new_id(entry.at)
    row = (
        row_id,
        entry.at,
        entry.who,
        entry.action,
        entry.visit_id,
        entry.segment_id,
        entry.press_id,
        _text(entry.before),
        _text(entry.after),
        entry.reason,
    )
    connection.execute(
        "insert into audit_log (id, at, who, action, visit_id, segment_id, press_id, "
        "before, after, reason, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*row, chained(_last_hash(connection), row)),
    )
    return row_id


def of_visit(connection: sqlite3.Connection, visit_id: str) -> list[Entry]:
    """Return what was done to a visit, the oldest first."""
    return [
        _entry(row)
        for row in connection.execute(f"{_SELECT} where visit_id = ? order by seq", (visit_id,))
    ]


def of_press(connection: sqlite3.Connection, press_id: str) -> list[Entry]:
    """Return what one press did."""
    return [
        _entry(row)
        for row in connection.execute(f"{_SELECT} where press_id = ? order by seq", (press_id,))
    ]


def last_at(connection: sqlite3.Connection) -> Instant | None:
    """Return when the record was last changed."""
    row = connection.execute("select at from audit_log order by seq desc limit 1").fetchone()
    return None if row is None else Instant(row[0])


def is_cut_off(connection: sqlite3.Connection) -> bool:
    """Return whether rows were taken off its end: SQLite remembers the highest number given."""
    row = connection.execute(
        "select seq > ifnull((select max(seq) from audit_log), 0) from sqlite_sequence "
        "where name = 'audit_log'"
    ).fetchone()
    return row is not None and bool(row[0])


def broken_links(connection: sqlite3.Connection) -> list[int]:
    """Return the numbers of the rows whose hash does not follow from the row before.

    SQLite writes a row as JSON in a third of the time; a row of which it writes another text than
    was hashed is read anew, and written here.
    """
    from hashlib import sha256

    broken = []
    before = ""
    cursor = connection.execute(
        f"select seq, hash, substr(json_array({_HASHED}), 2) from audit_log order by seq"
    )
    while rows := cursor.fetchmany(_AT_ONCE):
        for seq, found, row in rows:
            if sha256(f'["{before}",{row}'.encode()).hexdigest() != found and not _follows(
                connection, seq, before, found
            ):
                broken.append(seq)
            before = found
    return broken


def _follows(connection: sqlite3.Connection, seq: int, before: str, found: str) -> bool:
    row = connection.execute(f"select {_HASHED} from audit_log where seq = ?", (seq,)).fetchone()
    return chained(before, row) == found


def links_lost_to_damage(connection: sqlite3.Connection) -> set[int]:
    """Return the rows whose links were broken when the record was salvaged, as it told then."""
    rows = connection.execute("select after from audit_log where action = ?", (SALVAGED,))
    return {int(seq) for (after,) in rows for seq in json.loads(after or "{}").get(BROKEN, ())}


def versions_lost_to_damage(connection: sqlite3.Connection) -> set[tuple[str, int]]:
    """Return visit and number of the signed versions that were lost, as each salvage told."""
    rows = connection.execute("select after from audit_log where action = ?", (SALVAGED,))
    told = (json.loads(after or "{}").get(LOST_VERSIONS, ()) for (after,) in rows)
    return {(str(visit_id), int(number)) for each in told for visit_id, number in each}


def chained(before: str, row: tuple[object, ...]) -> str:
    """Return the hash of a row that follows a row with the hash `before`."""
    # Only a change hashes, and what hashes is slow to load for a window that opens.
    from hashlib import sha256

    content = json.dumps([before, *row], ensure_ascii=False, separators=(",", ":"))
    return sha256(content.encode()).hexdigest()


_AT_ONCE = 1_000
_HASHED = "id, at, who, action, visit_id, segment_id, press_id, before, after, reason"
_SELECT = (
    "select at, who, action, visit_id, segment_id, press_id, before, after, reason from audit_log"
)


def _entry(row: tuple[Any, ...]) -> Entry:
    at, who, action, visit_id, segment_id, press_id, before, after, reason = row
    return Entry(
        Instant(at),
        who,
        action,
        visit_id,
        segment_id,
        press_id,
        json.loads(before) if before else None,
        json.loads(after) if after else None,
        reason,
    )


def _text(values: Values | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True)


def _last_hash(connection: sqlite3.Connection) -> str:
    row = connection.execute("select hash from audit_log order by seq desc limit 1").fetchone()
    return "" if row is None else str(row[0])
