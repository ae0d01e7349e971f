"""Education, training, licences and certificates, in the `clinician_entries` table."""

import sqlite3
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptimer.timing.clock import Instant

ENTRIES = "clinician_entries"


@dataclass(frozen=True)
class EntryRow:
    """What a clinician learnt, or may do; `hours` are hundredths, `file_name` names the proof."""

    id: str
    clinician: str
    kind: str
    title: str
    dated: date
    expires_on: date | None
    hours: int | None
    file_name: str
    note: str
    recorded_by: str
    recorded_at: Instant
    voided_at: Instant | None = None
    voided_by: str = ""
    void_reason: str = ""

    @property
    def stands(self) -> bool:
        """Whether nobody voided it."""
        return self.voided_at is None


_COLUMNS = (
    "id, clinician, kind, title, dated, expires_on, hours, file_name, note, recorded_by, "
    "recorded_at, voided_at, voided_by, void_reason"
)


def add(connection: sqlite3.Connection, entry: EntryRow) -> None:
    """Add an entry within the open transaction; its clinician must be there already."""
    connection.execute(
        "insert into clinician_entries (id, clinician, kind, title, dated, expires_on, hours, "
        "file_name, note, recorded_by, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.clinician,
            entry.kind,
            entry.title,
            entry.dated.isoformat(),
            None if entry.expires_on is None else entry.expires_on.isoformat(),
            entry.hours,
            entry.file_name,
            entry.note,
            entry.recorded_by,
            entry.recorded_at,
        ),
    )


def void(connection: sqlite3.Connection, entry_id: str, *, by: str, why: str, at: Instant) -> None:
    """Let an entry stand no longer; the row stays."""
    connection.execute(
        "update clinician_entries set voided_at = ?, voided_by = ?, void_reason = ? where id = ?",
        (at, by, why, entry_id),
    )


def find(connection: sqlite3.Connection, entry_id: str) -> EntryRow | None:
    """Return the entry of an id, voided or not."""
    row = connection.execute(
        f"select {_COLUMNS} from clinician_entries where id = ?", (entry_id,)
    ).fetchone()
    return None if row is None else _entry(row)


def of_clinician(connection: sqlite3.Connection, clinician: str) -> list[EntryRow]:
    """Return a clinician's entries, voided ones too, the newest date first."""
    rows = connection.execute(
        f"select {_COLUMNS} from clinician_entries where clinician = ? "
        "order by dated desc, recorded_at desc, id desc",
        (clinician,),
    )
    return [_entry(row) for row in rows]


def every_entry(connection: sqlite3.Connection) -> list[EntryRow]:
    """Return all entries, by clinician and date."""
    rows = connection.execute(
        f"select {_COLUMNS} from clinician_entries order by clinician, dated, recorded_at, id"
    )
    return [_entry(row) for row in rows]


def expiring(connection: sqlite3.Connection, by: date) -> list[EntryRow]:
    """Return the entries that stand and expire on a day or before it, the soonest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from clinician_entries where voided_at is null "
        "and expires_on is not null and expires_on <= ? order by expires_on, clinician, id",
        (by.isoformat(),),
    )
    return [_entry(row) for row in rows]


def _entry(row: tuple[Any, ...]) -> EntryRow:
    entry_id, clinician, kind, title, dated, expires, hours, *more = row
    file_name, note, recorded_by, recorded_at, voided_at, voided_by, reason = more
    return EntryRow(
        entry_id,
        clinician,
        kind,
        title,
        date.fromisoformat(dated),
        None if expires is None else date.fromisoformat(expires),
        hours,
        file_name,
        note,
        recorded_by,
        recorded_at,
        voided_at,
        voided_by or "",
        reason or "",
    )
