"""What did clinicians answer that signing asks for: how a tie is shared, why a code took long?"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from ptimer.storage.many import AMONG, by_key, these
from ptimer.timing.clock import Instant


def set_choice(
    connection: sqlite3.Connection, visit_id: str, units: Mapping[str, int], *, at: Instant
) -> None:
    """Keep how the clinician settled a tie."""
    connection.execute(
        "insert into unit_choices (visit_id, units, chosen_at) values (?, ?, ?) "
        "on conflict (visit_id) do update set units = excluded.units, "
        "chosen_at = excluded.chosen_at",
        (visit_id, json.dumps(dict(units)), at),
    )


def choices(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return the settled ties by visit."""
    rows = connection.execute(
        f"select visit_id, units from unit_choices where visit_id {AMONG}",
        (these(ids),),
    )
    return {visit_id: json.loads(units) for visit_id, units in rows}


def set_long_reason(
    connection: sqlite3.Connection, visit_id: str, code: str, reason: str, *, at: Instant
) -> None:
    """Keep why a code took so long."""
    connection.execute(
        "insert into long_reasons (visit_id, code, reason, given_at) values (?, ?, ?, ?) "
        "on conflict (visit_id, code) do update set reason = excluded.reason, "
        "given_at = excluded.given_at",
        (visit_id, code, reason, at),
    )


def long_reasons(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the reasons by visit and code."""
    rows = connection.execute(
        f"select visit_id, code, reason from long_reasons where visit_id {AMONG}",
        (these(ids),),
    )
    return by_key(rows)
