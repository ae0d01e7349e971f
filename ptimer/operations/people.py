"""Who treats: clinicians as the record knows them, and the answers of the first start."""

from dataclasses import dataclass, replace

from ptimer.billing.conflicts import Role
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused
from ptimer.storage import audit_log, clinicians, settings, visits
from ptimer.storage.clinicians import ClinicianRow
from ptimer.wording import say


def current(clinic: Clinic) -> ClinicianRow | None:
    """Return who pressed last; None on a record that nobody has used."""
    with clinic.reading():
        return clinicians.last_used(clinic.connection)


def everyone(clinic: Clinic) -> list[ClinicianRow]:
    """Return all clinicians by name."""
    with clinic.reading():
        return clinicians.everyone(clinic.connection)


def switch_to(clinic: Clinic, name: str, *, role: Role, supervisor: str = "") -> ClinicianRow:
    """Make a clinician the one who presses, in a role.

    Raises:
        Misused: the name is empty, or a student names no supervising therapist.
    """
    name = typed_text.clinician_name(name)
    supervising = typed_text.clinician_name(supervisor) if supervisor.strip() else ""
    if role is Role.STUDENT and supervising in ("", name):
        raise Misused(say("Name the therapist who supervises {name}", name=name))
    with clinic.writing() as now:
        known = clinicians.find(clinic.connection, name) or ClinicianRow(name)
        changed = replace(known, role=role.value, supervisor=supervising)
        if supervising:
            clinicians.ensure(clinic.connection, supervising)
        clinicians.save(clinic.connection, changed, at=now)
        clinic.actor = name
        return changed


def describe(
    clinic: Clinic, name: str, *, credentials: str, discipline: str = "", npi: str = ""
) -> ClinicianRow:
    """Write a clinician's credentials, discipline and provider number.

    Raises:
        Misused: a name or number can't be used.
    """
    name = typed_text.clinician_name(name)
    with clinic.writing() as now:
        before = clinicians.find(clinic.connection, name) or ClinicianRow(name)
        after = replace(
            before,
            credentials=typed_text.credentials(credentials) if credentials.strip() else "",
            discipline=defaults.discipline_named(discipline).value if discipline else "",
            npi=typed_text.npi(npi),
        )
        clinicians.save(clinic.connection, after, at=now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "clinician",
                before={"credentials": before.credentials, "npi": before.npi},
                after={"name": name, "credentials": after.credentials, "npi": after.npi},
            ),
        )
        return after


@dataclass(frozen=True)
class FirstAnswers:
    """What the first start asks: name and credentials, discipline, usual payer."""

    name: str
    credentials: str
    discipline: str
    payer: str


def first_start_due(clinic: Clinic) -> bool:
    """Return whether nothing was recorded and the first questions were not answered."""
    with clinic.reading():
        answered = settings.get(clinic.connection, defaults.FIRST_PAYER) is not None
        return not answered and not visits.any_at_all(clinic.connection)


def answer_first_start(clinic: Clinic, answers: FirstAnswers) -> ClinicianRow:
    """Keep the first start's answers; all of them can be changed later.

    Raises:
        Misused: the name, discipline or payer can't be used.
    """
    payer = defaults.payer_named(clinic, answers.payer)
    clinician = describe(
        clinic,
        answers.name,
        credentials=answers.credentials,
        discipline=answers.discipline,
    )
    with clinic.writing():
        settings.put(clinic.connection, defaults.FIRST_PAYER, payer.name)
        settings.put(clinic.connection, defaults.FIRST_DISCIPLINE, clinician.discipline)
    clinic.actor = clinician.name
    return clinician
