"""What does one record hold that another one lacks? Both are only read."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ptimer.storage.database import storage_error
from ptimer.timing.clock import Instant


@dataclass(frozen=True)
class VisitDifference:
    """A visit that something was done to in the one record, and not in the other.

    `segments` are its times that stand here and not there; `changes` are entries of its history.
    """

    patient: str
    discipline: str
    date: str
    segments: int
    changes: int
    is_new: bool
    is_signed_only_here: bool


@dataclass(frozen=True)
class Difference:
    """What the one record holds beyond the other; `other_changes` belong to no visit."""

    visits: tuple[VisitDifference, ...]
    other_changes: int
    until: Instant | None

    @property
    def new_visits(self) -> int:
        """How many visits the other record lacks."""
        return sum(visit.is_new for visit in self.visits)

    @property
    def segments(self) -> int:
        """How many times stand here and not there."""
        return sum(visit.segments for visit in self.visits)

    @property
    def changes(self) -> int:
        """How many entries of the history the other record lacks."""
        return self.other_changes + sum(visit.changes for visit in self.visits)


def beyond(one: Path, other: Path) -> Difference:
    """Return what `one` holds and `other` does not.

    Raises:
        StorageError: one of them can't be read.
    """
    with _both(one, other) as connection:
        visits = tuple(
            VisitDifference(
                patient, discipline, date, segments, changes, bool(is_new), bool(signed)
            )
            for patient, discipline, date, segments, changes, is_new, signed in connection.execute(
                _VISITS
            )
        )
        others, until = connection.execute(_OTHER_CHANGES).fetchone()
        return Difference(visits, others, None if until is None else Instant(until))


_VISITS = """
with changed as (
    select visit_id as id, count(*) as changes from one.audit_log a
    where visit_id is not null and not exists (select 1 from other.audit_log where id = a.id)
    group by visit_id
), timed as (
    select visit_id as id, count(*) as segments from one.segments s
    where voided_at is null and not exists (
        select 1 from other.segments o
        where o.id = s.id and o.voided_at is null and o.ended_at is s.ended_at)
    group by visit_id
)
select v.patient, v.discipline, v.service_date, ifnull(t.segments, 0), ifnull(c.changes, 0),
    o.id is null, v.status = 'signed' and ifnull(o.status, '') <> 'signed'
from one.visits v
left join other.visits o on o.id = v.id
left join changed c on c.id = v.id
left join timed t on t.id = v.id
where o.id is null or c.changes > 0 or t.segments > 0
order by v.service_date desc, v.created_at desc
"""
_OTHER_CHANGES = """
select count(*) filter (where visit_id is null), max(at) from one.audit_log a
where not exists (select 1 from other.audit_log where id = a.id)
"""


@contextmanager
def _both(one: Path, other: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect("file::memory:", uri=True)) as connection:
            for name, path in (("one", one), ("other", other)):
                connection.execute(
                    f"attach database ? as {name}", (f"{path.absolute().as_uri()}?mode=ro",)
                )
            yield connection
    except sqlite3.Error as error:
        told = storage_error(error, one)
        if told is None:
            raise
        raise told from error
