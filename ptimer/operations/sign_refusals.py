"""How is a person told that a signature is not taken, and what would let it be?"""

from collections.abc import Sequence

from ptimer.billing import sign_off
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Refused, shown
from ptimer.operations.visit_view import VisitView
from ptimer.wording import Sentence, say, strung


def incomplete(clinic: Clinic, view: VisitView, missing: Sequence[Sentence]) -> Refused:
    """Return the refusal that lists what is missing."""
    return Refused(
        say(
            "{patient}'s visit can't be signed yet: {missing}",
            patient=shown(view.visit.patient),
            missing=strung(missing, "; "),
        ),
        rule=sign_off.RULE,
        source=clinic.rulebook.rules.cited(sign_off.RULE),
        missing=tuple(missing),
    )


def not_a_signer(clinic: Clinic, view: VisitView, name: str) -> Refused:
    """Return the refusal of who treated nothing, or is an aide."""
    if name not in view.record.clinicians:
        return incomplete(clinic, view, [_treated_nothing(view, name)])
    asked = [item.text for item in view.to_fix if item.required]
    who = view.record.must_sign
    aide = say(
        "{name} is an aide, and an aide does not sign; who must: {names}",
        name=name,
        names=strung(who) if who else say("nobody yet"),
    )
    return incomplete(clinic, view, asked or [aide])


def already_signed(clinic: Clinic, view: VisitView) -> Refused:
    """Return the refusal of a second signature under a closed visit."""
    return Refused(
        say(
            "{patient}'s visit of {day} is signed already",
            patient=shown(view.visit.patient),
            day=view.visit.service_date,
        ),
        rule="visit-signed",
        source=clinic.rulebook.rules.cited("visit-signed"),
    )


def _treated_nothing(view: VisitView, name: str) -> Sentence:
    return say(
        "{name} treated nothing in it; who treated: {names}",
        name=name,
        names=strung(view.record.must_sign) if view.record.must_sign else say("nobody yet"),
    )
