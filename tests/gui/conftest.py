"""A window on a record of its own, with a clock that stands still until it is moved."""

import shutil
import sys
from datetime import UTC, date
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject
from PySide6.QtWidgets import QWidget

from ptimer.gui import background
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import demo, importing
from ptimer.operations.clinic import open_clinic
from ptimer.timing.clock import ManualClock
from tests.gui.ticking import tick_through
from tests.operations.files import HEADER

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # which is no package, and must not be one

import half_year  # noqa: E402  (found by the line above)

DAY = date(2026, 11, 23)
PATIENCE_MS = 10_000


@pytest.fixture(scope="session", autouse=True)
def _fusion(qapp):
    """The style in which ptimer starts; to set it again for each window is dear."""
    qapp.setStyle("Fusion")


@pytest.fixture(autouse=True)
def _british_times():
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


class _Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


@pytest.fixture(autouse=True)
def _no_stray_window(qapp, request):
    """Nothing flashes up: a widget shown before it has its place is a window for a moment."""
    if not {"window", "demo_morning"} & set(request.fixturenames):
        yield
        return
    windows = _Windows()
    qapp.installEventFilter(windows)
    yield
    qapp.removeEventFilter(windows)
    known = {
        "MainWindow",
        "MiniWindow",
        "QComboBoxPrivateContainer",
        "QCalendarPopup",
        "QMenu",
        "QListView",
    }
    assert set(windows.shown) <= known, windows.shown


@pytest.fixture
def look():
    return Look(Mode.LIGHT, scale=1.0)


@pytest.fixture
def clock():
    return ManualClock.at_local("2026-11-23T10:00:00")


@pytest.fixture
def clinic(tmp_path, blank, clock):
    """An empty record."""
    (tmp_path / "record").mkdir()
    shutil.copy(blank, tmp_path / "record")
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


@pytest.fixture(scope="session")
def play_demo(tmp_path_factory):
    """Put the demo day up to a time into a folder; each such day is played once, then copied.

    So is the half year before it, where one is asked for.
    """
    days = {}

    def played(until, past):
        day = demo.play(tmp_path_factory.mktemp("demo"), DAY, until=until, zone=UTC)
        if past:
            half_year.record(day.folder, DAY, ManualClock(day.until, UTC))
        return day

    def put(until, folder, past=False):
        if (until, past) not in days:
            days[until, past] = played(until, past)
        shutil.copytree(days[until, past].folder, folder)
        return ManualClock(days[until, past].until, UTC)

    return put


@pytest.fixture
def demo_morning(tmp_path, make_window, play_demo):
    """The demo day at 10:36:07: 97112 runs for P-1042 since 24:07; returns window and clock."""
    clock = play_demo(demo.MID_MORNING, tmp_path / "demo")
    clinic = open_clinic(tmp_path / "demo", clock)
    yield make_window(clinic), clock
    clinic.close()


@pytest.fixture
def demo_evening(tmp_path, make_window, play_demo):
    """The demo day at 17:42: nine visits, two to fix; returns window and clock."""
    clock = play_demo(demo.END_OF_DAY, tmp_path / "demo")
    clinic = open_clinic(tmp_path / "demo", clock)
    yield make_window(clinic), clock
    clinic.close()


@pytest.fixture
def pass_time():
    """Let time pass on a window's clock, with ticks on the way as the seconds would give."""

    def pass_time(window, clock, *, minutes=0, seconds=0):
        tick_through(window.desk, clock, minutes * 60 + seconds)

    return pass_time


@pytest.fixture
def no_thread_is_left(qapp):
    """Work in the background ends with the test that began it."""
    yield
    assert background.wait_for_done(PATIENCE_MS)


@pytest.fixture
def own_home(tmp_path, monkeypatch):
    """Files of presses go into a folder of the test."""
    (tmp_path / "home").mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "home"))


@pytest.fixture
def unplug(window):
    """Take the record's folder away, as a network does; return what brings it back."""
    folder = window.desk.clinic.folder
    away = folder.with_name("away")

    def unplug():
        folder.rename(away)
        return lambda: away.rename(folder)

    return unplug


@pytest.fixture
def bring_in(tmp_path):
    """Record segments of a day: (patient, code, start, end), and who treated."""

    def bring_in(clinic, *segments, day=DAY, clinician="Ann", payer="Medicare", discipline="OT"):
        rows = [
            f"{patient},{payer},{discipline},{clinician},therapist,{code},{day}T{start},{day}T{end},"
            for patient, code, start, end in segments
        ]
        file = tmp_path / "segments.csv"
        file.write_text("\n".join((HEADER, *rows)) + "\n")
        importing.import_file(clinic, file, dry_run=False)

    return bring_in
