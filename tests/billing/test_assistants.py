"""CQ and CO: which units of a code an assistant furnished, in whole or in part.

The worked examples are CMS's (Billing examples using CQ/CO modifiers) and the trade press's.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.assistants import Parts, de_minimis, share_steps, share_whole
from ptimer.billing.units import allowed_units


def share(therapist, assistant, units, steps=None):
    """Share a code's units; return (without, with, minutes with)."""
    parts = Parts(therapist + assistant, therapist, assistant)
    found = share_steps(steps or [15] * units, parts, "CQ")
    return found.marked.count(False), found.marked.count(True), found.marked_minutes


@pytest.mark.parametrize(
    ("therapist", "assistant", "units", "expected"),
    [
        # CMS: PTA 23 and PT 13 minutes of 97110, PT 30 of 97140; 66 minutes, 4 units.
        pytest.param(13, 23, 2, (1, 1, 15), id="cms-23-and-13"),
        # CMS: PTA 10 and PT 5 minutes of one service: one unit, the assistant's part counts.
        pytest.param(5, 10, 1, (0, 1, 15), id="cms-10-and-5"),
        # CMS, since 2022: the therapist alone has 8 minutes or more of the last unit.
        pytest.param(8, 7, 1, (1, 0, 0), id="midpoint-8-and-7"),
        pytest.param(7, 8, 1, (0, 1, 15), id="not-the-midpoint-7-and-8"),
        # CMS, since 2022: two units are left, and each has 9 to 14 minutes of the same service.
        pytest.param(12, 14, 2, (1, 1, 14), id="two-left-12-and-14"),
        pytest.param(14, 9, 2, (1, 1, 9), id="two-left-14-and-9"),
        # Whole units are each one's own; of what is left the assistant has more than a tenth.
        pytest.param(20, 20, 3, (1, 2, 25), id="20-and-20"),
        pytest.param(22, 23, 3, (1, 2, 30), id="22-and-23"),
        # Therapist throughout, assistant throughout.
        pytest.param(45, 0, 3, (3, 0, 0), id="therapist-alone"),
        pytest.param(0, 45, 3, (0, 3, 45), id="assistant-alone"),
        # A therapist's half hour, and the assistant for the rest of the visit.
        pytest.param(30, 23, 4, (2, 2, 23), id="30-and-23"),
        # One minute of seven is no more than a tenth by CMS's simple method.
        pytest.param(6, 1, 1, (1, 0, 0), id="a-minute-of-7"),
    ],
)
def test_published_examples(therapist, assistant, units, expected):
    assert share(therapist, assistant, units) == expected


@pytest.mark.parametrize(
    ("minutes", "from_"),
    [(8, 2), (14, 2), (15, 3), (24, 3), (25, 4), (34, 4), (35, 5), (44, 5), (45, 6), (54, 6)],
)
def test_the_simple_method_tells_from_how_many_minutes_on_it_is_in_part(minutes, from_):
    assert de_minimis(minutes) == from_


def test_a_base_and_its_add_on_share_by_their_own_steps():
    assert share(20, 18, 2, [30, 15]) == (1, 1, 18), "past half of the first 30"
    assert share(30, 15, 2, [30, 15]) == (1, 1, 15)
    assert share(15, 30, 2, [30, 15]) == (1, 1, 30), "the base is the assistant's"
    assert share(15, 20, 2, [30, 15]) == (0, 2, 35), "15 of 30 is not past its half"


@pytest.mark.parametrize(
    ("therapist", "assistant", "marked"),
    [(20, 2, False), (19, 3, True), (0, 20, True), (20, 0, False), (0, 0, True)],
)
def test_a_service_billed_once_is_marked_as_a_whole(therapist, assistant, marked):
    found = share_whole(1, Parts(therapist + assistant, therapist, assistant), "CO")

    assert found.marked == (marked,)
    assert found.because


def test_each_unit_is_explained():
    found = share_steps([15, 15, 15], Parts(45, 22, 23), "CO")

    assert [str(reason) for reason in found.because] == [
        "1 unit without CO: the therapist's 22 min hold 1 × 15 full",  # noqa: RUF001
        "1 unit with CO: the assistant's 23 min hold 1 × 15 full",  # noqa: RUF001
        "1 unit with CO: of what is left over the therapist has 7 min, fewer than 8, and the "
        "assistant 8, 3 or more",
    ]


@given(st.integers(0, 120), st.integers(0, 120), st.integers(0, 1))
def test_units_and_minutes_add_up_whatever_the_minutes(therapist, assistant, lost):
    """`lost` is the minute that rounding each part down by itself may lose."""
    minutes = therapist + assistant + lost
    units = allowed_units(minutes)
    found = share_steps([15] * units, Parts(minutes, therapist, assistant), "CQ")

    assert len(found.marked) == units
    assert 0 <= found.marked_minutes <= minutes
    assert found.marked.count(False) >= therapist // 15, "a therapist's whole units stay unmarked"
    if units and found.any_marked:
        assert assistant > 0
    if therapist == 0 and assistant >= 8:
        assert all(found.marked)
    if not assistant:
        assert not found.any_marked
    assert len(found.because) >= bool(units)
