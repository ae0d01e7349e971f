"""What is read for the biller, and what was given to the biller before?"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptimer.timing.clock import Instant

EXPORT_BATCHES = "export_batches"
EXPORT_LINES = "export_lines"


@dataclass(frozen=True)
class Batch:
    """One file that was made for a biller."""

    id: str
    exported_at: Instant
    date_from: date
    date_to: date
    layout: str
    file_name: str
    line_count: int
    units: int


@dataclass(frozen=True)
class ExportedLine:
    """One line of a batch: what it was about, and its text."""

    line_id: str
    visit_id: str
    code: str
    modifiers: str
    content: str
    status: str = "NEW"


@dataclass(frozen=True)
class SentLine:
    """A line of a visit as one batch held it; `status`: whether it was new, put right or void."""

    line_id: str
    batch_id: str
    status: str
    content: str


_TREATED_BY = (
    "(:clinician is null or exists (select 1 from segments t where t.visit_id = v.id "
    "and t.voided_at is null and :clinician in "
    "(t.clinician, case t.role when 'student' then t.supervisor end)))"
)


def segment_rows(
    connection: sqlite3.Connection,
    first: date,
    last: date,
    *,
    unsigned: bool,
    clinician: str | None = None,
) -> Iterator[tuple[Any, ...]]:
    """Return the segments of the visits from `first` to `last`, by date, visit and start.

    patient, payer, discipline, clinician, role, code, start, end, note, supervisor, typed units.
    `clinician` names whose visits they are; None is everyone's.
    """
    return connection.execute(
        "select s.patient, v.payer, v.discipline, s.clinician, s.role, s.code, s.started_at, "
        "s.ended_at, s.note, s.supervisor, s.typed_units "
        "from visits v join segments s on s.visit_id = v.id "
        "where v.service_date between :first and :last and s.voided_at is null "
        f"and (v.status = 'signed' or :unsigned) and {_TREATED_BY} "
        "order by v.service_date, v.created_at, v.rowid, s.started_at, s.rowid",
        {
            "first": first.isoformat(),
            "last": last.isoformat(),
            "unsigned": unsigned,
            "clinician": clinician,
        },
    )


def held_back(
    connection: sqlite3.Connection, first: date, last: date, clinician: str | None = None
) -> list[tuple[str, str]]:
    """Return patient and date of the visits that are not signed but hold segments."""
    rows = connection.execute(
        "select patient, service_date from visits v where service_date between :first and :last "
        "and status = 'open' and exists (select 1 from segments s "
        f"where s.visit_id = v.id and s.voided_at is null) and {_TREATED_BY} "
        "order by service_date, created_at, rowid",
        {"first": first.isoformat(), "last": last.isoformat(), "clinician": clinician},
    )
    return [(str(patient), str(day)) for patient, day in rows]


def sent_lines(connection: sqlite3.Connection, visit_id: str) -> list[SentLine]:
    """Return every line of a visit that ever went out, in the order of their going."""
    return [
        SentLine(*row)
        for row in connection.execute(
            "select line_id, batch_id, status, content from export_lines where visit_id = ? "
            "order by rowid",
            (visit_id,),
        )
    ]


def last_batch_of(connection: sqlite3.Connection, visit_id: str) -> str:
    """Return the id of the batch that a visit went out in last, or nothing."""
    row = connection.execute(
        "select batch_id from export_lines where visit_id = ? order by rowid desc limit 1",
        (visit_id,),
    ).fetchone()
    return "" if row is None else str(row[0])


def emptied(connection: sqlite3.Connection, day: date) -> list[str]:
    """Return the ids of the day's visits that went out once, and hold no time any more."""
    rows = connection.execute(
        "select id from visits v where service_date = ? "
        "and exists (select 1 from export_lines l where l.visit_id = v.id) "
        "and not exists (select 1 from segments s where s.visit_id = v.id and s.voided_at is null) "
        "order by created_at, rowid",
        (day.isoformat(),),
    )
    return [str(visit_id) for (visit_id,) in rows]


def save(connection: sqlite3.Connection, batch: Batch, lines: Iterable[ExportedLine]) -> None:
    """Remember what a file held."""
    connection.execute(
        "insert into export_batches (id, exported_at, date_from, date_to, layout, file_name, "
        "line_count, units) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            batch.id,
            batch.exported_at,
            batch.date_from.isoformat(),
            batch.date_to.isoformat(),
            batch.layout,
            batch.file_name,
            batch.line_count,
            batch.units,
        ),
    )
    connection.executemany(
        "insert into export_lines (line_id, batch_id, visit_id, code, modifiers, content, status) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                line.line_id,
                batch.id,
                line.visit_id,
                line.code,
                line.modifiers,
                line.content,
                line.status,
            )
            for line in lines
        ),
    )


def last_batch(connection: sqlite3.Connection) -> Batch | None:
    """Return the newest file that was made for a biller."""
    row = connection.execute(
        "select id, exported_at, date_from, date_to, layout, file_name, line_count, units "
        "from export_batches where layout = 'biller' order by exported_at desc, id desc limit 1"
    ).fetchone()
    if row is None:
        return None
    batch_id, at, first, last, *rest = row
    return Batch(batch_id, at, date.fromisoformat(first), date.fromisoformat(last), *rest)
