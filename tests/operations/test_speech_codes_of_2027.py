"""Speech-language codes of 2027 are entered as data the day they are published: no code changes.

The numbers are made up. Each area has a base code of 30 minutes and an add-on of 15 more.
"""

from datetime import date

import pytest

from ptimer.billing.codebook import Count, Discipline
from ptimer.billing.payers import UnitRule
from ptimer.billing.steps import steps_of
from ptimer.billing.visit_units import Entry, reckon
from ptimer.operations import typed_code
from ptimer.operations.errors import Misused
from ptimer.operations.typed_code import TypedCode

NEW_YEAR = date(2027, 1, 1)
AREAS = {"X0001": "X0002", "X0003": "X0004"}
"""Base codes and their add-ons: speech sounds, voice."""


def _typed(number, label, step, base=""):
    return TypedCode(
        number,
        label,
        Count.OWN_COUNT,
        step_minutes=step,
        disciplines=(Discipline.SLP,),
        base=base,
        since="2027-01-01",
        source="as published",
    )


@pytest.fixture
def with_codes(clinic):
    """A record into which the codes of two areas were typed, in November."""
    for base, add_on in AREAS.items():
        typed_code.make(clinic, _typed(base, "Area, first 30 min", "30"), "new codes")
        typed_code.make(clinic, _typed(add_on, "Area, each further 15", "15", base), "new codes")
    return clinic


@pytest.fixture
def count(with_codes):
    """Count a visit of 2027 as Medicare does."""

    def count(minutes, rule=UnitRule.CMS):
        terms = with_codes.rulebook.on(NEW_YEAR).terms(with_codes.rulebook.payers["Medicare"])
        entries = [Entry(terms.book[code], each) for code, each in minutes.items()]
        return reckon(entries, terms, rule=rule)

    return count


@pytest.mark.parametrize("rule", list(UnitRule))
@pytest.mark.parametrize(
    ("minutes", "base", "add_on"),
    [
        *((15, 0, 0), (16, 1, 0), (37, 1, 0), (38, 1, 1)),
        *((52, 1, 1), (53, 1, 2), (67, 1, 2), (68, 1, 3)),
    ],
)
def test_a_base_is_earned_at_16_minutes_and_an_add_on_at_each_further_half(
    count, rule, minutes, base, add_on
):
    counted = count({"X0001": minutes}, rule)

    units = {line.code.code: line.units for line in counted.lines}
    assert units == {"X0001": base, **({"X0002": add_on} if add_on else {})}
    assert counted.timed_minutes == minutes
    assert counted.lines[0].minutes == minutes


def test_each_area_has_a_clock_of_its_own_and_none_is_pooled(count):
    counted = count({"X0001": 38, "X0003": 16, "97129": 8})

    assert {line.code.code: line.units for line in counted.lines} == {
        "X0001": 1,
        "X0002": 1,
        "X0003": 1,
        "97129": 1,
    }
    assert (counted.timed_minutes, counted.pooled_minutes) == (62, 8)
    assert count({"X0001": 15, "X0003": 15}).total_units == 0, "minutes of two areas do not add up"
    told = " ".join(map(str, steps_of(counted)))
    assert "X0001 counts alone, by steps of its own: 38 min earn 2 units" in told
    assert "What goes beyond the first step of X0001 is printed as 1 unit of X0002" in told


def test_they_are_timed_from_new_year_on_and_not_before(with_codes, clock, start, timed, view):
    with pytest.raises(Misused, match="X0001"):
        start("X0001", discipline="SLP")

    clock.advance(minutes=(date(2027, 1, 4) - date(2026, 11, 23)).days * 24 * 60)
    timed("X0001", discipline="SLP", minutes=53)
    visit = view(timed("X0003", discipline="SLP", minutes=20).visit_id)
    assert [(line.code.code, line.units) for line in visit.reckoning.lines] == [
        ("X0001", 1),
        ("X0002", 2),
        ("X0003", 1),
    ]
    assert visit.reckoning.timed_minutes == 73
    with pytest.raises(Misused, match="X0001"):
        start("X0002", discipline="SLP")
