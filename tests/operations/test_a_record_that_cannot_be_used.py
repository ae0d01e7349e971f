"""A damaged, foreign or newer file is refused in words, left as it is, and never started anew."""

import sqlite3
from shutil import copy

import pytest

from ptimer.operations import keeping
from ptimer.operations.clinic import open_clinic, open_clinic_to_read
from ptimer.operations.errors import BadData, Busy


@pytest.fixture(params=["to write", "to read", "to check"])
def attempt(request, folder, clock):
    """Use the record in one of the ways in which it is opened first."""

    def write():
        open_clinic(folder, clock).close()

    def read():
        open_clinic_to_read(folder, clock).close()

    def check():
        keeping.check(folder, clock)

    return {"to write": write, "to read": read, "to check": check}[request.param]


@pytest.fixture
def files(folder):
    """Return all files of the folder with their bytes, locks and shared memory left out."""

    def files():
        return {
            path.name: path.read_bytes()
            for path in folder.iterdir()
            if path.is_file() and not path.name.endswith("-shm")
        }

    return files


@pytest.fixture
def whole(clinic, timed, folder, files):
    """The files of a record with a day in it, closed in order."""
    for code in ("97110", "97140", "97116"):
        timed(code)
    clinic.close()
    return files()


@pytest.fixture
def foreign(folder, file):
    """Make another program's database in the record's place; it keeps a log of its own."""

    def foreign(*, closed):
        folder.mkdir()
        theirs = sqlite3.connect(folder / "theirs.db")
        theirs.execute("pragma journal_mode = wal")
        theirs.execute("create table notes (text)")
        theirs.commit()
        if closed:
            theirs.close()
        for end in ("", "-wal"):
            if (folder / f"theirs.db{end}").exists():
                copy(folder / f"theirs.db{end}", f"{file}{end}")
        theirs.close()

    return foreign


def test_an_empty_file_is_no_record(folder, file, files, attempt):
    folder.mkdir()
    file.touch()

    with pytest.raises(BadData, match="it is empty"):
        attempt()
    assert files() == {file.name: b""}


@pytest.mark.parametrize("text", [b"x", b"Dear Kim,\n" * 1000, b"SQLite format 3\0 it is not"])
def test_a_text_file_is_no_record(folder, file, files, attempt, text):
    folder.mkdir()
    file.write_bytes(text)

    with pytest.raises(BadData, match="damaged or is not a ptimer database"):
        attempt()
    assert files() == {file.name: text}


@pytest.mark.parametrize("closed", [True, False], ids=["closed in order", "with its log"])
def test_another_programs_database_is_left_as_it_is(foreign, files, attempt, closed):
    foreign(closed=closed)
    before = files()

    with pytest.raises(BadData, match="another program's database"):
        attempt()
    assert files() == before


@pytest.mark.parametrize("closed", [True, False], ids=["closed in order", "with its log"])
def test_a_newer_record_is_left_as_it_is(whole, folder, file, files, attempt, closed):
    newer = sqlite3.connect(file)
    newer.execute("pragma user_version = 99")
    newer.execute("pragma wal_checkpoint(truncate)")
    newer.execute("create table what_only_the_newer_one_knows (text)")
    newer.commit()
    if not closed:
        for end in ("", "-wal"):
            copy(f"{file}{end}", folder / f"kept{end}")
    newer.close()
    if not closed:
        for end in ("", "-wal"):
            (folder / f"kept{end}").replace(f"{file}{end}")
    before = files()

    with pytest.raises(BadData, match=r"newer ptimer \(layout 99, this one knows \d+\)"):
        attempt()
    assert files() == before


@pytest.mark.parametrize("length", [1, 50, 100, 4000, 4096, 3 * 4096, 20 * 4096 + 77])
def test_a_record_that_was_cut_off_is_damaged(whole, folder, file, files, clock, length):
    file.write_bytes(whole[file.name][:length])
    before = files()

    with pytest.raises(BadData, match=r"ptimer restore FILE"):
        keeping.check(folder, clock)
    assert files() == before


@pytest.mark.parametrize("place", [0, 15, 16, 20, 60, 68, 100, 105])
def test_a_damaged_header_is_told(whole, folder, file, files, clock, place):
    damaged = bytearray(whole[file.name])
    damaged[place] ^= 0xFF
    file.write_bytes(damaged)

    with pytest.raises(BadData):
        keeping.check(folder, clock)
    assert files() == {**whole, file.name: bytes(damaged)}


def test_every_page_that_was_overwritten_is_found(whole, folder, file, clock):
    size = int.from_bytes(whole[file.name][16:18])
    for start in range(0, len(whole[file.name]), size):
        damaged = bytearray(whole[file.name])
        damaged[start : start + 110] = b"\xff" * 110
        file.write_bytes(damaged)

        with pytest.raises(BadData, match=r"ptimer restore FILE"):
            keeping.check(folder, clock)
        assert file.read_bytes() == damaged


def test_a_record_whose_main_file_vanished_is_not_started_anew(
    clinic, start, folder, file, files, clock, attempt
):
    start("97110")
    log = (folder / f"{file.name}-wal").read_bytes()
    clinic.close()
    file.unlink()
    (folder / f"{file.name}-wal").write_bytes(log)
    before = files()

    with pytest.raises(BadData, match="main file is missing"):
        attempt()
    assert files() == before


def test_a_folder_in_the_records_place_is_told(folder, file, attempt):
    file.mkdir(parents=True)

    with pytest.raises(Busy, match="unable to open database file"):
        attempt()
    assert list(folder.iterdir()) == [file]


def test_a_file_in_the_folders_place_is_told(folder, attempt):
    folder.write_text("no folder")

    with pytest.raises(Busy, match="Nothing can be recorded"):
        attempt()
    assert folder.read_text() == "no folder"


def test_a_folder_below_a_file_is_told(folder, clock):
    folder.write_text("no folder")

    with pytest.raises(Busy, match="Not a directory"):
        open_clinic(folder / "deeper", clock)


@pytest.mark.parametrize("name", ["x" * 300, "/".join(["x" * 200] * 30)])
def test_a_folder_with_too_long_a_name_is_told(tmp_path, clock, name):
    for use in (open_clinic, open_clinic_to_read, keeping.check):
        with pytest.raises(Busy, match="File name too long"):
            use(tmp_path / name, clock)


def test_a_link_that_leads_nowhere_is_told(folder, file, clock):
    folder.mkdir()
    file.symlink_to("nowhere")

    with pytest.raises(Busy, match="No such file"):
        open_clinic(folder, clock)
    assert list(folder.iterdir()) == [file]
