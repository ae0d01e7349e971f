"""A window on a record of its own, with a clock that stands still until it is moved."""

from datetime import UTC, date

import pytest
from PySide6.QtCore import QLocale

from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import demo
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import ManualClock

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _british_times():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def look(qapp):
    qapp.setStyle("Fusion")
    return Look(Mode.LIGHT, scale=1.0)


@pytest.fixture
def clock():
    return ManualClock.at_local("2026-11-23T10:00:00")


@pytest.fixture
def clinic(tmp_path, clock):
    """An empty record."""
    clinic = open_clinic(tmp_path / "record", clock)
    yield clinic
    clinic.close()


@pytest.fixture
def make_window(qtbot, look):
    """Open a window on a record; a press in it is a person's."""

    def make(clinic):
        window = build_window(clinic, look)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


@pytest.fixture
def window(make_window, clinic):
    """A window on an empty record."""
    return make_window(clinic)


@pytest.fixture
def demo_morning(tmp_path, make_window):
    """The demo day at 10:36:07: 97112 runs for P-1042 since 24:07; returns window and clock."""
    played = demo.play(tmp_path / "demo", DAY, until=demo.MID_MORNING, zone=UTC)
    clock = ManualClock(played.until, UTC)
    clinic = open_clinic(played.folder, clock)
    yield make_window(clinic), clock
    clinic.close()


@pytest.fixture
def demo_evening(tmp_path, make_window):
    """The demo day at 17:42: nine visits, two to fix; returns window and clock."""
    played = demo.play(tmp_path / "demo", DAY, until=demo.END_OF_DAY, zone=UTC)
    clock = ManualClock(played.until, UTC)
    clinic = open_clinic(played.folder, clock)
    yield make_window(clinic), clock
    clinic.close()


@pytest.fixture
def pass_time():
    """Let time pass on a window's clock, and tick as the seconds would."""

    def pass_time(window, clock, **time):
        clock.advance(**time)
        window.desk.tick()

    return pass_time
