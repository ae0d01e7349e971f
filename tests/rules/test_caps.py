"""Caps (`daily-limit`) and long treatment (`over-60-minutes`), by the table of rules.md."""

from dataclasses import replace

import pytest

from ptimer.billing.payers import Effect
from ptimer.billing.unit_limits import limit_for

EVERY_PAYER = ("Medicare", "Commercial (midpoint)", None)


@pytest.fixture
def counted(ptimer):
    """Count minutes for a payer: `counted("97112=83", payer="Medicare")`."""

    def counted(*words, payer=None):
        named = ("--payer", payer) if payer else ()
        result = ptimer("units", *words, *named, "--json")
        assert result.exit == 0, result.err
        return result.json

    return counted


@pytest.fixture
def acme(ptimer):
    """Make a payer of the clinic's own with these options."""
    return lambda *words: ptimer("payers", "--add", "Acme", "--why", "contract", *words)


def _daily(counted):
    return [each for each in counted["warnings"] if each["rule"] == "daily-limit"]


def _units(counted):
    return {each["code"]: each["units"] for each in counted["codes"]}


@pytest.mark.parametrize("payer", EVERY_PAYER)
def test_daily_limit_cuts_97112_to_four_for_every_payer(counted, payer):
    found = counted("97112=83", payer=payer)

    assert (found["codes"][0]["units"], found["codes"][0]["earned_units"]) == (4, 6)
    assert "cut to 4" in _daily(found)[0]["text"]
    assert _daily(found)[0]["source"]
    assert not _daily(counted("97112=67", payer=payer)), "four are fine"


def test_daily_limit_of_97112_is_one_for_each_discipline(comes_in, visit):
    who = "Ann,Medicare,PT,Kim,therapist,97112,2026-11-23T"
    comes_in(f"{who}05:00,2026-11-23T06:08", who.replace("PT", "OT") + "08:00,2026-11-23T09:08")

    assert [visit(discipline=each)["timed_units"] for each in ("PT", "OT")] == [4, 4]


def test_daily_limit_medicare_cuts_at_indicator_2(rulebook):
    medicare, rules = rulebook.payers["Medicare"], rulebook.rules
    limit = limit_for(rulebook.codes["97161"], medicare, rules)

    assert rulebook.codes["97161"].mue_indicator == 2
    assert (limit.units, limit.effect, limit.after(2)) == (1, Effect.CUT, 1)
    warning = limit_for(rulebook.codes["97161"], None, rules)
    assert (warning.effect, warning.after(2)) == (Effect.WARN, 2), "no payer named: it warns"


@pytest.mark.parametrize("code", ["97110", "97035"], ids=["indicator-3", "indicator-unknown"])
def test_daily_limit_medicare_warns_at_indicator_3_or_unknown(counted, code):
    found = counted(f"{code}=98", payer="Medicare")

    assert _units(found) == {code: 7}
    assert "may be paid with documentation" in _daily(found)[0]["text"]


def test_daily_limit_of_0_warns_and_names_what_to_use_instead(counted, rulebook):
    found = counted("97014=10", payer="Medicare")

    assert _units(found) == {"97014": 1}
    assert "use G0283" in _daily(found)[0]["text"]
    never_cut = replace(rulebook.codes["97014"], mue=0, mue_indicator=2)
    assert limit_for(never_cut, rulebook.payers["Medicare"], rulebook.rules).after(1) == 1


def test_daily_limit_other_payers_have_97112s_and_their_own_alone(counted, acme):
    acme("--limit", "97116=2:cut:contract")
    found = counted("97112=83", "97110=98", "97035=38", "97014=10", "97116=46", payer="Acme")

    assert {each["code"] for each in _daily(found)} == {"97112", "97116"}


def test_daily_limit_no_payer_named_97112_cuts_and_medicares_others_warn(counted):
    found = counted("97112=83", "97110=98", "97035=38")

    assert {each["code"] for each in _daily(found)} == {"97112", "97110", "97035"}
    assert [each["code"] for each in found["codes"] if "earned_units" in each] == ["97112"]


@pytest.mark.parametrize(
    ("option", "code", "units"),
    [("97112=4:warn:letter", "97112=83", 6), ("97110=6:cut:letter", "97110=98", 6)],
    ids=["a-cut-warns", "a-warning-cuts"],
)
def test_daily_limit_a_payer_may_change_each_with_a_reason(counted, ptimer, option, code, units):
    copy = ("payers", "--copy", "Medicare", "--name", "Mine", "--why", "letter", "--limit")
    assert ptimer(*copy, option.replace("letter", "")).exit == 2, "a reason is asked for"
    ptimer(*copy, option)
    found = counted(code, payer="Mine")

    assert found["total_units"] == units
    assert _daily(found)[0]["source"] == "Mine: letter"


def test_daily_limit_a_unit_that_is_cut_is_not_moved_to_another_code(counted):
    found = counted("97112=83", "97110=15")

    assert _units(found) == {"97112": 4, "97110": 1}
    assert found["choices"] == [{"97112": 6, "97110": 1}]


def test_daily_limit_a_cap_never_touches_minutes(counted):
    found = counted("97112=83", "97110=15")

    assert found["timed_minutes"] == found["total_minutes"] == 98
    assert [each["minutes"] for each in found["codes"]] == [83, 15]


def test_daily_limit_of_several_codes_together_is_explained(counted, acme):
    acme("--limit", "97110,97140=3:cut:page 4")
    found = counted("97110=38", "97140=15", "97116=15", payer="Acme")

    assert _units(found) == {"97110": 2, "97140": 1, "97116": 1}
    assert "Acme pays at most 3 a day: 97110 is cut to 2" in _daily(found)[0]["text"]
    assert any("what stands for the fewest minutes goes first" in step for step in found["steps"])
    assert found["timed_minutes"] == 68


@pytest.mark.parametrize(("minutes", "asked"), [(60, False), (61, True)])
def test_over_60_minutes_asks_why_past_60(comes_in, visit, minutes, asked):
    end = f"09:{minutes - 60:02}"
    comes_in(f"Ann,Medicare,PT,Kim,therapist,97112,2026-11-23T08:00,2026-11-23T{end}")

    assert ("over-60-minutes" in [item["rule"] for item in visit()["to_fix"]]) == asked


def test_over_60_minutes_is_missing_until_it_is_given_and_then_kept(comes_in, ptimer, visit):
    comes_in("Ann,Medicare,PT,Kim,therapist,97112,2026-11-23T08:00,2026-11-23T09:10")
    sign = ["sign", "--patient", "Ann", "--clinician", "Kim", "--credentials", "PT"]
    refused = ptimer(*sign, "--json")
    assert (refused.exit, refused.error["rule"]) == (3, "sign-off")
    assert any("97112 ran 70 minutes" in each for each in refused.error["missing"])

    assert ptimer(*sign, "--over-60", "two falls last week").exit == 0
    assert any("two falls last week" in each["text"] for each in visit()["warnings"])


def test_over_60_minutes_is_data_for_each_code(counted, rulebook):
    assert not [w for w in counted("97110=90")["warnings"] if w["rule"] == "over-60-minutes"]
    assert [each.code for each in rulebook.rules.long_treatments] == ["97112"]
