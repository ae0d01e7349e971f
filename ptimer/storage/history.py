"""Which visits of all years hold what is looked for, and which times were recorded in them?"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptimer.timing.clock import Instant

_FEW = 2000
"""So many visits of one beginning are found sooner by patient, more of them by date."""

_MOST_CHARACTERS = 100
_LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty or None may be anything.

    A visit is found by one recorded time that is of the code and the clinician both. `patient` is
    how an id begins, whatever the capitals of its Latin letters.
    """

    patient: str = ""
    code: str = ""
    clinician: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def anything(self) -> bool:
        """Whether every visit is meant."""
        return self == Wanted()


@dataclass(frozen=True)
class Place:
    """Where a visit stands among those that are found, the newest first."""

    day: date
    number: int
    visit_id: str


def find(
    connection: sqlite3.Connection, wanted: Wanted, *, after: Place | None = None, most: int
) -> list[Place]:
    """Return the visits that are looked for, the newest first, from behind a place on."""
    source, where, values = _visits(connection, wanted)
    if after is not None:
        where += " and (v.service_date, v.rowid) < (:after_day, :after_number)"
        values |= {"after_day": after.day.isoformat(), "after_number": after.number}
    rows = connection.execute(
        f"select v.service_date, v.rowid, v.id from {source} where {where} "
        "order by v.service_date desc, v.rowid desc limit :most",
        {**values, "most": most},
    )
    return [Place(date.fromisoformat(day), number, visit_id) for day, number, visit_id in rows]


def times(
    connection: sqlite3.Connection, wanted: Wanted, *, now: Instant
) -> Iterator[tuple[Any, ...]]:
    """Return all times of the visits that are looked for, the newest visit's first.

    Date, the visit's number, payer, start, code, milliseconds, typed units. What runs has lasted
    up to `now`. The times of a visit come one behind the other, as they were recorded.
    """
    source, where, values = _visits(connection, wanted)
    return connection.execute(
        "select v.service_date, v.rowid, v.payer, t.started_at, t.code, "
        "max(ifnull(t.ended_at, :now) - t.started_at, 0), "
        f"t.typed_units from {source} join segments t on t.visit_id = v.id "
        f"where {where} and t.voided_at is null "
        "order by v.service_date desc, v.rowid desc, t.rowid",
        {**values, "now": now},
    )


def settled(connection: sqlite3.Connection) -> dict[int, dict[str, int]]:
    """Return how the ties of all visits were settled, by the visits' numbers."""
    rows = connection.execute(
        "select v.rowid, c.units from unit_choices c join visits v on v.id = c.visit_id"
    )
    return {number: json.loads(units) for number, units in rows}


def signed(connection: sqlite3.Connection, *, since: date, before: Instant) -> dict[int, Instant]:
    """Return when visits from a day on were signed that were signed before a moment."""
    rows = connection.execute(
        "select v.rowid, max(s.signed_at) as at "
        "from visits v indexed by visits_by_date join signatures s on s.visit_id = v.id "
        "where v.service_date >= ? and v.status = 'signed' and s.withdrawn_at is null "
        "group by v.rowid having at < ?",
        (since.isoformat(), before),
    )
    return {number: Instant(at) for number, at in rows}


def count(connection: sqlite3.Connection) -> int:
    """Return how many visits hold a recorded time."""
    row = connection.execute(
        "select count(*) from visits v where exists "
        "(select 1 from segments s where s.visit_id = v.id and s.voided_at is null)"
    ).fetchone()
    return int(row[0])


def earliest(connection: sqlite3.Connection) -> date | None:
    """Return the date of the first visit."""
    day = connection.execute("select min(service_date) from visits").fetchone()[0]
    return None if day is None else date.fromisoformat(day)


def _visits(
    connection: sqlite3.Connection, wanted: Wanted
) -> tuple[str, str, dict[str, str | int]]:
    """Return from where the visits come, which of them are meant, and the values for both."""
    time = ["s.visit_id = v.id", "s.voided_at is null"]
    if wanted.code:
        time.append("s.code = :code")
    if wanted.clinician:
        time.append(":clinician in (s.clinician, case s.role when 'student' then s.supervisor end)")
    parts = [f"exists (select 1 from segments s where {' and '.join(time)})"]
    if wanted.patient:
        parts.append(_OF_PATIENT)
    if wanted.first:
        parts.append("v.service_date >= :first")
    if wanted.last:
        parts.append("v.service_date <= :last")
    values: dict[str, str | int] = {
        "code": wanted.code,
        "clinician": wanted.clinician,
        "first": str(wanted.first),
        "last": str(wanted.last),
        "patient": wanted.patient,
        "patient_to": wanted.patient + _LAST_CHARACTER * _MOST_CHARACTERS,
    }
    by = "visits_by_patient" if _are_few(connection, values) else "visits_by_date"
    return f"visits v indexed by {by}", " and ".join(parts), values


def _are_few(connection: sqlite3.Connection, values: dict[str, str | int]) -> bool:
    """Return whether so few ids begin as wanted that it is best to look at them alone."""
    if not values["patient"]:
        return False
    row = connection.execute(
        f"select count(*) from (select 1 from visits v where {_OF_PATIENT} limit :few)",
        {**values, "few": _FEW + 1},
    ).fetchone()
    return int(row[0]) <= _FEW


_OF_PATIENT = "v.patient collate nocase >= :patient and v.patient collate nocase <= :patient_to"
