"""Can the file that a person named be read, or written?"""

import os
import stat
from pathlib import Path

from ptimer.operations.errors import Misused, shown
from ptimer.storage import database
from ptimer.wording import say

_MOST_SHOWN = 200
_OF_A_DATABASE = ("", "-wal", "-shm", "-journal")


def existing_file(path: Path) -> Path:
    """Return the path of a file that is there.

    Raises:
        Misused: there is none, or it is a folder, a device or a pipe, which might never end.
    """
    kind = _kind(path)
    if not kind:
        raise Misused(say("There is no file {file}", file=_shown(path)))
    _check_plain(path, kind)
    return path


def new_file(path: Path, folder: Path) -> Path:
    """Return the path of a file that may be written, also over what is there.

    Raises:
        Misused: there is no folder for it, or it may not be written over.
    """
    check_may_be_written(path, folder)
    if not stat.S_ISDIR(_kind(path.parent)):
        raise Misused(
            say(
                "There is no folder {folder} for {file}: make it first, or name another",
                folder=_shown(path.parent),
                file=shown(path.name),
            )
        )
    return path


def check_may_be_written(path: Path, folder: Path) -> None:
    """Check that what is at a path, if anything, may be written over.

    Raises:
        Misused: it is no plain file, or it belongs to the record in `folder`.
    """
    kind = _kind(path)
    if kind:
        _check_plain(path, kind)
    check_not_the_record(path, folder)


def check_not_the_record(path: Path, folder: Path) -> None:
    """Check that a path is none of the files that the record lies in.

    Raises:
        Misused: it is one.
    """
    record = database.database_file(folder)
    own = os.path.realpath(record)
    beside = os.path.realpath(path) in {own + ending for ending in _OF_A_DATABASE}
    if beside or (_kind(path) and _kind(record) and path.samefile(record)):
        raise Misused(say("{file} belongs to the record: name another file", file=_shown(path)))


def _kind(path: Path) -> int:
    """Return what is at a path, as the system numbers it; 0 where nothing is.

    Raises:
        Misused: no file can have such a name.
    """
    try:
        return path.stat().st_mode
    except OSError:  # also a name too long
        return 0
    except ValueError:  # a null character, or half of another one
        raise Misused(say("No file can be named {file}", file=_shown(path))) from None


def _check_plain(path: Path, kind: int) -> None:
    if stat.S_ISDIR(kind):
        raise Misused(say("{file} is a folder: name a file in it", file=_shown(path)))
    if not stat.S_ISREG(kind):
        raise Misused(say("{file} is not a plain file: name one that is", file=_shown(path)))


def _shown(path: Path) -> str:
    return shown(str(path), _MOST_SHOWN)
