"""`start`, `stop` and `status`, as cli.md's table has them."""

import pytest


def running(ptimer):
    """Return code and patient of all that runs."""
    return [(each["code"], each["patient"]) for each in ptimer("status", "--json").json["running"]]


@pytest.fixture
def treating(ptimer):
    """Ana treats P-1 with 97112 since nine."""
    ptimer.do("start 97112 --patient P-1 --discipline PT --clinician Ana --at 09:00")
    return ptimer


def test_a_start_says_what_runs_since_when(ptimer):
    result = ptimer("start", "97112", "--patient", "P-1", "--clinician", "Ana")

    assert result.out == "97112 of P-1 runs since 10:00:00 (Ana)\n"
    assert running(ptimer) == [("97112", "P-1")]


def test_starting_what_runs_changes_nothing_and_says_so(treating):
    before = treating.recorded()

    result = treating("start", "97112", "--patient", "P-1", "--at", "09:30")

    assert result.exit == 0
    assert result.out == "97112 of P-1 runs already: nothing was changed\n"
    assert treating.recorded() == before


@pytest.mark.parametrize(
    "words",
    [
        "start 97112 --patient P-1 --role assistant",
        "start 97112 --patient P-1 --role student --supervisor Bo",
        "start 97112 --patient P-1 --clinician Bo",
        "start 97112 --patient P-1 --discipline OT",
    ],
)
def test_another_role_clinician_or_visit_is_not_the_same_start(treating, words):
    result = treating(*words.split(), "--json")

    assert (result.exit, running(treating)) == (3, [("97112", "P-1")])


def test_switch_ends_what_blocks_at_the_same_instant(treating):
    result = treating("start", "97110", "--patient", "P-1", "--switch", "--at", "09:23", "--json")

    (stopped,), (started,) = result.json["stopped"], result.json["started"]
    assert stopped["end"] == started["start"] == "2026-11-23T09:23:00+00:00"
    assert running(treating) == [("97110", "P-1")]


def test_switch_ends_only_what_blocks(treating):
    treating.do("start G0283 --patient P-2", "start 97110 --patient P-3 --switch")

    assert running(treating) == [("G0283", "P-2"), ("97110", "P-3")]


def test_switch_does_not_end_what_began_later(treating):
    result = treating("start", "97110", "--patient", "P-1", "--switch", "--at", "08:50")

    assert result.exit == 3
    assert "--switch" not in result.err, "it would not help"
    assert running(treating) == [("97112", "P-1")]


def test_a_refusal_names_what_switch_would_end(treating):
    result = treating("start", "97110", "--patient", "P-2")

    assert "--switch ends 97112 of P-1 and starts this at the same instant" in result.err


def test_a_group_takes_several_patients_and_everyone_once(ptimer):
    words = "start 97150 --patient P-1 --patient P-2 --patient P-1 --clinician Ana --json"

    result = ptimer(*words.split())

    assert [each["patient"] for each in result.json["started"]] == ["P-1", "P-2"]
    assert running(ptimer) == [("97150", "P-1"), ("97150", "P-2")]


def test_somebody_can_join_a_group_that_runs(ptimer):
    ptimer.do("start 97150 --patient P-1 --patient P-2 --clinician Ana --at 09:00")

    result = ptimer("start", "97150", "--patient", "P-2", "--patient", "P-3", "--json")

    assert [each["patient"] for each in result.json["started"]] == ["P-3"]


def test_a_group_of_which_one_patient_is_refused_starts_for_nobody(treating):
    result = treating("start", "97150", "--patient", "P-2", "--patient", "P-1", "--clinician", "Bo")

    assert result.exit == 3
    assert running(treating) == [("97112", "P-1")]


def test_a_stop_ends_all_that_runs(treating):
    treating.do("start 97110 --patient P-2 --clinician Bo", "start G0283 --patient P-3")

    result = treating("stop", "--json")

    assert len(result.json["stopped"]) == 3
    assert running(treating) == []


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("stop 97112", [("G0283", "P-2"), ("97110", "P-2")]),
        ("stop --patient P-2", [("97112", "P-1")]),
        ("stop --clinician Bo", [("97112", "P-1"), ("G0283", "P-2")]),
        ("stop G0283 --patient P-2 --clinician Ana", [("97112", "P-1"), ("97110", "P-2")]),
        ("stop G0283 --patient P-1", [("97112", "P-1"), ("G0283", "P-2"), ("97110", "P-2")]),
    ],
)
def test_a_stop_ends_what_the_options_name(treating, words, left):
    treating.do("start G0283 --patient P-2 --at 09:10")
    treating.do("start 97110 --patient P-2 --clinician Bo --at 09:20")

    treating.do(words)

    assert running(treating) == left


def test_a_stop_that_finds_nothing_tells_what_runs(treating):
    result = treating("stop", "--patient", "P-l")

    assert (result.exit, result.out) == (0, "nothing of that was running\n")
    assert result.err == "97112 of P-1 runs since 09:00:00 (Ana)\n"


def test_a_stop_tells_from_when_to_when(treating):
    assert treating("stop", "--at", "09:24").out == "97112 of P-1 ran from 09:00:00 to 09:24:00\n"


def test_a_stop_is_not_refused_where_the_clock_was_set_back(treating, clock):
    clock.set_by_hand(clock.at - 3 * 3_600_000)

    result = treating("stop", "--json")

    assert result.exit == 0
    assert running(treating) == []
    assert treating("check").exit == 0


def test_units_are_typed_for_a_code_by_area_when_it_is_stopped(ptimer):
    ptimer.do("start 97597 --patient P-1 --discipline PT --at 09:00", "stop --units 3 --at 09:20")

    lines = ptimer.summary()["visits"][0]["lines"]
    assert [(line["code"], line["units"]) for line in lines] == [("97597", 1), ("97598", 2)]


@pytest.mark.parametrize("units", ["-1", "10000", "1e3", "", " ", "٣", "1_0", "+1", "0x1", "2.0"])
def test_units_that_are_no_number_stop_nothing(ptimer, units):
    ptimer.do("start 97597 --patient P-1")

    result = ptimer("stop", "--units", units, "--json")

    assert result.exit == 2
    assert "no number of units: type one from 0 to 9999" in result.error["reason"]
    assert running(ptimer) == [("97597", "P-1")]


def test_rest_and_not_billable_time_can_be_timed(ptimer):
    ptimer.do(
        "start 97110 --patient P-1 --discipline PT --at 09:00",
        "start REST --patient P-1 --switch --at 09:15",
        "start 97110 --patient P-1 --switch --at 09:20",
        "stop --at 09:35",
    )

    (visit,) = ptimer.summary()["visits"]
    assert (visit["timed_minutes"], visit["total_minutes"]) == (30, 30)
    assert visit["not_treatment"] == [{"code": "REST", "minutes": 5}]


def test_the_status_says_for_how_long_and_what_today_comes_to(treating):
    text = treating("status").out

    assert "97112 of P-1 runs since 09:00:00: 60:00 min (Ana, PT)" in text
    assert "2026-11-23: 1 visit, 60 timed min, 60 min treated, 4 units" in text


def test_the_status_tells_what_is_in_doubt(treating, clock):
    clock.set_by_hand(clock.at + 7_200_000)

    result = treating("status", "--json")

    assert result.json["running"][0]["in_doubt"] is True
    assert "in doubt: say whether it went on" in treating("status").out


def test_a_warning_stands_beside_the_result(ptimer):
    result = ptimer("start", "92507", "--patient", "P-1", "--discipline", "PT", "--json")

    assert result.exit == 0
    assert result.json["warnings"] == [result.err.rstrip("\n")]
    assert "92507 is not a code that PT usually bills" in result.err
