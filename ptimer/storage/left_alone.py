"""How is a damaged record left as it is, with the log beside it, although it was opened?

Whoever closes a database last lets SQLite write the log into the file and remove it. Of a damaged
one both are kept as they were found: what can be saved is read from the two. Nor does who only
reads change anything: it may have read what is whole, and seen nothing of the damage.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path

_damaged: set[Path] = set()
"""What this process has found damaged: of several connections to it, each may be the last."""


class Record(sqlite3.Connection):
    """A connection to a record's file: closing it changes nothing that was found damaged."""

    only_reads = False
    """Whether it is closed without a change in any case."""

    def close(self) -> None:
        """Close it; of a damaged one, the log stays beside the file."""
        path = _path(self)
        if self.only_reads or path in _damaged:
            self.close_unmerged()
        else:
            super().close()

    def close_unmerged(self) -> None:
        """Close it, and let the log stay beside the file."""
        path = _path(self)
        with _held(path) if path else nullcontext():
            super().close()


def leave_alone(path: Path) -> None:
    """Let a file that was found damaged, and its log, stay as they are until it is replaced."""
    _damaged.add(path.resolve())


def was_replaced(path: Path) -> None:
    """Note that another file is in a damaged one's place."""
    _damaged.discard(path.resolve())


def keep_log(connection: sqlite3.Connection) -> None:
    """Let what is committed next stay in the log, where the file was found damaged."""
    if _damaged and _path(connection) in _damaged:
        connection.execute("pragma wal_autocheckpoint = 0")


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """Read the file meanwhile, without the right to write it: then nobody else is the last."""
    with ExitStack() as over:
        if _has_log(path):
            with suppress(sqlite3.Error, UnicodeDecodeError):  # it is gone, or garbled
                reader = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
                over.callback(reader.close)
                reader.execute("select count(*) from sqlite_schema").fetchone()
        yield


def _has_log(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-wal").stat().st_size > 0
    except OSError:
        return False


def _path(connection: sqlite3.Connection) -> Path | None:
    """Return the file that a connection has open; None where it was closed before."""
    try:
        named = connection.execute("pragma database_list").fetchone()[2]
    except sqlite3.Error:
        return None
    return Path(named).resolve() if named else None
