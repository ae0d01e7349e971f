"""CMS's tables come in by a press, beside the window's work, and the books tell at once."""

import threading

import pytest
from PySide6.QtCore import Qt

from ptimer.gui import background
from ptimer.gui.codes.codes_screen import CodesScreen
from ptimer.operations import cms_tables
from tests import cms_samples as cms

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 10_000
ROWS = cms.pair_rows()
LESS = [("97110", 2, 2) if code[0] == "97110" else code for code in cms.MUE_VALUES]

pytestmark = pytest.mark.usefixtures("no_thread_is_left")


@pytest.fixture
def screen(demo_morning):
    """The books; `said` are the bar's messages."""
    window, _ = demo_morning
    screen = CodesScreen(window.look, window.desk, window.times, window.today)
    screen.said = []
    window.desk.told.connect(screen.said.append)
    window.offer_screen("codes", lambda: screen)
    window.go("codes")
    return screen


@pytest.fixture
def bring_in(qtbot, screen):
    """Press the button, name a file, and wait until it is told how it went."""

    def bring_in(path):
        screen.tables.ask_table = lambda *_: path
        qtbot.mouseClick(screen.tables.button, LEFT)
        qtbot.waitUntil(lambda: not screen.tables.under_way)
        return screen.said[-1] if screen.said else None

    return bring_in


def rules(screen):
    return {e.rule: (e.text.text(), e.edition.text()) for e in screen.rules.entries}


def test_before_an_import_the_extract_is_named(screen):
    assert rules(screen)["ptp-pair"] == (
        "NCCI practitioner pairs (therapy extract in force 2024-07-01)",
        "Extract of 2024-07-01: newer CMS files were not imported",
    )


def test_pairs_come_in_and_are_in_force_at_once(bring_in, screen, tmp_path):
    message = bring_in(cms.ptp_file(tmp_path, ROWS))

    assert (message.kind, message.title) == (
        "info",
        "NCCI pairs of 2026 Q3, in force from 1 Jul 2026",
    )
    assert "Nothing is otherwise than in the extract of 2024-07-01" in message.text
    source, edition = rules(screen)["ptp-pair"]
    assert source == f"NCCI practitioner pairs, table of 2026-07-01 ({cms.PTP_NAME}.zip)"
    assert edition == "Edition 2026 Q3, in force from 1 Jul 2026"
    assert not screen.tables.strip.isVisible()
    assert screen.tables.button.isEnabled()


def test_units_a_day_change_the_table_of_codes_and_the_footer(
    bring_in, demo_morning, screen, tmp_path
):
    window, _ = demo_morning

    def limits():
        return {row.code: row.limit for row in screen.table.rows.codes.rows}

    before = limits()
    message = bring_in(cms.mue_file(tmp_path, LESS))

    assert "97110 now 2 units (indicator 2)" in message.text
    assert "MUE): 2026 Q3" in window.footer.rules.toolTip()
    assert (before["97110"][:1], limits()["97110"][:1]) == ("6", "2")


def test_a_foreign_file_is_told_and_changes_nothing(bring_in, screen, tmp_path):
    path = tmp_path / "2026q3.txt"
    path.write_bytes(b"Dear Sir,\n")
    before = rules(screen)

    message = bring_in(path)
    assert (message.kind, message.title) == ("bad", "Not imported")
    assert "neither CMS's table of pairs" in message.text
    assert rules(screen) == before


def test_who_names_no_file_is_told_nothing(bring_in, screen):
    assert bring_in(None) is None
    assert not screen.tables.under_way


def test_called_off_nothing_comes_in(qtbot, screen, tmp_path, monkeypatch):
    reached, go_on = threading.Event(), threading.Event()
    really_read = cms_tables.read

    def read(path, codes, told):
        told(1, 4)
        reached.set()
        assert go_on.wait(PATIENCE_MS / 1000)
        return really_read(path, codes, told)

    monkeypatch.setattr(cms_tables, "read", read)
    path = cms.ptp_file(tmp_path, ROWS)
    screen.tables.ask_table = lambda *_: path
    before = rules(screen)
    qtbot.mouseClick(screen.tables.button, LEFT)
    qtbot.waitUntil(lambda: screen.tables.strip.words.text() == "Reading the table: 25 %")
    assert not screen.tables.button.isEnabled()

    qtbot.waitUntil(reached.is_set)
    qtbot.mouseClick(screen.tables.strip.cancel, LEFT)
    go_on.set()
    assert background.wait_for_done(PATIENCE_MS)

    assert [message.title for message in screen.said] == ["Called off: nothing was imported"]
    screen.desk.clinic.reload_rulebook()
    screen.refresh()
    assert rules(screen) == before
