"""Which times near the wanted one would meet nothing? Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.timing.clock import SECOND, Instant
from ptimer.timing.segment import Stretch


@dataclass(frozen=True)
class Fit:
    """The nearest times that would fit, in whole seconds; None where there is none."""

    start: Instant | None = None
    """The earliest start, with the end as it was wanted."""
    end: Instant | None = None
    """The latest end, with the start as it was wanted."""


NOWHERE = Fit()


def fit(wanted: Stretch, met: Iterable[Stretch], now: Instant) -> Fit:
    """Return where a stretch could begin or end instead, beside all that it may not meet.

    What still runs is given no end: that would stop it.
    """
    overlapping = [other for other in met if other.overlaps(wanted)]
    if not overlapping:
        return NOWHERE
    return Fit(_earliest_start(wanted, overlapping, now), _latest_end(wanted, overlapping))


def shared(wanted: Stretch, met: Iterable[Stretch], now: Instant) -> Stretch | None:
    """Return the first time that the wanted stretch would take from another one."""
    end = now if wanted.end is None else wanted.end
    both = [
        Stretch(max(wanted.start, other.start), min(end, now if other.end is None else other.end))
        for other in met
        if other.overlaps(wanted)
    ]
    real = [stretch for stretch in both if stretch.milliseconds(now) > 0]
    return min(real, key=lambda stretch: stretch.start, default=None)


def _earliest_start(wanted: Stretch, met: list[Stretch], now: Instant) -> Instant | None:
    ends = [other.end for other in met if other.end is not None]
    if len(ends) < len(met):
        return None
    start = Instant(-(-max(ends) // SECOND) * SECOND)
    return start if start < (now if wanted.end is None else wanted.end) else None


def _latest_end(wanted: Stretch, met: list[Stretch]) -> Instant | None:
    if wanted.end is None:
        return None
    end = Instant(min(other.start for other in met) // SECOND * SECOND)
    return end if end > wanted.start else None
