"""May this be timed at the same minute as that? One pure function answers for every road.

Source: rules.md, At the same minute (conflicts). The database's triggers hold the same rules
(resources/schema); a test compares the two.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from ptimer.billing.codebook import ATTENDED, ONE_PATIENT, Attendance
from ptimer.wording import Sentence, say


class Role(StrEnum):
    """Of the clinician in a segment."""

    THERAPIST = "therapist"
    ASSISTANT = "assistant"
    STUDENT = "student"
    AIDE = "aide"


class Rule(StrEnum):
    """Why something is refused; where several rules refuse, the first of this order is named."""

    VISIT_SIGNED = "visit-signed"
    ONE_PAYER = "one-payer"
    QUALIFIED_ONLY = "qualified-only"
    EVALUATION_APART = "evaluation-apart"
    GROUP_APART = "group-apart"
    BILLED_ALONE = "billed-alone"
    ONE_CLINICIAN_ONE_SERVICE = "one-clinician-one-service"
    ONE_PATIENT_ONE_SERVICE = "one-patient-one-service"
    REST_APART = "rest-apart"


ORDER = {rule: place for place, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Service:
    """What the rules need to know of a segment.

    `relaxed`: the visit's payer lets supervised modalities run beside a code that is billed
    alone. `assistants_barred`: the payer does not pay this discipline's services of an assistant.
    """

    code: str
    attendance: Attendance
    patient: str
    visit: str
    clinician: str
    role: Role = Role.THERAPIST
    supervisor: str = ""
    exclusive: bool = False
    relaxed: bool = False
    assistants_barred: bool = False

    @property
    def occupied(self) -> frozenset[str]:
        """Whose attention it takes: a student's supervising therapist is occupied, too."""
        if self.role is Role.STUDENT and self.supervisor:
            return frozenset((self.clinician, self.supervisor))
        return frozenset((self.clinician,))

    @property
    def apart(self) -> bool:
        """Whether it is rest or not-billable time."""
        return self.attendance is Attendance.NONE

    def same_as(self, other: "Service") -> bool:
        """Return whether starting one while the other runs would start nothing new."""
        return (self.visit, self.code, self.clinician, self.role, self.supervisor) == (
            other.visit,
            other.code,
            other.clinician,
            other.role,
            other.supervisor,
        )


@dataclass(frozen=True)
class Refusal:
    """Why a service may not be timed; `blocker` is what it would meet, if it meets anything."""

    rule: Rule
    reason: Sentence
    blocker: Service | None = None


def refusal_of(starting: Service, running: Iterable[Service]) -> Refusal | None:
    """Return why `starting` may not be timed while `running` are, or None if it may.

    Where several rules refuse, the first in the order of `Rule` is named.
    """
    unqualified = refusal_by_itself(starting)
    if unqualified:
        return unqualified
    found = [refusal for other in running for refusal in [refusal_of_pair(starting, other)]]
    refusals = [refusal for refusal in found if refusal is not None]
    return min(refusals, key=lambda refusal: ORDER[refusal.rule], default=None)


def refusal_by_itself(service: Service) -> Refusal | None:
    """Return why the clinician's role forbids the service, whatever else runs."""
    if service.apart:
        return None
    if service.assistants_barred and service.role is Role.ASSISTANT:
        text = say(
            "Medicare does not pay speech-language services of an assistant: "
            "{code} needs a therapist",
            code=service.code,
        )
    elif service.attendance not in ATTENDED:
        return None
    elif service.role is Role.AIDE:
        text = say("An aide's minutes never count: {code} needs a therapist", code=service.code)
    elif service.role is Role.STUDENT and not service.supervisor:
        text = say(
            "A student may time {code} only with a supervising therapist named", code=service.code
        )
    elif service.role is Role.STUDENT and service.supervisor == service.clinician:
        text = say(
            "{clinician} can't supervise {clinician}: name the supervising therapist of {code}",
            clinician=service.clinician,
            code=service.code,
        )
    elif service.role is Role.ASSISTANT and service.attendance is Attendance.EVALUATION:
        text = say(
            "An assistant may not evaluate: {code} needs a therapist",
            code=service.code,
        )
    else:
        return None
    return Refusal(Rule.QUALIFIED_ONLY, text)


def refusal_of_pair(starting: Service, other: Service) -> Refusal | None:
    """Return why the two may not share a minute, as seen by the one that starts."""
    for rule, (meets, reason) in _PAIR_RULES.items():
        if meets(starting, other):
            return Refusal(rule, reason(starting, other), other)
    return None


def _share_clinician(a: Service, b: Service) -> bool:
    return bool(a.occupied & b.occupied)


def _share_either(a: Service, b: Service) -> bool:
    return a.patient == b.patient or _share_clinician(a, b)


def _evaluation_apart(a: Service, b: Service) -> bool:
    return (
        Attendance.EVALUATION in (a.attendance, b.attendance)
        and a.attendance in ATTENDED
        and b.attendance in ATTENDED
        and _share_either(a, b)
    )


def _group_apart(a: Service, b: Service) -> bool:
    return (
        (a.attendance is Attendance.GROUP and b.attendance in ONE_PATIENT)
        or (b.attendance is Attendance.GROUP and a.attendance in ONE_PATIENT)
    ) and _share_either(a, b)


def _billed_alone(a: Service, b: Service) -> bool:
    if a.patient != b.patient or a.code == b.code or a.apart or b.apart:
        return False
    return _alone_beside(a, b) or _alone_beside(b, a)


def _alone_beside(alone: Service, other: Service) -> bool:
    relaxed = alone.relaxed and other.attendance is Attendance.SUPERVISED
    return alone.exclusive and not relaxed


def _both_take_one_patient(a: Service, b: Service) -> bool:
    return a.attendance in ONE_PATIENT and b.attendance in ONE_PATIENT


def _one_clinician(a: Service, b: Service) -> bool:
    return _both_take_one_patient(a, b) and _share_clinician(a, b)


def _one_patient(a: Service, b: Service) -> bool:
    return _both_take_one_patient(a, b) and a.patient == b.patient


def _rest_apart(a: Service, b: Service) -> bool:
    return a.visit == b.visit and (a.apart or b.apart)


def _say_evaluation(a: Service, b: Service) -> Sentence:
    evaluation, other = (a, b) if a.attendance is Attendance.EVALUATION else (b, a)
    return say(
        "An evaluation can't share minutes with another attended code of the same clinician or "
        "patient: {evaluation} and {other}",
        evaluation=evaluation.code,
        other=other.code,
    )


def _say_group(a: Service, b: Service) -> Sentence:
    group, other = (a, b) if a.attendance is Attendance.GROUP else (b, a)
    return say(
        "A group takes the clinician's and the patients' minutes: {group} can't run beside {other}",
        group=group.code,
        other=other.code,
    )


def _say_alone(a: Service, b: Service) -> Sentence:
    alone, other = (a, b) if _alone_beside(a, b) else (b, a)
    return say(
        "{alone} is billed alone: its minutes can't be shared with {other}",
        alone=alone.code,
        other=other.code,
    )


def _say_clinician(a: Service, b: Service) -> Sentence:
    shared = ", ".join(sorted(a.occupied & b.occupied))
    if a.patient == b.patient:
        return say(
            "{code} and {other} both need {clinician} one-on-one: the minutes go to one of them",
            code=a.code,
            other=b.code,
            clinician=shared,
        )
    return say(
        "{other} of {patient} needs {clinician} alone",
        other=b.code,
        patient=b.patient,
        clinician=shared,
    )


def _say_patient(a: Service, b: Service) -> Sentence:
    return say(
        "{patient} already has {other} one-on-one with {clinician}: two clinicians can't both "
        "bill the same minutes",
        patient=a.patient,
        other=b.code,
        clinician=b.clinician,
    )


def _say_rest(a: Service, b: Service) -> Sentence:
    return say(
        "Rest and not-billable time never overlap another time of the visit: {code} and {other}",
        code=a.code,
        other=b.code,
    )


_PairRule = tuple[Callable[[Service, Service], bool], Callable[[Service, Service], Sentence]]

_PAIR_RULES: dict[Rule, _PairRule] = {
    Rule.EVALUATION_APART: (_evaluation_apart, _say_evaluation),
    Rule.GROUP_APART: (_group_apart, _say_group),
    Rule.BILLED_ALONE: (_billed_alone, _say_alone),
    Rule.ONE_CLINICIAN_ONE_SERVICE: (_one_clinician, _say_clinician),
    Rule.ONE_PATIENT_ONE_SERVICE: (_one_patient, _say_patient),
    Rule.REST_APART: (_rest_apart, _say_rest),
}


def visit_signed(patient: str, service_date: str) -> Refusal:
    """Return the refusal of any change to a signed visit."""
    return Refusal(
        Rule.VISIT_SIGNED,
        say(
            "{patient}'s visit of {day} is signed: amend it first, with a reason",
            patient=patient,
            day=service_date,
        ),
    )


def one_payer(patient: str, service_date: str, has: str, wanted: str) -> Refusal:
    """Return the refusal of a second payer in a visit."""
    return Refusal(
        Rule.ONE_PAYER,
        say(
            "{patient}'s visit of {day} is {has}'s: a visit has one payer, so {wanted} can't "
            "be added to it",
            patient=patient,
            day=service_date,
            has=has,
            wanted=wanted,
        ),
    )
