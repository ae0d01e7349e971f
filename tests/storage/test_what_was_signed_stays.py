"""Signed contents, versions, supervisors and clinicians' entries: added to, never rewritten."""

import sqlite3
from datetime import date

import pytest

from ptimer.storage import (
    clinician_entries,
    clinicians,
    database,
    signatures,
    signed_versions,
    supervisors,
    visits,
)
from ptimer.storage.clinician_entries import EntryRow
from ptimer.storage.database import StorageError
from ptimer.storage.signatures import SignatureRow
from ptimer.storage.signed_versions import Reopening, VersionRow
from ptimer.timing.clock import Instant
from tests.storage import tables

SHA, OTHER = "a" * 64, "b" * 64
TABLES = ("signed_contents", "signed_versions", "visit_supervisors", "clinician_entries")
ENTRY = EntryRow(
    *("e", "Kim", "licence", "OT licence", date(2024, 1, 1), date(2026, 12, 1)),
    *(None, "licence.pdf", "", "Kim", Instant(5)),
)


@pytest.fixture
def kept(connection, visit):
    """A record with a row in each of the tables; returns the connection and the visit's id."""
    visit_id = visit()
    with database.transaction(connection):
        for name in ("Kim", "Ada"):
            clinicians.ensure(connection, name)
        signed_versions.keep_content(connection, SHA, "{}")
        signed_versions.keep_content(connection, SHA, "{}")
        version = VersionRow(visit_id, 1, SHA, "[]", OTHER, Instant(7), Instant(7))
        signed_versions.add(connection, version)
        parts = {"Ada": "Kim"}
        supervisors.name(connection, visit_id, parts, by="Kim", at=Instant(7))
        clinician_entries.add(connection, ENTRY)
    return connection, visit_id


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_deleted_and_never_replaced(kept, table):
    connection, _ = kept
    before = tables.dump(connection)
    with pytest.raises(sqlite3.IntegrityError, match="ever deleted"):
        connection.execute(f"delete from {table}")  # noqa: S608  (a name of the list)
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        connection.execute(f"insert or replace into {table} select * from {table}")  # noqa: S608
    assert tables.dump(connection) == before


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("signed_contents", "content = '{ }'"),
        ("signed_versions", "content_sha256 = content_sha256 || ''"),
        ("signed_versions", "signatures = '[1]'"),
        ("signed_versions", "closed_at = 8"),
        ("visit_supervisors", "supervisor = 'Lee'"),
        ("clinician_entries", "expires_on = '2030-01-01'"),
        ("clinician_entries", "title = 'another'"),
    ],
)
def test_a_row_is_never_rewritten(kept, table, change):
    connection, _ = kept
    if "||" in change:
        change = f"content_sha256 = '{OTHER}'"
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute(f"update {table} set {change}")  # noqa: S608


def test_a_version_is_reopened_once(kept):
    connection, visit_id = kept
    with database.transaction(connection):
        signed_versions.reopen(connection, visit_id, Reopening(Instant(9), "Kim", "a slip"))
        signed_versions.reopen(connection, visit_id, Reopening(Instant(10), "Ada", "again"))

    (version,) = signed_versions.of_visits(connection, [visit_id])[visit_id]
    assert (version.reopened_at, version.reopened_by, version.why) == (9, "Kim", "a slip")
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute("update signed_versions set why = 'another'")


def test_an_entry_is_voided_once(kept):
    connection, _ = kept
    with database.transaction(connection):
        clinician_entries.void(connection, "e", by="Kim", why="wrong year", at=Instant(9))

    found = clinician_entries.find(connection, "e")
    assert (found.stands, found.voided_by, found.void_reason) == (False, "Kim", "wrong year")
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute("update clinician_entries set void_reason = 'another'")


def test_a_signature_is_withdrawn_and_never_rewritten(kept):
    connection, visit_id = kept
    with database.transaction(connection):
        signature = SignatureRow(visit_id, "Kim", "Kim", "PT", Instant(7), SHA)
        signatures.add(connection, signature)
    assert signatures.standing(connection, [visit_id])[visit_id] == [signature]

    for change in ("credentials = 'MD'", "signed_at = 8", "sha256 = null"):
        with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
            connection.execute(f"update signatures set {change}")  # noqa: S608
    signatures.withdraw(connection, visit_id, ["Kim"], at=Instant(8))
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        connection.execute("update signatures set withdrawn_at = null")


def test_a_signed_visit_takes_no_other_supervisor(kept):
    connection, visit_id = kept
    with database.transaction(connection):
        visits.set_status(connection, visit_id, visits.SIGNED)

    with pytest.raises(sqlite3.IntegrityError, match="visit-signed"):
        connection.execute("update visit_supervisors set replaced_at = 9")
    connection.rollback()
    with pytest.raises(StorageError, match="signed"), database.transaction(connection):
        supervisors.name(connection, visit_id, {"Kim": "Ada"}, by="Kim", at=Instant(8))


@pytest.mark.parametrize(
    "values",
    [
        "'x', 'Kim', 'hobby', 'Chess', '2026-01-01', null, null, '', '', 'Kim', 1",
        "'x', 'Kim', 'training', ' ', '2026-01-01', null, null, '', '', 'Kim', 1",
        "'x', 'Kim', 'training', 'Gait', '2026-13-01', null, null, '', '', 'Kim', 1",
        "'x', 'Kim', 'training', 'Gait', '2026-01-01', '2025-01-01', null, '', '', 'Kim', 1",
        "'x', 'Kim', 'training', 'Gait', '2026-01-01', null, 0, '', '', 'Kim', 1",
        "'x', 'Nobody', 'training', 'Gait', '2026-01-01', null, null, '', '', 'Kim', 1",
    ],
)
def test_an_entry_that_can_not_be_is_refused(kept, values):
    connection, _ = kept
    with pytest.raises(sqlite3.IntegrityError, match=r"CHECK|FOREIGN KEY"):
        connection.execute(
            "insert into clinician_entries (id, clinician, kind, title, dated, expires_on, "  # noqa: S608
            f"hours, file_name, note, recorded_by, recorded_at) values ({values})"
        )


def test_what_expires_by_a_day_is_found_the_soonest_first(kept):
    connection, _ = kept
    sooner = EntryRow(
        *("f", "Ada", "certificate", "CPR", date(2025, 1, 1), date(2026, 11, 30)),
        *(None, "", "", "Kim", Instant(5)),
    )
    with database.transaction(connection):
        clinician_entries.add(connection, sooner)

    assert clinician_entries.expiring(connection, date(2026, 12, 31)) == [sooner, ENTRY]
    assert clinician_entries.expiring(connection, date(2026, 11, 30)) == [sooner]
    with database.transaction(connection):
        clinician_entries.void(connection, "f", by="Kim", why="x", at=Instant(9))
    assert clinician_entries.expiring(connection, date(2026, 12, 31)) == [ENTRY]
    assert clinician_entries.of_clinician(connection, "Kim") == [ENTRY]
