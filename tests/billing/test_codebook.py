from dataclasses import replace
from datetime import date

import pytest

from ptimer.billing.codebook import CodeBook, Count, Discipline, outside_discipline

TODAY = date(2026, 11, 23)


@pytest.fixture
def book(rulebook):
    return rulebook.codes


@pytest.mark.parametrize("written", ["g0283", "G0283", " g0283 ", "G0283\n"])
def test_a_code_is_found_however_its_letters_are_written(book, written):
    assert book.find(written).code == "G0283"


@pytest.mark.parametrize("written", ["", "99999", "9711", "97110 97112", "x" * 300])
def test_a_number_that_is_no_code_is_not_found(book, written):
    assert book.find(written) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("97112", {"97112"}),
        ("balance", {"97112"}),
        ("posture balance", {"97112"}),
        ("BALANCE", {"97112"}),
        ("g0283", {"G0283"}),
        ("stairs", {"97116"}),
        ("re-evaluation", {"97164", "97168"}),
        ("balance ultrasound", set()),
    ],
)
def test_search_finds_codes_by_number_and_plain_words(book, words, found):
    assert {code.code for code in book.search(words)} == found


@pytest.mark.parametrize("words", ["", "   "])
def test_search_for_nothing_lists_the_whole_book(book, words):
    assert book.search(words) == list(book)


def test_search_keeps_the_order_of_the_book(book):
    order = [code.code for code in book]
    found = [code.code for code in book.search("stimulation")]

    assert len(found) > 3
    assert found == sorted(found, key=order.index)


def test_an_ordinary_code_may_be_timed(book):
    for code in ("97110", "97161", "G0283", "97129", "97597", "REST", "NB"):
        assert book.why_not_startable(book[code], TODAY) is None


def test_an_add_on_by_itself_is_not_timed_and_names_its_base(book):
    for add_on in [code for code in book if code.add_on_to]:
        reason = str(book.why_not_startable(add_on, TODAY))

        assert f"{add_on.code} is an add-on" in reason
        assert f"time {add_on.add_on_to}" in reason


def test_a_monthly_code_is_not_timed_in_a_visit(book):
    monthly = [code for code in book if code.count is Count.MONTHLY and not code.add_on_to]

    assert len(monthly) == 7
    for code in monthly:
        assert "billed by the month, not by the visit" in str(book.why_not_startable(code, TODAY))


@pytest.mark.parametrize(
    ("code", "on", "reason"),
    [
        pytest.param("92507", date(2026, 12, 31), None, id="92507-on-its-last-day"),
        pytest.param(
            "92507",
            date(2027, 1, 1),
            "92507 was in force until 2026-12-31 and can't be timed on 2027-01-01",
            id="92507-the-day-after",
        ),
        pytest.param(
            "97550",
            date(2023, 12, 31),
            "97550 is in force only from 2024-01-01",
            id="97550-the-day-before",
        ),
        pytest.param("97550", date(2024, 1, 1), None, id="97550-on-its-first-day"),
        pytest.param("97110", date(1999, 1, 1), None, id="no-dates-no-limit"),
    ],
)
def test_a_code_may_be_timed_on_the_days_on_which_it_is_in_force(book, code, on, reason):
    refused = book.why_not_startable(book[code], on)

    assert (None if refused is None else str(refused)) == reason


def test_a_code_that_came_and_went_says_which_of_the_two(book):
    code = replace(book["97110"], in_force_from=date(2024, 1, 1), in_force_to=date(2024, 12, 31))

    assert book.why_not_startable(code, date(2024, 6, 1)) is None
    assert "only from 2024-01-01" in str(book.why_not_startable(code, date(2023, 6, 1)))
    assert "until 2024-12-31" in str(book.why_not_startable(code, date(2025, 6, 1)))


def test_rest_and_not_billable_time_stand_apart_and_ask_for_nobody(book):
    assert [code.code for code in book if code.apart] == ["REST", "NB"]
    assert not book["REST"].attended


@pytest.mark.parametrize(
    ("code", "attended"),
    [("97110", True), ("97032", True), ("97150", True), ("97161", True), ("G0283", False)],
)
def test_a_code_says_whether_it_takes_a_clinicians_attention(book, code, attended):
    assert book[code].attended == attended


def test_a_code_outside_its_disciplines_is_warned_about_with_those_that_bill_it(book):
    warning = outside_discipline(book["97110"], Discipline.SLP)

    assert str(warning) == (
        "97110 is not a code that SLP usually bills: the book lists it for PT and OT"
    )
    assert outside_discipline(book["97110"], Discipline.OT) is None


def test_a_later_entry_of_a_number_replaces_the_earlier_one(book):
    ours = replace(book["97110"], label="Gym")
    changed = CodeBook([*book, ours])

    assert len(changed) == len(book)
    assert changed["97110"].label == "Gym"


def test_the_book_knows_which_add_on_a_base_is_printed_with(book):
    assert book.add_on_of("97129") is book["97130"]
    assert book.add_on_of("97597") is book["97598"]
    assert book.add_on_of("97110") is None
