"""Open a visit, note arrival, departure, plan and payer, and put codes on its cards."""

from dataclasses import dataclass, replace

from ptimer.billing.codebook import Discipline
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown, unknown_code
from ptimer.operations.judging import check_open, judge, refused
from ptimer.storage import audit_log, segments, visits
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import BadTime, clock_text, read_time, service_date
from ptimer.wording import say

MOST_RECENT = 200


@dataclass(frozen=True)
class VisitOffer:
    """What the window offers for a new visit of a patient."""

    payer: str
    discipline: str


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
) -> VisitRow:
    """Return the patient's visit of today, made where there is none; `planned` is `HH:MM`.

    Raises:
        Misused: the id, payer, discipline or planned time can't be used.
        Refused: the visit is there, and has another payer, or is signed and can't be planned.
    """
    patient = typed_text.patient_id(patient)
    with clinic.writing() as now:
        today = service_date(now, clinic.clock.zone)
        before = {visit.id for visit in visits.of_patient(clinic.connection, patient, today)}
        wish = defaults.VisitWish(patient, today, payer, discipline)
        visit = defaults.visit_of(clinic, wish, None, at=now)
        planned_at = _planned(clinic, planned, now)
        if planned_at is not None:
            check_open(clinic, visit)
            visits.set_plan(clinic.connection, visit.id, planned_at)
        if visit.id not in before:
            audit_log.add(
                clinic.connection,
                audit_log.Entry(
                    now,
                    defaults.who(clinic),
                    "visit",
                    visit.id,
                    after={
                        "patient": visit.patient,
                        "discipline": visit.discipline,
                        "payer": visit.payer,
                    },
                ),
            )
        return visits.get(clinic.connection, visit.id)


def arrive(clinic: Clinic, visit_id: str) -> None:
    """Note that the patient came now, and so has not left; a second press takes it back.

    Raises:
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        came = now if visit.arrived_at is None else None
        _set_times(clinic, visit, came, None, now)


def depart(clinic: Clinic, visit_id: str) -> None:
    """Note that the patient left now; a second press takes it back.

    Raises:
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        left = now if visit.departed_at is None else None
        _set_times(clinic, visit, visit.arrived_at, left, now)


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
        _set_times(clinic, visit, came, left, now)


def add_card(clinic: Clinic, visit_id: str, number: str) -> str:
    """Put a code on the visit's cards and return its number.

    Raises:
        Misused: the code is unknown, or can't be timed on the visit's date.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        visit = _open(clinic, visit_id)
        code = clinic.rulebook.codes.on(visit.service_date).find(number)
        if code is None:
            raise unknown_code(number, [])
        why_not = clinic.rulebook.codes.why_not_startable(code, visit.service_date)
        if why_not:
            raise Misused(why_not)
        visits.add_card(clinic.connection, visit_id, code.code, at=now)
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


def _set_times(
    clinic: Clinic, visit: VisitRow, came: Instant | None, left: Instant | None, now: Instant
) -> None:
    visits.set_times(clinic.connection, visit.id, arrived_at=came, departed_at=left)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            "in-clinic",
            visit.id,
            before={"arrived_at": visit.arrived_at, "departed_at": visit.departed_at},
            after={"arrived_at": came, "departed_at": left},
        ),
    )


def _planned(clinic: Clinic, text: str, now: Instant) -> Instant | None:
    if not text.strip():
        return None
    try:
        today = service_date(now, clinic.clock.zone)
        return read_time(text, today=today, zone=clinic.clock.zone).instant
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
