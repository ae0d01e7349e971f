"""Was a segment in doubt still going on? What the clinician answers, kept with the original."""

from dataclasses import replace

from ptimer.operations import defaults
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.replacing import existing, replace_by, successor, told
from ptimer.storage import audit_log, doubts
from ptimer.storage.doubts import DoubtRow
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.service_date import clock_text
from ptimer.wording import say


def answer_doubt(
    clinic: Clinic, segment_id: str, given: Answer, *, ended_at: Instant | None = None
) -> None:
    """Settle whether a segment in doubt went on; the answer is kept with what was recorded.

    `ended_at` is needed for "it ended at" alone.

    Raises:
        Misused: the end lies before the start or in the future.
        Refused: another segment runs in the time that it would take.
    """
    with clinic.writing() as now:
        old = existing(clinic, segment_id)
        row = doubts.open_doubts(clinic.connection).get(segment_id)
        if row is None:
            return
        doubts.answer(clinic.connection, [segment_id], given, at=now)
        if given is Answer.WENT_ON:
            # Who answers has a window open: should that die at once, what runs is asked about anew.
            doubts.beat(clinic.connection, [segment_id], at=now)
            _record_answer(clinic, old, given, now)
            return
        end = row.doubt.sure_until if given is Answer.ENDED_THEN else ended_at
        new = []
        if given is not Answer.NEVER:
            new = [replace(successor(old, now), ended_at=_checked_end(clinic, old, row, end, now))]
        replace_by(clinic, old, new, f"answer-{given}", str(given), now)


def _checked_end(
    clinic: Clinic, old: SegmentRow, row: DoubtRow, end: Instant | None, now: Instant
) -> Instant:
    # After a clock was set back, what is certain may lie in its future.
    latest = max(now, old.started_at, row.doubt.sure_until, row.doubt.likely_end or 0)
    if end is None or not old.started_at <= end <= latest:
        raise Misused(
            say(
                "The end of {code} lies between its start at {start} and now",
                code=old.code,
                start=clock_text(old.started_at, clinic.clock.zone),
            )
        )
    return end


def _record_answer(clinic: Clinic, old: SegmentRow, given: Answer, now: Instant) -> None:
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            f"answer-{given}",
            old.visit_id,
            old.id,
            before=told(old),
            after=told(old),
            reason=str(given),
        ),
    )
