"""A clinic day at the window: from the first start to the biller's CSV, with keys and presses.

Ana, an occupational therapist, treats five patients. Every figure is worked out by hand beside
the press that makes it.
"""

from PySide6.QtCore import Qt

from ptimer.operations import keeping

DAY = "2026-11-23"


def test_a_clinic_day_from_the_first_start_to_the_billers_csv(sit_down, tmp_path):
    ana = sit_down(f"{DAY}T07:50:00")
    answer_the_first_questions(ana)
    treat_the_first_patient(ana)
    treat_one_who_is_counted_by_midpoint(ana)
    be_refused_and_switch_with_one_press(ana)
    rest_and_correct_a_slip(ana)
    treat_a_group(ana)

    read_the_day(ana)
    check_the_csv(ana.export(tmp_path / "lines.csv"))
    done = keeping.check(tmp_path / "clinic", ana.clock)
    # 2 + 2 + 3 (one of them rest) + 2 + 1 segments.
    assert (done.visits, done.segments) == (5, 10)


def answer_the_first_questions(ana):
    ana.type("Ana Able, OTR/L")
    ana.key(Qt.Key.Key_Return)

    assert "Ana Able, OTR/L" in ana.window.header.who.text()


def treat_the_first_patient(ana):
    ana.at("07:58:00")
    ana.visit("P-1042")
    header = ana.window.today.stopwatches.header
    ana.click(header.arrive)
    ana.at("08:00:00")
    ana.press("97110")
    ana.at("08:10:00")
    assert ana.units == ("1", "10 min timed · 10 min total")
    # 08:00:00 to 08:23:20 are 23 whole minutes, and then one press switches.
    ana.at("08:23:20")
    ana.press("97112")
    assert ana.running == [("P-1042", "97112")]
    # 08:23:20 to 08:47:30 are 24:10, so 24 whole minutes: 47 in all, and 38 to 52 allow 3 units.
    # One each for 15 full minutes; 9 left over of 97112 beat 8 of 97110.
    ana.at("08:47:30")
    ana.stop()
    assert ana.running == []
    assert ana.units[0] == "3"
    ana.at("08:50:00")
    ana.click(header.depart)
    ana.sign("P-1042")


def treat_one_who_is_counted_by_midpoint(ana):
    ana.at("09:00:00")
    ana.visit("P-1077", payer="Commercial (midpoint)")
    ana.press("97530")
    # 23 whole minutes, then 8. Each code alone: 23 minutes are 2 units, 8 are 1. (The 8-minute
    # rule gives 31 in all 2.)
    ana.at("09:23:00")
    ana.press("97535")
    ana.at("09:30:59")
    assert ana.units[0] == "2"


def be_refused_and_switch_with_one_press(ana):
    ana.visit("P-1150", payer="Medicare")
    ana.press("97110")
    bar = ana.window.bar
    assert ana.running == [("P-1077", "97535")], "nothing has changed"
    assert bar.isVisible()
    assert "P-1077" in bar.title.text()
    ana.at("09:31:00")
    assert bar.buttons[0].text() == "Switch: end 97535 of P-1077"
    ana.click(bar.buttons[0])
    assert ana.running == [("P-1150", "97110")]
    assert not bar.isVisible()


def rest_and_correct_a_slip(ana):
    ana.at("09:46:00")
    ana.window.setFocus()
    ana.type("r")
    assert ana.running == [("P-1150", "REST")]
    ana.at("09:51:00")
    ana.press("97110")
    ana.at("09:58:00")
    ana.stop()
    # 15 + 7 = 22 minutes: one unit. But the patient went on a minute longer than the press says.
    assert ana.units == ("1", "22 min timed · 22 min total")
    ana.at("10:05:00")
    ana.window.setFocus()
    ana.type("e")
    page = ana.screen("edit-times").page
    rows = page.table.list
    ana.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=rows.edit_area(2).center())
    page.editor.end.setFocus()
    page.editor.end.selectAll()
    with ana.qtbot.waitSignal(page.editor.judged):
        ana.type("09:59:00")
    assert not page.editor.save.isEnabled(), "a reason is missing"
    ana.qtbot.keyClicks(page.editor.reason, "pressed early")
    ana.click(page.editor.save)
    ana.key(Qt.Key.Key_Escape)
    # 15 + 8 = 23: the boundary of two units.
    assert ana.units == ("2", "23 min timed · 23 min total")


def treat_a_group(ana):
    ana.at("10:10:00")
    ana.visit("P-1204")
    ana.visit("P-0866")
    ana.window.setFocus()
    ana.type("+")
    ana.type("97150")
    ana.key(Qt.Key.Key_Return)
    ana.press("97150")
    form = ana.screen("group").form
    rows = form.list
    place = [row.patient for row in rows.rows].index("P-1204")
    index = rows.model().index(place, 0)
    area = rows.visualRect(index)
    ana.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert form.start.text() == "Start 97150 for 2 patients"
    ana.click(form.start)
    assert sorted(ana.running) == [("P-0866", "97150"), ("P-1204", "97150")]
    ana.at("10:40:00")
    ana.stop()
    assert ana.running == [], "a group ends as one"
    # 16:40 are 16 whole minutes: one unit, and the group's is untimed.
    ana.choose("P-1204")
    ana.press("97112")
    ana.at("10:56:40")
    ana.stop()
    assert ana.units[0] == "1 + 1"
    for patient in ("P-1077", "P-1150", "P-1204", "P-0866"):
        ana.sign(patient)


def read_the_day(ana):
    ana.at("17:00:00")
    ana.click(ana.window.header.places["day-summary"])
    screen = ana.screen("day-summary")

    # Timed: 47 + 31 + 23 + 16. Timed units: 3 + 3 + 2 + 1; untimed ones: the group, twice.
    assert [tile.figure for tile in screen.tiles.tiles] == ["5", "9 + 2", "1 h 57", "5 / 5", "0"]


def check_the_csv(rows):
    figures = ("patient_id", "code", "units", "minutes", "timed", "flags")
    assert [tuple(row[column] for column in figures) for row in rows] == [
        ("P-1042", "97110", "1", "23", "Y", ""),
        ("P-1042", "97112", "2", "24", "Y", ""),
        ("P-1077", "97530", "2", "23", "Y", ""),
        ("P-1077", "97535", "1", "8", "Y", ""),
        ("P-1150", "97110", "2", "23", "Y", "EDITED"),
        ("P-1204", "97150", "1", "30", "N", ""),
        ("P-1204", "97112", "1", "16", "Y", ""),
        ("P-0866", "97150", "1", "30", "N", ""),
    ]
    of_visit = (
        *("payer", "unit_rule", "total_timed_minutes", "total_treatment_minutes"),
        *("time_in", "time_out"),
    )
    assert {row["patient_id"]: tuple(row[column] for column in of_visit) for row in rows} == {
        # Arrival and departure were pressed.
        "P-1042": ("Medicare", "cms", "47", "47", "07:58", "08:50"),
        "P-1077": ("Commercial (midpoint)", "midpoint", "31", "31", "09:00", "09:31"),
        # Rest is time in the clinic, and no treatment.
        "P-1150": ("Medicare", "cms", "23", "23", "09:31", "09:59"),
        # 10:10:00 to 10:56:40, the group's 30 minutes among them.
        "P-1204": ("Medicare", "cms", "16", "46", "10:10", "10:56"),
        "P-0866": ("Medicare", "cms", "0", "30", "10:10", "10:40"),
    }
    same = {
        "line_status": "NEW",
        "date_of_service": DAY,
        "rendering_provider": "Ana Able",
        "modifier_1": "GO",
        "modifier_2": "",
        "unit_basis": "UN",
        "charge": "",
        "exported_at": f"{DAY}T17:00:00Z",
        "layout_version": "1",
    }
    for row in rows:
        assert {column: row[column] for column in same} == same
    assert len({row["line_id"] for row in rows}) == 8
    assert len({row["encounter_id"] for row in rows}) == 5
    assert len({row["batch_id"] for row in rows}) == 1
