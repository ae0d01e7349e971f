"""What is a unit worth, and what did a patient's year come to? All amounts are whole cents.

Fees and amounts are only ever added; the newest of a payer, code and year counts.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant

FEES = "fees"
CHARGES_ELSEWHERE = "charges_elsewhere"
YEAR_THRESHOLDS = "year_thresholds"
SIGNED_UNITS = "signed_units"


@dataclass(frozen=True)
class FeeRow:
    """What a payer allows for one unit of a code in a year; None: no fee is known any more."""

    payer: str
    code: str
    year: int
    cents: int | None


@dataclass(frozen=True)
class ThresholdRow:
    """A year's threshold that a person typed, and where it is written."""

    year: int
    cents: int
    source: str


@dataclass(frozen=True)
class Told:
    """Who said something, and when."""

    by: str
    at: Instant


def add_fees(connection: sqlite3.Connection, rows: Iterable[FeeRow], told: Told) -> None:
    """Write fees within the open transaction."""
    connection.executemany(
        "insert into fees (id, payer, code, year, cents, told_by, told_at) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            (new_id(told.at), row.payer, row.code, row.year, row.cents, told.by, told.at)
            for row in rows
        ),
    )


def any_fees(connection: sqlite3.Connection) -> bool:
    """Return whether anybody ever typed a fee, or an amount of another provider."""
    found = connection.execute(
        "select exists (select 1 from fees) or exists (select 1 from charges_elsewhere)"
    ).fetchone()
    return bool(found[0])


def fees(connection: sqlite3.Connection, year: int | None = None) -> list[FeeRow]:
    """Return the fees that count, by payer, year and code."""
    rows = connection.execute(
        "select payer, code, year, cents, max(rowid) from fees "
        "where ? is null or year = ? group by payer, code, year order by payer, year, code",
        (year, year),
    )
    return [FeeRow(*row[:4]) for row in rows if row[3] is not None]


def add_elsewhere(
    connection: sqlite3.Connection, patient: str, year: int, pool: str, cents: int, told: Told
) -> None:
    """Write what all other providers were allowed, within the open transaction."""
    connection.execute(
        "insert into charges_elsewhere (id, patient, year, pool, cents, told_by, told_at) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (new_id(told.at), patient, year, pool, cents, told.by, told.at),
    )


def elsewhere(connection: sqlite3.Connection, patient: str, year: int, pool: str) -> int | None:
    """Return the last amount that was typed, in cents; None where none was."""
    row = connection.execute(
        "select cents from charges_elsewhere where patient = ? and year = ? and pool = ? "
        "order by rowid desc limit 1",
        (patient, year, pool),
    ).fetchone()
    return None if row is None else int(row[0])


def add_threshold(connection: sqlite3.Connection, row: ThresholdRow, told: Told) -> None:
    """Write a year's threshold within the open transaction."""
    connection.execute(
        "insert into year_thresholds (id, year, cents, source, told_by, told_at) "
        "values (?, ?, ?, ?, ?, ?)",
        (new_id(told.at), row.year, row.cents, row.source, told.by, told.at),
    )


def threshold(connection: sqlite3.Connection, year: int) -> ThresholdRow | None:
    """Return the threshold that was typed last for a year."""
    row = connection.execute(
        "select year, cents, source from year_thresholds where year = ? "
        "order by rowid desc limit 1",
        (year,),
    ).fetchone()
    return None if row is None else ThresholdRow(*row)


def sign_units(
    connection: sqlite3.Connection, visit_id: str, units: Mapping[str, int], *, at: Instant
) -> None:
    """Remember a visit's units by code as they were signed; those signed before are withdrawn."""
    withdraw_units(connection, visit_id, at=at)
    connection.executemany(
        "insert into signed_units (id, visit_id, code, units, signed_at) values (?, ?, ?, ?, ?)",
        ((new_id(at), visit_id, code, each, at) for code, each in units.items() if each),
    )


def withdraw_units(connection: sqlite3.Connection, visit_id: str, *, at: Instant) -> None:
    """Let the units of an amended visit count no longer."""
    connection.execute(
        "update signed_units set withdrawn_at = ? where visit_id = ? and withdrawn_at is null",
        (at, visit_id),
    )


def signed_units(
    connection: sqlite3.Connection,
    patient: str,
    disciplines: Sequence[str],
    before: date,
    *,
    but_not: str,
) -> list[tuple[str, str, int]]:
    """Return payer, code and units of a patient's signed visits of a year, up to a date.

    The visit `but_not` is left out.
    """
    rows = connection.execute(
        "select v.payer, u.code, sum(u.units) from visits v "
        "join signed_units u on u.visit_id = v.id and u.withdrawn_at is null "
        "where v.patient = ? and v.service_date between ? and ? and v.id <> ? "
        f"and v.discipline in ({', '.join('?' * len(disciplines))}) group by v.payer, u.code",
        (patient, f"{before.year:04d}-01-01", before.isoformat(), but_not, *disciplines),
    )
    return [(str(payer), str(code), int(units)) for payer, code, units in rows]
