"""A payer of the clinic's own is known to every command that takes one."""

import pytest

from ptimer.billing.payers import Effect, OwnLimit, Payer, UnitRule
from ptimer.operations import own_payers
from ptimer.operations.clinic import open_clinic
from tests.cli.command_line import segments_file


@pytest.fixture
def with_own(ptimer):
    """A record with a payer that counts by midpoint, limits 97110, and relaxes `billed-alone`."""
    clinic = open_clinic(ptimer.folder, ptimer.clock)
    own_payers.make(
        clinic,
        Payer(
            "Union Fund",
            UnitRule.MIDPOINT,
            relaxes_billed_alone=True,
            relaxed_because="their manual, page 4",
            own_limits=(OwnLimit("97110", 1, Effect.CUT, "their contract"),),
        ),
        "a new contract",
    )
    clinic.close()
    return ptimer


def test_the_books_list_it(with_own):
    names = {each["name"]: each["shipped"] for each in with_own("payers", "--json").json["payers"]}

    assert names == {"Medicare": True, "Commercial (midpoint)": True, "Union Fund": False}
    assert "Union Fund" in with_own("payers").out
    assert "made by this clinic" in with_own("payers").out


def test_units_count_and_cap_as_it_does(with_own):
    counted = with_own("units", "97110=38", "97140=8", "--payer", "union fund", "--json").json

    # Each alone: 38 minutes are 3 units, cut to 1; 8 are 1.
    assert counted["rule"] == "midpoint"
    assert [(each["code"], each["units"]) for each in counted["codes"]] == [
        ("97110", 1),
        ("97140", 1),
    ]
    assert counted["codes"][0]["earned_units"] == 3
    overruled = with_own(
        "units", "97110=38", "--payer", "Union Fund", "--rule", "cms", "--json"
    ).json
    assert overruled["rule"] == "cms"


def test_conflicts_are_relaxed_as_it_allows(with_own):
    words = ("conflict", "97112", "G0283", "--payer")

    assert with_own(*words, "Union Fund").exit == 0
    assert with_own(*words, "Union Fund", "--json").json["relaxed"] == {
        "rule": "billed-alone",
        "payer": "Union Fund",
        "reason": "their manual, page 4",
    }
    assert with_own(*words, "Union Fund").out.strip() == (
        "G0283 may start while 97112 runs: Union Fund allows it, their manual, page 4 "
        "[billed-alone]"
    )
    assert with_own(*words, "Medicare").exit == 3


def test_a_start_and_a_file_may_name_it(with_own, tmp_path):
    line = "P-2,Union Fund,PT,Bo,therapist,97112,2026-11-23T08:00,2026-11-23T08:20"
    beside = line.replace("97112", "G0283")

    with_own.do("start 97112 --patient P-1 --discipline PT --payer 'union fund' --clinician Ana")
    with_own.do("start G0283 --patient P-1")
    with_own.do(f"import {segments_file(tmp_path / 'in.csv', line, beside)}")

    assert {visit["payer"] for visit in with_own.summary()["visits"]} == {"Union Fund"}
    assert {visit["rule"] for visit in with_own.summary()["visits"]} == {"midpoint"}


def test_without_the_record_nobody_knows_it(first):
    result = first("units", "97110=38", "--payer", "Union Fund", "--json")

    assert result.exit == 2
    assert result.error["reason"] == (
        "There is no payer Union Fund. There are: Medicare, Commercial (midpoint)"
    )
