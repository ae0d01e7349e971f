"""How long does a whole record take to be checked, held against reading every row of it once?"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from ptimer.operations import keeping
from ptimer.storage import audit_log
from ptimer.storage.database import database_file
from ptimer.storage.ids import new_id
from ptimer.timing.clock import SystemClock

RUNS = 3
AT_ONCE = 10_000


def with_history(folder: Path) -> Path:
    """Write the audit log of a record that has none: of each segment its start and its stop."""
    with closing(sqlite3.connect(database_file(folder))) as connection:
        if connection.execute("select 1 from audit_log").fetchone() is None:
            connection.executemany(
                "insert into audit_log (id, at, who, action, visit_id, segment_id, press_id, "
                "before, after, reason, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _chained(connection),
            )
            connection.commit()
            connection.execute("pragma wal_checkpoint(truncate)")
    return folder


def _chained(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    before = ""
    segments = connection.execute(
        "select id, visit_id, clinician, code, patient, started_at, ended_at from segments"
    )
    while rows := segments.fetchmany(AT_ONCE):
        for segment_id, visit_id, who, code, patient, started, ended in rows:
            for action, at, was, became in (
                ("start", started, None, f'{{"code": "{code}", "patient": "{patient}"}}'),
                ("stop", ended, '{"ended_at": null}', f'{{"ended_at": {ended}}}'),
            ):
                row_id = new_id(at)
                row = (row_id, at, who, action, visit_id, segment_id, row_id, was, became, "")
                before = audit_log.chained(before, row)
                yield *row, before


def checked(folder: Path) -> float:
    """Return the seconds of a check that finds nothing wrong."""
    started = time.perf_counter()
    assert keeping.check(folder, SystemClock()) is not None
    return time.perf_counter() - started


def read_once(folder: Path) -> float:
    """Return the seconds in which every row of every table is read."""
    started = time.perf_counter()
    with closing(sqlite3.connect(database_file(folder))) as connection:
        names = connection.execute("select name from sqlite_schema where type = 'table'").fetchall()
        for (name,) in names:
            for _ in connection.execute(f"select * from {name}"):
                pass
    return time.perf_counter() - started
