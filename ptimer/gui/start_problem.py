"""Who is told that no window opens, and where? Whoever pressed an icon sees no terminal."""

import sys
from typing import TextIO

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from ptimer.operations.errors import Problem

_UNSEEN = ("offscreen", "minimal", "vnc")
"""Platforms of Qt on which nobody would see a box, so that it would stay for good."""


def tell(problem: Problem) -> None:
    """Say why nothing opens: on standard error, and in a box where nobody reads that."""
    if sys.stderr is not None:
        sys.stderr.write(f"{problem.sentence}\n")
    if needs_box(sys.stderr, QGuiApplication.platformName()):
        box(problem).exec()


def needs_box(errors: TextIO | None, platform: str) -> bool:
    """Return whether a person sees nothing else: no terminal, and a screen that has eyes on it."""
    at_terminal = errors is not None and errors.isatty()
    return not at_terminal and platform not in _UNSEEN


def box(problem: Problem) -> QMessageBox:
    """Return the box; its words can be selected, to be sent to someone who can help."""
    shown = QMessageBox(QMessageBox.Icon.Critical, "ptimer", str(problem.sentence))
    shown.setTextFormat(Qt.TextFormat.PlainText)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return shown
