"""The conflicts once more, as one table that is read and not computed."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import (
    ORDER,
    Role,
    Service,
    one_payer,
    refusal_by_itself,
    refusal_of,
    refusal_of_pair,
    visit_signed,
)

# What two services may not be at one minute, by the attendance of each:
#   one     one clinician, or one patient, has only one of them
#   eval    an evaluation is apart, group  group work is apart: for clinician and patient
#   rest    in one visit
#   free    nothing by attendance alone
BY_ATTENDANCE = """
            one-on-one  constant  supervised  group  evaluation  none
one-on-one  one         one       free        group  eval        rest
constant    one         one       free        group  eval        rest
supervised  free        free      free        free   free        rest
group       group       group     free        free   eval        rest
evaluation  eval        eval      free        eval   eval        rest
none        rest        rest      rest        rest   rest        rest
"""
ATTENDANCES = [attendance.value for attendance in Attendance]
YES_NO = (False, True)


def _table():
    head, *rows = (line.split() for line in BY_ATTENDANCE.strip().splitlines())
    return {
        (row, column): entry
        for row, *entries in rows
        for column, entry in zip(head, entries, strict=True)
    }


TABLE = _table()


def _by_the_table(a, b):
    entry = TABLE[a.attendance.value, b.attendance.value]
    same_patient = a.patient == b.patient
    same_clinician = a.clinician == b.clinician
    if entry == "rest":
        return "rest-apart" if a.visit == b.visit else None
    if entry == "eval" and (same_patient or same_clinician):
        return "evaluation-apart"
    if entry == "group" and (same_patient or same_clinician):
        return "group-apart"
    if same_patient and a.code != b.code and (_stays_alone(a, b) or _stays_alone(b, a)):
        return "billed-alone"
    if entry == "one" and same_clinician:
        return "one-clinician-one-service"
    if entry == "one" and same_patient:
        return "one-patient-one-service"
    return None


def _stays_alone(service, other):
    return service.exclusive and (not service.relaxed or other.attendance != "supervised")


@pytest.mark.parametrize("first", ATTENDANCES)
@pytest.mark.parametrize("second", ATTENDANCES)
def test_the_rules_agree_with_the_table_in_every_combination(first, second):
    for answers in product(YES_NO, repeat=8):
        patient, clinician, visit, code, *more = answers
        alone_a, alone_b, relaxed_a, relaxed_b = more
        if visit and not patient:
            continue  # a visit is one patient's
        a = _service(first, exclusive=alone_a, relaxed=relaxed_a)
        b = _service(
            second,
            code="A" if code else "B",
            patient="Ann" if patient else "Bob",
            clinician="Kim" if clinician else "Lee",
            visit="one" if visit else "other",
            exclusive=alone_b,
            relaxed=relaxed_b,
        )

        refusal = refusal_of(b, [a])
        assert (refusal.rule.value if refusal else None) == _by_the_table(a, b), (a, b)
        assert _rule(refusal_of(a, [b])) == _rule(refusal), "whichever of the two starts"


def _service(attendance, **more):
    settings = {"code": "A", "patient": "Ann", "visit": "one", "clinician": "Kim", **more}
    return Service(attendance=Attendance(attendance), **settings)


def _rule(refusal):
    return refusal.rule if refusal else None


names = st.sampled_from(["Kim", "Lee", "Sam"])
services = st.builds(
    Service,
    code=st.sampled_from(["A", "B"]),
    attendance=st.sampled_from(Attendance),
    patient=st.sampled_from(["Ann", "Bob"]),
    visit=st.sampled_from(["one", "other"]),
    clinician=names,
    role=st.sampled_from(Role),
    supervisor=st.just("") | names,
    exclusive=st.booleans(),
    relaxed=st.booleans(),
    assistants_barred=st.booleans(),
)


@given(services, services)
def test_whether_two_may_share_a_minute_does_not_depend_on_which_starts(a, b):
    assert _rule(refusal_of_pair(a, b)) == _rule(refusal_of_pair(b, a))


@given(services, services)
def test_a_student_is_in_the_way_like_a_therapist_of_either_name(a, b):
    as_each = [
        refusal_of_pair(_plain(a, who), _plain(b, whom))
        for who in sorted(a.occupied)
        for whom in sorted(b.occupied)
    ]
    worst = min((_rule(r) for r in as_each if r), key=ORDER.get, default=None)

    assert _rule(refusal_of_pair(a, b)) == worst


def _plain(service, clinician):
    return Service(
        service.code,
        service.attendance,
        service.patient,
        service.visit,
        clinician,
        exclusive=service.exclusive,
        relaxed=service.relaxed,
    )


@given(services, st.lists(services, max_size=5))
def test_of_several_refusals_the_first_of_the_order_is_named(starting, running):
    alone = refusal_by_itself(starting)
    each = [refusal_of_pair(starting, other) for other in running]
    rules = [refusal.rule for refusal in [alone, *each] if refusal]

    refusal = refusal_of(starting, running)
    assert _rule(refusal) == min(rules, key=ORDER.get, default=None)
    assert refusal is None or alone or refusal.blocker in running
    assert _rule(refusal_of(starting, running[::-1])) == _rule(refusal)


@given(services, st.lists(services, max_size=5))
def test_what_is_allowed_beside_many_is_allowed_beside_each(starting, running):
    beside_many = refusal_of(starting, running)

    assert (beside_many is None) == (
        refusal_by_itself(starting) is None
        and all(refusal_of(starting, [other]) is None for other in running)
    )


@pytest.mark.parametrize(
    ("wish", "running", "named"),
    [
        pytest.param(("97161", "aide"), ["97110"], "qualified-only", id="aide-and-evaluation"),
        pytest.param(("97161", "therapist"), ["97150"], "evaluation-apart", id="evaluation-group"),
        pytest.param(("97112", "therapist"), ["97150"], "group-apart", id="group-billed-alone"),
        pytest.param(("97112", "therapist"), ["97110"], "billed-alone", id="alone-one-clinician"),
        pytest.param(
            ("97110", "therapist"), ["97140"], "one-clinician-one-service", id="both-shared"
        ),
        pytest.param(
            ("97112", "therapist"), ["REST", "G0283"], "billed-alone", id="rest-comes-last"
        ),
        pytest.param(
            ("97112", "therapist"),
            ["REST", "97110", "97150", "97164"],
            "evaluation-apart",
            id="all-at-once",
        ),
    ],
)
def test_where_several_rules_refuse_the_first_is_named(service, wish, running, named):
    code, role = wish

    refusal = refusal_of(service(code, role=role), [service(other) for other in running])
    assert refusal.rule == named


def test_a_signed_visit_says_to_amend_it_first():
    refusal = visit_signed("Ann", "2026-11-23")

    assert refusal.rule == "visit-signed"
    assert (
        str(refusal.reason) == "Ann's visit of 2026-11-23 is signed: amend it first, with a reason"
    )


def test_a_second_payer_is_refused_with_both_named():
    refusal = one_payer("Ann", "2026-11-23", "Medicare", "Acme")

    assert refusal.rule == "one-payer"
    assert "is Medicare's: a visit has one payer, so Acme can't be added" in str(refusal.reason)
