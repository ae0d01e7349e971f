"""How is a backup put back while its own window asks? Closed first, then opened anew on it."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from ptimer.gui import background, texts
from ptimer.gui.backups.backups_screen import BackupsScreen
from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.frame.message_bar import Message
from ptimer.operations import keeping
from ptimer.operations.backups import counted
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.operations.errors import Problem


def wanted_by(window: MainWindow) -> Path | None:
    """Return the backup that a closed window wants to be opened anew on."""
    screen = window.body.screens.get("backups")
    return screen.wanted if isinstance(screen, BackupsScreen) else None


def put_back(clinic: Clinic, source: Path) -> Message:
    """Put a backup in the place of the record, and let it go on with that; return what to say.

    Where it can't be put back, it goes on with what was there.

    Raises:
        Problem: neither can be opened.
    """
    background.wait_for_done()  # each job there may have the record open
    clinic.close()
    try:
        done = keeping.restore(clinic.folder, source, by_its_window=True)
    except Problem as problem:
        message = Message(_tr("Not restored"), texts.words(problem.sentence), stays=True)
    else:
        held = texts.words(counted(done.visits, done.segments))
        text = _tr("{0}. What was there before is kept as {1}").format(held, done.kept)
        message = Message(_tr("Restored"), text, kind="info", stays=True)
    clinic.go_on_with(open_clinic(clinic.folder, clinic.clock))
    return message


def _tr(words: str) -> str:
    return QCoreApplication.translate("restoring", words)
