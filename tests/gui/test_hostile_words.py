"""Ids, names and reasons that look like markup: shown as they are, on every screen."""

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QWidget

from ptimer.billing.conflicts import Role
from ptimer.operations import people, signing, visiting
from ptimer.operations.signing import SignWish

PATIENT = "<b>P</b>&amp;{0}%s../../x"
CLINICIAN = "<i>Ana</i> {name}"
HOSTILE = ("<b>P</b>", "<i>Ana</i>", "<u>why</u>")


@pytest.fixture
def window(clinic, clock, make_window):
    """A window on a day of a patient and a clinician with such names, signed and amended."""
    people.switch_to(clinic, CLINICIAN, role=Role.THERAPIST)
    window = make_window(clinic)
    desk = window.desk
    desk.treat_as(CLINICIAN, Role.THERAPIST)
    visit = visiting.open_visit(clinic, PATIENT, payer="Medicare", discipline="OT")
    desk.refresh()
    desk.select(visit.id)
    for code, minutes in (("97530", 20), ("97110", 25)):
        desk.press(code)
        clock.advance(minutes=minutes)
        desk.press(code)
    signing.sign(clinic, visit.id, SignWish(CLINICIAN, "<u>OT</u>"))
    signing.amend(clinic, visit.id, "<u>why</u> =1+1")
    visiting.open_visit(clinic, f"{PATIENT} 2", payer="Medicare", discipline="OT")
    desk.refresh()
    return window


SCREENS = (
    *("today", "edit-times", "sign", "group", "day-summary", "export", "history", "codes"),
    *("settings", "versions", "clinicians", "backups"),
)


def told(widget):
    """Every text of a widget that Qt could take for markup: what it shows, and its tooltips."""
    if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
        yield widget.text()
    yield widget.toolTip()
    yield widget.whatsThis()
    if isinstance(widget, QAbstractItemView | QComboBox) and widget.model() is not None:
        model = widget.model()
        for row in range(min(model.rowCount(QModelIndex()), 50)):
            tabular = isinstance(model, QAbstractTableModel)  # of a list Qt hides its columns
            for column in range(model.columnCount(QModelIndex()) if tabular else 1):
                yield str(model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "")


def taken_for_markup(window):
    found = []
    for widget in window.findChildren(QWidget):
        for text in told(widget):
            if Gui.mightBeRichText(text) and any(each in text for each in HOSTILE):
                found.append((type(widget).__name__, text))
    return found


def test_no_name_is_taken_for_markup_on_any_screen(window):
    for screen in SCREENS:
        if screen == "versions":
            window.desk.versions_wanted.emit(window.desk.visit_id)
        else:
            window.go(screen)
        assert window.body.name == screen
        window.grab()

        assert taken_for_markup(window) == [], screen


def test_nor_in_what_opens_beside_a_screen(window, qtbot):
    window.go("today")
    window.open_who()
    qtbot.keyClick(window, Qt.Key.Key_W)
    qtbot.keyClick(window, Qt.Key.Key_M)
    window.toggle_mini()
    window.grab()

    assert taken_for_markup(window) == []
    assert taken_for_markup(window.mini.window) == []
    assert taken_for_markup(window._who) == []
    window.toggle_mini()


def test_the_names_are_really_there_for_the_tests_above(window):
    window.go("day-summary")

    assert "<i>Ana</i>" in window.header.who.accessibleName()
    assert PATIENT in {view.visit.patient for view in window.desk.today.visits}
    label = QLabel("<b>P</b>")
    assert next(iter(told(label))) == "<b>P</b>"
    assert Gui.mightBeRichText("<b>P</b>")
