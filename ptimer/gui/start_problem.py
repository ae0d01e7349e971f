"""Who is told that no window opens, and where? Whoever pressed an icon sees no terminal."""

import sys
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from ptimer.gui.languages import ENGLISH, SYSTEM, Language
from ptimer.gui.look import Look
from ptimer.operations import backups
from ptimer.operations.errors import Damaged, Problem
from ptimer.timing.clock import Clock

_UNSEEN = ("offscreen", "minimal", "vnc")
"""Platforms of Qt on which nobody would see a box, so that it would stay for good."""


def tell(problem: Problem, clock: Clock) -> None:
    """Say why nothing opens: on standard error, and in a box where nobody reads that."""
    if sys.stderr is not None:
        found = backups.advice(problem.file, clock) if isinstance(problem, Damaged) else None
        for sentence in (problem.sentence, found):
            if sentence is not None:
                sys.stderr.write(f"{sentence}\n")
    if isinstance(problem, Damaged):
        return  # its own window was closed just now
    if needs_box(sys.stderr, QGuiApplication.platformName()):
        box(problem).exec()


def settled(problem: Damaged, folder: Path, clock: Clock) -> bool:
    """Ask what is to be done about a damaged record; return whether a whole one is there now.

    Who started ptimer in a terminal is told there, and has the same choices as commands.
    """
    if not needs_box(sys.stderr, QGuiApplication.platformName()):
        return False
    from ptimer.gui.backups.damage_window import DamageWindow

    language = Language()
    language.speak(SYSTEM)
    try:
        window = DamageWindow(Look(), problem, folder, clock)
        loop = QEventLoop()
        window.closed.connect(loop.quit)
        window.show()
        loop.exec()
        return window.settled
    finally:
        language.speak(ENGLISH)


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
