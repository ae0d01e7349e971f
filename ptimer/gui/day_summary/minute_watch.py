"""Has a whole minute of something that runs turned, so that units may be others?"""

from collections.abc import Iterable

from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant


class MinuteWatch:
    """Asked each second, it says once a minute of each running code that there is news."""

    def __init__(self) -> None:
        """Know of nothing that runs."""
        self._minutes: tuple[int, ...] = ()

    def follow(self, views: Iterable[VisitView], now: Instant) -> None:
        """Note what is shown."""
        self._minutes = _minutes(views, now)

    def turned(self, views: Iterable[VisitView], now: Instant) -> bool:
        """Return whether a minute is another than the one noted, and note it."""
        before, self._minutes = self._minutes, _minutes(views, now)
        return before != self._minutes


def _minutes(views: Iterable[VisitView], now: Instant) -> tuple[int, ...]:
    return tuple(
        view.milliseconds_at(code, now) // MINUTE for view in views for code in view.running_codes
    )
