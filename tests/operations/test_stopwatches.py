"""Start and switch: a press is on the record before the screen says so."""

import pytest

from ptimer.billing.conflicts import Role
from ptimer.operations import snapshots, stopwatch
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.stopwatch import StartWish
from ptimer.storage import audit_log
from ptimer.timing.clock import ManualClock


@pytest.fixture
def running(clinic):
    """Return patient and code of what runs."""
    return lambda: [(each.patient, each.code) for each in snapshots.running(clinic)]


@pytest.fixture
def begin(clinic):
    """Start a stopwatch and return what the press did."""

    def begin(code, *patients, clinician="Kim", **more):
        return stopwatch.start(
            clinic, StartWish(code, patients or ("Ann",), clinician=clinician, **more)
        )

    return begin


def _log(clinic, visit_id):
    return [(e.action, e.who, e.after) for e in audit_log.of_visit(clinic.connection, visit_id)]


def test_a_start_is_recorded_with_who_what_and_when(clinic, begin, clock, another):
    pressed = begin("97110", role=Role.STUDENT, clinician="Stu", supervisor="Lee")

    (segment,) = snapshots.running(another())
    assert segment == pressed.started[0]
    assert (segment.started_at, segment.recorded_at) == (clock.now(), clock.now())
    assert (segment.clinician, segment.role, segment.supervisor) == ("Stu", "student", "Lee")
    assert (segment.origin, segment.edited) == ("command", False)
    assert _log(clinic, segment.visit_id) == [
        (
            "start",
            "Stu",
            {
                "code": "97110",
                "role": "student",
                "started_at": clock.now(),
                "supervisor": "Lee",
            },
        )
    ]


def test_a_start_may_be_typed_as_earlier(begin, at, view):
    segment = begin("97110", at=at("09:50")).started[0]

    assert segment.started_at == at("09:50")
    assert view(segment.visit_id).minutes_of("97110") == 10


def test_a_start_of_last_evening_belongs_to_yesterday(begin, clock, view, at):
    clock.set_by_hand(ManualClock.at_local("2026-11-24T00:10:00").now())
    segment = begin("97110", at=at("2026-11-23T23:50")).started[0]

    assert str(view(segment.visit_id).visit.service_date) == "2026-11-23"


def test_starting_what_runs_already_starts_nothing_and_says_so(begin, start, dump):
    first = start("97110")
    before = dump()
    again = begin("97110")

    assert again.already
    assert again.started == again.ended == ()
    assert dump()["segments"] == before["segments"]
    assert dump()["audit_log"] == before["audit_log"]
    assert first.running


@pytest.mark.parametrize(
    "other",
    [
        {"clinician": "Lee"},
        {"role": Role.AIDE},
        {"role": Role.ASSISTANT, "supervisor": "Lee"},
    ],
)
def test_the_same_code_by_someone_else_is_another_stopwatch(begin, running, other):
    begin("G0283")
    assert not begin("G0283", **other).already
    assert running() == [("Ann", "G0283")] * 2


def test_a_group_starts_for_all_its_patients_at_once(begin, running, clinic):
    pressed = begin("97150", "Ann", "Bob", "Ann")

    assert running() == [("Ann", "97150"), ("Bob", "97150")]
    assert len({segment.group_id for segment in pressed.started}) == 1
    assert pressed.started[0].group_id
    one_more = begin("97150", "Ann", "Bob", "Cem")
    assert [segment.patient for segment in one_more.started] == ["Cem"]


def test_only_a_group_code_takes_several_patients(begin, dump):
    before = dump()
    with pytest.raises(Misused, match="97110 is for one patient"):
        begin("97110", "Ann", "Bob")
    assert dump() == before


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("00000", "00000 is not in the code book"),
        ("97111", "Did you mean"),
        ("97130", "is an add-on and is not timed by itself: time 97129"),
        ("98975", "is billed by the month"),
    ],
)
def test_what_cannot_be_timed_is_a_slip(begin, dump, code, words):
    before = dump()
    with pytest.raises(Misused, match=words):
        begin(code)
    assert dump() == before


def test_a_code_of_another_discipline_starts_with_a_warning(begin):
    pressed = begin("92507", discipline="PT")

    assert [str(each) for each in pressed.warnings] == [
        "92507 is not a code that PT usually bills: the book lists it for SLP"
    ]
    assert len(pressed.started) == 1


def test_a_switch_ends_what_blocks_at_the_same_instant(begin, start, clock, view):
    first = start("97110")
    clock.advance(minutes=15)
    pressed = begin("97112", switch=True)

    assert [each.id for each in pressed.ended] == [first.id]
    assert pressed.ended[0].ended_at == pressed.started[0].started_at == clock.now()
    clock.advance(minutes=8)
    visit = view(first.visit_id)
    assert (visit.minutes_of("97110"), visit.minutes_of("97112")) == (15, 8)


def test_a_switch_may_be_typed_as_earlier(begin, start, clock, at):
    start("97110")
    clock.advance(minutes=15)
    pressed = begin("97112", switch=True, at=at("10:10"))

    assert pressed.ended[0].ended_at == pressed.started[0].started_at == at("10:10")


def test_a_switch_ends_all_that_blocks_and_nothing_else(begin, start, running, clock):
    start("97110", "Bob", clinician="Kim")
    start("G0283", "Ann", clinician="Lee")
    start("G0283", "Cem", clinician="Lee")
    clock.advance(minutes=5)
    begin("97112", "Ann", clinician="Kim", switch=True)

    assert sorted(running()) == [("Ann", "97112"), ("Cem", "G0283")]


def test_a_switch_where_nothing_blocks_is_a_start(begin, start, running):
    start("97110", "Bob", clinician="Lee")
    begin("97110", "Ann", clinician="Kim", switch=True)

    assert len(running()) == 2


def test_a_switch_does_not_help_against_what_is_ended(begin, timed, dump, at):
    timed("97110")
    before = dump()
    with pytest.raises(Refused) as refused:
        begin("97112", switch=True, at=at("10:10"))

    assert refused.value.rule == "billed-alone"
    assert dump() == before


def test_a_switch_to_before_what_blocks_began_is_refused(begin, start, clock, dump, at):
    start("97110")
    clock.advance(minutes=5)
    before = dump()
    with pytest.raises(Refused):
        begin("97112", switch=True, at=at("09:55"))
    assert dump() == before


def test_a_switch_does_not_make_anyone_qualified(begin, start, clock, dump):
    start("97110", "Bob", clinician="Ada", role="assistant")
    clock.advance(minutes=5)
    before = dump()
    with pytest.raises(Refused) as refused:
        begin("97161", clinician="Ada", role=Role.ASSISTANT, switch=True)
    assert refused.value.rule == "qualified-only"
    assert dump() == before


def test_a_press_on_a_card_switches_within_the_visit(clinic, open_visit, running, clock):
    visit_id = open_visit()
    for code in ("97110", "97112", "G0283"):
        stopwatch.press(clinic, StartWish(code, (), clinician="Kim", visit_id=visit_id))
        clock.advance(minutes=5)

    assert running() == [("Ann", "G0283")]


def test_a_press_on_a_card_asks_where_another_visit_or_clinician_is_in_the_way(
    clinic, open_visit, start, dump
):
    visit_id = open_visit("Ann")
    start("97110", "Bob", clinician="Kim")
    start("97140", "Ann", clinician="Lee")
    before = dump()
    for code in ("97110", "97112"):
        wish = StartWish(code, (), clinician="Kim", visit_id=visit_id)
        with pytest.raises(Refused) as refused:
            stopwatch.press(clinic, wish)
        assert refused.value.blockers
    assert dump() == before


def test_a_card_of_another_days_visit_takes_no_press(clinic, open_visit, clock, dump):
    visit_id = open_visit()
    clock.advance(hours=24)
    before = dump()
    with pytest.raises(Misused, match="make a new visit for 2026-11-24, or add the time"):
        stopwatch.press(clinic, StartWish("97110", (), clinician="Kim", visit_id=visit_id))
    assert dump() == before
