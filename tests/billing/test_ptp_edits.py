"""rules.md, On the same day (`ptp-pair`): which pairs are edits, on which date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.attestation import pairs_of
from ptimer.billing.editions import Edition, Editions, Kind, MueRow, MueTable, PtpTable
from ptimer.billing.ptp_edits import NONE_KNOWN, PairRow, PtpEdits, edits_among, in_force
from ptimer.billing.sign_off import VisitState, to_fix
from ptimer.billing.visit_units import Entry, Terms, reckon
from ptimer.timing.clock import Instant
from tests.cms_samples import pair_rows

DAY = date(2026, 11, 23)
PAIR = ("97150", "97110")


def row(first="2012-01-01", last=None, indicator=1, pair=PAIR):
    until = date.fromisoformat(last) if last else None
    return PairRow(*pair, indicator, date.fromisoformat(first), until)


@pytest.mark.parametrize(
    ("last", "day", "counts"),
    [
        (None, "2099-01-01", True),
        (None, "2012-01-01", True),
        (None, "2011-12-31", False),
        ("2019-12-31", "2019-12-31", True),
        ("2019-12-31", "2020-01-01", False),
        ("2012-01-01", "2012-01-01", False),
        ("2011-06-30", "2012-01-01", False),
    ],
)
def test_a_row_counts_from_its_first_to_its_last_day(last, day, counts):
    assert row(last=last).in_force(date.fromisoformat(day)) is counts


def test_a_row_of_indicator_9_never_counts():
    assert not row(indicator=9).in_force(DAY)


def test_one_pair_may_have_several_rows():
    rows = [row(last="2019-12-31"), row("2020-10-01", "2020-10-01", 9), row("2024-01-01")]

    found = {day: PAIR in in_force(rows, date(day, 6, 1)) for day in (2019, 2021, 2024)}
    assert found == {2019: True, 2021: False, 2024: True}


def test_of_two_rows_of_a_pair_the_one_counts_that_forbids_more():
    rows = [row(indicator=0), row()]

    assert in_force(rows, DAY) == in_force(reversed(rows), DAY) == {PAIR: rows[0]}


@given(st.lists(st.sampled_from(["97150", "97110", "97112", "97140", "97124"]), unique=True))
def test_edits_are_found_in_whatever_order_codes_were_timed(rulebook, codes):
    edits = rulebook.on(DAY).edits
    found = {(e.column1, e.column2) for e in edits_among(codes, edits)}

    pairs = {PAIR, ("97150", "97112"), ("97150", "97140"), ("97150", "97124"), ("97140", "97124")}
    assert found == {pair for pair in pairs if set(pair) <= set(codes)}
    assert edits_among(codes, NONE_KNOWN) == edits_among(codes, PtpEdits()) == ()


@pytest.fixture
def count(rulebook):
    def count(*codes, on=DAY, minutes=15):
        of_day = rulebook.on(on)
        entries = [Entry(of_day.codes[code], minutes) for code in codes]
        terms = of_day.terms(rulebook.payers["Medicare"])
        return reckon(entries, terms, rule=terms.payer.unit_rule)

    return count


def warnings(reckoning):
    return [(w.code, str(w.text)) for w in reckoning.warnings if w.rule == "ptp-pair"]


def test_a_pair_that_a_modifier_parts_is_warned_of(count):
    (warning,) = [w for w in count("97110", "97150").warnings if w.rule == "ptp-pair"]

    assert warning.code == "97110"
    assert str(warning.text) == (
        "97150 and 97110 are an NCCI pair: on one day 97110 is paid only with modifier 59, XE, "
        "XS, XP or XU, and only if its minutes were apart"
    )
    assert warning.source == "NCCI practitioner pairs (therapy extract in force 2024-07-01)"


def test_a_pair_that_no_modifier_parts_is_warned_of(count):
    assert warnings(count("97124", "97140")) == [
        (
            "97124",
            "97140 and 97124 are an NCCI pair: on one day 97124 is not paid beside 97140, and no "
            "modifier helps",
        )
    ]


def test_a_code_that_bills_nothing_makes_no_pair(count):
    assert warnings(count("97150", "97110", minutes=0)) == []


def test_no_pair_is_known_before_the_first_edition(count):
    assert warnings(count("97150", "97110", on=date(2024, 6, 30))) == []
    assert len(warnings(count("97150", "97110", on=date(2024, 7, 1)))) == 1


ENDED = sorted({r[:2] for r in pair_rows()} - {r[:2] for r in pair_rows() if r[3] == "*"})


@pytest.mark.parametrize("pair", ENDED, ids="/".join)
def test_an_ended_pair_does_not_fire(pair, count):
    assert warnings(count(*pair)) == []


def _state(reckoning):
    return VisitState((), (), {}, (), pairs=pairs_of(reckoning.edits, {}, {}))


def test_pairs_are_to_look_at_before_signing_and_keep_nobody_from_it(count, rulebook):
    counted = count("97150", "97110")
    found = to_fix(counted, _state(counted), rulebook.on(DAY).rules)

    assert [(item.rule, item.code, item.required) for item in found] == [
        ("ptp-pair", "97110", False)
    ]


def test_two_evaluations_are_told_once(count, rulebook):
    counted = count("97161", "97162", minutes=30)
    found = to_fix(counted, _state(counted), rulebook.on(DAY).rules)

    assert [item.rule for item in found] == ["one-evaluation"]


# -- which edition judges ----------------------------------------------------------------------


def _edition(kind, first, at=None):
    return Edition(kind, first, date.fromisoformat(first), first, imported_at=at)


def _pairs(first, at=None):
    return PtpTable(_edition(Kind.PTP, first, at), lambda: ())


def test_the_edition_in_force_on_the_date_judges():
    tables = [
        _pairs("2024-07-01"),
        _pairs("2026-10-01", Instant(1)),
        _pairs("2026-07-01", Instant(2)),
    ]
    editions = Editions(ptp=tuple(tables))

    def name(text, known_by=None):
        table = editions.ptp_on(date.fromisoformat(text), known_by)
        return table and table.edition.name

    assert name("2026-11-23") == "2026-10-01"
    assert name("2026-09-30") == "2026-07-01"
    assert name("2026-06-30") == "2024-07-01"
    assert name("2024-06-30") is None
    assert name("2026-11-23", Instant(0)) == "2024-07-01", "before it came in"
    assert name("2026-09-30", Instant(1)) == "2024-07-01"
    assert name("2026-09-30", Instant(2)) == "2026-07-01"


def test_of_two_of_one_quarter_the_later_judges():
    first, second = _pairs("2026-07-01", Instant(1)), _pairs("2026-07-01", Instant(2))

    assert Editions(ptp=(first, second)).ptp_on(DAY) is second
    assert Editions(ptp=(first, second)).ptp_on(DAY, Instant(1)) is first


def test_units_a_day_of_a_table_replace_the_books(rulebook):
    table = MueTable(
        _edition(Kind.MUE, "2026-10-01", Instant(1)),
        lambda: (MueRow("97110", 5, 2), MueRow("97129", 2, 3)),
    )
    book = rulebook.codes.limited(table.values)

    assert (book["97110"].mue, book["97110"].mue_indicator) == (5, 2)
    assert book["97116"].mue is None
    assert book.add_on_of("97129").code == "97130"
    assert rulebook.codes.limited(table.values) is book
    assert rulebook.codes["97110"].mue == 6
    terms = Terms(book, rulebook.rules, rulebook.payers["Medicare"])
    counted = reckon([Entry(book["97110"], 98)], terms, rule=terms.payer.unit_rule)
    assert (counted.lines[0].earned, counted.lines[0].units) == (7, 5)


def test_a_table_is_read_when_it_is_asked_for_and_once():
    asked = []
    table = PtpTable(_edition(Kind.PTP, "2026-10-01"), lambda: (asked.append(1), (row(),))[1])

    assert asked == []
    for days in range(3):
        assert PAIR in table.on(DAY + timedelta(days=days)).rows
    assert asked == [1]
