"""History: what was recorded is found again, added up, drawn, and opened in its day."""

from datetime import date, timedelta
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from ptimer.gui.history import history_reading
from ptimer.gui.look import Look, Mode
from ptimer.operations import history_search, importing, stopping, stopwatch
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Busy
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.wording import say
from tests.operations.files import HEADER

DAY = date(2026, 11, 23)
LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
PATIENCE_MS = 10_000

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


@pytest.fixture
def bring_in(tmp_path):
    """Record times: (patient, code, day, start, end), and who treated."""

    def bring_in(clinic, *times, clinician="Ann", payer="Medicare"):
        rows = [
            f"{patient},{payer},OT,{clinician},therapist,{code},{day}T{start},{day}T{end},"
            for patient, code, day, start, end in times
        ]
        file = tmp_path / "segments.csv"
        file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        importing.import_file(clinic, file, dry_run=False)

    return bring_in


@pytest.fixture
def years(clinic, bring_in):
    """Five visits: two of P-1042, two of others with Bea, and one two years ago."""
    bring_in(
        clinic,
        ("P-1042", "97110", "2026-11-20", "09:00", "09:30"),
        ("P-1042", "97112", "2026-11-16", "09:00", "09:23"),
        ("X-7", "97110", "2024-05-06", "09:00", "09:15"),
    )
    bring_in(
        clinic,
        ("P-1100", "97110", "2026-11-19", "10:00", "10:40"),
        ("P-2000", "97165", "2026-11-18", "11:00", "11:30"),
        clinician="Bea",
    )
    return clinic


@pytest.fixture
def read(qtbot):
    """Wait until a screen has read all that it wants."""

    def read(screen):
        qtbot.waitUntil(lambda: not screen.reading.under_way, timeout=PATIENCE_MS)

    return read


@pytest.fixture
def open_history(make_window, qtbot, read):
    """Go to the history by its press in the header."""

    def open_history(clinic):
        window = make_window(clinic)
        qtbot.mouseClick(window.header.places["history"], LEFT)
        screen = window.body.screens["history"]
        read(screen)
        return window, screen

    return open_history


@pytest.fixture
def look_for(qtbot, read):
    """Type what to look for, as a person does, and wait for what is found."""

    def look_for(screen, **typed):
        for name, text in typed.items():
            field = getattr(screen.page.fields, name)
            field.selectAll()
            qtbot.keyClicks(field, text) if text else qtbot.keyClick(field, Qt.Key.Key_Delete)
            qtbot.keyClick(field, Qt.Key.Key_Return)
        read(screen)

    return look_for


def rows(screen):
    model = screen.page.table.found
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(n), role) for n in range(model.rowCount())]


def patients(screen):
    return [row.patient for row in screen.page.table.found.rows]


def tiles(screen):
    return [(tile.figure, tile.label) for tile in screen.page.tiles.tiles]


def press_row(qtbot, screen, place):
    table = screen.page.table
    at = table.visualRect(table.found.index(place)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=at)


def test_all_visits_stand_there_the_newest_first(years, open_history):
    _, screen = open_history(years)

    assert rows(screen) == [
        "Fri 20 Nov 2026, P-1042, OT, Medicare, 30 min, 2 units, not signed",
        "Thu 19 Nov 2026, P-1100, OT, Medicare, 40 min, 3 units, not signed",
        "Wed 18 Nov 2026, P-2000, OT, Medicare, 0 min, 0 + 1 units, not signed",
        "Mon 16 Nov 2026, P-1042, OT, Medicare, 23 min, 2 units, not signed",
        "Mon 6 May 2024, X-7, OT, Medicare, 15 min, 1 units, not signed",
    ]
    assert tiles(screen) == [
        ("5", "visits found"),
        ("8 + 1", "units, timed + untimed"),
        ("1 h 48", "timed minutes 108"),
    ]
    assert not screen.page.hidden.isVisible()


def test_a_patient_is_found_by_how_the_id_begins_and_the_others_are_counted(
    years, open_history, look_for
):
    _, screen = open_history(years)
    look_for(screen, patient="p-1")

    assert patients(screen) == ["P-1042", "P-1100", "P-1042"]
    assert tiles(screen)[0] == ("3", "visits found")
    assert screen.page.hidden.text() == "2 hidden by the search"
    assert screen.page.hidden.isVisible()


def test_letters_count_after_a_pause_without_enter(years, open_history, qtbot):
    _, screen = open_history(years)
    qtbot.keyClicks(screen.page.fields.patient, "x")

    qtbot.waitUntil(lambda: patients(screen) == ["X-7"], timeout=PATIENCE_MS)


def test_a_code_is_found_and_its_own_units_and_minutes_are_added_up(years, open_history, look_for):
    _, screen = open_history(years)
    look_for(screen, code="97110")

    assert patients(screen) == ["P-1042", "P-1100", "X-7"]
    assert tiles(screen)[-1] == ("6", "units of 97110 in 85 min")
    assert screen.side.units.bars[-2].words == "16 Nov – 22 Nov 2026: 5 units"  # noqa: RUF001


def test_a_clinicians_visits_are_found(years, open_history, qtbot, read):
    _, screen = open_history(years)
    choice = screen.page.fields.clinician
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    while choice.currentText() != "Bea":
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    read(screen)

    assert patients(screen) == ["P-1100", "P-2000"]


def test_dates_are_found_and_may_be_typed_as_the_system_writes_them(years, open_history, look_for):
    _, screen = open_history(years)
    look_for(screen, first="18/11/2026", last="2026-11-19")

    assert patients(screen) == ["P-1100", "P-2000"]
    assert screen.page.fields.first.text() == "2026-11-18"
    assert [bar.words[:6] for bar in screen.side.units.bars] == ["16 Nov"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"code": "12345"}, "12345 is not in the code book"),
        ({"first": "soon"}, "soon"),
        ({"first": "2026-11-20", "last": "2026-11-19"}, "lies before"),
    ],
)
def test_what_can_not_be_looked_for_is_said_at_the_fields(
    years, open_history, look_for, qtbot, read, typed, told
):
    _, screen = open_history(years)
    look_for(screen, **typed)

    assert told in screen.page.fields.problem.text()
    assert screen.page.empty.isVisible()
    assert rows(screen) == []

    qtbot.mouseClick(screen.page.empty.press, LEFT)
    read(screen)
    assert len(rows(screen)) == 5
    assert not screen.page.fields.problem.isVisible()


def test_nothing_like_it_says_what_to_do(years, open_history, look_for, qtbot, read):
    _, screen = open_history(years)
    look_for(screen, patient="nobody")

    assert screen.page.empty.title.text() == "No recorded visit is like that"
    assert screen.page.hidden.text() == "5 hidden by the search"
    assert not screen.page.box.isVisible()
    assert not screen.side.units.isVisible(), "no empty chart is drawn"
    qtbot.mouseClick(screen.page.empty.press, LEFT)
    read(screen)
    assert len(rows(screen)) == 5


def test_an_empty_record_leads_to_today(clinic, open_history, qtbot):
    window, screen = open_history(clinic)
    assert screen.page.empty.title.text() == "Nothing was recorded yet"

    qtbot.mouseClick(screen.page.empty.press, LEFT)

    assert window.body.name == "today"


def test_a_press_opens_the_visit_in_its_day(years, open_history, qtbot):
    window, screen = open_history(years)
    press_row(qtbot, screen, 4)

    summary = window.body.screens["day-summary"]
    assert window.body.name == "day-summary"
    assert summary.header.title.text() == "Monday 6 May 2024"
    assert summary.table.row().visit.patient == "X-7"
    assert summary.table.hasFocus()


def test_from_the_keyboard_control_f_down_and_enter_open_it(years, open_history, qtbot):
    window, screen = open_history(years)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert screen.page.fields.patient.hasFocus()

    qtbot.keyClick(screen.page.fields.patient, Qt.Key.Key_Down)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Down)
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Return)

    summary = window.body.screens["day-summary"]
    assert summary.table.row().visit.patient == "P-1100"


def test_a_visit_that_the_day_hides_behind_a_filter_is_shown(years, open_history, qtbot):
    window, screen = open_history(years)
    window.go("day-summary")
    summary = window.body.screens["day-summary"]
    summary.header.filter.setCurrentIndex(summary.header.filter.findData("Bea"))
    window.go("history")
    press_row(qtbot, screen, 0)

    assert summary.header.clinician == ""
    assert summary.table.row().visit.patient == "P-1042"


def test_a_signed_visit_is_opened_with_its_codes(demo_evening, qtbot, read):
    window, _ = demo_evening
    window.go("history")
    screen = window.body.screens["history"]
    read(screen)
    place = patients(screen).index("P-0981")
    assert rows(screen)[place].endswith("signed 08:42")
    press_row(qtbot, screen, place)

    table = window.body.screens["day-summary"].table
    assert table.row().visit.patient == "P-0981"
    assert not table.days.folded(table.row().visit)


def test_what_was_found_is_still_there_when_one_comes_back(
    years, open_history, look_for, qtbot, read
):
    window, screen = open_history(years)
    look_for(screen, patient="p-1")
    press_row(qtbot, screen, 1)
    qtbot.mouseClick(window.header.places["history"], LEFT)
    read(screen)

    assert patients(screen) == ["P-1042", "P-1100", "P-1042"]
    assert screen.page.fields.patient.text() == "p-1"


def test_escape_in_the_field_finds_everything_again(years, open_history, look_for, qtbot):
    _, screen = open_history(years)
    look_for(screen, patient="x")
    qtbot.keyClick(screen.page.fields.patient, Qt.Key.Key_Escape)

    qtbot.waitUntil(lambda: len(rows(screen)) == 5, timeout=PATIENCE_MS)


def test_clear_empties_every_field(years, open_history, look_for, qtbot, read):
    _, screen = open_history(years)
    assert not screen.page.fields.clear.isEnabled()
    look_for(screen, patient="p", code="97112", first="2026-11-01")
    assert len(rows(screen)) == 1

    qtbot.mouseClick(screen.page.fields.clear, LEFT)
    read(screen)

    assert len(rows(screen)) == 5
    fields = screen.page.fields
    assert [f.text() for f in (fields.patient, fields.code, fields.first)] == ["", "", ""]


def test_very_many_visits_are_read_as_one_goes_down(
    clinic, bring_in, open_history, qtbot, read, monkeypatch
):
    monkeypatch.setattr(history_reading, "PAGE", 20)
    first = date(2026, 1, 1)
    bring_in(
        clinic,
        *((f"P-{n}", "97110", first + timedelta(days=n), "09:00", "09:20") for n in range(90)),
    )
    _, screen = open_history(clinic)
    assert 20 <= len(rows(screen)) < 90
    assert tiles(screen)[0] == ("90", "visits found"), "all are added up, seen or not"

    table = screen.page.table
    table.setFocus()
    for _ in range(200):
        if len(rows(screen)) == 90:
            break
        qtbot.keyClick(table, Qt.Key.Key_End)
        read(screen)

    assert patients(screen) == [f"P-{n}" for n in range(89, -1, -1)]


def test_what_is_recorded_meanwhile_is_found_and_the_keyboard_stays(
    years, open_history, qtbot, read
):
    window, screen = open_history(years)
    screen.page.table.setFocus()
    qtbot.keyClick(screen.page.table, Qt.Key.Key_Down)
    before = screen.page.table.row().visit_id

    window.desk.attempt(lambda c: stopwatch.start(c, StartWish("97110", ("P-3",), clinician="Ann")))
    read(screen)

    assert patients(screen)[0] == "P-3"
    assert rows(screen)[0].endswith("running")
    assert screen.page.table.row().visit_id == before
    window.desk.attempt(lambda c: stopping.stop(c, StopWish()))
    read(screen)


def test_adding_up_can_be_called_off_and_done_after_all(
    years, open_history, qtbot, read, monkeypatch
):
    window, screen = open_history(years)
    told, go_on = Event(), Event()
    totals = history_search.totals

    def slowly(clinic, wish, tell):
        tell(1, 4)
        told.set()
        assert go_on.wait(PATIENCE_MS / 1000)
        return totals(clinic, wish, tell)

    monkeypatch.setattr(history_search, "totals", slowly)
    window.desk.refresh()
    qtbot.waitUntil(screen.page.strip.isVisible, timeout=PATIENCE_MS)
    assert "25 %" in screen.page.strip.words.text()

    qtbot.mouseClick(screen.page.strip.cancel, LEFT)
    go_on.set()
    assert not screen.page.strip.isVisible()
    assert len(rows(screen)) == 5, "the visits stay"

    qtbot.mouseClick(screen.page.add_up, LEFT)
    read(screen)
    assert told.is_set()
    assert tiles(screen)[0] == ("5", "visits found")
    assert not screen.page.add_up.isVisible()


def test_another_search_calls_off_the_one_before(years, open_history, look_for, monkeypatch):
    _, screen = open_history(years)
    pages = []
    screen.reading.began.connect(lambda page: pages.append(len(page.visits)))
    screen.page.fields.patient.setText("P-1")
    screen.page.fields.read()
    look_for(screen, patient="X")

    assert pages == [1]


def test_a_record_that_can_not_be_read_is_told(years, open_history, monkeypatch, read):
    window, screen = open_history(years)
    said = []
    window.desk.told.connect(said.append)

    def fail(*_, **__):
        raise Busy(say("the record is busy"))

    monkeypatch.setattr(history_search, "page", fail)
    window.desk.refresh()
    read(screen)

    assert (said[0].title, said[0].text) == ("The history could not be read", "the record is busy")


def test_the_weeks_are_drawn_with_their_words(years, open_history):
    _, screen = open_history(years)
    units, minutes = screen.side.units, screen.side.minutes

    assert len(units.bars) == len(minutes.bars) == 26
    assert units.bars[-2].words == "16 Nov – 22 Nov 2026: 7 + 1 units"  # noqa: RUF001
    assert minutes.bars[-2].words == "16 Nov – 22 Nov 2026: 93 min"  # noqa: RUF001
    assert "7 + 1 units" in units.accessibleDescription()
    assert screen.side.about.text().startswith("26 weeks, 1 Jun 2026 to 29 Nov 2026.")
    assert "Older visits" in screen.side.about.text()


def test_a_press_on_a_week_says_its_figures(years, open_history, qtbot):
    _, screen = open_history(years)
    chart = screen.side.minutes
    qtbot.mouseClick(chart, LEFT, pos=chart.middle_of(24).toPoint())

    assert screen.side.week.text() == (
        "16 Nov – 22 Nov 2026: 7 + 1 units\n93 min · 4 visits"  # noqa: RUF001
    )
    assert screen.side.units.chosen == chart.chosen == 24


def test_the_keyboard_goes_from_week_to_week_and_enter_looks_for_one(
    years, open_history, qtbot, read
):
    _, screen = open_history(years)
    chart = screen.side.units
    chart.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert chart.chosen == 24
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    read(screen)

    assert len(rows(screen)) == 4
    assert screen.page.fields.first.text() == "2026-11-16"
    assert screen.page.fields.last.text() == "2026-11-22"


def test_where_the_mouse_rests_the_week_is_told(years, open_history):
    _, screen = open_history(years)
    chart = screen.side.units
    at = chart.middle_of(24).toPoint()
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, at, chart.mapToGlobal(at)))

    assert "7 + 1 units" in QToolTip.text()
    QToolTip.hideText()


def test_a_bar_is_as_high_as_its_figure_and_other_units_are_hatched(years, open_history):
    """Painted pixels: of two weeks one is empty, and hatched is told from solid."""
    window, screen = open_history(years)
    chart = screen.side.units
    image = chart.grab().toImage()
    ratio = image.devicePixelRatio()

    def colors(place):
        x = chart.middle_of(place).x()
        return [image.pixelColor(int(x * ratio), y).name() for y in range(image.height())]

    accent, third = (window.look.color(name).name() for name in ("accent", "third"))
    assert accent in colors(24)
    assert third in colors(24)
    assert accent not in colors(23)
    solid, hatched = colors(24).count(accent), colors(24)[: colors(24).index(accent)]
    assert solid > 3 * len([c for c in hatched if c == third])


def test_every_control_has_a_name(years, open_history):
    _, screen = open_history(years)
    for part in (screen.page, screen.side):
        for widget in part.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
                assert name, widget


def test_a_locked_window_shows_no_id(years, open_history):
    window, screen = open_history(years)
    window.lock()

    assert not screen.page.table.isVisible()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_nothing_of_the_search_is_cut_off(years, qtbot, mode, size, make_window, read, monkeypatch):
    window = make_window(years)
    window.look.set_mode(mode)
    window.resize(*size)
    window.go("history")
    screen = window.body.screens["history"]
    read(screen)

    fields = screen.page.fields
    for field in (fields.patient, fields.code, fields.clinician, fields.first, fields.clear):
        assert field.width() >= field.minimumSizeHint().width()
        right = field.mapTo(screen.page, QPoint(field.width(), 0)).x()
        assert right <= screen.page.width()


def test_at_twice_the_size_it_is_all_there(years, qapp, qtbot, read):
    from ptimer.gui.start import build_window

    window = build_window(years, Look(Mode.LIGHT, scale=2.0))
    qtbot.addWidget(window)
    window.resize(1800, 1200)
    window.show()
    window.go("history")
    read(window.body.screens["history"])

    assert len(rows(window.body.screens["history"])) == 5
    chart = window.body.screens["history"].side.units
    assert chart.height() >= 300
    Look(Mode.LIGHT, scale=1.0)


def test_another_program_on_the_record_is_read_too(years, open_history, read, clock):
    window, screen = open_history(years)
    other = open_clinic(years.folder, clock)
    stopwatch.start(other, StartWish("97110", ("P-9",), clinician="Bea"))
    other.close()
    window.desk.tick()
    read(screen)

    assert patients(screen)[0] == "P-9"


def test_w_says_why_a_visit_that_was_found_comes_to_its_units(qtbot, years, open_history):
    window, screen = open_history(years)
    screen.page.table.setFocus()
    qtbot.keyClick(screen.page.table, Qt.Key.Key_W)

    assert screen.why.panel.isVisible()
    assert "30 timed minutes allow 2 units" in screen.why.panel.text
    window.go("today")
    assert not screen.why.panel.isVisible()
