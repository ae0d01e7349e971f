"""Does the file still keep what the store promises?"""

import sqlite3
from collections.abc import Iterator

from ptimer.storage.migrations import migrate
from ptimer.wording import Sentence, say

_IN_A_LANE = """
select rowid from (
    select rowid, started_at, max(ifnull(ended_at, 9000000000000000)) over (
        partition by {lane} order by started_at rows between unbounded preceding and 1 preceding
    ) as reached
    from segments where voided_at is null
) where started_at < reached
"""
_ROLES = """
select rowid from segments s where voided_at is null and role <> 'therapist' and (
    role = 'student' or (role = 'aide' and kind > 0) or (role = 'assistant' and (
        kind = 3 or (select assistants_barred from visits v where v.id = s.visit_id))))
"""


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
    found: set[int] = set()
    for query in (_IN_A_LANE.format(lane="patient"), _IN_A_LANE.format(lane="clinician"), _ROLES):
        for (rowid,) in connection.execute(query):
            if rowid not in found:
                found.add(rowid)
                row = connection.execute("select id from segments where rowid = ?", (rowid,))
                yield str(row.fetchone()[0])


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
