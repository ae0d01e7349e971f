"""How does a recorded time stand in an audit packet: who, in which role, and was it pressed?

Pure.
"""

from collections.abc import Iterable, Mapping

from ptimer.operations.history_words import TimeWords, plain
from ptimer.operations.version_lines import ROLES
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.reports.audit_packet import PacketTime
from ptimer.storage.audit_log import Entry
from ptimer.timing.clock import MINUTE, SECOND, Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import Sentence, say

START, END = "start", "end"


Typed = Mapping[str, Mapping[str, Instant]]
"""By segment: which of its ends were typed, each with the moment of that."""


def typed_ends(entries: Iterable[Entry], roots: Mapping[str, str]) -> Typed:
    """Return the ends that a person typed: a pressed one is of the press's moment.

    Args:
        entries: the audit log's of a visit, the oldest first; the last word on an end counts.
        roots: by segment, the first of those that it replaces; its start is that one's.
    """
    said: dict[str, dict[str, Instant]] = {}
    for entry in entries:
        if entry.action in _ENDS and entry.segment_id is not None:
            key, end = _ENDS[entry.action]
            of_segment = said.setdefault(entry.segment_id, {})
            of_segment.pop(end, None)
            if (entry.after or {}).get(key) not in (None, entry.at):
                of_segment[end] = entry.at
    return {
        segment_id: {
            **{end: at for end, at in said.get(root, {}).items() if end == START},
            **{end: at for end, at in said.get(segment_id, {}).items() if end == END},
        }
        for segment_id, root in roots.items()
    }


def told(view: VisitView, segment: Segment, typed: Typed) -> PacketTime:
    """Return a time of a visit; `typed` are those of `typed_ends`."""
    words = TimeWords(view.zone, view.visit.service_date)
    values = {"started_at": segment.started_at, "ended_at": segment.ended_at}
    minutes, rest = divmod(segment.stretch.milliseconds(view.now), MINUTE)
    role = ROLES.get(segment.role) or plain(segment.role)
    return PacketTime(
        span=words.span(values),
        minutes=f"{minutes}:{rest // SECOND:02d}",
        code=segment.code,
        who=say("{name}, {role}", name=segment.clinician, role=role),
        about=(
            *_people(view, segment),
            *_recorded(view, segment, typed.get(segment.id, {})),
            *([plain(f"“{segment.note}”")] if segment.note else []),
        ),
        edited=segment.edited,
    )


def moment(view: VisitView, at: object) -> Sentence:
    """Return a time with its day, which stands alone in a packet of many visits."""
    if not isinstance(at, int):
        return plain("")
    day, clock = service_date(Instant(at), view.zone), clock_text(Instant(at), view.zone)
    return say("{day} {time}", day=day, time=clock)


def _people(view: VisitView, segment: Segment) -> Iterable[Sentence]:
    supervisor = segment.supervisor or view.record.supervisors.get(segment.clinician, "")
    if supervisor and segment.role != "therapist":
        yield say("supervised by {supervisor}", supervisor=supervisor)
    if segment.assisted_by:
        yield say("assisted by {name}", name=segment.assisted_by)


def _recorded(
    view: VisitView, segment: Segment, typed: Mapping[str, Instant]
) -> Iterable[Sentence]:
    if segment.running:
        yield say("still running when this packet was made")
    if segment.typed_units is not None:
        yield say("{units:plural:unit,units} typed, by area", units=segment.typed_units)
    if typed:
        at = moment(view, max(typed.values()))
        yield say("{ends} typed, {at}", ends=_TYPED[frozenset(typed)], at=at)
    road = _ROADS.get(segment.origin)
    if road is not None:
        yield say("{how}, {at}", how=road, at=moment(view, segment.recorded_at))
    elif segment.edited:
        yield say("corrected since: see the audit log below")


_ENDS = {"start": ("started_at", START), "stop": ("ended_at", END)}

_TYPED = {
    frozenset({START}): say("start"),
    frozenset({END}): say("end"),
    frozenset({START, END}): say("start and end"),
}

_ROADS = {
    "file": say("came from a file"),
    "correction": say("typed or corrected, not pressed"),
    "recovery": say("recorded after an interruption"),
}
"""How a time was recorded that was not started and stopped by presses."""
