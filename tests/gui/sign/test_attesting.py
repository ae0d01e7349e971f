"""Attest a pair or the necessity where one signs: never by itself, and taken off for good."""

import pytest
from PySide6.QtCore import Qt

from ptimer.operations import corrections, fees, snapshots, visiting
from ptimer.operations.corrections import NewTime
from ptimer.operations.fees import TypedFee
from ptimer.timing.service_date import read_time

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(qtbot, make_window, clinic, clock):
    """The sign screen of a visit with group work, then work one on one."""
    clock.advance(minutes=120)
    visit_id = visiting.open_visit(clinic, "Ann", discipline="PT").id
    today = snapshots.date_of(clinic, clock.now())
    for code, start, end in (("97150", "10:00", "10:30"), ("97110", "10:30", "11:00")):
        span = [read_time(text, today=today, zone=clock.zone).instant for text in (start, end)]
        corrections.add(clinic, NewTime(visit_id, code, *span, "Kim"), "typed in late")
    fees.save(clinic, "Medicare", today.year, [TypedFee("97110", "40"), TypedFee("97150", "20")])
    window = make_window(clinic)
    window.desk.select(visit_id)
    window.go("sign")
    return window.body.screens["sign"]


def _modifiers(screen):
    view = snapshots.visit(screen.desk.clinic, screen.desk.visit_id)
    return {row.line.code.code: " ".join(row.modifiers) for row in view.billed_lines}


def test_a_pair_is_shown_with_its_times_and_nothing_is_attested_by_itself(screen):
    (box,) = screen.bill.attestations.boxes

    assert box.isVisible()
    assert box.title.text() == "97150 and 97110: apart?"
    assert box.proof.text().count("10:30") == 2
    assert _modifiers(screen) == {"97150": "GP", "97110": "GP"}


def test_one_press_attests_it_and_one_takes_it_off_for_good(qtbot, screen):
    box = screen.bill.attestations.boxes[0]
    qtbot.mouseClick(box.presses["XE"], LEFT)
    assert _modifiers(screen)["97110"] == "XE GP"
    assert "attests that their minutes were apart" in box.text.text()
    assert not any(remark.rule == "ptp-pair" for remark in screen.checks.remarks)

    qtbot.mouseClick(box.none, LEFT)
    assert _modifiers(screen)["97110"] == "GP"
    assert not box.none.isVisible()
    assert "wants no modifier" in box.text.text()


def test_the_remark_leads_to_it_by_keyboard(qtbot, screen):
    place = [remark.rule for remark in screen.checks.remarks].index("ptp-pair")
    qtbot.mouseClick(screen.checks.remark_rows[place], LEFT)
    box = screen.bill.attestations.boxes[0]
    assert box.presses["59"].hasFocus()

    qtbot.keyClick(box.presses["59"], Qt.Key.Key_Space)
    assert _modifiers(screen)["97110"] == "59 GP"


def test_the_necessity_is_asked_for_once_the_threshold_is_near(qtbot, screen):
    boxes = screen.bill.attestations
    assert not boxes.necessary.isVisible()
    patient = screen.desk.view.visit.patient
    fees.save_elsewhere(screen.desk.clinic, patient, "PT and SLP", 2026, "2450")
    screen.desk.refresh()

    screen.refresh()
    assert boxes.necessary.isVisible()
    assert "$2,450.00 elsewhere" in boxes.year.text()
    qtbot.mouseClick(boxes.necessary, LEFT)
    assert _modifiers(screen) == {"97150": "KX GP", "97110": "KX GP"}
    qtbot.mouseClick(boxes.necessary, LEFT)
    assert _modifiers(screen) == {"97150": "GP", "97110": "GP"}


def test_why_is_asked_here_too(qtbot, screen):
    qtbot.mouseClick(screen.bill.ask, LEFT)

    assert screen.bill.panel.isVisible()
    assert "ptp-pair" in screen.bill.panel.text
