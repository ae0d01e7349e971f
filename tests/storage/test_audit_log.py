import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptimer.storage import audit_log, database
from ptimer.storage.audit_log import Entry
from ptimer.timing.clock import Instant


@pytest.fixture
def log(connection):
    """Add a row to the audit log: `log("start", reason="typed late")`."""

    def log(action, **more):
        with database.transaction(connection):
            return audit_log.add(connection, Entry(Instant(0), "Kim", action, **more))

    return log


@pytest.fixture
def around(connection):
    """Run a statement as another program could: with the log's guards taken away."""

    def around(statement):
        connection.execute("drop trigger if exists audit_log_stays")
        connection.execute("drop trigger if exists audit_log_remains")
        connection.execute(statement)
        connection.commit()

    return around


def test_an_entry_comes_back_as_it_was_added(connection, visit, segment):
    visit_id = visit()
    entry = Entry(
        Instant(1_795_428_000_123),
        "Zoë O'Hara",
        "correct",
        visit_id,
        segment(visit_id, "97110", 0, 60_000),
        "press 1",
        before={"code": "97110", "ended_at": None},
        after={"now": [{"code": "97112", "note": "Ω"}]},
        reason="wrong card",
    )
    with database.transaction(connection):
        audit_log.add(connection, entry)

    assert audit_log.of_visit(connection, visit_id) == [entry]
    assert audit_log.of_press(connection, "press 1") == [entry]
    assert audit_log.last_at(connection) == entry.at


def test_entries_are_told_in_the_order_of_adding_even_where_the_clock_was_set_back(
    connection, visit
):
    visit_id = visit()
    for at, action in ((9, "start"), (5, "stop"), (7, "void")):
        with database.transaction(connection):
            audit_log.add(connection, Entry(Instant(at), "Kim", action, visit_id))

    told = [entry.action for entry in audit_log.of_visit(connection, visit_id)]
    assert told == ["start", "stop", "void"]
    assert audit_log.last_at(connection) == 7


def test_a_log_that_only_the_program_wrote_is_whole(connection, log):
    assert audit_log.broken_links(connection) == []
    for action in ("start", "stop", "start"):
        log(action, after={"code": "97110"}, reason="as pressed")

    assert audit_log.broken_links(connection) == []


_COLUMNS = {
    "id": "'other'",
    "at": "at + 1",
    "who": "'Lee'",
    "action": "'void'",
    "visit_id": "null",
    "press_id": "'other'",
    "before": "'{}'",
    "after": "null",
    "reason": "reason || '.'",
    "hash": "case substr(hash, 1, 1) when '0' then '1' else '0' end || substr(hash, 2)",
}


@pytest.mark.parametrize("column", _COLUMNS)
def test_a_changed_cell_shows_in_its_row(connection, visit, log, around, column):
    visit_id = visit()
    for action in ("start", "stop", "correct"):
        log(action, visit_id=visit_id, press_id="p", after={"code": "97110"}, reason="why")

    around(f"update audit_log set {column} = {_COLUMNS[column]} where seq = 2")  # noqa: S608
    assert 2 in audit_log.broken_links(connection)


def test_a_row_that_was_taken_out_shows_in_the_next(connection, log, around):
    for action in ("start", "stop", "correct"):
        log(action)

    around("delete from audit_log where seq = 2")
    assert audit_log.broken_links(connection) == [3]


def test_a_row_that_was_put_in_shows(connection, log, around):
    log("start")
    around(
        "insert into audit_log (id, at, who, action, hash) "
        "select 'new', at, who, 'sign', hash from audit_log"
    )

    assert audit_log.broken_links(connection) == [2]


@pytest.mark.parametrize(
    "statement",
    [
        "update audit_log set reason = 'none'",
        "update audit_log set hash = hash",
        "delete from audit_log",
    ],
)
def test_the_database_lets_nobody_change_or_delete_a_row(connection, log, statement):
    log("start")

    with pytest.raises(sqlite3.IntegrityError, match=r"only added to|ever deleted"):
        connection.execute(statement)


texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.none() | st.dictionaries(texts, st.none() | st.integers() | texts | st.lists(texts))


@settings(max_examples=50)
@given(who=texts, before=values, after=values, reason=texts)
def test_the_chain_holds_over_whatever_is_written(in_memory, who, before, after, reason):
    entry = Entry(Instant(0), who, "correct", before=before, after=after, reason=reason)
    in_memory.execute("begin")
    audit_log.add(in_memory, entry)
    audit_log.add(in_memory, entry)

    assert audit_log.broken_links(in_memory) == []
    in_memory.rollback()
