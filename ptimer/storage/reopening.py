"""Is the record that was opened still in its place, and how is it opened anew once it is back?"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ptimer.storage import database
from ptimer.storage.errors import CannotWrite, StorageError
from ptimer.wording import Sentence, say

GONE = say("the database is not there any more")
ANOTHER = say("another database is there than the one in use")


@dataclass(frozen=True)
class Mark:
    """By what an open record is known: its file, as the system numbers it, and its first entry."""

    path: Path
    number: tuple[int, int] | None
    first_hash: str


def mark_of(connection: sqlite3.Connection, path: Path) -> Mark:
    """Return by what a record that has just been opened is known."""
    return Mark(path, _number(path), _first_hash(connection))


def still_there(connection: sqlite3.Connection, mark: Mark) -> tuple[sqlite3.Connection, Mark]:
    """Return the open record, opened anew where its disk was taken away and has come back.

    What is written to a file that was taken away goes with it, and SQLite says nothing.

    Raises:
        CannotWrite: it is gone, or another one is there.
        StorageError: it has come back, and can't be used.
    """
    now = _number(mark.path)
    if now is None:
        raise _not_there(mark, GONE)
    if mark.number is not None and now != mark.number:
        return reopen(connection, mark)
    return connection, mark


def reopen(connection: sqlite3.Connection, mark: Mark) -> tuple[sqlite3.Connection, Mark]:
    """Open a record again that could not be written to; the old connection is closed then.

    None is made, and none is brought up to date.

    Raises:
        StorageError: it is not there, another one is, or it can't be used.
    """
    if _number(mark.path) is None:
        raise _not_there(mark, GONE)
    again = database.open_to_go_on(mark.path)
    try:
        with database.reading(again):
            new = mark_of(again, mark.path)
        if new.first_hash != (mark.first_hash or _hash_still_read(connection)):
            raise _not_there(mark, ANOTHER)
    except StorageError:
        again.close()
        raise
    with suppress(sqlite3.Error):
        connection.close()
    return again, new


def open_beside(mark: Mark) -> sqlite3.Connection:
    """Open a record once more that is open already; none is made where it is gone.

    Raises:
        StorageError: it is not there, another one is, or it can't be used.
    """
    now = _number(mark.path)
    if now is None:
        raise _not_there(mark, GONE)
    connection = database.open_to_go_on(mark.path)
    try:
        with database.reading(connection):
            same = now == mark.number or (
                bool(mark.first_hash) and _first_hash(connection) == mark.first_hash
            )
        if not same:
            raise _not_there(mark, ANOTHER)
    except StorageError:
        connection.close()
        raise
    return connection


@contextmanager
def impatient(connection: sqlite3.Connection) -> Iterator[None]:
    """Do not wait, within this block, for another program that holds the file."""
    connection.execute("pragma busy_timeout = 0")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            patience = round(database.BUSY_TIMEOUT_SECONDS * 1000)
            connection.execute(f"pragma busy_timeout = {patience}")


def _number(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _first_hash(connection: sqlite3.Connection) -> str:
    row = connection.execute("select hash from audit_log order by seq limit 1").fetchone()
    return "" if row is None else str(row[0])


def _hash_still_read(connection: sqlite3.Connection) -> str:
    """Return the first entry's hash of a record that was empty when it was opened."""
    with suppress(sqlite3.Error):
        return _first_hash(connection)
    return ""


def _not_there(mark: Mark, why: Sentence) -> CannotWrite:
    return CannotWrite(mark.path.parent, why)
