"""A clock that is set, a zone that changes, a night, a sleep: minutes are right or asked about.

Random days on the command line. Between two commands time passes, and something may happen to the
clock. Each segment that stands afterwards was timed while as much time really passed, or it is
asked about; none has less than no time, and none meets another of its clinician.
"""

import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from datetime import UTC
from io import StringIO
from zoneinfo import ZoneInfo

from ptimer.cli.main import run
from ptimer.operations import keeping, watching
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Problem
from ptimer.storage.database import database_file
from ptimer.timing.clock import HOUR, MINUTE, SECOND, ManualClock
from tests.faults import days

COMMANDS = 12
ZONES = (UTC, ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kathmandu"))
BEGINNINGS = (
    ("2026-11-23T09:00:00", "a day"),
    ("2026-10-31T22:30:00", "the night with an hour twice (New York)"),
    ("2026-10-25T00:10:00", "the night with an hour twice (Berlin)"),
    ("2026-03-08T00:30:00", "the night without an hour (New York)"),
    ("2026-03-29T00:40:00", "the night without an hour (Berlin)"),
    ("2026-11-20T23:30:00", "midnight"),
)
STEPS = {"minutes": 12, "a minute": 2, "hours": 2, "a weekend": 1}
SET = {"": 6, "back": 2, "forward": 2, "zone": 2}
SMALL = 7 * SECOND
"""A time server's step, which nobody is asked about: it is less than `PARTED`."""


def clocks(outcome, seeds, work):
    """Live through odd days."""
    for seed in seeds:
        folder = work / f"clock-{seed}"
        chance = days.dice("clock", seed)
        beginning, named = chance.choice(BEGINNINGS)
        day = _OddDay(folder, chance, beginning)
        day.live()
        outcome.judge(seed, day.verdict(), f"right, on {named}" if not day.asked else "asked about")


class _OddDay:
    """Keeps the true time beside what the clock shows."""

    def __init__(self, folder, chance, beginning):
        self.folder = folder
        self.chance = chance
        self.clock = ManualClock.at_local(beginning, chance.choice(ZONES))
        self.clock.ticked = self.clock.at
        self.really = {}
        """By patient and code: the true time at which it began, then how long it lasted."""
        self.drift = 0
        self.asked = []
        self.bad = None

    def live(self):
        for _ in range(COMMANDS):
            self._let_pass()
            self._meddle()
            self._type(self._command())
        self._type("stop")

    def _let_pass(self):
        kind = self.chance.choices(list(STEPS), list(STEPS.values()))[0]
        passed = {
            "minutes": self.chance.randint(1, 40 * 60),
            "a minute": 60,
            "hours": self.chance.randint(3600, 5 * 3600),
            "a weekend": 62 * 3600,
        }[kind]
        self.clock.advance(seconds=passed)

    def _meddle(self):
        kind = self.chance.choices(list(SET), list(SET.values()))[0]
        by = self.chance.choice((SMALL, 3 * MINUTE, HOUR, 25 * HOUR))
        if kind == "zone":
            self.clock.zone = self.chance.choice(ZONES)
        elif kind:
            by = by if kind == "forward" else -by
            self.clock.set_by_hand(self.clock.at + by)
            self.drift += by if abs(by) == SMALL else 0

    def _command(self):
        if self.chance.random() < 0.35:
            return "stop"
        code = self.chance.choice(("97110", "97112", "97140", "97530"))
        patient = self.chance.choice(days.PATIENTS)
        return f"start {code} --patient {patient} --clinician Ana --discipline OT --switch"

    def _type(self, words):
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run(["--data-dir", str(self.folder), "--json", *words.split()], self.clock)
        if status not in (0, 2, 3):
            self.bad = self.bad or ("wrong", f"{words} ended with {status}: {err.getvalue()}")
        if status == 0:
            self._note()

    def _note(self):
        """Note the true times of what runs and of what was ended."""
        steady = self.clock.steady() + self.drift
        for row in _segments(self.folder):
            begun = self.really.setdefault(row["id"], [steady, None])
            if row["ended_at"] is not None and begun[1] is None:
                begun[1] = steady

    def verdict(self):
        if self.bad is not None:
            return self.bad
        try:
            keeping.check(self.folder, self.clock)
            clinic = open_clinic(self.folder, self.clock)
            self.asked = [each.segment.id for each in watching.in_doubt(clinic)]
            clinic.close()
        except Problem as problem:
            return "wrong", str(problem)
        return self._judged(_segments(self.folder))

    def _judged(self, rows):
        reached = {}
        for row in sorted(rows, key=lambda row: row["started_at"]):
            if row["ended_at"] is None:
                return "wrong", f"{row['code']} runs on after a stop"
            lasted = row["ended_at"] - row["started_at"]
            if lasted < 0 or row["started_at"] < reached.get(row["clinician"], 0):
                return "wrong", f"{row['code']} has {lasted} ms, or meets another time"
            reached[row["clinician"]] = row["ended_at"]
            begun, ended = self.really[row["id"]]
            if lasted != ended - begun and row["id"] not in self.asked:
                return "lost", f"{row['code']} has {lasted} ms, {ended - begun} passed: not asked"
        return None


def _segments(folder):
    """Return what is recorded and stands, as rows."""
    file = database_file(folder)
    if not file.exists():
        return []
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        return connection.execute("select * from segments where voided_at is null").fetchall()
