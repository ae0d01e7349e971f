"""A command that is killed at its n-th step: before a statement of SQL, or as it touches a file.

Reads numbers from stdin; for each one a fork runs the command and dies at that step, or never
where it is 0. Tells the exit status and how many steps it got to.
"""

import json
import mmap
import os
import signal
import sqlite3
import sys

from ptimer.cli.main import run
from ptimer.operations import clinic, exporting, importing, keeping, signing, stopwatch
from ptimer.storage import backup, integrity, migrations
from tests.faults.steady import clock_at

IMPORTED = (clinic, exporting, importing, keeping, signing, stopwatch, backup, integrity)
READ_BEFORE = (*IMPORTED, migrations)
"""Read once, before the forks."""

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
TOUCHES = ("os.rename", "os.remove", "os.link", "os.mkdir", "os.truncate", "sqlite3.connect")


class Steps:
    """Counts, where a parent can still read it after a kill, and kills."""

    def __init__(self, last):
        self.count = mmap.mmap(-1, 8)
        self.last = last

    def __call__(self, *_):
        taken = self.taken + 1
        self.count[:8] = taken.to_bytes(8, "little")
        if taken == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    @property
    def taken(self):
        return int.from_bytes(self.count[:8], "little")

    def watch(self):
        connect, fsync = sqlite3.connect, os.fsync

        def watched(*given, **named):
            connection = connect(*given, **named)
            connection.set_trace_callback(self)
            return connection

        def synced(descriptor):
            self()
            fsync(descriptor)

        sqlite3.connect, os.fsync = watched, synced
        sys.addaudithook(self.touched)

    def touched(self, event, given):
        if event in TOUCHES or (event == "open" and (given[2] or 0) & WRITING):
            self()


def attempt(words, now, last):
    steps = Steps(last)
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nowhere, descriptor)
        steps.watch()
        os._exit(run(words, clock_at(now)))
    _, ended = os.waitpid(child, 0)
    return {"status": os.waitstatus_to_exitcode(ended), "steps": steps.taken}


def main():
    now, *words = sys.argv[1:]
    for line in sys.stdin:
        sys.stdout.write(json.dumps(attempt(words, now, int(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
