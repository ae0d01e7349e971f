"""Heartbeats of windows, readings of the clocks, and the doubts they gave rise to."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, these
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer, Cause, ClockReading, Doubt

DOUBTS = "doubts"
HEARTBEATS = "heartbeats"


@dataclass(frozen=True)
class DoubtRow:
    """A doubt that waits for an answer."""

    id: str
    segment_id: str
    doubt: Doubt
    noticed_at: Instant


def beat(connection: sqlite3.Connection, segment_ids: Iterable[str], *, at: Instant) -> None:
    """Write a sign of life for the running segments that a window shows."""
    connection.executemany(
        "insert into heartbeats (segment_id, beat_at) values (?, ?) "
        "on conflict (segment_id) do update set beat_at = excluded.beat_at",
        ((segment_id, at) for segment_id in segment_ids),
    )


def go_on_watching(
    connection: sqlite3.Connection, old_id: str, new_id: str, *, at: Instant
) -> None:
    """Keep a heartbeat for what takes a segment's place, where a window keeps one for it."""
    connection.execute(
        "insert into heartbeats (segment_id, beat_at) "
        "select ?, ? from heartbeats where segment_id = ?",
        (new_id, at, old_id),
    )


def forget_heartbeats(connection: sqlite3.Connection) -> None:
    """Take all heartbeats away: their window ended in order, or their doubts are noted."""
    connection.execute("delete from heartbeats")


def stopped_heartbeats(connection: sqlite3.Connection) -> list[tuple[str, Instant]]:
    """Return the running segments that a window kept a heartbeat for, and its last one."""
    rows = connection.execute(
        "select h.segment_id, h.beat_at from heartbeats h join segments s on s.id = h.segment_id "
        "where s.ended_at is null and s.voided_at is null"
    )
    return [(str(segment_id), Instant(at)) for segment_id, at in rows]


def add(connection: sqlite3.Connection, segment_id: str, doubt: Doubt, *, at: Instant) -> None:
    """Note a doubt; one that is open already stays as it is, since it knows the earlier time."""
    connection.execute(
        "insert into doubts (id, segment_id, cause, sure_until, likely_end, noticed_at) "
        "values (?, ?, ?, ?, ?, ?) on conflict (segment_id) where answered_at is null do nothing",
        (new_id(at), segment_id, doubt.cause, doubt.sure_until, doubt.likely_end, at),
    )


_SELECT = (
    "select d.id, d.segment_id, d.cause, d.sure_until, d.likely_end, d.noticed_at "
    "from doubts d join segments s on s.id = d.segment_id where d.answered_at is null"
)


def open_doubts(connection: sqlite3.Connection) -> dict[str, DoubtRow]:
    """Return the doubts that wait for an answer, by segment."""
    rows = connection.execute(f"{_SELECT} and s.voided_at is null order by d.noticed_at, d.id")
    return {row[1]: _doubt(row) for row in rows}


def open_doubt(connection: sqlite3.Connection, segment_id: str) -> DoubtRow | None:
    """Return the doubt of a segment that waits for an answer, also of one just voided."""
    row = connection.execute(f"{_SELECT} and d.segment_id = ?", (segment_id,)).fetchone()
    return None if row is None else _doubt(row)


def answer(
    connection: sqlite3.Connection, segment_ids: Iterable[str], given: Answer, *, at: Instant
) -> None:
    """Close the open doubts of some segments."""
    connection.execute(
        "update doubts set answered_at = ?, answer = ? where answered_at is null "
        f"and segment_id {AMONG}",
        (at, given, these(segment_ids)),
    )


def last_reading(connection: sqlite3.Connection) -> ClockReading | None:
    """Return both clocks as the last command or heartbeat read them."""
    row = connection.execute("select wall, steady, boot from clock_mark").fetchone()
    return None if row is None else ClockReading(Instant(row[0]), row[1], row[2])


def keep_reading(connection: sqlite3.Connection, reading: ClockReading) -> None:
    """Keep both clocks for the next command."""
    connection.execute(
        "insert into clock_mark (one, wall, steady, boot) values (1, ?, ?, ?) "
        "on conflict (one) do update set wall = excluded.wall, steady = excluded.steady, "
        "boot = excluded.boot",
        (reading.wall, reading.steady, reading.boot),
    )


def _doubt(row: tuple[Any, ...]) -> DoubtRow:
    doubt_id, segment_id, cause, sure_until, likely_end, noticed_at = row
    return DoubtRow(
        doubt_id, segment_id, Doubt(Cause(cause), Instant(sure_until), likely_end), noticed_at
    )
