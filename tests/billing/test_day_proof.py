"""The day proof: what shares a minute rightly, what does not, and what the clock adds up to."""

import pytest

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import Role, Rule, Service
from ptimer.billing.day_proof import Kind, Timed, prove
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.segment import Stretch

ATTENDANCE = {
    "97112": Attendance.ONE_ON_ONE,
    "97110": Attendance.ONE_ON_ONE,
    "97032": Attendance.CONSTANT,
    "97165": Attendance.EVALUATION,
    "97150": Attendance.GROUP,
    "G0283": Attendance.SUPERVISED,
    "97018": Attendance.SUPERVISED,
    "REST": Attendance.NONE,
}


def timed(code, patient, first, last, clinician="Kim", **more):
    """A time from minute to minute of the day."""
    service = Service(
        code,
        ATTENDANCE[code],
        patient,
        visit=f"visit of {patient}",
        clinician=clinician,
        exclusive=code == "97112",
        **more,
    )
    return Timed(service, Stretch(Instant(first * MINUTE), Instant(last * MINUTE)))


def minutes(milliseconds):
    return milliseconds / MINUTE


def test_one_after_the_other_shares_nothing_and_adds_up_to_the_clock():
    proof = prove(
        "Kim",
        [timed("97110", "B", 30, 45), timed("97112", "A", 0, 30), timed("97165", "C", 50, 60)],
    )

    assert proof.holds
    assert proof.shared == ()
    assert minutes(proof.added_up(Kind.ONE_ON_ONE)) == 55
    assert minutes(proof.on_the_clock(Kind.ONE_ON_ONE)) == 55
    assert (minutes(proof.span.start), minutes(proof.span.end)) == (0, 60)


@pytest.mark.parametrize("code", ["97110", "97032"])
def test_two_patients_at_one_minute_are_named_with_the_rule_and_the_time(code):
    proof = prove("Kim", [timed("97112", "A", 0, 30), timed(code, "B", 20, 45)])

    (twice,) = proof.twice
    assert not proof.holds
    assert twice.refusal.rule is Rule.ONE_CLINICIAN_ONE_SERVICE
    assert (minutes(twice.time.start), minutes(twice.time.end)) == (20, 30)
    assert twice.minutes == 10
    assert minutes(proof.added_up(Kind.ONE_ON_ONE) - proof.on_the_clock(Kind.ONE_ON_ONE)) == 10


def test_a_time_that_many_others_meet_is_named_with_each_of_them():
    every = [timed("97110", "A", 0, 60)]
    every += [timed("97110", f"B{n}", n * 10, n * 10 + 5) for n in range(6)]

    assert len(prove("Kim", every).twice) == 6


def test_unattended_minutes_run_beside_treatment_and_say_why():
    proof = prove("Kim", [timed("G0283", "A", 0, 20), timed("97112", "B", 5, 35)])

    (shared,) = proof.allowed
    assert proof.holds
    assert str(shared.why) == (
        "G0283 of A runs unattended, once a visit whatever it takes: the minutes are those of "
        "97112 of B"
    )
    assert minutes(proof.supervised_beside) == 15
    assert minutes(proof.on_the_clock(Kind.SUPERVISED)) == 20


def test_unattended_minutes_beside_each_other_bill_none():
    (shared,) = prove("Kim", [timed("G0283", "A", 0, 20), timed("97018", "B", 5, 15)]).allowed

    assert "neither bills a minute" in str(shared.why)


def test_a_patient_who_rests_keeps_nobody_from_another():
    (shared,) = prove("Kim", [timed("REST", "A", 0, 20), timed("97110", "B", 5, 15)]).allowed

    assert "one of them bills no minute" in str(shared.why)


def test_what_is_billed_alone_is_not_shared_with_the_patients_own_stimulation():
    proof = prove("Kim", [timed("97112", "A", 0, 20), timed("G0283", "A", 5, 15)])

    assert [each.refusal.rule for each in proof.twice] == [Rule.BILLED_ALONE]


def test_a_relaxed_payer_lets_them_share():
    relaxed = timed("97112", "A", 0, 20, relaxed=True)

    assert prove("Kim", [relaxed, timed("G0283", "A", 5, 15)]).holds


def test_a_group_takes_the_clinicians_minutes_once():
    group = [timed("97150", patient, 0, 30) for patient in "ABC"]
    proof = prove("Kim", [*group, timed("97150", "D", 40, 50), timed("97150", "E", 40, 50)])

    assert proof.holds
    assert proof.shared == ()
    assert [each.patients for each in proof.groups] == [("A", "B", "C"), ("D", "E")]
    assert minutes(proof.on_the_clock(Kind.GROUP)) == 40


def test_a_group_beside_one_to_one_is_twice():
    proof = prove("Kim", [timed("97150", "A", 0, 30), timed("97110", "B", 10, 20)])

    assert [each.refusal.rule for each in proof.twice] == [Rule.GROUP_APART]


def test_the_therapist_who_supervises_a_student_is_occupied():
    student = timed("97110", "A", 0, 30, "Sam", role=Role.STUDENT, supervisor="Kim")
    proof = prove("Kim", [student, timed("97110", "B", 20, 40)])

    assert [each.refusal.rule for each in proof.twice] == [Rule.ONE_CLINICIAN_ONE_SERVICE]


def test_another_clinician_with_the_same_patient_at_the_same_minute_is_twice():
    lee = timed("97110", "A", 10, 20, "Lee")
    proof = prove("Kim", [timed("97110", "A", 0, 30)], [lee])

    assert [each.other.service.clinician for each in proof.twice] == ["Lee"]


def test_another_clinicians_unattended_time_is_not_of_this_day():
    lee = timed("G0283", "A", 10, 20, "Lee")

    assert prove("Kim", [timed("97110", "A", 0, 30)], [lee]).shared == ()


def test_what_was_stopped_as_it_was_started_takes_no_part():
    proof = prove("Kim", [timed("97110", "A", 0, 30), timed("97110", "B", 10, 10)])

    assert proof.holds
    assert len(proof.times) == 1


def test_times_that_only_touch_share_nothing():
    assert prove("Kim", [timed("97112", "A", 0, 30), timed("97110", "B", 30, 40)]).shared == ()
