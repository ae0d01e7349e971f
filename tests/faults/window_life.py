"""A day in the real window: cards are clicked, keys are pressed, and each is told once it shows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ptimer.gui import start
from ptimer.operations import visiting
from tests.faults import days

TICK_SECONDS = 10
LOST = "NOT"
"""Stands in the footer where the last press was not recorded."""


def window_life(folder, steps):
    """Open the window in this process and press a day's presses in it."""

    def act(say):
        clock = days.new_clock()
        start.open_window(folder, clock, stay=lambda window: _press_all(window, clock, steps, say))

    return act


def _press_all(window, clock, steps, say):
    _paint()
    say({"status": 0, "running": _running(window)})
    for step in steps:
        _pass(window, clock, step.seconds)
        globals()[f"_{step.word}"](window, step.given)
        _paint()
        recorded = LOST not in window.footer.recorded.text()
        say({"status": 0 if recorded else 5, "running": _running(window)})
    return 0


def _pass(window, clock, seconds):
    """Let time pass as the window sees it pass, tick by tick."""
    while seconds > 0:
        clock.advance(seconds=min(seconds, TICK_SECONDS))
        seconds -= TICK_SECONDS
        window.desk.tick()


def _visit(window, patient):
    made = window.desk.attempt(
        lambda clinic: visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
    )
    window.desk.select(made.id)


def _look(window, number):
    views = window.desk.today.visits
    if views:
        window.desk.select(views[int(number) % len(views)].visit.id)


def _card(window, number):
    cards = [card for card in window.today.stopwatches.cards if card.isVisible()]
    if cards:
        QTest.mouseClick(cards[int(number) % len(cards)], Qt.MouseButton.LeftButton)


def _space(window, _):
    QTest.keyClick(window, Qt.Key.Key_Space)


def _undo(window, _):
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def _bar(window, number):
    buttons = [button for button in window.bar.buttons if button.isVisible()]
    if buttons:
        QTest.mouseClick(buttons[int(number) % len(buttons)], Qt.MouseButton.LeftButton)


def _ticks(window, _):
    window.desk.tick()


def _running(window):
    return sorted([each.patient, each.code] for each in window.desk.today.running)


def _paint():
    for _ in range(2):
        QApplication.processEvents()
