"""Where does the mini window stand? Where it was left, and always where it can be seen."""

import re

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_EDGE = 24
"""Pixels from the edges of the screen at the first time."""


def written(place: QPoint) -> str:
    """Return a place as it is kept."""
    return f"{place.x()},{place.y()}"


def place_of(kept: str, size: QSize, screens: list[QRect]) -> QPoint:
    """Return where a window of a size stands, wholly on a screen.

    Args:
        kept: what was kept when it was left; empty at the first time, and perhaps nonsense.
        screens: the room of each screen, the one to stand on at first foremost.
    """
    found = re.fullmatch(r"(-?\d{1,6}),(-?\d{1,6})", kept)
    if found is None:
        first = screens[0]
        corner = QPoint(first.right() - size.width() - _EDGE, first.top() + _EDGE)
        return _inside(QRect(corner, size), first)
    wanted = QRect(QPoint(int(found[1]), int(found[2])), size)
    # The screen that it was on may be gone.
    screen = max(screens, key=lambda each: _shared(wanted, each))
    return _inside(wanted, screen)


def screens_from(window: QWidget) -> list[QRect]:
    """Return the room of all screens, the one that a window is on first."""
    own = window.screen()
    others = [screen for screen in QGuiApplication.screens() if screen is not own]
    return [screen.availableGeometry() for screen in (own, *others)]


def _shared(window: QRect, screen: QRect) -> int:
    both = window.intersected(screen)
    return max(both.width(), 0) * max(both.height(), 0)


def _inside(window: QRect, screen: QRect) -> QPoint:
    x = max(min(window.x(), screen.right() + 1 - window.width()), screen.x())
    y = max(min(window.y(), screen.bottom() + 1 - window.height()), screen.y())
    return QPoint(x, y)
