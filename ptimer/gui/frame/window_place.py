"""Where does the window stand on the screen, and what is kept of that when it closes?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt

from ptimer.operations import preferences

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow

_TITLE_BAR = 40
"""Pixels that the system's frame takes above the window, at most."""


def place(window: "MainWindow", geometry: str, room: QSize | None = None) -> None:
    """Put the window where it stood when it was closed, never larger than the screen.

    Args:
        geometry: what was kept then; empty at the first start.
        room: what the screen has room for, if not what it says itself.
    """
    room = room or window.screen().availableSize()
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    if geometry:
        window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))
    elif (
        window.width() > room.width()
        or window.height() + window.look.px(_TITLE_BAR) > room.height()
    ):
        window.setWindowState(Qt.WindowState.WindowMaximized)


def keep(window: "MainWindow") -> None:
    """Keep where the window stands."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    window.desk.attempt(
        lambda clinic: preferences.write(clinic, preferences.WINDOW, geometry), refresh=False
    )
