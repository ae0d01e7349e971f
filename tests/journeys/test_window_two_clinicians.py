"""Ana and Ben treat at one window: each press is that of the one who treats, and each signs."""

from PySide6.QtCore import Qt

DAY = "2026-11-23"


def test_two_clinicians_share_a_window_a_patient_and_the_billers_lines(sit_down, tmp_path):
    hands = sit_down(f"{DAY}T08:55:00")
    hands.type("Ana Able, OTR/L")
    hands.key(Qt.Key.Key_Return)
    treat_side_by_side(hands)
    hand_over_one_patient(hands)
    sign_each_for_themselves(hands)
    check_the_csv(hands.export(tmp_path / "lines.csv"))


def treat_side_by_side(hands):
    hands.at("09:00:00")
    hands.visit("P-1")
    hands.press("97110")
    hands.at("09:05:00")
    hands.treat_as("Ben Baker, OTR/L")
    hands.visit("P-2")
    hands.press("97530")
    assert sorted(hands.running) == [("P-1", "97110"), ("P-2", "97530")]

    # Ben has two hands, and they are at P-2.
    hands.choose("P-1")
    hands.press("97535")
    assert sorted(hands.running) == [("P-1", "97110"), ("P-2", "97530")]
    assert "P-2" in hands.window.bar.title.text()
    hands.window.setFocus()
    hands.key(Qt.Key.Key_Escape)
    assert not hands.window.bar.isVisible()

    hands.at("09:20:00")
    hands.choose("P-2")
    hands.press("97530")
    assert hands.running == [("P-1", "97110")], "a press on what runs stops it, and only that"


def hand_over_one_patient(hands):
    # Two at once on one patient are not billed twice: Ben's press asks, and one press hands over.
    hands.at("09:23:00")
    hands.choose("P-1")
    hands.press("97530")
    bar = hands.window.bar
    assert hands.running == [("P-1", "97110")]
    assert "Ana Able" in bar.title.text() + bar.text.text()
    hands.click(bar.buttons[0])
    assert hands.running == [("P-1", "97530")]
    hands.at("09:33:00")
    hands.stop()
    # 23 + 10 = 33 minutes allow 2 units: one for Ana's 15 full minutes, and of 8 and 10 left over
    # Ben's 10 are more.
    assert hands.units == ("2", "33 min timed · 33 min total")


def sign_each_for_themselves(hands):
    hands.at("09:40:00")
    hands.sign_part("P-1")
    assert not hands.visit_of("P-1").signed, "Ana has not signed her part"
    hands.sign("P-2")
    hands.treat_as("Ana Able")
    hands.sign("P-1")


def check_the_csv(rows):
    columns = ("patient_id", "code", "units", "minutes", "rendering_provider", "time_in")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("P-1", "97110", "1", "23", "Ana Able", "09:00"),
        ("P-1", "97530", "1", "10", "Ben Baker", "09:00"),
        ("P-2", "97530", "1", "15", "Ben Baker", "09:05"),
    ]
    totals = ("total_timed_minutes", "total_treatment_minutes", "time_out", "flags")
    assert [tuple(row[column] for column in totals) for row in rows] == [
        ("33", "33", "09:33", ""),
        ("33", "33", "09:33", ""),
        ("15", "15", "09:20", ""),
    ]
