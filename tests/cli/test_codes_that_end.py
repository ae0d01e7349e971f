"""92507 ends on 2026-12-31: on that day it starts, and on the next nobody can time it."""

import pytest

from tests.cli.command_line import Ptimer, at

START = ("start", "92507", "--patient", "P-1", "--discipline", "SLP", "--clinician", "Ana")


@pytest.fixture
def on(tmp_path):
    """The command line on a day."""
    return lambda day: Ptimer(tmp_path / "record", at(f"{day}T10:00:00"))


def test_on_its_last_day_it_starts(on):
    last = on("2026-12-31")

    assert last(*START).exit == 0
    assert last("status", "--json").json["running"][0]["code"] == "92507"


def test_on_the_day_after_a_start_is_told_why_and_nothing_is_recorded(on):
    after = on("2027-01-01")
    result = after(*START, "--json")

    assert result.exit == 2
    assert "92507" in result.error["reason"]
    assert "2026-12-31" in result.error["reason"]
    assert after("status", "--json").json["visits"] == []


def test_what_was_timed_before_stays_billed(on):
    last = on("2026-12-31")
    last(*START)
    last("stop", "--at", "10:00")

    (visit,) = on("2027-01-04")("summary", "--date", "2026-12-31", "--json").json["visits"]
    assert [(line["code"], line["units"]) for line in visit["lines"]] == [("92507", 1)]
