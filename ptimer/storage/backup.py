"""How is the database copied, and put back, while it is in use?"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ptimer.storage import drafts, left_alone
from ptimer.storage.backup_files import FOLDER
from ptimer.storage.database import (
    APPLICATION_ID,
    FILE_NAME,
    SCHEMA_VERSION,
    database_file,
    path_of,
    storage_error,
)
from ptimer.storage.errors import (
    CannotWrite,
    DamagedFile,
    ForeignFile,
    Locked,
    NewerFile,
    StorageError,
)
from ptimer.wording import quoted, say

_INDEX = "-shm"
_BESIDE = ("-wal", _INDEX, "-journal")
"""What SQLite keeps beside a database."""


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
    target = unused(path.parent / FOLDER / f"before-{what}.db")
    copy_to(connection, target)
    return target


def copy_to(connection: sqlite3.Connection, target: Path) -> Copy:
    """Copy the open database to `target`, which appears only once it is whole and checked.

    Raises:
        CannotWrite: the place can't be written to.
        DamagedFile: the database, and so its copy, does not hold together.
    """
    draft = drafts.of(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        drafts.clear(target.parent)
        drafts.remove(draft)
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
        if isinstance(told, DamagedFile):  # not what is being written is
            told = DamagedFile(path_of(connection), quoted(str(error)))
            left_alone.leave_alone(told.file)
        raise told from error
    finally:
        drafts.remove(draft)
    return Copy(target, proven.visits, proven.segments)


def copy_again(source: Path, target: Path) -> Copy:
    """Copy a proven backup to another folder, where it appears only once it is proven there, too.

    The folder has to be there: one that is made where a drive is missing would hide that it is.

    Raises:
        CannotWrite: it is not, or it can't be written to.
        DamagedFile: what arrived there is not what was sent.
    """
    draft = drafts.of(target)
    try:
        drafts.clear(target.parent)
        with source.open("rb") as given, draft.open("wb") as taken:
            shutil.copyfileobj(given, taken)
            taken.flush()
            os.fsync(taken.fileno())
        proven = prove(draft, known_as=target)
        draft.replace(target)
    except OSError as error:
        told = storage_error(error, target.parent)
        raise told or error from error
    finally:
        drafts.remove(draft)
    return Copy(target, proven.visits, proven.segments)


def prove(path: Path, known_as: Path | None = None) -> Copy:
    """Open a copy and check that it is a whole ptimer database.

    Whoever is told that it is not is told `known_as`, where the file has no name that lasts.

    Raises:
        DamagedFile, ForeignFile, NewerFile: it is not.
    """
    named = known_as or path
    if path.exists() and path.stat().st_size == 0:  # SQLite would remove a log beside it
        raise DamagedFile(named, say("it is empty"))
    # A copy that nobody writes to is read without a log and its index being made beside it.
    alone = not path.with_name(f"{path.name}-wal").exists() and path.name != FILE_NAME
    how = "immutable=1" if alone else "mode=ro"
    try:
        with (
            _as_damage(named),
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True)) as copy,
        ):
            visits, segments = _prove(copy, named)
    except DamagedFile:
        left_alone.leave_alone(named)
        raise
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
    drafts.clear(folder)
    draft = drafts.of(path.with_name("restored"))
    try:
        with closing(sqlite3.connect(source)) as connection:
            copy_to(connection, draft)
        _write_ahead(draft)
        kept = _keep_aside(path)
        draft.replace(path)
        left_alone.was_replaced(path)
    except (sqlite3.Error, OSError) as error:
        told = storage_error(error, path)
        if told is None:
            raise
        raise told from error
    finally:
        drafts.remove(draft)
    return kept


@contextmanager
def _as_damage(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeDecodeError as error:  # in what SQLite says of it, too
        raise DamagedFile(path, say("a name in it is no text")) from error
    except sqlite3.Error as error:
        raise DamagedFile(path, quoted(str(error))) from error


def _prove(connection: sqlite3.Connection, path: Path) -> tuple[int, int]:
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


def _keep_aside(path: Path) -> Path | None:
    """Keep the database under another name, too, and move away what its last changes lie in.

    A whole one is kept as `replaced.db` and a damaged one as `damaged.db`. Its log is moved also
    where the database itself is missing: it would be read into the one that takes its place.
    """
    parts = [path.with_name(path.name + suffix) for suffix in _BESIDE]
    if not any(part.exists() for part in (path, *parts)):
        return None
    word = "replaced" if _is_whole(path) else "damaged"
    _lock_out(path)
    kept = unused(path.parent / FOLDER / f"{word}.db")
    kept.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        try:
            os.link(path, kept)
        except OSError:  # a file system without hard links
            path.replace(kept)
    for part, suffix in zip(parts, _BESIDE, strict=True):
        if part.exists() and suffix == _INDEX:
            part.unlink()  # made anew of the log by whoever reads it
        elif part.exists():
            part.replace(kept.with_name(kept.name + suffix))
    return kept


def _is_whole(path: Path) -> bool:
    try:
        prove(path)
    except StorageError:
        return False
    return True


def _lock_out(path: Path) -> None:
    """Make sure that nobody uses the file; a damaged one can't be asked and is let pass."""
    if not path.exists() or path.stat().st_size == 0:  # SQLite removes an empty one's log
        return
    look = "select count(*) from sqlite_schema"
    try:
        with closing(sqlite3.connect(path, timeout=1, factory=left_alone.Record)) as connection:
            connection.only_reads = True
            connection.execute(look).fetchone()
            connection.execute("pragma locking_mode = exclusive")
            _take_alone(connection)
            # Nothing could keep the log from being merged by whoever has the file alone.
            connection.execute("pragma locking_mode = normal")
            connection.execute(look).fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if isinstance(storage_error(error, path), Locked):
            raise


def _take_alone(connection: left_alone.Record) -> None:
    """Take the file for a moment, or let it be.

    Whoever can't have it goes at once: it is not the last to close it, and what it has already
    taken keeps others out until it is gone.
    """
    try:
        connection.execute("begin exclusive")
    except sqlite3.OperationalError:
        connection.only_reads = False
        raise
    connection.rollback()


def _write_ahead(path: Path) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.execute("pragma journal_mode = wal")
    finally:
        connection.close()


def unused(path: Path) -> Path:
    """Return the path, with a number where it is taken, be it by what lay beside a lost one."""
    for number in range(1, 10_000):
        candidate = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        beside = (candidate.with_name(candidate.name + suffix) for suffix in ("", *_BESIDE))
        if not any(each.exists() for each in beside):
            return candidate
    raise CannotWrite(path.parent, say("it holds ten thousand copies already"))
