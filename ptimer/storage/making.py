"""How is a record's file made: whole, once, or not at all?"""

import errno
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from ptimer.storage.database import APPLICATION_ID, told_as_ours
from ptimer.storage.migrations import migrate


def make(path: Path) -> None:
    """Make the database beside its place and move it there whole.

    A crash leaves no half-made database, and of several processes that try at once one wins.

    Raises:
        StorageError: it can't be made; its subclass says why.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with told_as_ours(lambda: path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            with closing(sqlite3.connect(draft)) as connection:
                connection.execute(f"pragma application_id = {APPLICATION_ID}")
                connection.execute("pragma synchronous = full")
                migrate(connection)
                # Only now: a log that no longer fits into the file when it is closed is kept
                # beside it without a word, and would not move with it.
                connection.execute("pragma journal_mode = wal")
            _move_if_absent(draft, path)
    finally:
        for leftover in (draft, *(draft.with_name(draft.name + end) for end in ("-wal", "-shm"))):
            _remove(leftover)


def _move_if_absent(draft: Path, path: Path) -> None:
    if sys.platform == "win32":
        # A rename fails there if the place is taken.
        try:
            draft.rename(path)
        except FileExistsError:
            return
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS):
            raise
        # A file system without hard links: nothing better than to look first.
        if not path.exists():
            draft.rename(path)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # the folder is gone or read-only, which the caller is being told already
