"""Escape closes one thing a press, the topmost first, wherever the keyboard is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

ESCAPE = Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def escape(qtbot):
    """Press Escape where the keyboard is."""

    def escape(window):
        qtbot.keyClick(QApplication.focusWidget() or window, ESCAPE)

    return escape


@pytest.fixture
def to_the_visits():
    """Put the keyboard into the list of visits, as Tab does."""

    def to_the_visits(window):
        window.today.visits.list.cards[0].setFocus(Qt.FocusReason.TabFocusReason)
        assert window.today.visits.list.cards[0].hasFocus()

    return to_the_visits


def test_an_open_editor_closes_first_and_the_second_press_leaves_edit_times(
    qtbot, demo_morning, escape, to_the_visits
):
    window, _ = demo_morning
    window.go("edit-times")
    page = window.body.screens["edit-times"].page
    window.desk.segment_wanted.emit(window.desk.view.record.segments[0].id)
    assert page.editor.isVisible()
    to_the_visits(window)

    escape(window)
    assert not page.editor.isVisible()
    assert window.body.name == "edit-times"

    escape(window)
    assert window.body.name == "today"


@pytest.mark.parametrize("form", ["add", "change_payer", "change_in_clinic"])
def test_each_form_of_edit_times_closes_first(qtbot, demo_morning, escape, to_the_visits, form):
    window, _ = demo_morning
    window.go("edit-times")
    page = window.body.screens["edit-times"].page
    qtbot.mouseClick(getattr(page, form), LEFT)
    assert page.editing
    to_the_visits(window)

    escape(window)
    assert not page.editing
    assert window.body.name == "edit-times"


def test_the_form_for_a_new_visit_closes_from_a_card(qtbot, demo_morning, escape):
    window, _ = demo_morning
    window.new_visit()
    qtbot.keyClicks(window.today.visits.form.patient, "P-2")
    window.today.stopwatches.cards[1].setFocus(Qt.FocusReason.TabFocusReason)

    escape(window)

    assert not window.today.visits.form.isVisible()
    assert window.today.visits.new.isVisible()
    assert window.body.name == "today"


def test_the_form_for_a_new_visit_closes_before_the_screen_that_it_stands_beside(
    qtbot, demo_morning, escape, to_the_visits
):
    window, _ = demo_morning
    window.go("edit-times")
    qtbot.mouseClick(window.today.visits.new, LEFT)
    to_the_visits(window)

    escape(window)
    assert not window.today.visits.form.isVisible()
    assert window.body.name == "edit-times"

    escape(window)
    assert window.body.name == "today"


def test_an_id_half_typed_is_gone_when_the_screen_is_left(qtbot, demo_morning):
    window, _ = demo_morning
    window.go("edit-times")
    qtbot.mouseClick(window.today.visits.new, LEFT)
    qtbot.keyClicks(window.today.visits.form.patient, "Mrs Jones")

    window.lock()
    window.unlock()

    assert not window.today.visits.form.isVisible()


def test_the_form_for_a_payer_closes_from_the_header(qtbot, window, escape):
    window.go("codes")
    screen = window.body.screens["codes"]
    qtbot.mouseClick(screen.payers.add, LEFT)
    assert screen.forms.payer.isVisible()
    window.header.places["codes"].setFocus(Qt.FocusReason.TabFocusReason)

    escape(window)

    assert not screen.forms.payer.isVisible()
    assert window.body.name == "codes"


def test_a_message_goes_before_what_is_open(qtbot, demo_morning, escape, to_the_visits):
    window, _ = demo_morning
    window.go("edit-times")
    page = window.body.screens["edit-times"].page
    qtbot.mouseClick(page.add, LEFT)
    window.warnings.tell_error("ptimer.log")
    to_the_visits(window)
    assert window.messages.shown

    escape(window)
    assert not window.messages.shown
    assert page.editing

    escape(window)
    assert not page.editing


def test_the_sheet_of_keys_closes_before_the_screen_below_it(qtbot, demo_morning, escape):
    window, _ = demo_morning
    window.go("edit-times")
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.sheet.isVisible()

    escape(window)

    assert not window.sheet.isVisible()
    assert window.body.name == "edit-times"


def test_at_last_the_keyboard_leaves_what_it_is_in(demo_morning, escape, qtbot):
    window, _ = demo_morning
    window.today.stopwatches.cards[2].setFocus(Qt.FocusReason.TabFocusReason)

    escape(window)
    assert window.hasFocus()

    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.desk.today.running == (), "Space stops again"


def test_escape_never_stops_or_changes_a_stopwatch(demo_morning, escape):
    window, _ = demo_morning
    before = window.desk.today.running

    for _ in range(4):
        escape(window)

    assert window.desk.today.running == before
    assert window.desk.view.visit.patient == "P-1042"


@pytest.mark.parametrize("screen", ["edit-times", "sign", "group", "export"])
def test_a_screen_that_one_goes_into_is_left_for_where_one_came_from(demo_morning, escape, screen):
    window, _ = demo_morning
    window.go(screen)
    place = "day-summary" if screen == "export" else "today"
    assert window.header.places[place].isChecked()

    escape(window)

    assert window.body.name == place
