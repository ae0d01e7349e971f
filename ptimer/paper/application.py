"""How is paper painted where there is no window, and no screen? By Qt's own, unseen platform."""

from PySide6.QtGui import QGuiApplication

_kept: list[QGuiApplication] = []
"""Qt's application lives as long as the program, once there is one."""


def be_ready() -> None:
    """Let type be measured and painted; a program that has a window is ready already."""
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["ptimer", "-platform", "offscreen"]))
