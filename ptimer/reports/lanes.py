"""What is drawn as bars on lanes of time? Plain values; paper and screen paint the same ones."""

from dataclasses import dataclass
from enum import StrEnum

from ptimer.timing.clock import Instant
from ptimer.wording import Sentence


class Shade(StrEnum):
    """How a bar is filled, so that it is told apart without colour, too."""

    SOLID = "solid"
    SOFT = "soft"
    HATCHED = "hatched"
    EMPTY = "empty"
    WRONG = "wrong"


@dataclass(frozen=True)
class Bar:
    """A time on a lane; `words` say in lines what it is, `told` is what is read out."""

    start: Instant
    end: Instant
    shade: Shade
    words: tuple[str, ...]
    told: Sentence

    def lines(self, most: int) -> tuple[str, ...]:
        """Return its words in at most so many lines; what is left out is marked."""
        if most >= len(self.words):
            return self.words
        if most < 2:
            return (" ".join(self.words),)
        return (*self.words[: most - 1], f"{self.words[most - 1]} …")


@dataclass(frozen=True)
class Lane:
    """Bars that never share a moment."""

    name: Sentence
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Lanes:
    """Lanes from top to bottom, over one span of time; `ticks` are the times written below."""

    first: Instant
    last: Instant
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[Instant, str], ...]

    def share(self, instant: Instant) -> float:
        """Return how far along a moment lies, from 0 to 1."""
        return (instant - self.first) / max(self.last - self.first, 1)
