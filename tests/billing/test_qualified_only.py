import pytest

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import refusal_of

MAY_DELIVER = """
                     one-on-one  constant  supervised  group  evaluation  none
therapist            yes         yes       yes         yes    yes         yes
assistant            yes         yes       yes         yes    no          yes
assistant-barred     no          no        no          no     no          yes
student-supervised   yes         yes       yes         yes    yes         yes
student              no          no        yes         no     no          yes
student-of_oneself   no          no        yes         no     no          yes
aide                 no          no        yes         no     no          yes
"""
CODE_OF = {
    "one-on-one": "97110",
    "constant": "97032",
    "supervised": "G0283",
    "group": "97150",
    "evaluation": "97161",
    "none": "REST",
}


def _table():
    head, *rows = (line.split() for line in MAY_DELIVER.strip().splitlines())
    return [
        pytest.param(who, attendance, answer == "yes", id=f"{who}-{attendance}")
        for who, *answers in rows
        for attendance, answer in zip(head, answers, strict=True)
    ]


@pytest.mark.parametrize(("who", "attendance", "allowed"), _table())
def test_qualified_only_holds_for_every_role_and_attendance(service, who, attendance, allowed):
    role, _, state = who.partition("-")
    wish = service(
        CODE_OF[attendance],
        role=role,
        supervisor={"supervised": "Lee", "of_oneself": "Kim"}.get(state, ""),
        assistants_barred=state == "barred",
    )

    assert wish.attendance == Attendance(attendance)
    refusal = refusal_of(wish, [])
    if allowed:
        assert refusal is None
    else:
        assert refusal.rule == "qualified-only"
        assert refusal.blocker is None
        assert wish.code in str(refusal.reason)


def test_a_barred_payer_bars_assistants_and_nobody_else(service):
    for role, supervisor in [("therapist", ""), ("student", "Lee")]:
        wish = service("92507", role=role, supervisor=supervisor, assistants_barred=True)
        assert refusal_of(wish, []) is None


@pytest.mark.parametrize(
    ("role", "code", "words"),
    [
        ("aide", "97110", "An aide's minutes never count"),
        ("student", "97110", "only with a supervising therapist named"),
        ("assistant", "97161", "An assistant may not evaluate"),
    ],
)
def test_who_may_not_deliver_a_code_is_told_why(service, role, code, words):
    assert words in str(refusal_of(service(code, role=role), []).reason)


def test_a_student_is_told_to_name_another_therapist(service):
    wish = service("97110", clinician="Kim", role="student", supervisor="Kim")

    assert "Kim can't supervise Kim: name the supervising therapist" in str(
        refusal_of(wish, []).reason
    )


def test_medicares_no_to_speech_assistants_says_that_it_is_medicares(service):
    wish = service("92507", role="assistant", assistants_barred=True)

    assert "Medicare does not pay speech-language services of an assistant" in str(
        refusal_of(wish, []).reason
    )
