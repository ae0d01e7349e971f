"""Where does a file go? The system's own dialog asks; tests put another function in its place."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_file(parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
    """Ask where to write a file; None where a person thought better of it.

    The dialog itself asks before an older file is written over.
    """
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    return Path(chosen) if chosen else None


def folder_to_offer(last: str) -> Path:
    """Return the folder that was used last, or where a person keeps documents."""
    if last and Path(last).is_dir():
        return Path(last)
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    known = (Path(place) for place in places if Path(place).is_dir())
    return next(known, Path.home())
