from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing import own_codes
from ptimer.billing.codebook import Attendance, Code, CodeBook, Count, Discipline
from ptimer.billing.payers import Effect, UnitRule
from ptimer.billing.unit_limits import limit_for
from ptimer.billing.visit_units import Entry, Terms, reckon

DAY = date(2026, 11, 23)
BOXING = Code(
    "W1000",
    "Boxing for balance",
    Count.POOLED,
    Attendance.ONE_ON_ONE,
    (Discipline.PT,),
    step_minutes=15,
    own=True,
)
LATER = replace(BOXING, count=Count.UNTIMED, step_minutes=None, in_force_from=date(2026, 12, 1))


def units(book, day, code, minutes, rules):
    dated = book.on(day)
    return reckon([Entry(dated[code], minutes)], Terms(dated, rules.on(day)), rule=UnitRule.CMS)


def test_a_code_that_can_be_counted_has_nothing_wrong(rulebook):
    assert own_codes.complaint(BOXING, rulebook.codes) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "W"}, "2 to 10 characters"),
        ({"code": "W1234567890"}, "2 to 10 characters"),
        ({"code": "=1+1"}, "letters from A to Z"),
        ({"code": "W 1"}, "letters from A to Z"),
        ({"code": "\u0661\u0662\u0663"}, "letters from A to Z"),
        ({"label": "x" * 61}, "61 characters"),
        ({"count": Count.MONTHLY}, "by area, by the month"),
        ({"attendance": Attendance.NONE}, "by area, by the month"),
        ({"step_minutes": 30}, "counted by 15"),
        ({"count": Count.OWN_COUNT, "step_minutes": None}, "minutes of a step"),
        ({"count": Count.OWN_COUNT, "step_minutes": 0}, "minutes of a step"),
        ({"count": Count.OWN_COUNT, "step_minutes": 241}, "minutes of a step"),
        ({"disciplines": ()}, "at least one discipline"),
        ({"daily_limit": 97}, "0 to 96"),
        ({"in_force_from": date(1999, 12, 31)}, "from 2000-01-01"),
        ({"in_force_to": date(9999, 1, 1)}, "to 2099-12-31"),
        (
            {"in_force_from": DAY, "in_force_to": DAY - timedelta(days=1)},
            "can't end on 2026-11-22, before it begins on 2026-11-23",
        ),
        ({"add_on_to": "00000"}, "00000 is not in the code book"),
        ({"add_on_to": "W1000"}, "00000|W1000 is not in the code book"),
        ({"add_on_to": "97130"}, "97130 is an add-on itself: name 97129"),
        ({"add_on_to": "G0283"}, "counted as its base, and G0283 is untimed"),
        ({"add_on_to": "97597"}, "97597 is billed by area"),
        ({"add_on_to": "97129"}, "97129 has an add-on already: 97130"),
    ],
)
def test_what_can_not_be_counted_is_told(rulebook, change, words):
    wrong = own_codes.complaint(replace(BOXING, **change), rulebook.codes)

    assert wrong is not None
    assert any(part in str(wrong) for part in words.split("|"))


def test_a_base_stays_counted_as_its_add_on_is():
    more = replace(BOXING, code="W1001", add_on_to="W1000")
    book = CodeBook([BOXING, more])

    wrong = own_codes.complaint(LATER, book)

    assert "W1001 is an add-on to W1000" in str(wrong)
    assert own_codes.complaint(replace(BOXING, label="Boxing"), book) is None
    assert "can't be an add-on to itself" in str(
        own_codes.complaint(replace(BOXING, add_on_to="W1000"), CodeBook([BOXING]))
    )


def test_each_date_of_service_has_its_version(rulebook):
    book = CodeBook([*rulebook.codes, BOXING, LATER])

    assert book.on(date(2026, 11, 30))["W1000"] == BOXING
    assert book.on(date(2026, 12, 1))["W1000"] == LATER
    assert units(book, date(2026, 11, 30), "W1000", 38, rulebook.rules).total_units == 3
    assert units(book, date(2026, 12, 1), "W1000", 38, rulebook.rules).total_units == 1
    assert book.on(DAY) is book.on(DAY + timedelta(days=1)), "the same versions are the same book"
    assert rulebook.codes.on(DAY) is rulebook.codes


def test_before_its_first_day_a_code_can_not_be_started():
    book = CodeBook([LATER]).on(DAY)

    assert "only from 2026-12-01" in str(book.why_not_startable(book["W1000"], DAY))


@given(
    begins=st.lists(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1),
    day=st.dates(date(2019, 1, 1), date(2031, 1, 1)),
)
def test_what_was_said_last_counts_from_its_day_on(begins, day):
    versions = [
        replace(BOXING, label=str(place), in_force_from=since) for place, since in enumerate(begins)
    ]
    begun = [each for each in versions if each.in_force_from is None or each.in_force_from <= day]

    found = CodeBook(versions).on(day)["W1000"]

    assert found.label == (begun[-1].label if begun else "0")


def test_an_add_on_of_the_clinic_adds_only_while_it_is_in_force(rulebook):
    more = replace(
        BOXING, code="W1001", add_on_to="W1000", in_force_from=DAY, in_force_to=date(2026, 12, 31)
    )
    book = CodeBook([*rulebook.codes, BOXING, more])

    def lines(day):
        found = units(book, day, "W1000", 38, rulebook.rules)
        return [(line.code.code, line.units) for line in found.lines]

    assert lines(DAY - timedelta(days=1)) == [("W1000", 3)]
    assert lines(DAY) == [("W1000", 1), ("W1001", 2)]
    assert lines(date(2027, 1, 1)) == [("W1000", 3)]


@pytest.mark.parametrize(("effect", "billed"), [(Effect.CUT, 2), (Effect.WARN, 3)])
def test_a_daily_limit_of_the_clinic_holds_for_every_payer(rulebook, effect, billed):
    limited = replace(BOXING, daily_limit=2, daily_effect=effect, source="our contract")
    book = CodeBook([*rulebook.codes, limited])

    for payer in (None, *rulebook.payers):
        terms = Terms(book, rulebook.rules.on(DAY), payer)
        found = reckon([Entry(limited, 38)], terms, rule=UnitRule.CMS)
        assert found.total_units == billed
        assert [warning.source for warning in found.warnings] == ["our contract"]
        assert limit_for(limited, payer, rulebook.rules).units == 2


def test_only_what_is_counted_by_time_or_visit_is_copied(rulebook):
    can_not = {code.count for code in rulebook.codes if own_codes.why_not_copied(code)}

    assert can_not == {Count.AREA, Count.MONTHLY, Count.APART}
