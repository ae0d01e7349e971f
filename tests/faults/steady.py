"""Which clock does a process of a fault live by? Read without pytest: a child has no use for it."""

from ptimer.timing.clock import ManualClock

NOW = "2026-11-23T10:00:00"


def clock_at(now):
    """Return a clock of a computer that has run without a break, as several processes need it."""
    clock = ManualClock.at_local(now)
    clock.ticked = clock.at
    return clock
