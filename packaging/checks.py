"""Does everything hold that must hold before a change goes in?"""

import os
import subprocess
from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import NamedTuple

from checkout import Checkout
from console import say


class Step(NamedTuple):
    """One tool's run."""

    name: str
    command: Sequence[str]


class Outcome(NamedTuple):
    """How a step ended."""

    name: str
    passed: bool
    seconds: float


def lint_steps(checkout: Checkout) -> list[Step]:
    """Return what reads the code without running it."""

    def step(name: str, tool: str, *arguments: str) -> Step:
        return Step(name, [str(checkout.script(tool)), *arguments])

    return [
        step("lint", "ruff", "check"),
        step("format", "ruff", "format", "--check"),
        # As on Linux wherever it runs: one answer for everyone.
        step("types", "mypy", "--platform", "linux", "ptimer", "packaging"),
        step("imports", "lint-imports", "--no-logo"),
    ]


def test_steps(checkout: Checkout, pytest_arguments: Sequence[str]) -> list[Step]:
    """Return everything: the lint steps and the tests, in at most four workers."""
    pytest = [str(checkout.script("pytest")), "-n", "auto", "--maxprocesses", "4"]
    return [*lint_steps(checkout), Step("tests", [*pytest, *pytest_arguments])]


def run(checkout: Checkout, steps: Iterable[Step]) -> int:
    """Run all steps, whatever one of them finds; print a table; return an exit status."""
    outcomes = [_run(checkout, step) for step in steps]
    print(table(outcomes), flush=True)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def table(outcomes: Iterable[Outcome]) -> str:
    """Return step, result and seconds in columns."""
    rows = [("step", "result", "seconds")]
    rows += [(o.name, "ok" if o.passed else "FAILED", f"{o.seconds:.1f}") for o in outcomes]
    return "\n" + "\n".join(f"{name:<10}{result:<8}{took:>8}" for name, result, took in rows)


def _run(checkout: Checkout, step: Step) -> Outcome:
    say(step.name)
    started = perf_counter()
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(step.command, check=False, cwd=checkout.root, env=environ)
    return Outcome(step.name, done.returncode == 0, perf_counter() - started)
