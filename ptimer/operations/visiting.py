"""Open a visit, note arrival, departure, plan and payer, and put codes on its cards."""

from dataclasses import dataclass, replace
from datetime import date

from ptimer.billing.codebook import Discipline
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_open, judge, refused
from ptimer.operations.known_codes import startable
from ptimer.storage import audit_log, segments, visit_cards, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import HOUR, Instant
from ptimer.timing.service_date import BadTime, clock_text, day_end, read_time, service_date
from ptimer.wording import say

MOST_RECENT = 200
EARLIEST_DAY = date(2000, 1, 1)
"""What is typed as earlier is a slip of the finger."""

MOST_OVER_MIDNIGHT = 12 * HOUR
"""So long after its day a visit's patient may still be there."""


@dataclass(frozen=True)
class VisitOffer:
    """What the window offers for a new visit of a patient."""

    payer: str
    discipline: str


@dataclass(frozen=True)
class WishedVisit:
    """A visit as a form has it: what is None is left to the defaults, `day` None is today.

    `planned` is the time at which it is expected, as typed.
    """

    patient: str
    payer: str | None = None
    discipline: str | None = None
    planned: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Late:
    """A press that is recorded later than it was made: its id, whose it is, and why so late."""

    press_id: str
    who: str
    why: str


def offer(clinic: Clinic, patient: str = "") -> VisitOffer:
    """Return payer and discipline to offer: the patient's last, else the last used."""
    with clinic.reading():
        return VisitOffer(
            defaults.usual_payer(clinic, patient or None).name,
            defaults.usual_discipline(clinic, patient or None).value,
        )


def recent_patients(clinic: Clinic) -> list[str]:
    """Return patient ids to pick from, the one seen last first."""
    with clinic.reading():
        return visits.recent_patients(clinic.connection, most=MOST_RECENT)


def open_visit(
    clinic: Clinic,
    patient: str,
    *,
    payer: str | None = None,
    discipline: str | None = None,
    planned: str = "",
    day: date | None = None,
) -> VisitRow:
    """Return the patient's visit of a day, made where there is none; `planned` is `HH:MM`.

    `day` None is today; an earlier one is a late entry, whose times are added afterwards.

    Raises:
        Misused: the id, payer, discipline, day or planned time can't be used.
        Refused: the visit is there, and has another payer, or is signed and can't be planned.
    """
    patient = typed_text.patient_id(patient)
    with clinic.writing() as now:
        today = service_date(now, clinic.clock.zone)
        day = today if day is None else _past_day(day, today)
        wish = defaults.VisitWish(patient, day, payer, discipline)
        return make_within(clinic, wish, planned_at(clinic, planned, day), now)


def make_within(
    clinic: Clinic,
    wish: defaults.VisitWish,
    planned: Instant | None,
    now: Instant,
    late: Late | None = None,
) -> VisitRow:
    """Return the visit that is meant, made where there is none, inside `clinic.writing()`.

    Raises:
        Misused, Refused: as `open_visit`.
    """
    before = {visit.id for visit in visits.of_patient(clinic.connection, wish.patient, wish.day)}
    visit = defaults.visit_of(clinic, wish, None, at=now)
    if planned is not None:
        check_open(clinic, visit)
        visits.set_plan(clinic.connection, visit.id, planned)
    if visit.id not in before:
        _log_made(clinic, visit, now, late)
    return visits.get(clinic.connection, visit.id)


def _log_made(clinic: Clinic, visit: VisitRow, now: Instant, late: Late | None) -> None:
    late_entry = visit.service_date != service_date(now, clinic.clock.zone)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            _who(clinic, late),
            "visit",
            visit.id,
            press_id=late.press_id if late else None,
            after={
                "patient": visit.patient,
                "discipline": visit.discipline,
                "payer": visit.payer,
                **({"service_date": str(visit.service_date)} if late_entry else {}),
            },
            reason=late.why if late else "",
        ),
    )


def _who(clinic: Clinic, late: Late | None) -> str:
    return (late.who if late else "") or defaults.who(clinic)


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


def add_card(clinic: Clinic, visit_id: str, number: str) -> str:
    """Put a code on the visit's cards and return its number.

    Raises:
        Misused: the code is unknown, or can't be timed on the visit's date.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        code = startable(clinic.rulebook.codes, number, visit.service_date)
        visit_cards.add(clinic.connection, visit_id, code.code, at=now)
        return code.code


def change_payer(clinic: Clinic, visit_id: str, payer: str, why: str) -> None:
    """Give a visit another payer.

    Raises:
        Misused: no reason, or an unknown payer.
        Refused: the visit is signed, or holds times that the new payer does not allow.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        visit = visits.get(clinic.connection, visit_id)
        chosen = defaults.payer_named(clinic, payer)
        if chosen.name != visit.payer:
            defaults.check_offered(chosen, visit.service_date)
        changed = replace(
            visit,
            payer=chosen.name,
            relaxed=chosen.relaxes_billed_alone,
            assistants_barred=defaults.assistants_barred(chosen, Discipline(visit.discipline)),
        )
        _check_under(clinic, changed)
        visits.set_payer(
            clinic.connection,
            visit_id,
            chosen.name,
            relaxed=changed.relaxed,
            assistants_barred=changed.assistants_barred,
        )
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "payer",
                visit_id,
                before={"payer": visit.payer},
                after={"payer": chosen.name},
                reason=reason,
            ),
        )


def _open(clinic: Clinic, visit_id: str) -> VisitRow:
    visit = visits.get(clinic.connection, visit_id)
    check_open(clinic, visit)
    return visit


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
            _who(clinic, late),
            "in-clinic",
            visit.id,
            press_id=late.press_id if late else None,
            before={"arrived_at": visit.arrived_at, "departed_at": visit.departed_at},
            after={"arrived_at": came, "departed_at": left},
            reason=late.why if late else "",
        ),
    )


def _past_day(day: date, today: date) -> date:
    if day > today:
        raise Misused(say("{date} is in the future: a visit is of today or earlier", date=day))
    if day < EARLIEST_DAY:
        raise Misused(say("{date} is too long ago: check the year", date=day))
    return day


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


def planned_at(clinic: Clinic, text: str, day: date) -> Instant | None:
    """Return the time at which a visit is expected, as typed; None where nothing is.

    Raises:
        Misused: it is no time.
    """
    if not text.strip():
        return None
    try:
        return read_time(text, today=day, zone=clinic.clock.zone).instant
    except BadTime as error:
        raise Misused(error.sentence) from None


def _past(clinic: Clinic, text: str, visit: VisitRow, now: Instant) -> Instant | None:
    if not text.strip():
        return None
    try:
        written = read_time(text, today=visit.service_date, zone=clinic.clock.zone)
    except BadTime as error:
        raise Misused(error.sentence) from None
    typed_text.check_past(written.instant, text, now=now)
    return written.instant


def _check_under(clinic: Clinic, visit: VisitRow) -> None:
    """Check that the visit's segments may stand under another payer."""
    for segment in segments.of_visits(clinic.connection, [visit.id]).get(visit.id, []):
        verdict = judge(clinic, segment, visit)
        if verdict is not None:
            raise refused(clinic, verdict)
