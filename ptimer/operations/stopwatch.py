"""Start and switch: what a press on a stopwatch that does not run does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ptimer.billing.codebook import Attendance, Code, Discipline, outside_discipline
from ptimer.billing.conflicts import Role
from ptimer.operations import defaults
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Refused, shown
from ptimer.operations.judging import Verdict, judge, refused, runs_already
from ptimer.operations.known_codes import startable
from ptimer.operations.recording import FROM_COMMAND, Pressed, record_end, record_start
from ptimer.storage import clinicians, visits
from ptimer.storage.ids import new_id
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class StartWish:
    """A start; what is None is left to the defaults.

    `visit_id` names the visit of a single patient, as the window does; otherwise it is the
    patient's of the day. `at` None is now. A press that is recorded late brings its id along, and
    `why` it is late.
    """

    code: str
    patients: tuple[str, ...]
    payer: str | None = None
    discipline: str | None = None
    clinician: str | None = None
    role: Role = Role.THERAPIST
    supervisor: str = ""
    assisted_by: str = ""
    at: Instant | None = None
    switch: bool = False
    visit_id: str | None = None
    origin: str = FROM_COMMAND
    press_id: str = ""
    why: str = ""


def start(clinic: Clinic, wish: StartWish) -> Pressed:
    """Start a stopwatch; with `switch`, end what blocks at the same instant.

    Raises:
        Misused: code, payer or time can't be used as wished.
        Refused: a rule forbids it; `blockers` names what it would meet.
    """
    with clinic.writing() as now:
        return start_within(clinic, wish, now)


def press(clinic: Clinic, wish: StartWish) -> Pressed:
    """Start from a card: switches at once where all that blocks is this visit's and clinician's.

    Raises:
        Refused: something of another visit or another clinician blocks, or a role forbids it.
    """
    with clinic.writing() as now:
        return press_within(clinic, wish, now)


def press_within(clinic: Clinic, wish: StartWish, now: Instant) -> Pressed:
    """Press a card inside `clinic.writing()`.

    Raises:
        Misused, Refused: as `press`.
    """
    try:
        return start_within(clinic, wish, now)
    except Refused as refusal:
        name = defaults.clinician_of(clinic, wish.clinician)
        own = all(
            segment.visit_id == wish.visit_id and segment.clinician == name
            for segment in refusal.blockers
        )
        if not (refusal.blockers and own):
            raise
    return start_within(clinic, replace(wish, switch=True), now)


def start_within(clinic: Clinic, wish: StartWish, now: Instant) -> Pressed:
    """Start inside `clinic.writing()`.

    Raises:
        Misused, Refused: as `start`.
    """
    at = now if wish.at is None else wish.at
    day = service_date(at, clinic.clock.zone)
    code = startable(clinic.rulebook.codes, wish.code, day, guess=True)
    if len(wish.patients) > 1 and code.attendance is not Attendance.GROUP:
        raise Misused(
            say("{code} is for one patient: only a group code takes several", code=code.code)
        )
    clinician = defaults.clinician_of(clinic, wish.clinician)
    clinicians.use(clinic.connection, clinician, at=now)
    for name in (wish.supervisor, wish.assisted_by):
        if name:
            clinicians.ensure(clinic.connection, name)
    if wish.assisted_by == clinician or (wish.assisted_by and wish.role is not Role.THERAPIST):
        raise Misused(say("Only a therapist is assisted, and by someone else"))
    press_id = wish.press_id or new_id(now)
    rows = [
        _draft(code, visit, wish, clinician, at, now)
        for visit in _visits_of(clinic, wish, code, day)
    ]
    warnings = _warnings(clinic, code, rows)
    if len(rows) > 1:
        rows = [replace(row, group_id=press_id) for row in rows]
    fresh = [row for row in rows if not runs_already(clinic, row)]
    if not fresh:
        return Pressed(press_id, now, already=True, warnings=warnings)
    ended = _clear_the_way(clinic, fresh, wish, press_id, now)
    for row in fresh:
        record_start(clinic, row, press_id, now, wish.why)
    return Pressed(press_id, now, tuple(fresh), tuple(ended), warnings=warnings)


def _visits_of(clinic: Clinic, wish: StartWish, code: Code, day: date) -> Iterable[VisitRow]:
    if wish.visit_id is not None:
        visit = visits.get(clinic.connection, wish.visit_id)
        if visit.service_date != day:
            raise Misused(
                say(
                    "{patient}'s visit is of {date}: make a new visit for {day}, or add the time "
                    "with Edit times",
                    patient=shown(visit.patient),
                    date=visit.service_date,
                    day=day,
                )
            )
        yield visit
        return
    for patient in dict.fromkeys(wish.patients):
        meant = defaults.VisitWish(patient, day, wish.payer, wish.discipline)
        yield defaults.visit_of(clinic, meant, code, at=clinic.clock.now())


def _draft(
    code: Code, visit: VisitRow, wish: StartWish, clinician: str, at: Instant, now: Instant
) -> SegmentRow:
    return SegmentRow(
        id=new_id(now),
        visit_id=visit.id,
        patient=visit.patient,
        code=code.code,
        clinician=clinician,
        role=wish.role.value,
        started_at=at,
        ended_at=None,
        attendance=code.attendance.value,
        exclusive=code.exclusive,
        origin=wish.origin,
        recorded_at=now,
        supervisor=wish.supervisor,
        assisted_by=wish.assisted_by,
    )


def _warnings(clinic: Clinic, code: Code, rows: Sequence[SegmentRow]) -> tuple[Sentence, ...]:
    found = []
    for row in rows:
        visit = visits.get(clinic.connection, row.visit_id)
        outside = outside_discipline(code, Discipline(visit.discipline))
        if outside and outside not in found:
            found.append(outside)
    return tuple(found)


def _clear_the_way(
    clinic: Clinic, fresh: Sequence[SegmentRow], wish: StartWish, press_id: str, now: Instant
) -> list[SegmentRow]:
    """End what blocks, if that is wished and enough.

    Raises:
        Refused: something blocks that is not to be ended, or that an end would not clear.
    """
    ended: dict[str, SegmentRow] = {}
    for row in fresh:
        visit = visits.get(clinic.connection, row.visit_id)
        verdict = judge(clinic, row, visit)
        if verdict is None:
            continue
        if not (wish.switch and _can_give_way(verdict, row.started_at)):
            raise refused(clinic, verdict)
        for blocker in verdict.blockers:
            ended[blocker.id] = record_end(
                clinic, blocker, row.started_at, now, press_id, None, wish.why
            )
        still = judge(clinic, row, visit)
        if still is not None:
            raise refused(clinic, still)
    return list(ended.values())


def _can_give_way(verdict: Verdict, at: Instant) -> bool:
    return bool(verdict.blockers) and all(
        blocker.running and blocker.started_at <= at for blocker in verdict.blockers
    )
