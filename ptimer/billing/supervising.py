"""Who signs a visit: who treated, and who supervised a student's, an assistant's or an aide's part?

Source: rules.md, Before signing (`sign-off`): each treating clinician with credentials signs; of a
student's or assistant's part the supervising therapist, too. An aide has no credentials to sign
with: where nobody else signs, the therapist who supervised does.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ptimer.billing.conflicts import Role
from ptimer.billing.sign_off import ToFix
from ptimer.wording import say

RULE = "supervisor"

SUPERVISED = (Role.STUDENT, Role.ASSISTANT, Role.AIDE)


@dataclass(frozen=True)
class Part:
    """What one clinician did in one role; `supervisor` empty where nobody was named."""

    clinician: str
    role: Role
    supervisor: str = ""
    treated: bool = True
    """Whether it was treatment; rest and time that is not billable are none."""


def must_sign(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return who must sign, those who treated first; an aide is not among them."""
    names = [part.clinician for part in parts if part.role is not Role.AIDE]
    names += [part.supervisor for part in parts if part.role in SUPERVISED and part.supervisor]
    return tuple(dict.fromkeys(names))


def unsupervised(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts, one for each clinician, for which a supervising therapist is asked.

    An aide's only where nobody signs the visit otherwise.
    """
    asked = [Role.STUDENT, Role.ASSISTANT, *(() if must_sign(parts) else (Role.AIDE,))]
    found = {
        part.clinician: part
        for part in parts
        if part.role in asked and part.treated and not part.supervisor
    }
    return tuple(found.values())


def to_fix(parts: Sequence[Part], *, required: bool) -> Iterable[ToFix]:
    """Yield what is asked; `required`: the clinic lets no visit be signed without it."""
    for part in unsupervised(parts):
        if part.role is Role.AIDE:
            text = say(
                "{name} is an aide, and an aide does not sign: name the supervising therapist, "
                "who does",
                name=part.clinician,
            )
            yield ToFix(RULE, text)
        else:
            text = say(
                "{name} is {role}: name the supervising therapist, who signs, too",
                name=part.clinician,
                role=say("an assistant") if part.role is Role.ASSISTANT else say("a student"),
            )
            yield ToFix(RULE, text, required=required)
