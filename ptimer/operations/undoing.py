"""Take the last press back, a switch as one; the audit log keeps both."""

from dataclasses import replace

from ptimer.operations import signatures
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Problem
from ptimer.operations.judging import check_open, check_runs_once, judge, refused
from ptimer.operations.recording import Pressed
from ptimer.operations.replacing import hand_over
from ptimer.storage import audit_log, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.wording import say


def undo(clinic: Clinic, press_id: str) -> Pressed:
    """Take a press back, a switch as one; the audit log keeps both.

    Raises:
        Misused: the record has gone on since, so that the press can't be taken back.
        Refused: what would run again may not run beside what runs now.
    """
    with clinic.writing() as now:
        entries = audit_log.of_press(clinic.connection, press_id)
        undone = new_id(now)
        voided = [_unstart(clinic, e, now, undone) for e in entries if e.action == "start"]
        again = [_unstop(clinic, e, now, undone) for e in entries if e.action == "stop"]
        return Pressed(undone, now, started=tuple(again), ended=tuple(voided))


def _unstart(clinic: Clinic, entry: audit_log.Entry, now: Instant, press_id: str) -> SegmentRow:
    segment = segments.get(clinic.connection, entry.segment_id or "")
    if segment is None or not segment.running:
        raise _gone_on()
    segments.void(clinic.connection, segment.id, at=now)
    _record_undo(clinic, segment, "undo-start", now, press_id)
    return segment


def _unstop(clinic: Clinic, entry: audit_log.Entry, now: Instant, press_id: str) -> SegmentRow:
    segment = segments.get(clinic.connection, entry.segment_id or "")
    if segment is None or segment.running:
        raise _gone_on()
    visit = visits.get(clinic.connection, segment.visit_id)
    check_open(clinic, visit)
    again = replace(segment, id=new_id(now), ended_at=None, replaces=segment.id, recorded_at=now)
    if "units" in (entry.after or {}):
        again = replace(again, typed_units=None)
    segments.void(clinic.connection, segment.id, at=now)
    verdict = judge(clinic, again, visit)
    if verdict is not None:
        raise refused(clinic, verdict)
    check_runs_once(clinic, again)
    segments.add(clinic.connection, [again])
    hand_over(clinic, segment, [again], now)
    _record_undo(clinic, again, "undo-stop", now, press_id, ended_at=segment.ended_at)
    return again


def _record_undo(
    clinic: Clinic,
    segment: SegmentRow,
    action: str,
    now: Instant,
    press_id: str,
    *,
    ended_at: Instant | None = None,
) -> None:
    signatures.withdraw(clinic, segment.visit_id, [segment.clinician, segment.supervisor], now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            segment.clinician,
            action,
            segment.visit_id,
            segment.id,
            press_id,
            before={"code": segment.code, "ended_at": ended_at},
        ),
    )


def _gone_on() -> Problem:
    return Misused(
        say("That press can't be taken back: its times were changed since. Use Edit times")
    )
