"""The day summary: what a clinician reads at the end of the day, and where each press leads."""

from datetime import UTC, date, timedelta

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QWidget

from ptimer.billing.payers import CombinedLimit, Effect, Payer, UnitRule
from ptimer.gui.day_summary.day_summary_screen import DaySummaryScreen
from ptimer.gui.day_summary.shown_day import shown_day
from ptimer.gui.look import Look, Mode
from ptimer.operations import export_files, own_payers, settling, signing, snapshots, stopwatch
from ptimer.operations.export_files import ExportWish
from ptimer.operations.exporting import Span
from ptimer.operations.stopwatch import StartWish

DAY = date(2026, 11, 23)
LONG_ID = "P-" + "W" * 98


@pytest.fixture
def open_summary():
    """Show the day summary in a window, and note which screens it asks for."""

    def open_summary(window):
        screen = DaySummaryScreen(window.look, window.desk, window.times, window.today)
        window.desk.screen_wanted.disconnect()
        screen.asked_for = []
        window.desk.screen_wanted.connect(screen.asked_for.append)
        window.offer_screen("day-summary", lambda: screen)
        window.go("day-summary")
        return screen

    return open_summary


@pytest.fixture
def evening(demo_evening, open_summary):
    window, _ = demo_evening
    return window, open_summary(window)


def rows(screen):
    """Return what the rows say to the ear."""
    model = screen.table.days
    return [
        model.data(model.index(place), Qt.ItemDataRole.AccessibleTextRole)
        for place in range(model.rowCount())
    ]


def rows_of(screen, patient):
    """Return the rows of one visit."""
    model = screen.table.days
    return [
        text
        for text, row in zip(rows(screen), model.rows, strict=True)
        if row.visit.patient == patient
    ]


def place_of(screen, patient):
    return next(n for n, row in enumerate(screen.table.days.rows) if row.visit.patient == patient)


def press(qtbot, screen, patient, *, share=0.3):
    """Press the row of a visit, at a share of its width."""
    table = screen.table
    index = table.days.index(place_of(screen, patient))
    table.scrollTo(index)
    area = table.visualRect(index)
    at = QPoint(int(area.left() + area.width() * share), area.center().y())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)


def figures(screen):
    return [tile.figure for tile in screen.tiles.tiles]


def test_the_figures_of_the_day_stand_on_top(evening):
    _, screen = evening

    assert screen.header.title.text() == "Monday 23 November 2026"
    assert screen.header.about.text() == "all patients · OT"
    assert figures(screen) == ["9", "22 + 5", "5 h 20", "7 / 9", "2"]
    labels = [tile.label for tile in screen.tiles.tiles]
    assert labels[2] == "timed minutes 320"
    assert labels[4] == "visits to fix before export"


def test_signed_visits_are_folded_and_the_others_open(evening):
    _, screen = evening

    assert rows_of(screen, "P-1042") == [
        "P-1042, Medicare, 47 timed · 53 min treated, 3 + 1 units, signed 11:17, folded"
    ]
    assert rows_of(screen, "P-1120")[0].endswith("5 units, not signed, open")
    assert len(rows_of(screen, "P-1120")) == 4


def test_a_code_says_its_times_minutes_units_modifier_and_what_it_asks_for(evening):
    _, screen = evening
    _, long, chosen, zero = (row.split(", ") for row in rows_of(screen, "P-1120"))

    assert long[:5] == ["97112", "13:00–14:01", "61 min", "4 units", "GO"]  # noqa: RUF001
    assert long[5] == "over 60 min: say why"
    assert chosen[5] == "8 and 8 min: choose one"
    assert zero[:3] == ["97535", "14:09–14:17", "8 min"]  # noqa: RUF001
    assert zero[3:] == ["0 units", "kept in the record"]


def test_a_press_folds_a_visit_and_another_opens_it(qtbot, evening):
    _, screen = evening
    press(qtbot, screen, "P-1120")
    assert len(rows_of(screen, "P-1120")) == 1

    press(qtbot, screen, "P-1042")
    assert [row.split(", ")[0] for row in rows_of(screen, "P-1042")] == [
        "P-1042",
        "97110",
        "97165",
        "97112",
    ]
    press(qtbot, screen, "P-1042")
    assert len(rows_of(screen, "P-1042")) == 1


def test_a_press_on_a_row_leaves_the_keyboard_where_it_is(qtbot, evening):
    window, screen = evening
    window.setFocus()
    press(qtbot, screen, "P-1042")

    assert not screen.table.hasFocus(), "Space must go on meaning stop"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keyboard_folds_the_row_that_it_is_on(qtbot, evening, key):
    _, screen = evening
    screen.table.setFocus()
    qtbot.keyClick(screen.table, key)
    assert len(rows_of(screen, "P-0981")) == 3

    qtbot.keyClick(screen.table, key)
    assert len(rows_of(screen, "P-0981")) == 1


def test_right_opens_left_folds_and_from_a_code_leads_back_to_its_visit(qtbot, evening):
    _, screen = evening
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Right)
    qtbot.keyClick(screen.table, Qt.Key.Key_Right)
    qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    assert screen.table.row().code.code == "97110"

    qtbot.keyClick(screen.table, Qt.Key.Key_Left)

    assert screen.table.row().code is None
    assert screen.table.row().visit.patient == "P-0981"
    assert len(rows_of(screen, "P-0981")) == 1


def test_what_a_person_folded_stays_folded_when_the_record_changes(qtbot, evening):
    window, screen = evening
    press(qtbot, screen, "P-1095")
    press(qtbot, screen, "P-1042")
    window.desk.refresh()

    assert len(rows_of(screen, "P-1095")) == 1
    assert len(rows_of(screen, "P-1042")) == 4


def test_the_keyboard_stays_on_its_row_when_the_record_changes(qtbot, evening):
    window, screen = evening
    screen.table.setFocus()
    for _ in range(7):
        qtbot.keyClick(screen.table, Qt.Key.Key_Down)
    before = screen.table.row().key
    signed = next(v for v in window.desk.today.visits if v.visit.patient == "P-1095")
    window.desk.attempt(
        lambda c: signing.sign(c, signed.visit.id, signing.SignWish(credentials="OTR/L"))
    )

    assert screen.table.row().key == before
    assert figures(screen)[3:] == ["8 / 9", "1"]


def test_every_visit_that_is_not_signed_says_why(evening):
    _, screen = evening
    titles = [press.title for press in screen.side.to_fix.presses if press.isVisible()]
    whys = [press.detail for press in screen.side.to_fix.presses if press.isVisible()]

    assert titles == ["P-1120 · not signed", "P-1095 · not signed"]
    assert "97112 ran 61 minutes" in whys[0]
    assert "choose which code gets it" in whys[0]
    assert whys[1].startswith("97150 and 97112 are an NCCI pair")


def test_a_press_on_what_is_to_fix_leads_to_the_visits_signature(qtbot, evening):
    window, screen = evening
    qtbot.mouseClick(screen.side.to_fix.presses[1], Qt.MouseButton.LeftButton)

    assert window.desk.view.visit.patient == "P-1095"
    assert screen.asked_for == ["sign"]


def test_the_keyboard_reaches_what_is_to_fix(qtbot, evening):
    window, screen = evening
    qtbot.keyClick(screen.side.to_fix.presses[0], Qt.Key.Key_Space)

    assert window.desk.view.visit.patient == "P-1120"
    assert screen.asked_for == ["sign"]


def test_the_cell_that_says_not_signed_leads_there_too(qtbot, evening):
    window, screen = evening
    press(qtbot, screen, "P-1095", share=0.9)

    assert window.desk.view.visit.patient == "P-1095"
    assert screen.asked_for == ["sign"]
    assert len(rows_of(screen, "P-1095")) == 4, "it does not fold"


def test_from_the_keyboard_control_and_enter_lead_there(qtbot, evening):
    window, screen = evening
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert window.desk.view.visit.patient == "P-0981"
    assert screen.asked_for == ["sign"]


def test_what_still_runs_leads_to_its_times(qtbot, demo_morning, open_summary):
    window, _ = demo_morning
    screen = open_summary(window)
    assert screen.side.to_fix.presses[0].detail == "97112 still runs: stop it."

    qtbot.mouseClick(screen.side.to_fix.presses[0], Qt.MouseButton.LeftButton)

    assert window.desk.view.visit.patient == "P-1042"
    assert screen.asked_for == ["edit-times"]


def test_what_is_in_doubt_leads_to_the_question(qtbot, demo_morning, open_summary, pass_time):
    window, clock = demo_morning
    screen = open_summary(window)
    clock.set_by_hand(clock.now() + 3_600_000)
    window.desk.tick()
    assert rows_of(screen, "P-1042")[0].split(", ")[-2] == "in doubt"

    qtbot.mouseClick(screen.side.to_fix.presses[0], Qt.MouseButton.LeftButton)

    assert screen.asked_for == ["recovery"]


def test_a_group_of_one_and_two_evaluations_lead_to_the_times(
    qtbot, clinic, make_window, open_summary, bring_in
):
    bring_in(
        clinic,
        ("P-1", "97150", "08:00", "08:30"),
        ("P-2", "97165", "09:00", "09:30"),
        ("P-2", "97166", "09:30", "09:50"),
    )
    window = make_window(clinic)
    screen = open_summary(window)
    assert "nobody else in the group" in rows_of(screen, "P-1")[1]
    assert "one evaluation a visit" in rows_of(screen, "P-2")[2]

    for place in (0, 1):
        qtbot.mouseClick(screen.side.to_fix.presses[place], Qt.MouseButton.LeftButton)

    assert screen.asked_for == ["edit-times", "edit-times"]


def test_a_cut_unit_is_said_on_its_row(clinic, make_window, open_summary, bring_in):
    bring_in(clinic, ("P-1", "97112", "07:00", "08:30"))
    screen = open_summary(make_window(clinic))

    assert "4 units, GO, over 60 min: say why" in rows_of(screen, "P-1")[1]
    view = screen.day.visits[0]
    settling.give_reason(clinic, view.visit.id, "97112", "two falls last week")
    screen.refresh()
    assert "4 units, GO, cut to 4 of 6" in rows_of(screen, "P-1")[1]


@pytest.mark.parametrize(
    ("effect", "said"), [("cut", "cut to 1 of 2"), ("warn", "over what is usual together")]
)
def test_a_limit_of_several_codes_is_said_on_the_row(
    clinic, make_window, open_summary, bring_in, effect, said
):
    limit = CombinedLimit(("97110", "97140"), 2, Effect(effect), "contract")
    own_payers.make(clinic, Payer("Acme", UnitRule.CMS, combined_limits=(limit,)), "a contract")
    times = ("P-1", "97110", "07:00", "07:23"), ("P-1", "97140", "07:23", "07:38")
    bring_in(clinic, *times, payer="Acme")
    screen = open_summary(make_window(clinic))

    (exercise,) = [row for row in rows_of(screen, "P-1") if "97110" in row]
    assert said in exercise


def test_several_times_of_one_code_stand_in_one_row(clinic, make_window, open_summary, bring_in):
    bring_in(
        clinic,
        ("P-1", "97110", "08:00", "08:10"),
        ("P-1", "97112", "08:10", "08:20"),
        ("P-1", "97110", "08:20", "08:35"),
    )
    screen = open_summary(make_window(clinic))

    assert rows_of(screen, "P-1")[1].startswith("97110, 08:00–08:10, 08:20–08:35, 25 min")  # noqa: RUF001


def test_rest_is_shown_and_is_no_treatment(clinic, make_window, open_summary, bring_in):
    bring_in(clinic, ("P-1", "97110", "08:00", "08:10"), ("P-1", "REST", "08:10", "08:20"))
    screen = open_summary(make_window(clinic))

    assert rows_of(screen, "P-1")[2] == "Rest, 08:10–08:20, 10 min, not treatment"  # noqa: RUF001
    assert "10 timed · 10 min treated" in rows_of(screen, "P-1")[0]


def test_units_by_code_are_bars_with_numbers_timed_ones_first(evening):
    _, screen = evening
    bars = [(bar.code, bar.units, bar.timed) for bar in screen.side.bars.bars]

    assert bars[:5] == [
        ("97112", 9, True),
        ("97530", 5, True),
        ("97110", 4, True),
        ("97535", 3, True),
        ("97140", 1, True),
    ]
    assert bars[5:] == [("97150", 3, False), ("97165", 1, False), ("G0283", 1, False)]
    assert "97150: 3 units, untimed" in screen.side.bars.accessibleDescription()
    assert sum(units for _, units, _ in bars) == 27


def test_the_last_export_is_named_or_that_there_was_none(evening, tmp_path):
    window, screen = evening
    assert screen.side.last.text() == "Nothing exported yet"

    export_files.export_to(
        window.desk.clinic,
        ExportWish(Span(DAY, DAY)),
        tmp_path / "biller-2026-11-23.csv",
        lambda *_: None,
    )
    window.desk.refresh()

    assert screen.side.last.text() == (
        "Mon 23 Nov 2026 · 15 lines\nbiller-2026-11-23.csv\nVisits of 23 Nov 2026"
    )


def test_a_running_stopwatch_moves_the_minutes_when_its_minute_turns(
    demo_morning, open_summary, pass_time
):
    window, clock = demo_morning
    screen = open_summary(window)
    assert "24 min" in rows_of(screen, "P-1042")[3]
    assert "running" in rows_of(screen, "P-1042")[3]
    assert figures(screen)[2] == "2 h 18"

    pass_time(window, clock, seconds=52)
    assert "24 min" in rows_of(screen, "P-1042")[3]

    pass_time(window, clock, seconds=1)
    assert "25 min" in rows_of(screen, "P-1042")[3]
    assert figures(screen)[2] == "2 h 19"


def test_what_another_window_records_is_shown(evening, tmp_path, pass_time):
    from ptimer.operations.clinic import open_clinic

    window, screen = evening
    clinic = window.desk.clinic
    other = open_clinic(clinic.folder, clinic.clock)
    stopwatch.start(other, StartWish("97110", ("P-2000",), clinician="Bea"))
    other.close()
    window.desk.tick()

    assert figures(screen)[0] == "10"
    assert len(rows_of(screen, "P-2000")) == 2


def test_a_day_before_and_a_day_after_by_mouse_and_by_keyboard(qtbot, evening):
    window, screen = evening
    picker = screen.header.picker
    qtbot.mouseClick(picker.before, Qt.MouseButton.LeftButton)
    assert screen.header.title.text() == "Sunday 22 November 2026"

    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert screen.header.title.text() == "Saturday 21 November 2026"

    qtbot.keyClick(picker.before, Qt.Key.Key_Left)
    qtbot.keyClick(picker.before, Qt.Key.Key_Right)
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert screen.header.title.text() == "Sunday 22 November 2026"

    qtbot.mouseClick(picker.today, Qt.MouseButton.LeftButton)
    assert screen.header.title.text() == "Monday 23 November 2026"


def test_a_day_that_is_still_to_come_cannot_be_gone_to(qtbot, evening):
    window, screen = evening
    assert not screen.header.picker.after.isEnabled()

    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    screen.shown.go_to(DAY + timedelta(days=400))

    assert screen.shown.day == DAY
    assert screen.header.picker.calendar.month.maximumDate() == QDate(2026, 11, 23)


def test_the_keys_of_the_days_are_the_screens_alone(qtbot, evening):
    window, screen = evening
    window.go("today")
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert screen.shown.day == DAY


def test_any_day_can_be_chosen_from_the_calendar(qtbot, evening):
    _, screen = evening
    picker = screen.header.picker
    qtbot.mouseClick(picker.any, Qt.MouseButton.LeftButton)
    assert picker.calendar.isVisible()
    assert picker.calendar.title.text() == "November 2026"

    qtbot.mouseClick(picker.calendar.before, Qt.MouseButton.LeftButton)
    assert picker.calendar.title.text() == "October 2026"
    picker.calendar.month.setSelectedDate(QDate(2026, 10, 30))
    picker.calendar.month.clicked.emit(QDate(2026, 10, 30))

    assert not picker.calendar.isVisible()
    assert screen.header.title.text() == "Friday 30 October 2026"


def test_the_calendar_is_used_and_left_by_keyboard(qtbot, evening):
    _, screen = evening
    picker = screen.header.picker
    picker.any.setFocus()
    qtbot.keyClick(picker.any, Qt.Key.Key_Space)
    days = picker.calendar.month.focusProxy() or picker.calendar.month
    qtbot.keyClick(days, Qt.Key.Key_Up)
    qtbot.keyClick(days, Qt.Key.Key_Return)
    assert screen.header.title.text() == "Monday 16 November 2026"
    assert picker.any.hasFocus()

    qtbot.keyClick(picker.any, Qt.Key.Key_Space)
    qtbot.keyClick(days, Qt.Key.Key_Escape)
    assert not picker.calendar.isVisible()
    assert screen.shown.day == date(2026, 11, 16)


def test_leaving_the_screen_puts_the_calendar_away(qtbot, evening):
    window, screen = evening
    qtbot.mouseClick(screen.header.picker.any, Qt.MouseButton.LeftButton)
    window.go("today")

    assert not screen.header.picker.calendar.isVisible()


def test_today_stays_today_over_midnight_and_another_day_stays_too(evening, open_summary):
    window, screen = evening
    clock = window.desk.clinic.clock
    clock.advance(hours=7)
    window.desk.tick()
    assert screen.header.title.text() == "Tuesday 24 November 2026"

    screen.shown.go_to(DAY)
    clock.advance(hours=24)
    window.desk.tick()
    assert screen.header.title.text() == "Monday 23 November 2026"


def test_the_export_and_the_summary_look_at_one_day(evening):
    window, screen = evening
    screen.shown.step(-3)

    assert shown_day(window.desk).day == DAY - timedelta(days=3)


def test_one_clinicians_visits_and_what_the_filter_hides(
    clinic, make_window, open_summary, bring_in
):
    bring_in(clinic, ("P-1", "97110", "08:00", "08:30"), clinician="Ann")
    bring_in(clinic, ("P-2", "97110", "08:00", "08:30"), clinician="Bea", discipline="PT")
    bring_in(clinic, ("P-3", "97110", "09:00", "09:30"), clinician="Bea", discipline="PT")
    screen = open_summary(make_window(clinic))
    header = screen.header
    assert header.filter.isVisible()
    assert header.about.text() == "all patients · OT · PT"
    assert not header.hidden.isVisible()

    header.filter.setCurrentText("Ann")
    header.filter.activated.emit(header.filter.currentIndex())

    assert [row.visit.patient for row in screen.table.days.rows if row.code is None] == ["P-1"]
    assert header.about.text() == "one clinician · OT"
    assert header.hidden.text() == "2 hidden by the filter"
    assert header.hidden.isVisible()
    assert figures(screen)[0] == "1"


def test_with_one_clinician_there_is_nothing_to_filter(evening):
    _, screen = evening

    assert not screen.header.filter.isVisible()


def test_a_filter_that_hides_everything_says_so_and_is_one_press_away(
    qtbot, clinic, make_window, open_summary, bring_in
):
    yesterday = DAY - timedelta(days=1)
    bring_in(clinic, ("P-1", "97110", "08:00", "08:30"), clinician="Ann")
    bring_in(clinic, ("P-2", "97110", "08:00", "08:30"), clinician="Bea", day=yesterday)
    screen = open_summary(make_window(clinic))
    screen.header.filter.setCurrentText("Bea")
    screen.header.filter.activated.emit(screen.header.filter.currentIndex())

    assert screen.empty.isVisible()
    assert screen.empty.title.text() == "The filter hides every visit of this day"

    qtbot.mouseClick(screen.empty.press, Qt.MouseButton.LeftButton)
    assert not screen.empty.isVisible()
    assert figures(screen)[0] == "1"


def test_an_empty_day_says_so_and_what_to_do(qtbot, window, open_summary):
    screen = open_summary(window)
    assert screen.empty.title.text() == "Nothing was timed yet today"
    assert figures(screen) == ["0", "0", "0 min", "0 / 0", "0"]
    assert screen.side.to_fix.more.text() == "Nothing to fix"

    qtbot.mouseClick(screen.empty.press, Qt.MouseButton.LeftButton)
    assert screen.asked_for == ["today"]

    screen.shown.step(-1)
    assert screen.empty.title.text() == "Nothing was timed on this day"
    qtbot.mouseClick(screen.empty.press, Qt.MouseButton.LeftButton)
    assert screen.shown.is_today


def test_an_unsigned_visit_of_an_earlier_day_is_led_to(
    qtbot, clinic, make_window, open_summary, bring_in
):
    friday = date(2026, 11, 20)
    bring_in(clinic, ("P-7", "97110", "08:00", "08:30"), day=friday)
    window = make_window(clinic)
    screen = open_summary(window)
    screen.shown.go_to(friday)
    qtbot.mouseClick(screen.side.to_fix.presses[0], Qt.MouseButton.LeftButton)

    assert window.desk.view.visit.patient == "P-7"
    assert screen.asked_for == ["sign"]


def test_a_signed_visit_of_an_earlier_day_can_be_looked_at_and_amended(
    qtbot, clinic, make_window, open_summary, bring_in
):
    friday = date(2026, 11, 20)
    bring_in(clinic, ("P-7", "97110", "08:00", "08:30"), day=friday)
    visit = snapshots.day(clinic, friday).visits[0].visit
    signing.sign(clinic, visit.id, signing.SignWish(clinician="Ann", credentials="OTR/L"))
    window = make_window(clinic)
    screen = open_summary(window)
    screen.shown.go_to(friday)
    assert "signed 23 Nov 2026" in rows_of(screen, "P-7")[0], "on another day than its own"

    press(qtbot, screen, "P-7", share=0.9)

    assert screen.asked_for == ["sign"]
    assert window.desk.view.visit.id == visit.id


def test_a_visit_that_waits_for_the_second_signature_says_whose(
    clinic, make_window, open_summary, bring_in
):
    bring_in(clinic, ("P-1", "97110", "08:00", "08:30"), clinician="Ann")
    bring_in(clinic, ("P-1", "97140", "08:30", "08:50"), clinician="Bea")
    visit = snapshots.day(clinic, DAY).visits[0].visit
    signing.sign(clinic, visit.id, signing.SignWish(clinician="Ann", credentials="OTR/L"))
    screen = open_summary(make_window(clinic))

    assert "waits for Bea" in rows_of(screen, "P-1")[0]
    assert screen.side.to_fix.presses[0].detail == "Waits for the signature of Bea."


def test_the_export_is_one_press_away(qtbot, evening):
    _, screen = evening
    qtbot.mouseClick(screen.header.export, Qt.MouseButton.LeftButton)

    assert screen.asked_for == ["export"]


def test_what_a_person_typed_is_never_markup(clinic, make_window, open_summary, bring_in):
    bring_in(clinic, ("<b>P</b>&1", "97110", "08:00", "08:30"))
    screen = open_summary(make_window(clinic))
    model = screen.table.days

    assert rows(screen)[0].startswith("<b>P</b>&1, ")
    tip = model.data(model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;P&lt;/b&gt;&amp;1" in tip


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_a_full_day_of_long_ids_fits_the_smallest_window_and_scrolls(
    qtbot, qapp, clinic, open_summary, bring_in, scale, mode
):
    from ptimer.gui.start import build_window

    minutes = [f"{7 + place // 20:02d}:{3 * (place % 20):02d}" for place in range(61)]
    segments = [
        (f"{LONG_ID[:-2]}{place:02d}", "97110", minutes[place], minutes[place + 1])
        for place in range(54)
    ]
    bring_in(clinic, *segments)
    window = build_window(clinic, Look(mode, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    with qtbot.waitExposed(window):
        window.show()
    screen = open_summary(window)
    qapp.processEvents()

    assert len(screen.table.days.rows) == 108
    assert screen.table.verticalScrollBar().maximum() > 0
    assert screen.table.viewport().height() >= window.look.px(100)
    assert window.width() == window.minimumWidth(), "nothing pushes the window wider"
    buttons = [screen.header.export, screen.header.picker, screen.header.title]
    areas = [each.rect().translated(each.mapTo(window, QPoint(0, 0))) for each in buttons]
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    assert all(window.rect().contains(area) for area in areas)
    window.grab()


def test_the_table_scrolls_with_the_wheel_and_stays_there_when_a_minute_turns(
    qapp, clinic, make_window, open_summary, bring_in, pass_time, clock
):
    minutes = [f"{7 + place // 20:02d}:{3 * (place % 20):02d}" for place in range(61)]
    segments = [(f"P-{place}", "97110", minutes[place], minutes[place + 1]) for place in range(58)]
    bring_in(clinic, *segments)
    stopwatch.start(clinic, StartWish("97110", ("P-99",), clinician="Bea"))
    window = make_window(clinic)
    screen = open_summary(window)
    qapp.processEvents()
    bar = screen.table.verticalScrollBar()
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(0, -300),
        QPoint(0, -300),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(screen.table.viewport(), wheel)
    scrolled_to = bar.value()
    assert scrolled_to > 0

    pass_time(window, clock, seconds=60)
    qapp.processEvents()
    assert "1 min" in rows_of(screen, "P-99")[1]
    assert bar.value() == scrolled_to


def test_everything_that_takes_the_keyboard_has_a_name(qapp, evening):
    _, screen = evening
    qapp.processEvents()
    columns = (screen.centre, screen.right)
    focusable = [
        widget
        for column in columns
        for widget in column.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert len(focusable) > 6
    for widget in focusable:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget


def test_the_rows_pass_the_model_tester(qtmodeltester, qtbot, evening):
    _, screen = evening
    qtmodeltester.check(screen.table.days)
    press(qtbot, screen, "P-1042")
    press(qtbot, screen, "P-1120")
    screen.shown.step(-1)
    screen.shown.back_to_today()


def test_the_earliest_day_is_the_year_2000(evening):
    window, screen = evening
    screen.shown.go_to(date(1990, 1, 1))
    assert screen.shown.day == date(2000, 1, 1)
    assert UTC is window.desk.clinic.clock.zone
    screen.shown.step(-1)
    assert screen.shown.day == date(2000, 1, 1)
