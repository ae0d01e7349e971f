"""A command that is killed in its middle, at each step of it, did all of its work or nothing.

`packaging/dev.py faults` kills at every step; else some of them are tried, the last ones with them.
"""

import csv
import io
import json
import os
import shlex
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, redirect_stderr, redirect_stdout

import pytest

from ptimer.cli.main import run
from ptimer.operations import keeping
from ptimer.storage import backup
from ptimer.storage.database import database_file
from tests.cli.command_line import segments_file
from tests.faults.steady import clock_at
from tests.storage.quick_disk import quick_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are POSIX's")

NOW = "2026-11-23T10:30:00"
THOROUGH = "PTIMER_FAULTS" in os.environ
OLD_LINES = "yesterday's lines\n"
FILES = {"record", "lines.csv", "times.csv"}
FEW = 6
LAST = 3
OF_ITSELF = ("sqlite_", "_sqlite", "clock_mark", "heartbeats")
"""Tables that a command which did nothing may write to."""


@pytest.fixture
def shelf():
    """A folder in memory, where there is one: it is copied often."""
    with quick_folder() as path:
        yield path


@pytest.fixture
def before(shelf):
    """The folder as it is before each attempt: an amended record, with 97112 running."""
    folder = shelf / "before"
    record = folder / "record"
    for now, words in (
        ("08:00", "start 97110 --patient P-1 --payer Medicare --discipline OT --clinician Ana"),
        ("08:30", "stop"),
        ("08:31", "sign --patient P-1 --credentials OTR/L"),
        ("08:32", f"backup {shelf}/earlier.db"),
        ("08:33", "amend --patient P-1 --why 'ten minutes were forgotten'"),
        ("08:34", "sign --patient P-1"),
        ("09:00", "start 97140 --patient P-2"),
        ("09:20", "stop"),
        ("10:00", "start 97112 --patient P-3"),
    ):
        assert do(record, words, f"2026-11-23T{now}:00") == 0, words
    (folder / "lines.csv").write_text(OLD_LINES)
    segments_file(
        folder / "times.csv",
        *(
            f"Q-{n},Medicare,PT,Ben,therapist,97110,2026-11-23T0{n}:00,2026-11-23T0{n}:20"
            for n in range(1, 7)
        ),
    )
    return folder


def do(record, words, now=NOW):
    """Run a command in this process, and return its exit status."""
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        return run(["--data-dir", str(record), *shlex.split(words)], clock_at(now))


def rows(record):
    """Return how many rows each table holds, and what stands in the segments."""
    file = database_file(record)
    if not file.exists():
        return {}
    with closing(sqlite3.connect(file)) as connection:
        tables = connection.execute("select name from sqlite_schema where type = 'table'")
        names = sorted(name for (name,) in tables if not name.startswith(OF_ITSELF))
        counted = {
            name: connection.execute(f"select count(*) from {name}").fetchone()[0]  # noqa: S608
            for name in names
        }
        told = "select patient, code, started_at, ended_at, voided_at from segments order by 1, 3"
        return {**counted, "told": connection.execute(told).fetchall()}


def lines(path):
    """Return the rows of a biller's file, without what is new in each file."""
    new = ("line_id", "batch_id", "exported_at")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: cell for name, cell in row.items() if name not in new}
            for row in csv.DictReader(file)
        ]


def ids(path):
    """Return the line ids of a biller's file."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["line_id"] for row in csv.DictReader(file)}


def remembered(record):
    """Return the ids of the lines that the record knows to have gone out."""
    with closing(sqlite3.connect(database_file(record))) as connection:
        return {line_id for (line_id,) in connection.execute("select line_id from export_lines")}


class Mortal:
    """A command that can be killed at each of its steps (see mortal.py)."""

    def __init__(self, words, shelf, spawn):
        self.work = shelf / "work"
        self.record = self.work / "record"
        self.words = words.format(work=self.work, shelf=shelf)
        self.before = shelf / "before"
        given = ["--data-dir", self.record, *shlex.split(self.words)]
        self.process = spawn(sys.executable, "-m", "tests.faults.mortal", NOW, *given)

    def renew(self):
        """Make the folder what it was before."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.before, self.work)

    def attempt(self, last):
        """Run it anew up to a step, where 0 is to the end; return how it ended."""
        self.renew()
        self.process.stdin.write(f"{last}\n")
        self.process.stdin.flush()
        told = self.process.stdout.readline()
        assert told, self.process.stderr.read()
        return json.loads(told)

    def deaths(self):
        """Let it die at its steps, one after the other."""
        whole = self.attempt(0)
        assert whole["status"] == 0
        for last in self._places(whole["steps"]):
            assert self.attempt(last) == {"status": -signal.SIGKILL, "steps": last}
            found = keeping.check(self.record, clock_at(NOW))
            yield last, found

    def again(self):
        """Run it once more, to its end."""
        assert do(self.record, self.words) == 0

    def _places(self, steps):
        if THOROUGH or steps <= FEW + LAST:
            return range(1, steps + 1)
        stride = (steps - LAST) // FEW
        return [*range(1, steps - LAST, stride), *range(steps - LAST + 1, steps + 1)]


@pytest.fixture
def mortal(spawn, before, shelf):
    """Make a command that can be killed; `{work}` in it is the folder that it works in."""
    return lambda words: Mortal(words, shelf, spawn)


@pytest.mark.parametrize(
    "words",
    [
        "start 97110 --patient P-3 --switch",
        "start 97110 --patient New --payer Medicare --discipline SLP --clinician Cem",
        "stop",
        "import {work}/times.csv",
        "sign --patient P-2",
        "amend --patient P-1 --why 'once more'",
    ],
)
def test_a_change_is_there_whole_or_not_at_all(mortal, words):
    command = mortal(words)
    command.attempt(0)
    after = rows(command.record)
    command.renew()
    unchanged = rows(command.record)
    assert after != unchanged, "it does something"

    for last, _ in command.deaths():
        assert rows(command.record) in (unchanged, after), last
        if rows(command.record) != after:
            command.again()
            assert rows(command.record) == after, "nothing of the dead command is in the way"


def test_a_first_start_that_died_leaves_no_record_or_a_good_one(mortal, before):
    shutil.rmtree(before / "record")
    command = mortal("start 97112 --patient P-1 --clinician Ana")
    command.attempt(0)
    after = rows(command.record)

    for _ in command.deaths():
        if not rows(command.record).get("segments"):
            command.again()
        assert rows(command.record) == after


def test_an_export_that_died_leaves_the_old_file_or_a_whole_new_one_that_is_remembered(mortal):
    command = mortal("export -o {work}/lines.csv --include-unsigned")
    file = command.work / "lines.csv"
    command.attempt(0)
    whole = lines(file)
    assert len(whole) > 2

    for last, _ in command.deaths():
        if file.read_text() != OLD_LINES:
            assert lines(file) == whole, last
            assert ids(file) <= remembered(command.record), "the next export keeps their ids"
        command.again()
        assert lines(file) == whole
        assert ids(file) == remembered(command.record), "no line goes out under two ids"
        assert {path.name for path in command.work.iterdir()} == FILES, "no draft lies about"


def test_a_backup_that_died_leaves_no_half_copy(mortal):
    command = mortal("backup {work}/copy.db")

    for last, _ in command.deaths():
        copy = command.work / "copy.db"
        if copy.exists():
            assert backup.prove(copy).visits == 3, last
        command.again()
        assert backup.prove(copy).visits == 3
        assert {path.name for path in command.work.iterdir()} == {*FILES, "copy.db"}


def test_a_restore_that_died_leaves_the_record_as_it_was_or_restored(mortal):
    command = mortal("restore {shelf}/earlier.db")

    for last, found in command.deaths():
        assert found is not None, last
        assert found.visits in (1, 3)
        command.again()
        assert keeping.check(command.record, clock_at(NOW)).visits == 1
        kept = [backup.prove(path).visits for path in (command.record / "backups").iterdir()]
        assert 3 in kept, "what was replaced is kept"
