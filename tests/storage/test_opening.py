"""What the store's promises rest on, from the first moment of a file."""

import sqlite3
from contextlib import suppress

import pytest

from ptimer.storage import database
from ptimer.storage.errors import Locked


def test_looking_at_an_empty_folder_makes_nothing(folder):
    assert database.open_for_reading(folder) is None
    assert not folder.exists()

    folder.mkdir()
    assert database.open_for_reading(folder) is None
    assert list(folder.iterdir()) == []


def test_writing_makes_the_folder_and_a_record_that_is_ptimers(folder):
    connection = database.open_for_writing(folder / "and" / "deeper")

    assert connection.execute("pragma application_id").fetchone() == (database.APPLICATION_ID,)
    assert connection.execute("pragma user_version").fetchone() == (database.SCHEMA_VERSION,)
    assert database.path_of(connection) == database.database_file(folder / "and" / "deeper")
    connection.close()
    names = [path.name for path in (folder / "and" / "deeper").iterdir()]
    assert names == [database.FILE_NAME], "no draft, no log is left"


def test_a_commit_is_on_the_disk_and_references_are_kept(connection, folder):
    again = database.open_for_reading(folder)
    for each in (connection, again):
        assert each.execute("pragma journal_mode").fetchone() == ("wal",)
        assert each.execute("pragma synchronous").fetchone() == (2,), "full"
        assert each.execute("pragma foreign_keys").fetchone() == (1,)
        assert each.execute("pragma trusted_schema").fetchone() == (0,)
    again.close()


def test_every_table_is_strict(connection):
    loose = [
        name
        for _, name, kind, _, _, strict in connection.execute("pragma table_list")
        if kind == "table" and not strict and not name.startswith(("sqlite_", "_sqlite_"))
    ]
    assert loose == [], "only the libraries' own tables may be"


def test_a_text_does_not_pass_for_a_number(connection):
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER"):
        connection.execute("insert into clinicians (name, last_used_at) values ('Kim', 'now')")


def test_a_segment_of_a_visit_that_is_not_there_is_refused(connection, visit, segment):
    visit()

    for visit_id, patient in (("no visit", "Ann"), (visit("Bob"), "Ann")):
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            segment(visit_id, "97110", 0, 1, patient=patient)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("role", "doctor"),
        ("attendance", "remote"),
        ("origin", "guess"),
        ("ended_at", -1),
        ("typed_units", -1),
    ],
)
def test_what_is_no_segment_is_refused(connection, visit, segment, column, value):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        segment(visit(), "97110", 0, **{"end": 1, **_named(column, value)})


def _named(column, value):
    return {"end": value} if column == "ended_at" else {column: value}


@pytest.mark.parametrize(
    ("column", "value"),
    [("discipline", "MD"), ("service_date", "today"), ("patient", "  "), ("status", "lost")],
)
def test_what_is_no_visit_is_refused(connection, visit, column, value):
    values = {
        "id": "v",
        "patient": "Ann",
        "discipline": "PT",
        "service_date": "2026-11-23",
        "payer": "Medicare",
        "relaxed": 0,
        "assistants_barred": 0,
        "status": "open",
        "created_at": 0,
        column: value,
    }
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        connection.execute(
            f"insert into visits ({', '.join(values)}) values ({', '.join('?' * len(values))})",  # noqa: S608
            list(values.values()),
        )


class _Mishap(Exception):  # noqa: N818
    """Something of any kind that goes wrong in the middle."""


def test_a_transaction_keeps_all_that_it_wrote_or_nothing(connection):
    with suppress(_Mishap), database.transaction(connection):
        connection.execute("insert into settings (key, value) values ('a', '1')")
        raise _Mishap
    assert connection.execute("select count(*) from settings").fetchone() == (0,)

    with database.transaction(connection):
        connection.execute("insert into settings (key, value) values ('a', '1')")
    assert connection.execute("select count(*) from settings").fetchone() == (1,)


def test_a_transaction_holds_the_record_before_it_reads(connection, folder, monkeypatch):
    """One that took it at its first write would fail where another wrote in between."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.01)
    other = database.open_for_writing(folder)
    with database.transaction(connection):
        with pytest.raises(Locked), database.transaction(other):
            pytest.fail("two programs write at once")
        connection.execute("select * from settings").fetchall()
    with database.transaction(other):
        other.execute("insert into settings (key, value) values ('a', '1')")
    other.close()


def test_all_that_is_read_together_is_of_one_moment(connection, folder):
    other = database.open_for_writing(folder)
    count = "select count(*) from settings"
    with database.reading(connection):
        before = connection.execute(count).fetchone()
        with database.transaction(other):
            other.execute("insert into settings (key, value) values ('a', '1')")
        with database.reading(connection):
            assert connection.execute(count).fetchone() == before

    assert connection.execute(count).fetchone() == (1,)
    other.close()
