"""What time is it? The one place that asks the computer.

Instants are whole milliseconds since 1970-01-01 UTC.
"""

import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import NewType, Protocol

Instant = NewType("Instant", int)
"""Milliseconds since 1970-01-01 UTC."""

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


class Clock(Protocol):
    """What a part of ptimer that needs the time is handed."""

    @property
    def zone(self) -> tzinfo | None:
        """The clinic's time zone; None is the computer's own."""

    def now(self) -> Instant:
        """Return the wall clock's time, which a person can set."""

    def steady(self) -> int:
        """Return milliseconds that nobody can set and that go on while the computer sleeps."""

    def boot(self) -> str:
        """Return a name of the running start of the computer; `steady` begins anew with it."""


_SYSTEM: str = sys.platform  # as a plain text: a checker on one system reads the others' lines, too


class SystemClock:
    """The computer's clocks."""

    @property
    def zone(self) -> tzinfo | None:
        """The computer's own zone, looked up anew for each instant."""
        return None

    def now(self) -> Instant:
        """Return the wall clock's time."""
        return Instant(time.time_ns() // 1_000_000)

    def steady(self) -> int:
        """Return milliseconds since some fixed point; sleep included where the system can."""
        if _SYSTEM == "linux":
            return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
        if _SYSTEM == "darwin":
            # Python's own monotonic clock stands still while a Mac sleeps; this one goes on.
            return time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1_000_000
        return time.monotonic_ns() // 1_000_000

    def boot(self) -> str:
        """Return Linux's name of the running start; elsewhere there is none, so one for all."""
        if _SYSTEM == "linux":
            try:
                with open("/proc/sys/kernel/random/boot_id", encoding="ascii") as file:  # noqa: PTH123  (pathlib would cost every command its import)
                    return file.read().strip()
            except OSError:
                return ""
        return ""


@dataclass
class ManualClock:
    """A clock that stands still until it is moved: for tests, and for the demo day."""

    at: Instant
    zone: tzinfo | None = UTC
    ticked: int = field(default=0)
    started: str = "boot-1"

    @classmethod
    def at_local(cls, text: str, zone: tzinfo = UTC) -> "ManualClock":
        """Make a clock that stands at an ISO 8601 time of `zone`."""
        moment = datetime.fromisoformat(text).replace(tzinfo=zone)
        return cls(Instant(round(moment.timestamp() * 1000)), zone)

    def now(self) -> Instant:
        """Return where the clock stands."""
        return self.at

    def steady(self) -> int:
        """Return the time that has passed, however the clock was set."""
        return self.ticked

    def boot(self) -> str:
        """Return the name of the pretended start of the computer."""
        return self.started

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass."""
        passed = round((hours * 60 + minutes) * MINUTE + seconds * SECOND)
        self.at = Instant(self.at + passed)
        self.ticked += passed

    def set_by_hand(self, to: Instant) -> None:
        """Move the wall clock without letting time pass, as a person who sets it does."""
        self.at = to


class ShiftedClock:
    """The computer's clocks, moved so that the demo day is now."""

    def __init__(self, clock: Clock, *, shift: int) -> None:
        """Show `clock` moved by `shift` milliseconds."""
        self._clock = clock
        self._shift = shift

    @property
    def zone(self) -> tzinfo | None:
        """The zone of the clock behind it."""
        return self._clock.zone

    def now(self) -> Instant:
        """Return the moved time."""
        return Instant(self._clock.now() + self._shift)

    def steady(self) -> int:
        """Return the steady time of the clock behind it."""
        return self._clock.steady()

    def boot(self) -> str:
        """Return the start of the computer behind it."""
        return self._clock.boot()
