"""Whatever another program changes in the record, `ptimer check` finds and names."""

import re
import sqlite3
from contextlib import closing

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import (
    corrections,
    goals,
    keeping,
    people,
    signing,
    stopwatch,
    told_otherwise,
    undoing,
    visiting,
)
from ptimer.operations.corrections import Change
from ptimer.operations.errors import BadData
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import broken_seals, salvage, seals, visits
from tests.operations.test_check import GUARDS

BESIDE = {
    "insert into goals values ('g', 'Ann', 2, 'run', 'Kim', 1, null, null)": (
        "Ann's goals or charges elsewhere were changed"
    ),
    "insert into fees values ('f', 'Medicare', '97110', 2026, 9900, 'Kim', 1)": "table fees",
    "update clinicians set credentials = 'MD'": "table clinicians was changed around the program",
}
"""What is beside the visits, changed, and what is told of it."""


@pytest.fixture(params=["its triggers taken away meanwhile", "its triggers in place"])
def change(request, file):
    """Change rows as another program does."""
    without_guards = request.param == "its triggers taken away meanwhile"

    def change(statement):
        with closing(sqlite3.connect(file)) as other:
            guards = other.execute(GUARDS).fetchall() if without_guards else []
            for name, _ in guards:
                other.execute(f"drop trigger {name}")
            assert other.execute(statement).rowcount
            for _, sql in guards:
                other.execute(sql)
            other.commit()

    return change


@pytest.fixture
def found(folder, clock):
    def found():
        with pytest.raises(BadData) as told:
            keeping.check(folder, clock)
        return str(told.value)

    return found


@pytest.fixture
def whole(folder, clock):
    return lambda: keeping.check(folder, clock) is not None


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "update segments set ended_at = started_at + 1380000 where ended_at is null",
            "the history tells 97140 10:15:00–, not 97140 10:15:00–10:38:00",  # noqa: RUF001
        ),
        ("update segments set voided_at = 7 where code = '97110'", "97110 10:00:00–10:15:00 is"),  # noqa: RUF001
        (
            "insert into segments (id, visit_id, patient, code, clinician, role, started_at, "
            "ended_at, attendance, exclusive, origin, recorded_at) select 's', visit_id, patient, "
            "'97530', clinician, role, 0, 60000, attendance, exclusive, 'press', 0 "
            "from segments limit 1",
            "the history knows nothing of 97530 00:00:00–00:01:00",  # noqa: RUF001
        ),
        (
            "update visits set payer = 'Commercial (midpoint)'",
            "the history tells Medicare as payer, not Commercial (midpoint)",
        ),
        (
            "insert into visit_marks values ('m', (select id from visits), 'stopped-early', 'ill', "
            "'Kim', 1, null)",
            "Ann's visit of 2026-11-23 was changed around the program",
        ),
        (
            "insert into long_reasons select id, '97110', 'slow', 1 from visits",
            "Ann's visit of 2026-11-23 was changed around the program",
        ),
    ],
)
def test_whatever_is_changed_in_an_open_visit_is_found_and_named(
    open_visit, timed, start, change, found, statement, words
):
    open_visit("Ann")
    timed("97110")
    start("97140")
    change(statement)

    assert words in found()


@pytest.mark.parametrize("statement", BESIDE)
def test_whatever_is_changed_beside_the_visits_is_found_and_named(
    clinic, timed, change, found, statement
):
    timed("97110")
    goals.add(clinic, "Ann", "walk")
    change(statement)

    assert BESIDE[statement] in found()


def test_a_visit_that_another_program_reopened_is_found(timed, sign, change, found):
    sign(timed("97110").visit_id)
    change("update visits set status = 'open'")

    assert "Ann's visit of 2026-11-23 was changed around the program" in found()


def test_what_was_changed_around_the_program_is_found_although_ptimer_goes_on_with_it(
    timed, sign, file, found
):
    visit_id = timed("97110").visit_id
    with closing(sqlite3.connect(file)) as other:
        other.execute("update visits set payer = 'Commercial (midpoint)'")
        other.commit()
    timed("97140")
    sign(visit_id)

    assert "Ann's visit of 2026-11-23 was changed around the program" in found()


def test_the_last_rows_of_the_history_can_t_be_taken_away_unseen(timed, file, found):
    timed("97110")
    with closing(sqlite3.connect(file)) as other:
        guards = other.execute(GUARDS).fetchall()
        for name, _ in guards:
            other.execute(f"drop trigger {name}")
        other.execute("delete from audit_log where seq = (select max(seq) from audit_log)")
        for _, sql in guards:
            other.execute(sql)
        other.commit()

    assert "the last rows of the audit log were taken away" in found()


def test_whatever_the_program_itself_changes_it_seals(
    clinic, timed, sign, start, stop, add, at, whole
):
    visit_id = timed("97110").visit_id
    undoing.undo(clinic, stopwatch.start(clinic, StartWish("97140", ("Ann",))).press_id)
    start("97140", "Bob")
    undoing.undo(clinic, stop("97140").press_id)
    stop()
    corrections.void(clinic, timed("97530").id, "a slip")
    time = add(visit_id, "97530", "09:00", "09:15")
    corrections.correct(clinic, time.id, Change(end=at("09:20")), "forgotten")
    sign(visit_id)
    signing.amend(clinic, visit_id, "forgotten")
    visiting.change_payer(clinic, visit_id, "Commercial (midpoint)", "told later")
    sign(visit_id)
    goals.add(clinic, "Ann", "walk")
    people.switch_to(clinic, "Lee", role=Role.THERAPIST)

    assert whole()
    assert not seals.noted(clinic.connection)
    visit = visits.get(clinic.connection, visit_id)
    assert told_otherwise.differences(clinic, visit) == []
    bob = visits.last_of_patient(clinic.connection, "Bob")
    assert told_otherwise.differences(clinic, bob) == []


def test_every_column_of_what_is_sealed_is_sealed(clinic):
    """A column that comes later has to be named in the seal, or here, with its reason."""
    left_out = {
        ("clinicians", "last_used_at"),  # changes with every press, and tells nothing
        ("segments", "kind"),  # follows from attendance
    }
    tables = {**seals.OF_A_VISIT, **seals.OF_A_PATIENT, **seals.OF_THE_CLINIC}
    tables["visits"] = seals.VISIT
    for table, columns in tables.items():
        known = {
            name
            for (name,) in clinic.connection.execute(
                "select name from pragma_table_xinfo(?)", (table,)
            )
        }
        sealed = set(columns.split(", "))
        keys = {"visit_id"} if table in seals.OF_A_VISIT else set()
        keys |= {"patient"} if table in seals.OF_A_PATIENT else set()
        assert sealed | keys | {c for t, c in left_out if t == table} == known


def test_every_table_that_is_sealed_notes_each_change(clinic):
    sealed = {*seals.OF_A_VISIT, *seals.OF_A_PATIENT, *seals.OF_THE_CLINIC, "visits"}
    of_table = {table: set() for table in sealed}
    for table, sql in clinic.connection.execute(
        "select tbl_name, sql from sqlite_schema where type = 'trigger'"
    ):
        head = sql.split(" begin")[0]
        aborts = "nothing is ever deleted" in sql
        noted = "insert into unsealed" in sql
        for what in ("insert", "update", "delete"):
            if table in sealed and re.search(f"(before|after) {what}", head) and (aborts or noted):
                of_table[table].add(what)
    assert {table for table, kinds in of_table.items() if len(kinds) < 3} == set()


def test_a_signed_visit_is_sealed_by_its_version_alone(clinic, timed, sign):
    visit_id = timed("97110").visit_id
    sealed = "select count(*) from seals where subject = 'visit'"
    assert clinic.connection.execute(sealed).fetchone() == (1,)
    sign(visit_id)
    assert clinic.connection.execute(sealed).fetchone() == (0,)
    signing.amend(clinic, visit_id, "forgotten")

    assert clinic.connection.execute(sealed).fetchone() == (1,)


def test_a_record_that_a_salvage_made_anew_is_sealed_anew(timed, file, folder, clinic, clock):
    timed("97110")
    clinic.close()
    target = folder / "salvaged.db"
    salvage.salvage(file, target, clock)
    with closing(sqlite3.connect(target)) as made:
        assert not list(broken_seals.visits(made))
        assert not broken_seals.beside_the_visits(made)
        assert not seals.noted(made)
