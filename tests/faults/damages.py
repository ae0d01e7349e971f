"""A file that a disk, a person or another program has damaged: it is told, never made anew.

Each command either does its work on what is whole, or says which file is damaged and what to do,
with exit status 4, and leaves the file as it is, and its log. What a person does then is done,
too: what can be read is salvaged into a new record, and the newest whole backup is restored.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from ptimer.cli.main import run
from ptimer.storage.database import database_file
from tests.faults import days, kept, kills
from tests.faults.lives import live

COMMANDS = 25
USED = ("status", "check", "start 97110 --patient P-1 --clinician Zoe --switch")
LOG_MERGED = 0.7
"""How often the log that a kill left has been merged into the file, and is gone."""
TRIED = ("Zoe", "P-1")
"""Who is started on the damaged record."""
FLIPPED, ONLY_LOG = "bits flipped", "only the log is left"
TOLD = "told, the file named and left"
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
    """Damage the record, use it, save what can be read of it, and restore its backup."""
    whole = _record(work / "whole")
    known = _Known(whole)
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
        wrong, how = _judged(_used(folder), known)
        if how == TOLD:
            saved = work / "saved"
            shutil.rmtree(saved, ignore_errors=True)
            wrong, how = _saved(folder, saved, known, flipped=kind == FLIPPED)
        outcome.judge(seed, wrong and (wrong[0], f"{kind}: {wrong[1]}"), how)


class _Known:
    """What the undamaged record holds, and its backup."""

    def __init__(self, whole):
        self.shown = _shown(whole)
        self.times = _times(_file(whole.with_name("copy")))
        (backup,) = (whole / "backups").glob("*.db")
        self.backed_up = _held(backup)


def _record(folder):
    """Make a day's record and a backup of it, with the log that a kill has left beside it."""
    shutil.rmtree(folder, ignore_errors=True)
    steps = days.command_day("damage", COMMANDS)

    def act(say):
        clock = days.new_clock()
        for step in steps:
            clock.advance(seconds=step.seconds)
            kills.type_in(folder, clock, step.given)
        kills.type_in(folder, clock, "backup")
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
    FLIPPED: _flip,
    "cut off": _cut_off,
    "zeros": _zeros,
    "another program's": _another_programs,
    ONLY_LOG: _only_the_log,
}


# -- it is used ------------------------------------------------------------------------------------


def _used(folder):
    """Use the record as one does who notices nothing; return what came of each command."""
    return {words.split()[0]: _typed(folder, words) for words in USED}


def _typed(folder, words):
    """Return exit status, both outputs, and whether the file is another; each as a process."""
    before = _content(_file(folder))
    told = live(lambda say: say(_done(folder, words)))
    changed = _content(_file(folder)) != before
    return *(told.said[0] if told.said else (told.status, "", "it died")), changed


def _done(folder, words):
    """Type a command in this process; return its exit status and both outputs."""
    clock = days.new_clock()
    clock.advance(hours=10)
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(["--data-dir", str(folder), "--json", *words.split()], clock)
    return status, out.getvalue(), err.getvalue()


def _judged(told, known):
    """Return what is wrong with what was told, None if nothing is, and how it went."""
    for word, (status, _, words, changed) in told.items():
        seen = f"{word} ended with {status}: {words.strip()}"
        if status not in (DONE, REFUSED, BAD_DATA) or "Traceback" in words:
            return ("wrong", seen), ""
        if status == BAD_DATA and (changed or "ptimer.db" not in words):
            return ("wrong", f"{seen} (changed: {changed})"), ""
    if told["check"][0] == BAD_DATA or told["status"][0] == BAD_DATA:
        return None, TOLD
    if json.loads(told["status"][1])["visits"] != known.shown:
        return ("lost", "another day is shown, and the check finds nothing"), ""
    return None, "nothing that counts was hit"


# -- what a person does then -----------------------------------------------------------------------


def _saved(folder, saved, known, *, flipped):
    """Salvage it and restore its backup; return what is wrong with what came back, and how."""
    found = live(lambda say: say(_salvaged_and_restored(folder, saved, known, flipped=flipped)))
    if not found.said:
        return ("wrong", "it died while it was saved"), ""
    wrong, how = found.said[0]
    return wrong, f"{TOLD}, backup restored, {how}"


def _salvaged_and_restored(folder, saved, known, *, flipped):
    damaged = _content(_file(folder))
    saved.mkdir()
    status, out, err = _done(folder, f"salvage -o {_file(saved)}")
    if _content(_file(folder)) != damaged:
        return ("wrong", "the salvage changed the damaged file"), ""
    wrong = None
    if status == DONE:
        wrong = _wrong_with_salvaged(saved, json.loads(out), known, flipped=flipped)
    elif status != BAD_DATA or list(saved.iterdir()):
        wrong = ("wrong", f"salvage ended with {status}: {err.strip()}")
    how = "what is left was saved" if status == DONE else "nothing was left to save"
    return wrong or _wrong_with_restored(folder, damaged, known), how


def _wrong_with_salvaged(saved, told, known, *, flipped):
    """Say what is wrong with a record that was salvaged: it is whole, and nothing is made up."""
    status, _, err = _done(saved, "check")
    if status != DONE:
        return "wrong", f"what was salvaged does not pass its check: {err.strip()}"
    times = _times(_file(saved))
    if len(times) != told["segments"]:
        return "wrong", f"{told['segments']} times were to be salvaged, {len(times)} are there"
    # A flipped bit may be in any word that was recorded; then the history tells otherwise.
    doubted = flipped and (told["check"] or told["missing"] or told["left_over"])
    made_up = [each for each in times - known.times if each[0] not in TRIED]
    return ("wrong", f"made up: {made_up}") if made_up and not doubted else None


def _wrong_with_restored(folder, damaged, known):
    """Restore the newest whole backup; say what is wrong with what is there then."""
    backups = json.loads(_done(folder, "backups")[1])["backups"]
    newest = next((each["file"] for each in backups if each["visits"] is not None), None)
    if newest is None:
        return "lost", "no whole backup is listed"
    status, out, err = _done(folder, f"restore {newest}")
    if status != DONE:
        return "lost", f"restore ended with {status}: {err.strip()}"
    kept_as = Path(json.loads(out)["kept"])
    if _content(kept_as) != damaged:
        return "lost", "the damaged file is not kept as it was"
    if _held(_file(folder)) != known.backed_up:
        return "lost", "not all that the backup held is there"
    status, _, err = _done(folder, "check")
    return None if status == DONE else ("wrong", f"restored, check says: {err.strip()}")


# -- what the files hold ---------------------------------------------------------------------------


def _shown(folder):
    """Return what `status` shows of the undamaged record, of which a copy is made."""
    copy = folder.with_name("copy")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return json.loads(_done(copy, "status")[1])["visits"]


def _times(file):
    """Return all times in a record."""
    with closing(sqlite3.connect(file)) as connection:
        return set(
            connection.execute("select patient, code, clinician, started_at, id from segments")
        )


def _held(file):
    """Return a hash of what a record or a backup holds."""
    with closing(sqlite3.connect(file)) as connection:
        return kept.hash_of(kept.rows(connection))


def _content(file):
    """Return the bytes of a file and of the log beside it; "" where there is none."""
    beside = (file, file.with_name(f"{file.name}-wal"))
    return [each.read_bytes() if each.exists() else b"" for each in beside]


def _file(folder):
    return database_file(folder)
