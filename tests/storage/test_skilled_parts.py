"""Skilled parts, goals and ticks: kept for ever, and read through their indexes."""

import sqlite3

import pytest

from ptimer.billing.skilled_fields import Part
from ptimer.storage import database, goals, skilled_parts, visits
from ptimer.storage.skilled_parts import Written
from ptimer.timing.clock import Instant
from tests.storage import tables

TABLES = ("skilled_parts", "goals", "chart_ticks")


@pytest.fixture
def kept(connection, visit):
    """A record with a row in each of the tables."""
    visit_id = visit()
    row = Written(visit_id, "97112", {Part.OUTCOME: ("4 of 5",)}, None, "Kim", Instant(0))
    with database.transaction(connection):
        skilled_parts.write(connection, row)
        skilled_parts.tick(connection, visit_id, "history", by="Kim", at=Instant(0))
        goals.add(connection, "Ann", "stand five minutes", by="Kim", at=Instant(0))
    return connection


def _columns(connection, table):
    return ", ".join(row[1] for row in connection.execute(f"pragma table_info({table})"))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_deleted(kept, table):
    with pytest.raises(sqlite3.IntegrityError, match="ever deleted"):
        kept.execute(f"delete from {table}")  # noqa: S608  (a name of the list)


@pytest.mark.parametrize(
    ("table", "other_key"),
    # Another row of skilled parts is a newer version: nothing goes for it.
    [*((table, False) for table in TABLES), ("goals", True), ("chart_ticks", True)],
)
def test_a_row_is_never_replaced_by_another(kept, table, other_key):
    columns = _columns(kept, table)
    values = columns.replace("id", "'another'", 1) if other_key else columns
    before = tables.dump(kept)

    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        kept.execute(f"insert or replace into {table} ({columns}) select {values} from {table}")  # noqa: S608
    assert tables.dump(kept) == before


@pytest.mark.parametrize(
    "change",
    [
        "skilled_parts set content = '{}'",
        "skilled_parts set code = '97110'",
        "goals set goal = 'another'",
        "goals set number = 2",
        "goals set patient = 'Bob'",
        "chart_ticks set tick = 'test-results'",
        "chart_ticks set ticked_by = 'Lee'",
    ],
)
def test_a_row_is_never_rewritten(kept, change):
    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update {change}")


@pytest.mark.parametrize("table", ["goals", "chart_ticks"])
def test_what_was_ended_stays_ended(kept, table):
    with database.transaction(kept):
        (goal_id,) = kept.execute("select id from goals").fetchone()
        (visit_id,) = kept.execute("select id from visits").fetchone()
        goals.end(kept, goal_id, by="Kim", at=Instant(1))
        skilled_parts.take_tick_back(kept, visit_id, "history", at=Instant(1))
    column = "ended_at" if table == "goals" else "taken_back_at"

    with pytest.raises(sqlite3.IntegrityError, match="never rewritten"):
        kept.execute(f"update {table} set {column} = 2")  # noqa: S608


def test_a_part_of_a_newer_ptimer_is_left_alone(kept):
    (visit_id,) = kept.execute("select id from visits").fetchone()
    kept.execute(
        "insert into skilled_parts values ('x', ?, '97112', ?, null, 'Kim', 1)",
        (visit_id, '{"outcome": ["5 of 5"], "mood": ["good"]}'),
    )

    found = skilled_parts.of_visits(kept, [visit_id])[visit_id]["97112"]
    assert found.values == {Part.OUTCOME: ("5 of 5",)}


def test_reads_of_every_repaint_use_their_indexes(kept):
    (visit_id,) = kept.execute("select id from visits").fetchone()
    asked = []
    kept.set_trace_callback(asked.append)
    skilled_parts.of_visits(kept, [visit_id])
    skilled_parts.ticks(kept, [visit_id])
    goals.of_patients(kept, ["Ann"])
    skilled_parts.visits_before(kept, visits.get(kept, visit_id), most=3)
    kept.set_trace_callback(None)

    assert len(asked) == 5
    plans = [row[3] for sql in asked for row in kept.execute(f"explain query plan {sql}")]
    walked = [line for line in plans if line.startswith("SCAN") and "json_each" not in line]
    assert walked == []
