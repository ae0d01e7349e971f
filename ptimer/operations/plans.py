"""Plan a visit's minutes before it, and see what the plan would earn. A plan starts nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ptimer.billing.codebook import Attendance, Code
from ptimer.billing.units import MINUTES_PER_UNIT, minutes_for
from ptimer.billing.visit_units import Reckoning
from ptimer.operations import defaults, snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.known_codes import known
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, plans, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say

MOST_MINUTES = 480
STEP = 5
"""Minutes that one press adds or takes."""


@dataclass(frozen=True)
class PlanRow:
    """One code of the plan: `planned` is None where it is not planned, or has no minutes."""

    code: str
    label: str
    planned: int | None
    done: int
    to_go: int | None
    units_now: int
    units_planned: int
    timed: bool
    in_plan: bool


def rows_of(view: VisitView) -> tuple[PlanRow, ...]:
    """Return the codes that are planned, then those that were timed besides."""
    treated = (number for number in view.record.codes if not view.code(number).apart)
    numbers = dict.fromkeys([*view.record.plan, *treated])
    return tuple(_row(view, view.code(number)) for number in numbers)


def boundary(view: VisitView) -> Sentence | None:
    """Return how far the plan lies past the last unit that it earns, where minutes are pooled."""
    planned = view.as_planned
    pool = planned.pool if planned is not None else None
    if planned is None or pool is None or pool.allowed == 0:
        return None
    at = minutes_for(pool.allowed)
    return say(
        "{minutes} min: {over} over the boundary at {at}",
        minutes=planned.pooled_minutes,
        over=planned.pooled_minutes - at,
        at=at,
    )


def minutes_typed(text: str) -> int | None:
    """Return the minutes that were typed; nothing, or 0, plans the code no more.

    Raises:
        Misused: it is no number of minutes of a visit.
    """
    digits = text.strip()
    if not digits:
        return None
    whole = digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_MINUTES))
    if not whole or int(digits) > MOST_MINUTES:
        raise Misused(
            say(
                "{text} is no number of minutes: type 0 to {most}",
                text=shown(digits, 20),
                most=MOST_MINUTES,
            )
        )
    return int(digits) or None


def plan(clinic: Clinic, visit_id: str, number: str, minutes: int | None) -> None:
    """Plan minutes of a code; None plans it no more.

    Raises:
        Misused: the code is unknown, or can't be timed on the visit's date.
        Refused: the visit is signed, or was not held.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        code = _code(clinic, visit, number, new=minutes is not None)
        wanted = 0 if minutes is not None and not code.timed else minutes
        _put(clinic, visit, {code.code: wanted}, now)


def add(clinic: Clinic, visit_id: str, number: str) -> str:
    """Put a code on the plan with the minutes of its first step, and return its number.

    Raises:
        Misused: nothing was typed, the code is unknown, or it can't be timed on that date.
        Refused: the visit is signed, or was not held.
    """
    if not number.strip():
        raise Misused(say("Name the code that is planned"))
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        code = _code(clinic, visit, number, new=True)
        before = plans.of_visits(clinic.connection, [visit_id]).get(visit_id, {})
        if code.code not in before:
            minutes = (code.step_minutes or MINUTES_PER_UNIT) if code.timed else 0
            _put(clinic, visit, {code.code: minutes}, now)
        return code.code


def as_last_visit(clinic: Clinic, visit_id: str) -> bool:
    """Plan what was timed at the patient's last visit of the discipline; False: there is none.

    Raises:
        Refused: the visit is signed, or was not held.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        before = visits.last_held_before(clinic.connection, visit)
        if before is None:
            return False
        view = snapshots.view_all(clinic, [before], now)[0]
        _put(clinic, visit, dict(_as_before(clinic, visit, view)), now)
        return True


def _as_before(
    clinic: Clinic, visit: VisitRow, before: VisitView
) -> Iterable[tuple[str, int | None]]:
    for number in before.record.codes:
        code = before.code(number)
        minutes = min(before.minutes_of(number), MOST_MINUTES)
        if _fits(clinic, visit, code) and (minutes or not code.timed):
            yield number, minutes if code.timed else 0


def _fits(clinic: Clinic, visit: VisitRow, code: Code) -> bool:
    """Return whether a code of another day may be planned; an evaluation is done once."""
    book = clinic.rulebook.codes.on(visit.service_date)
    known = book.find(code.code)
    return (
        known is not None
        and not known.apart
        and known.attendance is not Attendance.EVALUATION
        and book.why_not_startable(known, visit.service_date) is None
    )


def _put(clinic: Clinic, visit: VisitRow, wanted: Mapping[str, int | None], now: Instant) -> None:
    before = plans.of_visits(clinic.connection, [visit.id]).get(visit.id, {})
    changed = {code: each for code, each in wanted.items() if before.get(code) != each}
    for code, minutes in changed.items():
        plans.put(clinic.connection, visit.id, code, minutes, at=now)
    if changed:
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "plan",
                visit.id,
                before={code: before.get(code) for code in changed},
                after=dict(changed),
            ),
        )


def _open(clinic: Clinic, visit_id: str) -> VisitRow:
    visit = visits.get(clinic.connection, visit_id)
    check_open(clinic, visit)
    return visit


def _code(clinic: Clinic, visit: VisitRow, number: str, *, new: bool) -> Code:
    book = clinic.rulebook.codes.on(visit.service_date)
    code = known(book, number)
    why_not = book.why_not_startable(code, visit.service_date) if new else None
    if code.apart:
        why_not = say("{code} is no treatment: there is nothing to plan", code=code.code)
    if why_not:
        raise Misused(why_not)
    return code


def _row(view: VisitView, code: Code) -> PlanRow:
    minutes = view.record.plan.get(code.code)
    timed = code.timed
    planned = minutes if timed else None
    done = view.minutes_of(code.code)
    return PlanRow(
        code.code,
        code.label,
        planned,
        done,
        None if planned is None else max(planned - done, 0),
        units_of(view.reckoning, code.code),
        units_of(view.as_planned, code.code) if view.as_planned is not None else 0,
        timed,
        minutes is not None,
    )


def units_of(reckoning: Reckoning, code: str) -> int:
    """Return the units of a code, with those that are printed as its add-on."""
    return sum(line.units for line in reckoning.lines if code in (line.code.code, line.timed_on))
