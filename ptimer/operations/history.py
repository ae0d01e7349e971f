"""What was changed in a visit: who, when, what before and after, and why?

From the audit log, told in sentences. What no entry of the visit tells (times of a file, times
that came from another visit) is told from the segments themselves, without a name.
"""

from collections.abc import Container, Sequence
from itertools import groupby

from ptimer.operations.clinic import Clinic
from ptimer.operations.history_teller import ChangeTold, Teller
from ptimer.operations.history_words import Difference, TimeWords, Values, plain
from ptimer.storage import audit_log, segments, visits
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say

_MOST_LISTED = 4


def changes_of(clinic: Clinic, visit_id: str) -> tuple[ChangeTold, ...]:
    """Return what was done to a visit, the newest first."""
    with clinic.reading():
        visit = visits.get(clinic.connection, visit_id)
        rows = segments.history_of(clinic.connection, visit_id)
        entries = audit_log.of_visit(clinic.connection, visit_id)
    words = TimeWords(clinic.clock.zone, visit.service_date)
    teller = Teller(words, {row.id: row for row in rows})
    told = [teller.tell(entry) for entry in entries]
    told += _came_in(rows, words)
    # In two steps, so that of one instant, too, what was written last comes first.
    told.sort(key=lambda change: change.at)
    return tuple(reversed(told))


def _came_in(rows: Sequence[SegmentRow], words: TimeWords) -> list[ChangeTold]:
    """Return what came from a file, or from another visit."""
    known = {row.id for row in rows}

    def road(row: SegmentRow) -> tuple[Instant, str]:
        return row.recorded_at, _road(row, known)

    told = []
    in_order = sorted(rows, key=lambda row: (*road(row), row.started_at))
    for (at, action), group in groupby(in_order, key=road):
        if action:
            come = Difference(say("times"), after=_listed(list(group), words))
            told.append(ChangeTold(at, "", action, "", _ROADS[action], (come,)))
    return told


def _road(row: SegmentRow, known: Container[str]) -> str:
    if row.origin == "file":
        return "import"
    return "moved-in" if row.replaces is not None and row.replaces not in known else ""


def _listed(rows: Sequence[SegmentRow], words: TimeWords) -> Sentence:
    told = [f"{row.code} {words.span(_times(row))}" for row in rows[:_MOST_LISTED]]
    if len(rows) <= _MOST_LISTED:
        return plain(", ".join(told))
    more = len(rows) - _MOST_LISTED
    return say("{times} and {more} more", times=", ".join(told), more=more)


_ROADS = {"import": say("came from a file"), "moved-in": say("came from another visit")}


def _times(row: SegmentRow) -> Values:
    return {"started_at": row.started_at, "ended_at": row.ended_at}
