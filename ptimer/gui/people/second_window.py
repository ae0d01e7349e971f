"""How is another folder opened in a window of its own? By a second program, let go of at once."""

import sys
from pathlib import Path

from PySide6.QtCore import QProcess


def open_on(folder: Path) -> bool:
    """Open ptimer on a folder; return whether it started."""
    started, _ = QProcess.startDetached(sys.executable, arguments_for(folder))
    return started


def arguments_for(folder: Path) -> list[str]:
    """Return what this Python, or the frozen program, is told to open a folder."""
    program = [] if getattr(sys, "frozen", False) else ["-m", "ptimer"]
    return [*program, "--data-dir", str(folder)]
