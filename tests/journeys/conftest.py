"""The window on a clinic's record, in front of a clinician with a clock of their own."""

import pytest
from PySide6.QtCore import QLocale

from ptimer.gui import background
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import ask_first_questions, build_window
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import ManualClock
from tests.journeys.window_hands import Hands

PATIENCE_MS = 10_000


@pytest.fixture
def british_times():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def sit_down(qapp, qtbot, tmp_path, british_times):
    """Open the window on the record at a time, as ptimer does; returns hands."""
    qapp.setStyle("Fusion")
    opened = []

    def sit_down(now):
        clock = ManualClock.at_local(now)
        clock.ticked = clock.at  # as if the computer ran on since the last window
        clinic = open_clinic(tmp_path / "clinic", clock)
        opened.append(clinic)
        window = build_window(clinic, Look(Mode.LIGHT, scale=1.0))
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.ask_about_doubts()
        ask_first_questions(window)
        return Hands(qtbot, window, clock)

    yield sit_down
    assert background.wait_for_done(PATIENCE_MS)
    for clinic in opened:
        clinic.close()
