"""What a start means that leaves things out (cli.md, Defaults), sentence by sentence."""

import getpass

import pytest

from ptimer.billing.payers import Payer, UnitRule
from ptimer.operations import own_payers, people, snapshots, stopwatch
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.people import FirstAnswers
from ptimer.operations.stopwatch import StartWish

COMMERCIAL = "Commercial (midpoint)"


@pytest.fixture
def begin(clinic):
    """Start and leave out what is not named; return the segment's visit and who treats."""

    def begin(code, patient="Ann", **more):
        segment = stopwatch.start(clinic, StartWish(code, (patient,), **more)).started[0]
        return snapshots.visit(clinic, segment.visit_id).visit, segment

    return begin


@pytest.fixture
def seen(start, stop, clock):
    """Time a code of a patient for five minutes."""

    def seen(code, patient, **more):
        segment = start(code, patient, **more)
        clock.advance(minutes=5)
        stop()
        return segment

    return seen


def _terms(visit):
    return visit.discipline, visit.payer


def test_the_patients_visit_of_today_gives_payer_and_discipline(begin, seen):
    first = seen("97535", "Ann", discipline="OT", payer=COMMERCIAL)
    seen("92507", "Bob", discipline="SLP", payer="Medicare")

    assert begin("97110", "Ann")[0].id == first.visit_id


def test_of_several_visits_it_is_the_one_started_last(begin, seen):
    seen("97110", "Ann", discipline="PT")
    last = seen("97535", "Ann", discipline="OT")
    seen("92507", "Bob", discipline="SLP")

    assert begin("97110", "Ann")[0].id == last.visit_id


def test_of_several_visits_a_signed_one_is_passed_over(begin, seen, sign):
    first = seen("97110", "Ann", discipline="PT")
    last = seen("97535", "Ann", discipline="OT")
    sign(last.visit_id)

    assert begin("97110", "Ann")[0].id == first.visit_id


def test_a_signed_visit_is_meant_if_it_is_the_only_one(begin, seen, sign):
    sign(seen("97110", "Ann").visit_id)

    with pytest.raises(Refused) as refused:
        begin("97140", "Ann")
    assert refused.value.rule == "visit-signed"


def test_another_discipline_of_the_same_patient_takes_the_payer_of_the_day(begin, seen):
    seen("97535", "Ann", discipline="OT", payer=COMMERCIAL)

    assert _terms(begin("97110", "Ann", discipline="PT")[0]) == ("PT", COMMERCIAL)


def test_else_what_was_used_last(begin, seen, clock):
    seen("97535", "Ann", discipline="OT", payer=COMMERCIAL)
    clock.advance(hours=24)
    seen("92507", "Bob", discipline="SLP", payer="Medicare")

    assert _terms(begin("97110", "Ann")[0]) == ("OT", COMMERCIAL), "for this patient"
    assert _terms(begin("G0283", "Cem")[0]) == ("OT", COMMERCIAL), "by anyone: Ann's just now"


def test_else_the_first_starts_answers(clinic, begin):
    people.answer_first_start(clinic, FirstAnswers("Kim", "OTR/L", "ot", COMMERCIAL))

    visit, segment = begin("97110")
    assert _terms(visit) == ("OT", COMMERCIAL)
    assert segment.clinician == "Kim"


@pytest.mark.parametrize(
    ("code", "discipline"),
    [("97110", "PT"), ("97165", "OT"), ("92507", "SLP"), ("97129", "PT"), ("REST", "PT")],
)
def test_else_medicare_and_the_first_discipline_of_the_code(begin, clinic, code, discipline):
    visit, _ = begin(code)

    assert _terms(visit) == (discipline, "Medicare")
    assert clinic.rulebook.codes[code].disciplines[0].value == discipline


def test_the_clinician_is_the_last_used_else_the_systems_user(begin, seen, clock, stop):
    assert begin("97110", "Ann")[1].clinician == getpass.getuser()
    stop()
    seen("97110", "Bob", clinician="Lee")
    seen("97110", "Cem", clinician="Kim")
    assert begin("97110", "Dia")[1].clinician == "Kim"


def test_a_supervisor_who_was_only_named_was_not_used(begin, seen):
    seen("97110", "Ann", clinician="Stu", role="student", supervisor="Lee")

    assert begin("G0283", "Bob")[1].clinician == "Stu"


def test_who_says_nothing_is_a_therapist(begin):
    assert begin("97110")[1].role == "therapist"


def test_a_new_clinician_and_a_new_patient_are_made(clinic, begin):
    visit, segment = begin("97110", "P-new", clinician="New Name")

    assert visit.patient == "P-new"
    assert [row.name for row in people.everyone(clinic)] == ["New Name"]
    assert segment.clinician == "New Name"


def test_an_unknown_payer_is_a_slip_and_a_known_one_is_taken_whatever_its_capitals(
    clinic, begin, dump
):
    before = dump()
    with pytest.raises(Misused, match="There is no payer Acme") as told:
        begin("97110", payer="Acme")
    assert told.value.exit_status == 2
    assert dump() == before

    own_payers.make(clinic, Payer("Acme", UnitRule.CMS), "a contract")
    assert begin("97110", payer=" ACME ")[0].payer == "Acme"


def test_a_second_payer_is_refused_with_both_named(begin, seen, dump):
    seen("97110", "Ann", payer="Medicare")
    before = dump()

    with pytest.raises(Refused, match=r"is Medicare's: .* so Commercial \(midpoint\) can't"):
        begin("97140", "Ann", payer=COMMERCIAL)
    assert dump() == before


def test_yesterdays_visit_is_not_todays(begin, seen, clock):
    yesterday = seen("97110", "Ann")
    clock.advance(hours=24)

    visit, _ = begin("97110", "Ann")
    assert visit.id != yesterday.visit_id
    assert _terms(visit) == ("PT", "Medicare")


def test_a_payer_that_is_there_no_more_is_passed_over(clinic, begin, seen, clock):
    """A record that came from another PC may name a payer that its book does not hold."""
    seen("97110", "Ann")
    with clinic.writing():
        clinic.connection.execute("update visits set payer = 'Gone'")
    clock.advance(hours=24)

    assert begin("97110", "Ann")[0].payer == "Medicare"
