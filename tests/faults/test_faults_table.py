"""The table of faults: a few of each are done here, and a loss would be seen."""

import json
import os
import re
import signal
import sys

import pytest

from tests.faults import disk_log, lives
from tests.faults.outcome import Outcome, table, verdict
from tests.faults.power import Disk

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are POSIX's")
no_library = pytest.mark.skipif(
    not disk_log.can_listen(), reason="SQLite is a part of Python here, and can't be listened to"
)
HELD = ["", "a", "b", "c"]
"""What a record holds after each press."""


def done(run, *arguments):
    return run(sys.executable, "tests/faults/run.py", *arguments)


@no_library
def test_a_few_of_each_fault_lose_nothing(run):
    faults = ("window", "commands", "power", "damage", "clock", "rivals")
    told = done(run, "--runs", "6", *(each for name in faults for each in ("--only", name)))

    assert told.returncode == 0, told.stdout + told.stderr
    head, *rows = told.stdout.strip().splitlines()
    assert head.split()[:4] == ["fault", "runs", "lost", "wrong"]
    assert len(rows) == len(faults)
    for row in rows:
        assert re.search(r"  +\d+ +0 +0  \w", row), row


@no_library
def test_a_record_whose_commits_are_not_synced_is_seen_to_lose_by_power_cuts(run, tmp_path):
    code = (
        "from pathlib import Path; import json, sys;"
        "from tests.faults.cuts import power; from tests.faults.outcome import Outcome;"
        "o = Outcome('x'); power(o, range(12), Path(sys.argv[1]), 'pragma synchronous = off');"
        "print(json.dumps([o.runs, o.lost, o.wrong, o.good]))"
    )
    told = run(sys.executable, "-c", code, tmp_path)

    assert told.returncode == 0, told.stderr
    runs, lost, wrong, good = json.loads(told.stdout)
    assert runs == 12
    assert lost + wrong > 6
    assert not good


@pytest.mark.parametrize(
    ("confirmed", "found", "kind"),
    [
        (1, "a", None),
        (1, "b", None),  # committed, and nobody had been told yet
        (2, "a", "lost"),
        (3, "", "lost"),
        (1, "c", "wrong"),  # more than was pressed
        (1, "half", "wrong"),
    ],
)
def test_a_record_holds_what_was_confirmed_and_at_most_one_press_more(confirmed, found, kind):
    told = verdict(HELD, confirmed, found)

    assert (told and told[0]) == kind


def test_the_table_has_a_row_for_each_fault_and_a_loss_is_no_good_outcome():
    good, bad = Outcome("power cut"), Outcome("kill -9")
    good.came("whole")
    bad.came("whole")
    bad.went("lost", 4711, "two presses")

    assert good.good
    assert not bad.good
    assert not Outcome("never done").good
    assert bad.told == ["kill -9: lost at seed 4711: two presses"]
    assert table([good, bad]).splitlines() == [
        "fault      runs  lost  wrong  how the program came back",
        "power cut     1     0      0  whole 1",
        "kill -9       2     1      0  whole 1",
    ]


class Chance:
    """What always chooses the same."""

    def __init__(self, number=0, share=0.0):
        self.number = number
        self.share = share

    def randint(self, low, high):
        return min(max(self.number, low), high)

    def choice(self, of):
        return of[0]

    def random(self):
        return self.share


@pytest.fixture
def disk():
    """A file with a page that is safe, and a page that is not yet."""
    disk = Disk({"db": b"old" + bytes(1021)})
    disk.do("write", "db", 0, b"new" + b"x" * 1021)
    return disk


def test_what_was_not_synced_may_be_gone_and_what_was_is_there(disk):
    assert disk.cut("dropped", Chance())["db"].startswith(b"old")
    disk.do("sync", "db", 0, b"")
    assert disk.cut("dropped", Chance())["db"].startswith(b"new")


def test_a_write_may_be_torn_between_two_sectors(disk):
    torn = disk.cut("torn", Chance(700))["db"]

    assert torn[:512] == b"new" + b"x" * 509
    assert torn[512:] == bytes(512)


def test_sectors_come_to_the_disk_in_any_order(disk):
    assert disk.cut("reordered", Chance(share=1.0))["db"].startswith(b"old")
    assert disk.cut("reordered", Chance(share=0.0))["db"] == b"new" + b"x" * 1021


def test_a_log_whose_removal_was_not_synced_may_come_back(disk):
    disk.do("create", "db-wal", 0, b"")
    disk.do("write", "db-wal", 0, b"frames")
    disk.do("sync-new", "db-wal", 0, b"")
    disk.do("delete", "db-wal", 0, b"")

    assert disk.cut("dropped", Chance())["db-wal"] == b"frames"
    assert "db-wal" not in disk.cut("torn", Chance(1))


def test_of_a_process_that_was_killed_only_what_it_said_is_believed():
    def act(say):
        say("first")
        os.kill(os.getpid(), 9)
        say("never")

    life = lives.live(act)

    assert life.said == ("first",)
    assert life.killed


def test_a_process_that_goes_on_too_long_is_killed():
    life = lives.live(lambda say: (say("here"), signal.pause()), seconds=0.2)

    assert life.said == ("here",)
    assert life.killed
