"""What can be done with a fresh clone? Set up, run and test, with one program.

Needs Python 3.11 or later and nothing else: `python3 packaging/dev.py` lists the
commands. Each first makes `.venv` complete, which takes no time when it is.
"""

import sys

# Before the other imports and in old syntax: an old Python must get to this sentence.
if sys.version_info < (3, 11):  # noqa: UP036  (it is outdated for all but this block)
    found = f"{sys.version_info[0]}.{sys.version_info[1]} ({sys.executable})"
    sys.stderr.write(f"ptimer needs Python 3.11 or later, and this is {found}.\n")
    sys.exit(2)

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import checks
import environment
import locks
from checkout import HERE
from console import SetupError, say
from display import why_no_display

USAGE_ERROR = 2
INTERRUPTED = 130


def run(arguments: Sequence[str]) -> int:
    """Open the window, with ARGS for ptimer; without a display play a demo day instead."""
    environment.ensure(HERE, "run")
    reason = why_no_display(os.environ)
    if reason is None:
        return _start(HERE.script("ptimer"), arguments)
    folder = tempfile.mkdtemp(prefix="ptimer-day-")
    say(f"no display ({reason}): playing a demo day without a window")
    say(f"the day's files go to {folder}")
    if arguments:
        say(f"not used, since the window is to get them: {' '.join(arguments)}")
    return _start_script("packaging/tour.py", ["day", "--out", folder], kind="run")


def test(arguments: Sequence[str]) -> int:
    """Lint, types, import contracts and all tests, with ARGS for pytest."""
    environment.ensure(HERE, "dev")
    return checks.run(HERE, checks.test_steps(HERE, arguments))


def lint(arguments: Sequence[str]) -> int:
    """Lint, types and import contracts alone."""
    _refuse(arguments)
    environment.ensure(HERE, "dev")
    return checks.run(HERE, checks.lint_steps(HERE))


def setup(arguments: Sequence[str]) -> int:
    """Only set up: what `run` needs, or with `setup dev` what `test` needs."""
    _refuse([argument for argument in arguments if argument not in ("run", "dev")])
    environment.ensure(HERE, "dev" if "dev" in arguments else "run")
    return 0


def bench(arguments: Sequence[str]) -> int:
    """Run the benchmarks, with ARGS for them."""
    return _start_script("tests/benchmarks/run.py", arguments, kind="dev")


def faults(arguments: Sequence[str]) -> int:
    """Run the fault injection, with ARGS for it."""
    return _start_script("tests/faults/run.py", arguments, kind="dev")


def screenshots(arguments: Sequence[str]) -> int:
    """Take the screenshots, with ARGS for the tour."""
    return _start_script("packaging/tour.py", ["screenshots", *arguments], kind="run")


def lock(arguments: Sequence[str]) -> int:
    """Make the lock files anew, with ARGS for uv; `lock --upgrade` takes newer versions."""
    locks.make(HERE, arguments)
    return 0


COMMANDS = {
    command.__name__: command
    for command in (run, test, lint, setup, bench, faults, screenshots, lock)
}


def main(arguments: Sequence[str]) -> int:
    """Do what the command line asks; return the exit status."""
    command = COMMANDS.get(arguments[0]) if arguments else None
    if command is None:
        print(usage(), file=sys.stderr)
        return 0 if arguments[:1] in (["-h"], ["--help"], ["help"]) else USAGE_ERROR
    try:
        return command(arguments[1:])
    except (SetupError, OSError) as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        say("stopped; the next start mends what was left half done")
        return INTERRUPTED


def usage() -> str:
    """Return one line for each command."""
    lines = [f"  {name:<12}{command.__doc__}" for name, command in COMMANDS.items()]
    return "\n".join(["usage: dev.py COMMAND [ARGS]", "", *lines])


def _refuse(arguments: Sequence[str]) -> None:
    if arguments:
        raise SetupError(f"not understood: {' '.join(arguments)}")


def _start_script(path: str, arguments: Sequence[str], *, kind: str) -> int:
    """Run one of the repository's scripts; without a screen, unless the person chose one."""
    script = HERE.root / path
    if not script.exists():
        raise SetupError(f"{path} is not in this checkout")
    environment.ensure(HERE, kind)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _start(HERE.python, [str(script), *arguments])


def _start(program: Path, arguments: Sequence[str]) -> int:
    """Become `program`: its signals, output and exit status are then its own."""
    command = [str(program), *arguments]
    if sys.platform == "win32":  # there, exec returns to the shell at once
        return subprocess.run(command, check=False).returncode
    os.execv(program, command)  # noqa: S606  (a shell would split the arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
