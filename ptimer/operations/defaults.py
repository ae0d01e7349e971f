"""What does a start mean that leaves things out? (cli.md, Defaults)"""

from dataclasses import dataclass
from datetime import date

from ptimer.billing.codebook import Code, Discipline
from ptimer.billing.conflicts import one_payer
from ptimer.billing.payers import Payer
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Refused, shown
from ptimer.storage import clinicians, segments, settings, visits
from ptimer.storage.visits import NewVisit, VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import say

FIRST_PAYER = "first-payer"
FIRST_DISCIPLINE = "first-discipline"
SUPERVISOR_REQUIRED = "supervisor-required"
"""Whether no visit is signed before a therapist is named who supervised its assistants."""
MEDICARE = "Medicare"


@dataclass(frozen=True)
class VisitWish:
    """Whose visit is meant; what is None is left to the defaults.

    `id` is what a visit gets that is made: one that was seen before it could be recorded has it.
    """

    patient: str
    day: date
    payer: str | None = None
    discipline: str | None = None
    id: str = ""


def visit_of(clinic: Clinic, wish: VisitWish, code: Code | None, *, at: Instant) -> VisitRow:
    """Return the visit that is meant, made where there is none yet.

    Raises:
        Misused: the payer or discipline is unknown.
        Refused: the visit has another payer.
    """
    existing = visits.of_patient(clinic.connection, wish.patient, wish.day)
    discipline = _discipline(clinic, wish, code, existing)
    payer = payer_named(clinic, wish.payer) if wish.payer is not None else None
    for visit in existing:
        if visit.discipline == discipline:
            if payer is not None and payer.name != visit.payer:
                raise second_payer(clinic, visit, payer.name)
            return visit
    chosen = payer or _payer(clinic, wish, existing)
    check_offered(chosen, wish.day)
    return visits.add(
        clinic.connection,
        new_visit(wish.patient, discipline, wish.day, chosen),
        at=at,
        visit_id=wish.id,
    )


def new_visit(patient: str, discipline: Discipline, day: date, payer: Payer) -> NewVisit:
    """Return what a visit is made of, with what its payer allows."""
    return NewVisit(
        patient,
        discipline.value,
        day,
        payer.name,
        relaxed=payer.relaxes_billed_alone,
        assistants_barred=assistants_barred(payer, discipline),
    )


def assistants_barred(payer: Payer, discipline: Discipline) -> bool:
    """Return whether the payer does not pay this discipline's services of an assistant."""
    return discipline is Discipline.SLP and not payer.pays_slp_assistants


def payer_named(clinic: Clinic, name: str) -> Payer:
    """Return the payer of that name.

    Raises:
        Misused: no book holds it.
    """
    payer = clinic.rulebook.payers.find(name)
    if payer is None:
        raise Misused(
            say(
                "There is no payer {name}. There are: {names}",
                name=shown(name),
                names=", ".join(clinic.rulebook.payers.names()),
            )
        )
    return payer


def check_offered(payer: Payer, day: date) -> None:
    """Check that a new visit of a date may have the payer.

    Raises:
        Misused: the clinic has ended it before.
    """
    if not payer.in_force(day):
        raise Misused(
            say(
                "{name} was ended, and {last} was its last day: a visit of {day} needs another "
                "payer",
                name=shown(payer.name),
                last=payer.in_force_to,
                day=day,
            )
        )


def discipline_named(name: str) -> Discipline:
    """Return the discipline of that name.

    Raises:
        Misused: it is none.
    """
    try:
        return Discipline(name.strip().upper())
    except ValueError:
        raise Misused(say("{name} is not a discipline: PT, OT or SLP", name=shown(name))) from None


def clinician_of(clinic: Clinic, name: str | None) -> str:
    """Return the clinician who is meant: named, last used, else the system's user."""
    if name is not None:
        return name
    last = clinicians.last_used(clinic.connection)
    return last.name if last else system_user()


def who(clinic: Clinic) -> str:
    """Return whom the audit log names for a change: who presses, else who pressed last."""
    return clinic.actor or clinician_of(clinic, None)


def system_user() -> str:
    """Return the name of who is signed in to the computer."""
    import getpass  # asked once in a record's life

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name is known for the user's number
        return "clinician"


def usual_payer(clinic: Clinic, patient: str | None = None) -> Payer:
    """Return the payer to offer for a new visit: the patient's last, the last used, the usual."""
    row = visits.last_of_patient(clinic.connection, patient) if patient else None
    row = row or visits.last_made(clinic.connection)
    names = [row.payer if row else None, settings.get(clinic.connection, FIRST_PAYER), MEDICARE]
    today = service_date(clinic.clock.now(), clinic.clock.zone)
    found = (clinic.rulebook.payers.find(str(name)) for name in names if name)
    return next(payer for payer in found if payer is not None and payer.in_force(today))


def usual_discipline(
    clinic: Clinic, patient: str | None = None, code: Code | None = None
) -> Discipline:
    """Return the discipline to offer for a new visit, by the same order."""
    row = visits.last_of_patient(clinic.connection, patient) if patient else None
    row = row or visits.last_made(clinic.connection)
    if row:
        return Discipline(row.discipline)
    first = settings.get(clinic.connection, FIRST_DISCIPLINE)
    if first:
        return Discipline(str(first))
    return code.disciplines[0] if code else Discipline.PT


def _discipline(
    clinic: Clinic, wish: VisitWish, code: Code | None, existing: list[VisitRow]
) -> Discipline:
    if wish.discipline is not None:
        return discipline_named(wish.discipline)
    usable = [visit for visit in existing if not visit.signed] or existing
    if len(usable) > 1:
        # One that was made as a plan is not meant before one that was started.
        started = segments.of_visits(clinic.connection, [visit.id for visit in usable])
        usable = [visit for visit in usable if visit.id in started] or usable
    if usable:
        return Discipline(usable[0].discipline)
    return usual_discipline(clinic, wish.patient, code)


def _payer(clinic: Clinic, wish: VisitWish, existing: list[VisitRow]) -> Payer:
    before = clinic.rulebook.payers[existing[0].payer] if existing else None
    if before is not None and before.in_force(wish.day):
        return before
    return usual_payer(clinic, wish.patient)


def second_payer(clinic: Clinic, visit: VisitRow, wanted: str) -> Refused:
    """Return why a visit can't be meant with another payer than it has."""
    refusal = one_payer(visit.patient, str(visit.service_date), visit.payer, wanted)
    return Refused(
        refusal.reason,
        rule=refusal.rule.value,
        source=clinic.rulebook.rules.cited(refusal.rule.value),
    )
