import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import people, visiting
from ptimer.operations.errors import Misused
from ptimer.operations.people import FirstAnswers
from ptimer.storage.clinicians import ClinicianRow

NPI = "1234567893"


def test_nobody_has_pressed_yet(clinic):
    assert people.current(clinic) is None
    assert people.everyone(clinic) == []


def test_who_pressed_last_is_current(clinic, timed):
    timed("97110", "Ann", clinician="Kim")
    timed("97110", "Bob", clinician="Lee")

    assert people.current(clinic) == ClinicianRow("Lee")
    assert [row.name for row in people.everyone(clinic)] == ["Kim", "Lee"]


def test_a_window_is_handed_over_with_role_and_supervisor(clinic, clock):
    people.describe(clinic, "Stu", credentials="SPT", npi=NPI)
    clock.advance(minutes=1)
    changed = people.switch_to(clinic, " Stu ", role=Role.STUDENT, supervisor=" Lee ")

    assert changed == ClinicianRow("Stu", "SPT", "", "student", NPI, "Lee")
    assert people.current(clinic) == changed
    assert clinic.actor == "Stu"
    assert "Lee" in [row.name for row in people.everyone(clinic)]


def test_a_student_names_a_supervisor_and_everyone_a_name(clinic, dump):
    before = dump()
    with pytest.raises(Misused, match="Name the therapist who supervises Stu"):
        people.switch_to(clinic, "Stu", role=Role.STUDENT)
    with pytest.raises(Misused, match="clinician's name is empty"):
        people.switch_to(clinic, "  ", role=Role.THERAPIST)
    assert dump() == before
    assert clinic.actor is None


def test_credentials_discipline_and_number_are_written_down(clinic, dump):
    told = people.describe(clinic, "Kim", credentials=" OTR/L ", discipline="ot", npi=f" {NPI} ")

    assert told == ClinicianRow("Kim", "OTR/L", "OT", "therapist", NPI)
    (entry,) = dump()["audit_log"]
    assert "clinician" in entry
    people.describe(clinic, "Kim", credentials="")
    assert people.everyone(clinic) == [ClinicianRow("Kim")], "and can be taken away again"


@pytest.mark.parametrize(
    "number", ["123456789", "12345678933", "1234567890", "123456789x", "1234567\uff1893", "²"]
)
def test_a_provider_number_has_ten_digits_and_its_check(clinic, dump, number):
    before = dump()
    with pytest.raises(Misused, match="NPI"):
        people.describe(clinic, "Kim", credentials="OTR/L", npi=number)
    assert dump() == before


@pytest.mark.parametrize("number", [NPI, "1993999998", "1003000126", ""])
def test_a_right_provider_number_is_taken(clinic, number):
    assert people.describe(clinic, "Kim", credentials="OTR/L", npi=number).npi == number


def test_the_first_questions_are_asked_once(clinic):
    assert people.first_start_due(clinic)
    answered = people.answer_first_start(
        clinic, FirstAnswers("Kim", "OTR/L", "OT", "Commercial (midpoint)")
    )

    assert answered == ClinicianRow("Kim", "OTR/L", "OT")
    assert clinic.actor == "Kim"
    assert not people.first_start_due(clinic)
    assert visiting.offer(clinic) == visiting.VisitOffer("Commercial (midpoint)", "OT")


def test_who_has_recorded_already_is_not_asked(clinic, timed):
    timed("97110")

    assert not people.first_start_due(clinic)


@pytest.mark.parametrize(
    "answers",
    [
        FirstAnswers("", "OTR/L", "OT", "Medicare"),
        FirstAnswers("Kim", "OTR/L", "MD", "Medicare"),
        FirstAnswers("Kim", "OTR/L", "OT", "Acme"),
    ],
)
def test_answers_that_can_not_be_used_are_asked_again(clinic, dump, answers):
    before = dump()
    with pytest.raises(Misused):
        people.answer_first_start(clinic, answers)

    assert dump() == before
    assert people.first_start_due(clinic)
