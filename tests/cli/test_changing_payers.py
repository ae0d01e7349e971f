"""Payers of the clinic's own are made, copied, changed and ended from the command line."""

import json
import sqlite3

import pytest

MINE = ("payers", "--copy", "Medicare", "--name", "My MA plan", "--why", "contract of 2026")


@pytest.fixture
def with_plan(ptimer):
    """A record with a copy of Medicare that cuts where Medicare warns, and warns where it cuts."""
    limits = ("--limit", "97110=6:cut:contract", "--limit", "97112=4:warn:contract")
    assert ptimer(*MINE, *limits).exit == 0
    return ptimer


def _audit(ptimer):
    (file,) = ptimer.folder.glob("*.db")
    with sqlite3.connect(file) as connection:
        row = connection.execute(
            "select action, reason, before, after from audit_log order by seq desc limit 1"
        ).fetchone()
    connection.close()
    before, after = (json.loads(each) if each else {} for each in row[2:])
    changed = {key for key in after if before.get(key) != after[key]}
    return row[0], row[1], changed


def test_a_copy_says_what_its_model_says_and_what_options_change(with_plan):
    by_name = {each["name"]: each for each in with_plan("payers", "--json").json["payers"]}
    mine, medicare = by_name["My MA plan"], by_name["Medicare"]

    differ = {key for key in mine if mine[key] != medicare[key]}
    assert differ == {"name", "limits", "shipped"}
    assert (mine["kx_threshold"], mine["pays_slp_assistants"]) == (True, False)
    counted = with_plan("units", "97110=100", "97112=83", "--payer", "my ma plan", "--json").json
    assert [(e["code"], e["units"]) for e in counted["codes"]] == [("97110", 6), ("97112", 5)]
    assert {w["source"] for w in counted["warnings"] if w["rule"] == "daily-limit"} == {
        "My MA plan: contract"
    }


def test_several_codes_are_limited_together(ptimer):
    ptimer(*MINE, "--limit", "97110, 97140=3:cut:contract, page 4")
    counted = ptimer("units", "97110=38", "97140=15", "--payer", "My MA plan", "--json").json

    assert [e["units"] for e in counted["codes"]] == [2, 1]
    assert counted["codes"][0]["earned_units"] == 3
    (warning,) = counted["warnings"]
    assert (warning["rule"], warning["code"]) == ("daily-limit", "97110")
    assert warning["source"] == "My MA plan: contract, page 4"


def test_a_change_touches_what_is_named_and_is_kept_with_its_reason(with_plan):
    changed = with_plan(
        *("payers", "--change", "my ma plan", "--why", "letter", "--no-kx", "--zero-lines"),
        *("--relax", "their letter", "--modifier", "96=97110:habilitative", "--json"),
        *("--no-limit", "97112", "--limit", "97110=5:warn:letter", "--no-assistant-modifiers"),
    ).json["payer"]

    assert changed["limits"] == [
        {"codes": ["97110"], "units": 5, "effect": "warn", "reason": "letter"}
    ]
    assert changed["required_modifiers"] == [
        {"modifier": "96", "codes": ["97110"], "reason": "habilitative"}
    ]
    assert (changed["kx_threshold"], changed["zero_unit_lines"]) == (False, True)
    assert (changed["relaxes_billed_alone"], changed["relaxed_because"]) == (True, "their letter")
    assert (changed["assistant_modifiers"], changed["follows_mue"]) == (False, True)
    assert _audit(with_plan) == (
        "payer-changed",
        "letter",
        {
            "own_limits",
            "required_modifiers",
            "kx_threshold",
            "zero_unit_lines",
            "relaxes_billed_alone",
            "relaxed_because",
            "assistant_modifiers",
        },
    )
    back = (
        "payers",
        "--change",
        "My MA plan",
        "--why",
        "over",
        "--no-relax",
        "--no-modifier",
        "96",
    )
    assert with_plan(*back, "--json").json["payer"]["required_modifiers"] == []


def test_all_settings_of_one_are_read(with_plan):
    told = with_plan("payers", "ma plan").out

    assert "97110: 6 a day, more is cut: contract" in told
    assert "97112: 4 a day, more is warned of: contract" in told
    assert "KX counts above the year's threshold" in told
    assert "read-only" in with_plan("payers", "medicare").out
    assert with_plan("payers", "nobody").out.strip() == "no payer is called nobody"


def test_a_new_payer_and_its_end(ptimer):
    ptimer("payers", "--add", "Union Fund", "--rule", "midpoint", "--why", "new")
    ended = ptimer("payers", "--end", "union fund", "--last", "2026-12-31", "--why", "over")

    assert "Union Fund" in ended.out
    assert "ended 2026-12-31" in ended.out
    assert _audit(ptimer) == ("payer-ended", "over", {"in_force_to"})


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--kx"], "Say which payer"),
        (["--no-kx"], "Say which payer"),
        (["--limit", "97110=4:cut:x"], "Say which payer"),
        (["--why", "x"], "Say which payer"),
        (["--add", "A", "--copy", "Medicare"], "One at a time"),
        (["medicare", "--add", "A"], "One at a time"),
        (["--copy", "Medicare", "--why", "x"], "Name the copy, too"),
        (["--copy", "Nobody", "--name", "A", "--why", "x"], "There is no payer Nobody"),
        (["--add", "A", "--name", "B", "--why", "x"], "--name goes with --copy"),
        (["--add", "A", "--last", "2026-12-31", "--why", "x"], "--last with --end"),
        (["--end", "My MA plan", "--kx", "--why", "x"], "settings with the others"),
        (["--add", "A"], "Give a reason"),
        (["--change", "Medicare", "--kx", "--why", "x"], "Medicare ships with ptimer"),
        (["--change", "My MA plan", "--kx", "--why", "x"], "says so already"),
        (["--change", "My MA plan", "--no-limit", "97116", "--why", "x"], "no limit of 97116"),
        (["--change", "My MA plan", "--no-modifier", "96", "--why", "x"], "wants no modifier 96"),
        (["--add", "A", "--why", "x", "--limit", "97110"], "97110 is no limit, such as"),
        (["--add", "A", "--why", "x", "--limit", "97110=4"], "is no limit, such as"),
        (["--add", "A", "--why", "x", "--limit", "97110=4:stop:x"], "is no limit, such as"),
        (["--add", "A", "--why", "x", "--limit", "97110=x:cut:x"], "x is no number of units"),
        (["--add", "A", "--why", "x", "--limit", "97110=4:cut"], "Say why 97110 is limited"),
        (["--add", "A", "--why", "x", "--limit", "0=4:cut:x"], "0 is not in the code book"),
        (["--add", "A", "--why", "x", "--modifier", "59:x"], "59 is put on lines by a rule"),
        (["--add", "A", "--why", "x", "--modifier", "96"], "Say why 96 is wanted"),
        (["--add", "A", "--why", "x", "--relax", " "], "Say why A lets supervised"),
    ],
)
def test_what_can_not_be_done_is_told_and_nothing_changes(with_plan, words, says):
    before = with_plan("payers", "--json").json
    result = with_plan("payers", *words, "--json")

    assert result.exit == 2
    assert says in result.error["reason"]
    assert with_plan("payers", "--json").json == before
