"""Therapist, assistant, or both: one press, and what runs goes on under whoever treats."""

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import people, snapshots, teams, undoing
from ptimer.operations.cards import Who
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.teams import Team, Treats

TEAM = Team("Kim", "Pat")


@pytest.fixture
def change(clinic):
    return lambda treats, visit_id, team=TEAM: teams.change(clinic, team, treats, visit_id)


def _times(view):
    return [
        (s.code, s.clinician, s.role, s.supervisor, s.assisted_by, s.ended_at is None)
        for s in view.record.segments
    ]


def test_one_press_hands_what_runs_over_at_that_instant(start, change, view, clock):
    segment = start("97110", discipline="PT")
    clock.advance(minutes=13)

    pressed = change(Treats.ASSISTANT, segment.visit_id)
    assert (pressed.ended[0].ended_at, pressed.started[0].started_at) == (clock.now(), clock.now())
    clock.advance(minutes=23)
    change(Treats.ASSISTED, segment.visit_id)

    assert _times(view(segment.visit_id)) == [
        ("97110", "Kim", "therapist", "", "", False),
        ("97110", "Pat", "assistant", "Kim", "", False),
        ("97110", "Kim", "therapist", "", "Pat", True),
    ]


def test_cms_example_as_it_is_pressed(start, change, stop, view, clock, timed):
    segment = start("97110", discipline="PT")
    clock.advance(minutes=13)
    change(Treats.ASSISTANT, segment.visit_id)
    clock.advance(minutes=23)
    stop()
    timed("97140", minutes=30)

    found = [
        (row.line.code.code, row.units, row.minutes, row.modifiers)
        for row in view(segment.visit_id).billed_lines
    ]
    assert found == [
        ("97110", 1, 21, ("GP",)),
        ("97110", 1, 15, ("CQ", "GP")),
        ("97140", 2, 30, ("GP",)),
    ]


def test_minutes_of_both_together_are_the_therapists(start, change, stop, view, clock):
    segment = start("97112", discipline="PT", assisted_by="Pat")
    clock.advance(minutes=30)
    stop()

    (row,) = view(segment.visit_id).billed_lines
    assert (row.units, row.modifiers) == (2, ("GP",))


def test_what_an_assistant_may_not_do_stays_with_the_therapist(start, change, dump):
    segment = start("97161", discipline="PT")
    before = dump()

    with pytest.raises(Refused) as refused:
        change(Treats.ASSISTANT, segment.visit_id)
    assert refused.value.rule == "qualified-only"
    assert dump() == before


def test_a_supervised_modality_and_other_visits_are_left_alone(start, change, view):
    modality = start("G0283", "Bea", discipline="PT")
    segment = start("97110", "Ann", discipline="PT")

    change(Treats.ASSISTANT, segment.visit_id)

    assert _times(view(modality.visit_id)) == [("G0283", "Kim", "therapist", "", "", True)]


def test_a_group_is_handed_over_whole(start, change, view, clinic):
    segment = start("97150", "Ann", "Bea", discipline="PT")

    change(Treats.ASSISTANT, segment.visit_id)

    running = snapshots.today(clinic).running
    assert {(s.patient, s.clinician) for s in running} == {("Ann", "Pat"), ("Bea", "Pat")}
    assert len({s.group_id for s in running}) == 1


def test_a_press_is_taken_back_as_one(clinic, start, change, view):
    segment = start("97110", discipline="PT")
    pressed = change(Treats.ASSISTANT, segment.visit_id)

    undoing.undo(clinic, pressed.press_id)

    assert _times(view(segment.visit_id)) == [("97110", "Kim", "therapist", "", "", True)]


def test_to_say_what_is_so_already_changes_nothing(start, change, view):
    segment = start("97110", discipline="PT")

    assert change(Treats.THERAPIST, segment.visit_id).ended == ()
    assert len(view(segment.visit_id).record.segments) == 1


def test_a_team_is_who_is_at_the_desk_and_whom_they_worked_with_last(clinic, clock):
    kim = Who("Kim", Role.THERAPIST)
    assert teams.team_of(clinic, kim) is None, "no assistant is known"

    people.switch_to(clinic, "Kim", role=Role.THERAPIST)
    for name in ("Pat", "Sam"):
        clock.advance(minutes=1)
        people.switch_to(clinic, name, role=Role.ASSISTANT)
    assert teams.team_of(clinic, kim) == Team("Kim", "Sam")
    assert teams.team_of(clinic, Who("Kim", Role.THERAPIST, assisted_by="Pat")) == TEAM
    assert teams.team_of(clinic, Who("Pat", Role.ASSISTANT)) == TEAM
    assert teams.team_of(clinic, Who("Pat", Role.ASSISTANT, "Lee")) == Team("Lee", "Pat")
    assert teams.team_of(clinic, Who("Kim", Role.STUDENT, "Lee")) is None


@pytest.mark.parametrize("more", [{"assisted_by": "Kim"}, {"assisted_by": "X", "role": "aide"}])
def test_only_a_therapist_is_assisted_and_by_someone_else(start, more):
    with pytest.raises(Misused, match="by someone else"):
        start("G0283", **more)
