"""How does the set-up talk? Progress on stderr, so that programs' stdout stays theirs."""

import sys


class SetupError(Exception):
    """The set-up cannot go on. The text says why, and what to do about it."""


def say(text: str) -> None:
    """Tell the person what goes on."""
    print(f"ptimer: {text}", file=sys.stderr, flush=True)
