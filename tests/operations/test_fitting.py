import pytest

from ptimer.operations.fitting import NOWHERE, Fit, fit, shared
from ptimer.timing.clock import SECOND
from ptimer.timing.segment import Stretch

NOW = 3600 * SECOND


def _stretch(start, end):
    return Stretch(start * SECOND, None if end is None else end * SECOND)


def _fit(start=None, end=None):
    return Fit(None if start is None else start * SECOND, None if end is None else end * SECOND)


@pytest.mark.parametrize(
    ("wanted", "met", "fits"),
    [
        pytest.param((10, 30), [(0, 15)], _fit(start=15), id="something-before"),
        pytest.param((10, 30), [(25, 40)], _fit(end=25), id="something-behind"),
        pytest.param((10, 30), [(18, 20)], _fit(start=20, end=18), id="something-inside"),
        pytest.param((10, 30), [(0, 12), (14, 16)], _fit(start=16), id="two-before"),
        pytest.param((10, 30), [(0, 12), (28, 40)], NOWHERE, id="both-ends"),
        pytest.param((10, 30), [(0, 40)], NOWHERE, id="all-around"),
        pytest.param((10, 30), [(20, None)], _fit(end=20), id="something-runs"),
        pytest.param((10, None), [(0, 15)], _fit(start=15), id="it-runs-itself"),
        pytest.param((10, None), [(20, None)], NOWHERE, id="both-run"),
        pytest.param((10, 30), [(0, 10), (30, 40)], NOWHERE, id="they-only-touch"),
        pytest.param((10, 30), [], NOWHERE, id="nothing-is-met"),
    ],
)
def test_the_nearest_times_that_would_do_are_found(wanted, met, fits):
    assert fit(_stretch(*wanted), [_stretch(*each) for each in met], NOW) == fits


def test_a_fitting_time_is_a_whole_second_that_meets_nothing():
    met = [Stretch(5_000, 15_437)]

    assert fit(Stretch(10_000, 30_000), met, NOW) == Fit(start=16_000)
    assert fit(Stretch(1_000, 10_000), [Stretch(5_437, 15_000)], NOW) == Fit(end=5_000)


def test_a_running_time_is_never_told_to_start_in_the_future():
    assert fit(_stretch(10, None), [_stretch(0, 4000)], NOW) == NOWHERE


@pytest.mark.parametrize(
    ("wanted", "met", "twice"),
    [
        ((10, 30), [(0, 15)], (10, 15)),
        ((10, 30), [(25, 40), (12, 14)], (12, 14)),
        ((10, None), [(20, None)], (20, 3600)),
        ((10, 30), [(30, 40)], None),
    ],
)
def test_the_first_time_that_would_be_counted_twice_is_found(wanted, met, twice):
    found = shared(_stretch(*wanted), [_stretch(*each) for each in met], NOW)

    assert found == (None if twice is None else _stretch(*twice))
