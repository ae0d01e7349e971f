"""The proof in the window: a packet from the history, the drawn day in the day summary."""

import re
from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ptimer.gui.audit import pages_saving
from ptimer.gui.audit.lanes_view import LanesView
from ptimer.gui.audit.packet_panel import PacketPanel
from ptimer.gui.look import Mode
from ptimer.operations import auditing, preferences, stopping
from ptimer.reports.lanes import Bar, Lane, Lanes, Shade
from ptimer.timing.clock import HOUR, Instant
from ptimer.wording import say
from tests.gui.tidy import cut_off, overlapping

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 10_000

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


@pytest.fixture
def evening(demo_evening, tmp_path):
    """The demo's evening, with what was said in the bar, and a place for files."""
    window, _ = demo_evening
    window.said, window.asked = [], []
    window.desk.told.connect(window.said.append)
    window.file = tmp_path / "made.pdf"
    return window


def go(window, name, saving):
    """Go to a screen whose files go where the test says, and return it."""
    window.go(name)
    screen = window.body.screens[name]

    def ask_file(parent, title, suggested, kinds):
        window.asked.append(suggested)
        return window.file

    saving(screen).ask_file = ask_file
    return screen


@pytest.fixture
def history(evening):
    return go(evening, "history", lambda screen: screen.packet.saving)


@pytest.fixture
def day(evening):
    return go(evening, "day-summary", lambda screen: screen.proof.saving)


def page_count(file):
    content = file.read_bytes()
    assert content.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


def wait_until_said(qtbot, window):
    qtbot.waitUntil(lambda: bool(window.said), timeout=PATIENCE_MS)


# -- the packet ----------------------------------------------------------------------------------


def test_a_packet_is_made_from_what_was_found_by_mouse(qtbot, evening, history):
    history.page.fields.patient.setText("P-1042")
    history.page.fields.read()
    qtbot.waitUntil(lambda: len(history.page.table.found.rows) == 1, timeout=PATIENCE_MS)
    qtbot.mouseClick(history.page.packet, LEFT)
    panel = history.packet.panel
    typed = (panel.patient.text(), panel.first.text(), panel.last.text())
    qtbot.mouseClick(panel.save, LEFT)
    wait_until_said(qtbot, evening)

    assert typed == ("P-1042", "2026-11-23", "2026-11-23")
    assert evening.asked[0].name == "audit-packet-P-1042.pdf"
    pages = page_count(evening.file)
    assert evening.said[0].title == "Saved as PDF"
    assert evening.said[0].text.endswith(f"{pages} pages")
    assert evening.file.parent == preferences_folder(evening)


def preferences_folder(window):
    from pathlib import Path

    return Path(preferences.read(window.desk.clinic, preferences.LAST_FOLDER))


def test_the_packet_of_what_was_signed_is_asked_for_beside_its_signature(qtbot, evening):
    view = next(v for v in evening.desk.today.visits if v.visit.patient == "P-1042")
    evening.desk.select(view.visit.id)
    evening.go("sign")
    sign = evening.body.screens["sign"]
    qtbot.mouseClick(sign.bill.signature.packet, LEFT)

    panel = sign.packet.making.panel
    assert panel.isVisible()
    assert (panel.patient.text(), panel.first.text(), panel.last.text()) == (
        "P-1042",
        "2026-11-23",
        "2026-11-23",
    )
    evening.go("today")
    assert not panel.isVisible()


def test_before_anything_is_signed_there_is_no_packet_to_ask_for(demo_morning):
    window, _ = demo_morning
    window.go("sign")

    assert not window.body.screens["sign"].bill.signature.packet.isVisible()


def test_a_packet_is_made_by_keyboard_alone(qtbot, evening, history):
    history.page.packet.setFocus()
    qtbot.keyClick(history.page.packet, Qt.Key.Key_Space)
    panel = history.packet.panel
    assert panel.isVisible()
    panel.patient.clear()
    qtbot.keyClicks(panel.patient, "P-0981")
    qtbot.keyClick(panel.patient, Qt.Key.Key_Return)
    wait_until_said(qtbot, evening)

    assert evening.said[0].title == "Saved as PDF"
    assert page_count(evening.file) > 1
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert QApplication.focusWidget() is history.page.packet


def test_with_several_patients_found_the_id_is_asked_for(qtbot, history):
    qtbot.waitUntil(lambda: len(history.page.table.found.rows) > 1, timeout=PATIENCE_MS)
    qtbot.mouseClick(history.page.packet, LEFT)
    panel = history.packet.panel

    assert panel.patient.text() == ""
    assert panel.patient.hasFocus()
    assert panel.first.text() == "2026-11-23", "the first day that was found"


@pytest.mark.parametrize(
    ("patient", "first", "says"),
    [
        ("P-9", "2026-11-01", "P-9 has no recorded visit"),
        ("P-1042", "2026-12-24", "is in the future"),
        ("P-1042", "soon", "soon"),
        ("", "2026-11-01", "patient id is empty"),
    ],
)
def test_what_keeps_a_packet_from_being_made_is_told_before_a_file_is_asked_for(
    qtbot, evening, history, patient, first, says
):
    qtbot.mouseClick(history.page.packet, LEFT)
    panel = history.packet.panel
    panel.patient.setText(patient)
    panel.first.setText(first)
    qtbot.mouseClick(panel.save, LEFT)

    assert panel.problem.isVisible()
    assert says in panel.problem.text()
    assert evening.asked == []
    qtbot.keyClicks(panel.patient, "7")
    assert not panel.problem.isVisible(), "gone with the next letter"


def test_a_packet_that_is_being_made_can_be_called_off(
    qtbot, evening, history, monkeypatch, tmp_path
):
    def slow(clinic, path, make, tell):
        while True:
            tell(0, 2)

    monkeypatch.setattr(pages_saving, "_save", slow)
    qtbot.mouseClick(history.page.packet, LEFT)
    panel = history.packet.panel
    panel.patient.setText("P-1042")
    qtbot.mouseClick(panel.save, LEFT)
    assert panel.strip.isVisible()
    assert not panel.save.isEnabled()
    qtbot.mouseClick(panel.strip.cancel, LEFT)

    assert evening.said[0].title == "Called off: no file was written"
    assert panel.save.isEnabled()
    assert not panel.strip.isVisible()
    assert not evening.file.exists()


def test_a_file_that_cannot_be_written_is_told(qtbot, evening, history, tmp_path):
    evening.file = tmp_path / "no folder" / "made.pdf"
    qtbot.mouseClick(history.page.packet, LEFT)
    panel = history.packet.panel
    panel.patient.setText("P-1042")
    qtbot.mouseClick(panel.save, LEFT)
    wait_until_said(qtbot, evening)

    assert evening.said[0].title == "Not saved"
    assert "There is no folder" in evening.said[0].text
    assert evening.said[0].stays


def test_the_wish_says_discipline_and_an_open_end(qtbot, look):
    panel = PacketPanel(look)
    qtbot.addWidget(panel)
    panel.fill("P-1", "2026-11-01", "", ())
    panel.discipline.setCurrentIndex(panel.discipline.findData("SLP"))
    with qtbot.waitSignal(panel.packet_wanted, timeout=1000) as asked:
        panel.save.click()

    assert asked.args == [auditing.PacketWish("P-1", date(2026, 11, 1), None, "SLP")]


# -- the day -------------------------------------------------------------------------------------


def test_the_day_is_proven_and_drawn(qtbot, day):
    qtbot.mouseClick(day.header.proof, LEFT)
    panel = day.proof.panel

    assert panel.isVisible()
    assert panel.verdict.text().replace("\u200b", "") == (
        "✓ 08:00 to 16:08: 8 h 8 min at work, 328 min one-on-one, no minute twice"
    )
    assert "5:28:33 on the clock: 0:00:00 twice" in panel.sums.text()
    assert "97150 with P-1150, P-1095 and P-1204" in panel.notes.text().replace("\u200b", "")
    assert "10:12:00–10:36:50: 97112 of P-1042" in panel.lanes.accessibleDescription()  # noqa: RUF001
    assert not panel.whose.isVisible(), "there is one clinician"
    assert panel.pdf.hasFocus()


def test_the_drawn_day_is_saved_by_keyboard(qtbot, evening, day):
    day.header.proof.setFocus()
    qtbot.keyClick(day.header.proof, Qt.Key.Key_Space)
    qtbot.keyClick(day.proof.panel.pdf, Qt.Key.Key_Return)
    wait_until_said(qtbot, evening)

    assert evening.asked[0].name == "day-proof-2026-11-23.pdf"
    assert page_count(evening.file) >= 1
    assert evening.said[0].title == "Saved as PDF"


def test_a_day_without_a_time_says_so_and_has_no_pages(qtbot, day):
    day.shown.step(-1)
    qtbot.mouseClick(day.header.proof, LEFT)
    panel = day.proof.panel

    assert "Demo Clinician recorded nothing on 22 Nov 2026." in panel.verdict.text()
    assert not panel.pdf.isEnabled()
    assert not panel.lanes.isVisible()


def test_patient_ids_vanish_with_the_screen(qtbot, evening, day):
    qtbot.mouseClick(day.header.proof, LEFT)
    assert day.proof.panel.isVisible()
    qtbot.keyClick(evening, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert not day.proof.panel.isVisible()


def test_each_clinicians_day_is_one_choice_away(qtbot, clinic, make_window):
    from ptimer.operations import stopwatch
    from ptimer.operations.stopping import StopWish
    from ptimer.operations.stopwatch import StartWish

    for patient, name in (("P-1", "Ann"), ("P-2", "Bea")):
        stopwatch.start(clinic, StartWish("97110", (patient,), clinician=name))
        clinic.clock.advance(minutes=16)
        stopping.stop(clinic, StopWish())
    window = make_window(clinic)
    window.go("day-summary")
    screen = window.body.screens["day-summary"]
    screen.header.proof.click()
    panel = screen.proof.panel
    assert panel.whose.isVisible()
    panel.whose.setCurrentIndex(panel.whose.findData("Ann"))
    panel.whose.activated.emit(panel.whose.currentIndex())

    assert "P-1" in panel.lanes.accessibleDescription()
    assert "P-2" not in panel.lanes.accessibleDescription()


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("size", [(900, 600), (1280, 800)])
def test_both_panels_fit_their_window_and_are_told_apart(qtbot, evening, mode, size):
    evening.look.set_mode(mode)
    evening.resize(*size)
    for name, press, panel in (
        ("day-summary", lambda s: s.header.proof, lambda s: s.proof.panel),
        ("history", lambda s: s.page.packet, lambda s: s.packet.panel),
    ):
        evening.go(name)
        screen = evening.body.screens[name]
        press(screen).click()
        QApplication.processEvents()
        seen = panel(screen)

        assert seen.isVisible()
        assert evening.rect().contains(seen.geometry())
        assert cut_off(evening) == []
        assert overlapping(seen) == []
        seen.dismiss()
    evening.look.set_mode(Mode.LIGHT)


# -- lanes ---------------------------------------------------------------------------------------


BARS = tuple(
    Bar(Instant(n * HOUR), Instant((n + 1) * HOUR), shade, ("97110", f"P-{n}"), say("{n}", n=n))
    for n, shade in enumerate(Shade)
)
LANES = Lanes(Instant(0), Instant(5 * HOUR), (Lane(say("Group"), BARS),), ((Instant(0), "09:00"),))


@pytest.fixture
def lanes(qtbot, look):
    view = LanesView(look)
    qtbot.addWidget(view)
    view.resize(900, view.height())
    view.show_lanes(LANES)
    view.resize(900, view.sizeHint().height())
    return view


def test_the_mouse_finds_the_bar_that_it_points_at(lanes):
    width = (900 - 96 - 24) / 5

    found = [lanes.bar_at(QPointF(96 + (n + 0.5) * width, 20)) for n in range(5)]
    assert found == list(BARS)
    assert lanes.bar_at(QPointF(20, 20)) is None
    assert lanes.accessibleDescription() == "0; 1; 2; 3; 4"


def test_each_shade_looks_otherwise(lanes):
    picture = QImage(lanes.grab().toImage())
    width = (900 - 96 - 24) / 5

    grounds = set()
    for n in range(5):
        column = round(96 + n * width) + 6
        grounds.add(tuple(picture.pixelColor(column + x, 8).name() for x in range(24)))
    assert len(grounds) == 5


def test_nothing_is_drawn_where_there_is_no_day(lanes):
    lanes.show_lanes(None)

    assert lanes.isHidden()
    assert lanes.accessibleDescription() == ""
    assert lanes.bar_at(QPointF(200, 20)) is None
