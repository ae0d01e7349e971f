"""What did each file for a biller hold, byte for byte, and what is known of it?"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from ptimer.timing.clock import Instant

FILES = "export_files"


@dataclass(frozen=True)
class FileRow:
    """The file of a batch as it was written: `content` is deflated, `sha256` of all its bytes."""

    batch_id: str
    made_by: str
    minutes: int
    layout_version: str
    sha256: str
    size: int
    content: bytes


@dataclass(frozen=True)
class BatchRow:
    """A batch with what is known of its file; of one made by an older ptimer no file was kept.

    `sha256` is empty then, and `corrections` and `voids` count lines that were no new ones.
    """

    id: str
    exported_at: Instant
    date_from: date
    date_to: date
    file_name: str
    line_count: int
    units: int
    made_by: str
    minutes: int
    layout_version: str
    sha256: str
    size: int
    corrections: int
    voids: int


def add(connection: sqlite3.Connection, row: FileRow) -> None:
    """Keep a file within the open transaction."""
    connection.execute(
        "insert into export_files "
        "(batch_id, made_by, minutes, layout_version, sha256, size, content) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            row.batch_id,
            row.made_by,
            row.minutes,
            row.layout_version,
            row.sha256,
            row.size,
            row.content,
        ),
    )


def batches(connection: sqlite3.Connection, *, most: int | None = None) -> list[BatchRow]:
    """Return the batches, the newest first, at most so many."""
    rows = connection.execute(
        "select b.id, b.exported_at, b.date_from, b.date_to, b.file_name, b.line_count, b.units, "
        "ifnull(f.made_by, ''), ifnull(f.minutes, 0), ifnull(f.layout_version, ''), "
        "ifnull(f.sha256, ''), ifnull(f.size, 0), "
        "(select count(*) from export_lines l where l.batch_id = b.id "
        "and l.status = 'CORRECTION'), "
        "(select count(*) from export_lines l where l.batch_id = b.id and l.status = 'VOID') "
        "from export_batches b left join export_files f on f.batch_id = b.id "
        "where b.layout = 'biller' order by b.rowid desc limit ?",
        (-1 if most is None else most,),
    )
    return [
        BatchRow(
            batch_id, Instant(at), date.fromisoformat(first), date.fromisoformat(last), *others
        )
        for batch_id, at, first, last, *others in rows
    ]


def file_of(connection: sqlite3.Connection, batch_id: str) -> FileRow | None:
    """Return what a batch's file held; None where none was kept."""
    row = connection.execute(
        "select batch_id, made_by, minutes, layout_version, sha256, size, content "
        "from export_files where batch_id = ?",
        (batch_id,),
    ).fetchone()
    return None if row is None else FileRow(*row)
