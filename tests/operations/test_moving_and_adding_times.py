"""A time goes to the visit of the patient, discipline and day that it is said to be of."""

from datetime import date

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import corrections, snapshots
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log, clinicians
from ptimer.timing.clock import ManualClock


@pytest.fixture
def correct(clinic):
    return lambda segment, **change: corrections.correct(
        clinic, segment.id, Change(**change), "it was another's"
    )


@pytest.fixture
def visit_of(clinic):
    return lambda segment: snapshots.visit(clinic, segment.visit_id).visit


def test_another_patient_gets_a_visit_made_with_the_same_payer(timed, correct, visit_of):
    segment = timed("97110", "Ann", payer="Commercial (midpoint)", discipline="OT")
    moved = correct(segment, patient="Bob")

    visit = visit_of(moved)
    assert (visit.patient, visit.discipline) == ("Bob", "OT")
    assert visit.payer == "Commercial (midpoint)"
    assert visit.service_date == date(2026, 11, 23)
    assert moved.patient == "Bob"


def test_a_visit_that_is_there_is_found_and_keeps_its_payer(timed, correct, open_visit, visit_of):
    bobs = open_visit("Bob", payer="Commercial (midpoint)", discipline="PT")
    segment = timed("97110", "Ann", payer="Medicare", discipline="PT")

    assert correct(segment, patient=" Bob ").visit_id == bobs
    assert visit_of(correct(timed("97140", "Ann"), patient="Bob")).payer == "Commercial (midpoint)"


def test_another_discipline_is_another_visit(timed, correct, visit_of):
    segment = timed("97110", discipline="PT")
    moved = correct(segment, discipline="ot")

    assert moved.visit_id != segment.visit_id
    assert visit_of(moved).discipline == "OT"


def test_another_day_is_another_visit(timed, correct, visit_of, at, view):
    segment = timed("97110")
    moved = correct(segment, start=at("2026-11-20T09:00"), end=at("2026-11-20T09:15"))

    assert visit_of(moved).service_date == date(2026, 11, 20)
    assert view(segment.visit_id).record.segments == ()


def test_a_time_over_midnight_belongs_to_the_day_it_began(timed, correct, visit_of, at, view):
    segment = timed("97110")
    over = correct(segment, start=at("2026-11-21T23:50"), end=at("2026-11-22T00:20"))
    assert visit_of(over).service_date == date(2026, 11, 21)
    assert view(over.visit_id).minutes_of("97110") == 30

    after = correct(over, start=at("2026-11-22T00:05"))
    assert visit_of(after).service_date == date(2026, 11, 22)


def test_a_stopwatch_over_midnight_is_corrected_in_its_own_day(
    start, stop, correct, clock, visit_of, at
):
    clock.set_by_hand(ManualClock.at_local("2026-11-22T23:50:00").now())
    start("97110")
    clock.set_by_hand(ManualClock.at_local("2026-11-23T00:10:00").now())
    segment = stop().ended[0]

    assert visit_of(correct(segment, end=at("00:05"))).service_date == date(2026, 11, 22)


def test_both_visits_tell_of_a_time_that_was_moved(clinic, timed, correct):
    segment = timed("97110", "Ann")
    moved = correct(segment, patient="Bob")

    entry = audit_log.of_visit(clinic.connection, segment.visit_id)[-1]
    assert entry.before["patient"] == "Ann"
    assert [each["patient"] for each in entry.after["now"]] == ["Bob"]
    assert entry.after["now"][0]["visit_id"] == moved.visit_id


def test_nothing_is_moved_into_or_out_of_a_signed_visit(clinic, timed, correct, sign, dump):
    anns, bobs = timed("97110", "Ann"), timed("97110", "Bob")
    sign(anns.visit_id)
    before = dump()

    for segment, change in ((bobs, {"patient": "Ann"}), (anns, {"patient": "Bob"})):
        with pytest.raises(Refused, match="Ann's visit of 2026-11-23 is signed") as refused:
            correct(segment, **change)
        assert refused.value.rule == "visit-signed"
        assert refused.value.source == clinic.rulebook.rules.source("visit-signed")
    assert dump() == before


def test_a_time_is_not_moved_to_a_day_on_which_its_code_was_not_in_force(
    clinic, timed, correct, at, dump
):
    segment = timed("97550")
    before = dump()

    with pytest.raises(Misused, match="in force only from 2024-01-01"):
        correct(segment, start=at("2023-11-20T09:00"), end=at("2023-11-20T09:15"))
    assert dump() == before


def test_an_assistants_time_is_not_moved_to_where_it_is_not_paid(timed, correct, dump):
    segment = timed("97129", role="assistant", payer="Medicare", discipline="PT")
    before = dump()

    with pytest.raises(Refused) as refused:
        correct(segment, discipline="SLP")
    assert refused.value.rule == "qualified-only"
    assert dump() == before


def test_a_time_that_was_not_pressed_is_added(clinic, open_visit, add, at, view):
    visit_id = open_visit()
    clinic.actor = "Dana"
    added = add(visit_id, "97110", "09:00", "09:20", clinician=" Lee ", note=" walks ")

    assert view(visit_id).minutes_of("97110") == 20
    assert (added.clinician, added.note) == ("Lee", "walks")
    assert (added.origin, added.edited) == ("correction", True)
    entry = audit_log.of_visit(clinic.connection, visit_id)[-1]
    assert (entry.action, entry.reason) == ("add", "typed in late")
    assert entry.after["started_at"] == at("09:00")
    assert clinicians.find(clinic.connection, "Lee") is not None


def test_an_added_student_time_names_its_supervisor_without_blanks(open_visit, add):
    added = add(open_visit(), "97110", "09:00", "09:20", role=Role.STUDENT, supervisor=" Lee ")
    assert added.supervisor == "Lee"

    assert add(open_visit("Bob"), "97110", "08:00", "08:20", supervisor="  ").supervisor == ""


def test_a_number_of_units_is_added_only_by_area(open_visit, add, view):
    visit_id = open_visit()
    assert add(visit_id, "97597", "09:00", "09:20", units=2).typed_units == 2

    with pytest.raises(Misused, match="typed only by area"):
        add(visit_id, "97110", "08:00", "08:20", units=2)
    with pytest.raises(Misused, match="typed only by area"):
        add(visit_id, "97597", "08:00", "08:20", units=-1)


@pytest.mark.parametrize(
    ("code", "begins", "ends", "words"),
    [
        ("97110", "09:00", "09:00", "not after its start"),
        ("97110", "09:20", "09:00", "not after its start"),
        ("97110", "09:50", "10:01", "in the future"),
        ("97110", "2026-11-22T09:00", "2026-11-22T09:10", "a time in it starts on that day"),
        ("00000", "09:00", "09:20", "not in the code book"),
        ("98975", "09:00", "09:20", "billed by the month"),
    ],
)
def test_an_impossible_time_is_not_added(open_visit, add, dump, code, begins, ends, words):
    visit_id = open_visit()
    before = dump()

    with pytest.raises(Misused, match=words):
        add(visit_id, code, begins, ends)
    assert dump() == before


def test_a_time_is_not_added_without_the_name_of_who_treated(open_visit, add):
    with pytest.raises(Misused, match="clinician's name is empty"):
        add(open_visit(), "97110", "09:00", "09:10", clinician="  ")


def test_nothing_is_added_to_a_signed_visit(timed, sign, add, dump):
    segment = timed("97110")
    sign(segment.visit_id)
    before = dump()

    with pytest.raises(Refused) as refused:
        add(segment.visit_id, "97140", "09:00", "09:15")
    assert refused.value.rule == "visit-signed"
    assert dump() == before


def test_a_preview_says_what_a_correction_would_record_and_records_nothing(clinic, timed, at, dump):
    segment = timed("97110", "Ann")
    timed("97140", "Bob")
    before = dump()

    seen = corrections.preview(clinic, segment.id, Change(end=at("10:10"), patient="Cem"))
    assert (seen.patient, seen.ended_at) == ("Cem", at("10:10"))
    with pytest.raises(Refused):
        corrections.preview(clinic, segment.id, Change(end=at("10:20")))
    with pytest.raises(Misused):
        corrections.preview(clinic, segment.id, Change(code="00000"))
    assert dump() == before


def test_a_time_of_a_later_day_cannot_run(clinic, start, correct, clock, dump):
    """The clock was ahead when it was pressed; it has been put right since."""
    segment = start("97110")
    clock.set_by_hand(ManualClock.at_local("2026-11-22T10:00:00").now())
    before = dump()["segments"]

    with pytest.raises(Misused, match="can't run before its day"):
        correct(segment, note="walks")
    assert dump()["segments"] == before
    corrections.void(clinic, segment.id, "the clock was ahead")
    assert snapshots.running(clinic) == ()
