"""What does a record hold? All of it as plain rows, without what differs from run to run."""

import re
import sqlite3
from contextlib import closing
from hashlib import sha256

from ptimer.storage.database import database_file

_NO_PRESSES = ("sqlite_", "_sqlite", "clock_mark", "heartbeats", "rulebook_cache")
"""Tables that tell of no press: SQLite's own, and what ptimer notes of the clock."""
_BY_CHANCE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}"
)
"""Keys, and the hashes of texts that name them."""


def held(folder):
    """Return a hash of what the record holds, the same for the same presses; "" before the first.

    A press makes the record before it is recorded there: none and an empty one are the same.
    """
    file = database_file(folder)
    if not file.exists():
        return ""
    with closing(sqlite3.connect(file)) as connection:
        pressed = connection.execute("select 1 from audit_log").fetchone()
        return hash_of(rows(connection)) if pressed else ""


def rows(connection):
    """Return every row of every table, in an order of its own."""
    named = connection.execute("select name from sqlite_schema where type = 'table' order by name")
    names = [name for (name,) in named if not name.startswith(_NO_PRESSES)]
    return {
        name: sorted(
            tuple(_plain(cell) for cell in row)
            for row in connection.execute(f"select * from {name}")  # noqa: S608
        )
        for name in names
    }


def hash_of(told):
    """Return a short hash of such rows."""
    return sha256(repr(told).encode()).hexdigest()[:16]


def running(folder):
    """Return what runs: patient and code."""
    with closing(sqlite3.connect(database_file(folder))) as connection:
        found = connection.execute(
            "select patient, code from segments where ended_at is null and voided_at is null "
            "order by patient, code"
        )
        return [list(row) for row in found]


def _plain(cell):
    return _BY_CHANCE.sub("#", cell) if isinstance(cell, str) else repr(cell)
