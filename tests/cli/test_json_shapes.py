"""The JSON of each command has the keys and types that cli.md prints; its examples hold."""

import pytest

from tests.cli import shapes
from tests.cli.command_line import segments_file

TREATED = (
    "start 97112 --patient P-1 --payer Medicare --discipline OT --clinician Ana --at 09:00",
    "stop --at 09:24",
    "start 97110 --patient P-1 --at 09:24",
)

SHAPES = [
    ("units 97112=24 97110=23", shapes.UNITS, 0),
    ("units 97112=83 --payer Medicare", shapes.UNITS, 0),
    ("units 97129=38 97161=10 97597=0 --area 97597=3 --rule midpoint", shapes.UNITS, 0),
    ("units 97112=0", shapes.UNITS, 0),
    ("conflict 97110 G0283", shapes.ALLOWED, 0),
    ("conflict 97112 97110", shapes.REFUSED, 3),
    ("conflict 97112 97110", shapes.ERROR_OF_A_RULE, 3),
    ("codes stim", shapes.CODES, 0),
    ("payers", shapes.PAYERS, 0),
    ("start 97150 --patient P-3 --patient P-4 --clinician Bo", shapes.STARTED, 0),
    ("start 97112 --patient P-1 --switch", shapes.STARTED, 0),
    ("start 97110 --patient P-1", shapes.STARTED, 0),
    ("start 97112 --patient P-1", shapes.ERROR_OF_A_RULE, 3),
    ("start 97112 --patient P-1 --at noon", shapes.ERROR, 2),
    ("stop", shapes.STOPPED, 0),
    ("status", shapes.STATUS, 0),
    ("status --clinician Bo", shapes.STATUS, 0),
    ("summary", shapes.SUMMARY, 0),
    ("summary --clinician Bo", shapes.SUMMARY, 0),
    ("sign --patient P-1 --credentials OTR/L", shapes.ERROR_OF_A_RULE, 3),
    ("amend --patient P-1 --why slip", shapes.ERROR, 2),
    ("export -o lines.csv", shapes.BILLER_LINES, 0),
    ("export -o lines.csv --include-unsigned", shapes.BILLER_LINES, 0),
    ("export -o lines.csv --layout segments --include-unsigned", shapes.SEGMENTS, 0),
    ("backup", shapes.BACKED_UP, 0),
    ("salvage -o new.db", shapes.SALVAGED, 0),
    ("check", shapes.CHECKED, 0),
    ("demo", shapes.DEMO, 0),
]


@pytest.mark.parametrize(("words", "shape", "status"), SHAPES)
def test_the_document_has_the_keys_and_types_of_the_contract(
    words, shape, status, ptimer, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    ptimer.do(*TREATED)

    result = ptimer(*words.split(), "--json")

    assert result.exit == status
    assert list(shapes.misfits(shape, result.json)) == []


ON_NOTHING = [
    ("stop", shapes.STOPPED),
    ("status", shapes.STATUS),
    ("summary", shapes.SUMMARY),
    ("export -o lines.csv", shapes.BILLER_LINES),
    ("export -o lines.csv --layout segments", shapes.SEGMENTS),
    ("backup", shapes.BACKED_UP),
    ("backups", shapes.BACKUPS),
    ("check", shapes.CHECKED),
]


@pytest.mark.parametrize(("words", "shape"), ON_NOTHING)
def test_an_empty_folder_has_the_same_keys(words, shape, first, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert list(shapes.misfits(shape, first(*words.split(), "--json").json)) == []


def test_what_is_signed_and_opened_again(ptimer):
    ptimer.do(*TREATED, "stop --at 09:40")

    signed = ptimer("sign", "--patient", "P-1", "--credentials", "OTR/L", "--json").json
    amended = ptimer("amend", "--patient", "P-1", "--why", "slip", "--json").json

    assert list(shapes.misfits(shapes.SIGNED, signed)) == []
    assert list(shapes.misfits(shapes.AMENDED, amended)) == []


def test_what_comes_in_and_what_does_not(ptimer, tmp_path):
    line = "P-1,Medicare,OT,Ana,therapist,{},2026-11-23T08:00,2026-11-23T08:20"
    good = segments_file(tmp_path / "good.csv", line.format("97112"))
    bad = segments_file(tmp_path / "bad.csv", line.format("nothing"))
    both = segments_file(tmp_path / "both.csv", line.format("97112"), line.format("97110"))

    refused, came_in = ptimer("import", both, "--json"), ptimer("import", good, "--json")

    assert list(shapes.misfits(shapes.IMPORTED, came_in.json)) == []
    assert list(shapes.misfits(shapes.ERROR_OF_A_RULE, refused.json)) == []
    assert list(shapes.misfits(shapes.ERROR_IN_A_FILE, refused.json)) == []
    assert list(shapes.misfits(shapes.ERROR_IN_A_FILE, ptimer("import", bad, "--json").json)) == []


def test_what_is_backed_up_and_what_a_restore_would_lose(ptimer):
    ptimer.do(*TREATED)
    kept = ptimer("backup", "--json").json["file"]
    ptimer.do("stop --at 09:40")

    listed = ptimer("backups", "--json").json
    seen = ptimer("restore", kept, "--preview", "--json").json

    assert list(shapes.misfits(shapes.BACKUPS, listed)) == []
    assert list(shapes.misfits(shapes.PREVIEW, seen)) == []
    assert listed["backups"][0]["file"] == kept
    assert seen["lost"]["by_visit"][0]["changes"] > 0


def test_what_is_restored(ptimer, tmp_path):
    kept = str(tmp_path / "kept.db")
    ptimer("backup", kept)

    assert list(shapes.misfits(shapes.RESTORED, ptimer("restore", kept, "--json").json)) == []


def test_the_example_of_two_codes(first):
    counted = first("units", "97112=24", "97110=23", "--json").json

    # 24 + 23 = 47 minutes, and 38 to 52 allow 3 units: 15 + 15, and the third goes to 9 over 8.
    expected = {
        "rule": "cms",
        "timed_minutes": 47,
        "total_minutes": 47,
        "total_units": 3,
        "codes": [
            {"code": "97112", "minutes": 24, "units": 2, "timed": True},
            {"code": "97110", "minutes": 23, "units": 1, "timed": True},
        ],
        "choices": [{"97112": 2, "97110": 1}],
        "warnings": [],
        "next_unit_at": 53,
    }
    assert expected == {key: counted[key] for key in expected}
    assert counted["steps"][0] == "47 timed minutes allow 3 units (38 to 52)"


def test_the_example_of_a_cap(first):
    result = first("units", "97112=83", "--json")

    counted = result.json
    assert result.exit == 0
    assert counted["total_units"] == 4
    assert counted["codes"] == [
        {"code": "97112", "minutes": 83, "units": 4, "timed": True, "earned_units": 6}
    ]
    assert [each["rule"] for each in counted["warnings"]] == ["daily-limit", "over-60-minutes"]


def test_under_midpoint_each_code_has_its_own_next_unit(first):
    counted = first("units", "97112=24", "97110=8", "--rule", "midpoint", "--json").json

    assert counted["next_unit_at"] is None
    assert [each["next_unit_at"] for each in counted["codes"]] == [38, 23]


def test_a_tie_shows_every_choice_before_caps_and_no_earned_units_where_nothing_is_cut(first):
    counted = first("units", "97112=20", "97110=20", "--json").json

    assert counted["choices"] == [{"97112": 2, "97110": 1}, {"97112": 1, "97110": 2}]
    assert all("earned_units" not in each for each in counted["codes"])


def test_the_codes_of_units_stand_in_the_order_given(first):
    counted = first("units", "97140=10", "97110=10", "97140=5", "--json").json

    assert [(each["code"], each["minutes"]) for each in counted["codes"]] == [
        ("97140", 15),
        ("97110", 10),
    ]


def test_the_summary_of_a_day_that_was_built_by_hand(ptimer):
    ptimer.do(
        "start 97112 --patient P-1042 --payer Medicare --discipline OT --clinician Ana --at 09:09",
        "stop --at 09:33",
        "start 97110 --patient P-1042 --at 09:33",
        "stop --at 09:56",
        "start 97165 --patient P-1042 --at 09:56:00",
        "stop --at 10:00",
    )

    day = ptimer.summary()

    # 24 + 23 = 47 timed minutes and 4 of an evaluation: 51 minutes of treatment, 3 + 1 units.
    totals = {"timed_minutes": 47, "total_minutes": 51, "timed_units": 3, "units": 4}
    assert day["totals"] == {"visits": 1, **totals}
    (visit,) = day["visits"]
    assert totals == {key: visit[key] for key in totals}
    assert (visit["rule"], visit["status"], visit["clinicians"]) == ("cms", "open", ["Ana"])
    first_line = {"code": "97112", "minutes": 24, "units": 2, "modifiers": ["GO"]}
    assert first_line == {key: visit["lines"][0][key] for key in first_line}
    assert visit["lines"][0]["segments"] == [["09:09:00", "09:33:00"]]
    assert visit["to_fix"] == []


def test_the_status_says_since_when_and_for_how_many_seconds(ptimer, clock):
    ptimer.do("start 97112 --patient P-1 --discipline OT --clinician Ana --at 09:35:53")
    clock.advance(seconds=0.9)

    told = ptimer("status", "--json").json

    assert told["running"][0] == {
        "patient": "P-1",
        "code": "97112",
        "discipline": "OT",
        "clinician": "Ana",
        "role": "therapist",
        "since": "2026-11-23T09:35:53+00:00",
        "seconds": 1447,
        "in_doubt": False,
    }
    assert told["visits"] == ptimer.summary()["visits"], "as in summary"


def test_rest_and_not_billable_minutes_are_no_treatment(first):
    counted = first("units", "97112=15", "REST=5", "NB=10", "G0283=20", "--json").json

    assert (counted["timed_minutes"], counted["total_minutes"]) == (15, 35)
    assert (counted["total_units"], counted["timed_units"]) == (2, 1)
