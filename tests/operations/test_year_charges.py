"""How near is the year's threshold? This PC's part from a fee list, the rest as it was typed."""

from datetime import date

import pytest

from ptimer.billing.thresholds import Reach
from ptimer.operations import attesting, exporting, fee_files, fees, signing
from ptimer.operations.errors import BadData, Misused
from ptimer.operations.exporting import Span
from ptimer.operations.fees import TypedFee

MEDICARE = "Medicare"


@pytest.fixture
def fee(clinic):
    def fee(**typed):
        listed = [TypedFee(code.removeprefix("c"), amount) for code, amount in typed.items()]
        return fees.save(clinic, MEDICARE, 2026, listed)

    return fee


@pytest.fixture
def signed(timed, sign, clock):
    """A visit of 97112, signed: `signed("Ann", minutes=30)`."""

    def signed(patient="Ann", minutes=30, discipline="PT"):
        segment = timed("97112", patient, minutes=minutes, discipline=discipline)
        sign(segment.visit_id)
        return segment.visit_id

    return signed


def test_without_a_fee_nothing_is_said_of_the_year(signed, view):
    assert view(signed()).year_sum is None


def test_signed_visits_of_pt_and_slp_count_together_and_ot_alone(fee, signed, timed, view, clock):
    fee(c97112="40.00")
    signed("Ann", 30, "PT")
    signed("Ann", 15, "OT")
    signed("Bea", 30, "PT")
    slp = timed("97112", "Ann", minutes=15, discipline="SLP")

    year = view(slp.visit_id).year_sum
    assert (year.pool, year.here, year.this_visit, year.elsewhere) == (
        "PT and SLP",
        8_000,
        4_000,
        None,
    )
    assert year.threshold.cents == 248_000


def test_a_visit_that_is_open_or_amended_does_not_count(clinic, fee, signed, timed, view, sign):
    fee(c97112="40")
    visit_id = signed("Ann", 30, "PT")
    slp = timed("97112", "Ann", minutes=15, discipline="SLP").visit_id
    signing.amend(clinic, visit_id, "wrong code")

    assert view(slp).year_sum.here == 0
    sign(visit_id)
    assert view(slp).year_sum.here == 8_000


def test_it_is_warned_of_before_it_is_reached_and_asks_for_the_necessity_then(
    clinic, fee, timed, view, sign
):
    fee(c97112="100")
    visit_id = timed("97112", "Ann", minutes=30, discipline="PT").visit_id
    fees.save_elsewhere(clinic, "Ann", "PT and SLP", 2026, "$2,100")
    near = view(visit_id)
    assert near.year_sum.reach is Reach.NEAR
    assert [w.rule for w in near.warnings] == ["kx"]
    assert not near.kx_to_check

    fees.save_elsewhere(clinic, "Ann", "PT and SLP", 2026, "2280.00")
    reached = view(visit_id)
    assert [item.rule for item in reached.to_fix if not item.required] == ["kx"]
    sign(visit_id)
    (line,) = exporting.prepare(clinic, Span(date(2026, 11, 23), date(2026, 11, 23))).lines
    assert (line.flags, line.modifier_1) == ("KX-CHECK", "GP")

    signing.amend(clinic, visit_id, "KX")
    attesting.attest_necessity(clinic, visit_id, necessary=True)
    sign(visit_id)
    export = exporting.prepare(clinic, Span(date(2026, 11, 23), date(2026, 11, 23)))
    assert (export.lines[0].flags, export.lines[0].modifier_1) == ("", "KX")


def test_a_fee_that_is_not_known_is_named(fee, timed, view):
    fee(c97110="40")
    visit_id = timed("97112", minutes=15, discipline="PT").visit_id

    assert view(visit_id).year_sum.without_fee == ("97112",)


def test_another_payer_has_no_threshold_unless_it_says_so(clinic, fee, timed, view):
    fee(c97112="40")
    visit = timed("97112", minutes=15, discipline="PT", payer="Commercial (midpoint)").visit_id
    assert view(visit).year_sum is None


def test_the_clinic_may_know_a_threshold_before_ptimer_does(clinic, fee, timed, view):
    fee(c97112="40")
    visit_id = timed("97112", minutes=15, discipline="PT").visit_id
    fees.save_threshold(clinic, 2026, "$1,000", "CMS, typed by Kim")

    assert view(visit_id).year_sum.threshold.cents == 100_000
    with pytest.raises(Misused, match="where"):
        fees.save_threshold(clinic, 2027, "2500", " ")


def test_a_fee_is_followed_by_another_and_taken_away(clinic, fee):
    fee(c97112="40", c97110="30.5")
    fee(c97112="41", c97110="")

    assert [(f.code, f.cents) for f in fees.known(clinic)] == [("97112", 4_100)]


@pytest.mark.parametrize(
    ("text", "cents"), [("36.5", 3650), ("$1,250", 125_000), ("0", 0), ("36.50 ", 3650)]
)
def test_amounts_are_dollars_and_cents(text, cents):
    assert fees.cents_of(text) == cents


@pytest.mark.parametrize("text", ["", "-3", "1.234", "abc", "1,2", "9999999", "٣", "1e3", "=1"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Misused):
        fees.cents_of(text)


def test_a_list_of_fees_comes_from_a_file(tmp_path, clinic):
    file = tmp_path / "fees.csv"
    file.write_text("\ufeffFee;Code\r\n36.50;97112\r\n;97110\r\n\r\n", encoding="utf-8")
    assert fee_files.read(file) == [TypedFee("97112", "36.50"), TypedFee("97110", "")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "header"),
        (b"code,price\n", "header"),
        (b"code,fee\n97112\n", "line 2"),
        (b"code,fee\n\xff\n", "UTF-8"),
        (b'code,fee\n"97112,3\n', "fees.csv"),
    ],
)
def test_another_file_is_refused_in_words(tmp_path, content, words):
    file = tmp_path / "fees.csv"
    file.write_bytes(content)
    with pytest.raises(BadData, match=words):
        fee_files.read(file)


def test_unknown_codes_and_payers_and_a_code_twice_change_nothing(clinic, dump):
    before = dump()
    for payer, typed in (
        ("Medicare", [TypedFee("99999", "1")]),
        ("Nobody", [TypedFee("97112", "1")]),
        ("Medicare", [TypedFee("97112", "1"), TypedFee("97112", "2")]),
        ("Medicare", []),
    ):
        with pytest.raises(Misused):
            fees.save(clinic, payer, 2026, typed)
    assert dump() == before
