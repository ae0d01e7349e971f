"""Open a visit, note its plan and payer, and put codes on its cards."""

from dataclasses import dataclass, replace
from datetime import date

from ptimer.billing.codebook import Discipline
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.operations.judging import check_open, judge, refused
from ptimer.operations.known_codes import startable
from ptimer.storage import audit_log, segments, visit_cards, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import BadTime, read_time, service_date
from ptimer.wording import say

MOST_RECENT = 200
EARLIEST_DAY = date(2000, 1, 1)
"""What is typed as earlier is a slip of the finger."""


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


def who_pressed(clinic: Clinic, late: Late | None) -> str:
    """Return who a press is entered for."""
    return (late.who if late else "") or defaults.who(clinic)


def _log_made(clinic: Clinic, visit: VisitRow, now: Instant, late: Late | None) -> None:
    late_entry = visit.service_date != service_date(now, clinic.clock.zone)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            who_pressed(clinic, late),
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


def add_card(clinic: Clinic, visit_id: str, number: str) -> str:
    """Put a code on the visit's cards and return its number.

    Raises:
        Misused: the code is unknown, or can't be timed on the visit's date.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = visits.get(clinic.connection, visit_id)
        check_open(clinic, visit)
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


def _past_day(day: date, today: date) -> date:
    if day > today:
        raise Misused(say("{date} is in the future: a visit is of today or earlier", date=day))
    if day < EARLIEST_DAY:
        raise Misused(say("{date} is too long ago: check the year", date=day))
    return day


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


def _check_under(clinic: Clinic, visit: VisitRow) -> None:
    """Check that the visit's segments may stand under another payer."""
    for segment in segments.of_visits(clinic.connection, [visit.id]).get(visit.id, []):
        verdict = judge(clinic, segment, visit)
        if verdict is not None:
            raise refused(clinic, verdict)
