"""A code of the clinic's own is known to every command that takes one."""

import pytest

from ptimer.billing.codebook import Count, Discipline
from ptimer.operations import typed_code
from ptimer.operations.clinic import open_clinic
from ptimer.operations.typed_code import TypedCode


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
