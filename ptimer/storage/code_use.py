"""Until when do visits hold a code? Asked before a code of the clinic's own changes."""

import sqlite3
from collections.abc import Iterable
from datetime import date

from ptimer.storage.many import AMONG, these


def last_day(connection: sqlite3.Connection, codes: Iterable[str]) -> date | None:
    """Return the last date of service with a recorded time of one of these codes."""
    row = connection.execute(
        "select max(v.service_date) from segments s join visits v on v.id = s.visit_id "
        f"where s.voided_at is null and s.code {AMONG}",
        (these(codes),),
    ).fetchone()
    return None if row[0] is None else date.fromisoformat(row[0])
