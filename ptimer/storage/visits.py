"""Visits in the `visits` table, and what belongs to a visit as a whole."""

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptimer.storage.database import path_of
from ptimer.storage.errors import DamagedFile, NoSuchVisit
from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, these
from ptimer.timing.clock import Instant
from ptimer.wording import say

VISITS = "visits"

OPEN = "open"
SIGNED = "signed"


@dataclass(frozen=True)
class VisitRow:
    """One patient, one discipline, one date of service."""

    id: str
    patient: str
    discipline: str
    service_date: date
    payer: str
    relaxed: bool
    assistants_barred: bool
    status: str
    planned_at: Instant | None
    arrived_at: Instant | None
    departed_at: Instant | None
    created_at: Instant

    @property
    def signed(self) -> bool:
        """Whether the visit is closed."""
        return self.status == SIGNED


@dataclass(frozen=True)
class NewVisit:
    """What a visit is made of."""

    patient: str
    discipline: str
    service_date: date
    payer: str
    relaxed: bool
    assistants_barred: bool
    planned_at: Instant | None = None


_COLUMNS = (
    "id, patient, discipline, service_date, payer, relaxed, assistants_barred, status, "
    "planned_at, arrived_at, departed_at, created_at"
)


def add(
    connection: sqlite3.Connection, visit: NewVisit, *, at: Instant, visit_id: str = ""
) -> VisitRow:
    """Add a visit within the open transaction, with a new id where it brings none along."""
    visit_id = visit_id or new_id(at)
    connection.execute(
        "insert into visits (id, patient, discipline, service_date, payer, relaxed, "
        "assistants_barred, planned_at, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            visit_id,
            visit.patient,
            visit.discipline,
            visit.service_date.isoformat(),
            visit.payer,
            visit.relaxed,
            visit.assistants_barred,
            visit.planned_at,
            at,
        ),
    )
    return get(connection, visit_id)


def get(connection: sqlite3.Connection, visit_id: str) -> VisitRow:
    """Return a visit that was seen.

    Raises:
        NoSuchVisit: it was seen before it could be recorded, or in another record.
    """
    row = connection.execute(f"select {_COLUMNS} from visits where id = ?", (visit_id,)).fetchone()
    if row is None:
        raise NoSuchVisit
    return _visit(row)


def find(
    connection: sqlite3.Connection, patient: str, service_date: date, discipline: str
) -> VisitRow | None:
    """Return the patient's visit of a date and discipline."""
    row = connection.execute(
        f"select {_COLUMNS} from visits where patient = ? and discipline = ? and service_date = ?",
        (patient, discipline, service_date.isoformat()),
    ).fetchone()
    return None if row is None else _visit(row)


def of_patient(connection: sqlite3.Connection, patient: str, service_date: date) -> list[VisitRow]:
    """Return the patient's visits of a date, the one made last first."""
    rows = connection.execute(
        f"select {_COLUMNS} from visits where patient = ? and service_date = ? "
        "order by created_at desc, rowid desc",
        (patient, service_date.isoformat()),
    )
    return [_visit(row) for row in rows]


def of_patient_between(
    connection: sqlite3.Connection, patient: str, first: date, last: date
) -> list[VisitRow]:
    """Return the patient's visits from `first` to `last`, in the order of date and making."""
    rows = connection.execute(
        f"select {_COLUMNS} from visits where patient = ? and service_date between ? and ? "
        "order by service_date, created_at, rowid",
        (patient, first.isoformat(), last.isoformat()),
    )
    return [_visit(row) for row in rows]


def on(connection: sqlite3.Connection, first: date, last: date) -> list[VisitRow]:
    """Return the visits from `first` to `last`, in the order of date and making."""
    rows = connection.execute(
        f"select {_COLUMNS} from visits where service_date between ? and ? "
        "order by service_date, created_at, rowid",
        (first.isoformat(), last.isoformat()),
    )
    return [_visit(row) for row in rows]


def dates(connection: sqlite3.Connection, first: date, last: date) -> list[date]:
    """Return the dates from `first` to `last` that have a visit."""
    rows = connection.execute(
        "select distinct service_date from visits where service_date between ? and ? order by 1",
        (first.isoformat(), last.isoformat()),
    )
    return [date.fromisoformat(row[0]) for row in rows]


def many(connection: sqlite3.Connection, ids: Iterable[str]) -> list[VisitRow]:
    """Return the visits of some ids, in the order of date and making."""
    rows = connection.execute(
        f"select {_COLUMNS} from visits where id {AMONG} order by service_date, created_at, rowid",
        (these(ids),),
    )
    return [_visit(row) for row in rows]


def of_times(connection: sqlite3.Connection, ids: Collection[str]) -> dict[str, VisitRow]:
    """Return by id the visits that times belong to.

    Raises:
        DamagedFile: one of them is not there.
    """
    found = {each.id: each for each in many(connection, ids)}
    if found.keys() != set(ids):
        raise DamagedFile(path_of(connection), say("a visit that a time belongs to is missing"))
    return found


def unsigned_before(connection: sqlite3.Connection, day: date, *, most: int) -> list[VisitRow]:
    """Return open visits of earlier days that hold a segment, the newest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from visits where status = 'open' and service_date < ? and exists "
        "(select 1 from segments s where s.visit_id = visits.id and s.voided_at is null) "
        "order by service_date desc, created_at desc, rowid desc limit ?",
        (day.isoformat(), most),
    )
    return [_visit(row) for row in rows]


def last_of_patient(connection: sqlite3.Connection, patient: str) -> VisitRow | None:
    """Return the patient's newest visit."""
    row = connection.execute(
        f"select {_COLUMNS} from visits where patient = ? order by service_date desc, "
        "created_at desc, rowid desc limit 1",
        (patient,),
    ).fetchone()
    return None if row is None else _visit(row)


def last_held_before(connection: sqlite3.Connection, visit: VisitRow) -> VisitRow | None:
    """Return the patient's newest earlier visit of the discipline in which something was timed."""
    row = connection.execute(
        f"select {_COLUMNS} from visits where patient = ? and discipline = ? "
        "and service_date < ? and exists "
        "(select 1 from segments s where s.visit_id = visits.id and s.voided_at is null) "
        "order by service_date desc limit 1",
        (visit.patient, visit.discipline, visit.service_date.isoformat()),
    ).fetchone()
    return None if row is None else _visit(row)


def last_made(connection: sqlite3.Connection) -> VisitRow | None:
    """Return the visit that was made last, whoever's it is."""
    row = connection.execute(
        f"select {_COLUMNS} from visits order by created_at desc, rowid desc limit 1"
    ).fetchone()
    return None if row is None else _visit(row)


def any_at_all(connection: sqlite3.Connection) -> bool:
    """Return whether the record holds a visit."""
    return connection.execute("select 1 from visits limit 1").fetchone() is not None


def recent_patients(connection: sqlite3.Connection, *, most: int) -> list[str]:
    """Return patient ids, the one seen last first."""
    rows = connection.execute(
        "select patient from (select patient, max(created_at) as seen from "
        "(select patient, created_at from visits order by created_at desc limit 2000) "
        "group by patient) order by seen desc limit ?",
        (most,),
    )
    return [str(row[0]) for row in rows]


def set_times(
    connection: sqlite3.Connection,
    visit_id: str,
    *,
    arrived_at: Instant | None,
    departed_at: Instant | None,
) -> None:
    """Set when the patient came and left."""
    connection.execute(
        "update visits set arrived_at = ?, departed_at = ? where id = ?",
        (arrived_at, departed_at, visit_id),
    )


def set_plan(connection: sqlite3.Connection, visit_id: str, planned_at: Instant | None) -> None:
    """Set when the patient is expected."""
    connection.execute("update visits set planned_at = ? where id = ?", (planned_at, visit_id))


def set_payer(
    connection: sqlite3.Connection,
    visit_id: str,
    payer: str,
    *,
    relaxed: bool,
    assistants_barred: bool,
) -> None:
    """Set who pays, and what that payer allows."""
    connection.execute(
        "update visits set payer = ?, relaxed = ?, assistants_barred = ? where id = ?",
        (payer, relaxed, assistants_barred, visit_id),
    )


def set_status(connection: sqlite3.Connection, visit_id: str, status: str) -> None:
    """Close or reopen a visit."""
    connection.execute("update visits set status = ? where id = ?", (status, visit_id))


def _visit(row: tuple[Any, ...]) -> VisitRow:
    (
        visit_id,
        patient,
        discipline,
        service_date,
        payer,
        relaxed,
        barred,
        status,
        planned_at,
        arrived_at,
        departed_at,
        created_at,
    ) = row
    return VisitRow(
        visit_id,
        patient,
        discipline,
        date.fromisoformat(service_date),
        payer,
        bool(relaxed),
        bool(barred),
        status,
        planned_at,
        arrived_at,
        departed_at,
        created_at,
    )
