"""The backups' page: what is there, what a restore would lose, and one question before it."""

import pytest
from PySide6.QtCore import Qt

from ptimer.gui.start import stay_open
from ptimer.operations import backing_up, snapshots, visiting
from ptimer.operations.clinic import open_clinic

LEFT = Qt.MouseButton.LeftButton
SOON = 10_000


@pytest.fixture
def backups(clinic, clock):
    """Two backups: of one visit at ten, of two visits at eleven; now there are three."""
    made = []
    for patient in ("P-1", "P-2", "P-3"):
        visiting.open_visit(clinic, patient)
        if patient != "P-3":
            made.append(backing_up.back_up(clinic).path)
        clock.advance(hours=1)
    return made


@pytest.fixture
def page(qtbot, backups, make_window, clinic):
    """The page, with its list and the newest one's preview."""
    window = make_window(clinic)
    return open_page(qtbot, window)


def open_page(qtbot, window):
    qtbot.mouseClick(window.header.places["settings"], LEFT)
    qtbot.mouseClick(window.body.screens["settings"].backups, LEFT)
    page = window.body.screens["backups"]
    qtbot.waitUntil(lambda: page.panel.restore.isVisible(), timeout=SOON)
    return page


def lines(page):
    return [(row.title, row.detail) for row in page.rows if row.isVisible()]


def test_each_backup_is_listed_with_what_it_holds_the_newest_first(page):
    (first, about), (second, _) = lines(page)

    assert first == "Mon 23 Nov 2026 11:00"
    assert second == "Mon 23 Nov 2026 10:00"
    assert about.startswith("2 visits, 0 segments, checked · ")
    assert page.rows[0].accessibleName() == f"{first}: {about}"
    assert page.rows[0].isChecked()


def test_the_newest_ones_preview_names_what_would_be_lost(page):
    assert page.panel.title.text() == "Backup of Mon 23 Nov 2026 11:00"
    assert page.panel.lost.text() == "1 visit, 0 segments; changes since: 1"
    assert "P-3" in page.panel.visits.text()
    assert "P-2" not in page.panel.visits.text()


def test_another_one_is_looked_at_by_keyboard(qtbot, page):
    row = page.rows[1]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "10:00" in page.panel.title.text(), timeout=SOON)

    assert page.panel.lost.text() == "2 visits, 0 segments; changes since: 2"
    assert [each.isChecked() for each in page.rows] == [False, True]


def test_escape_takes_the_question_back_and_then_leaves_the_page(qtbot, page):
    window = page.centre.window()
    qtbot.mouseClick(page.panel.restore, LEFT)
    assert page.panel.yes.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not page.panel.yes.isVisible()
    assert page.panel.restore.isVisible()

    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.body.name == "settings"


def test_a_damaged_one_is_told_and_offers_no_restore(qtbot, backups, make_window, clinic):
    backups[1].write_bytes(b"rotten")
    page = open_page(qtbot, make_window(clinic))

    assert lines(page)[0][1].startswith("NOT whole · ")
    assert "10:00" in page.panel.title.text(), "the newest whole one is looked at"
    qtbot.mouseClick(page.rows[0], LEFT)
    qtbot.waitUntil(lambda: "damaged" in page.panel.title.text(), timeout=SOON)
    assert not page.panel.restore.isVisible()


def test_a_backup_made_meanwhile_is_in_the_list(qtbot, page):
    window = page.centre.window()
    qtbot.mouseClick(page.now, LEFT)
    qtbot.waitUntil(lambda: len(lines(page)) == 3, timeout=SOON)

    assert lines(page)[0][0] == "Mon 23 Nov 2026 13:00"
    assert window.bar.title.text() == "Backed up"


def test_two_presses_restore_and_the_window_opens_anew_on_it(qtbot, backups, clinic):
    seen = []

    def stay(window):
        with qtbot.waitExposed(window):
            pass
        if not seen:
            seen.append([each.visit.patient for each in window.desk.today.visits])
            page = open_page(qtbot, window)
            qtbot.mouseClick(page.panel.restore, LEFT)
            qtbot.mouseClick(page.panel.yes, LEFT)
        else:
            seen.append([each.visit.patient for each in window.desk.today.visits])
            seen.append((window.body.name, window.bar.title.text(), window.bar.text.text()))
            window.close()
            window.deleteLater()
        return 7

    assert stay_open(clinic, stay) == 7
    before, after, (screen, title, text) = seen
    assert sorted(before) == ["P-1", "P-2", "P-3"]
    assert sorted(after) == ["P-1", "P-2"]
    assert (screen, title) == ("today", "Restored")
    assert "replaced.db" in text.replace("\u200b", "")


def test_what_is_in_use_elsewhere_is_not_restored_and_the_window_comes_back(
    qtbot, backups, clinic, clock
):
    other = open_clinic(clinic.folder, clock)
    seen = []

    def stay(window):
        with qtbot.waitExposed(window):
            pass
        if not seen:
            page = open_page(qtbot, window)
            qtbot.mouseClick(page.panel.restore, LEFT)
            other.connection.execute("begin")
            other.connection.execute("select count(*) from visits").fetchone()
            qtbot.mouseClick(page.panel.yes, LEFT)
            seen.append("asked")
        else:
            other.connection.rollback()
            seen.append(window.bar.title.text())
            seen.append(len(window.desk.today.visits))
            window.close()
            window.deleteLater()
        return 0

    stay_open(clinic, stay)
    other.close()
    assert seen == ["asked", "Not restored", 3]


def test_at_the_end_what_has_changed_is_backed_up(qtbot, clinic):
    visiting.open_visit(clinic, "P-1")

    def stay(window):
        with qtbot.waitExposed(window):
            pass
        window.close()
        window.deleteLater()
        return 0

    stay_open(clinic, stay)
    assert backing_up.last_backup(clinic) == clinic.clock.now()
    assert len(snapshots.today(clinic).visits) == 1
