"""Clinicians in the `clinicians` table."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from ptimer.timing.clock import Instant

CLINICIANS = "clinicians"


@dataclass(frozen=True)
class ClinicianRow:
    """Someone who treats, as last told."""

    name: str
    credentials: str = ""
    discipline: str = ""
    role: str = "therapist"
    npi: str = ""
    supervisor: str = ""


_COLUMNS = "name, credentials, discipline, role, npi, supervisor"


def find(connection: sqlite3.Connection, name: str) -> ClinicianRow | None:
    """Return the clinician of that name."""
    row = connection.execute(
        f"select {_COLUMNS} from clinicians where name = ?",
        (name,),
    ).fetchone()
    return None if row is None else _clinician(row)


def last_used(connection: sqlite3.Connection) -> ClinicianRow | None:
    """Return the clinician who pressed last."""
    row = connection.execute(
        f"select {_COLUMNS} from clinicians order by last_used_at desc, rowid desc limit 1"
    ).fetchone()
    return None if row is None else _clinician(row)


def everyone(connection: sqlite3.Connection) -> list[ClinicianRow]:
    """Return all clinicians by name."""
    rows = connection.execute(f"select {_COLUMNS} from clinicians order by name")
    return [_clinician(row) for row in rows]


def by_use(connection: sqlite3.Connection) -> list[ClinicianRow]:
    """Return all clinicians, the one who pressed last, first."""
    rows = connection.execute(
        f"select {_COLUMNS} from clinicians order by last_used_at desc, rowid desc"
    )
    return [_clinician(row) for row in rows]


def use(connection: sqlite3.Connection, name: str, *, at: Instant) -> bool:
    """Remember that a clinician pressed, made where new; return whether it is a new one."""
    used = _after_all_others(connection, name, at)
    changed = connection.execute(
        "update clinicians set last_used_at = ? where name = ?", (used, name)
    ).rowcount
    if changed:
        return False
    connection.execute("insert into clinicians (name, last_used_at) values (?, ?)", (name, used))
    return True


def ensure(connection: sqlite3.Connection, name: str) -> None:
    """Make a clinician who is named, but who did not press."""
    connection.execute(
        "insert into clinicians (name, last_used_at) values (?, 0) on conflict do nothing", (name,)
    )


def save(connection: sqlite3.Connection, clinician: ClinicianRow, *, at: Instant) -> None:
    """Write what was told of a clinician, made where new."""
    connection.execute(
        "insert into clinicians (name, credentials, discipline, role, npi, supervisor, "
        "last_used_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (name) do update set "
        "credentials = excluded.credentials, discipline = excluded.discipline, "
        "role = excluded.role, npi = excluded.npi, supervisor = excluded.supervisor, "
        "last_used_at = excluded.last_used_at",
        (
            clinician.name,
            clinician.credentials,
            clinician.discipline,
            clinician.role,
            clinician.npi,
            clinician.supervisor,
            _after_all_others(connection, clinician.name, at),
        ),
    )


def set_credentials(connection: sqlite3.Connection, name: str, credentials: str) -> None:
    """Write a clinician's credentials; who pressed last stays who it was."""
    connection.execute("update clinicians set credentials = ? where name = ?", (credentials, name))


def _after_all_others(connection: sqlite3.Connection, name: str, at: Instant) -> int:
    """Return when a clinician was used last: now, and after all others if the clock was set."""
    others = connection.execute(
        "select max(last_used_at) from clinicians where name <> ?", (name,)
    ).fetchone()[0]
    return max(at, 1 + (others or 0))


def _clinician(row: tuple[Any, ...]) -> ClinicianRow:
    return ClinicianRow(*row)
