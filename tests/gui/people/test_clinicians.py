"""Education, licences and what expires: recorded, voided and written for an auditor by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer.gui.frame.screens import offer_screens
from ptimer.operations import clinician_entries
from ptimer.operations.clinician_entries import Kind, NewEntry
from tests.gui.tidy import assert_tidy

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return
ESCAPE = Qt.Key.Key_Escape


@pytest.fixture
def screen(demo_morning):
    window, _ = demo_morning
    offer_screens(window)
    for entry in (
        NewEntry("Demo Clinician", "OT licence", "2024-01-10", Kind.LICENCE, "2026-12-31"),
        NewEntry("Demo Clinician", "CPR", "2024-11-30", Kind.CERTIFICATE, "2026-11-20"),
    ):
        clinician_entries.add(window.desk.clinic, entry)
    window.go("clinicians")
    return window.body.screens["clinicians"]


def shown(screen):
    return [(row.title.text(), row.state.text()) for row in screen.rows if row.isVisible()]


def recorded(screen):
    return clinician_entries.of_clinician(screen.desk.clinic, "Demo Clinician")


def test_what_is_recorded_is_shown_with_whether_it_holds(screen):
    assert screen.who.currentData() == "Demo Clinician"
    assert screen.about.text() == "OTR/L · no NPI yet · OT"
    assert shown(screen) == [
        ("CPR", "Expired on 20 Nov 2026"),
        ("OT licence", "Expires on 31 Dec 2026"),
    ]
    assert [row.void.accessibleName() for row in screen.rows] == ["Void CPR", "Void OT licence"]


def test_an_entry_is_recorded_by_keys_alone(qtbot, screen):
    assert QApplication.focusWidget() is screen.form.name
    qtbot.keyClicks(screen.form.name, "CPR")
    qtbot.keyClicks(screen.form.dated, "2026-11-21")
    qtbot.keyClicks(screen.form.expires, "2028-11-20")
    qtbot.keyClicks(screen.form.hours, "4.5")
    qtbot.keyClicks(screen.form.file_name, "cpr.pdf")
    screen.form.kind.setCurrentIndex(screen.form.kind.findData("certificate"))
    qtbot.keyClick(screen.form.file_name, ENTER)

    newest = recorded(screen).entries[0]
    assert (newest.title, newest.hours, newest.file_name) == ("CPR", 450, "cpr.pdf")
    assert shown(screen)[0] == ("CPR", "Expires on 20 Nov 2028")
    assert shown(screen)[1] == ("CPR", "Until 20 Nov 2026; a newer one is recorded")
    assert "4.5 h in all" in screen.about.text()
    assert screen.form.name.text() == "", "the next one can be typed"


def test_what_can_not_be_is_said_in_the_form_and_stays_typed(qtbot, screen):
    qtbot.keyClicks(screen.form.name, "Gait")
    qtbot.keyClicks(screen.form.dated, "2027-01-01")
    qtbot.keyClick(screen.form.dated, ENTER)

    assert "2027-01-01 is in the future" in screen.form.complaint.text.text()
    assert screen.form.name.text() == "Gait"
    assert len(recorded(screen).entries) == 2
    qtbot.keyClick(screen.form.name, ESCAPE)
    assert screen.form.name.text() == ""
    qtbot.keyClick(screen.form.name, ESCAPE)
    assert screen.centre.window().body.name == "settings"


def test_a_wrong_entry_is_voided_with_a_reason_and_stays(qtbot, screen):
    qtbot.mouseClick(screen.rows[0].void, LEFT)
    assert QApplication.focusWidget() is screen.void_form.why
    qtbot.keyClick(screen.void_form.why, ENTER)
    assert screen.void_form.isVisible(), "not without a reason"
    qtbot.keyClicks(screen.void_form.why, "another's")
    qtbot.keyClick(screen.void_form.why, ENTER)

    assert shown(screen)[0] == ("CPR", "Void, by Demo Clinician: another's")
    assert screen.rows[0].void.isHidden()
    assert screen.form.isVisible()


def test_escape_closes_the_form_for_voiding_first_and_then_goes_back(qtbot, screen):
    window = screen.centre.window()
    qtbot.mouseClick(screen.rows[0].void, LEFT)
    qtbot.keyClick(screen.void_form.why, ESCAPE)
    assert (screen.void_form.isVisible(), window.body.name) == (False, "clinicians")
    qtbot.keyClick(window, ESCAPE)
    assert window.body.name == "settings"


def test_the_file_for_an_audit_goes_where_a_person_says(qtbot, screen, tmp_path):
    file = tmp_path / "clinicians.csv"
    screen.ask_file = lambda *_: file
    told = []
    screen.desk.told.connect(lambda message: told.append(message.title))
    qtbot.mouseClick(screen.export, LEFT)

    assert told == ["clinicians.csv is written"]
    assert "OT licence" in file.read_text("utf-8-sig")
    screen.ask_file = lambda *_: None
    file.unlink()
    qtbot.mouseClick(screen.export, LEFT)
    assert not file.exists()


def test_settings_and_the_panel_of_who_treats_lead_there(qtbot, screen):
    window = screen.centre.window()
    window.go("settings")
    qtbot.mouseClick(window.body.screens["settings"].learnt, LEFT)
    assert window.body.name == "clinicians"
    window.go("today")
    window.open_who()
    qtbot.mouseClick(window._who.learnt, LEFT)
    assert (window.body.name, window._who.isVisible()) == ("clinicians", False)


def test_nothing_is_cut_off_in_a_small_window(screen):
    window = screen.centre.window()
    for size in ((900, 600), (1280, 800)):
        window.resize(*size)
        for _ in range(3):
            QApplication.processEvents()
        assert_tidy(window)
