"""The skilled parts and the patient's goals, from the command line."""

import pytest

START = "start 97112 --patient P-1 --discipline OT --clinician Ana --at 09:00"


@pytest.fixture
def treated(ptimer):
    """P-1 was treated with 97112 this morning."""
    ptimer.do(START, "stop --at 09:20")
    return ptimer


def test_fields_are_written_one_by_one_and_shown_together(treated):
    treated("goals", "--patient", "P-1", "--add", "stand five minutes")
    written = treated(
        *("skilled", "--patient", "P-1", "--code", "97112", "--component", "balance"),
        *("--component", "Posture", "--assistance", "hands-on", "--amount", "half"),
        *("--goal", "1", "--pain-before", "4", "--tick", "history", "--json"),
    )
    treated("skilled", "--patient", "P-1", "--pain-after", "3", "--outcome", "4 of 5")
    treated("skilled", "--patient", "P-1", "--amount", "")

    assert written.json["codes"]["97112"]["component"] == ["balance", "posture"]
    assert treated("skilled", "--patient", "P-1").out.splitlines() == [
        "97112 · What was worked on: balance, posture",
        "97112 · Assistance: hands-on",
        "97112 · Pain, before and after: 4 before, 3 after, of 10",
        "97112 · Outcome: 4 of 5",
        "97112 · Goal it serves: 1 · stand five minutes",
        "In the chart: history",
    ]
    shown = treated("skilled", "--patient", "P-1", "--json").json
    assert shown == {
        "patient": "P-1",
        "date": "2026-11-23",
        "discipline": "OT",
        "codes": {
            "97112": {
                "component": ["balance", "posture"],
                "assistance": ["hands-on"],
                "pain": ["4", "3"],
                "outcome": ["4 of 5"],
                "goal": "1 · stand five minutes",
            }
        },
        "chart": ["history"],
        "repetitive": {},
    }
    assert (
        treated("skilled", "--patient", "P-1", "--untick", "history", "--json").json["chart"] == []
    )


@pytest.mark.parametrize(
    "words",
    [
        "--amount loads",
        "--pain-before 11",
        "--goal 3",
        "--tick nonsense",
        "--code 97110 --outcome well",
        "--discipline SLP --outcome well",
    ],
)
def test_what_can_not_be_used_is_told_and_changes_nothing(treated, words):
    result = treated(*f"skilled --patient P-1 {words}".split(), "--json")

    assert result.exit == 2
    assert result.error["reason"]
    assert treated("skilled", "--patient", "P-1").out == "P-1: nothing on record\n"


def test_of_several_codes_one_is_named(treated):
    treated.do("start 97530 --patient P-1 --at 09:20", "stop --at 09:40")

    assert "97112, 97530" in treated("skilled", "--patient", "P-1", "--outcome", "well").err
    named = treated("skilled", "--patient", "P-1", "--code", "97530", "--outcome", "well", "--json")
    assert named.json["codes"]["97530"] == {"outcome": ["well"]}


def test_the_last_visit_is_taken_over_only_when_that_is_asked(treated):
    treated("skilled", "--patient", "P-1", "--outcome", "4 of 5", "--pain-before", "4")
    treated.clock.advance(hours=24)
    treated.do(START, "stop --at 09:20")
    assert treated("skilled", "--patient", "P-1").out == "P-1: nothing on record\n"

    treated("skilled", "--patient", "P-1", "--as-last-visit")

    assert treated("skilled", "--patient", "P-1").out.splitlines() == [
        "97112 · Outcome: 4 of 5",
        "97112 · Taken over in part from the visit of 2026-11-23",
    ]


def test_the_same_words_in_four_visits_are_told(treated):
    for _ in range(4):
        told = treated("skilled", "--patient", "P-1", "--outcome", "well")
        treated.clock.advance(hours=24)
        treated.do(START, "stop --at 09:20")

    assert "97112: outcome: the same words as in the last three visits [repetitive]" in told.err


def test_a_signed_visit_refuses(treated):
    treated("sign", "--patient", "P-1", "--credentials", "OTR/L")

    refused = treated("skilled", "--patient", "P-1", "--outcome", "well", "--json")

    assert refused.exit == 3
    assert refused.error["rule"] == "visit-signed"


def test_goals_are_listed_added_and_ended(treated):
    treated("goals", "--patient", "P-1", "--add", "stand five minutes")
    treated("goals", "--patient", "P-1", "--add", "reach overhead")

    ended = treated("goals", "--patient", "P-1", "--end", "1", "--json")

    assert ended.json["goals"] == [
        {"number": 1, "goal": "stand five minutes", "ended": True},
        {"number": 2, "goal": "reach overhead", "ended": False},
    ]
    assert treated("goals", "--patient", "P-1").out.splitlines() == [
        "1  stand five minutes  (ended)",
        "2  reach overhead",
    ]


@pytest.mark.parametrize("words", ["--add x --end 1", "--end 9", "--end 0", "--end x"])
def test_a_goal_that_can_not_be_changed_is_told_and_nothing_is(treated, words):
    assert treated(*f"goals --patient P-1 {words}".split()).exit == 2
    assert treated("goals", "--patient", "P-1").out == "P-1 has no goals\n"
