"""How is a recorded segment replaced by others, with a reason?

Nothing is rewritten: the old row is voided and the new ones name it, with a row in the audit log.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace

from ptimer.operations import defaults, signatures
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.judging import check_open, check_runs_once, judge, refused
from ptimer.storage import audit_log, doubts, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.service_date import service_date
from ptimer.wording import say


def existing(clinic: Clinic, segment_id: str) -> SegmentRow:
    """Return a segment that still counts.

    Raises:
        Misused: it was changed or voided meanwhile.
    """
    segment = segments.get(clinic.connection, segment_id)
    if segment is None:
        raise Misused(say("That time was changed or voided meanwhile: look at it again"))
    return segment


def successor(old: SegmentRow, now: Instant) -> SegmentRow:
    """Return a segment like the old one that is about to take its place."""
    return replace(
        old, id=new_id(now), replaces=old.id, recorded_at=now, edited=True, origin="correction"
    )


def replace_by(  # noqa: PLR0913  (what, by what, and why, who and when)
    clinic: Clinic,
    old: SegmentRow,
    new: list[SegmentRow],
    action: str,
    reason: str,
    now: Instant,
    press_id: str | None = None,
) -> None:
    """Void the old row and record the new ones, or refuse and change nothing.

    `press_id` names the press that did it, where one press takes it back.
    """
    check_open(clinic, visits.get(clinic.connection, old.visit_id))
    segments.void(clinic.connection, old.id, at=now)
    for segment in new:
        put_in(clinic, segment, now)
    hand_over(clinic, old, new, now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            action,
            old.visit_id,
            old.id,
            press_id,
            before=told(old),
            after={"now": [told(segment) for segment in new]},
            reason=reason,
        ),
    )
    for each in (old, *new):
        signatures.withdraw(clinic, each.visit_id, [each.clinician, each.supervisor], now)


def put_in(clinic: Clinic, segment: SegmentRow, now: Instant) -> None:
    """Record a segment that is allowed beside what is there.

    Raises:
        Misused: it is a stopwatch that runs already.
        Refused: it is not allowed.
    """
    visit = visits.get(clinic.connection, segment.visit_id)
    if segment.ended_at is None and service_date(now, clinic.clock.zone) < visit.service_date:
        raise Misused(say("A time can't run before its day"))
    verdict = judge(clinic, segment, visit)
    if verdict is not None:
        raise refused(clinic, verdict)
    check_runs_once(clinic, segment)
    segments.add(clinic.connection, [segment])


def hand_over(clinic: Clinic, old: SegmentRow, new: list[SegmentRow], now: Instant) -> None:
    """A doubt and a window's watch stay with what still runs; a typed end answers a doubt."""
    running = [segment for segment in new if segment.running]
    for segment in running:
        doubts.go_on_watching(clinic.connection, old.id, segment.id, at=now)
    row = doubts.open_doubt(clinic.connection, old.id)
    if row is None:
        return
    doubts.answer(
        clinic.connection, [old.id], Answer.ENDED_AT if not running else Answer.WENT_ON, at=now
    )
    for segment in running:
        doubts.add(clinic.connection, segment.id, row.doubt, at=now)


def told(segment: SegmentRow) -> Mapping[str, object]:
    """Return a segment as the audit log keeps it."""
    return {key: value for key, value in asdict(segment).items() if key in _KEPT and value != ""}


_KEPT = (
    *("id", "visit_id", "patient", "code", "clinician", "role", "supervisor"),
    *("started_at", "ended_at", "typed_units", "note"),
)
