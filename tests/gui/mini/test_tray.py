"""The icon in the tray: what runs, stop and switch from its menu, and nothing that holds ptimer."""

import subprocess
import sys

import pytest
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QSystemTrayIcon

from ptimer.gui.mini.glance import State
from ptimer.gui.tray import Tray, open_tray
from ptimer.gui.tray_sign import sign_of
from ptimer.operations import stopping, stopwatch
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish


@pytest.fixture
def tray(demo_morning):
    """The icon at 10:36:07, while 97112 runs for P-1042."""
    window, _ = demo_morning
    return Tray(window)


def words(tray):
    """The lines of the menu, as they are read."""
    actions = tray.menu.actions()
    return [action.text().replace("&&", "&") for action in actions if not action.isSeparator()]


def choose(tray, text):
    """Press a line of the menu."""
    action = next(a for a in tray.menu.actions() if a.text().startswith(text))
    assert action.isEnabled()
    action.trigger()


def running(window):
    return [(segment.patient, segment.code) for segment in window.desk.today.running]


def test_where_there_is_no_tray_there_is_no_icon_and_no_word_of_it(monkeypatch, window):
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)

    assert open_tray(window) is None


def test_resting_on_it_tells_code_patient_minutes_and_units(tray, demo_morning, pass_time):
    assert tray.icon.toolTip() == "97112 · P-1042 · 24 min · 3 + 1 units"

    pass_time(*demo_morning, minutes=6)

    assert tray.icon.toolTip() == "97112 · P-1042 · 30 min · 4 + 1 units"


def test_an_id_that_looks_like_markup_is_shown_as_it_is(tray, demo_morning):
    window, _ = demo_morning
    stopping.stop(window.desk.clinic, StopWish())
    wish = StartWish("97110", ("<b>P</b>",), clinician="<i>Ana</i>")
    stopwatch.start(window.desk.clinic, wish)
    window.desk.refresh()
    tip = tray.icon.toolTip()

    assert "<b>P</b>" in tip.replace("\u200b", "")
    assert Gui.mightBeRichText("97110 · <b>P</b>")
    assert not Gui.mightBeRichText(tip)


def test_the_menu_leads_everywhere(tray):
    assert words(tray) == [
        "97112 · P-1042 · 24 min",
        "Stop 97112 of P-1042",
        "P-1042",
        "Switch to 97110 Strength, endurance, range",
        "Switch to 97530 Functional activities",
        "Switch to 97535 Self-care, home",
        "Switch to G0283 Stimulation, unattended",
        "Switch to Rest",
        "Switch to Not billable",
        "Show ptimer",
        "Mini window",
        "Lock",
        "Quit ptimer",
    ]


def test_stop_and_resume(tray, demo_morning):
    window, _ = demo_morning
    choose(tray, "Stop 97112")
    assert running(window) == []
    assert tray.icon.toolTip() == "ptimer: nothing runs"

    choose(tray, "Resume 97112 of P-1042")

    assert running(window) == [("P-1042", "97112")]


def test_switch(tray, demo_morning):
    window, _ = demo_morning
    choose(tray, "Switch to 97110")

    assert running(window) == [("P-1042", "97110")]
    assert "Stop 97110 of P-1042" in words(tray)


def test_a_refused_press_brings_the_window_that_says_why(tray, demo_morning):
    window, _ = demo_morning
    other = next(v for v in window.desk.today.visits if v.visit.patient == "P-1150")
    window.desk.select(other.visit.id)
    window.hide()
    choose(tray, "Start 97110 Strength, endurance, range (97112 of P-1042 runs)")

    assert running(window) == [("P-1042", "97112")]
    assert window.isVisible()
    assert window.messages.shown


def test_a_group_code_leads_to_its_patients(tray, demo_morning):
    window, _ = demo_morning
    window.desk.group_wanted.emit("97150")
    tray.show_now()
    assert window.body.name == "group"


def test_the_mini_window_and_back(tray, demo_morning, qtbot):
    window, _ = demo_morning
    choose(tray, "Mini window")
    qtbot.addWidget(window.mini.window)
    assert window.mini.active

    choose(tray, "Show ptimer")

    assert window.isVisible()
    assert not window.mini.active


def test_locked_it_names_nobody_and_stops(tray, demo_morning):
    window, _ = demo_morning
    choose(tray, "Lock")

    assert window.locked
    assert tray.icon.toolTip() == "97112 · 24 min"
    assert words(tray) == [
        "97112 · 24 min", "Stop 97112", "Show ptimer", "Mini window", "Quit ptimer",
    ]  # fmt: skip

    choose(tray, "Stop 97112")

    assert running(window) == []
    assert words(tray)[0] == "Nothing runs"


def test_in_doubt_it_asks_for_the_answer(tray, demo_morning):
    window, clock = demo_morning
    clock.advance(minutes=8)
    window.desk.tick()

    assert tray.icon.toolTip() == "ptimer asks: P-1042 is in doubt"
    assert "Stop 97112 of P-1042" not in words(tray)
    window.go("today")
    choose(tray, "Answer")
    assert window.body.name == "recovery"


def test_quit_closes_the_window(tray, demo_morning):
    window, _ = demo_morning
    choose(tray, "Quit")

    assert not window.isVisible()


def shape(state):
    """Which pixels of a sign are painted at all, and which are white, whatever their colour."""
    image = sign_of(state).pixmap(32, 32).toImage()
    pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
    return [(p.alpha() > 128, p.lightness() > 200 and p.alpha() > 128) for p in pixels]


def test_running_stopped_and_in_doubt_differ_in_shape_not_in_colour_alone():
    shapes = [shape(state) for state in State]

    for place, one in enumerate(shapes):
        for other in shapes[place + 1 :]:
            differing = sum(a != b for a, b in zip(one, other, strict=True))
            assert differing > 100


def test_the_same_is_not_told_to_the_system_again(tray, demo_morning, monkeypatch, pass_time):
    told = []
    monkeypatch.setattr(tray.icon, "setToolTip", told.append)
    monkeypatch.setattr(tray.icon, "setIcon", told.append)
    window, clock = demo_morning
    for _ in range(50):
        pass_time(window, clock, seconds=1)
    window.desk.refresh()

    assert told == []


HELD = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ptimer.gui import start, tray
def stay(window):
    from PySide6.QtWidgets import QApplication
    icon = tray.Tray(window).icon
    icon.show()
    QTimer.singleShot(100, window.toggle_mini if "mini" in sys.argv else window.close)
    QTimer.singleShot(200, window.close)
    return QApplication.exec()
sys.exit(start.open_window(Path(sys.argv[1]), stay=stay))
"""


@pytest.mark.parametrize("seen", ["main", "mini"])
def test_ptimer_ends_when_its_window_is_closed_icon_or_not(tmp_path, seen):
    done = subprocess.run(
        [sys.executable, "-c", HELD, str(tmp_path / "record"), seen],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr


def test_its_modules_are_not_loaded_with_the_window():
    late = ("ptimer.gui.tray", "ptimer.gui.mini", "ptimer.gui.announcing", "ptimer.gui.frame.keys")
    code = (
        "import sys, ptimer.gui.start\n"
        f"print([name for name in sys.modules if name.startswith({late})])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
