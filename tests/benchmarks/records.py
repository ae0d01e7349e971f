"""Records of a given size, as a clinic of eight clinicians would fill them."""

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

from ptimer.operations.clinic import open_clinic
from ptimer.storage import seals
from ptimer.storage.database import database_file
from ptimer.storage.ids import new_id
from ptimer.timing.clock import HOUR, MINUTE, SystemClock

CLINICIANS = [f"Clinician {number}" for number in range(1, 9)]
VISITS_A_DAY = 16
CODES = (
    ("97110", "one-on-one", 0, (8, 22)),
    ("97112", "one-on-one", 1, (8, 22)),
    ("97530", "one-on-one", 0, (5, 16)),
)
"""With the fewest and the most minutes; a visit's together are an hour at most."""


def make_record(folder: Path, segments: int) -> Path:
    """Fill a new record with so many segments on past days, all visits signed."""
    open_clinic(folder, SystemClock()).close()
    connection = sqlite3.connect(database_file(folder))
    triggers = connection.execute(
        "select name, sql from sqlite_schema where type = 'trigger'"
    ).fetchall()
    for name, _ in triggers:
        connection.execute(f"drop trigger {name}")
    connection.executemany(
        "insert into clinicians (name, credentials, last_used_at) values (?, 'OTR/L', 0)",
        [(name,) for name in CLINICIANS],
    )
    _fill(connection, segments)
    seals.seal_all(connection)
    for _, sql in triggers:
        connection.execute(sql)
    connection.commit()
    connection.execute("pragma wal_checkpoint(truncate)")
    connection.close()
    return folder


def _fill(connection: sqlite3.Connection, segments: int) -> None:
    a_day = VISITS_A_DAY * len(CODES)
    days = -(-segments // a_day)
    today = datetime.now(UTC).date()
    made = 0
    for back in range(days, 0, -1):
        made += _fill_day(connection, today - timedelta(days=back), min(a_day, segments - made))


def _fill_day(connection: sqlite3.Connection, day: date, most: int) -> int:
    start = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000 + 8 * HOUR
    visits, rows = [], []
    lasting = Random(day.toordinal())  # noqa: S311  (the same record on each run)
    for number in range(VISITS_A_DAY):
        clinician = CLINICIANS[number % len(CLINICIANS)]
        at = start + (number // len(CLINICIANS)) * HOUR
        patient = f"P-{(day.toordinal() * 7 + number * 13) % 4000:04d}-{number}"
        visit_id = new_id(at)
        visits.append((visit_id, patient, "OT", day.isoformat(), "Medicare", 0, 0, "signed", at))
        for code, attendance, exclusive, minutes in CODES:
            if len(rows) == most:
                break
            end = at + lasting.randint(*minutes) * MINUTE
            who = (visit_id, patient, code, clinician, "therapist")
            rows.append((new_id(at), *who, at, end, attendance, exclusive, "file", at))
            at = end
    connection.executemany(
        "insert into visits (id, patient, discipline, service_date, payer, relaxed, "
        "assistants_barred, status, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        visits,
    )
    connection.executemany(
        "insert into segments (id, visit_id, patient, code, clinician, role, started_at, "
        "ended_at, attendance, exclusive, origin, recorded_at) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    return len(rows)
