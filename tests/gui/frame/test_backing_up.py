"""The record is backed up by itself: at the start, every hour, and never in silence where not."""

import pytest

from ptimer.gui import background
from ptimer.operations import backing_up, backups, setting_values, visiting
from ptimer.operations.clinic_settings import BACKUP_FOLDER

SOON = 10_000


@pytest.fixture
def treated(clinic):
    visiting.open_visit(clinic, "P-1")
    return clinic


@pytest.fixture
def done(qtbot):
    """Wait until a backup that is under way is over."""

    def done(window):
        background.wait_for_done()
        qtbot.waitUntil(lambda: window.backing_up.idle, timeout=SOON)

    return done


def made(clinic):
    return len(backups.listed(clinic.folder, clinic.clock))


def test_it_is_backed_up_at_the_start_and_then_hourly_where_something_changed(
    treated, make_window, clock, done
):
    window = make_window(treated)
    window.backing_up.watch()
    done(window)
    assert window.footer.backup.text() == "Backup 10:00 today"
    assert not window.messages.shown, "what went well is not worth a word"

    for minutes, patient, expected in ((59, "P-2", 1), (1, "", 2), (60, "", 2), (60, "P-3", 3)):
        clock.advance(minutes=minutes)
        if patient:
            visiting.open_visit(treated, patient)
        window.backing_up.begin_if_due()
        done(window)
        assert made(treated) == expected, (minutes, patient)


def test_a_clock_that_was_set_back_does_not_put_it_off_for_long(treated, make_window, clock, done):
    window = make_window(treated)
    window.backing_up.watch()
    done(window)
    clock.advance(hours=-8)
    visiting.open_visit(treated, "P-2")
    window.backing_up.begin_if_due()
    done(window)

    assert made(treated) == 2


def test_a_second_folder_that_is_missing_is_said_once(treated, make_window, clock, tmp_path, done):
    second = tmp_path / "drive"
    setting_values.change(treated, BACKUP_FOLDER, str(second))
    window = make_window(treated)
    window.backing_up.watch()
    done(window)
    assert window.bar.title.text() == "Backed up on this PC only"
    assert "drive" in window.bar.text.text()

    window.messages.dismiss()
    clock.advance(hours=1)
    window.backing_up.begin_if_due()
    done(window)
    assert not window.messages.shown

    second.mkdir()
    clock.advance(hours=1)
    window.backing_up.begin_if_due()
    done(window)
    assert [path.name for path in second.glob("*.db")] == ["ptimer-20261123-100000.db"]


def test_a_backup_that_could_not_be_made_is_said_and_leads_to_the_backups(
    qtbot, treated, make_window, done
):
    (treated.folder / "backups").write_text("no folder")
    window = make_window(treated)
    window.backing_up.watch()
    done(window)

    assert window.bar.title.text() == "Not backed up"
    assert window.footer.backup.text() == "No backup yet: back up now"
    window.bar.buttons[0].click()
    assert window.body.name == "backups"
    background.wait_for_done()


def test_a_locked_window_says_it_after_it_is_unlocked(treated, make_window, clock, done):
    (treated.folder / "backups").write_text("no folder")
    window = make_window(treated)
    window.lock()
    window.backing_up.watch()
    done(window)
    assert not window.messages.shown

    window.unlock()
    clock.advance(hours=1)
    window.backing_up.begin_if_due()
    done(window)
    assert window.bar.title.text() == "Not backed up"


def test_nothing_recorded_is_nothing_to_back_up(window, clinic, done):
    window.backing_up.watch()
    done(window)

    assert backing_up.last_backup(clinic) is None
    assert not window.messages.shown
