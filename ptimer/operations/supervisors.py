"""Who supervised whose part of a visit, where the times themselves do not name anybody?"""

from ptimer.billing import sign_off
from ptimer.billing.conflicts import Role
from ptimer.billing.supervising import SUPERVISED
from ptimer.operations import defaults, signatures, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Refused, shown
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, clinicians
from ptimer.storage import supervisors as named_supervisors
from ptimer.timing.clock import Instant
from ptimer.wording import listed, say


def name(clinic: Clinic, view: VisitView, supervisor: str, now: Instant) -> bool:
    """Keep who supervised the parts that name no supervisor of their own; return whether it is new.

    Raises:
        Misused: the name can't be used, or is that of who was supervised.
        Refused: nobody's part needs one.
    """
    therapist = typed_text.clinician_name(supervisor)
    parts = _parts_without_one(view)
    if not parts:
        raise _needs_none(clinic, view, therapist)
    if therapist in parts:
        raise Misused(say("{name} can't supervise {name}: name another one", name=therapist))
    wanted = dict.fromkeys(parts, therapist)
    before = {who: view.record.supervisors[who] for who in wanted if who in view.record.supervisors}
    if wanted == before:
        return False
    clinicians.ensure(clinic.connection, therapist)
    signatures.withdraw(clinic, view.visit.id, set(before.values()) - {therapist}, now)
    who = defaults.who(clinic)
    named_supervisors.name(clinic.connection, view.visit.id, wanted, by=who, at=now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(now, who, "supervisor", view.visit.id, before=before or None, after=wanted),
    )
    return True


def may_be_named(view: VisitView) -> tuple[str, ...]:
    """Return whose supervising therapist can be named when the visit is signed."""
    return () if view.visit.signed else _parts_without_one(view)


def _parts_without_one(view: VisitView) -> tuple[str, ...]:
    segments = view.record.segments
    own = {s.clinician for s in segments if s.attendance != "none" and not s.supervisor}
    supervised = {s.clinician for s in segments if Role(s.role) in SUPERVISED}
    return tuple(who for who in view.record.clinicians if who in own & supervised)


def _needs_none(clinic: Clinic, view: VisitView, therapist: str) -> Refused:
    return Refused(
        say(
            "{therapist} supervised nobody in {patient}'s visit: who treated, {names}, needs no "
            "supervising therapist, or the times name one",
            therapist=therapist,
            patient=shown(view.visit.patient),
            names=listed(view.record.clinicians) if view.record.clinicians else say("nobody yet"),
        ),
        rule=sign_off.RULE,
        source=clinic.rulebook.rules.cited(sign_off.RULE),
    )
