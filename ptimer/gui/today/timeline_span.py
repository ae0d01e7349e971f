"""Which time does the timeline show, and where on it lies a moment?"""

from dataclasses import dataclass

from ptimer.timing.clock import MINUTE, Instant

_STEPS_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240)
LEAST = 5 * MINUTE
"""Nothing is drawn larger than so that this fills the timeline."""


@dataclass(frozen=True)
class Span:
    """From when to when is drawn."""

    start: Instant
    end: Instant

    @property
    def length(self) -> int:
        """Its milliseconds, at least one."""
        return max(self.end - self.start, 1)

    def zoomed(self, factor: float, about: Instant, whole: "Span") -> "Span":
        """Return a part that is drawn so many times larger; `about` stays where it is."""
        length = min(max(round(self.length / factor), LEAST), whole.length)
        share = (about - self.start) / self.length
        start = Instant(round(about - share * length))
        return Span(start, Instant(start + length)).inside(whole)

    def moved(self, by: int) -> "Span":
        """Return as much of what lies so many milliseconds later."""
        return Span(Instant(self.start + by), Instant(self.end + by))

    def inside(self, whole: "Span") -> "Span":
        """Return it moved as little as keeps it inside the whole."""
        if self.length >= whole.length:
            return whole
        later = max(whole.start - self.start, 0)
        earlier = max(self.end - whole.end, 0)
        return self.moved(later - earlier)

    def showing(self, first: Instant, last: Instant) -> "Span":
        """Return it moved as little as shows a time, at least its beginning."""
        margin = self.length // 20
        if first - margin < self.start:
            return self.moved(first - margin - self.start)
        beyond = min(last + margin - self.end, first - margin - self.start)
        return self.moved(max(beyond, 0))

    def step(self, most: int) -> int:
        """Return how far apart the times below stand, if there is room for so many."""
        for minutes in _STEPS_MINUTES:
            if self.length / (minutes * MINUTE) <= most:
                return minutes * MINUTE
        return -(-self.length // most // MINUTE) * MINUTE or MINUTE


@dataclass(frozen=True)
class Scale:
    """A span drawn between two places, in pixels."""

    span: Span
    left: float
    right: float

    def x(self, instant: Instant) -> float:
        """Return where a moment lies."""
        return self.left + (instant - self.span.start) * self._per_millisecond

    def instant(self, x: float) -> Instant:
        """Return which moment lies at a place."""
        return Instant(round(self.span.start + (x - self.left) / self._per_millisecond))

    def milliseconds(self, pixels: float) -> int:
        """Return how much time so many pixels are."""
        return round(pixels / self._per_millisecond)

    @property
    def _per_millisecond(self) -> float:
        return max(self.right - self.left, 1.0) / self.span.length
