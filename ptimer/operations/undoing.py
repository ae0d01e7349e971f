"""Take the last press back, a switch as one; the audit log keeps both."""

from dataclasses import replace

from ptimer.operations import signatures
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Problem
from ptimer.operations.judging import check_open, check_runs_once, judge, refused
from ptimer.operations.recording import Pressed
from ptimer.operations.replacing import hand_over, replace_by, successor
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
        for entry in reversed([e for e in entries if e.action == "correct"]):
            _uncorrect(clinic, entry, now, undone)
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


def _uncorrect(clinic: Clinic, entry: audit_log.Entry, now: Instant, press_id: str) -> None:
    """Put an edge back that a press had moved: see `late_starts`."""
    before, (after,) = entry.before or {}, _segments_of(entry)
    segment = segments.get(clinic.connection, str(after["id"]))
    if segment is None:
        raise _gone_on()
    moved = [each for each in ("started_at", "ended_at") if before.get(each) != after.get(each)]
    if any(getattr(segment, each) != after.get(each) for each in moved):
        raise _gone_on()
    again = successor(segment, now)
    start, end = before.get("started_at"), before.get("ended_at")
    if "started_at" in moved and isinstance(start, int):
        again = replace(again, started_at=Instant(start))
    if "ended_at" in moved:
        again = replace(again, ended_at=Instant(end) if isinstance(end, int) else None)
    replace_by(clinic, segment, [again], "correct", "taken back", now, press_id)


def _segments_of(entry: audit_log.Entry) -> list[dict[str, object]]:
    found = (entry.after or {}).get("now")
    return found if isinstance(found, list) else []


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
