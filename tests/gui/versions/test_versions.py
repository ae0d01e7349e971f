"""What changed since a visit was signed: two columns, told by sign, word and ground."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ptimer.gui.frame.screens import offer_screens
from ptimer.operations import corrections, signing
from ptimer.operations.corrections import Change
from ptimer.operations.signing import SignWish
from tests.gui.tidy import assert_tidy

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(demo_evening):
    """The window of the demo's evening, with all its screens; returns it and P-0981's visit id."""
    window, _ = demo_evening
    offer_screens(window)
    (view,) = [v for v in window.desk.today.visits if v.visit.patient == "P-0981"]
    return window, view


@pytest.fixture
def amended(opened):
    """P-0981's visit, reopened, with a time cut short and another one voided."""
    window, view = opened
    clinic, (first, *_, last) = window.desk.clinic, view.record.segments
    signing.amend(clinic, view.visit.id, "stopped late")
    corrections.correct(clinic, first.id, Change(end=first.ended_at - 240_000), "clock")
    corrections.void(clinic, last.id, "not done")
    window.desk.refresh()
    return window, view.visit.id


@pytest.fixture
def screen(amended):
    window, visit_id = amended
    window.desk.versions_wanted.emit(visit_id)
    return window.body.screens["versions"]


def standings(screen):
    return {(str(row.what), row.standing.value) for row in screen.table.rows}


def test_both_versions_are_there_and_what_differs_is_told_in_words(screen):
    assert screen.title.text() == "What changed · P-0981 · OT · 23 Nov 2026"
    assert "Reopened Mon 23 Nov 2026 17:42 by Demo Clinician: “stopped late”" in screen.about.text()
    assert (screen.titles.before, screen.titles.after) == (
        *("Version 1, Mon 23 Nov 2026 08:42", "Now, not signed"),
    )
    assert {("97110", "changed"), ("97140", "removed"), ("payer", "same")} <= standings(screen)
    heard = screen.table.accessibleDescription()
    assert "97110 changed, 97110 · 08:00:05–08:23:20 · Demo Clinician, therapist" in heard  # noqa: RUF001
    assert "payer: Medicare" in heard


def test_only_what_differs_can_be_looked_at(qtbot, screen):
    told = screen.told.text()
    qtbot.mouseClick(screen.only, LEFT)
    assert "same" not in {standing for _, standing in standings(screen)}
    assert told == f"{len(screen.table.rows)} of {_all(screen)} lines differ"


def _all(screen):
    screen.only.click()
    return len(screen.table.rows)


def test_the_keyboard_reads_on_and_goes_back(qtbot, amended, screen):
    window, _ = amended
    window.resize(900, 600)
    qtbot.waitUntil(lambda: screen._area.verticalScrollBar().maximum() > 0)
    assert window.focusWidget() is screen.table

    qtbot.keyClick(screen.table, Qt.Key.Key_PageDown)
    assert screen._area.verticalScrollBar().value() > 0
    qtbot.keyClick(screen.table, Qt.Key.Key_Home)
    assert screen._area.verticalScrollBar().value() == 0
    qtbot.keyClick(screen.table, Qt.Key.Key_Escape)
    assert window.body.name == "sign"


def test_nothing_is_cut_off_in_a_small_window(amended, screen):
    window, _ = amended
    for size in ((900, 600), (1280, 800)):
        window.resize(*size)
        for _ in range(3):
            QApplication.processEvents()
        assert_tidy(window)


def test_the_signature_leads_there_while_the_visit_is_open(qtbot, amended):
    window, visit_id = amended
    window.desk.select(visit_id)
    window.go("sign")
    box = window.body.screens["sign"].bill.signature
    assert (box.versions.isVisible(), box.versions.text()) == (True, "What changed")

    qtbot.mouseClick(box.versions, LEFT)
    assert window.body.name == "versions"
    assert window.body.screens["versions"].title.text().startswith("What changed · P-0981")


def test_a_visit_that_was_signed_once_shows_that_alone(qtbot, opened):
    window, view = opened
    window.desk.select(view.visit.id)
    window.go("sign")
    box = window.body.screens["sign"].bill.signature
    assert box.versions.text() == "What was signed"
    qtbot.mouseClick(box.versions, LEFT)

    screen = window.body.screens["versions"]
    assert screen.title.text() == "What was signed · P-0981 · OT · 23 Nov 2026"
    assert screen.titles.before == ""
    assert not screen.only.isVisible()
    assert {row.standing.value for row in screen.table.rows} == {"same"}


def test_a_visit_that_nobody_signed_has_no_version_to_look_at(opened):
    window, _ = opened
    (view,) = [v for v in window.desk.today.visits if v.visit.patient == "P-1120"]
    window.desk.select(view.visit.id)
    window.go("sign")

    assert window.body.screens["sign"].bill.signature.versions.isHidden()


def test_of_three_versions_any_two_are_chosen(qtbot, amended, screen):
    window, visit_id = amended
    assert not screen.old.isVisible()
    signing.sign(window.desk.clinic, visit_id, SignWish("Demo Clinician", "OTR/L"))
    signing.amend(window.desk.clinic, visit_id, "once more")
    window.desk.refresh()

    assert screen.old.isVisible()
    assert [screen.old.itemData(i) for i in range(screen.old.count())] == [1, 2, 0]
    assert (screen.old.currentData(), screen.new.currentData()) == (2, 0)
    screen.old.setCurrentIndex(0)
    screen.old.activated.emit(0)
    assert screen.titles.before.startswith("Version 1, ")
    assert ("97110", "changed") in standings(screen)


def test_the_changes_so_far_lead_there_once_something_was_signed(qtbot, amended):
    window, visit_id = amended
    window.desk.select(visit_id)
    window.go("edit-times")
    page = window.body.screens["edit-times"].page
    qtbot.mouseClick(page.versions, LEFT)
    assert window.body.screens["versions"].title.text().startswith("What changed · P-0981")

    (view,) = [v for v in window.desk.today.visits if v.visit.patient == "P-1120"]
    window.desk.select(view.visit.id)
    window.go("edit-times")
    assert page.versions.isHidden(), "nothing was signed there"
