"""Locked: no patient id is to be seen, the stopwatch goes on, Stop works and nothing else does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ptimer.gui.lock.lock_screen import LockScreen
from ptimer.operations import stopwatch, visiting
from ptimer.operations.stopwatch import StartWish


@pytest.fixture
def lock():
    """Lock a window; unlocking leads back to the stopwatches, as the window wires it."""

    def lock(window):
        def make():
            screen = LockScreen(window.look, window.desk, window.times)
            screen.unlock_wanted.connect(lambda: window.go("today"))
            return screen

        window.offer_screen("lock", make)
        window.go("lock")
        return window.body.screens["lock"]

    return lock


def columns(screen):
    return [screen.left, screen.centre, screen.right]


def said(widget):
    """Everything that a widget says to the eye or to the ear."""
    texts = [
        widget.windowTitle(),
        widget.toolTip(),
        widget.whatsThis(),
        widget.statusTip(),
        widget.accessibleName(),
        widget.accessibleDescription(),
        widget.objectName(),
    ]
    if isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        texts.append(widget.text())
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        texts.append(widget.placeholderText())
    if isinstance(widget, QPlainTextEdit):
        texts.append(widget.toPlainText())
    if isinstance(widget, QComboBox):
        texts += [widget.itemText(place) for place in range(widget.count())]
    if isinstance(widget, QAbstractItemView):
        texts.append(f"{widget.model()} shows rows")
    return [text for text in texts if text]


def everything_said(screen):
    found = []
    for column in columns(screen):
        for widget in (column, *column.findChildren(QWidget)):
            found += said(widget)
    return found


def running(window):
    return sorted((s.patient, s.code) for s in window.desk.today.running)


@pytest.mark.parametrize("day", ["demo_morning", "demo_evening"])
def test_no_patient_id_is_said_anywhere_on_the_screen(request, lock, pass_time, day):
    window, clock = request.getfixturevalue(day)
    patients = {view.visit.patient for view in window.desk.today.visits}
    assert len(patients) == 9
    screen = lock(window)
    pass_time(window, clock, seconds=2)

    texts = everything_said(screen)

    assert texts
    assert [text for text in texts for patient in patients if patient in text] == []
    assert not any("shows rows" in text for text in texts)
    assert not any(patient in window.windowTitle() for patient in patients)


def test_patients_of_a_group_are_counted_and_not_named(lock, window, clinic):
    stopwatch.start(clinic, StartWish("97150", ("P-1", "P-2", "P-3")))
    window.desk.refresh()
    screen = lock(window)

    assert [time.code_shown for time in screen.card.shown_times] == ["97150"]
    assert not any("P-" in text for text in everything_said(screen))
    assert any("running for 3" in text for text in everything_said(screen))


def test_the_stopwatch_goes_on_without_a_patient(lock, demo_morning, pass_time):
    window, clock = demo_morning
    screen = lock(window)
    (time,) = screen.card.shown_times
    assert (time.code_shown, time.time_shown) == ("97112", "24:07")

    pass_time(window, clock, seconds=5)

    assert time.time_shown == "24:12"
    assert screen.count.text() == "9 VISITS TODAY"
    assert screen.visits.running.count(True) == 1


def test_space_stops_and_resumes_nothing(qtbot, lock, demo_morning):
    window, _ = demo_morning
    screen = lock(window)

    qtbot.keyClick(screen.card, Qt.Key.Key_Space)
    assert running(window) == []
    qtbot.keyClick(screen.card, Qt.Key.Key_Space)
    qtbot.keyClick(window, Qt.Key.Key_Space)

    assert running(window) == []
    assert screen.card.shown_times == []
    assert screen.card.text.text() == "Patient ids are hidden. Nothing runs."


def test_each_stopwatch_has_its_own_stop(qtbot, lock, window, clinic, clock):
    for patient in ("P-1", "P-2"):
        visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
    stopwatch.start(clinic, StartWish("G0283", ("P-1",)))
    clock.advance(minutes=1)
    stopwatch.start(clinic, StartWish("97110", ("P-2",)))
    window.desk.refresh()
    screen = lock(window)
    assert [time.stop.text() for time in screen.card.shown_times] == ["Stop G0283", "Stop 97110"]

    qtbot.mouseClick(screen.card.shown_times[0].stop, Qt.MouseButton.LeftButton)
    assert running(window) == [("P-2", "97110")]
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert running(window) == []


def test_rest_is_called_by_its_name(lock, window, clinic):
    stopwatch.start(clinic, StartWish("REST", ("P-1",)))
    window.desk.refresh()

    assert [time.code_shown for time in lock(window).card.shown_times] == ["Rest"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_unlocks(qtbot, lock, demo_morning, key):
    window, _ = demo_morning
    screen = lock(window)

    qtbot.keyClick(screen.card, key)

    assert window.body.name == "today"
    assert running(window) == [("P-1042", "97112")]


def test_a_press_unlocks(qtbot, lock, demo_morning):
    window, _ = demo_morning
    screen = lock(window)

    qtbot.mouseClick(screen.card.unlock, Qt.MouseButton.LeftButton)

    assert window.body.name == "today"


def test_it_says_that_it_hides_and_does_not_protect(lock, demo_morning):
    window, _ = demo_morning
    note = lock(window).card.note

    assert note.isVisible()
    assert note.text.text() == "Anyone can unlock: this hides, it does not protect."


@pytest.mark.parametrize("where", ["card", "window", "unlock"])
@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_R, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_no_other_key_does_anything(qtbot, lock, demo_morning, where, key, modifiers):
    window, _ = demo_morning
    screen = lock(window)
    target = {"card": screen.card, "window": window, "unlock": screen.card.unlock}[where]

    qtbot.keyClick(target, key, modifiers)

    assert window.body.name == "lock"
    assert running(window) == [("P-1042", "97112")]


def test_the_keys_are_the_windows_again_after_unlocking(qtbot, lock, demo_morning):
    window, _ = demo_morning
    screen = lock(window)
    qtbot.keyClick(screen.card, Qt.Key.Key_Return)

    qtbot.keyClick(window, Qt.Key.Key_R)

    assert running(window) == [("P-1042", "REST")]


def test_tab_stays_among_stop_and_unlock(qtbot, lock, demo_morning):
    window, _ = demo_morning
    screen = lock(window)
    stop, unlock = screen.card.shown_times[0].stop, screen.card.unlock
    been = []

    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        been.append(window.focusWidget())
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)

    assert been == [stop, unlock, stop, unlock]
    assert window.focusWidget() is stop


def test_a_visit_made_elsewhere_is_counted(lock, window, clinic):
    screen = lock(window)
    assert screen.count.text() == "NO VISITS TODAY"

    visiting.open_visit(clinic, "P-1")
    window.desk.refresh()

    assert screen.count.text() == "1 VISIT TODAY"


def test_many_stopwatches_fit_the_smallest_window(lock, window, clinic):
    for number in range(6):
        stopwatch.start(clinic, StartWish("G0283", (f"P-{number}",)))
    window.desk.refresh()
    window.resize(900, 600)
    screen = lock(window)

    assert len(screen.card.shown_times) == 6
    for area in (screen.centre, *screen.card.findChildren(QScrollArea)):
        assert area.widget().width() <= area.viewport().width(), "cut off at the right"
    assert window.width() == 900
