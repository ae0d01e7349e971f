"""A file that a disk, a person or another program has damaged: it is told, never made anew.

Each command either does its work on what is whole, or says which file is damaged and what to do,
with exit status 4, and leaves the file as it is.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO

from ptimer.cli.main import run
from ptimer.storage.database import database_file
from tests.faults import days, kills
from tests.faults.lives import live

COMMANDS = 25
USED = ("status", "check", "start 97110 --patient P-1 --clinician Zoe --switch")
LOG_MERGED = 0.7
"""How often the log that a kill left has been merged into the file, and is gone."""
ONLY_LOG = "only the log is left"
DONE, REFUSED, BAD_DATA = 0, 3, 4
OTHERS = (
    b"",
    b"patient,code,minutes\nP-1,97110,30\n" * 200,
    b"\x89PNG\r\n\x1a\n" + bytes(5000),
    b'{"version": 1}\n',
    b"SQLite format 3\0" + bytes(84),
)
"""What other programs write."""


def damages(outcome, seeds, work):
    """Damage the record, and use it."""
    whole = _record(work / "whole")
    for seed in seeds:
        chance = days.dice("damage", seed)
        kind = chance.choice(list(KINDS))
        folder = work / "damaged"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        if chance.random() < LOG_MERGED and kind != ONLY_LOG:
            with closing(sqlite3.connect(_file(folder))) as connection:
                connection.execute("pragma wal_checkpoint(truncate)")
        KINDS[kind](folder, chance)
        _judge(outcome, seed, kind, _used(folder), _shown(whole))


def _record(folder):
    """Make a day's record, with the log that a kill has left beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    steps = days.command_day("damage", COMMANDS)

    def act(say):
        clock = days.new_clock()
        for step in steps:
            clock.advance(seconds=step.seconds)
            kills.type_in(folder, clock, step.given)
        held = sqlite3.connect(database_file(folder))
        held.execute("select count(*) from visits").fetchone()
        clock.advance(minutes=5)
        say(kills.type_in(folder, clock, "start 97110 --patient P-9 --clinician Eva"))
        os._exit(0)  # the log stays where it is

    assert live(act).said == (DONE,)
    return folder


def _flip(folder, chance):
    content = bytearray(_file(folder).read_bytes())
    for _ in range(chance.choice((1, 8, 64, 512))):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    _file(folder).write_bytes(content)


def _cut_off(folder, chance):
    os.truncate(_file(folder), chance.randrange(_file(folder).stat().st_size))


def _zeros(folder, chance):
    content = bytearray(_file(folder).read_bytes())
    begin = chance.randrange(len(content))
    end = min(len(content), begin + chance.choice((512, 4096, 65536, len(content))))
    content[begin:end] = bytes(end - begin)
    _file(folder).write_bytes(content)


def _another_programs(folder, chance):
    _file(folder).unlink()
    number = chance.randrange(len(OTHERS) + 1)
    if number < len(OTHERS):
        _file(folder).write_bytes(OTHERS[number])
        return
    with closing(sqlite3.connect(_file(folder))) as connection:
        connection.execute("create table visits (id, patient)")
        connection.commit()


def _only_the_log(folder, _):
    _file(folder).unlink()


KINDS = {
    "bits flipped": _flip,
    "cut off": _cut_off,
    "zeros": _zeros,
    "another program's": _another_programs,
    ONLY_LOG: _only_the_log,
}


def _used(folder):
    """Use the record as one does who notices nothing; return what came of each command."""
    return {words.split()[0]: _typed(folder, words) for words in USED}


def _typed(folder, words):
    """Return exit status, both outputs, and whether the file is another; each as a process."""

    def act(say):
        clock = days.new_clock()
        clock.advance(hours=10)
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            status = run(["--data-dir", str(folder), "--json", *words.split()], clock)
        say([status, out.getvalue(), err.getvalue()])

    before = _content(folder)
    told = live(act)
    changed = before is not None and _content(folder) != before
    return *(told.said[0] if told.said else (told.status, "", "it died")), changed


def _judge(outcome, seed, kind, told, shown):
    for word, (status, _, words, changed) in told.items():
        seen = f"{kind}: {word} ended with {status}: {words.strip()}"
        if status not in (DONE, REFUSED, BAD_DATA) or "Traceback" in words:
            outcome.went("wrong", seed, seen)
            return
        if status == BAD_DATA and (changed or "ptimer.db" not in words):
            outcome.went("wrong", seed, f"{seen} (changed: {changed})")
            return
    if told["check"][0] == BAD_DATA or told["status"][0] == BAD_DATA:
        outcome.came("told, the file named and left")
    elif json.loads(told["status"][1])["visits"] != shown:
        outcome.went("lost", seed, f"{kind}: another day is shown, and the check finds nothing")
    else:
        outcome.came("nothing that counts was hit")


def _shown(folder):
    """Return what `status` shows of the undamaged record."""
    out = StringIO()
    clock = days.new_clock()
    clock.advance(hours=10)
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    with redirect_stdout(out):
        run(["--data-dir", str(copy), "--json", "status"], clock)
    return json.loads(out.getvalue())["visits"]


def _content(folder):
    """Return the file's bytes; None where it is gone, or a log beside it will be merged into it."""
    log = _file(folder).with_name(f"{_file(folder).name}-wal")
    if not _file(folder).exists() or (log.exists() and log.stat().st_size):
        return None
    return _file(folder).read_bytes()


def _file(folder):
    return database_file(folder)
