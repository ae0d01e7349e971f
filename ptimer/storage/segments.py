"""Segments in the `segments` table: who was timed with what, from when to when."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ptimer.storage.many import AMONG, in_lists, these
from ptimer.timing.clock import HOUR, Instant
from ptimer.timing.segment import Stretch

SEGMENTS = "segments"

LOOK_BACK = 2 * HOUR
"""What lasts longer is found through its own small index; the schema's triggers do the same."""


@dataclass(frozen=True)
class SegmentRow:
    """One uninterrupted stretch of one code in a visit by one clinician in one role."""

    id: str
    visit_id: str
    patient: str
    code: str
    clinician: str
    role: str
    started_at: Instant
    ended_at: Instant | None
    attendance: str
    exclusive: bool
    origin: str
    recorded_at: Instant
    supervisor: str = ""
    group_id: str | None = None
    typed_units: int | None = None
    note: str = ""
    replaces: str | None = None
    edited: bool = False
    assisted_by: str = ""
    """Who helped the therapist; the time is the therapist's."""

    @property
    def running(self) -> bool:
        """Whether it has no end yet."""
        return self.ended_at is None

    @property
    def stretch(self) -> Stretch:
        """Its time."""
        return Stretch(self.started_at, self.ended_at)


_FIELDS = (
    "id",
    "visit_id",
    "patient",
    "code",
    "clinician",
    "role",
    "started_at",
    "ended_at",
    "attendance",
    "exclusive",
    "origin",
    "recorded_at",
    "supervisor",
    "group_id",
    "typed_units",
    "note",
    "replaces",
    "edited",
    "assisted_by",
)
_COLUMNS = ", ".join(_FIELDS)
_INSERT = f"insert into segments ({_COLUMNS}) values ({', '.join('?' * len(_FIELDS))})"


def add(connection: sqlite3.Connection, segments: Iterable[SegmentRow]) -> None:
    """Add segments within the open transaction; a trigger refuses what conflicts.

    A clinician who is named for the first time must be there already.
    """
    connection.executemany(_INSERT, (_values(segment) for segment in segments))


def end(
    connection: sqlite3.Connection, segment_id: str, ended_at: Instant, *, units: int | None = None
) -> None:
    """End a running segment; `units` is what a person typed for a code billed by area."""
    connection.execute(
        "update segments set ended_at = ?, typed_units = ifnull(?, typed_units) where id = ?",
        (ended_at, units, segment_id),
    )


def void(connection: sqlite3.Connection, segment_id: str, *, at: Instant) -> None:
    """Take a segment out of every count; the row stays."""
    connection.execute("update segments set voided_at = ? where id = ?", (at, segment_id))


def get(connection: sqlite3.Connection, segment_id: str) -> SegmentRow | None:
    """Return a segment that counts; None if it was voided or never was."""
    row = connection.execute(
        f"select {_COLUMNS} from segments where id = ? and voided_at is null",
        (segment_id,),
    ).fetchone()
    return None if row is None else _segment(row)


def running(connection: sqlite3.Connection) -> list[SegmentRow]:
    """Return what runs, the one started first, first."""
    rows = connection.execute(
        f"select {_COLUMNS} from segments where voided_at is null and ended_at is null "
        "order by started_at, rowid"
    )
    return [_segment(row) for row in rows]


def of_visits(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[SegmentRow]]:
    """Return the segments that count, by visit, in the order of their starts."""
    rows = connection.execute(
        f"select {_COLUMNS} from segments where voided_at is null "
        f"and visit_id {AMONG} order by started_at, rowid",
        (these(ids),),
    )
    return in_lists((each.visit_id, each) for each in map(_segment, rows))


def meeting(
    connection: sqlite3.Connection,
    *,
    patients: Sequence[str],
    clinicians: Sequence[str],
    time: Stretch,
) -> list[SegmentRow]:
    """Return the segments that share time with `time` and the patient or a clinician.

    A clinician is shared where one treats, or supervises the student who does.
    """
    lane = (
        "select {columns} from segments where voided_at is null and {who} "
        "and started_at > :start - :back and started_at < :end and ifnull(ended_at, 9e15) > :start "
        "union select {columns} from segments where voided_at is null and {who} "
        "and ifnull(ended_at, 9e15) - started_at > 7200000 and +started_at <= :start - :back "
        "and ifnull(ended_at, 9e15) > :start"
    )
    lanes = (
        "patient in (select value from json_each(:patients))",
        "clinician in (select value from json_each(:clinicians))",
        "supervisor in (select value from json_each(:clinicians)) and role = 'student'",
    )
    query = " union ".join(lane.format(columns=_COLUMNS, who=who) for who in lanes)
    rows = connection.execute(
        f"select * from ({query}) order by started_at, id",
        {
            "start": time.start,
            "end": 9e15 if time.end is None else time.end,
            "back": LOOK_BACK,
            "patients": these(patients),
            "clinicians": these(clinicians),
        },
    )
    return [_segment(row) for row in rows]


def lone_groups(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return, by visit, the group codes that ran with nobody else in the clinician's group."""
    rows = connection.execute(
        "select distinct s.visit_id, s.code from segments s where s.attendance = 'group' "
        f"and s.voided_at is null and s.visit_id {AMONG} "
        "and not exists (select 1 from segments r where r.clinician = s.clinician "
        "and r.attendance = 'group' and r.patient <> s.patient and r.voided_at is null "
        "and r.started_at > s.started_at - ? and r.started_at < ifnull(s.ended_at, 9e15) "
        "and ifnull(r.ended_at, 9e15) > s.started_at)",
        (these(ids), 12 * HOUR),
    )
    return in_lists(rows)


def history_of(connection: sqlite3.Connection, visit_id: str) -> list[SegmentRow]:
    """Return every row of a visit, voided ones included, in the order of recording."""
    rows = connection.execute(
        f"select {_COLUMNS} from segments where visit_id = ? order by recorded_at, id",
        (visit_id,),
    )
    return [_segment(row) for row in rows]


def _values(segment: SegmentRow) -> tuple[object, ...]:
    return (
        segment.id,
        segment.visit_id,
        segment.patient,
        segment.code,
        segment.clinician,
        segment.role,
        segment.started_at,
        segment.ended_at,
        segment.attendance,
        segment.exclusive,
        segment.origin,
        segment.recorded_at,
        segment.supervisor or None,
        segment.group_id,
        segment.typed_units,
        segment.note,
        segment.replaces,
        segment.edited,
        segment.assisted_by,
    )


def _segment(row: tuple[Any, ...]) -> SegmentRow:
    values = dict(zip(_FIELDS, row, strict=True))
    values["exclusive"] = bool(values["exclusive"])
    values["edited"] = bool(values["edited"])
    values["supervisor"] = values["supervisor"] or ""
    return SegmentRow(**values)
