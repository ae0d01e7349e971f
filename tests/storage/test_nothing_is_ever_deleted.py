"""The record keeps every row, against any program that can open the file."""

import sqlite3

import pytest

from ptimer.billing.attestation import Attestation
from ptimer.billing.editions import Edition, Kind, MueRow, SourceFile
from ptimer.storage import (
    attestations,
    audit_log,
    biller_layouts,
    charges,
    cms_editions,
    database,
    export_files,
    exports,
    segments,
    signatures,
)
from ptimer.storage.attestations import NecessityRow
from ptimer.storage.audit_log import Entry
from ptimer.storage.charges import FeeRow, ThresholdRow, Told
from ptimer.storage.export_files import FileRow
from ptimer.storage.exports import Batch, ExportedLine
from ptimer.storage.signatures import SignatureRow
from ptimer.timing.clock import Instant
from tests.storage import tables
from tests.storage.conftest import DAY

KEPT = [
    *("visits", "segments", "signatures", "audit_log", "export_batches", "export_lines"),
    *("cms_editions", "cms_files", "export_files", "biller_layouts", "signed_units"),
    *("pair_attestations", "necessity_attestations", "fees", "charges_elsewhere"),
    "year_thresholds",
]


@pytest.fixture
def kept(connection, visit, segment):
    """A record with a row in every table that is kept for ever."""
    visit_id = visit()
    segment(visit_id, "97110", 0, None)
    with database.transaction(connection):
        signatures.add(connection, SignatureRow(visit_id, "Kim", "Kim", "OTR/L", Instant(0)))
        audit_log.add(connection, Entry(Instant(0), "Kim", "start", visit_id))
        exports.save(
            connection,
            Batch("batch", Instant(0), DAY, DAY, "biller", "out.csv", 1, 2),
            [ExportedLine("line", visit_id, "97110", "GP", "{}")],
        )
        written = FileRow("batch", "Kim", 30, "1", "0" * 64, 2, b"x")
        export_files.add(connection, written)
        biller_layouts.add(connection, "Acme", 1, {}, at=Instant(0))
        attestations.add_pair(connection, visit_id, Attestation("a", "b", "59", "Kim", Instant(0)))
        attestations.add_necessity(connection, visit_id, NecessityRow(True, "Kim", Instant(0)))
        told = Told("Kim", Instant(0))
        charges.add_fees(connection, [FeeRow("Medicare", "97110", 2026, 3000)], told)
        charges.add_elsewhere(connection, "Ann", 2026, "OT", 100, told)
        charges.add_threshold(connection, ThresholdRow(2026, 248_000, "CMS"), told)
        charges.sign_units(connection, visit_id, {"97110": 2}, at=Instant(0))
        file = SourceFile("2026q3.zip", "0" * 64, 9)
        edition = Edition(Kind.MUE, "2026 Q3", DAY, "CMS", (file,), 1, Instant(0), "Kim")
        cms_editions.add_limits(connection, edition, [MueRow("97110", 6, 3)], at=Instant(0))
    return connection


def _columns(connection, table):
    return ", ".join(row[1] for row in connection.execute(f"pragma table_info({table})"))


@pytest.mark.parametrize("table", KEPT)
def test_a_row_is_never_deleted(kept, table):
    with pytest.raises(sqlite3.IntegrityError, match="ever deleted"):
        kept.execute(f"delete from {table}")  # noqa: S608  (a name of the list)


@pytest.mark.parametrize("table", KEPT)
def test_a_row_is_never_replaced_by_another_of_its_key(kept, table):
    columns = _columns(kept, table)
    before = tables.dump(kept)

    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        kept.execute(f"insert or replace into {table} ({columns}) select {columns} from {table}")  # noqa: S608
    assert tables.dump(kept) == before


@pytest.mark.parametrize("table", ["cms_editions", "cms_files", "biller_layouts"])
def test_an_edition_is_never_rewritten(kept, table):
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update {table} set name = 'another'")  # noqa: S608


@pytest.mark.parametrize(
    "table",
    [
        *("pair_attestations", "necessity_attestations", "fees", "charges_elsewhere"),
        *("year_thresholds", "signed_units"),
    ],
)
def test_a_word_is_followed_by_another_and_never_rewritten(kept, table):
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update {table} set id = 'another'")  # noqa: S608


@pytest.mark.parametrize("table", ["export_batches", "export_lines", "export_files"])
def test_what_a_biller_was_given_is_never_rewritten(kept, table):
    key = "id" if table == "export_batches" else "batch_id"
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update {table} set {key} = {key}")  # noqa: S608


@pytest.mark.parametrize("table", ["visits", "segments", "signatures", "audit_log"])
def test_a_row_is_never_replaced_by_another_that_may_not_stand_beside_it(kept, table):
    """REPLACE makes room by deleting, without asking the triggers that guard a deletion."""
    columns = _columns(kept, table).replace("seq, ", "")
    other_key = columns.replace("id", "'another'", 1) if table != "audit_log" else columns
    before = tables.dump(kept)

    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        kept.execute(f"insert or replace into {table} ({columns}) select {other_key} from {table}")  # noqa: S608
    assert tables.dump(kept) == before


def test_one_payer_has_a_visit_and_no_other_stands_beside_it(kept, visit):
    with pytest.raises(database.StorageError, match="never replaced"):
        visit(payer="Commercial (midpoint)")
    assert kept.execute("select payer from visits").fetchall() == [("Medicare",)]


@pytest.mark.parametrize("column", ["id", "patient", "discipline", "service_date"])
def test_a_visit_stays_the_visit_that_it_is(kept, visit, column):
    visit("Bob", discipline="OT")

    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        kept.execute(f"update or replace visits set {column} = {column} || ''")  # noqa: S608


@pytest.mark.parametrize(
    "change",
    [
        "code = '97140'",
        "clinician = 'Lee'",
        "role = 'aide'",
        "supervisor = 'Lee'",
        "group_id = 'g'",
        "started_at = started_at + 1",
        "attendance = 'supervised'",
        "exclusive = 1",
        "origin = 'press'",
        "replaces = id",
        "edited = 1",
        "recorded_at = recorded_at + 1",
        "note = 'walks'",
        "visit_id = (select id from visits where patient = 'Bob'), patient = 'Bob'",
        "id = 'another'",
    ],
)
def test_a_segment_is_replaced_and_never_rewritten(kept, visit, segment, change):
    segment(visit("Bob"), "97116", -9000, -5000, patient="Bob", clinician="Lee")
    before = tables.dump(kept)

    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update segments set {change} where code = '97110'")  # noqa: S608
    assert tables.dump(kept) == before


@pytest.mark.parametrize("change", ["ended_at = 70000", "ended_at = null", "typed_units = 3"])
def test_an_end_stays_once_it_is_written(kept, change):
    kept.execute("update segments set ended_at = 60000")

    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update segments set {change}")  # noqa: S608


@pytest.mark.parametrize("change", ["voided_at = null", "voided_at = 2", "ended_at = 70000"])
def test_what_was_voided_stays_void(kept, change):
    kept.execute("update segments set voided_at = 1")

    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update segments set {change}")  # noqa: S608


def test_a_segment_may_be_stopped_with_its_units_and_voided(kept):
    (segment_id,) = kept.execute("select id from segments").fetchone()
    with database.transaction(kept):
        segments.end(kept, segment_id, Instant(60_000), units=3)
        assert segments.get(kept, segment_id).typed_units == 3
        segments.void(kept, segment_id, at=Instant(70_000))

    assert segments.get(kept, segment_id) is None
    assert kept.execute("select count(*) from segments").fetchone() == (1,)


def test_a_running_stopwatch_is_there_once(kept, visit, segment):
    (visit_id,) = kept.execute("select id from visits").fetchone()

    with pytest.raises((sqlite3.IntegrityError, database.StorageError)):
        segment(visit_id, "97110", 5, None)
    assert len(segments.running(kept)) == 1
