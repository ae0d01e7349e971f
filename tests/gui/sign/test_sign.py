"""Finish & sign: what a clinician may rely on before, while and after signing."""

from datetime import UTC, date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ptimer.billing.conflicts import Role
from ptimer.billing.payers import Payer, UnitRule
from ptimer.gui.sign.sign_screen import SignScreen
from ptimer.operations import (
    clinic_settings,
    coming,
    corrections,
    own_payers,
    people,
    setting_values,
    signing,
    snapshots,
    stopping,
    stopwatch,
    visiting,
)
from ptimer.operations.corrections import NewTime
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE
from ptimer.timing.service_date import read_time

ABLE, BAKER = "A. Able", "B. Baker"
REASON = "new transfers, a fall in the morning"


def open_sign(window, patient=None):
    """Look at a patient's visit and go to its signature; returns the screen."""
    if "sign" not in window.body.screens:
        window.offer_screen(
            "sign", lambda: SignScreen(window.look, window.desk, window.times, window.today)
        )
    if patient is not None:
        window.desk.select(view_of(window, patient).visit.id)
    window.go("sign")
    return window.body.screens["sign"]


def view_of(window, patient):
    today = window.desk.today
    return next(v for v in (*today.visits, *today.earlier) if v.visit.patient == patient)


def recorded(window, patient):
    """What the record holds of a visit, signed or not."""
    day = snapshots.day(window.desk.clinic)
    return next(view for view in day.visits if view.visit.patient == patient)


def time_code(clinic, clock, patient, code, minutes, *, clinician=ABLE, payer="Medicare", end=True):
    start = StartWish(code, (patient,), clinician=clinician, payer=payer, discipline="OT")
    pressed = stopwatch.start(clinic, start)
    clock.advance(minutes=minutes)
    if end:
        stopping.stop(clinic, StopWish(segment_ids=tuple(s.id for s in pressed.started)))


def treat_as(window, name):
    window.desk.treat_as(name, Role.THERAPIST)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def titles(screen):
    return [row.title for row in screen.checks.rows]


def table(screen):
    return [tuple(f"{c.text} {c.remark}".strip() for c in r.cells) for r in screen.bill.table.rows]


def give_reason(qtbot, screen, code="97112", text=REASON):
    edit = screen.form.reasons[code].area.edit
    qtbot.keyClicks(edit, text)
    return edit


@pytest.fixture
def p1120(demo_evening):
    """P-1120 of the demo day: 61 minutes of 97112, and a tie."""
    window, clock = demo_evening
    return window, clock, open_sign(window, "P-1120")


# -- what is missing ---------------------------------------------------------------------------


def test_it_lists_what_is_missing_and_what_is_in_order(p1120):
    _, _, screen = p1120

    assert titles(screen) == ["Why over 60 minutes", "Choose the fifth unit", "Signature"]
    assert [row.detail for row in screen.checks.rows] == [
        "97112 ran 61 min",
        "97530 or 97535",
        "after the 2 above",
    ]
    assert screen.checks.in_order.lines == (
        "Every time has an end",
        "77 timed ≤ 77 treated ≤ 79 in clinic",
        "97112: 4 of 4 units today",
        "97530: 1 of 6 units today",
        "97535: 0 of 8 units today",
        "Name and credentials",
    )
    signature = screen.bill.signature
    assert not signature.sign.isEnabled()
    assert signature.first.text() == "2 things first: over 60 minutes, the fifth unit"


def test_what_will_be_billed_names_the_record_only_lines(p1120):
    _, _, screen = p1120

    assert table(screen) == [
        ("97112", "61", "4", "GO"),
        ("97530", "8", "1 so far", "GO"),
        ("97535", "8", "0", "record only"),
        ("Total", "77", "5", ""),
    ]
    assert "97530 and 97535 have 8 min left over each" in screen.form.why.text()


def test_untimed_units_stand_behind_a_plus_and_outside_the_timed_minutes(demo_evening):
    window, _ = demo_evening
    screen = open_sign(window, "P-1042")

    assert table(screen)[-2:] == [("Timed", "47", "3", ""), ("Total", "", "3 + 1", "")]
    assert ("97165 untimed", "5", "1", "GO") in table(screen)


@pytest.mark.parametrize(("zeros", "said"), [(False, "record only"), (True, "sent with 0")])
def test_a_zero_line_says_whether_it_goes_out(window, clinic, clock, zeros, said):
    own_payers.make(clinic, Payer("Own", UnitRule.CMS, zero_unit_lines=zeros), "their contract")
    visiting.open_visit(clinic, "P-1", payer="Own", discipline="OT")
    for code, minutes in (("97110", 30), ("97140", 4)):
        time_code(clinic, clock, "P-1", code, minutes, payer=None)
    window.desk.refresh()
    screen = open_sign(window, "P-1")

    assert table(screen)[1] == ("97140", "4", "0", said)


@pytest.mark.parametrize(("place", "where"), [(0, "reason"), (1, "tie"), (2, "reason")])
def test_a_press_on_what_is_missing_leads_to_its_field(qtbot, p1120, place, where):
    window, _, screen = p1120
    window.setFocus()

    click(qtbot, screen.checks.rows[place])

    wanted = {
        "reason": screen.form.reasons["97112"].area.edit,
        "tie": screen.form.tie.ways[0],
    }
    assert window.focusWidget() is wanted[where]


def test_the_keyboard_is_in_the_first_field_that_is_missing(p1120):
    window, _, screen = p1120

    assert window.focusWidget() is screen.form.reasons["97112"].area.edit


def test_where_only_the_signature_is_missing_no_key_but_ctrl_enter_gives_it(demo_evening):
    window, _ = demo_evening
    open_sign(window, "P-1095")

    assert not isinstance(window.focusWidget(), QAbstractButton), "Space would sign"


def test_what_still_runs_is_stopped_here_by_one_press(qtbot, demo_morning, pass_time):
    window, clock = demo_morning
    screen = open_sign(window, "P-1042")
    assert titles(screen) == ["97112 still runs", "Signature"]
    pass_time(window, clock, minutes=1)

    click(qtbot, screen.checks.rows[0])

    assert recorded(window, "P-1042").record.running == ()
    assert titles(screen) == ["Signature"]
    assert screen.bill.signature.sign.isEnabled()


def test_stop_here_takes_one_patient_out_of_a_group_and_no_other(qtbot, window, clinic, clock):
    start = StartWish("97150", ("P-1", "P-2"), clinician=ABLE)
    stopwatch.start(clinic, start)
    window.desk.refresh()
    screen = open_sign(window, "P-1")
    assert "leaves the group" in screen.checks.rows[0].detail

    click(qtbot, screen.checks.rows[0])

    assert [segment.patient for segment in window.desk.today.running] == ["P-2"]


def test_a_time_in_doubt_leads_to_its_question(qtbot, demo_morning):
    window, clock = demo_morning
    clock.advance(minutes=20)
    window.desk.tick()
    wanted = []
    window.desk.screen_wanted.disconnect()
    window.desk.screen_wanted.connect(wanted.append)
    screen = open_sign(window, "P-1042")
    assert titles(screen) == ["97112 is in doubt", "Signature"]

    click(qtbot, screen.checks.rows[0])

    assert wanted == ["recovery"]
    assert screen.bill.signature.first.text() == "1 thing first: 97112 in doubt"


def test_a_visit_without_a_time_leads_back_to_the_stopwatches(qtbot, window, clinic):
    visiting.open_visit(clinic, "P-1")
    window.desk.refresh()
    screen = open_sign(window, "P-1")
    assert titles(screen)[0] == "Nothing was timed"

    click(qtbot, screen.checks.rows[0])

    assert window.body.name == "today"


def test_with_no_visit_at_all_it_says_so(window):
    screen = open_sign(window)

    assert "no visit" in screen.form.about.text()
    assert not screen.bill.signature.sign.isEnabled()
    screen.sign()


# -- warnings ----------------------------------------------------------------------------------


def test_a_group_of_one_is_pointed_out_and_keeps_nobody_from_signing(qtbot, window, clinic, clock):
    time_code(clinic, clock, "P-1", "97150", 20)
    people.describe(clinic, ABLE, credentials="OTR/L")
    treat_as(window, ABLE)
    screen = open_sign(window, "P-1")

    assert [row.title for row in screen.checks.remark_rows] == [
        "97150 is group work, and nobody else was in the group"
    ]
    click(qtbot, screen.bill.signature.sign)
    assert recorded(window, "P-1").visit.signed


def test_a_cut_and_a_stay_shorter_than_the_treatment_are_pointed_out(window, clinic, clock):
    visit = visiting.open_visit(clinic, "P-1", payer="Medicare", discipline="OT")
    coming.arrive(clinic, visit.id)
    time_code(clinic, clock, "P-1", "97112", 80)
    coming.set_times(clinic, visit.id, arrived="10:00", departed="10:30")
    window.desk.refresh()
    screen = open_sign(window, "P-1")

    remarks = [row.title for row in screen.checks.remark_rows]
    assert "97112 earned 5 units" in remarks[0]
    assert "80 min timed, 80 treated, 30 in the clinic" in remarks[1]
    assert table(screen)[0] == ("97112", "80", "4 of 5", "GO")
    assert not any("treated ≤" in line for line in screen.checks.in_order.lines)


def test_a_remark_leads_to_the_times_of_its_visit(qtbot, window, clinic, clock):
    time_code(clinic, clock, "P-1", "97150", 20)
    window.desk.refresh()
    screen = open_sign(window, "P-1")
    wanted = []
    window.desk.screen_wanted.disconnect()
    window.desk.screen_wanted.connect(wanted.append)

    click(qtbot, screen.checks.remark_rows[0])

    assert wanted == ["edit-times"]


# -- the reason and the choice -----------------------------------------------------------------


def test_enter_keeps_the_reason(qtbot, p1120):
    window, _, screen = p1120

    qtbot.keyClick(give_reason(qtbot, screen), Qt.Key.Key_Return)

    assert recorded(window, "P-1120").record.long_reasons == {"97112": REASON}
    assert titles(screen) == ["Choose the fifth unit", "Signature"]
    assert "97112: why over 60 minutes" in screen.checks.in_order.lines


def test_leaving_the_field_keeps_the_reason(qtbot, p1120):
    window, _, screen = p1120
    edit = give_reason(qtbot, screen)

    qtbot.keyClick(edit, Qt.Key.Key_Tab)

    assert recorded(window, "P-1120").record.long_reasons == {"97112": REASON}


def test_leaving_the_screen_keeps_the_reason(qtbot, p1120):
    window, _, screen = p1120
    give_reason(qtbot, screen)

    qtbot.keyClick(screen.form.reasons["97112"].area.edit, Qt.Key.Key_Escape)

    assert window.body.name == "today"
    assert recorded(window, "P-1120").record.long_reasons == {"97112": REASON}


def test_what_is_half_typed_outlives_ticks_and_what_others_write(qtbot, p1120, pass_time):
    window, clock, screen = p1120
    give_reason(qtbot, screen, text="a fall, and")
    pass_time(window, clock, minutes=2)
    visiting.open_visit(window.desk.clinic, "P-9")
    window.desk.refresh()

    assert screen.form.reasons["97112"].text == "a fall, and"
    assert recorded(window, "P-1120").record.long_reasons == {}, "not yet meant"
    assert titles(screen)[0] == "Choose the fifth unit", "typed counts: signing keeps it first"


def test_a_reason_that_is_emptied_is_not_taken_away(qtbot, p1120):
    window, _, screen = p1120
    edit = give_reason(qtbot, screen)
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert edit.toPlainText() == REASON
    assert recorded(window, "P-1120").record.long_reasons == {"97112": REASON}


def test_a_reason_can_be_written_anew(qtbot, p1120):
    window, _, screen = p1120
    edit = give_reason(qtbot, screen)
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    edit.selectAll()
    qtbot.keyClicks(edit, "two falls")
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    assert recorded(window, "P-1120").record.long_reasons == {"97112": "two falls"}


def test_a_reason_that_is_too_long_is_told_and_waits(p1120):
    window, _, screen = p1120
    long = "x" * 2001
    screen.form.reasons["97112"].area.edit.setPlainText(long)

    window.go("today")
    again = open_sign(window, "P-1120")

    assert "2001 characters" in window.bar.text.text()
    assert again.form.reasons["97112"].text == long
    assert recorded(window, "P-1120").record.long_reasons == {}


def test_a_pasted_page_becomes_one_line(qtbot, p1120):
    window, _, screen = p1120
    QApplication.clipboard().setText("a fall\nin the morning\t<b>twice</b>")
    edit = screen.form.reasons["97112"].area.edit

    edit.paste()
    qtbot.keyClick(edit, Qt.Key.Key_Return)

    reason = recorded(window, "P-1120").record.long_reasons["97112"]
    assert reason == "a fall in the morning <b>twice</b>"


def test_the_tie_is_settled_by_a_press_and_can_be_settled_anew(qtbot, p1120):
    window, _, screen = p1120

    click(qtbot, screen.form.tie.ways[1])

    assert table(screen)[1:3] == [("97530", "8", "0", "record only"), ("97535", "8", "1", "GO")]
    assert "By choice the fifth unit goes to 97535" in screen.checks.in_order.lines
    click(qtbot, screen.form.tie.ways[0])
    assert recorded(window, "P-1120").record.choice == {"97112": 4, "97530": 1, "97535": 0}


def test_two_units_among_three_codes_are_one_choice(qtbot, window, clinic, clock):
    for code in ("97110", "97140", "97530"):
        time_code(clinic, clock, "P-1", code, 8)
    window.desk.refresh()
    screen = open_sign(window, "P-1")
    assert titles(screen)[0] == "Choose the last 2 units"
    assert screen.checks.rows[0].detail == "97110, 97140 or 97530"

    click(qtbot, screen.form.tie.ways[2])

    assert "By choice the last 2 units go to 97140 and 97530" in screen.checks.in_order.lines


# -- signing -----------------------------------------------------------------------------------


def test_ctrl_enter_signs_and_goes_back_to_today(qtbot, p1120):
    window, _, screen = p1120
    click(qtbot, screen.form.tie.ways[0])
    edit = give_reason(qtbot, screen)

    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    signed = recorded(window, "P-1120")
    assert signed.visit.signed
    assert signed.record.long_reasons == {"97112": REASON}
    assert [(s.name, s.credentials) for s in signed.record.signatures] == [
        ("Demo Clinician", "OTR/L")
    ]
    assert window.body.name == "today"
    assert window.bar.title.text() == "P-1120 signed: 5 units"


def test_a_press_on_sign_keeps_what_was_just_typed(qtbot, p1120):
    window, _, screen = p1120
    click(qtbot, screen.form.tie.ways[0])
    give_reason(qtbot, screen)
    assert screen.bill.signature.sign.isEnabled()

    click(qtbot, screen.bill.signature.sign)

    assert recorded(window, "P-1120").visit.signed
    assert recorded(window, "P-1120").record.long_reasons == {"97112": REASON}


def test_ctrl_enter_before_all_is_there_signs_nothing_and_leads_there(qtbot, p1120):
    window, _, screen = p1120
    edit = give_reason(qtbot, screen)

    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not recorded(window, "P-1120").visit.signed
    assert window.focusWidget() is screen.form.tie.ways[0]


def test_ctrl_enter_signs_nothing_from_another_screen(qtbot, demo_evening):
    window, _ = demo_evening
    open_sign(window, "P-1095")
    window.go("today")

    qtbot.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not recorded(window, "P-1095").visit.signed


def test_credentials_are_asked_for_once_and_kept(qtbot, window, clinic, clock, pass_time):
    time_code(clinic, clock, "P-1", "97110", 15)
    treat_as(window, ABLE)
    screen = open_sign(window, "P-1")
    assert titles(screen) == ["Credentials", "Signature"]
    assert window.focusWidget() is screen.bill.signature.credentials

    qtbot.keyClicks(screen.bill.signature.credentials, "OTR")
    pass_time(window, clock, minutes=1)
    window.desk.refresh()
    qtbot.keyClicks(screen.bill.signature.credentials, "/L")
    click(qtbot, screen.bill.signature.sign)

    assert recorded(window, "P-1").record.signatures[0].credentials == "OTR/L"
    assert people.current(clinic).credentials == "OTR/L"


def test_credentials_that_are_taken_out_are_missing(qtbot, p1120):
    _, _, screen = p1120
    field = screen.bill.signature.credentials

    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)

    assert "Credentials" in titles(screen)


@pytest.fixture
def two_treated(window, clinic, clock):
    """A visit that Able and Baker both treated; Able is at the desk."""
    people.describe(clinic, ABLE, credentials="OTR/L")
    people.describe(clinic, BAKER, credentials="COTA/L")
    time_code(clinic, clock, "P-1", "97110", 15)
    time_code(clinic, clock, "P-1", "97530", 15, clinician=BAKER)
    treat_as(window, ABLE)
    return open_sign(window, "P-1")


def test_who_is_at_the_desk_signs_first_and_is_told_who_must_sign_too(qtbot, window, two_treated):
    box = two_treated.bill.signature
    assert box.signer == ABLE
    assert box.others.text() == "Must sign, too: B. Baker"

    click(qtbot, box.sign)

    assert not recorded(window, "P-1").visit.signed, "Baker's part is not signed"
    assert window.body.name == "sign"
    assert window.bar.title.text() == "A. Able has signed P-1"
    assert "A. Able, OTR/L" in box.signed.text()
    assert titles(two_treated) == ["Who signs", "Signature"]


def test_nobody_signs_for_another_unless_that_is_chosen(qtbot, window, two_treated):
    box = two_treated.bill.signature
    click(qtbot, box.sign)
    assert box.signer == ""
    assert not box.sign.isEnabled()

    qtbot.keyClick(box.who, Qt.Key.Key_Down)

    assert box.signer == BAKER
    assert box.credentials.text() == "COTA/L"
    click(qtbot, box.sign)
    assert recorded(window, "P-1").visit.signed
    assert window.body.name == "today"


def test_who_comes_to_the_desk_is_the_one_who_signs(window, two_treated):
    treat_as(window, BAKER)

    assert two_treated.bill.signature.signer == BAKER
    assert two_treated.bill.signature.credentials.text() == "COTA/L"


def test_who_treated_nothing_is_not_filled_in(window, clinic, clock):
    time_code(clinic, clock, "P-1", "97110", 15, clinician=BAKER)
    treat_as(window, ABLE)
    screen = open_sign(window, "P-1")

    assert screen.bill.signature.signer == ""
    assert titles(screen) == ["Who signs", "Signature"]
    assert not screen.bill.signature.credentials.isEnabled()


def test_space_stops_what_runs_elsewhere_and_the_screen_stays(qtbot, window, clinic, clock):
    time_code(clinic, clock, "P-1", "97110", 15)
    time_code(clinic, clock, "P-2", "97110", 5, end=False)
    people.describe(clinic, ABLE, credentials="OTR/L")
    treat_as(window, ABLE)
    screen = open_sign(window, "P-1")

    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.desk.today.running == ()
    qtbot.keyClick(window, Qt.Key.Key_Space)

    assert [s.patient for s in window.desk.today.running] == ["P-2"], "resumed"
    assert screen.form.back.text() == "P-1", "the form is not exchanged under one's hands"


def test_minutes_go_on_while_something_runs(demo_morning, pass_time):
    window, clock = demo_morning
    screen = open_sign(window, "P-1042")
    before = table(screen)

    pass_time(window, clock, minutes=1)

    assert before[2] == ("97112", "24", "2", "GO")
    assert table(screen)[2] == ("97112", "25", "2", "GO")


# -- signed and earlier visits -----------------------------------------------------------------


def test_a_signed_visit_says_who_signed_and_when(demo_evening):
    window, _ = demo_evening
    screen = open_sign(window, "P-0981")

    assert screen.form.title.text() == "Signed"
    assert screen.bill.signature.signed.text() == "Demo Clinician, OTR/L\nMon 23 Nov 2026 · 08:42"
    assert not screen.bill.signature.sign.isVisible()
    assert screen.checks.rows == []


def test_a_signed_visit_is_reopened_with_a_reason(qtbot, demo_evening):
    window, _ = demo_evening
    screen = open_sign(window, "P-0981")

    click(qtbot, screen.form.amend)
    assert recorded(window, "P-0981").visit.signed, "no reason, no change"
    assert screen.form.amend_reason.area.wrong
    qtbot.keyClicks(screen.form.amend_reason.area.edit, "the end of 97140 was wrong")
    click(qtbot, screen.form.amend)

    assert not recorded(window, "P-0981").visit.signed
    assert not isinstance(window.focusWidget(), QAbstractButton), "Space would press it"
    assert screen.form.title.text() == "Finish & sign"
    assert window.bar.title.text() == "P-0981 is open again"
    assert screen.form.amend_reason.text == ""


@pytest.mark.parametrize("modifier", ["NoModifier", "ControlModifier"])
def test_the_keyboard_reopens_a_signed_visit(qtbot, demo_evening, modifier):
    window, _ = demo_evening
    screen = open_sign(window, "P-0981")
    edit = screen.form.amend_reason.area.edit
    qtbot.keyClicks(edit, "wrong end")

    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier[modifier])

    assert not recorded(window, "P-0981").visit.signed


def test_a_visit_of_an_earlier_day_is_signed_the_same_way(qtbot, window, clinic, clock):
    people.describe(clinic, ABLE, credentials="OTR/L")
    time_code(clinic, clock, "P-1", "97110", 30)
    clock.advance(hours=24)
    treat_as(window, ABLE)
    assert window.desk.today.date == date(2026, 11, 24)
    screen = open_sign(window, "P-1")
    assert "Mon 23 Nov 2026" in screen.form.about.text()

    click(qtbot, screen.bill.signature.sign)

    assert window.desk.today.earlier == ()
    assert window.bar.title.text() == "P-1 signed: 2 units"
    signed = snapshots.day(clinic, date(2026, 11, 23)).visits[0]
    assert signed.visit.signed


def test_going_back_leads_to_the_stopwatches(qtbot, p1120):
    window, _, screen = p1120

    click(qtbot, screen.form.back)

    assert window.body.name == "today"
    assert not isinstance(window.focusWidget(), QAbstractButton), "Space means stop again"


# -- any size, any words -----------------------------------------------------------------------


def test_the_longest_id_and_name_fit_the_smallest_window(window, clinic, clock):
    patient, name = "<b>&amp;" + "W" * 92, "Ä" * 100
    people.describe(clinic, name, credentials="X" * 100)
    time_code(clinic, clock, patient, "97112", 61, clinician=name)
    time_code(clinic, clock, patient, "97110", 15, clinician=BAKER)
    treat_as(window, name)
    window.resize(900, 600)
    screen = open_sign(window, patient)

    assert window.width() == 900
    areas = [screen.left, screen.right, *screen.form.findChildren(QScrollArea)]
    for area in areas:
        assert area.widget().width() <= area.viewport().width(), "cut off at the right"
    assert len(areas) == 3
    assert screen.form.back.text().startswith("<b>&amp;WWW")
    assert "&lt;b&gt;&amp;amp;W" in screen.form.back.toolTip(), "as it was typed, no markup"


def test_everything_that_takes_the_keyboard_has_a_name(demo_evening):
    window, _ = demo_evening
    screen = open_sign(window, "P-1120")

    columns = (screen.left, screen.centre, screen.right)
    found = [w for column in columns for w in column.findChildren(QWidget) if w.isVisible()]
    silent = [
        widget
        for widget in found
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or isinstance(widget, QLabel))
    ]
    assert silent == []
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    assert any(isinstance(widget, kinds) for widget in found)


def test_an_area_without_its_number_is_pointed_out(window, clinic, clock):
    visit = visiting.open_visit(clinic, "P-1", discipline="PT", payer="Medicare")
    start = read_time("09:00", today=date(2026, 11, 23), zone=UTC).instant
    time = NewTime(visit.id, "97597", start, start + 20 * MINUTE, ABLE)
    corrections.add(clinic, time, "forgot to press")
    window.desk.refresh()
    screen = open_sign(window, "P-1")

    assert any("by area" in row.title for row in screen.checks.remark_rows)


def test_a_visit_that_was_signed_meanwhile_is_shown_signed(p1120):
    window, _, screen = p1120
    clinic = window.desk.clinic
    wish = signing.SignWish(
        clinician="Demo Clinician", choice={"97530": 1, "97535": 0}, over_60=REASON
    )
    signing.sign(clinic, view_of(window, "P-1120").visit.id, wish)

    window.desk.refresh()

    assert screen.form.title.text() == "Signed"
    assert screen.form.reasons["97112"].text == REASON


# -- who supervised --------------------------------------------------------------------------------


@pytest.fixture
def assisted(window, clinic, clock):
    """A visit that Baker, an assistant, treated; Baker is at the desk."""
    people.describe(clinic, BAKER, credentials="COTA/L")
    people.describe(clinic, ABLE, credentials="OTR/L")
    start = StartWish("97110", ("P-1",), clinician=BAKER, role=Role.ASSISTANT, discipline="OT")
    stopwatch.start(clinic, start)
    clock.advance(minutes=15)
    stopping.stop(clinic, StopWish())
    window.desk.treat_as(BAKER, Role.ASSISTANT)
    return open_sign(window, "P-1")


def test_an_assistants_supervisor_is_asked_for_and_may_be_left_out(qtbot, window, assisted):
    box = assisted.bill.signature
    assert (box.supervised.text(), box.supervisor.isVisible()) == ("Supervised B. Baker", True)
    (row,) = assisted.checks.remark_rows
    assert row.title == "B. Baker is an assistant: name the supervising therapist, who signs, too"
    click(qtbot, row)
    assert QApplication.focusWidget() is box.supervisor

    click(qtbot, box.sign)
    assert recorded(window, "P-1").visit.signed


def test_the_supervisor_who_is_named_at_signing_must_sign_too(qtbot, window, assisted):
    box = assisted.bill.signature
    qtbot.keyClicks(box.supervisor, ABLE)
    click(qtbot, box.sign)

    view = recorded(window, "P-1")
    assert view.record.supervisors == {BAKER: ABLE}
    assert view.missing_signatures == (ABLE,)
    treat_as(window, ABLE)
    assert (box.signer, box.supervisor.text()) == (ABLE, ABLE)
    click(qtbot, box.sign)
    assert recorded(window, "P-1").visit.signed


def test_a_clinic_that_requires_a_supervisor_has_it_missing_until_it_is_typed(
    qtbot, window, clinic, assisted
):
    setting_values.change(clinic, clinic_settings.SUPERVISOR_REQUIRED, True)
    window.desk.refresh()
    box = assisted.bill.signature
    assert titles(assisted) == ["Supervising therapist", "Signature"]
    assert not box.sign.isEnabled()

    qtbot.keyClicks(box.supervisor, ABLE)
    assert titles(assisted) == ["Signature"]
    assert box.sign.isEnabled()


def test_of_an_aides_visit_the_therapist_who_supervised_signs(qtbot, window, clinic, clock):
    people.describe(clinic, ABLE, credentials="OTR/L")
    start = StartWish("G0283", ("P-1",), clinician="C. Charly", role=Role.AIDE, discipline="OT")
    stopwatch.start(clinic, start)
    clock.advance(minutes=15)
    stopping.stop(clinic, StopWish())
    treat_as(window, BAKER)
    screen = open_sign(window, "P-1")
    box = screen.bill.signature
    assert titles(screen)[0] == "Supervising therapist"

    qtbot.keyClicks(box.supervisor, ABLE)
    assert (box.signer, box.credentials.text()) == (ABLE, "OTR/L")
    click(qtbot, box.sign)
    (signature,) = recorded(window, "P-1").record.signatures
    assert (signature.clinician, recorded(window, "P-1").visit.signed) == (ABLE, True)
