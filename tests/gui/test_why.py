"""Why? The same explanation of units, modifiers and refusals, wherever it is asked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer.operations import explaining, snapshots


@pytest.fixture
def asked(qtbot, demo_morning):
    """The window of the demo morning after W was pressed."""
    window, _ = demo_morning
    qtbot.keyClick(window, Qt.Key.Key_W)
    return window


def test_w_explains_every_unit_and_modifier_with_rule_and_source(asked):
    panel = asked.today.why

    assert panel.isVisible()
    assert "97112: 1 unit, GO" in panel.text or "97112: 2 units, GO" in panel.text
    assert "GO: under a plan of care for occupational therapy." in panel.text
    assert "Medicare Claims Processing Manual (Pub. 100-04), chapter 5" in panel.text
    assert "cms-8-minute" in panel.text


def test_it_says_what_the_command_line_and_the_audit_say(asked):
    view = snapshots.visit(asked.desk.clinic, asked.desk.visit_id)
    what = explaining.of_visit(view)

    said = asked.today.why.text
    for sentence in (what.title, *what.arithmetic, *(row.title for row in what.rows)):
        assert str(sentence) in said


def test_escape_closes_it_and_nothing_else(qtbot, asked):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert not asked.today.why.isVisible()
    assert asked.today.stopwatches.isVisible()


@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_it_stays_inside_the_window(qtbot, demo_morning, size):
    window, _ = demo_morning
    window.resize(*size)
    QApplication.processEvents()
    qtbot.keyClick(window, Qt.Key.Key_W)
    QApplication.processEvents()

    area = window.today.why.geometry()
    assert window.rect().contains(area)
    assert area.height() >= 200


def test_the_press_in_the_panel_opens_and_closes_it(qtbot, demo_morning):
    window, _ = demo_morning
    ask = window.today.panel.ask
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    assert window.today.why.isVisible()
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    assert not window.today.why.isVisible()


def test_a_code_of_the_day_summary_is_explained_by_press_and_by_key(qtbot, demo_morning):
    window, _ = demo_morning
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    table = screen.table
    place = next(n for n, row in enumerate(table.days.rows) if row.code is not None)
    table.setFocus()
    table.setCurrentIndex(table.days.index(place))
    qtbot.keyClick(table, Qt.Key.Key_W)
    by_key = screen.why.text
    assert screen.why.isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    where = table.visualRect(table.days.index(place)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert screen.why.isVisible()
    assert screen.why.text == by_key
    assert table.days.rows[place].visit.patient in by_key
    window.go("today")
    assert not screen.why.isVisible()
