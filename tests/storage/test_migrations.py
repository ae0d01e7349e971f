"""The file's layout: one way to it, and a test for each step of the way."""

import inspect
import re
import sqlite3
from datetime import date

import pytest
from sqlite_utils import Database

from ptimer import resources
from ptimer.storage import (
    broken_seals,
    charges,
    database,
    export_files,
    exports,
    integrity,
    migrations,
    rulebook,
    seals,
)


@pytest.fixture
def fresh():
    connection = sqlite3.connect(":memory:")
    migrations.migrate(connection)
    yield connection
    connection.close()


def _steps():
    found = dict(inspect.getmembers(migrations, inspect.isfunction))
    return sorted(name for name in found if re.match(r"m\d{4}_", name))


def test_m0001_the_record(fresh):
    tables = {name for (name,) in fresh.execute("select name from pragma_table_list")}
    assert {
        *("clinicians", "visits", "segments", "signatures", "audit_log", "payers", "settings"),
        *("unit_choices", "long_reasons", "visit_cards", "heartbeats", "doubts", "clock_mark"),
        *("export_batches", "export_lines", "rulebook_cache"),
    } <= tables
    assert {
        *("segments_come_in", "segments_of_a_patient", "segments_of_a_clinician"),
        *("segments_of_a_supervisor", "segments_stay", "segments_change", "visits_stay"),
    } <= {name for (name,) in fresh.execute("select name from sqlite_schema where type='trigger'")}


@pytest.fixture
def brought_up(folder):
    """Make a record as it was before a step, let something be put in, and open it today."""
    opened = []

    def brought_up(step, *statements):
        folder.mkdir()
        old = sqlite3.connect(database.database_file(folder))
        migrations._migrations.apply(Database(old), stop_before=step)
        for statement, values in statements:
            old.execute(statement, values)
        old.execute(f"pragma application_id = {database.APPLICATION_ID}")
        old.commit()
        old.close()
        opened.append(database.open_for_writing(folder))
        version = opened[-1].execute("pragma user_version").fetchone()
        assert version == (database.SCHEMA_VERSION,)
        assert integrity.schema_changes(opened[-1]) == []
        return opened[-1]

    yield brought_up
    for connection in opened:
        connection.close()


def test_m0002_search_by_patient(brought_up):
    assert brought_up("m0002_search_by_patient")


def test_m0003_own_codes_and_payers(brought_up):
    definition = '{"name": "Acme", "unit_rule": "midpoint"}'
    connection = brought_up(
        "m0003_own_codes_and_payers",
        ("insert into payers values ('Acme', ?, 7)", (definition,)),
    )

    assert connection.execute("select name, definition, made_at from payers").fetchall() == [
        ("Acme", definition, 7)
    ]
    assert rulebook.load(connection).payers["Acme"].unit_rule == "midpoint"


def test_m0004_visit_marks(brought_up):
    connection = brought_up("m0004_visit_marks")

    assert connection.execute("select count(*) from visit_marks").fetchone() == (0,)


def test_m0005_plans(brought_up):
    connection = brought_up("m0005_plans")

    assert connection.execute("select count(*) from plans").fetchone() == (0,)


def test_m0006_cms_editions(brought_up):
    connection = brought_up("m0006_cms_editions")

    assert connection.execute("select count(*) from cms_editions").fetchone() == (0,)


def test_m0008_sign_off(brought_up):
    connection = brought_up("m0008_sign_off")

    for table in ("skilled_parts", "goals", "chart_ticks"):
        assert connection.execute(f"select count(*) from {table}").fetchone() == (0,)  # noqa: S608


def test_m0007_modifiers(brought_up):
    signed = '{"closed": true, "lines": [{"code": "97112", "minutes": 30, "units": 2}]}'
    connection = brought_up(
        "m0007_modifiers",
        (
            "insert into visits (id, patient, discipline, service_date, payer, status, relaxed, "
            "assistants_barred, created_at) "
            "values ('v', 'Ann', 'PT', '2026-11-02', 'Medicare', 'signed', 0, 0, 1)",
            (),
        ),
        (
            "insert into audit_log (id, at, who, action, visit_id, after, hash) "
            "values ('a', 7, 'Kim', 'sign', 'v', ?, 'h')",
            (signed,),
        ),
    )

    assert charges.signed_units(connection, "Ann", ["PT"], date(2026, 11, 23), but_not="") == [
        ("Medicare", "97112", 2)
    ], "what was signed before counts towards the year"
    assert [row[1] for row in connection.execute("pragma table_info(segments)")][-1] == (
        "assisted_by"
    )


def test_m0010_signed_versions(brought_up):
    connection = brought_up(
        "m0010_signed_versions",
        ("insert into clinicians (name, last_used_at) values ('Kim', 1)", ()),
        (
            "insert into visits (id, patient, discipline, service_date, payer, relaxed, "
            "assistants_barred, status, created_at) "
            "values ('v', 'Ann', 'PT', '2026-11-23', 'Medicare', 0, 0, 'signed', 1)",
            (),
        ),
        (
            "insert into signatures (id, visit_id, clinician, name, credentials, signed_at) "
            "values ('s', 'v', 'Kim', 'Kim', 'PT', 7)",
            (),
        ),
    )

    kept = connection.execute("select clinician, signed_at, sha256 from signatures").fetchall()
    assert kept == [("Kim", 7, None)], "what was signed before has no hash"
    assert connection.execute("select count(*) from signed_versions").fetchone() == (0,)


def test_m0011_clinicians(brought_up):
    connection = brought_up("m0011_clinicians")

    assert connection.execute("select count(*) from clinician_entries").fetchone() == (0,)


def test_m0012_seals(brought_up):
    connection = brought_up(
        "m0012_seals",
        (
            "insert into visits (id, patient, discipline, service_date, payer, status, relaxed, "
            "assistants_barred, created_at) "
            "values ('v', 'Ann', 'PT', '2026-11-02', 'Medicare', 'open', 0, 0, 1)",
            (),
        ),
        ("insert into goals values ('g', 'Bob', 1, 'walk', 'Kim', 1, null, null)", ()),
    )

    assert not seals.noted(connection)
    assert not list(broken_seals.visits(connection))
    assert not broken_seals.beside_the_visits(connection)


def test_m0009_billers(brought_up):
    connection = brought_up(
        "m0009_billers",
        *(
            (statement, ())
            for statement in (
                "insert into visits (id, patient, discipline, service_date, payer, status, "
                "relaxed, assistants_barred, created_at) "
                "values ('v', 'Ann', 'PT', '2026-11-02', 'Medicare', 'signed', 0, 0, 1)",
                "insert into export_batches values ('b', 7, '2026-11-02', '2026-11-02', 'biller', "
                "'old.csv', 1, 2)",
                "insert into export_lines values ('l', 'b', 'v', '97110', 'GP', '{}')",
            )
        ),
    )

    [line] = exports.sent_lines(connection, "v")
    assert (line.line_id, line.status) == ("l", "NEW"), "no other went out before"
    [batch] = export_files.batches(connection)
    assert (batch.file_name, batch.units, batch.sha256) == ("old.csv", 2, "")


def test_every_migration_has_a_test_of_its_name():
    assert _steps()
    assert [name for name in _steps() if f"test_{name}" not in globals()] == []


def test_every_script_belongs_to_a_migration():
    scripts = [path.stem for path in resources.files("schema", ".sql")]

    assert [f"m{name}" for name in scripts] == _steps()


def test_the_last_migration_is_the_layout_that_the_program_knows(fresh):
    assert int(_steps()[-1][1:5]) == database.SCHEMA_VERSION
    assert fresh.execute("pragma user_version").fetchone() == (database.SCHEMA_VERSION,)


def test_migrating_again_changes_nothing(fresh):
    before = fresh.execute("select * from sqlite_schema").fetchall()
    migrations.migrate(fresh)

    assert fresh.execute("select * from sqlite_schema").fetchall() == before


def test_a_record_on_disk_is_laid_out_like_a_fresh_one(connection):
    assert integrity.schema_changes(connection) == []


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("drop trigger segments_come_in", "trigger segments_come_in"),
        ("drop index segments_running", "index segments_running"),
        ("create table segmnts (id text)", "table segmnts"),
        ("alter table visits add column weather text", "table visits"),
        (
            "create trigger quiet before insert on audit_log begin select raise(ignore); end",
            "trigger quiet",
        ),
    ],
)
def test_a_layout_that_was_changed_is_told(connection, change, name):
    connection.execute(change)

    assert integrity.schema_changes(connection) == [name]


def test_a_misspelt_table_shows_in_the_layout(connection):
    """sqlite-utils makes a table that is not there."""
    Database(connection).table("segmnts").insert({"id": "x"})

    assert integrity.schema_changes(connection) == ["table segmnts"]


def test_a_script_is_split_at_the_ends_of_its_statements():
    script = (
        "-- first; a comment;\ncreate table a (b text default ';');\n"
        "create trigger c after insert on a begin\n  select 1;\n  select 2;\nend;\n"
    )

    found = migrations.statements(script)
    assert len(found) == 2
    assert "".join(found) == script
