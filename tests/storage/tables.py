"""The whole record as plain rows, and rows put in around the operations."""

from ptimer.storage import clinicians, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import NewVisit
from ptimer.timing.clock import Instant


def dump(connection):
    """Return every row of every table, so that two states can be compared."""
    tables = connection.execute("select name from sqlite_schema where type = 'table'")
    return {
        name: connection.execute(f'select rowid, * from "{name}" order by rowid').fetchall()  # noqa: S608  (its own names)
        for (name,) in tables.fetchall()
    }


def add_visit(connection, patient, day, *, discipline="PT", payer="Medicare", **allows):
    """Add a visit and return its id; `relaxed` and `assistants_barred` are False unless told."""
    allows = {"relaxed": False, "assistants_barred": False, **allows}
    visit = NewVisit(patient, discipline, day, payer, **allows)
    return visits.add(connection, visit, at=Instant(0)).id


def add_segment(connection, visit_id, patient, code, start, end, **more):
    """Put a segment in by SQL alone, and return its id; its clinicians are made where new."""
    row = SegmentRow(
        **{
            "id": new_id(start),
            "visit_id": visit_id,
            "patient": patient,
            "code": code,
            "clinician": "Kim",
            "role": "therapist",
            "started_at": start,
            "ended_at": end,
            "attendance": "one-on-one",
            "exclusive": False,
            "origin": "file",
            "recorded_at": start,
            **more,
        }
    )
    for name in filter(None, (row.clinician, row.supervisor)):
        clinicians.ensure(connection, name)
    segments.add(connection, [row])
    return row.id
