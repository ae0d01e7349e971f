"""The export: lines are seen before they are written, and a file is there whole or not at all."""

import csv
import os
import threading
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ptimer.gui import background
from ptimer.gui.day_summary.day_summary_screen import DaySummaryScreen
from ptimer.gui.day_summary.shown_day import shown_day
from ptimer.gui.export.export_screen import ExportScreen
from ptimer.gui.export.file_dialog import folder_to_offer
from ptimer.gui.look import Look, Mode
from ptimer.gui.start import build_window
from ptimer.operations import export_files, exporting, preferences, signing, stopwatch
from ptimer.operations.errors import Busy
from ptimer.operations.stopwatch import StartWish
from ptimer.wording import say

DAY = date(2026, 11, 23)
MAIN = ["Patient", "Date", "Code", "Modifiers", "Units", "Minutes", "Timed", "In", "Out"]
PATIENCE_MS = 10_000

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


@pytest.fixture
def open_export(qtbot):
    """Show the export in a window; `said` are the bar's messages, `asked_for` the screens."""

    def open_export(window):
        screen = ExportScreen(window.look, window.desk, window.times, window.today)
        window.desk.screen_wanted.disconnect()
        screen.asked_for, screen.said = [], []
        window.desk.screen_wanted.connect(screen.asked_for.append)
        window.desk.told.connect(screen.said.append)
        window.offer_screen("export", lambda: screen)
        window.go("export")
        prepared(qtbot, screen)
        return screen

    return open_export


@pytest.fixture
def evening(demo_evening, open_export):
    window, _ = demo_evening
    return window, open_export(window)


@pytest.fixture
def target(tmp_path):
    folder = tmp_path / "for the biller"
    folder.mkdir()
    return folder / "biller.csv"


class Answer:
    """What a person answers when asked where the file goes."""

    def __init__(self, path):
        self.path = path
        self.offered = []

    def __call__(self, parent, title, suggested, kinds):
        self.offered.append(suggested)
        return self.path


def prepared(qtbot, screen):
    """Wait until the lines are there, or what is said in their place."""
    qtbot.waitUntil(lambda: screen.preview is not None and not screen.preparing)


def save(qtbot, screen, path):
    """Press "Save as…", answer, and wait until it is told how it went."""
    answer = Answer(path)
    screen.saving.ask_file = answer
    said = len(screen.said)
    qtbot.mouseClick(screen.page.save, Qt.MouseButton.LeftButton)
    if path is not None:
        qtbot.waitUntil(lambda: len(screen.said) > said)
        prepared(qtbot, screen)
    return answer


def type_days(qtbot, screen, first, last):
    for field, text in ((screen.page.days.first, first), (screen.page.days.last, last)):
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
    qtbot.keyClick(screen.page.days.last, Qt.Key.Key_Return)


def titles(screen):
    model = screen.page.table.cells
    return [
        model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())
    ]


def lines(screen):
    """Return the rows that are shown, by title."""
    model = screen.page.table.cells
    names = titles(screen)
    return [
        {name: model.index(row, place).data() for place, name in enumerate(names)}
        for row in range(model.rowCount())
    ]


def figures(screen):
    return [tile.figure for tile in screen.side.totals.tiles]


def rows_of(path, **options):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.reader(file, **options))


def test_the_lines_stand_there_as_the_biller_will_get_them(evening):
    _, screen = evening

    assert titles(screen)[:11] == [*MAIN, "Rule", "Flags"]
    first = lines(screen)[0]
    assert [first[title] for title in MAIN] == [
        "P-0981",
        "2026-11-23",
        "97110",
        "GO",
        "2",
        "23",
        "Y",
        "07:58",
        "08:40",
    ]
    assert len(lines(screen)) == 15
    assert screen.page.about.text() == "Monday 23 November 2026"


def test_every_column_of_the_file_can_be_scrolled_to(qtbot, evening, target):
    _, screen = evening
    save(qtbot, screen, target)
    header, *rows = rows_of(target)
    shown = lines(screen)[0]
    others = {name: cell for name, cell in zip(header, rows[0], strict=True) if name in shown}

    assert len(titles(screen)) == 11 + 20
    assert len(others) == 20
    for name in ("encounter_id", "payer", "modifier_1", "total_timed_minutes", "layout_version"):
        assert shown[name] == others[name]
    assert screen.page.table.horizontalScrollBar().maximum() > 0


def test_what_the_file_comes_to_is_added_up(evening):
    _, screen = evening

    assert figures(screen) == ["15", "7", "15 + 4"]
    assert [tile.label for tile in screen.side.totals.tiles] == ["rows", "visits", "units"]


def test_visits_that_are_held_back_are_named_and_a_press_leads_to_them(qtbot, evening):
    window, screen = evening
    presses = [press for press in screen.side.held.presses if press.isVisible()]
    assert [press.title for press in presses] == ["P-1120 · 23 Nov 2026", "P-1095 · 23 Nov 2026"]
    assert "97112 ran 61 minutes" in presses[0].detail
    assert screen.side.held_title.text() == "HELD BACK · 2"

    qtbot.mouseClick(presses[1], Qt.MouseButton.LeftButton)

    assert window.desk.view.visit.patient == "P-1095"
    assert screen.asked_for == ["sign"]


def test_unsigned_visits_go_along_flagged_where_that_is_wanted(qtbot, evening, target):
    _, screen = evening
    qtbot.mouseClick(screen.side.unsigned, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)

    assert len(lines(screen)) == 20
    assert {line["Patient"] for line in lines(screen) if "UNSIGNED" in line["Flags"]} == {
        "P-1120",
        "P-1095",
    }
    assert not any(press.isVisible() for press in screen.side.held.presses)
    save(qtbot, screen, target)
    assert len(rows_of(target)) == 21


def test_unsigned_visits_go_along_by_wish_and_never_from_habit(qtbot, evening):
    window, screen = evening
    assert not screen.side.unsigned.isChecked()
    qtbot.mouseClick(screen.side.unsigned, Qt.MouseButton.LeftButton)
    window.go("today")
    window.go("export")
    assert screen.side.unsigned.isChecked(), "the same day still"

    window.go("today")
    window.desk.clinic.clock.advance(hours=24)
    window.desk.tick()
    window.go("export")
    assert not screen.side.unsigned.isChecked()
    prepared(qtbot, screen)


def test_a_record_that_cannot_be_read_is_told_and_can_be_tried_again(qtbot, evening, monkeypatch):
    _, screen = evening

    def locked(*_, **__):
        raise Busy(say("ptimer.db is in use by another program"))

    with monkeypatch.context() as patch:
        patch.setattr(export_files, "prepare", locked)
        screen.refresh()
        qtbot.waitUntil(lambda: bool(screen.said))

    assert screen.said[0].title == "The lines could not be prepared"
    assert screen.said[0].text == "ptimer.db is in use by another program"
    assert not screen.page.save.isEnabled()
    qtbot.mouseClick(screen.page.empty.press, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert len(lines(screen)) == 15


def test_the_file_is_written_where_a_person_says_and_the_bar_tells(qtbot, evening, target):
    window, screen = evening
    answer = save(qtbot, screen, target)

    assert len(rows_of(target)) == 16
    assert answer.offered[0].name == "biller-2026-11-23.csv"
    [message] = screen.said
    assert message.title == "Exported: 15 rows, 19 units of 7 visits"
    assert message.text.startswith("biller.csv in /")
    assert message.text.endswith("\n2 held back, not signed")
    assert message.kind == "info"
    assert exporting.last_export(window.desk.clinic).file_name == "biller.csv"


def test_a_second_file_of_the_same_lines_says_that_they_went_out_before(qtbot, evening, target):
    _, screen = evening
    save(qtbot, screen, target)

    assert screen.side.remark.text() == ("15 of these lines went out before, under the same ids.")
    again = target.with_name("again.csv")
    save(qtbot, screen, again)
    assert [row[0] for row in rows_of(again)] == [row[0] for row in rows_of(target)]


def test_the_folder_that_was_used_last_is_offered_first(qtbot, evening, target, tmp_path):
    window, screen = evening
    save(qtbot, screen, target)
    assert save(qtbot, screen, None).offered[0].parent == target.parent

    preferences.write(window.desk.clinic, preferences.LAST_FOLDER, str(tmp_path / "gone"))
    assert save(qtbot, screen, None).offered[0].parent.is_dir()
    assert folder_to_offer("").is_dir()


def test_who_thinks_better_of_it_writes_and_remembers_nothing(qtbot, evening, target):
    window, screen = evening
    save(qtbot, screen, None)

    assert screen.said == []
    assert list(target.parent.iterdir()) == []
    assert exporting.last_export(window.desk.clinic) is None


def test_control_s_saves(qtbot, evening, target):
    window, screen = evening
    screen.saving.ask_file = Answer(target)
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(screen.said))

    assert target.exists()


def test_delimiter_and_byte_order_mark_are_as_chosen_and_remembered(
    qtbot, evening, target, open_export
):
    window, screen = evening
    qtbot.mouseClick(screen.side.bom, Qt.MouseButton.LeftButton)
    screen.side.delimiter.setCurrentText("Semicolon ;")
    screen.side.delimiter.activated.emit(1)
    save(qtbot, screen, target)

    assert target.read_bytes().startswith(b"\xef\xbb\xbfline_id;encounter_id")
    again = ExportScreen(window.look, window.desk, window.times, window.today)
    assert again.side.bom.isChecked()
    assert again.side.delimiter.currentData() == ";"


def test_a_full_disk_is_told_leaves_nothing_and_can_be_tried_again(
    qtbot, evening, target, monkeypatch
):
    window, screen = evening

    def full(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        save(qtbot, screen, target)

    [message] = screen.said
    assert message.title == "Not exported"
    assert message.text == f"{target} can't be written: No space left on device"
    assert message.stays
    assert list(target.parent.iterdir()) == []
    assert exporting.last_export(window.desk.clinic) is None

    save(qtbot, screen, target)
    assert screen.said[-1].title.startswith("Exported: 15 rows")


@pytest.mark.parametrize("name", ["no such folder/biller.csv", "record itself"])
def test_a_place_that_can_take_no_file_is_told(qtbot, evening, target, name):
    window, screen = evening
    record = window.desk.clinic.folder / "ptimer.db"
    path = record if name == "record itself" else target.parent / name
    save(qtbot, screen, path)

    assert screen.said[0].title == "Not exported"
    assert list(target.parent.iterdir()) == []
    assert window.footer.isVisible(), "and the record is as it was"
    assert len(lines(screen)) == 15


def test_several_days_can_be_typed(qtbot, clinic, make_window, open_export, bring_in):
    for days, patient in ((0, "P-1"), (3, "P-2"), (20, "P-3")):
        bring_in(clinic, (patient, "97110", "08:00", "08:30"), day=DAY - timedelta(days=days))
    screen = open_export(make_window(clinic))
    qtbot.mouseClick(screen.side.unsigned, Qt.MouseButton.LeftButton)
    type_days(qtbot, screen, "2026-11-20", "2026-11-23")
    prepared(qtbot, screen)

    assert [line["Patient"] for line in lines(screen)] == ["P-2", "P-1"]
    assert screen.page.about.text() == "4 days, all clinicians"
    answer = save(qtbot, screen, None)
    assert answer.offered[0].name == "biller-2026-11-20-to-2026-11-23.csv"


def test_days_may_be_typed_as_the_system_writes_them(qtbot, evening):
    _, screen = evening
    type_days(qtbot, screen, "20/11/2026", "23/11/2026")

    assert screen.page.days.first.text() == "2026-11-20"
    assert screen.page.days.span == exporting.Span(date(2026, 11, 20), DAY)
    prepared(qtbot, screen)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("yesterday", "2026-11-23", "'yesterday' is not a date such as 2026-11-23"),
        ("2026-11-24", "2026-11-23", "The last day 23 Nov 2026 lies before the first 24 Nov 2026"),
        ("0026-11-23", "2026-11-23", "23 Nov 0026 lies before 2000: was another year meant?"),
        ("", "2026-11-23", "'' is not a date such as 2026-11-23"),
    ],
)
def test_days_that_make_no_sense_are_told_and_nothing_can_be_saved(
    qtbot, evening, first, last, why
):
    _, screen = evening
    type_days(qtbot, screen, first or " ", last)

    assert screen.page.days.problem.text() == why
    assert screen.page.days.first.wrong
    assert not screen.page.save.isEnabled()
    assert screen.page.empty.title.text() == "From which day to which?"
    assert not screen.page.empty.press.isVisible(), "there is nothing to press before"

    qtbot.keyClick(screen.page.days.first, Qt.Key.Key_Escape)
    prepared(qtbot, screen)
    assert screen.page.days.first.text() == "2026-11-23"
    assert not screen.page.days.problem.isVisible()
    assert screen.page.save.isEnabled()
    assert screen.asked_for == [], "the first Escape takes back what was typed"


def test_escape_and_the_button_lead_back_to_the_day_summary(qtbot, evening):
    _, screen = evening
    qtbot.keyClick(screen.page.days.first, Qt.Key.Key_Escape)
    qtbot.mouseClick(screen.page.back, Qt.MouseButton.LeftButton)

    assert screen.asked_for == ["day-summary", "day-summary"]


def test_the_segments_are_shown_and_written_too(qtbot, evening, target):
    window, screen = evening
    qtbot.mouseClick(screen.side.layout_choice.parts["segments"], Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert titles(screen)[:6] == ["patient", "payer", "discipline", "clinician", "role", "code"]
    assert lines(screen)[0]["patient"] == "P-0981"
    rows = len(lines(screen))
    assert figures(screen) == [str(rows)]

    save(qtbot, screen, target)
    assert len(rows_of(target)) == rows + 1
    assert screen.said[0].title == f"Exported: {rows} rows"
    assert exporting.last_export(window.desk.clinic) is None, "the biller did not get it"


def test_of_many_segments_the_first_are_shown_and_that_is_said(qtbot, evening, target, monkeypatch):
    _, screen = evening
    monkeypatch.setattr("ptimer.gui.export.export_preview.MOST_SEGMENTS", 4)
    qtbot.mouseClick(screen.side.layout_choice.parts["segments"], Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)

    assert len(lines(screen)) == 4
    assert screen.side.remark.text() == "The first 4 are shown; all are written."
    save(qtbot, screen, target)
    assert len(rows_of(target)) == int(figures(screen)[0]) + 1 > 5


def test_days_without_a_visit_say_so(qtbot, evening):
    _, screen = evening
    type_days(qtbot, screen, "2026-11-01", "2026-11-02")
    prepared(qtbot, screen)

    assert screen.page.empty.title.text() == "Nothing goes out"
    assert not screen.page.box.isVisible()
    assert not screen.page.save.isEnabled()
    assert figures(screen) == ["0", "0", "0"]


def test_where_nothing_is_signed_the_press_takes_it_along(
    qtbot, clinic, make_window, open_export, bring_in
):
    bring_in(clinic, ("P-1", "97110", "08:00", "08:30"))
    screen = open_export(make_window(clinic))
    assert screen.page.empty.title.text() == "Nothing goes out yet"

    qtbot.mouseClick(screen.page.empty.press, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)

    assert [line["Flags"] for line in lines(screen)] == ["UNSIGNED"]
    assert screen.side.unsigned.isChecked()


def test_a_signature_brings_its_lines_in(qtbot, evening):
    window, screen = evening
    visit = next(v.visit for v in window.desk.today.visits if v.visit.patient == "P-1095")
    window.desk.attempt(lambda c: signing.sign(c, visit.id, signing.SignWish(credentials="OTR/L")))
    assert not screen.page.save.isEnabled(), "not before what is seen is what is so"
    prepared(qtbot, screen)

    assert len(lines(screen)) == 18
    assert screen.side.held_title.text() == "HELD BACK · 1"
    assert screen.page.save.isEnabled()


def test_what_runs_and_goes_along_moves_on_with_its_minutes(
    qtbot, demo_morning, open_export, pass_time
):
    window, clock = demo_morning
    screen = open_export(window)
    qtbot.mouseClick(screen.side.unsigned, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert [line["Minutes"] for line in lines(screen) if line["Code"] == "97112"][-1] == "24"

    pass_time(window, clock, seconds=53)
    prepared(qtbot, screen)
    assert [line["Minutes"] for line in lines(screen) if line["Code"] == "97112"][-1] == "25"


class Gate:
    """Holds a thread back until a person has done something."""

    def __init__(self, then):
        self.reached, self.open = threading.Event(), threading.Event()
        self._then = then

    def __call__(self, *args, **options):
        self.reached.set()
        assert self.open.wait(PATIENCE_MS / 1000)
        return self._then(*args, **options)


def test_while_lines_are_prepared_the_window_goes_on_and_it_can_be_called_off(
    qtbot, evening, monkeypatch
):
    window, screen = evening

    def prepare(clinic, span, told, **_):
        told(1, 4)
        gate()
        told(2, 4)

    gate = Gate(lambda: None)
    monkeypatch.setattr(export_files, "prepare", prepare)
    screen.refresh()
    qtbot.waitUntil(screen.page.strip.isVisible)
    assert screen.page.strip.words.text() == "Preparing the lines: 25 %"
    window.desk.press("97110")
    assert window.desk.today.running or screen.said == []

    qtbot.waitUntil(gate.reached.is_set)
    qtbot.mouseClick(screen.page.strip.cancel, Qt.MouseButton.LeftButton)
    gate.open.set()

    assert not screen.page.strip.isVisible()
    assert screen.page.empty.title.text() == "The lines are not prepared"
    assert not screen.page.save.isEnabled()
    monkeypatch.undo()
    qtbot.mouseClick(screen.page.empty.press, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert len(lines(screen)) == 15


def test_a_file_that_is_being_written_can_be_called_off_and_does_not_appear(
    qtbot, evening, target, monkeypatch
):
    window, screen = evening
    gate = Gate(exporting.write_biller)
    monkeypatch.setattr(exporting, "write_biller", gate)
    screen.saving.ask_file = Answer(target)
    qtbot.mouseClick(screen.page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(gate.reached.is_set)
    assert screen.page.strip.isVisible()
    assert not screen.page.save.isEnabled()

    qtbot.mouseClick(screen.page.strip.cancel, Qt.MouseButton.LeftButton)
    gate.open.set()
    assert background.wait_for_done(PATIENCE_MS)

    assert [message.title for message in screen.said] == ["Called off: no file was written"]
    assert list(target.parent.iterdir()) == []
    assert exporting.last_export(window.desk.clinic) is None
    assert screen.page.save.isEnabled()


def test_a_file_is_written_to_its_end_though_another_screen_is_looked_at(
    qtbot, evening, target, monkeypatch
):
    window, screen = evening
    gate = Gate(exporting.write_biller)
    monkeypatch.setattr(exporting, "write_biller", gate)
    screen.saving.ask_file = Answer(target)
    qtbot.mouseClick(screen.page.save, Qt.MouseButton.LeftButton)
    window.go("today")
    gate.open.set()
    qtbot.waitUntil(lambda: bool(screen.said))

    assert screen.said[0].title.startswith("Exported: 15 rows")
    assert len(rows_of(target)) == 16


def test_the_export_is_of_the_day_that_the_summary_shows(
    qtbot, clinic, make_window, open_export, bring_in
):
    friday = date(2026, 11, 20)
    bring_in(clinic, ("P-7", "97110", "08:00", "08:30"), day=friday)
    window = make_window(clinic)
    summary = DaySummaryScreen(window.look, window.desk, window.times, window.today)
    summary.shown.go_to(friday)
    screen = open_export(window)

    assert screen.page.about.text() == "Friday 20 November 2026"
    assert screen.side.held.fixes[0].day == friday


def test_typed_days_stay_while_a_visit_is_signed_elsewhere(qtbot, evening):
    window, screen = evening
    type_days(qtbot, screen, "2026-11-20", "2026-11-23")
    window.go("today")
    window.go("export")
    prepared(qtbot, screen)
    assert screen.page.days.first.text() == "2026-11-20"

    shown_day(window.desk).step(-1)
    window.go("export")
    prepared(qtbot, screen)
    assert screen.page.days.first.text() == "2026-11-22", "another day was chosen since"


def test_a_visit_too_old_for_the_list_of_today_is_found_in_its_day(
    qtbot, clinic, make_window, open_export, bring_in
):
    old = date(2026, 9, 1)
    bring_in(clinic, ("P-OLD", "97110", "08:00", "08:30"), day=old)
    for days in range(1, 52):
        bring_in(clinic, (f"P-{days}", "97110", "08:00", "08:30"), day=DAY - timedelta(days=days))
    window = make_window(clinic)
    screen = open_export(window)
    type_days(qtbot, screen, "2026-09-01", "2026-09-01")
    prepared(qtbot, screen)
    qtbot.mouseClick(screen.side.held.presses[0], Qt.MouseButton.LeftButton)

    assert screen.asked_for == ["day-summary"]
    assert shown_day(window.desk).day == old


def test_cells_that_a_spreadsheet_would_run_are_shown_as_they_are_written(
    qtbot, clinic, make_window, open_export, bring_in
):
    stopwatch.start(clinic, StartWish("97110", ("=1+1",), clinician="Ann"))
    window = make_window(clinic)
    screen = open_export(window)
    qtbot.mouseClick(screen.side.unsigned, Qt.MouseButton.LeftButton)
    window.desk.clinic.clock.advance(minutes=10)
    screen.refresh()
    prepared(qtbot, screen)

    assert lines(screen)[0]["Patient"] == "'=1+1"


def test_the_keyboard_goes_through_the_cells_and_stays_where_it_is(qtbot, evening):
    window, screen = evening
    table = screen.page.table
    table.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(table, key)
    before = (table.currentIndex().row(), table.currentIndex().column())
    window.desk.refresh()
    prepared(qtbot, screen)

    assert before[0] > 0
    assert (table.currentIndex().row(), table.currentIndex().column()) == before


def test_the_cells_pass_the_model_tester(qtmodeltester, qtbot, evening):
    _, screen = evening
    qtmodeltester.check(screen.page.table.cells)
    type_days(qtbot, screen, "2026-11-01", "2026-11-23")
    prepared(qtbot, screen)
    qtbot.mouseClick(screen.side.layout_choice.parts["segments"], Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)


def test_a_cell_says_its_title_to_the_ear(evening):
    _, screen = evening
    model = screen.page.table.cells

    assert model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole) == "Code: 97110"


def test_everything_that_takes_the_keyboard_has_a_name(qapp, evening):
    _, screen = evening
    qapp.processEvents()
    focusable = [
        widget
        for column in (screen.centre, screen.right)
        for widget in column.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert len(focusable) > 8
    for widget in focusable:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name), widget


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_it_fits_the_smallest_window(qtbot, qapp, clinic, open_export, bring_in, scale, mode):
    times = [f"{7 + place // 20:02d}:{3 * (place % 20):02d}" for place in range(61)]
    bring_in(
        clinic,
        *(("P-" + "W" * 96 + f"{n:02d}", "97110", times[n], times[n + 1]) for n in range(50)),
    )
    window = build_window(clinic, Look(mode, scale=scale))
    qtbot.addWidget(window)
    window.resize(window.minimumSize())
    with qtbot.waitExposed(window):
        window.show()
    screen = open_export(window)
    qapp.processEvents()

    assert window.width() == window.minimumWidth(), "nothing pushes the window wider"
    widgets = [screen.page.back, screen.page.save, screen.page.title, screen.page.days]
    areas = [each.rect().translated(each.mapTo(window, QPoint(0, 0))) for each in widgets]
    assert all(window.rect().contains(area) for area in areas)
    assert not any(a.intersects(b) for a in areas for b in areas if a is not b)
    assert screen.side.width() <= screen.right.viewport().width(), "nothing is cut off at the side"
    window.grab()


def test_a_rising_number_of_jobs_leaves_nothing_behind(qtbot, evening):
    window, screen = evening
    for _ in range(30):
        window.desk.refresh()
    prepared(qtbot, screen)

    assert len(lines(screen)) == 15
    assert figures(screen) == ["15", "7", "15 + 4"]


def test_w_says_why_the_visit_of_a_line_comes_to_its_units(qtbot, evening):
    _, screen = evening
    prepared(qtbot, screen)
    table = screen.page.table
    table.setFocus()
    table.setCurrentIndex(table.cells.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_W)

    assert screen.why.panel.isVisible()
    assert screen.preview.lines[0].patient_id in screen.why.panel.text
