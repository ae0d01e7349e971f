import sqlite3
from datetime import date

import pytest

from ptimer.operations import backing_up, keeping, snapshots
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import BadData, Busy, Misused
from ptimer.storage import window_lock


@pytest.fixture
def backup(clinic, timed, tmp_path):
    """A backup of a record with one visit in it."""
    timed("97110")
    return backing_up.back_up(clinic, tmp_path / "copy.db").path


@pytest.fixture
def codes(folder, clock):
    """Return the codes that the folder's record holds."""

    def codes():
        opened = open_clinic(folder, clock)
        day = snapshots.day(opened, date(2026, 11, 23))
        opened.close()
        return [code for visit in day.visits for code in visit.record.codes]

    return codes


def test_a_backup_holds_what_the_record_holds(clinic, timed, tmp_path):
    timed("97110")
    timed("97140", "Bob")
    made = backing_up.back_up(clinic, tmp_path / "elsewhere" / "copy.db")

    assert (made.visits, made.segments) == (2, 2)
    assert made.path == tmp_path / "elsewhere" / "copy.db"
    assert [path.name for path in made.path.parent.iterdir()] == ["copy.db"], "no draft is left"
    copy = sqlite3.connect(made.path)
    assert copy.execute("pragma integrity_check").fetchone() == ("ok",)
    assert copy.execute("pragma journal_mode").fetchone() == ("delete",), "one file is all of it"
    copy.close()


def test_a_backup_lies_by_itself_in_the_records_folder_named_after_its_moment(clinic, folder):
    made = backing_up.back_up(clinic)

    assert made.path == folder / "backups" / "ptimer-20261123-100000.db"
    assert backing_up.last_backup(clinic) == clinic.clock.now()


def test_the_newest_backup_is_told_whatever_else_lies_there(clinic, clock, folder):
    assert backing_up.last_backup(clinic) is None
    backing_up.back_up(clinic)
    clock.advance(hours=1)
    backing_up.back_up(clinic)
    newest = clock.now()
    for name in ("ptimer-before-the-move.db", "ptimer-zzz.db", "before-migration.db"):
        (folder / "backups" / name).write_bytes(b"")

    clock.advance(hours=1)
    assert backing_up.last_backup(clinic) == newest


def test_a_backup_can_be_made_while_something_runs(clinic, start, clock, tmp_path, codes, folder):
    start("97110")
    made = backing_up.back_up(clinic, tmp_path / "copy.db")
    clinic.close()
    keeping.restore(folder, made.path)

    assert codes() == ["97110"]


def test_the_record_is_not_backed_up_over_itself(clinic, timed, file, codes):
    timed("97110")

    with pytest.raises(Misused, match="belongs to the record"):
        backing_up.back_up(clinic, file)
    with pytest.raises(Misused, match="belongs to the record"):
        backing_up.back_up(clinic, file.parent / ".." / file.parent.name / file.name)
    assert codes() == ["97110"]


def test_a_place_that_cannot_be_written_to_is_told(clinic, tmp_path):
    (tmp_path / "no folder").write_text("a file")

    with pytest.raises(Busy, match="Nothing can be recorded in"):
        backing_up.back_up(clinic, tmp_path / "no folder" / "copy.db")


def test_a_damaged_record_makes_no_backup(clinic, another, start, file, tmp_path):
    start("97110")
    clinic.connection.execute("pragma wal_checkpoint(truncate)")
    (page,) = clinic.connection.execute(
        "select rootpage from sqlite_schema where name = 'segments_by_student'"
    ).fetchone()
    damaged = bytearray(file.read_bytes())
    damaged[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(damaged)

    with pytest.raises(BadData) as told:
        backing_up.back_up(another(), tmp_path / "copy.db")
    assert str(told.value).startswith(f"{file} is damaged"), "the record, and not the copy"
    assert str(told.value).count("\n") == 0
    assert not (tmp_path / "copy.db").exists()


def test_restoring_brings_back_what_was_and_keeps_what_it_replaces(
    clinic, backup, timed, folder, codes
):
    timed("97140")
    clinic.close()
    restored = keeping.restore(folder, backup)

    assert codes() == ["97110"]
    assert (restored.visits, restored.segments) == (1, 1)
    assert restored.kept == folder / "backups" / "replaced.db"
    keeping.restore(folder, restored.kept)
    assert codes() == ["97110", "97140"], "the replaced one is whole"


def test_each_replaced_record_is_kept(clinic, backup, folder):
    clinic.close()
    kept = [keeping.restore(folder, backup).kept.name for _ in range(3)]

    assert kept == ["replaced.db", "replaced-2.db", "replaced-3.db"]


def test_restoring_into_an_empty_folder_replaces_nothing(clinic, backup, tmp_path, clock):
    restored = keeping.restore(tmp_path / "new PC", backup)

    assert restored.kept is None
    opened = open_clinic(tmp_path / "new PC", clock)
    assert len(snapshots.today(opened).visits) == 1
    assert opened.connection.execute("pragma journal_mode").fetchone() == ("wal",)
    opened.close()


def test_a_damaged_record_is_replaced_and_kept_as_it_is(clinic, backup, folder, file, codes):
    clinic.close()
    file.write_bytes(b"damaged" * 1000)
    restored = keeping.restore(folder, backup)

    assert codes() == ["97110"]
    assert restored.kept.read_bytes() == b"damaged" * 1000


def test_the_last_changes_of_a_damaged_record_do_not_spoil_the_restored_one(
    clinic, backup, start, folder, file, codes
):
    start("97140")
    log = file.with_name(f"{file.name}-wal").read_bytes()
    clinic.close()
    file.write_bytes(b"damaged" * 1000)
    file.with_name(f"{file.name}-wal").write_bytes(log)

    keeping.restore(folder, backup)
    assert codes() == ["97110"]


def test_a_window_that_is_open_keeps_its_record(clinic, backup, folder, dump, file):
    lock = window_lock.WindowLock.acquire(folder)
    before = dump()
    with pytest.raises(Busy, match="window is open"):
        keeping.restore(folder, backup)
    assert dump() == before

    lock.release()
    clinic.close()
    assert keeping.restore(folder, backup).segments == 1


def test_a_command_that_is_at_work_keeps_its_record(clinic, backup, folder, dump):
    with clinic.writing(), pytest.raises(Busy, match="in use by another program"):
        keeping.restore(folder, backup)

    assert not (folder / "backups").exists() or not list((folder / "backups").glob("replaced*"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b"a letter to Kim", "damaged or is not a ptimer database"),
        (None, "another program's database"),
    ],
    ids=["empty", "text", "foreign"],
)
def test_what_is_no_whole_record_is_not_restored(
    clinic, timed, folder, tmp_path, codes, content, words
):
    timed("97110")
    clinic.close()
    source = tmp_path / "source.db"
    if content is None:
        foreign = sqlite3.connect(source)
        foreign.execute("create table notes (text)")
        foreign.close()
    else:
        source.write_bytes(content)
    before = source.read_bytes()

    with pytest.raises(BadData, match=words):
        keeping.restore(folder, source)
    assert codes() == ["97110"]
    assert source.read_bytes() == before


def test_a_copy_that_was_cut_off_or_is_newer_is_not_restored(clinic, backup, folder, codes):
    clinic.close()
    whole = backup.read_bytes()
    backup.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadData, match="damaged"):
        keeping.restore(folder, backup)

    backup.write_bytes(whole)
    newer = sqlite3.connect(backup)
    newer.execute("pragma user_version = 99")
    newer.close()
    with pytest.raises(BadData, match="newer ptimer"):
        keeping.restore(folder, backup)
    assert codes() == ["97110"]


def test_a_restore_that_finds_the_disk_full_leaves_the_record_in_its_place(
    clinic, backup, timed, folder, codes, program
):
    timed("97140")
    clinic.close()
    full = program("restore", folder, backup, 50_000)
    full.wait_until_ready()
    full.go()

    assert full.result().startswith("Busy: Nothing can be recorded in ")
    assert codes() == ["97110", "97140"]
    kept = [path.name for path in folder.rglob("*") if path.is_file()]
    assert kept == ["ptimer.db"], "no draft, and nothing was set aside"


def test_a_file_that_is_not_there_or_is_the_record_is_a_slip(clinic, folder, file, tmp_path):
    with pytest.raises(Misused, match="There is no file"):
        keeping.restore(folder, tmp_path / "nowhere.db")
    with pytest.raises(Misused, match="belongs to the record"):
        keeping.restore(folder, file)


def test_a_copy_with_a_garbled_name_in_it_is_refused_in_a_sentence(clinic, folder, tmp_path):
    copy = backing_up.back_up(clinic, tmp_path / "copy.db").path
    content = copy.read_bytes()
    at = content.index(b"tablesegments") + len("table")
    copy.write_bytes(content[:at] + b"\xee" + content[at + 1 :])

    with pytest.raises(BadData, match="a name in it is no text"):
        keeping.restore(folder, copy)
