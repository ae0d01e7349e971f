"""What does the history of a visit tell otherwise than its rows? Times, and who pays.

Of times from a file the history keeps only their number: such a time is unknown to it.
"""

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from ptimer.operations.clinic import Clinic
from ptimer.storage import audit_log, segments
from ptimer.storage.audit_log import Entry
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import clock_text
from ptimer.wording import Sentence, say

Told = Mapping[str, object]

_COMPARED = ("code", "clinician", "role", "started_at", "ended_at")
_FROM_A_FILE = "file"


def differences(clinic: Clinic, visit: VisitRow) -> list[Sentence]:
    """Return what is recorded of a visit otherwise than its history tells."""
    zone = clinic.clock.zone
    entries = audit_log.of_visit(clinic.connection, visit.id)
    rows = segments.of_visits(clinic.connection, [visit.id]).get(visit.id, [])
    replaced = {row.replaces for row in segments.history_of(clinic.connection, visit.id)}
    told = _told_segments(entries)
    found = [text for row in rows if (text := _difference(row, told.get(row.id), zone)) is not None]
    known = {row.id for row in rows} | replaced
    found += [
        say("{what} is gone", what=_shown(values, zone))
        for segment_id, values in told.items()
        if segment_id not in known and not values.get("taken_out")
    ]
    payer = _last_payer(entries)
    if payer not in (None, visit.payer):
        found.append(
            say("the history tells {before} as payer, not {after}", before=payer, after=visit.payer)
        )
    return found


def _difference(row: SegmentRow, told: Told | None, zone: tzinfo | None) -> Sentence | None:
    now = {name: getattr(row, name) for name in _COMPARED}
    if told is None:
        if row.origin == _FROM_A_FILE:
            return None
        return say("the history knows nothing of {what}", what=_shown(now, zone))
    if all(told.get(name, value) == value for name, value in now.items()):
        return None
    return say(
        "the history tells {before}, not {after}",
        before=_shown({**now, **told}, zone),
        after=_shown(now, zone),
    )


def _told_segments(entries: Iterable[Entry]) -> dict[str, dict[str, object]]:
    """Return what the history tells of each segment at its end."""
    told: dict[str, dict[str, object]] = {}
    for entry in entries:
        after = entry.after or {}
        new = after.get("now")
        if isinstance(new, list):
            told.setdefault(entry.segment_id or "", {})["taken_out"] = True
            for each in new:
                told[str(each["id"])] = {"ended_at": None, **each}
        elif entry.action == "undo-start":
            told.setdefault(entry.segment_id or "", {})["taken_out"] = True
        elif entry.segment_id is not None and entry.action in ("start", "add"):
            told[entry.segment_id] = {"clinician": entry.who, "ended_at": None, **after}
        elif entry.segment_id is not None and entry.action == "undo-stop":
            told[entry.segment_id] = {"ended_at": None}
        elif entry.segment_id is not None and entry.action == "stop":
            told.setdefault(entry.segment_id, {}).update(after)
    return told


def _last_payer(entries: Iterable[Entry]) -> object:
    told = [(entry.after or {}).get("payer") for entry in entries]
    return next((payer for payer in reversed(told) if payer), None)


def _shown(values: Told, zone: tzinfo | None) -> str:
    start, end = (
        clock_text(Instant(value), zone) if isinstance(value, int) else ""
        for value in (values.get("started_at"), values.get("ended_at"))
    )
    return f"{values.get('code', '')} {start}–{end}"  # noqa: RUF001  (a range has an en dash)
