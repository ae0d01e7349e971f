"""How is the SQLite file opened, and what is the one way to read from it and write to it?

A connection belongs to the thread that opened it.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from ptimer.storage import left_alone
from ptimer.storage.errors import (
    CannotWrite,
    DamagedFile,
    ForeignFile,
    Locked,
    NewerFile,
    RefusedByStore,
    StorageError,
)
from ptimer.wording import quoted, say

FILE_NAME = "ptimer.db"
APPLICATION_ID = 0x7074696D  # "ptim"
SCHEMA_VERSION = 12
BUSY_TIMEOUT_SECONDS = 4.0

_SIGNS = ("no such ", "Could not decode ")
"""How SQLite's sentence begins where the file can be opened and does not hold what it should."""
_OF_SQLITE = (sqlite3.Error, UnicodeDecodeError)
"""SQLite's sentence may quote what damage has left of a name: then not even the sentence is text.

Where a block may write other files meanwhile, the system's errors are not the record's."""
_OF_SQLITE_AND_THE_SYSTEM = (*_OF_SQLITE, OSError)
_HEADER_BYTES = 100
_UNSIGNED = 0xFFFFFFFF
"""A number of the header whose first bit is damaged is a large one, not less than nothing."""
_FULL = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_PERM"}


def database_file(folder: Path) -> Path:
    """Return the database's path in a data folder."""
    return folder / FILE_NAME


def open_for_writing(folder: Path) -> sqlite3.Connection:
    """Open the folder's database, made and brought up to date where needed.

    Raises:
        StorageError: the file can't be used; its subclass says why.
    """
    path = database_file(folder)
    if not _is_there(path):
        from ptimer.storage.making import make  # sqlite-utils is slow to import

        make(path)
    connection = _connect(path)
    if _schema_version(connection, path) < SCHEMA_VERSION:
        with _closed_on_error(connection):
            _bring_up_to_date(connection, path)
    return connection


def open_for_reading(folder: Path) -> sqlite3.Connection | None:
    """Open the folder's database if there is one; an empty folder stays empty.

    Raises:
        StorageError: the file can't be used; its subclass says why.
    """
    path = database_file(folder)
    if not _is_there(path):
        if folder.exists() and not folder.is_dir():
            raise CannotWrite(folder, say("it is not a folder"))
        return None
    try:
        connection = _connect(path)
    except CannotWrite:
        connection = _connect_read_only(path)
    if _schema_version(connection, path) < SCHEMA_VERSION:
        connection.close()
        return open_for_writing(folder)
    if isinstance(connection, left_alone.Record):
        connection.only_reads = True
    return connection


def open_to_go_on(path: Path) -> sqlite3.Connection:
    """Open a file that was open before; none is made, and none is brought up to date.

    Raises:
        StorageError: it can't be used; its subclass says why.
    """
    connection = _connect(path)
    if _schema_version(connection, path) < SCHEMA_VERSION:
        connection.close()
        raise CannotWrite(path.parent, say("another database is there than the one in use"))
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit all that the block writes, or none of it.

    Takes the write lock at once: a block that has read before it writes would fail without
    waiting if another process wrote in between.

    Raises:
        StorageError: the file is locked, full, damaged, or a trigger refused.
    """
    with told_as_ours(lambda: path_of(connection), _OF_SQLITE):
        left_alone.keep_log(connection)
        connection.execute("begin immediate")
        with connection:
            yield


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all that the block reads be of one moment.

    Raises:
        StorageError: the file is locked or damaged.
    """
    with told_as_ours(lambda: path_of(connection), _OF_SQLITE):
        if connection.in_transaction:
            yield
            return
        connection.execute("begin")
        try:
            yield
        finally:
            connection.rollback()


def change_counter(connection: sqlite3.Connection) -> int:
    """Return a number that changes when another connection has written."""
    with told_as_ours(lambda: path_of(connection), _OF_SQLITE):
        return int(connection.execute("pragma data_version").fetchone()[0])


def storage_error(error: Exception, path: Path) -> StorageError | None:
    """Return what an error of SQLite or the system means; None if it is our own bug."""
    if isinstance(error, StorageError):
        return error
    if isinstance(error, OSError):
        return CannotWrite(path, quoted(os.strerror(error.errno) if error.errno else str(error)))
    if isinstance(error, UnicodeDecodeError):
        return DamagedFile(path, say("a name in it is no text"))
    name = getattr(error, "sqlite_errorname", "")
    if isinstance(error, sqlite3.IntegrityError) and name == "SQLITE_CONSTRAINT_TRIGGER":
        return RefusedByStore(str(error))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Locked(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or str(error).startswith(_SIGNS):
        return DamagedFile(path, quoted(str(error)))
    if any(name.startswith(each) for each in _FULL):
        return CannotWrite(path, quoted(str(error)))
    return None


@contextmanager
def told_as_ours(
    path: Callable[[], Path], errors: tuple[type[Exception], ...] = _OF_SQLITE_AND_THE_SYSTEM
) -> Iterator[None]:
    """Raise what SQLite or the system raises in the block as a `StorageError` of the file."""
    try:
        yield
    except DamagedFile as error:
        left_alone.leave_alone(error.file)
        raise
    except errors as error:
        told = storage_error(error, path())
        if told is None:
            raise
        if isinstance(told, DamagedFile):
            left_alone.leave_alone(told.file)
        raise told from error


def path_of(connection: sqlite3.Connection) -> Path:
    """Return the file that a connection has open."""
    return Path(connection.execute("pragma database_list").fetchone()[2] or FILE_NAME)


def _is_there(path: Path) -> bool:
    """Return whether the folder holds a record.

    Raises:
        CannotWrite: it can't be told.
        DamagedFile: only a part of one is left, which must not be started anew.
    """
    log = path.with_name(f"{path.name}-wal")
    with told_as_ours(lambda: path.parent):  # a name too long, a folder that may not be looked into
        there = path.exists()
        left = not there and log.exists() and log.stat().st_size > 0
    if left:
        lost = say("its main file is missing, and its last changes are still there")
        raise DamagedFile(path, lost)
    if not there and _has_backups(path.parent):
        raise DamagedFile(path, say("it is missing, and backups of it are still there"))
    return there


def _has_backups(folder: Path) -> bool:
    from ptimer.storage import backup_files  # only where there is no record

    return bool(backup_files.in_folder(folder / backup_files.FOLDER))


def _look_at(path: Path) -> None:
    """Look at the file before SQLite does, which would write a log that lies beside it into it.

    Raises:
        DamagedFile, ForeignFile, NewerFile: it is no record, or not this program's.
    """
    if path.is_dir():
        return
    size = path.stat().st_size
    if size < _HEADER_BYTES:
        raise DamagedFile(path, say("file is not a database") if size else say("it is empty"))
    try:
        application, version = _header(path)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname != "SQLITE_NOTADB":
            return  # torn perhaps, and whole with its log, which SQLite reads next
        raise
    _check_layout(path, application, version)


def _header(path: Path) -> tuple[int, int]:
    """Return the file's application id and the version of its layout, without its log.

    SQLite reads them. Were the file opened here and closed again, the system would take away the
    locks of this process's other connections to it, and another program would remove the log
    under them.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)) as looked:
        application = looked.execute("pragma application_id").fetchone()[0]
        version = looked.execute("pragma user_version").fetchone()[0]
        return application & _UNSIGNED, version & _UNSIGNED


def _check_layout(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise ForeignFile(path)
    if version > SCHEMA_VERSION:
        raise NewerFile(path, version, SCHEMA_VERSION)


def _connect(path: Path) -> sqlite3.Connection:
    with told_as_ours(lambda: path):
        _look_at(path)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_SECONDS, factory=left_alone.Record)
        with _closed_on_error(connection):
            connection.execute("pragma foreign_keys = on")
            connection.execute("pragma synchronous = full")
            connection.execute("pragma trusted_schema = off")
            connection.execute("select count(*) from sqlite_schema").fetchone()
    return connection


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file in a folder that may not be written to, where no process can be writing."""
    if path.with_name(f"{path.name}-wal").exists():
        unread = say("its last changes can't be read without writing there")
        raise CannotWrite(path.parent, unread)
    with told_as_ours(lambda: path):
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
        with _closed_on_error(connection):
            connection.execute("select count(*) from sqlite_schema").fetchone()
    return connection


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    unmerged = connection if isinstance(connection, left_alone.Record) else None
    with ExitStack() as on_error:
        on_error.callback(unmerged.close_unmerged if unmerged else connection.close)
        yield
        on_error.pop_all()


def _schema_version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file's layout.

    Raises:
        ForeignFile: it is another program's database.
        NewerFile: a newer ptimer wrote it.
    """
    application = int(connection.execute("pragma application_id").fetchone()[0])
    version = int(connection.execute("pragma user_version").fetchone()[0])
    with _closed_on_error(connection):
        _check_layout(path, application, version)
    return version


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    from ptimer.storage.backup import copy_before  # as above
    from ptimer.storage.migrations import migrate

    copy_before("migration", connection, path)
    with told_as_ours(lambda: path_of(connection)):
        migrate(connection)


Connection = sqlite3.Connection
"""What the operations hand on without knowing what it is."""
