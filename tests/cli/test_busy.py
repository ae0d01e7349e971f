"""Locked, full, or in use in a way that forbids it: 5, a sentence, and nothing changed."""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ptimer.operations import one_window
from ptimer.storage import database
from tests.cli.command_line import segments_file

WRITES = {
    "start": "start 97112 --patient P-9",
    "stop": "stop",
    "import": "import one.csv",
    "sign": "sign --patient P-2 --credentials PT",
    "amend": "amend --patient P-1 --why slip",
    "export": "export -o lines.csv",
}
READS = {
    "status": "status",
    "summary": "summary",
    "export --layout segments": "export -o lines.csv --layout segments",
    "backup": "backup kept.db",
    "check": "check",
    "payers": "payers",
}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.01)
    line = "P-9,Medicare,PT,Bo,therapist,97110,2026-11-23T07:00,2026-11-23T07:30"
    segments_file(here / "one.csv", line)


@contextmanager
def held(ptimer, *pragmas):
    """Hold the record as another program that writes would."""
    with closing(sqlite3.connect(ptimer.database, isolation_level=None)) as other:
        for pragma in pragmas:
            other.execute(f"pragma {pragma}")
        other.execute("begin exclusive")
        yield
        other.execute("rollback")


@pytest.mark.parametrize("words", WRITES.values(), ids=WRITES)
def test_while_another_program_writes_nothing_else_can(signed, words):
    before = signed.recorded()
    with held(signed):
        result = signed(*words.split(), "--json")

    assert result.exit == 5
    assert "ptimer.db is in use by another program" in result.error["reason"]
    assert "Try again in a moment" in result.error["reason"]
    assert signed.recorded() == before
    assert signed(*words.split()).exit == 0, "a moment later it can"


@pytest.mark.parametrize("words", READS.values(), ids=READS)
def test_while_another_program_writes_one_can_still_look(signed, words):
    with held(signed):
        assert signed(*words.split()).exit == 0


@pytest.mark.parametrize("words", [*WRITES.values(), *READS.values()], ids=[*WRITES, *READS])
def test_a_record_that_is_locked_wholly_is_busy(signed, words):
    with held(signed, "locking_mode = exclusive"):
        assert signed(*words.split(), "--json").exit == 5


def test_a_restore_waits_for_no_one(signed):
    signed.do("backup kept.db")
    before = signed.recorded()
    with held(signed):
        result = signed("restore", "kept.db", "--json")

    assert result.exit == 5
    assert "in use" in result.error["reason"]
    assert signed.recorded() == before


def test_a_restore_is_refused_while_a_window_is_open(signed):
    signed.do("backup kept.db")
    window = one_window.take(signed.folder)
    assert window is not None
    before = signed.recorded()

    result = signed("restore", "kept.db", "--json")

    assert result.exit == 5
    assert "A ptimer window is open on" in result.error["reason"]
    assert "close it first" in result.error["reason"]
    assert signed.recorded() == before
    window.release()
    assert signed("restore", "kept.db").exit == 0


def test_an_open_window_keeps_nobody_from_the_other_commands(signed):
    window = one_window.take(signed.folder)
    assert window is not None

    signed.do("start 97112 --patient P-9", "stop", "summary", "check", "export -o x.csv")
    window.release()


def test_the_demo_takes_another_folder_while_its_window_is_open(signed):
    folder = signed("demo", "--json").json["folder"]
    window = one_window.take(Path(folder))
    assert window is not None

    assert signed("demo", "--json").json["folder"] == f"{folder}-2"
    window.release()


def test_a_full_disk_is_told_and_nothing_is_half_done(signed, monkeypatch):
    before = signed.recorded()
    with closing(sqlite3.connect(signed.database)) as connection:
        pages = connection.execute("pragma page_count").fetchone()[0]
    connect = sqlite3.connect

    def on_a_full_disk(*given, **named):
        connection = connect(*given, **named)
        connection.execute(f"pragma max_page_count = {pages}")
        return connection

    lines = [
        f"P-{n},Medicare,PT,Ana,therapist,97110,2026-11-22T{n // 60:02d}:{n % 60:02d}:00,"
        f"2026-11-22T{n // 60:02d}:{n % 60:02d}:30"
        for n in range(600)
    ]
    name = segments_file(signed.folder / "many.csv", *lines)
    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", on_a_full_disk)
        result = signed("import", name, "--json")

    assert result.exit == 5
    assert "full" in result.error["reason"]
    assert "Make room" in result.error["reason"]
    assert signed.recorded() == before
    assert signed("check").exit == 0


def test_a_backup_that_does_not_fit_leaves_no_half_of_one(signed, tmp_path, monkeypatch):
    connect = sqlite3.connect

    def on_a_full_disk(*given, **named):
        connection = connect(*given, **named)
        if str(given[0]).endswith(".new"):
            connection.execute("pragma max_page_count = 3")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(sqlite3, "connect", on_a_full_disk)
        result = signed("backup", str(tmp_path / "kept.db"), "--json")

    assert result.exit == 5
    assert [file.name for file in tmp_path.iterdir() if "kept" in file.name] == []
