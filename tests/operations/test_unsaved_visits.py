"""Visits, arrivals and departures that could not be recorded: kept in order, recorded later."""

from dataclasses import replace

import pytest

from ptimer.operations import (
    coming,
    defaults,
    history,
    snapshots,
    unsaved,
    unsaved_csv,
    unsaved_recording,
    visiting,
)
from ptimer.operations.errors import Busy, Misused
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.unsaved import Action
from ptimer.operations.unsaved_csv import Kept
from ptimer.operations.unsaved_overlay import Rules, overlaid
from ptimer.operations.unsaved_queue import Queue
from ptimer.operations.visiting import WishedVisit
from ptimer.wording import say

FULL = Busy(say("the disk is full"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch):
    """Files of presses go into folders of the test."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "home"))


@pytest.fixture
def queue(clinic):
    clinic.actor = "Kim"
    return Queue(clinic)


@pytest.fixture
def seen(clinic, queue):
    """The day as it is seen with what waits."""

    def seen():
        rules = Rules(clinic.rulebook, clinic.clock.zone)
        return overlaid(snapshots.today(clinic), queue.presses, clinic.clock.now(), rules)

    return seen


def visit_of(clinic, patient="P-7", **more):
    wish = WishedVisit(patient, **{"payer": "Medicare", "discipline": "OT", **more})
    return unsaved.of_visit(clinic, wish, clinic.clock.now())


def start_of(clinic, view, code="97112"):
    wish = StartWish(code, (), clinician="Kim", visit_id=view.visit.id)
    return unsaved.of_start(wish, [view.visit], clinic.clock.now())


def coming_of(clinic, action, view):
    return unsaved.of_coming(clinic, action, view.visit, clinic.clock.now())


def test_a_visit_a_start_in_it_and_its_stop_are_recorded_in_order_at_their_instants(
    clinic, clock, queue, seen, at
):
    visit = visit_of(clinic, planned="10:45")
    queue.keep([visit], FULL)
    clock.advance(minutes=1)
    queue.keep([start_of(clinic, seen().visits[0])], FULL)
    clock.advance(minutes=10)
    queue.keep(unsaved.of_stop(seen().running, clock.now()), FULL)
    assert snapshots.today(clinic).visits == ()
    clock.advance(minutes=1)
    queue.retry()

    (view,) = snapshots.today(clinic).visits
    (segment,) = view.record.segments
    assert view.visit.id == visit.id, "what was seen stays what is looked at"
    assert (view.visit.payer, view.visit.planned_at) == ("Medicare", at("10:45"))
    assert (segment.started_at, segment.ended_at) == (at("10:01"), at("10:11"))
    made = history.changes_of(clinic, visit.id)[-1]
    assert (made.action, made.who, made.reason) == (
        "visit",
        "Kim",
        "could not be recorded when it was pressed",
    )


def test_a_visit_that_waits_is_seen_and_marked_as_not_recorded(clinic, clock, queue, seen):
    queue.keep([visit_of(clinic)], FULL)
    queue.keep([coming_of(clinic, Action.ARRIVAL, seen().visits[0])], FULL)

    (view,) = seen().visits
    assert view.visit.arrived_at == clock.now()
    assert view.record.unsaved_facts == {"visit", "arrive"}
    assert view.reckoning.timed_units == 0


def test_what_is_written_of_a_visit_that_waits_is_told_as_not_recorded(clinic, queue, seen, dump):
    queue.keep([visit_of(clinic)], FULL)
    before = dump()

    with pytest.raises(Busy, match="not recorded yet"):
        visiting.add_card(clinic, seen().visits[0].visit.id, "97112")
    assert dump() == before


def test_a_visit_made_elsewhere_meanwhile_is_the_one_that_is_meant(clinic, clock, queue, seen):
    queue.keep([visit_of(clinic)], FULL)
    queue.keep([start_of(clinic, seen().visits[0])], FULL)
    other = visiting.open_visit(clinic, "P-7", payer="Medicare", discipline="OT")
    clock.advance(minutes=1)
    queue.retry()

    (view,) = snapshots.today(clinic).visits
    assert view.visit.id == other.id
    assert [s.code for s in view.record.running] == ["97112"]
    assert not queue


def test_one_made_elsewhere_with_another_payer_is_asked_about(clinic, clock, queue, seen):
    queue.keep([visit_of(clinic)], FULL)
    queue.keep([start_of(clinic, seen().visits[0])], FULL)
    visiting.open_visit(clinic, "P-7", payer=other_payer(clinic), discipline="OT")
    clock.advance(minutes=1)
    queue.retry()
    assert queue.unfit.press.action is Action.VISIT
    assert not queue.unfit.can_switch
    queue.forget()
    queue.retry()

    (view,) = snapshots.today(clinic).visits
    assert view.visit.payer == other_payer(clinic)
    assert [s.code for s in view.record.running] == ["97112"], "what was timed is not lost with it"


def other_payer(clinic):
    return next(name for name in clinic.rulebook.payers.names() if name != "Medicare")


def test_arrival_and_departure_are_recorded_at_their_instants(clinic, clock, queue, seen, at):
    visiting.open_visit(clinic, "P-7", payer="Medicare", discipline="OT")
    queue.keep([coming_of(clinic, Action.ARRIVAL, seen().visits[0])], FULL)
    clock.advance(minutes=50)
    queue.keep([coming_of(clinic, Action.DEPARTURE, seen().visits[0])], FULL)
    clock.advance(minutes=5)
    queue.retry()

    (view,) = snapshots.today(clinic).visits
    assert (view.visit.arrived_at, view.visit.departed_at) == (at("10:00"), at("10:50"))
    assert history.changes_of(clinic, view.visit.id)[0].reason.startswith("could not be recorded")


@pytest.mark.parametrize(
    ("action", "note", "says"),
    [
        (Action.ARRIVAL, coming.arrive, "came at 10:01:00"),
        (Action.DEPARTURE, coming.depart, "left at 10:01:00"),
    ],
)
def test_what_is_noted_elsewhere_meanwhile_is_asked_about(
    clinic, clock, queue, seen, action, note, says
):
    visit = visiting.open_visit(clinic, "P-7", payer="Medicare", discipline="OT")
    queue.keep([coming_of(clinic, action, seen().visits[0])], FULL)
    clock.advance(minutes=1)
    note(clinic, visit.id)
    queue.retry()

    assert says in str(queue.unfit.sentence)


def test_a_visit_that_is_gone_with_what_waited_before_it_is_asked_about(clinic, clock, queue, seen):
    queue.keep([visit_of(clinic)], FULL)
    arrival = coming_of(clinic, Action.ARRIVAL, seen().visits[0])
    queue.take_back()
    queue.keep([arrival], FULL)
    queue.retry()

    assert "no visit of P-7" in str(queue.unfit.sentence)


@pytest.mark.parametrize(
    "wrong",
    [
        {"patient": " "},
        {"planned": "25:00"},
        {"payer": "Nobody"},
        {"discipline": "XY"},
    ],
)
def test_what_can_never_be_recorded_is_not_kept(clinic, queue, wrong):
    with pytest.raises(Misused):
        visit_of(clinic, **wrong)


def test_what_is_left_to_the_defaults_is_what_would_have_been_recorded(clinic, queue):
    press = visit_of(clinic, payer=None, discipline=None)

    assert press.payer == defaults.usual_payer(clinic).name
    assert press.discipline == defaults.usual_discipline(clinic).value


def test_they_come_back_from_their_file_as_they_were(clinic, clock, queue, seen, tmp_path):
    queue.keep([visit_of(clinic, "=P-7", planned="10:45")], FULL)
    for action in (Action.ARRIVAL, Action.DEPARTURE):
        queue.keep([coming_of(clinic, action, seen().visits[0])], FULL)
    file = tmp_path / "presses.csv"
    queue.save_copy(file)

    kept = unsaved_csv.read(file)
    assert kept == Kept(tuple(queue.presses), clock.now())
    clock.advance(minutes=1)
    assert len(unsaved_recording.record(clinic, kept.presses)) == 3
    assert all(done.already for done in unsaved_recording.record(clinic, kept.presses))
    assert len(snapshots.today(clinic).visits) == 1


def test_a_file_that_an_earlier_ptimer_kept_is_read(clinic, clock, queue, seen, tmp_path):
    visiting.open_visit(clinic, "P-7", payer="Medicare", discipline="OT")
    press = start_of(clinic, seen().visits[0])
    text = unsaved_csv.text_of(Kept((press,)))
    file = tmp_path / "presses.csv"
    lines = [line.rpartition(",")[0] for line in text.splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")

    assert "planned" not in file.read_text("utf-8")
    assert unsaved_csv.read(file).presses == (press,)


def test_no_patient_is_named_where_none_may_be_seen(clinic, queue):
    visit = visit_of(clinic)
    for action in (Action.VISIT, Action.ARRIVAL, Action.DEPARTURE):
        press = replace(visit, action=action)
        assert "P-7" in str(unsaved.told(press, clinic))
        assert "P-7" not in str(unsaved.told(press, clinic, named=False))
