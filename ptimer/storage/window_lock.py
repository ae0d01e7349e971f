"""Is a window open on this folder? A lock that the system takes back when the window dies."""

import os
from pathlib import Path
from types import ModuleType

NAME = "ptimer.window"


class WindowLock:
    """Held by the one window of a data folder for as long as it is open."""

    def __init__(self, descriptor: int) -> None:
        """Take the locked file; use `acquire`."""
        self._descriptor = descriptor

    @classmethod
    def acquire(cls, folder: Path) -> "WindowLock | None":
        """Take the folder's lock; None where another window holds it.

        Raises:
            OSError: the folder can't be written to.
        """
        descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(descriptor):
            os.close(descriptor)
            return None
        return cls(descriptor)

    def release(self) -> None:
        """Give the lock back."""
        os.close(self._descriptor)


def window_is_open(folder: Path) -> bool:
    """Return whether a window holds the folder's lock."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDWR)
    except OSError:
        return False
    try:
        return not _lock(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    windows = _module("msvcrt")
    try:
        if windows is not None:
            windows.locking(descriptor, windows.LK_NBLCK, 1)
        else:
            posix = _module("fcntl")
            if posix is not None:
                posix.flock(descriptor, posix.LOCK_EX | posix.LOCK_NB)
    except OSError:
        return False
    return True


def _module(name: str) -> ModuleType | None:
    """Import a module that only some systems have."""
    try:
        return __import__(name)
    except ImportError:
        return None
