"""How are a start and an end written, each with its row in the audit log?"""

from dataclasses import dataclass, replace

from ptimer.operations import signatures
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.storage import audit_log, doubts, segments
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text
from ptimer.wording import Sentence, say

FROM_WINDOW = "press"
FROM_COMMAND = "command"


@dataclass(frozen=True)
class Pressed:
    """What a press did: the segments it started and those it ended, as they are now.

    `already`: what was to be started runs already, and nothing was changed.
    """

    press_id: str
    at: Instant
    started: tuple[SegmentRow, ...] = ()
    ended: tuple[SegmentRow, ...] = ()
    already: bool = False
    warnings: tuple[Sentence, ...] = ()


def record_start(
    clinic: Clinic, row: SegmentRow, press_id: str, now: Instant, why: str = ""
) -> None:
    """Write a segment that starts; `why` says why so late, where it was pressed before."""
    segments.add(clinic.connection, [row])
    if row.origin == FROM_WINDOW:
        # From its first moment a window answers for it: see `watching`.
        doubts.beat(clinic.connection, [row.id], at=now)
    signatures.withdraw(clinic, row.visit_id, [row.clinician, row.supervisor], now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            row.clinician,
            "start",
            row.visit_id,
            row.id,
            press_id,
            after={
                "code": row.code,
                "role": row.role,
                "started_at": row.started_at,
                **({"supervisor": row.supervisor} if row.supervisor else {}),
                **({"assisted_by": row.assisted_by} if row.assisted_by else {}),
            },
            reason=why,
        ),
    )


def end_of(clinic: Clinic, segment: SegmentRow, at: Instant | None, now: Instant) -> Instant:
    """Return when a segment ends: at a named time, else now.

    Raises:
        Misused: the named time lies before its start.
    """
    if at is None:
        # A clock set back must not keep a stopwatch from being stopped.
        return max(now, segment.started_at)
    if at < segment.started_at:
        raise Misused(
            say(
                "{code} of {patient} was started at {start}: it can't end before that",
                code=segment.code,
                patient=shown(segment.patient),
                start=clock_text(segment.started_at, clinic.clock.zone),
            )
        )
    return at


def record_end(  # noqa: PLR0913  (what ends when, by which press, and why so late)
    clinic: Clinic,
    segment: SegmentRow,
    ended_at: Instant,
    now: Instant,
    press_id: str,
    units: int | None,
    why: str = "",
) -> SegmentRow:
    """Write the end of a segment and return it as it is then; `units` are typed by area."""
    segments.end(clinic.connection, segment.id, ended_at, units=units)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            segment.clinician,
            "stop",
            segment.visit_id,
            segment.id,
            press_id,
            after={"ended_at": ended_at, **({} if units is None else {"units": units})},
            reason=why,
        ),
    )
    return replace(
        segment,
        ended_at=ended_at,
        typed_units=segment.typed_units if units is None else units,
    )
