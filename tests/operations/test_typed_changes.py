from datetime import date
from zoneinfo import ZoneInfo

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import coming, rehearsing, snapshots, typed_changes, visiting, watching
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.fitting import Fit
from ptimer.operations.typed_changes import TypedChange, TypedTime, Unreadable
from ptimer.timing.clock import ManualClock
from ptimer.timing.recovery import Answer, Cause, Doubt
from ptimer.timing.service_date import clock_text, iso


@pytest.fixture
def times(clinic):
    """The times of a visit as they are recorded now."""

    def times(visit_id):
        zone = clinic.clock.zone
        return [
            (s.code, clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
            for s in snapshots.visit(clinic, visit_id).record.segments
        ]

    return times


def _time(code="97110", start="09:00", end="09:15", **more):
    return TypedTime(code, start, end, "Kim", **more)


def test_a_typed_time_is_one_of_the_visits_date(clinic, timed, clock, times):
    segment = timed("97112")
    clock.advance(hours=24)

    typed_changes.correct(clinic, segment.id, TypedChange(start="9:50"), "pressed late")

    assert times(segment.visit_id) == [("97112", "09:50:00", "10:15:00")]


def test_an_end_before_its_start_is_after_midnight(clinic, timed, clock, times):
    clock.advance(hours=13.5)
    segment = timed("97112", minutes=20)
    clock.advance(minutes=60)

    typed_changes.correct(clinic, segment.id, TypedChange(end="00:10"), "stopped early")

    assert times(segment.visit_id) == [("97112", "23:30:00", "00:10:00")]


def test_a_slip_of_the_finger_makes_no_time_of_a_whole_night(clinic, timed, clock):
    segment = timed("97112")
    clock.advance(hours=48)

    with pytest.raises(Misused, match="not after its start"):
        typed_changes.correct(clinic, segment.id, TypedChange(end="09:15"), "a slip")


def test_an_end_in_the_hour_that_the_clocks_show_twice_lies_behind_its_start(tmp_path):
    zone = ZoneInfo("America/New_York")
    clock = ManualClock.at_local("2026-11-01T01:50:00", zone)
    clinic = open_clinic(tmp_path, clock)
    visit_id = visiting.open_visit(clinic, "Ann").id
    clock.advance(hours=3)

    typed_changes.add(clinic, visit_id, _time(start="01:50", end="01:10"), "typed in late")

    added = snapshots.visit(clinic, visit_id).record.segments[0]
    assert iso(added.ended_at, zone) == "2026-11-01T01:10:00-05:00"
    assert added.ended_at - added.started_at == 20 * 60_000
    clinic.close()


def test_what_is_typed_to_the_same_second_changes_nothing(clinic, start, clock, stop):
    clock.advance(seconds=0.437)
    segment = start("97112")
    clock.advance(minutes=15)
    stop("97112")

    trial = rehearsing.correct(clinic, segment.id, TypedChange(start="10:00:00", end="10:15"))

    assert not trial.different, "the fields show seconds, and nothing else was typed"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedChange(start="10:7"), "start"),
        (TypedChange(end="25:00"), "end"),
        (TypedChange(end=" "), "end"),
        (TypedChange(units="two"), "units"),
    ],
)
def test_what_means_nothing_is_told_with_its_field(clinic, timed, typed, field):
    segment = timed("97112")

    trial = rehearsing.correct(clinic, segment.id, typed)

    assert isinstance(trial.problem, Unreadable)
    assert trial.wrong == field
    with pytest.raises(Unreadable):
        typed_changes.correct(clinic, segment.id, typed, "a slip")


def test_a_student_who_becomes_a_therapist_has_no_supervisor_any_more(clinic, timed):
    segment = timed("97112", clinician="Sam", role="student", supervisor="Kim")

    typed_changes.correct(clinic, segment.id, TypedChange(role=Role.THERAPIST), "a slip")

    changed = snapshots.visit(clinic, segment.visit_id).record.segments[0]
    assert (changed.role, changed.supervisor) == ("therapist", "")


def test_a_trial_changes_nothing(clinic, timed, dump, open_visit):
    segment = timed("97112")
    visit_id = open_visit()
    before = dump()

    rehearsing.correct(clinic, segment.id, TypedChange(start="09:50", patient="Nobody yet"))
    rehearsing.split(clinic, segment.id, "10:05")
    rehearsing.void(clinic, segment.id)
    rehearsing.add(clinic, visit_id, _time())

    assert dump() == before


def test_a_trial_says_what_forbids_it_and_what_would_fit(clinic, timed, at):
    first = timed("97110")
    second = timed("97165", minutes=5)

    trial = rehearsing.correct(clinic, second.id, TypedChange(start="10:10"))

    assert isinstance(trial.problem, Refused)
    assert trial.problem.rule == "evaluation-apart"
    assert trial.problem.blockers == (first,)
    assert trial.fit == Fit(start=at("10:15"))
    assert (trial.twice.start, trial.twice.end) == (at("10:10"), at("10:15"))
    assert trial.stretch.start == at("10:10")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (TypedChange(clinician="Kimm"), "Kimm is new here: check the spelling"),
        (TypedChange(code="92507"), "92507 is not a code that PT usually bills"),
        (TypedChange(patient="Ben"), "It moves to Ben's visit of 2026-11-23"),
        (TypedChange(patient="Bne"), "It moves to Bne, who has no such visit of 2026-11-23"),
    ],
)
def test_a_trial_says_what_else_the_change_does(clinic, timed, open_visit, typed, said):
    segment = timed("97112")
    open_visit("Ben")

    trial = rehearsing.correct(clinic, segment.id, typed)

    assert trial.problem is None
    assert [str(remark)[: len(said)] for remark in trial.remarks] == [said]


def test_an_end_after_midnight_is_said(clinic, timed, clock):
    clock.advance(hours=13.5)
    segment = timed("97112", minutes=45)

    trial = rehearsing.correct(clinic, segment.id, TypedChange(end="00:05"))

    assert [str(remark) for remark in trial.remarks] == ["It ends after midnight, on 2026-11-24"]


def test_a_segment_is_split_where_it_is_typed(clinic, timed, times):
    segment = timed("97112")

    assert rehearsing.split(clinic, segment.id, "10:30").problem is not None
    assert rehearsing.split(clinic, segment.id, "10:06").problem is None
    typed_changes.split(clinic, segment.id, "10:06", "two goals")

    assert times(segment.visit_id) == [
        ("97112", "10:00:00", "10:06:00"),
        ("97112", "10:06:00", "10:15:00"),
    ]


def test_a_time_that_was_not_pressed_is_added_as_typed(clinic, open_visit, times):
    visit_id = open_visit()
    typed = _time("97597", "09:00", "09:20:30", units="2")

    assert rehearsing.add(clinic, visit_id, typed).problem is None
    typed_changes.add(clinic, visit_id, typed, "forgot to start")

    assert times(visit_id) == [("97597", "09:00:00", "09:20:30")]
    assert snapshots.visit(clinic, visit_id).record.segments[0].typed_units == 2


def test_an_added_time_is_refused_as_a_pressed_one_is(clinic, timed, at):
    segment = timed("97110")

    trial = rehearsing.add(clinic, segment.visit_id, _time("97112", "09:50", "10:05"))

    assert trial.problem.rule == "billed-alone"
    assert trial.fit == Fit(end=at("10:00"))


def test_a_time_in_the_future_is_not_added(clinic, open_visit):
    trial = rehearsing.add(clinic, open_visit(), _time(start="09:50", end="10:30"))

    assert str(trial.problem) == "10:30:00 is in the future"


def test_arrival_and_departure_are_typed_and_what_is_left_alone_stays_to_the_millisecond(
    clinic, open_visit, clock, at
):
    visit_id = open_visit()
    clock.advance(seconds=0.437)
    coming.arrive(clinic, visit_id)
    clock.advance(minutes=40)

    typed_changes.set_times(clinic, visit_id, departed="10:30")

    visit = snapshots.visit(clinic, visit_id).visit
    assert visit.arrived_at == at("10:00") + 437
    assert visit.departed_at == at("10:30")
    typed_changes.set_times(clinic, visit_id, arrived="09:58", departed="")
    visit = snapshots.visit(clinic, visit_id).visit
    assert (visit.arrived_at, visit.departed_at) == (at("09:58"), None)


def test_a_departure_after_midnight_is_the_next_days(clinic, open_visit, clock):
    clock.advance(hours=13.5)
    visit_id = open_visit()
    clock.advance(hours=1)

    typed_changes.set_times(clinic, visit_id, arrived="23:30", departed="00:15")

    visit = snapshots.visit(clinic, visit_id).visit
    assert visit.departed_at - visit.arrived_at == 45 * 60_000
    assert visit.service_date == date(2026, 11, 23)


def test_a_typed_end_answers_a_doubt(clinic, start, clock, at, times):
    segment = start("97112")
    clock.advance(minutes=20)
    watching.note(clinic, Doubt(Cause.SLEPT, at("10:05")))

    trial = rehearsing.answer(clinic, segment.id, Answer.ENDED_AT, "10:12")
    assert trial.problem is None
    assert trial.stretch.end == at("10:12")
    assert rehearsing.answer(clinic, segment.id, Answer.ENDED_AT, "09:12").problem is not None
    typed_changes.answer(clinic, segment.id, Answer.ENDED_AT, "10:12")

    assert times(segment.visit_id) == [("97112", "10:00:00", "10:12:00")]
    assert watching.in_doubt(clinic) == ()
