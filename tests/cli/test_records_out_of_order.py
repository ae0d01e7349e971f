"""A record that can't be used ends a command with 4 or 5, names the file, and is left alone."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

NEEDS_THE_RECORD = {
    "start": ["start", "97112", "--patient", "P-9"],
    "stop": ["stop"],
    "status": ["status"],
    "import": ["import", "one.csv"],
    "import --dry-run": ["import", "one.csv", "--dry-run"],
    "sign": ["sign", "--patient", "P-2", "--credentials", "PT"],
    "amend": ["amend", "--patient", "P-1", "--why", "slip"],
    "summary": ["summary"],
    "export": ["export", "-o", "lines.csv"],
    "export --layout segments": ["export", "-o", "lines.csv", "--layout", "segments"],
    "backup": ["backup", "kept.db"],
    "check": ["check"],
    "payers": ["payers"],
    "units --payer": ["units", "97112=10", "--payer", "Own"],
    "conflict --payer": ["conflict", "97112", "97110", "--payer", "Own"],
}
NEEDS_NO_RECORD = {
    "units": ["units", "97112=10"],
    "units of a shipped payer": ["units", "97112=10", "--payer", "Medicare"],
    "conflict": ["conflict", "97110", "G0283"],
    "codes": ["codes"],
    "help": ["--help"],
    "version": ["--version"],
}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "one.csv").write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "P-9,Medicare,PT,Bo,therapist,97110,2026-11-23T07:00,2026-11-23T07:30,\n",
        "utf-8",
    )


def cut_off(database):
    database.write_bytes(database.read_bytes()[:20_000])


def overwritten(database):
    content = bytearray(database.read_bytes())
    content[4096:-4096] = b"\x5a" * (len(content) - 8192)
    database.write_bytes(content)


def emptied(database):
    database.write_bytes(b"")


def text_instead(database):
    database.write_text("this is my diary\n" * 300, "utf-8")


def anothers(database):
    database.unlink()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("create table diary (day text)")
        connection.commit()


def newer(database):
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("pragma user_version = 99")


def lost_but_for_its_log(database):
    database.with_name("ptimer.db-wal").write_bytes(b"\x37\x7f\x06\x82" + b"\0" * 4096)
    database.unlink()


DAMAGE = {
    "cut off": (cut_off, "ptimer restore FILE"),
    "overwritten": (overwritten, "ptimer restore FILE"),
    "emptied": (emptied, "ptimer restore FILE"),
    "text": (text_instead, "ptimer restore FILE"),
    "another program's": (anothers, "name another folder with --data-dir"),
    "newer": (newer, "Install the newer ptimer"),
    "lost but for its log": (lost_but_for_its_log, "ptimer restore FILE"),
}


@pytest.mark.parametrize(("damage", "next_step"), DAMAGE.values(), ids=DAMAGE)
def test_bad_data_is_told_by_every_command_that_needs_the_record(signed, damage, next_step):
    damage(signed.database)
    before = {file.name: file.read_bytes() for file in signed.folder.iterdir()}

    for name, words in NEEDS_THE_RECORD.items():
        result = signed(*words, "--json")
        assert result.exit == 4, f"{name}: {result.err}"
        assert "ptimer.db" in result.error["reason"], name
        assert next_step in result.error["reason"], name

    beside = ("ptimer.db-wal", "ptimer.db-shm")
    after = {
        file.name: file.read_bytes()
        for file in signed.folder.iterdir()
        if file.name in before or file.name not in beside
    }
    assert after == before, "and nothing was changed"


@pytest.mark.parametrize(("damage", "_"), DAMAGE.values(), ids=DAMAGE)
def test_what_needs_no_record_works_on(signed, damage, _):
    damage(signed.database)

    for words in NEEDS_NO_RECORD.values():
        assert signed(*words).exit == 0


@pytest.mark.parametrize("damage", [cut_off, overwritten, emptied, text_instead, newer])
def test_a_backup_is_restored_over_it_and_what_it_replaces_is_kept(signed, damage):
    signed.do("backup kept.db")
    damage(signed.database)
    damaged = signed.database.read_bytes()

    result = signed("restore", "kept.db", "--json")

    assert (result.exit, result.json["visits"]) == (0, 2)
    assert Path(result.json["kept"]).read_bytes() == damaged
    assert signed("check").exit == 0


@pytest.mark.parametrize("damage", [cut_off, overwritten, emptied, text_instead, anothers, newer])
def test_a_copy_that_is_no_good_is_not_restored(signed, tmp_path, damage):
    copy = tmp_path / "copy.db"
    shutil.copy(signed.database, copy)
    damage(copy)
    before = signed.recorded()

    result = signed("restore", str(copy), "--json")

    assert result.exit == 4
    assert str(copy) in result.error["reason"]
    assert signed.recorded() == before


def test_a_broken_promise_is_bad_data(signed):
    with closing(sqlite3.connect(signed.database)) as connection:
        connection.execute("drop trigger segments_remain")
        connection.execute("delete from segments")
        connection.commit()

    result = signed("check", "--json")

    assert result.exit == 4
    assert "does not hold what it should" in result.error["reason"]
    assert "ptimer restore FILE" in result.error["reason"]


NO_FOLDERS = {"a file": "file", "under a file": "file/deeper", "a name too long": "x" * 300}


@pytest.mark.parametrize("folder", NO_FOLDERS.values(), ids=NO_FOLDERS)
@pytest.mark.parametrize("name", ["start", "import"])
def test_a_folder_that_cannot_be_is_told_by_what_writes(first, tmp_path, folder, name):
    (tmp_path / "file").write_text("not a folder", "utf-8")
    first.folder = tmp_path / folder

    result = first(*NEEDS_THE_RECORD[name], "--json")

    assert result.exit == 5
    assert "Nothing can be recorded in" in result.error["reason"]
    assert "--data-dir" in result.error["reason"]


@pytest.mark.parametrize("name", ["status", "summary", "export", "backup", "check", "stop", "demo"])
@pytest.mark.parametrize("folder", ["file", "x" * 300], ids=["a file", "a name too long"])
def test_a_folder_that_is_none_is_told_by_what_reads(first, tmp_path, folder, name):
    (tmp_path / "file").write_text("not a folder", "utf-8")
    first.folder = tmp_path / folder

    assert first(*NEEDS_THE_RECORD.get(name, [name]), "--json").exit == 5


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no files")
def test_a_place_that_takes_no_files_is_told(first):
    first.folder = Path("/proc/ptimer")

    assert first("start", "97112", "--patient", "P-1", "--json").exit == 5
    assert first("demo", "--json").exit == 5
    assert first("status").exit == 0, "there is nothing there"


def test_a_demo_that_is_damaged_is_left_alone_and_another_one_made(signed):
    folder = signed("demo", "--json").json["folder"]
    cut_off(Path(folder) / "ptimer.db")

    again = signed("demo", "--json")

    assert (again.exit, again.json["folder"]) == (0, f"{folder}-2")


def test_a_demo_is_played_anew_in_its_folder(signed):
    folder = signed("demo", "--json").json["folder"]

    assert signed("demo", "--json").json == {"folder": folder, "date": "2026-11-23", "visits": 9}
