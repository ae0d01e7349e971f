"""How is the window opened? One a data folder; a second start brings the first to the front."""

import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ptimer.gui.desk import Desk
from ptimer.gui.display import has_display
from ptimer.gui.first_paint import FirstPaint
from ptimer.gui.frame import window_place
from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.frame.screens import offer_screens
from ptimer.gui.frame.ways import TODAY
from ptimer.gui.languages import ENGLISH, Language
from ptimer.gui.look import Look, Mode
from ptimer.operations import one_window, people, preferences
from ptimer.operations.clinic import Clinic, open_clinic
from ptimer.operations.errors import Busy, Damaged, Problem
from ptimer.timing.clock import Clock, SystemClock
from ptimer.wording import say

USAGE = 2


def open_window(
    folder: Path, clock: Clock | None = None, stay: Callable[[MainWindow], int] | None = None
) -> int:
    """Open the window on a data folder, stay until it is closed, and return the exit status.

    Args:
        stay: what waits for presses until the window is closed, if not Qt's loop as it is.
    """
    if not has_display():  # so nobody can be told in a window
        sys.stderr.write(
            "ptimer has no screen to open its window on. Its commands work without one: "
            "ptimer --help\n"
        )
        return USAGE
    application = QApplication(sys.argv[:1])
    application.setApplicationName("ptimer")
    application.setDesktopFileName("ptimer")
    application.setStyle("Fusion")
    try:
        return _run(folder, clock or SystemClock(), stay or _until_closed)
    except Problem as problem:
        from ptimer.gui.start_problem import tell

        tell(problem, clock or SystemClock())
        return problem.exit_status


def build_window(clinic: Clinic, look: Look | None = None) -> MainWindow:
    """Return a window on an open record, with all its screens."""
    window = MainWindow(look or _look(clinic), Desk(clinic))
    offer_screens(window)
    return window


def ask_first_questions(window: MainWindow) -> None:
    """Ask who presses, on a record that has no clinician yet."""
    if window.desk.attempt(people.first_start_due, refresh=False):
        from ptimer.gui.people.first_start import FirstStart

        strip = FirstStart(window.look, window.desk)
        window.insert_strip(strip)
        strip.open()


def _run(folder: Path, clock: Clock, stay: Callable[[MainWindow], int]) -> int:
    lock = one_window.take(folder)
    if lock is None and _first_came_to_front(folder):
        return 0
    lock = lock or one_window.take(folder)  # the first one may have closed meanwhile
    if lock is None:
        raise Busy(
            say(
                "ptimer is open on {folder} already, and its window does not answer: perhaps it "
                "hangs, or is in another sign-in of this computer",
                folder=str(folder),
            )
        )
    try:
        return _opened(folder, clock, stay)
    finally:
        lock.release()


def _opened(folder: Path, clock: Clock, stay: Callable[[MainWindow], int]) -> int:
    """Open the record and stay; of a damaged one a person is asked first what is to be done."""
    while True:
        try:
            clinic = open_clinic(folder, clock)
            try:
                return stay_open(clinic, stay)
            finally:
                clinic.close()
        except Damaged as problem:
            from ptimer.gui.start_problem import settled

            if not settled(problem, folder, clock):
                raise


def stay_open(clinic: Clinic, stay: Callable[[MainWindow], int]) -> int:
    """Open the window, and open it anew as often as it closes to be another size or language."""
    language = Language()
    before: MainWindow | None = None
    try:
        while True:
            language.speak(preferences.read(clinic, preferences.LANGUAGE))
            window = _shown(clinic, before)
            status = stay(window)
            if not window.again_at:
                _back_up_at_the_end(clinic)
                return status
            before = window
            _put_back_what_was_wanted(clinic, window)
    finally:
        language.speak(ENGLISH)


def _put_back_what_was_wanted(clinic: Clinic, window: MainWindow) -> None:
    """Let the record be a backup's, if the window closed to be opened anew on one."""
    from ptimer.gui.backups import restoring

    wanted = restoring.wanted_by(window)
    if wanted is not None:
        window.again_says = restoring.put_back(clinic, wanted)
        window.again_at = TODAY


def _back_up_at_the_end(clinic: Clinic) -> None:
    """Back up what has changed; that it can't be is said at the next start, where it is tried."""
    from ptimer.operations import backing_up

    with suppress(Problem):
        backing_up.back_up_if_changed(clinic)


def _shown(clinic: Clinic, before: MainWindow | None) -> MainWindow:
    """Return the window, shown; in place of one before it on the screen that was seen there."""
    window = build_window(clinic)
    window_place.place(window, preferences.read(clinic, preferences.WINDOW))
    if before is not None:
        if before.again_says is not None:
            window.say(before.again_says)
        elif before.desk.visit_id is not None:
            window.desk.look_at(before.desk.visit_id)
        window.go(before.again_at)
        before.deleteLater()
    window.show()
    window.desk.ticker.start()
    again = before is not None
    first_paint = FirstPaint(window)
    first_paint.over.connect(partial(_after_first_paint, window, clinic.folder, again=again))
    return window


def _until_closed(_window: MainWindow) -> int:
    return QApplication.exec()


def _first_came_to_front(folder: Path) -> bool:
    from ptimer.gui.front import ask_first_window

    return ask_first_window(folder)


def _after_first_paint(window: MainWindow, folder: Path, *, again: bool) -> None:
    """Do what nobody waits for."""
    gc.freeze()
    gc.enable()
    from ptimer.gui.announcing import Announcing
    from ptimer.gui.crash import write_errors_down
    from ptimer.gui.frame.reminding import Reminding
    from ptimer.gui.front import FrontServer
    from ptimer.gui.tray import open_tray

    window.show_backup()
    window.backing_up.watch()
    _offer_what_was_kept(window, folder)
    if not again:
        window.warnings.warn_about_place()
        window.ask_about_doubts()
        ask_first_questions(window)
        write_errors_down(folder, _tell_error)
    window.desk.presses  # noqa: B018  (imported now, so that the first press need not wait)
    Reminding(window)
    Announcing(window)
    open_tray(window)
    server = FrontServer(folder, window)
    server.front_wanted.connect(window.come_to_front)
    _close_when_told(window)


def _offer_what_was_kept(window: MainWindow, folder: Path) -> None:
    """Offer the presses that an earlier window could not record, if there are any."""
    from ptimer.operations import unsaved_files

    unsaved_files.reserve(folder)
    if unsaved_files.any_left(folder):
        window.desk.unsaved.look_back()


def _tell_error(log: str) -> None:
    """Tell an error in the window that is open now."""
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, MainWindow) and widget.isVisible():
            widget.warnings.tell_error(log)


def _close_when_told(window: MainWindow) -> None:
    """Let Ctrl+C, a closed terminal and a sign-out close the window as its own button does.

    Python hears of a signal when it runs next, which the ticker sees to within a second.
    """
    import signal

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):  # no system has all of them
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, lambda *_: QTimer.singleShot(0, window, window.close))


def _look(clinic: Clinic) -> Look:
    """Return the wanted colours and size; without the list of settings, which loads slowly."""
    colours = preferences.read(clinic, preferences.COLOURS)
    size = preferences.read(clinic, preferences.SIZE)
    mode = Mode(colours) if colours in set(Mode) else Mode.SYSTEM
    return Look(mode, scale=int(size) / 100 if size in preferences.SIZES else None)
