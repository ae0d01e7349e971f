"""Whole processes timed in turn, and figures held against a floor measured in the same run."""

import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

RUNS = 15


@dataclass(frozen=True)
class Figure:
    """One row of the table: what was measured, against which bound."""

    what: str
    measured: str
    floor: str
    ratio: float
    bound: float
    unit: str = "times"

    @property
    def kept(self) -> bool:
        """Whether the bound is kept."""
        return self.ratio <= self.bound


def in_turn(
    first: Callable[[], float], second: Callable[[], float], runs: int = RUNS
) -> tuple[list[float], list[float]]:
    """Measure two things in turn, after one round that does not count."""
    first(), second()
    firsts, seconds = [], []
    for _ in range(runs):
        firsts.append(first())
        seconds.append(second())
    return firsts, seconds


def process_seconds(command: Sequence[str], environment: Mapping[str, str] | None = None) -> float:
    """Return the wall time of a whole process.

    Raises:
        RuntimeError: it failed; its words are in the error.
    """
    started = time.perf_counter()
    done = subprocess.run(
        command, env={**os.environ, **(environment or {})}, capture_output=True, check=False
    )
    passed = time.perf_counter() - started
    if done.returncode != 0:
        raise RuntimeError(f"{command}: {done.stderr.decode(errors='replace')}")
    return passed


def ratio(firsts: Sequence[float], seconds: Sequence[float]) -> float:
    """Return the ratio of the medians."""
    return median(firsts) / median(seconds)


def milliseconds(values: Sequence[float]) -> str:
    """Return the median in milliseconds."""
    return f"{median(values) * 1000:.1f} ms"


def table(figures: Sequence[Figure]) -> str:
    """Return the table of all figures."""
    rows = [("what", "measured", "floor", "figure", "at most", "")]
    rows += [
        (
            figure.what,
            figure.measured,
            figure.floor,
            f"{figure.ratio:.2f} {figure.unit}",
            f"{figure.bound:.2f} {figure.unit}",
            "kept" if figure.kept else "MISSED",
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)
