"""Start, correction, import and SQL itself: what the table of conflicts refuses, none lets in."""

import pytest

from ptimer.billing.conflicts import ORDER
from ptimer.operations import signing, stopping, stopwatch
from ptimer.operations.errors import Refused
from ptimer.operations.signing import SignWish
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import ManualClock
from tests.operations.conflict_cases import ALLOWED, REFUSED, Wish
from tests.operations.roads import HALF_PAST, NINE, ROADS

NAMING_A_PAYER = ("start", "import", "in one file")
TYPED = [road for road in ROADS if road != "start"]
"""On which a time has its end from the first."""


def _on_roads(cases):
    """Return each case with each road that can come to it, and an id that starts with its rule."""
    return [
        pytest.param(road, *case.values, id=f"{case.id}, by {road}")
        for case in cases
        for road in (NAMING_A_PAYER if case.values[0].names_a_payer else ROADS)
    ]


@pytest.fixture
def road(road_name, clinic, at, clock, tmp_path):
    """A way into the record; it is ten, and on the road of the start a quarter to nine."""
    if road_name == "start":
        clock.set_by_hand(ManualClock.at_local("2026-11-23T08:45:00").now())
    return ROADS[road_name](clinic, clock, at, tmp_path)


@pytest.fixture
def signed(clinic, clock):
    """Time the wish's visit an hour before, and sign it."""

    def signed(wish):
        clock.set_by_hand(ManualClock.at_local("2026-11-23T08:00:00").now())
        stopwatch.start(clinic, StartWish("G0283", (wish.patient,), clinician="Kim"))
        clock.advance(minutes=10)
        visit_id = stopping.stop(clinic, StopWish()).ended[0].visit_id
        signing.sign(clinic, visit_id, SignWish("Kim", "PT"))
        clock.set_by_hand(ManualClock.at_local("2026-11-23T10:00:00").now())

    return signed


def _standing(clinic):
    return clinic.connection.execute(
        "select code, patient from segments where voided_at is null order by code"
    ).fetchall()


@pytest.mark.parametrize(("road_name", "case"), _on_roads(REFUSED))
def test_a_conflict_is_refused_and_nothing_changes(case, road, road_name, clinic, signed, dump):
    if case.signed:
        signed(case.wish)
        if road_name == "start":
            road.clock.set_by_hand(ManualClock.at_local("2026-11-23T08:45:00").now())
    road.make_payer(case.wish)
    road.let_stand(case.standing)
    if not case.names_a_payer:
        road.open_for(case.wish)
    before = dump()

    with pytest.raises(Refused) as refused:
        road.attempt(case.wish)
    if road_name == "SQL":  # which of several triggers speaks first is SQLite's to say
        assert ORDER[refused.value.rule] >= ORDER[case.rule]
    else:
        assert refused.value.rule == case.rule
    assert refused.value.source == clinic.rulebook.rules.source(refused.value.rule) != ""
    assert str(refused.value)
    assert refused.value.exit_status == 3
    assert dump() == before


@pytest.mark.parametrize(("road_name", "case"), _on_roads(ALLOWED))
def test_what_may_stand_together_is_recorded(case, road, clinic):
    road.make_payer(case.wish)
    road.let_stand(case.standing)
    road.open_for(case.wish)
    road.attempt(case.wish)

    codes = [code for code, patient in _standing(clinic) if patient != "Zed"]
    assert codes == sorted([*(each.code for each in case.standing), case.wish.code])


@pytest.mark.parametrize("road_name", TYPED)
@pytest.mark.parametrize(("start", "end"), [("08:50", NINE), (HALF_PAST, "09:40")])
def test_times_that_only_touch_share_no_minute(road, clinic, start, end):
    road.let_stand([Wish("97112")])
    road.attempt(Wish("97110"), start, end)

    assert _standing(clinic) == [("97110", "Ann"), ("97112", "Ann")]


@pytest.mark.parametrize("road_name", TYPED)
@pytest.mark.parametrize(
    ("start", "end"),
    [("08:50", "09:01"), ("09:29", "09:40"), ("08:00", "09:50"), (NINE, HALF_PAST)],
    ids=["over the start", "over the end", "around it", "the same time"],
)
def test_times_that_share_a_minute_in_any_way_conflict(road, start, end):
    road.let_stand([Wish("97112")])

    with pytest.raises(Refused) as refused:
        road.attempt(Wish("97110", clinician="Lee"), start, end)
    assert refused.value.rule == "billed-alone"


@pytest.mark.parametrize("road_name", ROADS)
def test_a_time_that_lasts_for_hours_is_still_met(road, road_name, clock, at):
    if road_name == "start":
        road.let_stand([Wish("97112")])
        clock.advance(hours=5)
        attempt = Wish("97110", clinician="Lee"), "14:00"
    else:
        road.ends_at = "14:30"
        clock.advance(hours=5)
        road.let_stand([Wish("97112")])
        attempt = Wish("97110", clinician="Lee"), "14:00", "14:10"

    with pytest.raises(Refused) as refused:
        road.attempt(*attempt)
    assert refused.value.rule == "billed-alone"


@pytest.mark.parametrize("road_name", ROADS)
def test_a_time_over_midnight_is_met_on_the_next_day(road, road_name, clock):
    """What began on Sunday evening belongs to Sunday, and keeps its clinician until it ends."""
    clock.set_by_hand(ManualClock.at_local("2026-11-22T23:30:00").now())
    standing = StartWish("97110", ("Bob",), clinician="Kim")
    stopwatch.start(road.clinic, standing)
    clock.set_by_hand(ManualClock.at_local("2026-11-23T08:45:00").now())
    if road_name != "start":
        clock.set_by_hand(ManualClock.at_local("2026-11-23T10:00:00").now())
        stopping.stop(road.clinic, StopWish())
    road.let_stand([])

    with pytest.raises(Refused) as refused:
        road.attempt(Wish("97140"))
    assert refused.value.rule == "one-clinician-one-service"
