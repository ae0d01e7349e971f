"""Which of the backups stay? Counted, not aged, so that a clock that was set takes none away.

A clinic that is closed for a month, or a clock that once stood in another year, makes no backup
older than its bounds: the newest of so many hours, days and months that have one stay.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

MONTHS_OF_A_YEAR = 12

Key = TypeVar("Key")


@dataclass(frozen=True)
class Bounds:
    """How many hours, days and months keep their newest backup."""

    hours: int
    days: int
    months: int

    @property
    def most(self) -> int:
        """How many backups stay at most, besides those that the clock's future holds."""
        return 2 * self.hours + self.days + self.months + 1


@dataclass(frozen=True)
class Dated:
    """A backup by its name and the local time in it; `before` is what it was made before."""

    name: str
    made_at: datetime
    before: str = ""


def staying(backups: Iterable[Dated], now: datetime, bounds: Bounds, made: str = "") -> set[str]:
    """Return the names of those that stay.

    What is dated after `now` (the clock was set back) is counted by itself, so that it does not
    push out what is made from now on.

    Args:
        now: the local time.
        made: the one that was made just now and proven, which stays in any case.
    """
    every = sorted(backups, key=lambda backup: (backup.made_at, backup.name), reverse=True)
    past = [backup for backup in every if backup.made_at <= now]
    future = [backup for backup in every if backup.made_at > now]
    names = {backup.name for part in (past, future) for backup in _staying(part, bounds)}
    return names | ({made} & {backup.name for backup in every})


def _staying(newest_first: Sequence[Dated], bounds: Bounds) -> Iterator[Dated]:
    yield from newest_first[:1]
    regular = [backup for backup in newest_first if not backup.before]
    special = [backup for backup in newest_first if backup.before]
    yield from _newest_of_each(regular, lambda at: at.replace(minute=0, second=0), bounds.hours)
    # Made before an import or the like: a later one of the same hour is not the same.
    yield from special[: bounds.hours]
    yield from _newest_of_each(newest_first, datetime.date, bounds.days)
    yield from _newest_of_each(newest_first, lambda at: (at.year, at.month), bounds.months)


def _newest_of_each(
    newest_first: Iterable[Dated], period: Callable[[datetime], Key], most: int
) -> Iterator[Dated]:
    seen: set[Key] = set()
    for backup in newest_first:
        key = period(backup.made_at)
        if key in seen:
            continue
        if len(seen) == most:
            return
        seen.add(key)
        yield backup
