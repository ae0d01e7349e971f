"""A power cut tears the file or its log: what was committed before is there, or damage is told."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest

from ptimer.operations import keeping
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import BadData
from ptimer.operations.stopping import StopWish, stop
from ptimer.operations.stopwatch import StartWish, start
from ptimer.storage.database import database_file
from tests.faults.steady import NOW, clock_at
from tests.storage.quick_disk import quick_folder

THOROUGH = "PTIMER_FAULTS" in os.environ
PRESSES = 6
FRAME_HEADER = 24
LOG_HEADER = 32


@pytest.fixture
def shelf():
    """A folder in memory, where there is one: it is copied often."""
    with quick_folder() as path:
        yield path


@pytest.fixture
def cut(shelf):
    """The record and its log as a power cut leaves them, after six presses, and a copy of each."""
    folder = shelf / "cut"
    clock = clock_at(NOW)
    clinic = open_clinic(shelf / "alive", clock)
    clinic.connection.execute("pragma wal_checkpoint(truncate)")
    for number in range(PRESSES):
        clock.advance(minutes=9)
        if number % 2:
            stop(clinic, StopWish())
        else:
            start(clinic, StartWish("97110", (f"P-{number}",), clinician="Ana"))
    folder.mkdir()
    for end in ("", "-wal"):
        shutil.copy(f"{database_file(shelf / 'alive')}{end}", folder)
    clinic.close()
    return folder


@pytest.fixture
def torn(cut, shelf):
    """Make a folder of files that were torn, and check it: the presses that are left."""

    def torn(log=None, main=None):
        folder = shelf / "torn"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(cut, folder)
        file = database_file(folder)
        if main is not None:
            file.write_bytes(main)
        if log is not None:
            file.with_name(f"{file.name}-wal").write_bytes(log)
        assert keeping.check(folder, clock_at(NOW)) is not None
        return presses(folder)

    return torn


def presses(folder):
    """Return how many of the presses the record holds: a start is one, its stop another."""
    with closing(sqlite3.connect(database_file(folder))) as connection:
        told = connection.execute("select count(*), count(ended_at) from segments")
        return sum(told.fetchone())


def log_of(folder):
    return database_file(folder).with_name("ptimer.db-wal").read_bytes()


def commits(log):
    """Return where in a log each commit ends, as its frames tell."""
    page = int.from_bytes(log[8:12], "big")
    size = FRAME_HEADER + page
    ends = [
        at + size
        for at in range(LOG_HEADER, len(log) - size + 1, size)
        if int.from_bytes(log[at + 4 : at + 8], "big")
    ]
    return ends, size


def places(log):
    """Return where to tear a log: around each commit, in a frame's header, in a page."""
    ends, size = commits(log)
    if THOROUGH:
        return range(0, len(log) + 1, 509)
    around = [end + step for end in ends for step in (-size, -1, 0, 11)]
    return [0, 1, LOG_HEADER, *(at for at in around if 0 <= at <= len(log))]


def expected(log, at):
    """Return how many presses a log holds that is good up to a place."""
    ends, _ = commits(log)
    return sum(end <= at for end in ends)


def test_the_log_holds_one_commit_for_each_press(cut):
    assert len(commits(log_of(cut))[0]) == PRESSES


def test_a_log_that_was_cut_off_gives_every_press_whose_commit_is_in_it(cut, torn):
    log = log_of(cut)
    for at in places(log):
        assert torn(log=log[:at]) == expected(log, at), at


def test_a_log_whose_end_was_never_written_gives_what_stands_before_it(cut, torn):
    log = log_of(cut)
    for at in places(log):
        zeros = bytes(len(log) - at)
        # Where zeros stood anyway, nothing is torn.
        changed = at + len(log[at:]) - len(log[at:].lstrip(b"\0"))
        assert torn(log=log[:at] + zeros) == expected(log, changed), at


def test_a_log_with_a_flipped_bit_gives_what_stands_before_it(cut, torn):
    log = log_of(cut)
    for at in places(log):
        if LOG_HEADER <= at < len(log):
            flipped = bytearray(log)
            flipped[at] ^= 0x10
            assert torn(log=bytes(flipped)) == expected(log, at), at


def test_a_file_torn_while_the_log_was_written_into_it_is_mended_from_the_log(cut, torn, shelf):
    old = database_file(cut).read_bytes()
    shutil.copytree(cut, shelf / "merged")
    with closing(sqlite3.connect(database_file(shelf / "merged"))) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    new = database_file(shelf / "merged").read_bytes()
    assert new != old
    length = max(len(old), len(new))

    for at in range(4096, length, 4096 if THOROUGH else 8 * 4096):
        half = at - 1777  # in the middle of a page
        assert torn(main=new[:half] + old[half:]) == PRESSES, at
        assert torn(main=old[:half] + new[half:]) == PRESSES, at


def test_a_file_torn_without_its_log_is_told_and_left_as_it_is(cut, torn):
    file = database_file(cut)
    whole = file.read_bytes()
    half = whole[: len(whole) // 2]

    with pytest.raises(BadData, match="restore"):
        torn(main=half, log=b"")


@pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be torn there")
def test_the_window_says_that_the_record_is_damaged_and_what_to_do(run, cut):
    file = database_file(cut)
    whole = bytearray(file.read_bytes())
    whole[4096 : len(whole) // 2] = bytes(len(whole) // 2 - 4096)
    file.write_bytes(whole)
    file.with_name(f"{file.name}-wal").unlink()
    done = run(sys.executable, "-m", "ptimer", "--data-dir", cut)

    assert done.returncode == 4
    assert str(file) in done.stderr
    assert "ptimer restore" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == whole
