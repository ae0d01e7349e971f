"""What is a stretch of time, and how long are several of them together?"""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.timing.clock import MINUTE, Instant


@dataclass(frozen=True)
class Stretch:
    """Time from `start` up to, but not including, `end`; an `end` of None is still running."""

    start: Instant
    end: Instant | None

    @property
    def running(self) -> bool:
        """Whether it has no end yet."""
        return self.end is None

    def milliseconds(self, now: Instant) -> int:
        """Return its length; up to `now` while it runs, and never less than nothing."""
        return max((now if self.end is None else self.end) - self.start, 0)

    def overlaps(self, other: "Stretch") -> bool:
        """Return whether the two share time; stretches that only touch do not."""
        return (other.end is None or self.start < other.end) and (
            self.end is None or other.start < self.end
        )


def whole_minutes(milliseconds: int) -> int:
    """Return the whole minutes, rounded down (rules.md, Minutes)."""
    return milliseconds // MINUTE


def total_milliseconds(stretches: Iterable[Stretch], now: Instant) -> int:
    """Return the lengths added up; shared time counts as often as it is shared."""
    return sum(stretch.milliseconds(now) for stretch in stretches)


def union_milliseconds(stretches: Iterable[Stretch], now: Instant) -> int:
    """Return the time that at least one stretch covers, each moment once."""
    covered = 0
    reached: int | None = None
    for start, end in sorted((s.start, s.start + s.milliseconds(now)) for s in stretches):
        if reached is None or start > reached:
            covered += end - start
            reached = end
        elif end > reached:
            covered += end - reached
            reached = end
    return covered
