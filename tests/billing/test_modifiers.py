"""Which rows a code becomes for the biller, and what stands on each."""

from dataclasses import replace

import pytest

from ptimer.billing.assistants import Parts
from ptimer.billing.attestation import Attestation, pairs_of
from ptimer.billing.codebook import Discipline
from ptimer.billing.modifiers import Grounds, billed_lines
from ptimer.billing.payers import RequiredModifier
from ptimer.billing.ptp_edits import PtpEdit
from ptimer.timing.clock import Instant
from ptimer.wording import say


@pytest.fixture
def rows(rulebook, rules, count):
    """Count a visit and return `(code, units, minutes, modifiers)` of each row."""

    def rows(minutes, discipline="PT", parts=None, rule="cms", payer="Medicare", **more):
        grounds = Grounds(
            Discipline(discipline),
            rules,
            rulebook.codes,
            payer=rulebook.payers[payer] if isinstance(payer, str) else payer,
            parts={code: Parts(t + a, t, a) for code, (t, a) in (parts or {}).items()},
            **more,
        )
        counted = count(minutes, rule=rule, payer=grounds.payer)
        return [
            (row.line.code.code, row.units, row.minutes, " ".join(row.modifiers))
            for row in billed_lines(counted, grounds)
        ]

    return rows


@pytest.mark.parametrize(("discipline", "modifier"), [("PT", "GP"), ("OT", "GO"), ("SLP", "GN")])
def test_every_billed_row_carries_its_disciplines_modifier(rows, discipline, modifier):
    assert rows({"97112": 24, "97110": 23}, discipline) == [
        ("97112", 2, 24, modifier),
        ("97110", 1, 23, modifier),
    ]


def test_a_code_that_bills_nothing_is_one_row_without_modifiers(rows):
    assert rows({"97112": 7}, parts={"97112": (0, 7)}) == [("97112", 0, 7, "")]


def test_cms_example_splits_the_line_where_its_units_differ(rows):
    assert rows({"97110": 36, "97140": 30}, parts={"97110": (13, 23)}) == [
        ("97110", 1, 21, "GP"),
        ("97110", 1, 15, "CQ GP"),
        ("97140", 2, 30, "GP"),
    ]


@pytest.mark.parametrize(
    ("discipline", "modifiers"), [("PT", "CQ GP"), ("OT", "CO GO"), ("SLP", "GN")]
)
def test_an_assistants_line_is_marked_by_discipline(rows, discipline, modifiers):
    payer = "Commercial (midpoint)"
    assert rows({"97110": 30}, discipline, {"97110": (0, 30)}, "midpoint", payer) == [
        ("97110", 2, 30, modifiers)
    ]


def test_what_a_cap_cuts_is_cut_from_the_assistants_part(rows):
    assert rows({"97112": 83}, parts={"97112": (45, 38)}) == [
        ("97112", 3, 45, "GP"),
        ("97112", 1, 38, "CQ GP"),
    ]


def test_a_base_and_its_add_on_are_marked_each_by_its_units(rows):
    assert rows({"97129": 38}, "OT", {"97129": (15, 23)}) == [
        ("97129", 1, 38, "GO"),
        ("97130", 2, 0, "CO GO"),
    ]


def test_a_service_billed_once_is_marked_by_its_share(rows):
    assert rows({"G0283": 15}, parts={"G0283": (13, 2)}) == [("G0283", 1, 15, "GP")]
    assert rows({"G0283": 15}, parts={"G0283": (12, 3)}) == [("G0283", 1, 15, "CQ GP")]


def test_a_payer_may_want_no_mark_of_assistants(rows, rulebook):
    payer = replace(rulebook.payers["Medicare"], name="Plan", assistant_modifiers=False)

    assert rows({"97110": 30}, parts={"97110": (0, 30)}, payer=payer) == [("97110", 2, 30, "GP")]


def test_a_payers_own_modifiers_come_last_and_only_on_their_codes(rows, rulebook):
    wanted = (
        RequiredModifier("95", (), "seen by video"),
        RequiredModifier("96", ("97110",), "habilitative"),
    )
    payer = replace(rulebook.payers["Medicare"], name="Plan", required_modifiers=wanted)

    assert rows({"97110": 15, "97112": 15}, payer=payer) == [
        ("97110", 1, 15, "GP 95 96"),
        ("97112", 1, 15, "GP 95"),
    ]


def test_an_attested_pair_marks_the_second_codes_rows(rows):
    edit = PtpEdit("97150", "97110", 1, "extract", "CMS")
    said = Attestation("97150", "97110", "XE", "Kim", Instant(0))
    pairs = pairs_of([edit], {said.pair: said}, {})

    assert rows(
        {"97150": 30, "97110": 36, "97140": 30}, parts={"97110": (13, 23)}, pairs=pairs
    ) == [
        ("97150", 1, 30, "GP"),
        ("97110", 1, 21, "XE GP"),
        ("97110", 1, 15, "XE CQ GP"),
        ("97140", 2, 30, "GP"),
    ]
    unsaid = pairs_of([edit], {}, {})
    assert rows({"97150": 30, "97110": 30}, pairs=unsaid)[1] == ("97110", 2, 30, "GP")


def test_kx_is_on_every_row_of_the_visit(rows):
    assert rows({"97110": 15, "G0283": 10}, kx=say("KX: …")) == [
        ("97110", 1, 15, "KX GP"),
        ("G0283", 1, 10, "KX GP"),
    ]
