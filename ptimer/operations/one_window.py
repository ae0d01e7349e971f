"""Is this the one window of its data folder?"""

from pathlib import Path

from ptimer.operations.errors import Busy
from ptimer.storage.window_lock import WindowLock
from ptimer.wording import quoted, say


def take(folder: Path) -> WindowLock | None:
    """Become the folder's window; None where another one is.

    Raises:
        Busy: the folder can't be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return WindowLock.acquire(folder)
    except OSError as error:
        raise Busy(
            say(
                "Nothing can be recorded in {folder}: {why}. Allow writing there, or name another "
                "folder with --data-dir",
                folder=str(folder),
                why=quoted(error.strerror or str(error)),
            )
        ) from error
