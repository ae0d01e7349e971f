"""How is the database copied, and put back, while it is in use?"""

import os
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from ptimer.storage.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    database_file,
    path_of,
    storage_error,
)
from ptimer.storage.errors import CannotWrite, DamagedFile, ForeignFile, Locked, NewerFile
from ptimer.wording import quoted, say

FOLDER = "backups"


@dataclass(frozen=True)
class Copy:
    """A backup that was opened and checked."""

    path: Path
    visits: int
    segments: int


def copy_before(what: str, connection: sqlite3.Connection, path: Path) -> Path:
    """Copy the database beside itself before something changes it as a whole.

    An existing copy of the same name is kept; the new one gets a number.
    """
    target = _unused(path.parent / FOLDER / f"before-{what}.db")
    copy_to(connection, target)
    return target


def copy_to(connection: sqlite3.Connection, target: Path) -> Copy:
    """Copy the open database to `target`, which appears only once it is whole and checked.

    Raises:
        CannotWrite: the place can't be written to.
        DamagedFile: the database, and so its copy, does not hold together.
    """
    draft = target.with_name(f".{target.name}.new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        copy = sqlite3.connect(draft)
        try:
            connection.backup(copy)
            copy.execute("pragma journal_mode = delete")
        finally:
            copy.close()
        proven = prove(draft, known_as=path_of(connection))
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        told = storage_error(error, target)
        if told is None:
            raise
        raise told from error
    finally:
        with suppress(OSError):  # the folder is gone, which the caller is being told
            draft.unlink(missing_ok=True)
    return Copy(target, proven.visits, proven.segments)


def prove(path: Path, known_as: Path | None = None) -> Copy:
    """Open a copy and check that it is a whole ptimer database.

    Whoever is told that it is not is told `known_as`, where the file has no name that lasts.

    Raises:
        DamagedFile, ForeignFile, NewerFile: it is not.
    """
    named = known_as or path
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            visits, segments = _prove(copy, named)
    except sqlite3.Error as error:
        raise DamagedFile(named, quoted(str(error))) from error
    return Copy(path, visits, segments)


def restore(folder: Path, source: Path) -> Path | None:
    """Put a proven copy in the database's place; return where the replaced one is kept.

    The database leaves its place only once the copy lies whole beside it.

    Raises:
        DamagedFile, ForeignFile, NewerFile: the copy is no whole ptimer database.
        Locked: another program uses the database.
        CannotWrite: the folder can't be written to.
    """
    prove(source)
    path = database_file(folder)
    draft = path.with_name(f".{path.name}.restored")
    try:
        with closing(sqlite3.connect(source)) as connection:
            copy_to(connection, draft)
        _write_ahead(draft)
        kept = _keep_aside(path) if path.exists() else None
        draft.replace(path)
    except (sqlite3.Error, OSError) as error:
        told = storage_error(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        with suppress(OSError):  # as above
            draft.unlink(missing_ok=True)
    return kept


def _prove(connection: sqlite3.Connection, path: Path) -> tuple[int, int]:
    if connection.execute("pragma page_count").fetchone()[0] == 0:
        raise DamagedFile(path, say("it is empty"))
    application = connection.execute("pragma application_id").fetchone()[0]
    version = connection.execute("pragma user_version").fetchone()[0]
    if application != APPLICATION_ID:
        raise ForeignFile(path)
    if version > SCHEMA_VERSION:
        raise NewerFile(path, version, SCHEMA_VERSION)
    found = connection.execute("pragma integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise DamagedFile(path, quoted(str(found).splitlines()[-1]))  # a heading stands before it
    return count(connection)


def count(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return how many visits and segments the database holds, voided ones left out."""
    visits = connection.execute("select count(*) from visits").fetchone()[0]
    segments = connection.execute(
        "select count(*) from segments where voided_at is null"
    ).fetchone()[0]
    return visits, segments


def _keep_aside(path: Path) -> Path:
    """Keep the database under another name, too, and move away what its last changes lie in."""
    kept = _unused(path.parent / FOLDER / "replaced.db")
    kept.parent.mkdir(parents=True, exist_ok=True)
    _lock_out(path)
    try:
        os.link(path, kept)
    except OSError:  # a file system without hard links
        path.replace(kept)
    for suffix in ("-wal", "-shm"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    return kept


def _lock_out(path: Path) -> None:
    """Make sure that nobody uses the file; a damaged one can't be asked and is let pass."""
    try:
        connection = sqlite3.connect(path, timeout=1)
        try:
            connection.execute("pragma locking_mode = exclusive")
            connection.execute("begin exclusive")
            connection.rollback()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        if isinstance(storage_error(error, path), Locked):
            raise


def _write_ahead(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("pragma journal_mode = wal")
    finally:
        connection.close()


def _unused(path: Path) -> Path:
    """Return the path, with a number where it is taken."""
    for number in range(1, 10_000):
        candidate = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        if not candidate.exists():
            return candidate
    raise CannotWrite(path.parent, say("it holds ten thousand copies already"))
