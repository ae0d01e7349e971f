"""A stopwatch that was pressed late: it began some minutes ago, and no time is counted twice."""

import pytest

from ptimer.operations import late_starts, snapshots, stopwatch, undoing
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import audit_log
from ptimer.timing.clock import MINUTE
from ptimer.timing.service_date import clock_text


@pytest.fixture
def times(clinic, view):
    """Code, start and end of a visit's times."""

    def times(visit_id):
        zone = clinic.clock.zone
        return [
            (s.code, clock_text(s.started_at, zone), s.ended_at and clock_text(s.ended_at, zone))
            for s in view(visit_id).record.segments
        ]

    return times


@pytest.fixture
def after_another(clock, timed, start):
    """97110 10:00 to 10:15, then 97112, which runs since 10:15; it is 10:16."""
    timed("97110", minutes=15)
    segment = start("97112")
    clock.advance(minutes=1)
    return segment


def test_what_runs_began_some_minutes_ago(clinic, clock, start, times):
    clock.advance(minutes=30)
    segment = start("97112")
    clock.advance(seconds=20)
    pressed = late_starts.began(clinic, segment.id, 5)

    assert times(segment.visit_id) == [("97112", "10:25:20", None)]
    assert [each.code for each in pressed.started] == ["97112"]
    entry = audit_log.of_visit(clinic.connection, segment.visit_id)[-1]
    assert (entry.action, entry.reason) == ("correct", "pressed late: began 5 min before")
    assert entry.before["started_at"] == segment.started_at, "the press is kept"


def test_it_is_refused_where_it_would_meet_another_time(clinic, after_another, dump):
    before = dump()
    with pytest.raises(Refused) as refusal:
        late_starts.began(clinic, after_another.id, 5)

    assert refusal.value.rule == "billed-alone"
    assert [each.code for each in refusal.value.blockers] == ["97110"]
    assert dump() == before


def test_the_earliest_start_that_fits_is_offered(clinic, clock, timed, start):
    timed("97110", minutes=15)
    clock.advance(minutes=3)
    segment = start("97112")
    clock.advance(minutes=1)
    foretold = late_starts.rehearse(clinic, segment.id, 10)

    assert clock_text(foretold.earliest, clock.zone) == "10:15:00"
    late_starts.began_at(clinic, segment.id, foretold.earliest)
    assert snapshots.running(clinic)[0].started_at == foretold.earliest


def test_none_is_offered_where_it_could_not_begin_earlier(clinic, after_another):
    assert late_starts.rehearse(clinic, after_another.id, 5).earliest is None


def test_what_ran_before_in_the_visit_can_end_then_too(clinic, after_another, times):
    foretold = late_starts.rehearse(clinic, after_another.id, 5)
    assert [each.code for each in foretold.gives_way] == ["97110"]

    late_starts.began(clinic, after_another.id, 5, ending=True)
    assert times(after_another.visit_id) == [
        ("97110", "10:00:00", "10:11:00"),
        ("97112", "10:11:00", None),
    ]


@pytest.mark.parametrize(
    ("before", "minutes"),
    [
        pytest.param({"patient": "Bob"}, 5, id="another-patients"),
        pytest.param({"patient": "Ann"}, 20, id="it-would-vanish"),
    ],
)
def test_nothing_else_gives_way(clinic, clock, timed, start, before, minutes, dump):
    timed("97110", before["patient"], minutes=15)
    segment = start("97112")
    clock.advance(minutes=1)
    assert late_starts.rehearse(clinic, segment.id, minutes).gives_way == ()

    was = dump()
    with pytest.raises(Refused):
        late_starts.began(clinic, segment.id, minutes, ending=True)
    assert dump() == was


def test_one_undo_puts_both_back(clinic, after_another, times):
    before = times(after_another.visit_id)
    pressed = late_starts.began(clinic, after_another.id, 5, ending=True)
    undoing.undo(clinic, pressed.press_id)

    assert times(after_another.visit_id) == before
    reasons = [e.reason for e in audit_log.of_visit(clinic.connection, after_another.visit_id)]
    assert reasons[-4:] == ["pressed late: began 5 min before"] * 2 + ["taken back"] * 2


def test_an_undo_leaves_a_later_stop_as_it_is(clinic, clock, start, stop, times):
    segment = start("97112")
    clock.advance(minutes=1)
    pressed = late_starts.began(clinic, segment.id, 5)
    clock.advance(minutes=9)
    stop()
    undoing.undo(clinic, pressed.press_id)

    assert times(segment.visit_id) == [("97112", "10:00:00", "10:10:00")]


def test_an_edge_that_was_corrected_since_is_not_put_back(clinic, clock, start):
    segment = start("97112")
    clock.advance(minutes=1)
    pressed = late_starts.began(clinic, segment.id, 5)
    late_starts.began(clinic, pressed.started[0].id, 8)

    with pytest.raises(Misused, match="can't be taken back"):
        undoing.undo(clinic, pressed.press_id)


@pytest.mark.parametrize("minutes", [1, 2])
def test_what_began_earlier_as_it_is_is_not_shortened(clinic, clock, start, minutes):
    segment = start("97112")
    clock.advance(minutes=2)

    with pytest.raises(Misused, match="runs since 10:00:00 as it is"):
        late_starts.began(clinic, segment.id, minutes)


def test_what_has_ended_is_not_moved(clinic, timed):
    segment = timed("97112")

    with pytest.raises(Misused, match="does not run any more"):
        late_starts.began(clinic, segment.id, 20)


def test_it_does_not_begin_on_the_day_before(clinic, clock, start):
    clock.set_by_hand(clock.now() - 10 * 60 * MINUTE)
    segment = start("97112")

    with pytest.raises(Misused, match="day before"):
        late_starts.began(clinic, segment.id, 5)


@pytest.mark.parametrize("text", ["", "0", "-3", "five", "481", "1.5", "٣", "9" * 30])
def test_only_whole_minutes_can_be_typed(text):
    with pytest.raises(Misused, match="no number of minutes"):
        late_starts.minutes_of(text)


def test_typed_minutes_are_read():
    assert late_starts.minutes_of(" 12 ") == 12


def test_a_group_that_was_pressed_late_began_for_all_its_patients(clinic, clock, times):
    clock.advance(minutes=30)
    wish = StartWish("97150", ("Ann", "Bob"), clinician="Kim")
    group = stopwatch.start(clinic, wish).started
    clock.advance(minutes=1)
    pressed = late_starts.began(clinic, group[1].id, 6)

    assert {each.started_at for each in snapshots.running(clinic)} == {clock.now() - 6 * MINUTE}
    assert len({each.group_id for each in snapshots.running(clinic)}) == 1
    undoing.undo(clinic, pressed.press_id)
    assert {each.started_at for each in snapshots.running(clinic)} == {clock.now() - MINUTE}


def test_a_group_that_one_patient_cannot_have_begun_so_early_stays_as_it_is(
    clinic, clock, timed, dump
):
    timed("97110", "Ann", minutes=5, clinician="Lee")
    wish = StartWish("97150", ("Bob", "Ann"), clinician="Kim")
    group = stopwatch.start(clinic, wish).started
    clock.advance(minutes=1)
    before = dump()
    with pytest.raises(Refused):
        late_starts.began(clinic, group[0].id, 6)

    assert dump() == before
