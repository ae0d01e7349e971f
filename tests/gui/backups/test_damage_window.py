"""A damaged record at the start: a backup, what can be read, or nothing; all by keyboard."""

import io

import pytest
from PySide6.QtCore import QSize, Qt

from ptimer.gui.backups.damage_window import DamageWindow
from ptimer.gui.start_problem import settled, tell
from ptimer.operations import backing_up, snapshots, visiting
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Damaged
from ptimer.wording import say

SOON = 10_000


@pytest.fixture
def folder(clinic, clock):
    """A record whose first page is zeros: a backup of one visit, and another visit since."""
    visiting.open_visit(clinic, "P-1")
    backing_up.back_up(clinic)
    clock.advance(minutes=5)
    visiting.open_visit(clinic, "P-2")
    clinic.close()
    file = clinic.folder / "ptimer.db"
    file.write_bytes(bytes(4096) + file.read_bytes()[4096:])
    return clinic.folder


@pytest.fixture
def damage(qtbot, look, folder, clock):
    """The window of choices, once it knows the newest backup."""
    with pytest.raises(Damaged) as told:
        open_clinic(folder, clock)
    window = DamageWindow(look, told.value, folder, clock)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: "Looking" not in window.backup.text(), timeout=SOON)
    return window


def patients(folder, clock):
    clinic = open_clinic(folder, clock)
    found = sorted(each.visit.patient for each in snapshots.today(clinic).visits)
    clinic.close()
    return found


def test_it_names_the_file_and_the_newest_whole_backup(damage, folder):
    assert str(folder / "ptimer.db") in damage.problem.text()
    assert "Nothing was changed" in damage.problem.text()
    assert "ptimer restore" not in damage.problem.text()  # here that is a button
    assert damage.backup.text() == (
        "The newest whole backup is of Mon 23 Nov 2026 10:00: 1 visit, 0 segments."
    )
    assert damage.restore.hasFocus()


def test_on_a_small_screen_every_choice_is_inside_it_or_scrolled_to(damage):
    damage.place(QSize(640, 400))

    assert (damage.width(), damage.height()) == (640, 360)


def test_enter_restores_the_backup_and_the_damaged_file_is_kept(qtbot, damage, folder, clock):
    damaged = (folder / "ptimer.db").read_bytes()
    with qtbot.waitSignal(damage.closed, timeout=SOON):
        qtbot.keyClick(damage.restore, Qt.Key.Key_Return)

    assert damage.settled
    assert patients(folder, clock) == ["P-1"]
    assert (folder / "backups" / "damaged.db").read_bytes() == damaged


def test_what_can_be_read_is_shown_before_it_takes_the_records_place(qtbot, damage, folder, clock):
    before = (folder / "ptimer.db").read_bytes()
    damage.salvage.setFocus()
    qtbot.keyClick(damage.salvage, Qt.Key.Key_Space)
    qtbot.waitUntil(damage.use.isVisible, timeout=SOON)
    assert damage.read.text() == "Read from the damaged file: 2 visits, 0 segments."
    assert damage.found.text() == "Nothing is known to be missing."
    assert (folder / "ptimer.db").read_bytes() == before, "nothing is done by itself"

    assert damage.use.hasFocus()
    with qtbot.waitSignal(damage.closed, timeout=SOON):
        qtbot.keyClick(damage.use, Qt.Key.Key_Return)
    assert damage.settled
    assert patients(folder, clock) == ["P-1", "P-2"]


def test_escape_changes_nothing(qtbot, damage, folder):
    before = {path: path.read_bytes() for path in folder.rglob("*.db")}
    with qtbot.waitSignal(damage.closed, timeout=SOON):
        qtbot.keyClick(damage, Qt.Key.Key_Escape)

    assert not damage.settled
    assert {path: path.read_bytes() for path in folder.rglob("*.db")} == before


def test_without_a_backup_what_can_be_read_is_offered_alone(qtbot, look, folder, clock):
    for path in (folder / "backups").iterdir():
        path.unlink()
    problem = Damaged(say("{file} is damaged", file="x"), folder / "ptimer.db")
    window = DamageWindow(look, problem, folder, clock)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(window.salvage.isEnabled, timeout=SOON)

    assert window.salvage.hasFocus()
    assert window.backup.text() == "There is no backup that is whole."
    assert not window.restore.isVisible()


def test_what_cannot_be_read_is_told_and_the_choices_stay(qtbot, damage, folder):
    (folder / "ptimer.db").write_bytes(b"nothing of a record" * 1000)
    damage.salvage.click()
    qtbot.waitUntil(lambda: "no visit and no time" in damage.said.text(), timeout=SOON)

    assert damage.restore.isEnabled()
    assert damage.salvage.isVisible()
    assert not damage.settled


def test_in_a_terminal_the_commands_are_named_and_no_window_opens(folder, clock, monkeypatch):
    errors = io.StringIO()
    monkeypatch.setattr("sys.stderr", errors)
    with pytest.raises(Damaged) as told:
        open_clinic(folder, clock)

    assert not settled(told.value, folder, clock)
    tell(told.value, clock)
    assert "ptimer restore FILE" in errors.getvalue()
    assert "ptimer salvage" in errors.getvalue()
    assert "backups/ptimer-20261123-100000.db" in errors.getvalue().replace("\\", "/")
