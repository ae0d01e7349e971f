"""Who is treating: the therapist, the assistant, or the therapist with the assistant's help?

What an assistant treats alone marks its units with CQ or CO; where both treat one patient together
there is one time, the therapist's, "assisted by" (rules.md, At the same minute). One press says
it, and what runs goes on under it from that instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ptimer.billing.codebook import ATTENDED, Attendance
from ptimer.billing.conflicts import Role
from ptimer.operations.cards import Who
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.judging import judge, refused
from ptimer.operations.recording import FROM_WINDOW, Pressed, record_end, record_start
from ptimer.storage import clinicians, segments, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.timing.clock import Instant
from ptimer.wording import say


class Treats(StrEnum):
    """Who treats a patient of two clinicians."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    ASSISTED = "assisted"


@dataclass(frozen=True)
class Team:
    """A therapist and the assistant who works with them."""

    therapist: str
    assistant: str

    def who(self, treats: Treats) -> Who:
        """Return who presses where one of them treats."""
        if treats is Treats.ASSISTANT:
            return Who(self.assistant, Role.ASSISTANT, self.therapist)
        helped = self.assistant if treats is Treats.ASSISTED else ""
        return Who(self.therapist, Role.THERAPIST, assisted_by=helped)

    def treats(self, who: Who) -> Treats:
        """Return who of the two treats now."""
        if who.role is Role.ASSISTANT:
            return Treats.ASSISTANT
        return Treats.ASSISTED if who.assisted_by else Treats.THERAPIST


def team_of(clinic: Clinic, who: Who) -> Team | None:
    """Return the two who work together: who is at the desk, and whom they worked with last.

    None where the record knows no assistant, or where who is at the desk is neither.
    """
    if who.role not in (Role.THERAPIST, Role.ASSISTANT):
        return None
    with clinic.reading():
        known = clinicians.by_use(clinic.connection)
    if who.role is Role.ASSISTANT:
        therapists = [row.name for row in known if row.role == Role.THERAPIST.value]
        names = [who.supervisor, *therapists]
        return next((Team(name, who.clinician) for name in names if name), None)
    assistants = [row.name for row in known if row.role == Role.ASSISTANT.value]
    others = [name for name in (who.assisted_by, *assistants) if name not in ("", who.clinician)]
    return Team(who.clinician, others[0]) if others else None


def change(clinic: Clinic, team: Team, treats: Treats, visit_id: str | None) -> Pressed:
    """Let one of the two treat from now on; what they run in the visit goes on under it.

    Raises:
        Misused: the two are one person.
        Refused: a rule forbids it, such as an evaluation by an assistant; nothing changes.
    """
    if team.therapist == team.assistant:
        raise Misused(say("{name} can't assist themselves", name=team.therapist))
    who = team.who(treats)
    with clinic.writing() as now:
        press_id = new_id(now)
        clinicians.use(clinic.connection, who.clinician, at=now)
        for name in (who.supervisor, who.assisted_by):
            if name:
                clinicians.ensure(clinic.connection, name)
        old = [row for row in _theirs(clinic, team, visit_id) if _who(row) != who]
        ended = [record_end(clinic, row, _end(row, now), now, press_id, None) for row in old]
        started = [_go_on(clinic, row, who, now, press_id) for row in ended]
        return Pressed(press_id, now, tuple(started), tuple(ended))


def _theirs(clinic: Clinic, team: Team, visit_id: str | None) -> Iterable[SegmentRow]:
    """Return what the two run in a visit that takes a clinician's attention."""
    attended = [
        row
        for row in segments.running(clinic.connection)
        if row.clinician in (team.therapist, team.assistant)
        and Attendance(row.attendance) in ATTENDED
    ]
    # A group is one clinician's for all its patients.
    groups = {row.group_id for row in attended if row.visit_id == visit_id and row.group_id}
    return [row for row in attended if row.visit_id == visit_id or row.group_id in groups]


def _who(row: SegmentRow) -> Who:
    return Who(row.clinician, Role(row.role), row.supervisor, row.assisted_by)


def _end(row: SegmentRow, now: Instant) -> Instant:
    return max(now, row.started_at)


def _go_on(clinic: Clinic, ended: SegmentRow, who: Who, now: Instant, press_id: str) -> SegmentRow:
    fresh = replace(
        ended,
        id=new_id(now),
        clinician=who.clinician,
        role=who.role.value,
        supervisor=who.supervisor,
        assisted_by=who.assisted_by,
        started_at=_end(ended, now),
        ended_at=None,
        origin=FROM_WINDOW,
        recorded_at=now,
        replaces=None,
        edited=False,
        typed_units=None,
    )
    verdict = judge(clinic, fresh, visits.get(clinic.connection, fresh.visit_id))
    if verdict is not None:
        raise refused(clinic, verdict)
    record_start(clinic, fresh, press_id, now)
    return fresh
