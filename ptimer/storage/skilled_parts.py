"""The skilled parts of visits, and what is ticked as in their charts."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ptimer.billing.skilled_fields import Part
from ptimer.billing.skilled_parts import SkilledParts, Values
from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, by_key, in_lists, these
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant

SKILLED_PARTS = "skilled_parts"
CHART_TICKS = "chart_ticks"


@dataclass(frozen=True)
class Written:
    """Parts as they are written: `carried_from` is the visit that some were taken over from."""

    visit_id: str
    code: str
    values: Values
    carried_from: str | None
    written_by: str
    written_at: Instant


def write(connection: sqlite3.Connection, written: Written) -> None:
    """Write the parts of a code anew within the open transaction; what was before is kept."""
    connection.execute(
        "insert into skilled_parts (id, visit_id, code, content, carried_from, written_by, "
        "written_at) values (?, ?, ?, ?, ?, ?, ?)",
        (
            new_id(written.written_at),
            written.visit_id,
            written.code,
            json.dumps({part.value: value for part, value in written.values.items()}),
            written.carried_from,
            written.written_by,
            written.written_at,
        ),
    )


def of_visits(
    connection: sqlite3.Connection, ids: Iterable[str]
) -> dict[str, dict[str, SkilledParts]]:
    """Return, by visit and code, the parts as they are now."""
    # With max() alone among the aggregates, the other columns are those of its row.
    rows = connection.execute(
        "select s.visit_id, s.code, s.content, "
        "(select service_date from visits v where v.id = s.carried_from), max(s.rowid) "
        f"from skilled_parts s where s.visit_id {AMONG} "
        "group by s.visit_id, s.code",
        (these(ids),),
    )
    return by_key(
        (visit_id, code, SkilledParts(_values(content), date.fromisoformat(day) if day else None))
        for visit_id, code, content, day, _ in rows
    )


def carried_from(connection: sqlite3.Connection, visit_id: str, code: str) -> str | None:
    """Return the visit that parts of a code were taken over from, if any."""
    row = connection.execute(
        "select carried_from from skilled_parts where visit_id = ? and code = ? "
        "order by rowid desc limit 1",
        (visit_id, code),
    ).fetchone()
    return None if row is None else row[0]


def visits_before(
    connection: sqlite3.Connection, visit: VisitRow, *, most: int
) -> list[tuple[str, date]]:
    """Return the patient's earlier visits of the discipline with parts, the newest first."""
    rows = connection.execute(
        "select id, service_date from visits where patient = ? and discipline = ? "
        "and service_date < ? and exists "
        "(select 1 from skilled_parts s where s.visit_id = visits.id) "
        "order by service_date desc limit ?",
        (visit.patient, visit.discipline, visit.service_date.isoformat(), most),
    )
    return [(visit_id, date.fromisoformat(day)) for visit_id, day in rows]


def tick(connection: sqlite3.Connection, visit_id: str, name: str, *, by: str, at: Instant) -> None:
    """Note that something is in the chart."""
    connection.execute(
        "insert into chart_ticks (id, visit_id, tick, ticked_by, ticked_at) values (?, ?, ?, ?, ?)",
        (new_id(at), visit_id, name, by, at),
    )


def take_tick_back(
    connection: sqlite3.Connection, visit_id: str, name: str, *, at: Instant
) -> None:
    """Let a tick stand no longer."""
    connection.execute(
        "update chart_ticks set taken_back_at = ? "
        "where visit_id = ? and tick = ? and taken_back_at is null",
        (at, visit_id, name),
    )


def ticks(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by visit, what is ticked, in the order of the ticking."""
    rows = connection.execute(
        "select visit_id, tick from chart_ticks where taken_back_at is null "
        f"and visit_id {AMONG} order by ticked_at, rowid",
        (these(ids),),
    )
    return in_lists(rows)


def _values(content: str) -> Mapping[Part, tuple[str, ...]]:
    """Return the values that this ptimer knows; a newer one may have kept others, too."""
    known = set(Part)
    kept = json.loads(content)
    return {Part(name): tuple(value) for name, value in kept.items() if name in known}
