"""What stands in resources/rules, against the engine that works by it."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest

from ptimer import resources
from ptimer.billing.codebook import Discipline
from ptimer.billing.conflicts import Rule
from ptimer.billing.payers import Effect, Payer, UnitRule
from ptimer.billing.units import MINUTES_FOR_FIRST_UNIT, MINUTES_PER_UNIT


@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_the_engine_counts_by_the_files_figures(rule):
    figures = tomllib.loads(resources.text("rules", "units.toml"))[rule]

    assert figures == {
        "minutes_per_unit": MINUTES_PER_UNIT,
        "minutes_for_first_unit": MINUTES_FOR_FIRST_UNIT,
    }
    assert (MINUTES_PER_UNIT, MINUTES_FOR_FIRST_UNIT) == (15, 8)


@pytest.mark.parametrize(
    "rule",
    [
        *(rule.value for rule in Rule),
        *("cms-8-minute", "midpoint", "daily-limit", "over-60-minutes", "one-evaluation"),
        *("sign-off", "mue", "minutes", "modifiers"),
    ],
)
def test_every_rule_has_a_source_and_a_title(rulebook, rule):
    (source,) = [source for source in rulebook.rules.sources if source.rule == rule]

    assert rulebook.rules.source(rule) == source.text != ""
    assert source.title


def test_a_rule_that_nobody_wrote_down_has_no_source(rulebook):
    assert rulebook.rules.source("no-such-rule") == ""


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("cms-8-minute", "chapter 5, section 20.2"),
        ("evaluation-apart", "11 Part B Billing Scenarios"),
        ("group-apart", "(e) and (f)"),
        ("billed-alone", "practice guide for 97112"),
        ("one-clinician-one-service", "(a) to (d)"),
        ("qualified-only", "chapter 15"),
    ],
)
def test_a_source_is_the_one_that_the_rule_rests_on(rulebook, rule, words):
    assert words in rulebook.rules.source(rule)


def test_97112_is_limited_to_4_units_for_every_payer(rulebook):
    (limit,) = rulebook.rules.daily_limits

    assert (limit.code, limit.units, limit.effect) == ("97112", 4, Effect.CUT)
    assert limit.source


def test_97112_alone_is_asked_about_past_60_minutes(rulebook):
    assert [(rule.code, rule.minutes) for rule in rulebook.rules.long_treatments] == [("97112", 60)]
    assert rulebook.rules.long_treatment("97110") is None


def test_one_evaluation_a_visit_covers_both_disciplines(rulebook):
    assert {rule.codes for rule in rulebook.rules.one_evaluation} == {
        ("97161", "97162", "97163", "97164"),
        ("97165", "97166", "97167", "97168"),
    }


def test_a_rule_holds_from_its_first_day_through_its_last(rulebook):
    limit = replace(
        rulebook.rules.daily_limits[0],
        in_force_from=date(2026, 1, 1),
        in_force_to=date(2026, 12, 31),
    )
    rules = replace(rulebook.rules, daily_limits=(limit,))

    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [rules.on(day).daily_limit("97112") is not None for day in days] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize("discipline", Discipline)
def test_the_cards_of_a_discipline_are_codes_that_it_may_time(rulebook, discipline):
    cards = rulebook.rules.disciplines[discipline].cards

    assert len(set(cards)) == len(cards) == 5
    for card in cards:
        code = rulebook.codes[card]
        assert discipline in code.disciplines
        assert rulebook.codes.why_not_startable(code, date(2026, 11, 23)) is None


def test_two_payers_are_shipped_and_nothing_of_theirs_is_relaxed(rulebook):
    medicare, midpoint = rulebook.payers

    assert (medicare.name, medicare.unit_rule) == ("Medicare", UnitRule.CMS)
    assert (midpoint.name, midpoint.unit_rule) == ("Commercial (midpoint)", UnitRule.MIDPOINT)
    assert (medicare.follows_mue, midpoint.follows_mue) == (True, False)
    assert (medicare.pays_slp_assistants, midpoint.pays_slp_assistants) == (False, True)
    for payer in (medicare, midpoint):
        assert payer.shipped
        assert payer.source
        assert not payer.relaxes_billed_alone
        assert not payer.zero_unit_lines
        assert payer.own_limits == ()


def test_a_payer_of_the_clinics_own_pays_as_usual_until_told_otherwise():
    payer = Payer("Acme", UnitRule.MIDPOINT)

    assert payer.pays_slp_assistants
    assert not any(
        (payer.follows_mue, payer.relaxes_billed_alone, payer.zero_unit_lines, payer.shipped)
    )


@pytest.mark.parametrize("written", ["medicare", "MEDICARE", " Medicare "])
def test_a_payer_is_found_whatever_its_capitals(rulebook, written):
    assert rulebook.payers.find(written).name == "Medicare"


def test_an_unknown_payer_is_not_found(rulebook):
    assert rulebook.payers.find("Medicaid") is None
    assert rulebook.payers.names() == ["Medicare", "Commercial (midpoint)"]


def test_the_rule_book_names_its_edition(rulebook):
    assert rulebook.edition == "CMS 2026"
