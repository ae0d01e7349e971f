"""Any input at all, some of it in each test run: the rest by `packaging/dev.py faults`."""

import json
import sys

from ptimer.cli.main import COMMANDS, Words
from tests.faults.fuzz import commands_of

RUNS = 120
SEED = 20261123


def test_whatever_is_typed_and_whatever_a_file_holds_is_told_and_changes_nothing(run):
    """In a process of its own, which ends an input that hangs."""
    done = run(sys.executable, "-m", "tests.faults.fuzz", str(RUNS), str(SEED))

    told = json.loads(done.stdout)
    assert told["told"] == [], done.stderr[-2000:]
    assert told["runs"] == RUNS
    assert told["came_back"]["done"] > RUNS / 10, "not all of it is refused"
    assert told["came_back"]["refused (2)"] > RUNS / 10


def test_every_word_of_the_command_line_is_typed():
    typed = {path[0] for path, _ in commands_of(Words(name="ptimer"))}

    assert typed == set(COMMANDS)
