"""When did a patient come, and when leave? Noted at a press, or as typed afterwards."""

from ptimer.operations import typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.visiting import Late, who_pressed
from ptimer.storage import audit_log, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import HOUR, Instant
from ptimer.timing.service_date import BadTime, clock_text, day_end, read_time, service_date
from ptimer.wording import say

MOST_OVER_MIDNIGHT = 12 * HOUR
"""So long after its day a visit's patient may still be there."""


def arrive(clinic: Clinic, visit_id: str) -> None:
    """Note that the patient came now, and so has not left; a second press takes it back.

    Raises:
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        check_live(clinic, visit, now)
        came = now if visit.arrived_at is None else None
        note_times(clinic, visit, came, None, now)


def depart(clinic: Clinic, visit_id: str) -> None:
    """Note that the patient left now; a second press takes it back.

    Raises:
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        check_live(clinic, visit, now)
        left = now if visit.departed_at is None else None
        note_times(clinic, visit, visit.arrived_at, left, now)


def set_times(clinic: Clinic, visit_id: str, *, arrived: str, departed: str) -> None:
    """Note when the patient came and left, each as a written time or empty for unknown.

    Raises:
        Misused: a time is malformed, in the future, or the departure before the arrival.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        came, left = (_past(clinic, text, visit, now) for text in (arrived, departed))
        if came is not None and left is not None and left < came:
            raise Misused(
                say(
                    "{patient} can't leave at {left}, before coming at {came}",
                    patient=shown(visit.patient),
                    left=clock_text(left, clinic.clock.zone, seconds=False),
                    came=clock_text(came, clinic.clock.zone, seconds=False),
                )
            )
        note_times(clinic, visit, came, left, now)


def note_times(
    clinic: Clinic,
    visit: VisitRow,
    came: Instant | None,
    left: Instant | None,
    now: Instant,
    late: Late | None = None,
) -> None:
    """Note inside `clinic.writing()` when the patient came and left."""
    visits.set_times(clinic.connection, visit.id, arrived_at=came, departed_at=left)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            who_pressed(clinic, late),
            "in-clinic",
            visit.id,
            press_id=late.press_id if late else None,
            before={"arrived_at": visit.arrived_at, "departed_at": visit.departed_at},
            after={"arrived_at": came, "departed_at": left},
            reason=late.why if late else "",
        ),
    )


def check_live(clinic: Clinic, visit: VisitRow, now: Instant) -> None:
    """Check that the patient can come or leave now; nothing of the record is asked.

    That is on the visit's day, or in the night after it.

    Raises:
        Misused: the day is over, and nobody came on it.
    """
    zone = clinic.clock.zone
    night = visit.arrived_at is not None and now < (
        day_end(visit.service_date, zone) + MOST_OVER_MIDNIGHT
    )
    if service_date(now, zone) != visit.service_date and not night:
        raise Misused(
            say(
                "{patient}'s visit is of {date}: type in Edit times when the patient came and left",
                patient=shown(visit.patient),
                date=visit.service_date,
            )
        )


def _open(clinic: Clinic, visit_id: str) -> VisitRow:
    visit = visits.get(clinic.connection, visit_id)
    check_open(clinic, visit)
    return visit


def _past(clinic: Clinic, text: str, visit: VisitRow, now: Instant) -> Instant | None:
    if not text.strip():
        return None
    try:
        written = read_time(text, today=visit.service_date, zone=clinic.clock.zone)
    except BadTime as error:
        raise Misused(error.sentence) from None
    typed_text.check_past(written.instant, text, now=now)
    return written.instant
