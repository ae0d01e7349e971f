"""Minutes planned for each code of a visit, in the `plans` table."""

import sqlite3
from collections.abc import Iterable

from ptimer.storage.many import AMONG, by_key, these
from ptimer.timing.clock import Instant

PLANS = "plans"


def put(
    connection: sqlite3.Connection, visit_id: str, code: str, minutes: int | None, *, at: Instant
) -> None:
    """Plan minutes of a code, or plan it no more, within the open transaction."""
    connection.execute(
        "insert into plans (visit_id, code, minutes, planned_at) values (?, ?, ?, ?) "
        "on conflict (visit_id, code) do update set minutes = excluded.minutes, "
        "planned_at = excluded.planned_at",
        (visit_id, code, minutes, at),
    )


def of_visits(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return, by visit, the minutes planned for each code, in the order of their planning."""
    rows = connection.execute(
        "select visit_id, code, minutes from plans where minutes is not null "
        f"and visit_id {AMONG} order by rowid",
        (these(ids),),
    )
    return by_key(rows)
