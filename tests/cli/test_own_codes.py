"""A code of the clinic's own is known to every command that takes one."""

import pytest

from ptimer.billing.codebook import Count, Discipline
from ptimer.operations import typed_code
from ptimer.operations.clinic import open_clinic
from ptimer.operations.typed_code import TypedCode
from tests.cli.command_line import Ptimer, at


@pytest.fixture
def with_own(ptimer):
    """A record with a code that is counted by half hours, at most two a day."""
    clinic = open_clinic(ptimer.folder, ptimer.clock)
    typed = TypedCode(
        "W1000",
        "Wellness check",
        Count.OWN_COUNT,
        "30",
        disciplines=(Discipline.PT,),
        daily_limit="2",
        source="State fund",
    )
    typed_code.make(clinic, typed, "a contract")
    clinic.close()
    return ptimer


def test_the_book_lists_it(with_own):
    (found,) = with_own("codes", "wellness", "--json").json["codes"]

    assert (found["code"], found["own"], found["step_minutes"], found["daily_limit"]) == (
        "W1000",
        True,
        30,
        2,
    )
    assert "made by this clinic" in with_own("codes", "W1000").out
    assert not any(each["own"] for each in with_own("codes", "97", "--json").json["codes"])


def test_units_are_counted_by_its_steps(with_own):
    counted = with_own("units", "w1000=60", "97110=23", "--json").json

    assert [(each["code"], each["units"]) for each in counted["codes"]] == [
        ("W1000", 2),
        ("97110", 2),
    ]


def test_it_is_started_and_stopped(with_own):
    assert with_own("start", "W1000", "--patient", "Ann").exit == 0
    assert "W1000" in with_own("status").out
    assert with_own("stop", "W1000").exit == 0


def test_conflicts_know_it(with_own):
    assert with_own("conflict", "97110", "W1000").exit == 3
    assert with_own("conflict", "G0283", "W1000").exit == 0


def test_without_a_record_it_is_unknown(ptimer):
    assert "W1000 is not in the code book" in ptimer("units", "W1000=15").err


STEPS = ("--count", "own-count", "--discipline", "slp", "--since", "2027-01-01", "--why", "new")


@pytest.fixture
def speech(first):
    """A record with a made-up base code of 2027 and its add-on."""
    for number, step, base in (("x0001", "30", ()), ("x0002", "15", ("--add-on-to", "x0001"))):
        words = ("codes", "--add", number, "--label", f"Area, {step} min", "--step", step)
        assert first(*words, *STEPS, *base).exit == 0
    return first


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (15, {"X0001": 0}),
        (16, {"X0001": 1}),
        (38, {"X0001": 1, "X0002": 1}),
        (53, {"X0001": 1, "X0002": 2}),
    ],
)
def test_codes_of_2027_are_entered_and_counted_without_a_change_of_the_program(
    speech, minutes, units
):
    before = speech("units", f"X0001={minutes}", "--json")
    assert before.exit == 2, "it is not in force yet"
    then = Ptimer(speech.folder, at("2027-01-04T10:00:00"))

    counted = then("units", f"X0001={minutes}", "--json").json
    assert {each["code"]: each["units"] for each in counted["codes"]} == units
    assert counted["timed_minutes"] == minutes


def test_a_change_touches_what_is_named_and_an_end_is_an_end(speech):
    changed = speech("codes", "--change", "x0001", "--limit", "1:cut", "--why", "MUE", "--json")
    assert changed.json["code"]["daily_limit"] == 1
    assert (changed.json["code"]["step_minutes"], changed.json["code"]["own"]) == (30, True)
    assert changed.json["code"]["in_force_from"] == "2027-01-01"

    ended = speech("codes", "--end", "x0002", "--until", "2027-12-31", "--why", "over", "--json")
    assert ended.json["code"]["in_force_to"] == "2027-12-31"
    assert ended.json["code"]["add_on_to"] == "X0001"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--why", "x"], "Say which code"),
        (["--step", "30"], "Say which code"),
        (["--add", "W1", "--end", "W2"], "One at a time"),
        (["97", "--add", "W1"], "One at a time"),
        (["--end", "x0001", "--label", "x", "--why", "x"], "--end takes --until"),
        (["--end", "x0001", "--why", "x"], "Type the last day"),
        (["--change", "97110", "--label", "x", "--why", "x"], "97110 ships with ptimer"),
        (["--change", "W9", "--label", "x", "--why", "x"], "W9"),
        (["--add", "W1", "--label", "x", "--discipline", "PT"], "Give a reason"),
        (["--add", "W1", "--label", "x", "--why", "x"], "Choose at least one discipline"),
        (["--change", "x0001", "--limit", "2", "--why", "x"], "2 is no limit, such as"),
        (["--change", "x0001", "--limit", "x:cut", "--why", "x"], "x is no number of units"),
        (["--change", "x0001", "--count", "pooled", "--why", "x"], "must stay counted as it is"),
    ],
)
def test_what_can_not_be_done_to_a_code_is_told_and_nothing_changes(speech, words, says):
    before = speech("codes", "x000", "--json").json
    result = speech("codes", *words, "--json")

    assert result.exit == 2
    assert says in result.error["reason"]
    assert speech("codes", "x000", "--json").json == before
