"""On the same day (`ptp-pair`), by the visit (`one-evaluation`), and the modifiers (rules.md)."""

import pytest

PT = "Ann,Medicare,PT,Kim,therapist"


def at(code, start, end, who=PT):
    return f"{who},{code},2026-11-23T{start},2026-11-23T{end}"


@pytest.fixture
def pair(comes_in):
    """Group work, then work one on one: column 2 is 97110."""
    comes_in(at("97150", "08:00", "08:30"), at("97110", "08:30", "09:00"))


def _modifiers(visit):
    return {line["code"]: line["modifiers"] for line in visit["lines"]}


def test_one_evaluation_any_two_are_warned_of_and_listed(comes_in, visit):
    comes_in(at("97161", "08:00", "08:20"), at("97162", "08:20", "08:40"))
    assert [item["rule"] for item in visit()["to_fix"]] == ["one-evaluation"]


def test_ptp_pair_both_are_done_and_billed_and_no_modifier_is_added_silently(pair, visit):
    assert [line["units"] for line in visit()["lines"]] == [1, 2]
    assert _modifiers(visit()) == {"97150": ["GP"], "97110": ["GP"]}
    assert "ptp-pair" in [item["rule"] for item in visit()["to_fix"]]


def test_ptp_pair_is_attested_once_and_the_segments_are_the_proof(pair, ptimer, visit):
    ptimer.do("attest --patient Ann --apart --clinician Kim")
    assert _modifiers(visit()) == {"97150": ["GP"], "97110": ["59", "GP"]}
    told = " ".join(w["text"] for w in visit()["warnings"])
    assert "Kim attests that their minutes were apart" in told


def test_ptp_pair_minutes_that_were_not_apart_are_not_attested(comes_in, refuses):
    comes_in(at("97012", "08:00", "08:20"), at("97140", "08:10", "08:30"))
    assert refuses("attest --patient Ann --apart") == "ptp-pair"


def test_ptp_pair_what_a_person_removes_stays_removed(pair, ptimer, visit):
    ptimer.do(
        "attest --patient Ann --modifier XE",
        "attest --patient Ann --remove",
        "start 97110 --patient Ann --at 09:10",
        "stop --at 09:20",
    )
    assert _modifiers(visit())["97110"] == ["GP"]


def test_ptp_pair_indicator_0_can_not_be_billed_together_at_all(comes_in, refuses, visit):
    comes_in(at("97140", "08:00", "08:15"), at("97124", "08:15", "08:30"))
    assert "no modifier helps" in " ".join(w["text"] for w in visit()["warnings"])
    assert refuses("attest --patient Ann --apart") == "ptp-pair"


@pytest.mark.parametrize(
    "codes",
    [("97530", "97116"), ("97161", "97140"), ("97140", "97530"), ("97164", "97112")],
)
def test_ptp_pair_an_ended_one_does_not_fire(comes_in, visit, codes):
    first, second = codes
    comes_in(at(first, "08:00", "08:20"), at(second, "08:20", "08:40"))
    assert "ptp-pair" not in [w["rule"] for w in visit()["warnings"]]


def test_ptp_pair_the_edition_is_named(pair, ptimer):
    ptimer.do("attest --patient Ann --apart")
    found = ptimer("why", "--patient", "Ann", "--json").json
    (rule,) = [each for each in found["rules"] if each["rule"] == "ptp-pair"]
    assert "2024-07-01" in rule["edition"]


@pytest.mark.parametrize(("discipline", "modifier"), [("PT", "GP"), ("OT", "GO"), ("SLP", "GN")])
def test_modifiers_gp_go_gn_by_discipline_on_every_line(comes_in, visit, discipline, modifier):
    who = f"Ann,Medicare,{discipline},Kim,therapist"
    comes_in(at("97129", "08:00", "08:40", who), at("97150", "08:40", "09:10", who))
    assert all(line["modifiers"] == [modifier] for line in visit()["lines"])


@pytest.mark.parametrize(("discipline", "expected"), [("PT", "CQ"), ("OT", "CO")])
def test_modifiers_cq_co_unit_by_unit_and_the_line_is_split(comes_in, visit, discipline, expected):
    kim, pat = (f"Ann,Medicare,{discipline},{who}" for who in ("Kim,therapist", "Pat,assistant"))
    comes_in(
        at("97110", "08:00", "08:13", kim),
        at("97110", "08:13", "08:36", pat),
        at("97140", "08:36", "09:06", kim),
    )
    plan = {"PT": "GP", "OT": "GO"}[discipline]
    found = [(line["code"], line["units"], line["modifiers"]) for line in visit()["lines"]]
    assert found == [
        ("97110", 1, [plan]),
        ("97110", 1, [expected, plan]),
        ("97140", 2, [plan]),
    ]


def test_modifiers_kx_once_the_threshold_is_reached_and_the_necessity_is_attested(
    comes_in, ptimer, visit
):
    comes_in(at("97112", "08:00", "08:30"))
    ptimer.do(
        "fees --payer Medicare --year 2026 --set 97112=40",
        "fees --patient Ann --discipline PT --year 2026 --elsewhere 2300",
    )
    assert "kx" in [w["rule"] for w in visit()["warnings"]], "near"
    ptimer.do("fees --patient Ann --discipline PT --year 2026 --elsewhere 2400")
    assert "kx" in [item["rule"] for item in visit()["to_fix"]], "reached"
    assert _modifiers(visit())["97112"] == ["GP"]
    ptimer.do("attest --patient Ann --kx")
    assert _modifiers(visit())["97112"] == ["KX", "GP"]
