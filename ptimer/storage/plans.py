"""Minutes planned for each code of a visit, in the `plans` table."""

import json
import sqlite3
from collections.abc import Iterable

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
    found: dict[str, dict[str, int]] = {}
    for visit_id, code, minutes in connection.execute(
        "select visit_id, code, minutes from plans where minutes is not null "
        "and visit_id in (select value from json_each(?)) order by rowid",
        (json.dumps(list(ids)),),
    ):
        found.setdefault(visit_id, {})[code] = minutes
    return found
