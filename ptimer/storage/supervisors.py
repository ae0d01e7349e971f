"""Who was named as supervising whose part of a visit, in `visit_supervisors`?"""

import sqlite3
from collections.abc import Iterable, Mapping

from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, by_key, these
from ptimer.timing.clock import Instant

SUPERVISORS = "visit_supervisors"


def name(
    connection: sqlite3.Connection,
    visit_id: str,
    parts: Mapping[str, str],
    *,
    by: str,
    at: Instant,
) -> None:
    """Keep who supervised, by clinician; who was named before for one stands no longer."""
    for clinician, supervisor in parts.items():
        connection.execute(
            "update visit_supervisors set replaced_at = ? "
            "where visit_id = ? and clinician = ? and replaced_at is null",
            (at, visit_id, clinician),
        )
        connection.execute(
            "insert into visit_supervisors (id, visit_id, clinician, supervisor, named_by, "
            "named_at) values (?, ?, ?, ?, ?, ?)",
            (new_id(at), visit_id, clinician, supervisor, by, at),
        )


def named(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return who was named as supervising, by visit and clinician."""
    rows = connection.execute(
        "select visit_id, clinician, supervisor from visit_supervisors where replaced_at is null "
        f"and visit_id {AMONG} order by named_at, id",
        (these(ids),),
    )
    return by_key(rows)
