"""The main screen without a mouse, and without eyes: Tab reaches all, and all has a name."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from ptimer.gui.frame.message_bar import Action, Message
from ptimer.gui.start import ask_first_questions
from ptimer.operations import people
from ptimer.operations.explaining import Explanation
from ptimer.wording import say

TAB = Qt.Key.Key_Tab
BACK_TAB = Qt.Key.Key_Backtab


def controls(window):
    """What is seen and takes the keyboard."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.window() is window
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(widget.parent(), QAbstractScrollArea)
    ]


def reached(qtbot, window, key=TAB):
    """What the keyboard comes to, in its order, until it is where it began."""
    window.setFocus()
    found = []
    for _ in range(200):
        qtbot.keyClick(QApplication.focusWidget(), key)
        widget = QApplication.focusWidget()
        if widget in found or (found and widget is window):
            break
        found.append(widget)
    return [widget for widget in found if widget is not window]


def names(widgets):
    return [QAccessible.queryAccessibleInterface(w).text(QAccessible.Text.Name) for w in widgets]


WHY = Explanation(say("Because"))


@pytest.fixture(params=["morning", "empty", "first start", "new visit", "search", "message"])
def screen(request, demo_morning, clinic, make_window):
    """The main screen in each of its states."""
    window, _ = demo_morning
    if request.param in ("empty", "first start"):
        window = make_window(clinic)
        if request.param == "first start":
            ask_first_questions(window)
    window.show_backup()
    if request.param == "new visit":
        window.new_visit()
    elif request.param == "search":
        window.today.stopwatches.add_card.open()
    elif request.param == "message":
        window.say(Message("Something", why=WHY, actions=(Action("Do it", print),)))
    return window


def test_tab_reaches_each_control_and_goes_round(qtbot, screen):
    assert set(names(controls(screen))) - set(names(reached(qtbot, screen))) == set()


def test_tab_backwards_reaches_the_same(qtbot, screen):
    assert set(names(reached(qtbot, screen, BACK_TAB))) == set(names(reached(qtbot, screen)))


def test_every_control_has_a_name_and_no_two_the_same(screen):
    found = names(controls(screen))

    assert len(found) >= 6
    assert all(name.strip() for name in found), found
    # The column on the left and the empty centre both offer a new visit.
    assert len(set(found)) >= len(found) - found.count("New visit") + 1 * ("New visit" in found)


def test_tab_goes_from_top_to_bottom_and_column_by_column(qtbot, demo_morning):
    window, _ = demo_morning
    window.say(Message("Something", why=WHY))
    window.show_backup()
    order = names(reached(qtbot, window))
    wanted = [
        "Today",
        "Who treats: Demo Clinician, OTR/L. Change",
        "Lock",
        "Why?",
        "P-0981, OT · Medicare, 38 min · 3 units, signed",
        "P-1204, OT · Medicare, planned 15:10",
        "New visit",
        "In 09:42",
        "Finish & sign",
        "Stop 97112 Balance, coordination, posture",
        "Start G0283 Stimulation, unattended"
        if "Start G0283 Stimulation, unattended" in order
        else "Switch to G0283 Stimulation, unattended",
        "Add a code",
        "Rest",
        "Supervision level",
        "Backup 07:55 today",
    ]

    assert [name for name in order if name in wanted] == wanted


def test_what_the_keyboard_reaches_is_scrolled_into_view(qtbot, demo_morning):
    window, _ = demo_morning
    window.resize(900, 600)
    window.setFocus()
    for _ in reached(qtbot, window):
        qtbot.keyClick(QApplication.focusWidget(), TAB)
        widget = QApplication.focusWidget()
        area = widget.parentWidget()
        while area is not None and not isinstance(area, QAbstractScrollArea):
            area = area.parentWidget()
        if area is not None:
            top = widget.mapTo(area, widget.rect().topLeft()).y()
            assert top >= -4, widget.accessibleName()
            assert top + widget.height() <= area.height() + 4, widget.accessibleName()


def test_where_the_keyboard_is_can_be_seen(qtbot, demo_morning):
    window, _ = demo_morning
    window.show_backup()
    unseen = []
    for widget in reached(qtbot, window):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        with_it = widget.grab().toImage()
        window.setFocus()
        if widget.grab().toImage() == with_it:
            unseen.append(widget.accessibleName())

    assert unseen == []


def test_a_day_without_a_mouse(qtbot, window, clock, pass_time):
    """First answers, two visits, a switch, a refusal answered, a time corrected, signed."""

    def key(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)

    def type_in(text):
        qtbot.keyClicks(QApplication.focusWidget() or window, text)

    def tab_to(name):
        for _ in range(80):
            if name in (QApplication.focusWidget() or window).accessibleName():
                return
            key(TAB)
        raise AssertionError(name)

    ctrl = Qt.KeyboardModifier.ControlModifier
    ask_first_questions(window)
    type_in("Kim, OTR/L")
    key(Qt.Key.Key_Return)
    assert window.desk.attempt(people.current, refresh=False).name == "Kim"
    key(Qt.Key.Key_N, ctrl)
    type_in("P-1042")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_1)
    pass_time(window, clock, minutes=16)
    key(Qt.Key.Key_2)
    pass_time(window, clock, minutes=9)
    key(Qt.Key.Key_N, ctrl)
    type_in("P-1150")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_3)
    assert window.messages.shown
    tab_to("Switch: end 97110 of P-1042")
    key(Qt.Key.Key_Space)
    assert [s.patient for s in window.desk.today.running] == ["P-1150"]
    pass_time(window, clock, minutes=8)
    key(Qt.Key.Key_Space)
    tab_to("P-1150")
    key(Qt.Key.Key_Up)
    assert window.desk.view.visit.patient == "P-1042"
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_E)
    assert window.body.name == "edit-times"
    key(Qt.Key.Key_Escape)
    tab_to("Finish & sign")
    key(Qt.Key.Key_Space)
    assert window.body.name == "sign"
    key(Qt.Key.Key_Return, ctrl)
    assert window.desk.view.visit.signed
    assert window.desk.view.reckoning.timed_units == 2
