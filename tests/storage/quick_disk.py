"""Where records of tests lie: a commit waits for the disk, and tests commit thousands of times."""

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108  (Linux's disk in memory; each folder in it is our own)


@contextmanager
def quick_folder():
    """Make a folder for the time of a test, in memory where the system has a disk there."""
    usable = _IN_MEMORY.is_dir() and os.access(_IN_MEMORY, os.W_OK)
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if usable else None) as name:
        yield Path(name).resolve()
