"""Which unfinished copies lie about, and whose are they? One that nobody is at work on goes.

A draft is hidden beside its place, and named after it and the process that makes it.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

_DRAFT = re.compile(r"\..+\.(?P<process>[0-9]+)\.new(-journal|-wal|-shm)?")
_BESIDE = ("", "-journal", "-wal", "-shm")


def of(target: Path) -> Path:
    """Return where this process makes a file before it takes its place."""
    return target.with_name(f".{target.name}.{os.getpid()}.new")


def remove(draft: Path) -> None:
    """Remove a draft and what SQLite keeps beside it; one that is finished has left its place."""
    for ending in _BESIDE:
        with suppress(OSError):  # the folder is gone, which the caller is being told
            draft.with_name(draft.name + ending).unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Remove the drafts that a killed process left in a folder, if there is one."""
    with suppress(OSError):
        for path in folder.iterdir():
            named = _DRAFT.fullmatch(path.name)
            if named and not _is_alive(int(named["process"])):
                with suppress(OSError):
                    path.unlink()


def _is_alive(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        return False  # a file that a process has open can't be removed there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # another person's
    return True
