"""The year's threshold, past which a line needs KX."""

import pytest

from ptimer.billing.thresholds import KxThreshold, Reach, YearSum, charges, dollars

THRESHOLD = KxThreshold(248_000, "CMS")


def year(here=0, elsewhere=None, visit=0, threshold=THRESHOLD, gaps=()):
    return YearSum(2026, "OT", here, elsewhere, visit, threshold, gaps)


@pytest.mark.parametrize(
    ("here", "elsewhere", "visit", "reach"),
    [
        (0, None, 0, Reach.BELOW),
        (200_000, 0, 23_199, Reach.BELOW),
        (200_000, 0, 23_200, Reach.NEAR),
        (200_000, 47_999, 0, Reach.NEAR),
        (200_000, 40_000, 8_000, Reach.REACHED),
        (0, 300_000, 0, Reach.REACHED),
    ],
)
def test_it_is_told_before_it_is_reached(here, elsewhere, visit, reach):
    assert year(here, elsewhere, visit).reach is reach
    assert bool(str(year(here, elsewhere, visit).to_do())) is (reach is not Reach.BELOW)


def test_a_year_whose_threshold_is_not_known_reaches_nothing():
    assert year(999_999, threshold=None).reach is Reach.UNKNOWN


def test_the_sum_says_what_it_is_made_of_and_what_it_lacks():
    told = str(year(100_000, None, 4_810, gaps=("97112",)).told())

    assert told == (
        "OT in 2026: $1,048.10 of $2,480.00 ($1,000.00 signed on this PC, ? elsewhere, $48.10 in "
        "this visit); no fee is known for 97112"
    )


def test_units_are_worth_their_fees_and_what_has_none_is_named():
    assert charges({"97112": 3, "97110": 1, "97035": 0}, {"97112": 3_650}) == (10_950, ("97110",))


def test_amounts_are_whole_cents():
    assert [dollars(cents) for cents in (0, 5, 123_456)] == ["$0.00", "$0.05", "$1,234.56"]
