"""A visit is judged by the edition in force on its date; a signed one keeps those of its time."""

import pytest

from ptimer.operations import history_search, rule_importing, signing
from ptimer.operations.history_search import Wanted
from tests import cms_samples as cms

ROWS = cms.pair_rows()
NO_GROUP = [(*r[:3], "20260930", *r[4:]) if r[0] == "97150" and r[3] == "*" else r for r in ROWS]
Q4_PAIRS = cms.PTP_NAME.replace("q3", "q4").replace("v322", "v323")
Q4_LIMITS = cms.MUE_NAME.replace("07-01", "10-01")
LESS = [("97110", 2, 2) if code[0] == "97110" else code for code in cms.MUE_VALUES]


@pytest.fixture
def pairs_of_q4(clinic, tmp_path):
    """Bring in a table in which the pairs with group work have ended."""

    def pairs_of_q4():
        path = cms.ptp_file(tmp_path, NO_GROUP, name=Q4_PAIRS)
        return rule_importing.import_tables(clinic, path)

    return pairs_of_q4


@pytest.fixture
def limits_of_q4(clinic, tmp_path):
    """Bring in a table that allows two units of 97110 a day, and cuts."""

    def limits_of_q4(name=Q4_LIMITS):
        return rule_importing.import_tables(clinic, cms.mue_file(tmp_path, LESS, name=name))

    return limits_of_q4


@pytest.fixture
def both(timed):
    """Time an hour of 97110, then group work, and return the visit."""

    def both(patient="Ann"):
        timed("97150", patient, minutes=20)
        return timed("97110", patient, minutes=60).visit_id

    return both


def pairs(view):
    return [(w.code, w.source) for w in view.reckoning.warnings if w.rule == "ptp-pair"]


def test_an_open_visit_is_judged_by_the_edition_in_force(both, view, pairs_of_q4):
    visit_id = both()
    before = view(visit_id)
    assert pairs(before) == [
        ("97110", "NCCI practitioner pairs (therapy extract in force 2024-07-01)")
    ]
    assert "ptp-pair" in {item.rule for item in before.to_fix}

    pairs_of_q4()
    assert pairs(view(visit_id)) == []
    assert "ptp-pair" not in {item.rule for item in view(visit_id).to_fix}
    assert view(visit_id).rules.source("ptp-pair") == (
        f"NCCI practitioner pairs, table of 2026-10-01 ({Q4_PAIRS}.zip)"
    )


def test_a_signed_visit_keeps_its_pairs_until_it_is_amended(
    both, view, sign, clinic, clock, pairs_of_q4
):
    visit_id = both()
    sign(visit_id)
    clock.advance(minutes=1)
    pairs_of_q4()

    assert [code for code, _ in pairs(view(visit_id))] == ["97110"]
    signing.amend(clinic, visit_id, "a slip")
    assert pairs(view(visit_id)) == []


def test_a_visit_signed_after_the_import_is_judged_by_it(both, view, sign, clock, pairs_of_q4):
    pairs_of_q4()
    clock.advance(minutes=1)
    visit_id = both()
    sign(visit_id)

    assert pairs(view(visit_id)) == []


def test_units_a_day_count_for_later_dates_and_not_for_signed_visits(
    both, view, sign, clinic, clock, limits_of_q4
):
    signed, still_open = both("Ann"), both("Bob")
    sign(signed)
    clock.advance(minutes=1)
    limits_of_q4()

    units = {each: view(each).reckoning.line("97110").units for each in (signed, still_open)}
    assert units == {signed: 4, still_open: 2}
    (warning,) = [w for w in view(still_open).reckoning.warnings if w.rule == "daily-limit"]
    assert warning.source.startswith("CMS medically unlikely edits, practitioner table of 2026-10")
    assert view(still_open).book["97110"].mue == 2
    counted = history_search.totals(clinic, Wanted(), lambda *_: None).all
    shown = [view(each).reckoning for each in (signed, still_open)]
    assert counted.timed_units == sum(each.timed_units for each in shown)
    assert counted.untimed_units == sum(each.untimed_units for each in shown)


def test_units_a_day_of_a_quarter_to_come_do_not_count_yet(both, view, limits_of_q4):
    visit_id = both()
    limits_of_q4(cms.MUE_NAME.replace("07-01-2026", "01-01-2027"))

    assert view(visit_id).reckoning.line("97110").units == 4


def test_what_another_program_brings_in_counts_here(both, view, another, tmp_path):
    visit_id = both()
    path = cms.ptp_file(tmp_path, NO_GROUP, name=Q4_PAIRS)
    rule_importing.import_tables(another(), path)

    assert pairs(view(visit_id)) == []
