"""Marks on visits that were not held as planned, in the `visit_marks` table."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, these
from ptimer.timing.clock import Instant

VISIT_MARKS = "visit_marks"

CANCELLED = "cancelled"
NO_SHOW = "no-show"
STOPPED_EARLY = "stopped-early"


@dataclass(frozen=True)
class MarkRow:
    """A mark that stands, and why."""

    visit_id: str
    kind: str
    reason: str
    marked_by: str
    marked_at: Instant

    @property
    def away(self) -> bool:
        """Whether the patient was not treated at all."""
        return self.kind != STOPPED_EARLY


def add(connection: sqlite3.Connection, mark: MarkRow) -> None:
    """Mark a visit within the open transaction."""
    connection.execute(
        "insert into visit_marks (id, visit_id, kind, reason, marked_by, marked_at) "
        "values (?, ?, ?, ?, ?, ?)",
        (
            new_id(mark.marked_at),
            mark.visit_id,
            mark.kind,
            mark.reason,
            mark.marked_by,
            mark.marked_at,
        ),
    )


def take_back(connection: sqlite3.Connection, visit_id: str, *, at: Instant) -> None:
    """Let a visit's mark stand no longer."""
    connection.execute(
        "update visit_marks set taken_back_at = ? where visit_id = ? and taken_back_at is null",
        (at, visit_id),
    )


def standing(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, MarkRow]:
    """Return the marks that stand, by visit."""
    rows = connection.execute(
        "select visit_id, kind, reason, marked_by, marked_at from visit_marks "
        f"where taken_back_at is null and visit_id {AMONG}",
        (these(ids),),
    )
    return {row[0]: MarkRow(*row) for row in rows}
