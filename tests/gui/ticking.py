"""How time passes for a window: with the ticks that the seconds would give."""

AT_ONCE = 20
"""Seconds: fewer than what a window takes for a sleep of the computer."""


def tick_through(desk, clock, seconds):
    """Let seconds pass on a clock, and tick on the way."""
    while seconds > 0:
        step = min(seconds, AT_ONCE)
        clock.advance(seconds=step)
        desk.tick()
        seconds -= step
