"""What is started: the window, or a command? The composition root."""

import gc
import sys
from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or run a command; return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if wants_window(given):
        return _window(_folder(given))
    try:
        return _command(given)
    except KeyboardInterrupt:  # before or after the command itself, which tells it by itself
        return INTERRUPTED


def _command(arguments: Sequence[str]) -> int:
    """Run a command without collecting garbage: it is over before there is any.

    What is left at its end is set aside as well, or Python would walk through all of it again
    before it exits. Together that is a fifth of the time that `ptimer start` takes.
    """
    gc.disable()
    from ptimer.cli.main import run

    status = run(arguments)
    gc.freeze()
    return status


def wants_window(arguments: Sequence[str]) -> bool:
    """Return whether nothing but a data folder is named."""
    rest = list(arguments)
    while rest:
        first = rest.pop(0)
        if first == "--data-dir" and rest:
            folder = rest.pop(0)
        elif first.startswith("--data-dir="):
            folder = first.removeprefix("--data-dir=")
        else:
            return False
        if not folder.strip():  # a slip, which the command line tells
            return False
    return True


def _window(named: str | None) -> int:
    """Open the window; what is made while it opens stays, so nothing is collected until then."""
    gc.disable()
    from ptimer.gui.start import open_window
    from ptimer.operations.data_folder import data_folder

    return open_window(data_folder(named))


def _folder(arguments: Sequence[str]) -> str | None:
    named = None
    for place, argument in enumerate(arguments):
        if argument == "--data-dir":
            named = arguments[place + 1]
        elif argument.startswith("--data-dir="):
            named = argument.removeprefix("--data-dir=")
    return named


if __name__ == "__main__":
    sys.exit(main())
