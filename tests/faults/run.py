"""Does ptimer keep what it promises whatever happens to it? Every fault, many times, in one table.

Each fault is really done to a process of ptimer's own, chosen by a seed, and done again by it:

    run.py                                 all of it, as long as it takes
    run.py --runs 100                      each fault so many times
    run.py --only power --seed 4711 --runs 1    one run again
    run.py --only places [ARGS]            the tests of this folder at every place; ARGS for pytest
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RUNS = 1000
WORKERS = 2
FEW = 50
"""Runs that are not worth a second process."""


def main(arguments):
    wanted = _parsed(arguments)
    os.environ.update({"QT_QPA_PLATFORM": "offscreen", "TZ": "UTC"})
    time.tzset()
    sys.path.insert(0, str(ROOT))
    names = wanted.only or [*FAULTS, PLACES]
    outcomes = []
    for name in names:
        if name == PLACES:
            continue
        begun = time.perf_counter()
        outcomes.append(_outcome(name, wanted.runs, wanted.seed))
        say(f"{name}: {time.perf_counter() - begun:.0f} s")
    status = 0
    if outcomes:
        from tests.faults.outcome import table

        sys.stdout.write(f"\n{table(outcomes)}\n")
        sys.stdout.flush()
        for told in (line for outcome in outcomes for line in outcome.told):
            say(told)
        status = 0 if all(outcome.good for outcome in outcomes) else 1
    return (_every_place(wanted.rest) or status) if PLACES in names else status


def _parsed(arguments):
    parser = argparse.ArgumentParser(prog="dev.py faults", description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=RUNS, help=f"of each fault; default {RUNS}")
    parser.add_argument(
        "--only", action="append", choices=[*FAULTS, PLACES], help="a fault alone, or several"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the first run; default 0")
    wanted, wanted.rest = parser.parse_known_args(arguments)
    if wanted.runs < 1:
        parser.error("--runs: at least 1")
    if wanted.rest and PLACES not in (wanted.only or [PLACES]):
        parser.error(f"not understood: {' '.join(wanted.rest)}")
    return wanted


def _outcome(name, runs, first):
    """Do a fault so many times, in two processes side by side; return what came of it."""
    from tests.faults.outcome import Outcome

    fault, words, share = FAULTS[name]
    seeds = range(first, first + max(1, round(runs * share)))
    say(f"{words}: seeds {seeds[0]} to {seeds[-1]}")
    half = len(seeds) if len(seeds) < FEW else -(-len(seeds) // WORKERS)
    parts = [seeds[at : at + half] for at in range(0, len(seeds), half)]
    whole = Outcome(words)
    for part in _side_by_side(fault, words, parts):
        whole.add(part)
    return whole


def _side_by_side(fault, words, parts):
    """Do parts of the runs in processes of their own; yield what came of each."""
    import pickle

    children = []
    for part in parts:
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            with os.fdopen(writing, "wb") as told:
                pickle.dump(_done(fault, words, part), told)
            os._exit(0)
        os.close(writing)
        children.append((child, reading))
    for child, reading in children:
        with os.fdopen(reading, "rb") as told:
            yield pickle.load(told)  # noqa: S301  (a child's own words)
        os.waitpid(child, 0)


def _done(fault, words, seeds):
    from importlib import import_module

    from tests.faults.outcome import Outcome
    from tests.storage.quick_disk import quick_folder

    module, name = fault.split(".")
    outcome = Outcome(words)
    try:
        with quick_folder() as work:
            getattr(import_module(f"tests.faults.{module}"), name)(outcome, seeds, work)
    except Exception as error:  # noqa: BLE001  (the other faults are still to be done)
        outcome.went("wrong", f"{seeds[0]} or after", f"{type(error).__name__}: {error}")
    return outcome


def _every_place(arguments):
    """Run the tests of this folder with all the places that a test run leaves out."""
    say("the tests of this folder, at every place")
    command = [sys.executable, "-m", "pytest", str(HERE), "-n", "2", *arguments]
    environ = {**os.environ, "PTIMER_FAULTS": "all"}
    return subprocess.run(command, check=False, cwd=ROOT, env=environ).returncode


def say(text):
    """Tell how far it is."""
    sys.stderr.write(f"{text}\n")


PLACES = "places"
FAULTS = {
    "window": ("kills.window", "kill -9, the window", 0.5),
    "commands": ("kills.commands", "kill -9, the command line", 0.5),
    "power": ("cuts.power", "power cut", 1),
    "damage": ("damages.damages", "damaged file", 1),
    "clock": ("clocks.clocks", "clock, zone, night, sleep", 0.2),
    "rivals": ("rivals.rivals", "8 processes at once", 0.1),
    "input": ("fuzz.fuzz", "any words, any file", 1),
    "year": ("year.year", "a year left open", 0.001),
}
"""Of each: what does it, its name in the table, and its share of the runs that are asked for."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
