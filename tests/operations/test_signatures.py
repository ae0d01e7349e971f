"""Who signed did sign what the record holds: who did not is asked, and who has is asked again."""

import pytest

from ptimer.operations import importing, settling, signing, snapshots, stopping, undoing
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.signing import SignWish
from ptimer.storage import audit_log


@pytest.fixture
def of_two(timed):
    """A visit of which Kim and Lee each treated a part; returns its id."""
    visit_id = timed("97110", clinician="Kim", minutes=20).visit_id
    timed("97140", clinician="Lee", minutes=15)
    return visit_id


@pytest.fixture
def signed_by(view):
    """Return who has signed a visit."""
    return lambda visit_id: [each.clinician for each in view(visit_id).record.signatures]


def _entries(clinic, visit_id, action):
    log = audit_log.of_visit(clinic.connection, visit_id)
    return [entry for entry in log if entry.action == action]


def test_a_visit_is_signed_once_every_treating_clinician_has(of_two, sign, view):
    first = sign(of_two, "Kim")
    assert (first.closed, first.waiting_for) == (False, ("Lee",))
    assert not view(of_two).visit.signed

    second = sign(of_two, "Lee")
    assert (second.closed, second.waiting_for) == (True, ())
    assert view(of_two).visit.signed
    assert view(of_two).to_fix == ()


def test_the_audit_log_keeps_what_was_signed(clinic, of_two, sign):
    sign(of_two, "Kim")
    sign(of_two, "Lee")

    first, last = _entries(clinic, of_two, "sign")
    assert (first.who, first.after["closed"]) == ("Kim", False)
    assert (last.who, last.after["closed"], last.after["credentials"]) == ("Lee", True, "OTR/L")
    assert (last.after["payer"], last.after["rule"]) == ("Medicare", "cms")
    assert (last.after["timed_minutes"], last.after["total_minutes"]) == (35, 35)
    assert last.after["lines"] == [
        {"code": "97110", "minutes": 20, "units": 1},
        {"code": "97140", "minutes": 15, "units": 1},
    ]


def test_a_students_part_is_signed_by_the_supervisor_too(timed, sign, view):
    segment = timed("97110", clinician="Stu", role="student", supervisor="Lee")

    assert view(segment.visit_id).missing_signatures == ("Stu", "Lee")
    assert sign(segment.visit_id, "Stu").waiting_for == ("Lee",)
    assert sign(segment.visit_id, "Lee").closed


def test_who_treated_nothing_signs_nothing(clinic, of_two, sign, dump):
    before = dump()

    with pytest.raises(Refused, match="Sam treated nothing in it; who treated: Kim, Lee") as told:
        sign(of_two, "Sam")
    assert (told.value.rule, told.value.exit_status) == ("sign-off", 3)
    assert told.value.source == clinic.rulebook.rules.source("sign-off")
    assert dump() == before


def test_everything_that_is_missing_is_listed(clinic, timed, start, clock, dump):
    visit_id = timed("97112", minutes=61).visit_id
    start("G0283")
    clock.advance(minutes=5)
    before = dump()

    with pytest.raises(Refused) as refused:
        signing.sign(clinic, visit_id, SignWish("Kim"))
    assert [str(each) for each in refused.value.missing] == [
        "G0283 still runs: stop it",
        "97112 ran 61 minutes, and rarely goes over 60 a day: say why it took longer",
        "Kim: type the credentials",
    ]
    assert dump() == before


def test_a_visit_of_nothing_is_not_signed(clinic, open_visit):
    with pytest.raises(Refused, match="who treated: nobody yet"):
        signing.sign(clinic, open_visit(), SignWish("Kim", "OTR/L"))


def test_credentials_are_typed_once(clinic, timed, sign):
    sign(timed("97110", "Ann").visit_id)
    again = timed("97110", "Bob").visit_id

    assert signing.sign(clinic, again, SignWish("Kim")).closed
    third = timed("97110", "Cem").visit_id
    signing.sign(clinic, third, SignWish("Kim", " PT, DPT "))
    names = [each.credentials for each in snapshots.visit(clinic, third).record.signatures]
    assert names == ["PT, DPT"]
    assert signing.sign(clinic, timed("97110", "Dia").visit_id, SignWish("Kim")).closed


def test_why_it_took_longer_is_kept_and_asked_no_more(clinic, timed, view):
    visit_id = timed("97112", minutes=75).visit_id
    signing.sign(clinic, visit_id, SignWish("Kim", "OTR/L", over_60=" two sessions in one "))

    assert view(visit_id).record.long_reasons == {"97112": "two sessions in one"}
    assert view(visit_id).visit.signed
    (entry,) = _entries(clinic, visit_id, "long-reason")
    assert entry.after == {"97112": "two sessions in one"}


def test_a_reason_may_be_given_before_signing(clinic, timed, sign):
    visit_id = timed("97112", minutes=75).visit_id
    with pytest.raises(Misused, match="Give a reason"):
        settling.give_reason(clinic, visit_id, "97112", " ")
    settling.give_reason(clinic, visit_id, "97112", "two sessions in one")

    assert sign(visit_id).closed


def test_a_tie_is_settled_before_signing(clinic, timed, sign, view, dump):
    visit_id = timed("97110", minutes=20).visit_id
    timed("97140", minutes=20)
    before = dump()
    with pytest.raises(Refused, match="choose which code gets it"):
        sign(visit_id)
    with pytest.raises(Misused, match="97110=3 is not one of the ways to share the units"):
        sign(visit_id, choice={"97110": 3})
    assert dump() == before

    sign(visit_id, choice={"97140": 2, "97110": 1})
    assert {line.code.code: line.units for line in view(visit_id).reckoning.lines} == {
        "97110": 1,
        "97140": 2,
    }
    (entry,) = _entries(clinic, visit_id, "choose")
    assert entry.after == {"97110": 1, "97140": 2}


def test_a_choice_can_be_changed_until_it_is_signed(clinic, timed, view):
    visit_id = timed("97110", minutes=20).visit_id
    timed("97140", minutes=20)
    for choice in ({"97110": 2}, {"97140": 2}):
        settling.choose(clinic, visit_id, choice)
    assert view(visit_id).reckoning.line("97140").units == 2

    first, second = _entries(clinic, visit_id, "choose")
    assert (first.before, second.before) == (None, first.after)


def test_choosing_where_there_is_no_tie_keeps_nothing(clinic, timed, view):
    visit_id = timed("97110", minutes=20).visit_id
    settling.choose(clinic, visit_id, {"97110": 1})

    assert view(visit_id).record.choice is None
    assert _entries(clinic, visit_id, "choose") == []


def test_a_signed_visit_is_not_signed_again(clinic, timed, sign, dump):
    visit_id = timed("97110").visit_id
    sign(visit_id)
    before = dump()

    with pytest.raises(Refused, match="is signed already") as refused:
        sign(visit_id)
    assert refused.value.rule == "visit-signed"
    assert refused.value.source == clinic.rulebook.rules.source("visit-signed")
    assert dump() == before


def test_an_amended_visit_takes_changes_and_is_signed_anew(clinic, timed, sign, view, add):
    visit_id = timed("97110").visit_id
    sign(visit_id)
    clinic.actor = "Dana"
    signing.amend(clinic, visit_id, " a time was forgotten ")

    assert not view(visit_id).visit.signed
    assert view(visit_id).missing_signatures == ("Kim",)
    (entry,) = _entries(clinic, visit_id, "amend")
    assert (entry.who, entry.reason) == ("Dana", "a time was forgotten")
    assert entry.before["lines"] == [{"code": "97110", "minutes": 15, "units": 1}]
    add(visit_id, "97140", "09:00", "09:15")
    assert sign(visit_id).closed


def test_amending_needs_a_reason_and_a_signed_visit(clinic, timed, sign, dump):
    visit_id = timed("97110").visit_id
    with pytest.raises(Misused, match="is not signed: there is nothing to amend"):
        signing.amend(clinic, visit_id, "why")
    sign(visit_id)
    before = dump()
    with pytest.raises(Misused, match="Give a reason"):
        signing.amend(clinic, visit_id, "  ")
    assert dump() == before


def test_a_time_that_starts_asks_its_clinician_again_and_nobody_else(
    of_two, sign, timed, signed_by, clinic
):
    sign(of_two, "Kim")
    timed("97116", clinician="Lee")
    assert signed_by(of_two) == ["Kim"]
    timed("97116", clinician="Kim")

    assert signed_by(of_two) == []
    (entry,) = _entries(clinic, of_two, "signature-withdrawn")
    assert (entry.who, entry.reason) == ("Kim", "the times were changed")


def test_a_students_time_asks_the_supervisor_again(of_two, sign, timed, signed_by):
    sign(of_two, "Lee")
    timed("97116", clinician="Stu", role="student", supervisor="Lee")

    assert signed_by(of_two) == []


def test_a_time_from_a_file_asks_its_clinician_again(clinic, of_two, sign, signed_by, tmp_path):
    sign(of_two, "Kim")
    file = tmp_path / "late.csv"
    file.write_text(
        "patient,payer,discipline,clinician,role,code,start,end,note\n"
        "Ann,,,Kim,,97116,2026-11-23T09:00,2026-11-23T09:20,\n"
    )
    importing.import_file(clinic, file)

    assert signed_by(of_two) == []


def test_taking_a_press_back_asks_supervisor_and_student_again(
    clinic, timed, start, stop, sign, signed_by, clock
):
    visit_id = timed("97110", clinician="Sam", minutes=20).visit_id
    start("97116", clinician="Stu", role="student", supervisor="Lee")
    clock.advance(minutes=15)
    stopped = stopping.stop(clinic, stopping.StopWish())
    for who in ("Stu", "Lee"):
        sign(visit_id, who)
    undoing.undo(clinic, stopped.press_id)

    assert signed_by(visit_id) == []


def test_the_visit_that_is_meant_is_found(clinic, timed, clock):
    pts = timed("97110", "Ann", discipline="PT").visit_id
    assert signing.find_visit(clinic, "Ann") == pts
    ots = timed("97535", "Ann", discipline="OT").visit_id
    assert signing.find_visit(clinic, "Ann", discipline="ot") == ots

    with pytest.raises(Misused, match="name one with --discipline"):
        signing.find_visit(clinic, "Ann")
    with pytest.raises(Misused, match="Bob has no visit of 2026-11-23"):
        signing.find_visit(clinic, "Bob")
    with pytest.raises(Misused, match="Ann has no visit of 2026-11-23"):
        signing.find_visit(clinic, "Ann", discipline="SLP")
    clock.advance(hours=24)
    with pytest.raises(Misused, match="Ann has no visit of 2026-11-24"):
        signing.find_visit(clinic, "Ann")
