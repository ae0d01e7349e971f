"""The goals of patients, in the `goals` table."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, in_lists, these
from ptimer.timing.clock import Instant

GOALS = "goals"


@dataclass(frozen=True)
class GoalRow:
    """One goal of a patient; `number` is its place in the patient's list, for ever."""

    id: str
    patient: str
    number: int
    goal: str
    made_by: str
    made_at: Instant
    ended_at: Instant | None

    @property
    def ended(self) -> bool:
        """Whether it is served no longer."""
        return self.ended_at is not None


def add(
    connection: sqlite3.Connection, patient: str, goal: str, *, by: str, at: Instant
) -> GoalRow:
    """Add a goal at the end of the patient's list, within the open transaction."""
    goal_id = new_id(at)
    connection.execute(
        "insert into goals (id, patient, number, goal, made_by, made_at) values (?, ?, "
        "(select ifnull(max(number), 0) + 1 from goals where patient = ?), ?, ?, ?)",
        (goal_id, patient, patient, goal, by, at),
    )
    return next(row for row in of_patient(connection, patient) if row.id == goal_id)


def end(connection: sqlite3.Connection, goal_id: str, *, by: str, at: Instant) -> None:
    """Let a goal be served no longer."""
    connection.execute(
        "update goals set ended_by = ?, ended_at = ? where id = ? and ended_at is null",
        (by, at, goal_id),
    )


def of_patient(connection: sqlite3.Connection, patient: str) -> list[GoalRow]:
    """Return a patient's goals, ended ones included, in the order of their numbers."""
    return of_patients(connection, [patient]).get(patient, [])


def of_patients(
    connection: sqlite3.Connection, patients: Iterable[str]
) -> dict[str, list[GoalRow]]:
    """Return the goals by patient, ended ones included, in the order of their numbers."""
    rows = connection.execute(
        "select id, patient, number, goal, made_by, made_at, ended_at from goals "
        f"where patient {AMONG} order by patient, number",
        (these(sorted(set(patients))),),
    )
    return in_lists((row[1], GoalRow(*row)) for row in rows)
