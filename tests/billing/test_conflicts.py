"""The table of conflicts, refusal by refusal, and what stands beside it as allowed."""

import pytest

from ptimer.billing.conflicts import Rule, refusal_of


def _rule(starting, *running):
    refusal = refusal_of(starting, running)
    return refusal.rule.value if refusal else "allowed"


@pytest.mark.parametrize("other", ["97161", "97164", "97110", "97032", "97150", "97112", "92507"])
def test_evaluation_apart_from_any_attended_service_of_the_same_patient(service, other):
    evaluation = service("97165", visit="Ann's OT visit")
    running = service(other, clinician="Lee")

    assert _rule(evaluation, running) == _rule(running, evaluation) == "evaluation-apart"


@pytest.mark.parametrize("other", ["97161", "97164", "97110", "97032", "97150", "97112"])
def test_evaluation_apart_from_any_attended_service_of_the_same_clinician(service, other):
    evaluation, running = service("97164"), service(other, patient="Bob")

    assert _rule(evaluation, running) == _rule(running, evaluation) == "evaluation-apart"


def test_evaluation_apart_counts_own_count_evaluations_too(service):
    assert _rule(service("96125"), service("97110")) == "evaluation-apart"


@pytest.mark.parametrize("other", ["97110", "97140", "97032", "97035", "97112", "92526"])
def test_group_apart_from_one_on_one_and_constant_services(service, other):
    group = service("97150")

    for running in (service(other, patient="Bob"), service(other, clinician="Lee")):
        assert _rule(group, running) == _rule(running, group) == "group-apart"


@pytest.mark.parametrize("other", ["97110", "97140", "97530", "97032", "G0283", "97010", "97597"])
def test_billed_alone_lets_nothing_run_beside_97112_for_the_same_patient(service, other):
    balance = service("97112")

    for running in (service(other), service(other, clinician="Lee")):
        assert _rule(balance, running) == _rule(running, balance) == "billed-alone"


def test_billed_alone_holds_across_the_visits_of_a_patient(service):
    assert (
        _rule(service("97112"), service("G0283", visit="Ann's OT visit", clinician="Lee"))
        == "billed-alone"
    )


@pytest.mark.parametrize("first", ["97110", "97032", "97535", "92507", "97597"])
@pytest.mark.parametrize("second", ["97140", "97035"])
def test_one_clinician_one_service_for_the_same_or_another_patient(service, first, second):
    running = service(second)

    assert _rule(service(first), running) == "one-clinician-one-service"
    assert _rule(service(first, patient="Bob"), running) == "one-clinician-one-service"


def test_one_clinician_one_service_counts_the_same_code_of_two_patients(service):
    assert _rule(service("97110", patient="Bob"), service("97110")) == "one-clinician-one-service"
    assert _rule(service("97112", patient="Bob"), service("97112")) == "one-clinician-one-service"


@pytest.mark.parametrize("second", ["97110", "97140", "97032"])
def test_one_patient_one_service_of_two_clinicians(service, second):
    running = service("97110", clinician="Lee", visit="Ann's OT visit")

    assert _rule(service(second), running) == "one-patient-one-service"


def test_one_patient_one_service_when_two_clinicians_time_97112_for_one_patient(service):
    assert _rule(service("97112"), service("97112", clinician="Lee")) == "one-patient-one-service"


@pytest.mark.parametrize("other", ["97110", "G0283", "97150", "97161", "REST", "NB"])
@pytest.mark.parametrize("apart", ["REST", "NB"])
def test_rest_apart_from_everything_in_its_visit(service, apart, other):
    rest, running = service(apart), service(other, clinician="Lee")

    assert _rule(rest, running) == _rule(running, rest) == "rest-apart"


@pytest.mark.parametrize("other", ["97110", "97112", "97150", "97161", "G0283", "REST"])
def test_rest_of_one_visit_runs_beside_another_visit(service, other):
    rest = service("REST")

    assert _rule(rest, service(other, patient="Bob")) == "allowed"
    assert _rule(rest, service(other, visit="Ann's OT visit", clinician="Lee")) == "allowed"


@pytest.mark.parametrize("other", ["97110", "97112", "97032", "97150", "97161", "G0283"])
def test_a_supervised_modality_runs_beside_any_service_of_another_patient(service, other):
    modality, running = service("G0283"), service(other, patient="Bob")

    assert _rule(modality, running) == _rule(running, modality) == "allowed"


@pytest.mark.parametrize("other", ["97110", "97032", "97150", "97161", "G0283", "97010"])
def test_a_supervised_modality_runs_beside_what_is_not_billed_alone(service, other):
    modality, running = service("97012"), service(other)

    assert _rule(modality, running) == _rule(running, modality) == "allowed"


def test_several_supervised_modalities_run_at_once(service):
    running = [service(code) for code in ("G0283", "97010", "97012", "97016")]

    assert _rule(service("97018"), *running) == "allowed"


def test_group_beside_group_of_other_patients_is_one_group(service):
    running = [service("97150", patient=name) for name in ("Bob", "Cem", "Dee")]

    assert _rule(service("97150"), *running) == "allowed"


def test_two_clinicians_with_two_patients_are_in_nobodys_way(service):
    assert _rule(service("97112"), service("97112", patient="Bob", clinician="Lee")) == "allowed"


def test_a_relaxed_payer_lets_supervised_modalities_and_nothing_else_beside_97112(service):
    balance = service("97112", relaxed=True)

    assert _rule(balance, service("G0283", relaxed=True)) == "allowed"
    assert _rule(service("97010", relaxed=True), balance) == "allowed"
    assert _rule(balance, service("97032", relaxed=True)) == "billed-alone"
    assert _rule(balance, service("97110", relaxed=True)) == "billed-alone"


def test_what_is_relaxed_is_settled_by_the_payer_of_97112(service):
    modality_elsewhere = service("G0283", relaxed=True, visit="Ann's OT visit", clinician="Lee")

    assert _rule(service("97112"), modality_elsewhere) == "billed-alone"


def test_a_student_occupies_the_supervising_therapist(service):
    student = service("97110", clinician="Sam", role="student", supervisor="Kim")
    running = service("97140", patient="Bob")

    assert _rule(student, running) == _rule(running, student) == "one-clinician-one-service"
    assert _rule(service("97161", patient="Bob"), student) == "evaluation-apart"
    assert _rule(service("97150", patient="Bob"), student) == "group-apart"


def test_two_students_of_one_supervisor_are_one_therapists_two_services(service):
    first = service("97110", clinician="Sam", role="student", supervisor="Kim")
    second = service("97140", patient="Bob", clinician="Tim", role="student", supervisor="Kim")

    assert _rule(second, first) == "one-clinician-one-service"


def test_a_student_is_occupied_too(service):
    first = service("97110", clinician="Sam", role="student", supervisor="Kim")
    second = service("97140", patient="Bob", clinician="Sam", role="student", supervisor="Lee")

    assert _rule(second, first) == "one-clinician-one-service"
    assert first.occupied == {"Sam", "Kim"}
    assert service("G0283", clinician="Sam", role="student").occupied == {"Sam"}


@pytest.mark.parametrize("role", ["therapist", "assistant"])
def test_whoever_supervises_someone_other_than_a_student_stays_free(service, role):
    supervised = service("97110", clinician="Pat", role=role, supervisor="Kim")

    assert _rule(service("97140", patient="Bob"), supervised) == "allowed"


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        pytest.param(
            "97112",
            "97110",
            "97112 is billed alone: its minutes can't be shared with 97110",
            id="billed-alone",
        ),
        pytest.param(
            "97161",
            "97112",
            "An evaluation can't share minutes with another attended code of the same clinician "
            "or patient: 97161 and 97112",
            id="evaluation-apart",
        ),
        pytest.param(
            "97150",
            "97112",
            "A group takes the clinician's and the patients' minutes: 97150 can't run beside 97112",
            id="group-apart",
        ),
    ],
)
def test_a_refusal_says_the_same_of_the_two_codes_whichever_starts(service, one, other, reason):
    first, second = service(one), service(other, clinician="Lee")

    for starting, running in ((first, second), (second, first)):
        refusal = refusal_of(starting, [running])
        assert str(refusal.reason) == reason
        assert refusal.blocker == running


def test_a_refused_rest_names_what_it_would_meet(service):
    refusal = refusal_of(service("REST"), [service("97112")])

    assert str(refusal.reason).endswith("another time of the visit: REST and 97112")


def test_a_refusal_between_patients_names_whom_the_clinician_is_with(service):
    refusal = refusal_of(service("97110", patient="Bob"), [service("97140")])

    assert str(refusal.reason) == "97140 of Ann needs Kim alone"


def test_a_refusal_by_a_students_work_names_the_supervisor_whom_it_occupies(service):
    student = service("97140", clinician="Sam", role="student", supervisor="Kim")
    refusal = refusal_of(service("97110", patient="Bob"), [student])

    assert str(refusal.reason) == "97140 of Ann needs Kim alone"


def test_a_refusal_for_one_patient_says_that_the_minutes_go_to_one_code(service):
    refusal = refusal_of(service("97110"), [service("97140")])

    assert str(refusal.reason) == (
        "97110 and 97140 both need Kim one-on-one: the minutes go to one of them"
    )


def test_a_refused_co_treatment_names_who_treats_already(service):
    refusal = refusal_of(service("97110"), [service("97140", clinician="Lee")])

    assert "Ann already has 97140 one-on-one with Lee" in str(refusal.reason)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param({}, True, id="all-the-same"),
        pytest.param({"visit": "Ann's OT visit"}, False, id="another-visit"),
        pytest.param({"code": "97112"}, False, id="another-code"),
        pytest.param({"clinician": "Lee"}, False, id="another-clinician"),
        pytest.param({"role": "assistant"}, False, id="another-role"),
        pytest.param({"supervisor": "Lee"}, False, id="another-supervisor"),
        pytest.param({"relaxed": True}, True, id="other-terms"),
    ],
)
def test_starting_what_runs_already_is_starting_nothing_new(service, other, same):
    wish = service(**{"code": "97110", **other})

    assert service("97110").same_as(wish) == wish.same_as(service("97110")) == same


def test_every_reason_a_visit_may_be_refused_for_is_a_rule_of_its_own():
    assert [rule.value for rule in Rule] == [
        "visit-signed",
        "one-payer",
        "qualified-only",
        "evaluation-apart",
        "group-apart",
        "billed-alone",
        "one-clinician-one-service",
        "one-patient-one-service",
        "rest-apart",
    ]
