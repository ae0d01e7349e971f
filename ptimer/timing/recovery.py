"""When is a running segment in doubt, and what may its end have been?

Source of the rules: architecture.md, Time.
"""

from dataclasses import dataclass
from enum import StrEnum

from ptimer.timing.clock import SECOND, Clock, Instant

GAP = 30 * SECOND
"""A window that did not tick for longer slept, or the computer did."""

PARTED = 10 * SECOND
"""Wall and steady time this far apart: a person set the clock. Below it, a time server did."""


class Cause(StrEnum):
    """Why a running segment is in doubt."""

    WINDOW_STOPPED = "window-stopped"
    SLEPT = "slept"
    CLOCK_SET = "clock-set"


class Answer(StrEnum):
    """What a clinician may answer."""

    WENT_ON = "went-on"
    ENDED_THEN = "ended-then"
    ENDED_AT = "ended-at"
    NEVER = "never-happened"


@dataclass(frozen=True)
class ClockReading:
    """Both clocks, read together, in the running start of the computer that `boot` names."""

    wall: Instant
    steady: int
    boot: str


@dataclass(frozen=True)
class Doubt:
    """A running segment of which it is not known whether it went on.

    All up to `sure_until` is certain. `likely_end` is what the steady clock says the time would
    be now, where the wall clock was set.
    """

    cause: Cause
    sure_until: Instant
    likely_end: Instant | None = None


def read(clock: Clock) -> ClockReading:
    """Read both clocks."""
    return ClockReading(clock.now(), clock.steady(), clock.boot())


def moved_by(before: ClockReading, now: ClockReading) -> int:
    """Return by how many milliseconds the wall clock was set between two readings.

    0 where it only ran, and where a restart of the computer makes the two incomparable.
    """
    if before.boot != now.boot or now.steady < before.steady:
        return 0
    parted = (now.wall - before.wall) - (now.steady - before.steady)
    return parted if abs(parted) > PARTED else 0


def doubt_between(before: ClockReading, now: ClockReading) -> Doubt | None:
    """Return the doubt that two ticks of a window, normally a second apart, give rise to."""
    moved = moved_by(before, now)
    passed = now.steady - before.steady
    if moved:
        return Doubt(Cause.CLOCK_SET, before.wall, Instant(before.wall + passed))
    if passed > GAP or now.wall - before.wall > GAP:
        return Doubt(Cause.SLEPT, before.wall)
    return None


def doubt_of_command(before: ClockReading, now: ClockReading) -> Doubt | None:
    """Return the doubt between two commands, which have no ticks: only a clock that was set."""
    if not moved_by(before, now):
        return None
    passed = now.steady - before.steady
    return Doubt(Cause.CLOCK_SET, before.wall, Instant(before.wall + passed))
