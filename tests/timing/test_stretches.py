import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.timing.clock import MINUTE, SECOND, Instant
from ptimer.timing.segment import (
    Stretch,
    total_milliseconds,
    union_milliseconds,
    whole_minutes,
)

NOW = Instant(60)


def _stretch(start, end):
    return Stretch(Instant(start), None if end is None else Instant(end))


def _minutes(start, end):
    return _stretch(start * MINUTE, end * MINUTE)


ended = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: _stretch(*sorted(ends)))
running = st.integers(0, 80).map(lambda start: _stretch(start, None))
stretches = ended | running


def _milliseconds_of(stretch):
    """Every single millisecond that the stretch covers."""
    return set(range(stretch.start, NOW if stretch.end is None else stretch.end))


@given(st.lists(stretches, max_size=8))
def test_the_union_holds_every_moment_once(several):
    covered = set().union(*map(_milliseconds_of, several))

    assert union_milliseconds(several, NOW) == len(covered)


@given(st.lists(stretches, max_size=8))
def test_the_total_holds_every_moment_as_often_as_it_was_timed(several):
    timed = [moment for stretch in several for moment in _milliseconds_of(stretch)]

    assert total_milliseconds(several, NOW) == len(timed)


@given(st.lists(stretches, max_size=8), st.randoms())
def test_the_union_does_not_depend_on_the_order_and_is_never_more_than_the_total(several, chance):
    shuffled = chance.sample(several, len(several))

    assert union_milliseconds(shuffled, NOW) == union_milliseconds(several, NOW)
    assert union_milliseconds(several, NOW) <= total_milliseconds(several, NOW)


@given(ended.filter(lambda s: s.end > s.start), ended.filter(lambda s: s.end > s.start))
def test_stretches_overlap_if_they_share_a_millisecond(one, other):
    shared = _milliseconds_of(one) & _milliseconds_of(other)

    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        pytest.param((0, 10), (10, 20), False, id="touching"),
        pytest.param((0, 10), (9, 20), True, id="sharing-the-last"),
        pytest.param((0, None), (10, 20), True, id="running-before"),
        pytest.param((20, None), (10, 20), False, id="running-from-the-end"),
        pytest.param((19, None), (10, 20), True, id="running-from-within"),
        pytest.param((0, None), (50, None), True, id="both-running"),
    ],
)
def test_what_runs_overlaps_all_that_comes_after_its_start(one, other, overlap):
    assert _stretch(*one).overlaps(_stretch(*other)) == overlap
    assert _stretch(*other).overlaps(_stretch(*one)) == overlap


def test_what_runs_lasts_until_now():
    stretch = _stretch(10, None)

    assert stretch.running
    assert stretch.milliseconds(Instant(60)) == 50
    assert not _stretch(10, 20).running
    assert _stretch(10, 20).milliseconds(Instant(60)) == 10


def test_what_starts_after_now_has_no_length_yet():
    assert _stretch(70, None).milliseconds(NOW) == 0
    assert union_milliseconds([_stretch(70, None), _stretch(0, 10)], NOW) == 10


@pytest.mark.parametrize(
    ("milliseconds", "minutes"),
    [(0, 0), (59_999, 0), (60_000, 1), (119_999, 1), (7 * 60_000 + 59_999, 7), (86_400_000, 1440)],
)
def test_only_whole_minutes_count(milliseconds, minutes):
    assert whole_minutes(milliseconds) == minutes


def test_minutes_are_rounded_down_once_a_code_and_not_once_a_segment():
    thirty = 30 * SECOND
    exercise = [
        _stretch(0, 8 * MINUTE + thirty),
        _stretch(20 * MINUTE, 27 * MINUTE + thirty),
    ]

    assert whole_minutes(total_milliseconds(exercise, NOW)) == 16
    assert sum(whole_minutes(each.milliseconds(NOW)) for each in exercise) == 15


def test_15_30_of_one_code_and_7_30_of_another_are_15_and_7_minutes():
    codes = {
        "97112": _stretch(0, 15 * MINUTE + 30 * SECOND),
        "97110": _stretch(20 * MINUTE, 27 * MINUTE + 30 * SECOND),
    }
    minutes = {code: whole_minutes(each.milliseconds(NOW)) for code, each in codes.items()}

    assert minutes == {"97112": 15, "97110": 7}
    assert sum(minutes.values()) == 22


def test_stimulation_beside_exercise_is_treatment_time_once():
    exercise, stimulation = _minutes(0, 20), _minutes(0, 20)

    assert whole_minutes(union_milliseconds([exercise, stimulation], NOW)) == 20


def test_the_union_of_nothing_is_nothing():
    assert union_milliseconds([], NOW) == total_milliseconds([], NOW) == 0
