"""Does the file still keep what the store promises?"""

import sqlite3
from collections.abc import Iterator

from ptimer.storage.migrations import migrate
from ptimer.wording import Sentence, say


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what SQLite finds wrong with the file; nothing where it is whole."""
    found = [str(row[0]) for row in connection.execute("pragma integrity_check(20)")]
    return [] if found == ["ok"] else found


def dangling_references(connection: sqlite3.Connection) -> list[Sentence]:
    """Return the tables with rows that name rows which are not there."""
    rows = connection.execute("pragma foreign_key_check")
    return [
        say("{table} row {row} names a missing row of {parent}", table=name, row=row, parent=parent)
        for name, row, parent, _ in rows
    ]


def schema_changes(connection: sqlite3.Connection) -> list[str]:
    """Return the names of tables, indexes, views and triggers that are not as they were made."""
    fresh = sqlite3.connect(":memory:")
    try:
        migrate(fresh)
        wanted, found = _schema(fresh), _schema(connection)
    finally:
        fresh.close()
    names = sorted(wanted.keys() | found.keys())
    return [name for name in names if wanted.get(name) != found.get(name)]


def overlapping(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the ids of segments that begin before another of their patient or clinician ends.

    One pass over each lane; whether the two may share the time is the rules' to say. So it is with
    students, whose supervisors are occupied, and with what a role may forbid by itself.
    """
    for lane in ("patient", "clinician"):
        for row in connection.execute(
            f"select id from (select id, started_at, max(ifnull(ended_at, 9e15)) over "
            f"(partition by {lane} order by started_at, id "
            "rows between unbounded preceding and 1 preceding) as reached "
            "from segments where voided_at is null) where started_at < reached"
        ):
            yield str(row[0])
    yield from (
        str(row[0])
        for row in connection.execute(
            "select s.id from segments s join visits v on v.id = s.visit_id "
            "where s.voided_at is null and (s.role = 'student' or (s.role = 'aide' and s.kind > 0) "
            "or (s.role = 'assistant' and (s.kind = 3 or v.assistants_barred)))"
        )
    )


def signed_but_open(connection: sqlite3.Connection) -> list[str]:
    """Return the patients whose signed visits still hold something that runs."""
    rows = connection.execute(
        "select v.patient from visits v join segments s on s.visit_id = v.id "
        "where v.status = 'signed' and s.ended_at is null and s.voided_at is null"
    )
    return [str(row[0]) for row in rows]


def _schema(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "select type || ' ' || name, sql from sqlite_schema where name not like 'sqlite_%' "
        "and tbl_name not like '\\_sqlite%' escape '\\' and sql is not null"
    )
    return {str(name): str(sql) for name, sql in rows}
