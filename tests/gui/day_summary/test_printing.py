"""A day on paper: by keyboard and by mouse, on a printer and in a PDF file, whatever is in it."""

import re
import shutil
import subprocess
from datetime import date
from unicodedata import normalize

import pytest
from PySide6.QtCore import QLocale, QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from ptimer.gui.day_summary.day_page_painter import layout_of, pdf_of
from ptimer.gui.day_summary.day_paper import page_of
from ptimer.operations import page_files, preferences, signing, stopping, stopwatch, visiting
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.reports.day_page import PageDay, PageLine, PageVisit, blocks

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
HOSTILE = (
    "<b>bold</b> & <script>",
    "100 % {0} {patient} %1",
    "\u05de\u05d8\u05d5\u05e4\u05dc 7",
    "\u0645\u0631\u064a\u0636",
    "W" * 300,
    "a b " * 75,
    "&Amp && <br/> &lt;",
    "",
)

reads_pdf = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext is here")


def page_count(file):
    """Return how many pages a PDF file says that it has."""
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def words_of(file):
    """Return the words of a PDF file, page by page."""
    done = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.split("\f")[:-1]


@pytest.fixture
def evening(demo_evening, tmp_path):
    """The day summary of the demo's evening; `asked` is what asks where the file goes."""
    window, _ = demo_evening
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    screen.said, screen.asked = [], []
    window.desk.told.connect(screen.said.append)
    screen.answer = tmp_path / "day.pdf"

    def ask_file(parent, title, suggested, kinds):
        screen.asked.append(suggested)
        return screen.answer

    screen.printing.ask_file = ask_file
    return window, screen


def save(qtbot, window, screen):
    """Save as a person does without a mouse: Ctrl+P, Enter."""
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    qtbot.keyClick(screen.header.panel.pdf, Qt.Key.Key_Return)


def test_control_p_and_enter_save_the_day_as_pdf(qtbot, evening):
    window, screen = evening
    save(qtbot, window, screen)

    assert screen.asked[0].name == "day-summary-2026-11-23.pdf"
    assert page_count(screen.answer) == 2
    assert screen.said[0].title == "Saved as PDF"
    assert "day.pdf" in screen.said[0].text
    assert not screen.header.panel.isVisible()


def test_the_mouse_does_it_too(qtbot, evening):
    _, screen = evening
    qtbot.mouseClick(screen.header.print, LEFT)
    assert screen.header.panel.isVisible()
    qtbot.mouseClick(screen.header.panel.pdf, LEFT)

    assert page_count(screen.answer) == 2


@reads_pdf
def test_the_file_says_what_the_screen_says(qtbot, evening):
    window, screen = evening
    save(qtbot, window, screen)
    first, second = words_of(screen.answer)

    assert "Day summary · Monday 23 November 2026" in first
    assert "All clinicians: Demo Clinician" in first
    for figure in ("22 + 5", "5 h 20", "7 / 9", "timed minutes 320"):
        assert figure in first
    for patient in ("P-0981", "P-1042", "P-1120", "P-1204"):
        assert patient in first
    assert "13:00–14:01" in first  # noqa: RUF001
    assert "not signed" in first
    assert "signed 08:42 · Demo" in first
    assert "To fix before export" in second
    assert "97112 ran 61 minutes" in second
    assert "signed 7 of 9 visits, the last Mon 23 Nov 2026 16:15; not yet: P-1120, P-1095" in second
    assert "Medicare Claims Processing Manual (Pub. 100-04), chapter 5, section 20.2" in second
    assert "CMS 2026" in second
    assert "Page 1 of 2" in first
    assert "Page 2 of 2" in second
    assert "ptimer · printed Mon 23 Nov 2026 17:42" in second


@reads_pdf
def test_only_what_the_filter_shows_is_printed_and_the_rest_is_counted(
    qtbot, clinic, make_window, tmp_path
):
    for patient, clinician in (("P-1", "Ann"), ("P-2", "Bea")):
        stopwatch.start(clinic, StartWish("97110", (patient,), clinician=clinician))
        stopping.stop(clinic, StopWish())
    window = make_window(clinic)
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    screen.header.filter.setCurrentIndex(screen.header.filter.findData("Bea"))
    screen.header.filter.activated.emit(screen.header.filter.currentIndex())
    file = tmp_path / "day.pdf"
    screen.printing.ask_file = lambda *_: file
    save(qtbot, window, screen)

    (page,) = words_of(file)
    assert "Visits of Bea" in page
    assert "1 visits of others are not on these pages" in page
    assert "P-1" not in page.replace("P-10", "")


def test_the_last_folder_is_offered_the_next_time(qtbot, evening, tmp_path):
    window, screen = evening
    screen.answer = tmp_path / "of the clinic" / "a.pdf"
    screen.answer.parent.mkdir()
    save(qtbot, window, screen)
    save(qtbot, window, screen)

    assert screen.asked[1] == tmp_path / "of the clinic" / "day-summary-2026-11-23.pdf"
    kept = preferences.read(window.desk.clinic, preferences.LAST_FOLDER)
    assert kept == str(tmp_path / "of the clinic")


def test_thought_better_of_it_writes_nothing(qtbot, evening, tmp_path):
    window, screen = evening
    before = sorted(tmp_path.iterdir())
    screen.answer = None
    save(qtbot, window, screen)

    assert screen.said == []
    assert sorted(tmp_path.iterdir()) == before


def test_a_name_without_an_ending_gets_it_unless_that_would_write_over_a_file(
    qtbot, evening, tmp_path
):
    window, screen = evening
    screen.answer = tmp_path / "monday"
    save(qtbot, window, screen)
    assert page_count(tmp_path / "monday.pdf") == 2

    (tmp_path / "monday.pdf").write_bytes(b"somebody's")
    save(qtbot, window, screen)
    assert (tmp_path / "monday.pdf").read_bytes() == b"somebody's"
    assert page_count(tmp_path / "monday") == 2


@pytest.mark.parametrize("where", ["missing/day.pdf", "demo/ptimer.db"])
def test_a_place_that_can_not_be_written_to_is_told(qtbot, evening, tmp_path, where):
    window, screen = evening
    failed = []
    window.desk.failed.connect(failed.append)
    screen.answer = tmp_path / where
    if "ptimer.db" in where:
        screen.answer = window.desk.clinic.folder / "ptimer.db"
    save(qtbot, window, screen)

    assert len(failed) == 1
    assert window.messages.shown
    assert window.desk.attempt(lambda c: visiting.offer(c), refresh=False) is not None
    assert screen.said == []


def test_an_older_file_stays_whole_where_the_new_one_can_not_be_written(evening, monkeypatch):
    window, screen = evening
    screen.answer.write_bytes(b"yesterday's")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ptimer.operations.writing_files.put_on_disk", full)
    done = window.desk.attempt(
        lambda c: page_files.save_pages(c, screen.answer, b"%PDF-new"), refresh=False
    )

    assert done is None
    assert screen.answer.read_bytes() == b"yesterday's"
    assert [each.name for each in screen.answer.parent.glob("*.part")] == []


def test_a_printer_is_given_the_same_pages(qtbot, evening, tmp_path):
    """A printer that prints into a file, as every system has one."""
    window, screen = evening
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(layout_of(QLocale()))
    titles = []
    screen.printing.ask_printer = lambda _, title: titles.append(title) or printer
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    qtbot.keyClick(screen.header.panel, Qt.Key.Key_Down)
    qtbot.keyClick(screen.header.panel, Qt.Key.Key_Return)

    assert titles == ["Day summary · Monday 23 November 2026"]
    assert page_count(tmp_path / "printed.pdf") == 2
    assert screen.said[0].title == "Sent to the printer"


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(qtbot, evening, tmp_path):
    window, screen = evening
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "printed.pdf"))
    screen.printing.ask_printer = lambda *_: printer
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    qtbot.mouseClick(screen.header.panel.printer, LEFT)

    assert screen.said[0].title == "Not printed"


def test_escape_closes_the_panel_and_writes_nothing(qtbot, evening):
    window, screen = evening
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)
    qtbot.keyClick(screen.header.panel.pdf, Qt.Key.Key_Escape)

    assert not screen.header.panel.isVisible()
    assert screen.asked == []


@pytest.mark.parametrize("elsewhere", ["today", "lock"])
def test_the_key_is_the_day_summarys_alone(qtbot, evening, elsewhere):
    window, screen = evening
    window.lock() if elsewhere == "lock" else window.go(elsewhere)
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL)

    assert not screen.header.panel.isVisible()


@pytest.mark.parametrize(
    ("locale", "size"),
    [
        ("en_US", QPageSize.PageSizeId.Letter),
        ("fr_CA", QPageSize.PageSizeId.Letter),
        ("es_MX", QPageSize.PageSizeId.Letter),
        ("en_GB", QPageSize.PageSizeId.A4),
        ("de_DE", QPageSize.PageSizeId.A4),
    ],
)
def test_the_paper_is_the_one_that_is_used_there(locale, size):
    assert layout_of(QLocale(locale)).pageSize().id() == size


def hostile_day(names, lines=1):
    line = PageLine("97110", "Strength", ("09:00–09:23",), "23", "2", "GO", "")  # noqa: RUF001
    visits = tuple(
        PageVisit(name, f"OT · {name}", "23 min", "2", name, True, (line,) * lines)
        for name in names
    )
    fixes = tuple((name, name) for name in names)
    return PageDay("Day", names, (("1", names[0]),), visits, fixes, (), fixes, fixes)


def test_a_long_id_stands_on_paper_whole(clinic, make_window):
    patient = "P-" + "W" * 98
    stopwatch.start(clinic, StartWish("97110", (patient,), clinician="Ann"))
    window = make_window(clinic)
    window.go("day-summary")
    page = page_of(window.body.screens["day-summary"].day, (), window.times)

    assert page.visits[0].patient == patient
    assert page.to_fix == ((f"{patient} · not signed", "97110 still runs: stop it."),)
    assert page.signatures == (("Ann", f"signed 0 of 1 visits; not yet: {patient}"),)


@reads_pdf
def test_whatever_was_typed_comes_out_as_it_stands(qapp, tmp_path, look):
    file = tmp_path / "day.pdf"
    file.write_bytes(pdf_of(blocks(hostile_day(HOSTILE)), "t", "foot", layout_of(QLocale())))
    words = "".join(normalize("NFKC", "".join(words_of(file))).split())

    for name in HOSTILE[:2] + HOSTILE[4:7]:
        assert words.count("".join(name.split())) >= 4, name
    for letters in HOSTILE[2:4]:
        assert set(letters) - set(words) <= {" "}


@pytest.mark.parametrize("page", [QPageSize.PageSizeId.A4, QPageSize.PageSizeId.Letter])
def test_a_very_long_day_goes_over_many_pages(qapp, tmp_path, look, page):
    names = tuple(f"P-{number:04d}" for number in range(300))
    layout = QPageLayout(
        QPageSize(page), QPageLayout.Orientation.Portrait, QMarginsF(42, 42, 42, 42)
    )
    file = tmp_path / "day.pdf"
    file.write_bytes(pdf_of(blocks(hostile_day(names, lines=3)), "t", "foot", layout))

    assert page_count(file) > 30
    if shutil.which("pdftotext"):
        found = words_of(file)
        assert len(found) == page_count(file)
        assert found[-1].count(f"Page {len(found)} of {len(found)}") == 1
        for name in names:
            assert any(name in words for words in found)


def test_a_signed_day_names_who_signed(demo_evening):
    window, _ = demo_evening
    wish = signing.SignWish(credentials="OTR/L")
    view = next(v for v in window.desk.today.visits if v.visit.patient == "P-1095")
    window.desk.attempt(lambda c: signing.sign(c, view.visit.id, wish))
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    page = page_of(screen.day, (), window.times)

    assert page.signatures[0][0] == "Demo Clinician, OTR/L"
    assert page.signatures[0][1].startswith("signed 8 of 9 visits, the last Mon 23 Nov 2026 17:42")
    assert page.signatures[0][1].endswith("not yet: P-1120")
    assert screen.day.date == date(2026, 11, 23)
