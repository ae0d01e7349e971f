"""A group: who is in it is chosen once, all start at one instant, one can leave earlier."""

from datetime import UTC, date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from ptimer.billing.conflicts import Role
from ptimer.gui.group.group_screen import GroupScreen
from ptimer.gui.today.group_members import GroupMembers
from ptimer.operations import demo, groups, signing, stopping, stopwatch, visiting
from ptimer.operations.cards import Who
from ptimer.operations.clinic import open_clinic
from ptimer.operations.signing import SignWish
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import ManualClock

GROUP = "97150"
ABLE, BAKER = "A. Able", "B. Baker"


def open_group(window, patient, code=GROUP):
    """Look at a patient's visit and press the card of a group; returns the screen."""
    if "group" not in window.body.screens:
        window.offer_screen(
            "group", lambda: GroupScreen(window.look, window.desk, window.times, window.today)
        )
    window.desk.select(view_of(window, patient).visit.id)
    window.go("group")
    screen = window.body.screens["group"]
    screen.show_for(code)
    return screen


def view_of(window, patient):
    return next(v for v in window.desk.today.visits if v.visit.patient == patient)


def row_of(screen, patient):
    return next(row for row in screen.form.list.rows if row.patient == patient)


def ticked(screen):
    return [row.patient for row in screen.form.list.rows if row.ticked]


def running(window):
    return sorted((s.patient, s.code) for s in window.desk.today.running)


def press_row(qtbot, screen, patient):
    """Press a patient's row with the mouse."""
    rows = screen.form.list
    place = [row.patient for row in rows.rows].index(patient)
    index = rows.model().index(place, 0)
    rows.scrollTo(index)
    where = rows.visualRect(index).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=where)


def table(screen):
    return [tuple(cell.text for cell in row.cells) for row in screen.effect.table.rows]


@pytest.fixture
def afternoon(tmp_path, make_window):
    """The demo day at 15:09: nothing runs, and P-1204 is expected."""
    played = demo.play(tmp_path / "demo", date(2026, 11, 23), until=time(15, 9), zone=UTC)
    clinic = open_clinic(played.folder, ManualClock(played.until, UTC))
    yield make_window(clinic)
    clinic.close()


@pytest.fixture
def three_visits(window, clinic):
    """Three patients of Able's, nothing timed yet."""
    for patient in ("P-1", "P-2", "P-3"):
        visiting.open_visit(clinic, patient, payer="Medicare", discipline="OT")
    window.desk.treat_as(ABLE, Role.THERAPIST)
    return window


# -- choosing ----------------------------------------------------------------------------------


def test_the_visit_that_is_looked_at_is_in_it_and_each_row_says_how_it_stands(afternoon):
    screen = open_group(afternoon, "P-1204")

    assert ticked(screen) == ["P-1204"]
    assert row_of(screen, "P-1204").state == "planned 15:10"
    assert row_of(screen, "P-1204").timed == "nothing yet"
    assert row_of(screen, "P-1150").state == "free"
    assert row_of(screen, "P-1095").timed == "97112 23 · 97535 14 min"
    assert row_of(screen, "P-1120").state == "free, 2 to fix"
    assert row_of(screen, "P-1077").timed == "signed 12:10"
    assert row_of(screen, "P-1077").state == "reopen it first"
    assert "97150 · Group, two or more patients" in screen.form.about.text()


def test_those_who_can_join_stand_first(afternoon):
    screen = open_group(afternoon, "P-1204")

    open_rows = [row.open for row in screen.form.list.rows]
    assert open_rows == sorted(open_rows, reverse=True)


def test_it_shows_what_the_group_does_to_each_visit(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")
    for patient in ("P-1150", "P-1095"):
        press_row(qtbot, screen, patient)

    assert table(screen) == [
        ("P-1150", "2", "2 + 1"),
        ("P-1095", "2", "2 + 1"),
        ("P-1204", "0", "0 + 1"),
    ]
    assert screen.effect.big.shown == "+ 1"
    assert screen.effect.big.line_shown == "P-1150 · P-1095 · P-1204"
    assert "such as G0283, may go on beside it" in screen.effect.rules.text()
    assert screen.effect.source.text().startswith("CMS, 11 Part B Billing Scenarios")


def test_the_keyboard_alone_chooses_and_starts(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")
    rows = screen.form.list
    assert afternoon.focusWidget() is rows

    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert screen.form.start.text() == "Start 97150 for 3 patients"
    qtbot.keyClick(rows, Qt.Key.Key_Return)

    started = afternoon.desk.today.running
    assert sorted(s.patient for s in started) == ["P-1095", "P-1150", "P-1204"]
    assert len({s.started_at for s in started}) == 1, "all at the same instant"
    assert len({s.group_id for s in started}) == 1
    assert afternoon.body.name == "today"


def test_space_takes_a_tick_away_again(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")

    qtbot.keyClick(screen.form.list, Qt.Key.Key_Space)

    assert ticked(screen) == []
    assert not screen.form.start.isEnabled()
    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)
    assert running(afternoon) == []
    assert afternoon.body.name == "group"


def test_a_signed_visit_takes_no_tick(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")

    press_row(qtbot, screen, "P-1077")

    assert ticked(screen) == ["P-1204"]


def test_cancel_starts_nothing(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")

    qtbot.keyClick(screen.form.list, Qt.Key.Key_Escape)

    assert afternoon.body.name == "today"
    assert running(afternoon) == []
    again = open_group(afternoon, "P-1150")
    assert ticked(again) == ["P-1150"], "who was ticked before is forgotten"


def test_the_code_may_be_told_before_the_screen_is_gone_to(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")
    three_visits.go("today")
    three_visits.desk.select(view_of(three_visits, "P-2").visit.id)

    screen.show_for("92508")
    three_visits.go("group")

    assert ticked(screen) == ["P-2"]
    assert screen.form.start.text() == "Start 92508 for 1 patient"


def test_enter_on_cancel_cancels(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")
    screen.form.cancel.setFocus()

    qtbot.keyClick(screen.form.cancel, Qt.Key.Key_Return)

    assert three_visits.body.name == "today"
    assert running(three_visits) == []


def test_one_patient_alone_may_start_and_is_told_what_follows(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")
    assert screen.form.start.text() == "Start 97150 for 1 patient"
    assert "listed as to fix" in screen.form.below.text()

    qtbot.mouseClick(screen.form.start, Qt.MouseButton.LeftButton)

    assert running(three_visits) == [("P-1", GROUP)]
    assert "group-of-one" in {item.rule for item in view_of(three_visits, "P-1").to_fix}


# -- another patient ---------------------------------------------------------------------------


def test_another_patient_is_taken_in_by_id(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")

    qtbot.keyClicks(screen.form.patient, "P-9")
    qtbot.keyClick(screen.form.patient, Qt.Key.Key_Return)

    assert ticked(screen) == ["P-1", "P-9"]
    assert running(three_visits) == [], "taking someone in starts nothing"
    assert view_of(three_visits, "P-9").visit.discipline == "OT"
    assert screen.form.patient.text() == ""
    assert three_visits.focusWidget() is screen.form.list, "the next Enter starts"
    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)
    assert running(three_visits) == [("P-1", GROUP), ("P-9", GROUP)]


def test_an_id_of_today_ticks_the_visit_that_is_there(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")

    qtbot.keyClicks(screen.form.patient, " P-3 ")
    qtbot.keyClick(screen.form.patient, Qt.Key.Key_Return)

    assert ticked(screen) == ["P-1", "P-3"]
    assert len(screen.form.list.rows) == 3


def test_an_id_that_can_not_join_says_why(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")

    qtbot.keyClicks(screen.form.patient, "P-1077")
    qtbot.keyClick(screen.form.patient, Qt.Key.Key_Return)

    assert screen.form.remark.text() == "P-1077 can't join: reopen it first"
    assert ticked(screen) == ["P-1204"]


def test_an_id_that_can_not_be_used_is_told_and_stays(qtbot, three_visits):
    screen = open_group(three_visits, "P-1")

    qtbot.keyClicks(screen.form.patient, "x" * 101)
    qtbot.keyClick(screen.form.patient, Qt.Key.Key_Return)

    assert screen.form.patient.wrong
    assert "101 characters" in three_visits.bar.text.text()
    assert len(screen.form.list.rows) == 3


# -- what blocks -------------------------------------------------------------------------------


def test_what_the_clinician_does_elsewhere_is_said_and_ends_by_the_same_press(
    qtbot, demo_morning, pass_time
):
    window, clock = demo_morning
    screen = open_group(window, "P-1150")
    press_row(qtbot, screen, "P-1204")
    assert screen.form.start.text() == "Switch: end 97112 of P-1042 and start"
    assert screen.form.note.title.text() == "Running: 97112 of P-1042, since 10:12"
    pass_time(window, clock, seconds=40)

    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)

    assert running(window) == [("P-1150", GROUP), ("P-1204", GROUP)]
    ended = view_of(window, "P-1042").record.segments[-1]
    assert ended.ended_at == window.desk.today.running[0].started_at
    assert window.body.name == "today"


def test_a_switch_is_taken_back_as_one_press(qtbot, demo_morning):
    window, _ = demo_morning
    screen = open_group(window, "P-1150")
    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)

    window.desk.undo()

    assert running(window) == [("P-1042", "97112")]


def test_a_patient_of_ones_own_who_is_busy_may_join_and_the_row_says_what_ends(demo_morning):
    window, _ = demo_morning
    screen = open_group(window, "P-1042")

    assert ticked(screen) == ["P-1042"]
    assert row_of(screen, "P-1042").state == "97112 runs, and ends then"


def test_a_patient_whom_another_clinician_treats_can_not_be_taken_away(qtbot, three_visits, clinic):
    stopwatch.start(clinic, StartWish("97110", ("P-2",), clinician=BAKER))
    three_visits.desk.treat_as(ABLE, Role.THERAPIST)
    screen = open_group(three_visits, "P-2")

    assert ticked(screen) == []
    assert row_of(screen, "P-2").state == "97110 runs with B. Baker"
    press_row(qtbot, screen, "P-2")
    assert ticked(screen) == []


def test_a_supervised_modality_goes_on_beside_it(qtbot, three_visits, clinic):
    stopwatch.start(clinic, StartWish("G0283", ("P-2",), clinician=ABLE))
    three_visits.desk.refresh()
    screen = open_group(three_visits, "P-2")
    assert row_of(screen, "P-2").state == "G0283 goes on beside it"
    press_row(qtbot, screen, "P-1")

    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)

    assert running(three_visits) == [("P-1", GROUP), ("P-2", GROUP), ("P-2", "G0283")]


def test_rest_of_one_patient_ends_by_its_name(qtbot, three_visits, clinic):
    stopwatch.start(clinic, StartWish("REST", ("P-2",), clinician=ABLE))
    three_visits.desk.refresh()
    screen = open_group(three_visits, "P-2")

    assert row_of(screen, "P-2").state == "Rest runs, and ends then"
    assert "Rest of P-2" in screen.form.start.text()


def test_an_aide_is_told_that_a_role_forbids_it(three_visits):
    three_visits.desk.treat_as("C. Aide", Role.AIDE)
    screen = open_group(three_visits, "P-1")

    assert ticked(screen) == []
    assert "needs a therapist" in row_of(screen, "P-1").state


def test_someone_who_comes_later_joins_the_group_that_runs(qtbot, three_visits, clinic):
    stopwatch.start(clinic, StartWish(GROUP, ("P-1", "P-2"), clinician=ABLE))
    three_visits.desk.refresh()
    screen = open_group(three_visits, "P-3")
    assert row_of(screen, "P-1").state == "in the group"
    assert row_of(screen, "P-1").ticked
    assert "Joins the group" in screen.form.below.text()

    qtbot.keyClick(screen.form.list, Qt.Key.Key_Return)

    assert running(three_visits) == [(f"P-{n}", GROUP) for n in (1, 2, 3)]


def test_of_two_visits_of_one_patient_the_one_that_would_be_timed_can_join(window, clinic, clock):
    visiting.open_visit(clinic, "P-1", payer="Medicare", discipline="OT")
    clock.advance(seconds=1)
    visiting.open_visit(clinic, "P-1", payer="Medicare", discipline="PT")
    window.desk.treat_as(ABLE, Role.THERAPIST)
    screen = open_group(window, "P-1")

    rows = {row.about: row for row in screen.form.list.rows}
    assert rows["PT · Medicare"].open
    assert not rows["OT · Medicare"].open
    assert "another visit today" in rows["OT · Medicare"].state


def test_a_visit_that_is_signed_meanwhile_loses_its_tick(qtbot, afternoon):
    screen = open_group(afternoon, "P-1204")
    press_row(qtbot, screen, "P-1150")
    clinic = afternoon.desk.clinic
    visit_id = view_of(afternoon, "P-1150").visit.id
    signing.sign(clinic, visit_id, SignWish(clinician="Demo Clinician", credentials="OTR/L"))

    afternoon.desk.refresh()

    assert ticked(screen) == ["P-1204"]


def test_a_start_that_is_refused_after_all_changes_nothing_and_stays(
    qtbot, three_visits, clinic, monkeypatch
):
    screen = open_group(three_visits, "P-1")
    press_row(qtbot, screen, "P-2")
    # Another window starts something in the same second, and this one has not looked yet.
    stopwatch.start(clinic, StartWish("97110", ("P-3",), clinician=ABLE))

    screen.start()

    three_visits.desk.refresh()
    assert running(three_visits) == [("P-3", "97110")]
    assert three_visits.body.name == "group"
    assert "group takes the clinician's" in three_visits.bar.title.text()
    assert "Switch" in screen.form.start.text(), "and now the press says so"


# -- leaving earlier ---------------------------------------------------------------------------


def test_one_patient_leaves_and_the_others_go_on(qtbot, three_visits, clinic, look):
    stopwatch.start(clinic, StartWish(GROUP, ("P-1", "P-2", "P-3"), clinician=ABLE))
    three_visits.desk.refresh()
    members = GroupMembers(look, three_visits)
    members.leave_wanted.connect(three_visits.desk.leave_group)
    members.show_group(view_of(three_visits, "P-2"), three_visits.desk.today)
    assert members.title.text() == "Group 97150: 3 patients"
    assert members.names.text() == "P-2, P-1, P-3"
    assert members.leave.text() == "Only P-2 leaves"

    members.leave.click()

    assert running(three_visits) == [("P-1", GROUP), ("P-3", GROUP)]


@pytest.mark.parametrize("patient", [None, "P-3"])
def test_it_says_nothing_of_a_group_to_who_is_in_none(three_visits, clinic, look, patient):
    stopwatch.start(clinic, StartWish(GROUP, ("P-1", "P-2"), clinician=ABLE))
    three_visits.desk.refresh()
    members = GroupMembers(look, three_visits)
    view = view_of(three_visits, patient) if patient else None

    members.show_group(view, three_visits.desk.today)

    assert members.isHidden()


# -- the judgement by itself -------------------------------------------------------------------


def test_a_visit_that_has_the_group_already_gains_no_second_unit(three_visits, clinic, clock):
    stopwatch.start(clinic, StartWish(GROUP, ("P-1", "P-2"), clinician=ABLE))
    clock.advance(minutes=20)
    stopping.stop(clinic, StopWish())
    three_visits.desk.refresh()
    view = view_of(three_visits, "P-1")

    after = groups.with_group(view, clinic.rulebook.codes[GROUP])

    assert view.reckoning.total_units == after.reckoning.total_units == 1


def test_a_plan_names_everything_that_would_end(three_visits, clinic):
    stopwatch.start(clinic, StartWish("97110", ("P-3",), clinician=ABLE))
    three_visits.desk.refresh()
    today = three_visits.desk.today
    code = clinic.rulebook.codes[GROUP]

    chosen = groups.plan(today, code, Who(ABLE), [view_of(three_visits, "P-1").visit.id])
    nobody = groups.plan(today, code, Who(ABLE), [])

    assert [s.patient for s in chosen.ends] == ["P-3"]
    assert nobody.ends == ()
    assert not groups.plan(today, code, Who(BAKER), [view_of(three_visits, "P-1").visit.id]).ends


# -- any size, any words -----------------------------------------------------------------------


def test_an_id_that_looks_like_markup_is_shown_as_it_was_typed(window, clinic):
    visiting.open_visit(clinic, "<b>P-1</b>", payer="Medicare", discipline="OT")
    window.desk.refresh()
    screen = open_group(window, "<b>P-1</b>")

    tip = screen.form.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;P-1&lt;/b&gt;" in tip


def test_sixty_visits_with_long_ids_fit_the_smallest_window(qtbot, window, clinic):
    for number in range(60):
        visiting.open_visit(clinic, f"{number:02d}" + "W" * 98, payer="Medicare", discipline="OT")
    window.desk.treat_as(ABLE, Role.THERAPIST)
    window.resize(900, 600)
    screen = open_group(window, "00" + "W" * 98)

    qtbot.keyClick(screen.form.list, Qt.Key.Key_End)
    qtbot.keyClick(screen.form.list, Qt.Key.Key_Space)

    assert window.width() == 900
    assert screen.form.minimumSizeHint().width() <= screen.form.width()
    assert screen.form.start.isVisible()
    assert screen.form.start.geometry().bottom() <= screen.form.height()
    assert len(ticked(screen)) == 2


def test_everything_that_takes_the_keyboard_has_a_name(three_visits):
    screen = open_group(three_visits, "P-1")

    found = [w for w in screen.form.findChildren(QWidget) if w.isVisible()]
    takes = [w for w in found if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [w for w in takes if not w.accessibleName()] == []
    assert any(isinstance(w, QAbstractButton) for w in takes)
