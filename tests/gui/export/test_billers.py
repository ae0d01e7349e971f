"""A biller's own columns, files that were made before, and warnings that lead to the record."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ptimer.operations import (
    batches,
    biller_layouts,
    export_files,
    people,
    preferences,
)
from ptimer.operations.biller_layouts import TypedLayout
from ptimer.operations.export_files import ExportWish
from ptimer.operations.exporting import Span

DAY = date(2026, 11, 23)
WISH = ExportWish(Span(DAY, DAY))
NPI = "1234567893"
PATIENCE_MS = 10_000

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


@pytest.fixture
def evening(qtbot, demo_evening):
    """The export of the demo day: its window and screen, as the program itself makes it."""
    window, _ = demo_evening
    window.go("export")
    screen = window.body.screens["export"]
    screen.said = []
    window.desk.told.connect(screen.said.append)
    prepared(qtbot, screen)
    return window, screen


@pytest.fixture
def target(tmp_path):
    return tmp_path / "again.csv"


def prepared(qtbot, screen):
    """Wait until the lines are there, or what is said in their place."""
    qtbot.waitUntil(lambda: screen.preview is not None and not screen.preparing)


def make_file(window, path, **more):
    """Write today's file as another window would."""
    export_files.export_to(window.desk.clinic, ExportWish(WISH.span, **more), path, lambda *_: None)
    window.desk.refresh()


def titles(screen):
    model = screen.page.table.cells
    return [
        model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())
    ]


def row(screen, number=0):
    model = screen.page.table.cells
    return [model.index(number, place).data() for place in range(model.columnCount())]


def retype(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def test_a_layout_is_typed_on_the_real_lines_and_kept(qtbot, evening, target):
    window, screen = evening
    form = screen.side.layout_form
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    assert form.columns.lines()[:2] == ("line_id", "encounter_id")
    assert not screen.page.save.isEnabled(), "what is half typed is not what a file holds"
    assert titles(screen)[3] == "patient_id", "the lines show it at once"

    form.columns.show_lines(["patient_id = MRN", "date_of_service = DOS"])
    form.add.setCurrentIndex(form.add.findData("units"))
    form.add.activated.emit(form.add.currentIndex())
    qtbot.keyClicks(form.columns.edit, "Qty")
    retype(qtbot, form.date_form, "MM/DD/YYYY")
    assert titles(screen) == ["MRN", "DOS", "Qty"]
    assert row(screen) == ["P-0981", "11/23/2026", "2"]
    retype(qtbot, form.name, "Acme")
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    prepared(qtbot, screen)

    assert not screen.side.typing_layout
    assert screen.side.mapping.label == "Acme/1"
    assert preferences.read(window.desk.clinic, export_files.KEPT_MAPPING) == "Acme"
    assert not screen.side.delimiter.isVisible(), "the layout says it"
    screen.saving.ask_file = lambda *_: target
    qtbot.mouseClick(screen.page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(screen.said))
    assert target.read_bytes().startswith(b"MRN,DOS,Qty\r\nP-0981,11/23/2026,2\r\n")


def test_a_layout_that_is_chosen_is_shown_changed_and_left_again(qtbot, evening):
    window, screen = evening
    acme = TypedLayout("Acme", ("code=CPT",), delimiter=";")
    biller_layouts.save(window.desk.clinic, acme)
    window.desk.refresh()
    prepared(qtbot, screen)
    screen.side.written_for.setCurrentIndex(1)
    screen.side.written_for.activated.emit(1)
    prepared(qtbot, screen)
    assert titles(screen) == ["CPT"]
    assert screen.side.edit_layout.text() == "Change this layout…"

    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    form = screen.side.layout_form
    assert form.name.isReadOnly()
    assert form.delimiter.currentData() == ";"
    form.columns.add_line("units = Qty")
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert screen.side.mapping.label == "Acme/2"
    assert titles(screen) == ["CPT", "Qty"]

    screen.side.written_for.setCurrentIndex(0)
    screen.side.written_for.activated.emit(0)
    prepared(qtbot, screen)
    assert titles(screen)[0] == "Patient"
    assert screen.side.delimiter.isVisible()


@pytest.mark.parametrize("by", ["escape in a field", "escape elsewhere", "the button"])
def test_a_form_that_is_closed_keeps_nothing_and_shows_the_lines_as_they_were(qtbot, evening, by):
    window, screen = evening
    before = titles(screen)
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    form = screen.side.layout_form
    form.columns.show_lines(["code = CPT"])
    assert titles(screen) == ["CPT"]

    if by == "the button":
        qtbot.mouseClick(form.cancel, Qt.MouseButton.LeftButton)
    elif by == "escape in a field":
        qtbot.keyClick(form.name, Qt.Key.Key_Escape)
    else:
        assert screen.close_typed()
    assert not screen.side.typing_layout
    assert titles(screen) == before
    assert screen.page.save.isEnabled()
    assert biller_layouts.all_of(window.desk.clinic) == ()
    assert not screen.close_typed()


def test_what_can_not_be_is_said_in_the_form_and_the_lines_stay(qtbot, evening):
    window, screen = evening
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    form = screen.side.layout_form
    form.columns.show_lines(["code = CPT"])
    form.columns.add_line("units = cpt")
    assert form.complaint.text.text() == "Two columns are called cpt: rename one"
    assert titles(screen) == ["CPT"]

    form.columns.show_lines(["code = CPT"])
    assert form.complaint.isHidden()
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    assert form.complaint.text.text() == "The layout's name is empty: type one"
    assert form.name.wrong
    assert screen.side.typing_layout
    assert biller_layouts.all_of(window.desk.clinic) == ()


def test_enter_among_the_columns_begins_another_line(qtbot, evening):
    _, screen = evening
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    columns = screen.side.layout_form.columns
    columns.show_lines(["code"])
    columns.edit.moveCursor(columns.edit.textCursor().MoveOperation.End)
    qtbot.keyClick(columns.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(columns.edit, "units")

    assert columns.lines() == ("code", "units")


def test_lines_that_come_anew_keep_to_what_is_typed(qtbot, evening):
    window, screen = evening
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    screen.side.layout_form.columns.show_lines(["code = CPT"])
    window.desk.refresh()
    prepared(qtbot, screen)

    assert titles(screen) == ["CPT"]
    assert screen.side.layout_form.columns.lines() == ("code = CPT",)


def test_a_file_that_was_made_before_is_made_again_byte_for_byte(qtbot, evening, target, tmp_path):
    window, screen = evening
    assert screen.side.made.nothing.isVisible()
    make_file(window, tmp_path / "first.csv")
    prepared(qtbot, screen)
    [press] = screen.side.made.presses
    [batch] = screen.side.made.batches
    assert press.accessibleName().startswith("Make this file again: first.csv, Mon 23 Nov")
    offered = []
    screen.saving.ask_file = lambda *asked: offered.append(asked[2]) or target
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(screen.said))

    assert target.read_bytes() == (tmp_path / "first.csv").read_bytes()
    assert offered[0].name == "first.csv"
    assert screen.said[0].title == "Made again, as it was: 15 rows"
    assert batches.newest_first(window.desk.clinic) == (batch,), "that is no export of its own"


def test_a_file_is_made_again_nowhere_where_a_person_thinks_better_of_it(qtbot, evening, tmp_path):
    window, screen = evening
    make_file(window, tmp_path / "first.csv")
    prepared(qtbot, screen)
    screen.saving.ask_file = lambda *_: None
    qtbot.mouseClick(screen.side.made.presses[0], Qt.MouseButton.LeftButton)
    assert not screen.saving.under_way

    screen.saving.ask_file = lambda *_: Path(tmp_path / "gone" / "x.csv")
    qtbot.mouseClick(screen.side.made.presses[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(screen.said))
    assert screen.said[0].title == "Not exported"


def test_older_files_are_shown_on_a_press(qtbot, evening, tmp_path):
    window, screen = evening
    for number in range(7):
        make_file(window, tmp_path / f"{number}.csv")
    prepared(qtbot, screen)
    assert [each.file_name for each in screen.side.made.batches] == [
        *("6.csv", "5.csv", "4.csv", "3.csv", "2.csv")
    ]

    qtbot.mouseClick(screen.side.made.older, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(screen.side.made.presses) == 7)
    assert not screen.side.made.older.isVisible()


def test_an_amended_visit_shows_what_is_to_be_done_with_each_line(qtbot, evening, tmp_path):
    window, screen = evening
    clinic = window.desk.clinic
    make_file(window, tmp_path / "first.csv")
    people.describe(clinic, "Demo Clinician", credentials="OTR/L", npi=NPI)
    window.desk.refresh()
    prepared(qtbot, screen)

    assert titles(screen)[:2] == ["Status", "Patient"]
    assert row(screen)[0] == "CORRECTION"
    assert "Of amended visits: 15 corrected, 0 taken back." in screen.side.remark.text()
    assert "line_status" not in titles(screen)
    assert not screen.side.look_first.isVisible(), "the number is there now"


def test_a_missing_number_leads_to_the_clinicians(qtbot, evening):
    window, screen = evening
    wanted = []
    screen.clinician_wanted.connect(wanted.append)
    [press] = [each for each in screen.side.look_first.presses if each.isVisible()]
    assert press.title == "Demo Clinician · no NPI"
    assert press.detail == "Demo Clinician has no NPI on record: 15 lines go out without it."

    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert wanted == ["Demo Clinician"]
    assert window._who.isVisible()


def test_a_visit_of_too_many_lines_is_a_press_away(qtbot, clinic, make_window, tmp_path):
    from ptimer.operations import importing

    codes = ("97110", "97112", "97116", "97140", "97530", "97535", "G0283")
    file = tmp_path / "seven.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        + "".join(
            f"P-7,Medicare,PT,Ann,therapist,{code},2026-11-20T0{n}:00,2026-11-20T0{n}:20,\n"
            for n, code in enumerate(codes)
        )
    )
    importing.import_file(clinic, file, dry_run=False)
    people.describe(clinic, "Ann", credentials="PT", npi=NPI)
    window = make_window(clinic)
    window.go("export")
    screen = window.body.screens["export"]
    screen.page.days.show_span(Span(date(2026, 11, 20), date(2026, 11, 20)))
    screen.side.unsigned.setChecked(True)
    screen.refresh()
    prepared(qtbot, screen)
    presses = [each for each in screen.side.look_first.presses if each.isVisible()]
    assert [each.title for each in presses] == ["P-7 · more than six lines"]

    shown = []
    window.desk.screen_wanted.connect(shown.append)
    qtbot.mouseClick(presses[0], Qt.MouseButton.LeftButton)
    assert window.desk.view.visit.patient == "P-7"
    assert shown[0] in ("sign", "edit-times")


def test_everything_in_the_form_has_a_name_and_fits_the_column(qtbot, qapp, evening):
    window, screen = evening
    window.resize(900, 600)
    qtbot.mouseClick(screen.side.edit_layout, Qt.MouseButton.LeftButton)
    qapp.processEvents()
    form = screen.side.layout_form
    widgets = [
        each
        for each in form.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]

    assert len(widgets) >= 8
    for each in widgets:
        assert QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name), each
    assert screen.side.width() <= screen.right.viewport().width()


def test_what_went_out_before_may_be_left_out(qtbot, evening, tmp_path):
    window, screen = evening
    make_file(window, tmp_path / "first.csv")
    prepared(qtbot, screen)
    qtbot.mouseClick(screen.side.only_changes, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)

    assert screen.preview.rows == 0
    assert screen.side.remark.text() == "Left out, as they went out before: 15."
    assert not screen.page.save.isEnabled()
    assert screen.page.empty.title.text() == "Nothing goes out"
    assert screen.page.empty.press.text() == "Take what went out before along"
    qtbot.mouseClick(screen.page.empty.press, Qt.MouseButton.LeftButton)
    prepared(qtbot, screen)
    assert screen.preview.rows == 15
