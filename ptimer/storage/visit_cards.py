"""Which codes were put on a visit's cards? Rows of the `visit_cards` table."""

import sqlite3
from collections.abc import Iterable

from ptimer.storage.many import AMONG, in_lists, these
from ptimer.timing.clock import Instant


def add(connection: sqlite3.Connection, visit_id: str, code: str, *, at: Instant) -> None:
    """Put a code on the visit's cards."""
    connection.execute(
        "insert into visit_cards (visit_id, code, added_at) values (?, ?, ?) "
        "on conflict do nothing",
        (visit_id, code, at),
    )


def of_visits(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by visit, the codes that were put on its cards, in that order."""
    rows = connection.execute(
        f"select visit_id, code from visit_cards where visit_id {AMONG} order by added_at, rowid",
        (these(ids),),
    )
    return in_lists(rows)
