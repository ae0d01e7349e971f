"""What happens to a clinician's signature when the part it stands under changes?"""

from collections.abc import Iterable

from ptimer.operations.clinic import Clinic
from ptimer.storage import audit_log, signatures, supervisors
from ptimer.timing.clock import Instant


def withdraw(
    clinic: Clinic,
    visit_id: str,
    names: Iterable[str],
    now: Instant,
    *,
    why: str = "the times were changed",
) -> None:
    """Withdraw the signatures of these clinicians under a visit that is still open.

    They signed something else than the record now holds, and are asked again.
    """
    standing = signatures.standing(clinic.connection, [visit_id]).get(visit_id, [])
    if not standing:
        return
    whose = set(names)
    named = supervisors.named(clinic.connection, [visit_id]).get(visit_id, {})
    whose |= {supervisor for clinician, supervisor in named.items() if clinician in whose}
    signed = [signature.clinician for signature in standing if signature.clinician in whose]
    if not signed:
        return
    signatures.withdraw(clinic.connection, visit_id, signed, at=now)
    for name in signed:
        audit_log.add(
            clinic.connection,
            audit_log.Entry(now, name, "signature-withdrawn", visit_id, reason=why),
        )
