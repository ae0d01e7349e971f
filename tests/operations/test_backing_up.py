"""When the record is backed up, where to, which backups stay, and what each is known to hold."""

import os
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ptimer.operations import (
    backing_up,
    backups,
    clinic_settings,
    coming,
    importing,
    keeping,
    preferences,
    setting_values,
    snapshots,
    watching,
)
from ptimer.operations.clinic import open_clinic
from ptimer.operations.clinic_settings import BACKUP_DAYS, BACKUP_FOLDER, BACKUP_HOURS
from ptimer.operations.errors import BadData, Busy, Damaged, Misused
from ptimer.storage import backup
from tests.cli.command_line import segments_file

LINE = "P-1,Medicare,PT,Ana,therapist,97110,2026-11-22T08:00,2026-11-22T08:30"


@pytest.fixture
def kept(folder):
    """Return the names of the backups in the record's own folder, the oldest first."""
    return lambda: sorted(path.name for path in (folder / "backups").glob("*"))


@pytest.fixture
def second(clinic, tmp_path):
    """A second folder that is named in the settings."""
    second = tmp_path / "drive"
    second.mkdir()
    setting_values.change(clinic, BACKUP_FOLDER, str(second))
    return second


def auto(clinic):
    return backing_up.back_up_if_changed(clinic)


def test_an_empty_record_is_not_backed_up(clinic, folder):
    assert auto(clinic) is None
    assert not (folder / "backups").exists()


def test_a_record_is_backed_up_again_only_once_something_has_changed(clinic, timed, clock, kept):
    timed("97110")
    first = auto(clinic)
    clock.advance(hours=1)
    again = auto(clinic)

    assert (first.is_new, again.is_new, again.path) == (True, False, first.path)
    timed("97140")
    assert auto(clinic).is_new
    assert len(kept()) == 2


def test_what_a_window_does_by_itself_is_no_change(clinic, start, clock, kept):
    start("97110")
    auto(clinic)
    clock.advance(minutes=1)
    watching.beat(clinic)
    preferences.write(clinic, preferences.WINDOW, "somewhere else")

    auto(clinic)
    assert len(kept()) == 1


@pytest.mark.parametrize("change", ["setting", "arrival", "sign"])
def test_whatever_a_person_changes_is_a_change(clinic, timed, clock, sign, kept, change):
    visit_id = timed("97110").visit_id
    auto(clinic)
    clock.advance(hours=1)
    if change == "setting":
        setting_values.change(clinic, clinic_settings.PLACE_OF_SERVICE, "11")
    elif change == "arrival":
        coming.arrive(clinic, visit_id)
    else:
        sign(visit_id)

    auto(clinic)
    assert len(kept()) == 2


def test_a_damaged_backup_does_not_count_as_one(clinic, timed, clock, kept):
    timed("97110")
    made = auto(clinic)
    made.path.write_bytes(b"rotten")
    clock.advance(hours=1)

    assert auto(clinic).is_new
    assert backup.prove(auto(clinic).path).segments == 1


def test_the_last_of_each_hour_stays(clinic, timed, clock, kept):
    for _ in range(3):
        timed("97110", minutes=10)
        auto(clinic)

    # 10:10 and 10:20 give way to what is made at 10:30.
    assert kept() == ["ptimer-20261123-103000.db"]
    clock.advance(hours=1)
    timed("97110", minutes=1)
    auto(clinic)
    assert kept() == ["ptimer-20261123-103000.db", "ptimer-20261123-113100.db"]


def test_how_many_stay_is_a_setting(clinic, timed, clock, kept):
    setting_values.change(clinic, BACKUP_HOURS, 1)
    setting_values.change(clinic, BACKUP_DAYS, 2)
    for _ in range(4):
        timed("97110")
        auto(clinic)
        clock.advance(hours=24)

    assert [name[7:15] for name in kept()] == ["20261125", "20261126"]


def test_only_what_ptimer_made_itself_is_ever_removed(clinic, timed, clock, folder, kept):
    timed("97110")
    own = auto(clinic).path
    names = {"ptimer-20261101-090000.db", "replaced.db", "mine.db", "damaged.db"}
    for name in names:
        shutil.copy(own, own.with_name(name))
    setting_values.change(clinic, BACKUP_HOURS, 1)
    for _ in range(3):
        clock.advance(minutes=5)
        timed("97140", minutes=1)
        auto(clinic)

    assert not own.exists(), "the newest of its hour took its place"
    assert set(kept()) == {*names, "ptimer-20261123-103300.db"}


def test_a_clock_set_back_takes_no_backup_away_and_makes_new_ones(clinic, timed, clock, kept):
    timed("97110")
    auto(clinic)
    clock.advance(hours=-5)
    setting_values.change(clinic, BACKUP_HOURS, 1)
    auto(clinic)

    assert len(kept()) == 2


def test_a_backup_of_the_same_second_takes_no_other_ones_place(clinic, timed, kept):
    timed("97110")
    backing_up.back_up(clinic)
    backing_up.back_up(clinic)

    assert kept() == ["ptimer-20261123-101500-2.db", "ptimer-20261123-101500.db"]


def test_each_backup_is_copied_to_the_second_folder(clinic, timed, second):
    timed("97110")
    made = auto(clinic)

    assert made.second == second / made.path.name
    assert backup.prove(made.second).segments == 1
    assert made.second_problem is None


def test_a_second_folder_that_is_missing_is_told_and_tried_again(clinic, timed, clock, second):
    second.rmdir()
    timed("97110")
    made = auto(clinic)
    assert made.path.exists()
    assert made.second is None
    assert str(second) in str(made.second_problem)
    assert not second.exists(), "none is made where a drive is missing"

    second.mkdir()
    clock.advance(hours=1)
    again = auto(clinic)
    assert (again.is_new, again.second) == (False, second / made.path.name)
    assert again.second_problem is None


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="may write everywhere")
def test_a_second_folder_that_may_not_be_written_to_is_told(clinic, timed, second):
    second.chmod(0o500)
    timed("97110")
    made = auto(clinic)
    second.chmod(0o700)

    assert "Permission denied" in str(made.second_problem)
    assert list(second.iterdir()) == []


def test_in_the_second_folder_too_only_own_backups_are_removed(clinic, timed, clock, second):
    setting_values.change(clinic, BACKUP_HOURS, 1)
    other_pc = second / "ptimer-20261123-100000.db"
    other_pc.write_bytes(b"another PC's")
    for _ in range(3):
        timed("97110", minutes=5)
        auto(clinic)

    assert sorted(path.name for path in second.iterdir()) == [
        "ptimer-20261123-100000.db",
        "ptimer-20261123-101500.db",
    ]


@pytest.mark.parametrize("folder_name", ["backups", "./x", "somewhere/else"])
def test_a_second_folder_is_a_whole_path(clinic, folder_name):
    with pytest.raises(Misused, match="no whole path"):
        setting_values.change(clinic, BACKUP_FOLDER, folder_name)


def test_an_import_is_preceded_by_a_backup(clinic, timed, kept, tmp_path):
    timed("97110")
    importing.import_file(clinic, segments_path(tmp_path))

    (name,) = kept()
    assert name == "ptimer-20261123-101500-before-import.db"
    listed = backups.listed(clinic.folder, clinic.clock)
    assert [(each.before, each.visits, each.segments) for each in listed] == [("import", 1, 1)]


def test_a_dry_run_and_a_file_that_is_wrong_make_none(clinic, timed, folder, tmp_path):
    timed("97110")
    importing.import_file(clinic, segments_path(tmp_path), dry_run=True)
    wrong = segments_path(tmp_path, LINE.replace("97110", "nothing"))
    with pytest.raises(BadData):
        importing.import_file(clinic, wrong)

    assert not (folder / "backups").exists()


def segments_path(tmp_path, line=LINE):
    return Path(segments_file(tmp_path / "times.csv", line))


def test_an_import_that_cannot_be_preceded_by_a_backup_does_not_begin(
    clinic, timed, dump, folder, tmp_path
):
    timed("97110")
    (folder / "backups").write_text("no folder")
    before = dump()

    with pytest.raises(Busy, match="Nothing can be recorded in"):
        importing.import_file(clinic, segments_path(tmp_path))
    assert dump() == before


def test_a_draft_of_a_killed_program_goes_and_that_of_a_living_one_stays(clinic, timed, folder):
    timed("97110")
    place = folder / "backups"
    place.mkdir()
    dead = place / ".ptimer-20261123-090000.db.999999999.new"
    alive = place / f".ptimer-20261123-090000.db.{os.getppid()}.new"
    foreign = place / ".somebody.new"
    for path in (dead, alive, foreign, dead.with_name(f"{dead.name}-journal")):
        path.write_bytes(b"half")
    auto(clinic)

    assert {path.name for path in place.iterdir() if path.name.startswith(".")} == {
        alive.name,
        foreign.name,
    }


def test_a_demo_day_is_not_backed_up_by_itself(clinic, timed):
    timed("97110")
    clinic.is_demo = True

    assert auto(clinic) is None


# -- the list, and what a restore would lose -----------------------------------------------------


def test_a_backup_is_opened_again_only_where_it_is_another_one(clinic, timed, clock, monkeypatch):
    timed("97110")
    made = backing_up.back_up(clinic).path
    monkeypatch.setattr(backup, "prove", lambda path: pytest.fail(f"{path} is opened"))
    (listed,) = backups.listed(clinic.folder, clock)
    assert (listed.path, listed.proven, listed.segments) == (made, True, 1)
    assert listed.made_at == clock.now()

    monkeypatch.undo()
    made.write_bytes(made.read_bytes()[:-4096])
    (listed,) = backups.listed(clinic.folder, clock)
    assert not listed.proven
    assert "damaged" in str(listed.why)


def test_the_newest_whole_backup_is_offered_and_not_a_newer_damaged_one(clinic, timed, clock):
    timed("97110")
    good = backing_up.back_up(clinic).path
    clock.advance(hours=1)
    timed("97140")
    bad = backing_up.back_up(clinic).path
    content = bytearray(bad.read_bytes())
    content[4096 * 3 : 4096 * 20] = bytes(4096 * 17)
    stamp = bad.stat()
    bad.write_bytes(content)
    os.utime(bad, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert backups.newest_proven(clinic.folder, clock).path == good, "opened anew to be sure"


def test_backups_of_the_second_folder_are_listed_without_the_record(clinic, timed, second, file):
    timed("97110")
    made = auto(clinic)
    clinic.close()
    file.write_bytes(b"damaged" * 1000)
    made.path.unlink()

    (listed,) = backups.listed(clinic.folder, clinic.clock)
    assert (listed.path, listed.elsewhere, listed.proven) == (made.second, True, True)


def test_a_preview_names_visits_and_signatures_that_would_be_lost(clinic, timed, sign):
    old = timed("97110").visit_id
    made = backing_up.back_up(clinic).path
    sign(old)
    timed("97140", "Bob")

    lost = backups.preview(clinic.folder, made, clinic.clock).lost
    told = {visit.patient: visit for visit in lost.visits}
    assert told["Bob"].is_new
    assert told["Bob"].segments == 1
    assert not told["Ann"].is_new
    assert told["Ann"].is_signed_only_here
    assert (lost.new_visits, lost.segments) == (1, 1)


def test_a_preview_changes_nothing_and_leaves_nothing_beside_the_files(clinic, timed, folder, file):
    timed("97110")
    made = backing_up.back_up(clinic).path
    clinic.close()
    before = {path: path.read_bytes() for path in folder.rglob("*.db")}
    backups.preview(folder, made, clinic.clock)

    assert {path: path.read_bytes() for path in folder.rglob("*.db")} == before
    assert [path.name for path in made.parent.iterdir()] == [made.name]


# -- damage at the start -------------------------------------------------------------------------


def test_a_missing_record_beside_its_backups_is_never_begun_anew(
    clinic, timed, folder, clock, file
):
    timed("97110")
    made = backing_up.back_up(clinic).path
    clinic.close()
    for path in folder.glob("ptimer.db*"):
        path.unlink()

    with pytest.raises(Damaged, match="backups of it are still there") as told:
        open_clinic(folder, clock)
    assert told.value.file == file
    assert str(made) in str(backups.advice(told.value.file, clock))
    keeping.restore(folder, made)
    again = open_clinic(folder, clock)
    assert len(snapshots.day(again, date(2026, 11, 23)).visits) == 1
    again.close()


def test_the_log_of_a_lost_database_does_not_get_into_the_restored_one(
    clinic, timed, start, folder, file, clock
):
    timed("97110")
    made = backing_up.back_up(clinic).path
    start("97140", "Bob")
    log = file.with_name("ptimer.db-wal").read_bytes()
    clinic.close()
    for path in folder.glob("ptimer.db*"):
        path.unlink()
    file.with_name("ptimer.db-wal").write_bytes(log)

    done = keeping.restore(folder, made)
    assert done.segments == 1
    assert done.kept.name == "damaged.db"
    assert done.kept.with_name("damaged.db-wal").read_bytes() == log
    with sqlite3.connect(file) as record:
        assert record.execute("pragma integrity_check").fetchone() == ("ok",)
        assert record.execute("select count(*) from segments").fetchone() == (1,)
    record.close()
