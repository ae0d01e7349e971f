"""Sign a visit, and amend a signed one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ptimer.operations import (
    defaults,
    settling,
    sign_refusals,
    signed_content,
    snapshots,
    supervisors,
    typed_text,
    versions,
)
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.visit_view import VisitView
from ptimer.storage import (
    audit_log,
    charges,
    clinicians,
    signatures,
    signed_versions,
    visits,
)
from ptimer.storage.signatures import SignatureRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import say


@dataclass(frozen=True)
class SignWish:
    """A signature: `credentials` empty takes those on record.

    `choice` settles a tie, `over_60` says why a code took longer than usual. `supervisor` names
    the therapist who supervised the parts of assistants and aides.
    """

    clinician: str | None = None
    credentials: str = ""
    choice: Mapping[str, int] | None = None
    over_60: str = ""
    supervisor: str = ""


@dataclass(frozen=True)
class Signed:
    """What a signature came to: `closed` once every treating clinician has signed."""

    view: VisitView
    clinician: str
    closed: bool
    waiting_for: tuple[str, ...]


def find_visit(
    clinic: Clinic, patient: str, *, discipline: str | None = None, day: date | None = None
) -> str:
    """Return the id of the patient's visit of a day (default today).

    Raises:
        Misused: there is none, or there are several and no discipline tells them apart.
    """
    with clinic.reading() as now:
        on = day or service_date(now, clinic.clock.zone)
        found = visits.of_patient(clinic.connection, patient, on)
        if discipline is not None:
            wanted = defaults.discipline_named(discipline).value
            found = [visit for visit in found if visit.discipline == wanted]
        return _the_one(found, patient, on).id


def sign(clinic: Clinic, visit_id: str, wish: SignWish) -> Signed:
    """Sign a clinician's part of a visit; the visit is closed once all parts are signed.

    Raises:
        Misused: the choice fits no way of sharing the units, or nobody can be supervised so.
        Refused: something is missing, or the clinician treated nothing in the visit.
    """
    with clinic.writing() as now:
        name = defaults.clinician_of(clinic, wish.clinician)
        view = snapshots.view_of(clinic, visit_id, now)
        if view.visit.signed:
            raise sign_refusals.already_signed(clinic, view)
        if wish.supervisor.strip() and supervisors.name(clinic, view, wish.supervisor, now):
            view = snapshots.view_of(clinic, visit_id, now)
        if name not in view.record.must_sign:
            raise sign_refusals.not_a_signer(clinic, view, name)
        if wish.choice is not None:
            settling.choose_within(clinic, view, wish.choice, now)
        if wish.over_60.strip():
            settling.give_reasons_within(clinic, view, wish.over_60, now)
        view = snapshots.view_of(clinic, visit_id, now)
        credentials = _credentials(clinic, name, wish.credentials)
        missing = [item.text for item in view.to_fix if item.required]
        if not credentials:
            missing.append(say("{name}: type the credentials", name=name))
        if missing:
            raise sign_refusals.incomplete(clinic, view, missing)
        return _sign(clinic, view, SignatureRow(visit_id, name, name, credentials, now))


def amend(clinic: Clinic, visit_id: str, why: str) -> None:
    """Reopen a signed visit, with a reason; what was signed stays, as a version of its own.

    Raises:
        Misused: no reason was given, or the visit is not signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        view = snapshots.view_of(clinic, visit_id, now)
        if not view.visit.signed:
            raise Misused(
                say(
                    "{patient}'s visit is not signed: there is nothing to amend",
                    patient=shown(view.visit.patient),
                )
            )
        versions.reopen(clinic, view, reason, now)
        visits.set_status(clinic.connection, visit_id, visits.OPEN)
        charges.withdraw_units(clinic.connection, visit_id, at=now)
        names = [signature.clinician for signature in view.record.signatures]
        signatures.withdraw(clinic.connection, visit_id, names, at=now)
        audit_log.add(
            clinic.connection,
            audit_log.Entry(
                now,
                defaults.who(clinic),
                "amend",
                visit_id,
                before=_billed(view),
                reason=reason,
            ),
        )


def _the_one(found: list[VisitRow], patient: str, on: date) -> VisitRow:
    if not found:
        raise Misused(say("{patient} has no visit of {day}", patient=shown(patient), day=on))
    if len(found) > 1:
        raise Misused(
            say(
                "{patient} has several visits of {day}: name one with --discipline ({names})",
                patient=shown(patient),
                day=on,
                names=", ".join(visit.discipline for visit in found),
            )
        )
    return found[0]


def _credentials(clinic: Clinic, name: str, typed: str) -> str:
    known = clinicians.find(clinic.connection, name)
    if typed.strip():
        return typed_text.credentials(typed)
    return known.credentials if known else ""


def _sign(clinic: Clinic, view: VisitView, signature: SignatureRow) -> Signed:
    visit_id, now = view.visit.id, signature.signed_at
    content = signed_content.text_of(signed_content.content_of(view))
    sha256 = signed_content.hash_of(content)
    signed_versions.keep_content(clinic.connection, sha256, content)
    signatures.withdraw(clinic.connection, visit_id, [signature.clinician], at=now)
    signatures.add(clinic.connection, replace(signature, sha256=sha256))
    known = clinicians.find(clinic.connection, signature.clinician)
    if known is not None and not known.credentials:
        clinicians.set_credentials(clinic.connection, known.name, signature.credentials)
    waiting = tuple(name for name in view.missing_signatures if name != signature.clinician)
    closed = {} if waiting else _close(clinic, visit_id, sha256, now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            signature.clinician,
            "sign",
            visit_id,
            after={
                "credentials": signature.credentials,
                "closed": not waiting,
                "sha256": sha256,
                **closed,
                **_billed(view),
            },
        ),
    )
    return Signed(
        snapshots.view_of(clinic, visit_id, now), signature.clinician, not waiting, waiting
    )


def _close(clinic: Clinic, visit_id: str, sha256: str, now: Instant) -> dict[str, object]:
    """Close a visit, and return what the audit log keeps of the version that was signed."""
    view = snapshots.view_of(clinic, visit_id, now)
    units = {line.code.code: line.units for line in view.reckoning.lines}
    charges.sign_units(clinic.connection, visit_id, units, at=now)
    visits.set_status(clinic.connection, visit_id, visits.SIGNED)
    version = versions.close(clinic, view, sha256, now)
    return {"version": version.number, "version_sha256": version.sha256}


def _billed(view: VisitView) -> dict[str, object]:
    """Return what was signed, as the audit log keeps it."""
    return {
        "payer": view.visit.payer,
        "rule": view.reckoning.rule.value,
        "timed_minutes": view.timed_minutes,
        "total_minutes": view.total_minutes,
        "lines": [
            {"code": line.code.code, "minutes": line.minutes, "units": line.units}
            for line in view.reckoning.lines
        ],
    }
