"""Cancelled, no-show and stopped early, by what a person presses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ptimer.gui.day_summary.day_summary_screen import DaySummaryScreen
from ptimer.gui.look import Look, Mode
from ptimer.gui.sign.sign_screen import SignScreen
from ptimer.gui.start import build_window
from ptimer.operations import visiting

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return


@pytest.fixture
def visit(window):
    """A visit of today in which nothing was timed, looked at."""
    row = window.desk.attempt(lambda clinic: visiting.open_visit(clinic, "P-7"))
    window.desk.select(row.id)
    return row.id


@pytest.fixture
def panel(qtbot, window, visit):
    """The panel, dropped by its key."""
    qtbot.keyClick(window, Qt.Key.Key_M)
    return window.today.stopwatches.mark_panel


def look_at(window, visit_id):
    return next(view for view in window.desk.today.visits if view.visit.id == visit_id)


def row_of(window, visit_id):
    cards = window.today.visits.list.cards
    return next(card.row for card in cards if card.row.visit_id == visit_id)


def test_a_visit_is_marked_by_keys_alone(qtbot, window, visit, panel):
    assert panel.isVisible()
    assert window.focusWidget() is panel.why
    qtbot.keyClicks(panel.why, "called in sick")
    qtbot.keyClick(panel.why, ENTER)

    view = look_at(window, visit)
    assert (view.record.mark.kind, view.record.mark.reason) == ("cancelled", "called in sick")
    assert not panel.isVisible()
    assert (row_of(window, visit).mark, row_of(window, visit).mark_text) == ("gone", "cancelled")
    assert "cancelled" in row_of(window, visit).spoken
    assert window.today.stopwatches.header.about.text().startswith("cancelled · ")


def test_a_visit_is_marked_by_the_mouse(qtbot, window, visit):
    header = window.today.stopwatches.header
    qtbot.mouseClick(header.mark, LEFT)
    panel = window.today.stopwatches.mark_panel
    qtbot.mouseClick(panel.kind.parts["no-show"], LEFT)
    qtbot.keyClicks(panel.why, "no answer")
    qtbot.mouseClick(panel.save, LEFT)

    assert look_at(window, visit).record.mark.kind == "no-show"
    assert not header.arrive.isEnabled()
    assert header.mark.text() == "Marked"


def test_without_a_reason_nothing_is_marked_and_the_panel_says_so(qtbot, window, visit, panel):
    qtbot.keyClick(panel.why, ENTER)

    assert panel.isVisible()
    assert "Give a reason" in panel.complaint.text.text()
    assert panel.why.wrong
    assert look_at(window, visit).record.mark is None
    qtbot.keyClick(panel.why, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert not panel.complaint.isVisible()


def test_a_marked_visit_takes_no_press_and_says_why(qtbot, window, visit, panel):
    qtbot.keyClicks(panel.why, "sick")
    qtbot.keyClick(panel.why, ENTER)
    card = window.today.stopwatches.cards[0]
    assert "take the mark back" in card.why_shown
    qtbot.keyClick(window, Qt.Key.Key_1)

    assert window.desk.today.running == ()
    assert "is marked as cancelled" in window.bar.title.text()
    assert window.bar.text.text() == "97110 did not start."


def test_a_mark_is_taken_back_and_the_visit_runs(qtbot, window, visit, panel):
    qtbot.keyClicks(panel.why, "no answer")
    qtbot.keyClick(panel.why, ENTER)
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert panel.title.text() == "Marked as cancelled"
    assert "no answer" in panel.about.text()
    assert not panel.why.isVisible()
    qtbot.keyClick(panel.back, ENTER)
    if panel.isVisible():
        qtbot.mouseClick(panel.back, LEFT)

    assert look_at(window, visit).record.mark is None
    qtbot.keyClick(window, Qt.Key.Key_1)
    assert len(window.desk.today.running) == 1


def test_a_visit_that_began_can_only_be_stopped_early(qtbot, window, visit):
    qtbot.keyClick(window, Qt.Key.Key_1)
    qtbot.keyClick(window, Qt.Key.Key_M)
    panel = window.today.stopwatches.mark_panel
    assert panel.title.text() == "Stopped early"
    assert not panel.kind.isVisible()
    qtbot.keyClicks(panel.why, "felt dizzy")
    qtbot.keyClick(panel.why, ENTER)

    assert look_at(window, visit).record.mark.kind == "stopped-early"
    assert len(window.desk.today.running) == 1, "a mark stops no stopwatch"
    assert row_of(window, visit).mark == "run"


def test_a_letter_typed_into_a_field_opens_nothing(qtbot, window, visit):
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    field = window.today.visits.form.patient
    qtbot.keyClicks(field, "M-1")

    assert field.text() == "M-1"
    assert window.today.stopwatches.mark_panel is None


def test_the_panel_goes_with_the_visit_and_before_the_window_is_locked(qtbot, window, visit, panel):
    qtbot.keyClicks(panel.why, "called in sick")
    window.go("settings")
    assert not panel.isVisible()

    window.go("today")
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert panel.why.text() == "", "what was half typed is forgotten"
    other = window.desk.attempt(lambda clinic: visiting.open_visit(clinic, "P-8"))
    window.desk.select(other.id)
    assert not panel.isVisible()


def test_a_signed_visit_is_not_marked(qtbot, demo_morning):
    window, _ = demo_morning
    signed = next(view for view in window.desk.today.visits if view.visit.signed)
    window.desk.select(signed.visit.id)
    qtbot.keyClick(window, Qt.Key.Key_M)

    assert not window.today.stopwatches.header.mark.isEnabled()
    assert window.today.stopwatches.mark_panel is None


def test_the_day_summary_shows_marked_visits_apart_from_its_figures(qtbot, demo_morning):
    window, _ = demo_morning
    window.offer_screen(
        "day-summary",
        lambda: DaySummaryScreen(window.look, window.desk, window.times, window.today),
    )
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    before = [tile.figure for tile in screen.tiles.tiles]
    window.go("today")
    planned = next(view for view in window.desk.today.visits if not view.record.segments)
    window.desk.select(planned.visit.id)
    qtbot.keyClick(window, Qt.Key.Key_M)
    panel = window.today.stopwatches.mark_panel
    qtbot.keyClicks(panel.why, "snow")
    qtbot.keyClick(panel.why, ENTER)
    window.go("day-summary")

    assert [tile.figure for tile in screen.tiles.tiles] == before
    row = next(r for r in screen.table.days.rows if r.visit.visit_id == planned.visit.id)
    assert (row.visit.status.text, row.visit.status.mark) == ("cancelled", "gone")
    assert row.visit.about == "snow"
    assert not screen.table.grab().isNull()
    screen.table.visit_wanted.emit(planned.visit.id)
    assert window.body.name == "today"
    assert window.desk.visit_id == planned.visit.id


def test_sign_off_and_summary_say_that_a_visit_was_stopped_early(qtbot, demo_morning):
    window, _ = demo_morning
    qtbot.keyClick(window, Qt.Key.Key_M)
    panel = window.today.stopwatches.mark_panel
    qtbot.keyClicks(panel.why, "felt dizzy")
    qtbot.keyClick(panel.why, ENTER)
    window.offer_screen(
        "sign", lambda: SignScreen(window.look, window.desk, window.times, window.today)
    )
    window.go("sign")
    screen = window.body.screens["sign"]

    said = [each.accessibleName() for each in screen.left.findChildren(QWidget)]
    assert any("Stopped early: felt dizzy" in text for text in said)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_no_button_of_the_header_is_cut_off(qtbot, clinic, scale):
    visiting.open_visit(clinic, "P-" + "7" * 40)
    window = build_window(clinic, Look(Mode.LIGHT, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    window.show()
    header = window.today.stopwatches.header

    for button in (header.arrive, header.depart, header.mark, header.edit, header.sign):
        assert header.rect().contains(button.geometry()), button.text()


def test_every_control_of_the_panel_has_a_name_to_be_read_out(panel):
    reached = [
        each
        for each in panel.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()
    ]

    assert len(reached) >= 3
    assert [each for each in reached if not each.accessibleName()] == []
