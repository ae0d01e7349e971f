"""The table of conflicts (rules.md, At the same minute): what stands, and what is attempted.

Whoever is left out is Ann, Kim, a therapist, in a PT visit that Medicare pays.
"""

from dataclasses import dataclass

import pytest

RELAXED = "Relaxed"
"""A payer of the clinic's own that lets supervised modalities run beside 97112."""
COMMERCIAL = "Commercial (midpoint)"


@dataclass(frozen=True)
class Wish:
    """Someone's code with a patient."""

    code: str
    patient: str = "Ann"
    clinician: str = "Kim"
    role: str = "therapist"
    supervisor: str = ""
    discipline: str = "PT"
    payer: str = "Medicare"


@dataclass(frozen=True)
class Case:
    """A wish beside what stands, and the rule that refuses it; the empty rule allows it."""

    rule: str
    wish: Wish
    standing: tuple[Wish, ...] = ()
    signed: bool = False
    """Whether the wish's visit is signed before."""
    names_a_payer: bool = False
    """Whether only a road on which a payer is named can come to it."""


def _refused(rule, name, wish, *standing, **more):
    return pytest.param(Case(rule, wish, standing, **more), id=f"{rule}: {name}")


def _allowed(name, wish, *standing):
    return pytest.param(Case("", wish, standing), id=f"allowed: {name}")


def _student(code, patient="Ann", supervisor="Lee", clinician="Stu"):
    return Wish(code, patient, clinician, "student", supervisor)


_EXERCISE = Wish("97110")
_MANUAL = Wish("97140")
_BALANCE = Wish("97112")
_STIMULATION = Wish("97032")
_MODALITY = Wish("G0283")
_GROUP = Wish("97150")
_EVALUATION = Wish("97161")
_REST = Wish("REST")

REFUSED = [
    _refused("visit-signed", "a time more", _EXERCISE, signed=True),
    _refused("visit-signed", "rest, too", _REST, signed=True),
    _refused(
        "one-payer",
        "a second one",
        Wish("G0283", payer=COMMERCIAL),
        _EXERCISE,
        names_a_payer=True,
    ),
    *(
        _refused("qualified-only", f"{who}, {code}", Wish(code, role=who, clinician="Ada"))
        for who in ("aide", "student")
        for code in ("97110", "97032", "97150", "97161")
    ),
    _refused("qualified-only", "a student of oneself", _student("97110", supervisor="Stu")),
    _refused(
        "qualified-only", "an assistant evaluates", Wish("97161", role="assistant", clinician="Ada")
    ),
    _refused(
        "qualified-only",
        "an assistant's speech therapy for Medicare",
        Wish("92507", role="assistant", clinician="Ada", discipline="SLP"),
    ),
    _refused("evaluation-apart", "beside one-on-one", _EVALUATION, Wish("97110", clinician="Lee")),
    _refused("evaluation-apart", "one-on-one beside it", _EXERCISE, _EVALUATION),
    _refused("evaluation-apart", "of another patient", _EVALUATION, Wish("97110", "Bob")),
    _refused("evaluation-apart", "beside constant", _EVALUATION, _STIMULATION),
    _refused("evaluation-apart", "beside group", _EVALUATION, Wish("97150", "Bob")),
    _refused(
        "evaluation-apart",
        "beside another evaluation",
        _EVALUATION,
        Wish("97165", clinician="Lee", discipline="OT"),
    ),
    _refused("evaluation-apart", "of a supervisor", _student("97161"), Wish("97110", "Bob", "Lee")),
    _refused("group-apart", "beside one-on-one", _GROUP, Wish("97110", "Bob")),
    _refused("group-apart", "one-on-one beside it", Wish("97110", "Bob"), _GROUP),
    _refused("group-apart", "of the same patient", _GROUP, Wish("97110", clinician="Lee")),
    _refused("group-apart", "beside constant", _GROUP, _STIMULATION),
    _refused("group-apart", "beside 97112", _BALANCE, _GROUP),
    _refused("billed-alone", "97112 beside one-on-one", _BALANCE, _EXERCISE),
    _refused("billed-alone", "one-on-one beside 97112", _EXERCISE, _BALANCE),
    _refused("billed-alone", "97112 beside a modality", _BALANCE, _MODALITY),
    _refused("billed-alone", "a modality beside 97112", _MODALITY, _BALANCE),
    _refused("billed-alone", "of another clinician", _MODALITY, Wish("97112", clinician="Lee")),
    _refused(
        "billed-alone",
        "in another visit of the patient",
        Wish("G0283", clinician="Lee", discipline="OT"),
        _BALANCE,
    ),
    _refused(
        "billed-alone",
        "one-on-one although relaxed",
        Wish("97110", payer=RELAXED),
        Wish("97112", payer=RELAXED),
    ),
    _refused("one-clinician-one-service", "the same patient", _EXERCISE, _MANUAL),
    _refused("one-clinician-one-service", "another patient", _EXERCISE, Wish("97140", "Bob")),
    _refused("one-clinician-one-service", "97112 twice", _BALANCE, Wish("97112", "Bob")),
    _refused("one-clinician-one-service", "constant", _STIMULATION, Wish("97035", "Bob")),
    _refused(
        "one-clinician-one-service",
        "a student's supervisor",
        Wish("97110", "Bob", "Lee"),
        _student("97140"),
    ),
    _refused(
        "one-clinician-one-service",
        "whose supervisor is occupied",
        _student("97140"),
        Wish("97110", "Bob", "Lee"),
    ),
    _refused(
        "one-clinician-one-service",
        "two students of one supervisor",
        _student("97140", "Bob", clinician="Sue"),
        _student("97110"),
    ),
    _refused(
        "one-patient-one-service", "two clinicians", _EXERCISE, Wish("97140", clinician="Lee")
    ),
    _refused(
        "one-patient-one-service",
        "in two visits",
        _EXERCISE,
        Wish("97530", clinician="Lee", discipline="OT"),
    ),
    _refused("rest-apart", "beside one-on-one", _REST, _EXERCISE),
    _refused("rest-apart", "a modality beside it", _MODALITY, _REST),
    _refused("rest-apart", "of another clinician", Wish("97110", clinician="Lee"), _REST),
    _refused("rest-apart", "beside not-billable time", Wish("NB"), _REST),
]

ALLOWED = [
    _allowed("alone", _BALANCE),
    _allowed("a modality beside another service", _MODALITY, _EXERCISE),
    _allowed("another service beside a modality", _STIMULATION, _MODALITY),
    _allowed("a modality beside an evaluation", _MODALITY, _EVALUATION),
    _allowed("a modality beside another patient's 97112", Wish("G0283", "Bob"), _BALANCE),
    _allowed("97112 beside another patient's modality", _BALANCE, Wish("G0283", "Bob")),
    _allowed("several modalities", _MODALITY, Wish("97010"), Wish("97018")),
    _allowed(
        "a modality beside 97112 where the payer relaxes it",
        Wish("G0283", payer=RELAXED),
        Wish("97112", payer=RELAXED),
    ),
    _allowed("a group of several patients", _GROUP, Wish("97150", "Bob")),
    _allowed("two clinicians with two patients", _BALANCE, Wish("97112", "Bob", "Lee")),
    _allowed(
        "an evaluation of another clinician and patient", _EVALUATION, Wish("97161", "B", "L")
    ),
    _allowed("a supervised student", _student("97110"), Wish("97140", "Bob", "Kim")),
    _allowed("a student's modality without a supervisor", Wish("G0283", role="student")),
    _allowed("an aide's modality", Wish("G0283", role="aide")),
    _allowed("an assistant", Wish("97110", role="assistant")),
    _allowed(
        "an assistant's supervisor is free",
        Wish("97140", "Bob", "Lee"),
        Wish("97110", role="assistant", supervisor="Lee"),
    ),
    _allowed(
        "an assistant's speech therapy for another payer",
        Wish("92507", role="assistant", discipline="SLP", payer=COMMERCIAL),
    ),
    _allowed("rest of one patient beside another's time", _REST, Wish("97110", "Bob")),
    _allowed("an aide's rest", Wish("REST", role="aide"), Wish("97110", "Bob")),
]
