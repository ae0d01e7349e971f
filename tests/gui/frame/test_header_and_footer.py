"""The lines at the top and at the bottom: who, when, what is recorded, and where."""

import shutil

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QLabel

from ptimer.billing.conflicts import Role
from ptimer.gui.frame.main_window import MainWindow
from ptimer.gui.texts import Times
from ptimer.operations import backing_up, demo, people
from ptimer.operations.clinic import open_clinic

LEFT = Qt.MouseButton.LeftButton


# -- the header ----------------------------------------------------------------------------------


def test_date_and_time_are_shown_and_go_on(window, clock, pass_time):
    assert window.header.clock.text() == "Mon 23 Nov 2026 · 10:00"

    pass_time(window, clock, minutes=1)

    assert window.header.clock.text() == "Mon 23 Nov 2026 · 10:01"


def test_a_narrow_window_keeps_the_time_and_leaves_the_date_out(window, clock, pass_time):
    window.resize(900, 600)
    assert window.header.clock.text() == "10:00"
    pass_time(window, clock, minutes=1)
    assert window.header.clock.text() == "10:01"

    window.resize(1280, 800)

    assert window.header.clock.text() == "Mon 23 Nov 2026 · 10:01"


def test_times_are_written_as_the_system_writes_them(clock):
    american = Times(clock.zone, QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))

    assert american.time(clock.now()).replace("\u202f", " ") == "10:00 AM"


def test_who_treats_is_said_with_credentials(demo_morning):
    window, _ = demo_morning

    assert window.header.who.text() == "Demo Clinician, OTR/L"
    assert window.header.who.accessibleName() == "Who treats: Demo Clinician, OTR/L. Change"


def test_another_role_is_said_at_once(demo_morning):
    window, _ = demo_morning
    window.desk.treat_as("Demo Clinician", Role.ASSISTANT)

    assert window.header.who.text() == "Demo Clinician, OTR/L · assistant"


def test_a_name_cut_in_a_narrow_window_is_heard_and_shown_in_full(demo_morning):
    window, _ = demo_morning
    window.resize(900, 600)

    assert window.header.who.text().endswith("…")
    assert "Demo Clinician, OTR/L" in window.header.who.accessibleName()
    assert "Demo Clinician, OTR/L" in window.header.who.toolTip()


def test_a_press_on_who_treats_lets_another_take_over(qtbot, demo_morning):
    window, _ = demo_morning
    window.desk.attempt(lambda c: people.switch_to(c, "Kim", role=Role.THERAPIST), refresh=False)
    window.desk.refresh()
    qtbot.mouseClick(window.header.who, LEFT)

    assert window._who.isVisible()


@pytest.mark.parametrize("place", ["day-summary", "codes", "today"])
def test_each_place_is_one_press_and_marked(qtbot, demo_morning, place):
    window, _ = demo_morning
    qtbot.mouseClick(window.header.places[place], LEFT)

    assert window.body.name == place
    marked = [name for name, button in window.header.places.items() if button.isChecked()]
    assert marked == [place]


def test_a_second_press_on_a_place_keeps_it_marked(qtbot, window):
    for _ in range(2):
        qtbot.mouseClick(window.header.places["today"], LEFT)

    assert window.header.places["today"].isChecked()


@pytest.fixture
def demo_day(tmp_path, clock, make_window):
    """A window on a demo day that was made to be tried."""
    made = demo.make(tmp_path, clock, until=demo.MID_MORNING)
    clinic = open_clinic(made.folder, clock)
    yield make_window(clinic)
    clinic.close()


def test_a_demo_day_says_so_for_as_long_as_it_is_open(demo_day):
    assert demo_day.header.demo.isVisible()
    assert demo_day.header.demo.text() == "demo day"


def test_a_real_day_does_not(window):
    assert not window.header.demo.isVisible()


def test_the_lock_hides_every_id_and_what_runs_goes_on(qtbot, demo_morning, pass_time):
    window, clock = demo_morning
    qtbot.mouseClick(window.header.lock, LEFT)
    pass_time(window, clock, minutes=1)

    assert window.locked
    shown = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    assert not any("P-1042" in text for text in shown)
    assert "P-1042" not in window.windowTitle()
    assert [s.code for s in window.desk.today.running] == ["97112"]
    assert not window.header.who.isVisible()
    assert not window.footer.backup.isEnabled()


def test_no_key_of_the_cards_or_places_works_while_it_is_locked(qtbot, demo_morning):
    window, _ = demo_morning
    window.lock()
    ctrl = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_2, Qt.Key.Key_R, Qt.Key.Key_E, Qt.Key.Key_Plus, Qt.Key.Key_Question):
        qtbot.keyClick(window, key)
    for key in (Qt.Key.Key_N, Qt.Key.Key_E):
        qtbot.keyClick(window, key, ctrl)

    assert window.body.name == "lock"
    assert [s.code for s in window.desk.today.running] == ["97112"]


# -- the footer ----------------------------------------------------------------------------------


def test_nothing_recorded_is_said_and_then_when_the_last_press_was(qtbot, window, clock):
    assert window.footer.recorded.text() == "Ready, nothing recorded yet"
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.today.visits.form.patient, "P-1")
    qtbot.keyClick(window.today.visits.form.patient, Qt.Key.Key_Return)
    clock.advance(seconds=7)
    qtbot.keyClick(window, Qt.Key.Key_1)

    assert window.footer.recorded.text() == "✓ Recorded 10:00:07"


def test_the_next_press_that_is_recorded_ends_the_alarm(qtbot, demo_morning):
    window, _ = demo_morning
    window.footer.show_not_recorded()
    alarm = window.footer.recorded.palette().windowText().color()
    qtbot.keyClick(window, Qt.Key.Key_Space)

    assert window.footer.recorded.text() == "✓ Recorded 10:36:07"
    assert window.footer.recorded.palette().windowText().color() != alarm


def test_where_the_record_lies_is_said_and_its_folder_shown(window):
    assert window.footer.database.text() == "Database on this PC"
    assert str(window.desk.clinic.folder) in window.footer.database.toolTip()


def test_the_rules_in_force_are_named(window):
    assert window.footer.rules.text().startswith("Rules: CMS 2026 · NCCI extract of ")


def test_without_a_backup_it_asks_for_one_and_a_press_makes_it(qtbot, window):
    window.show_backup()
    assert window.footer.backup.text() == "No backup yet: back up now"
    qtbot.mouseClick(window.footer.backup, LEFT)
    assert window.footer.backup.text() == "Backing up…"
    qtbot.waitUntil(lambda: window.messages.shown, timeout=5000)

    assert window.footer.backup.text() == "Backup 10:00 today"
    assert window.bar.title.text() == "Backed up"
    assert "checked" in window.bar.text.text()
    made = window.desk.attempt(backing_up.last_backup, refresh=False)
    assert made is not None


def test_a_backup_of_another_day_is_told_with_its_date_and_offered_anew(window, clock):
    window.desk.attempt(backing_up.back_up, refresh=False)
    clock.advance(hours=26)
    window.show_backup()

    assert window.footer.backup.text() == "Backup of Mon 23 Nov 2026: back up now"


def test_a_backup_before_midnight_is_not_called_todays(window, clock):
    window.desk.attempt(backing_up.back_up, refresh=False)
    clock.advance(hours=15)
    window.show_backup()

    assert "today" not in window.footer.backup.text()


def test_a_backup_that_could_not_be_made_is_told_and_none_is_claimed(qtbot, window):
    window.show_backup()
    backups = window.desk.clinic.folder / "backups"
    shutil.rmtree(backups, ignore_errors=True)
    backups.write_text("in the way", encoding="utf-8")
    qtbot.mouseClick(window.footer.backup, LEFT)
    qtbot.waitUntil(lambda: window.messages.shown, timeout=5000)

    assert window.footer.backup.text() == "No backup yet: back up now"
    assert window.bar.title.text() == "Not backed up"
    assert "NOT" not in window.footer.recorded.text(), "every press is recorded all the same"


def test_presses_go_on_while_a_backup_is_made_and_a_second_wish_is_the_same(qtbot, demo_morning):
    window, _ = demo_morning
    qtbot.mouseClick(window.footer.backup, LEFT)
    qtbot.mouseClick(window.footer.backup, LEFT)
    qtbot.keyClick(window, Qt.Key.Key_Space)

    assert window.desk.today.running == ()
    qtbot.waitUntil(lambda: window.bar.title.text() == "Backed up", timeout=5000)
    assert len(list((window.desk.clinic.folder / "backups").glob("*103607*.db"))) == 1


# -- closing -------------------------------------------------------------------------------------


def test_closing_the_window_stops_nothing_and_leaves_no_doubt(demo_morning, make_window):
    window, clock = demo_morning
    clinic = window.desk.clinic
    window.close()
    clock.advance(minutes=30)
    again = make_window(clinic)

    assert isinstance(again, MainWindow)
    assert [s.code for s in again.desk.today.running] == ["97112"]
    assert again.desk.in_doubt() == ()
