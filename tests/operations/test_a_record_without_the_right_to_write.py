"""What may not be written to is told, and may still be looked at where that is safe."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")

NOBODY = "65534"
"""Root may write everywhere, so another user tries."""


@pytest.fixture
def shelf():
    """A folder that every user can get to, unlike those of the tests."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def attempt(program):
    """Let a user without rights start, or look; return what they are told."""

    def attempt(*words):
        more = {"ACT_AS": NOBODY} if os.geteuid() == 0 else {}
        child = program(*words, **more)
        child.wait_until_ready()
        child.go()
        return child.result()

    return attempt


@pytest.fixture
def record(shelf, clinic, timed, file):
    """A record with a visit in it, closed in order; nobody else is its owner."""
    timed("97110")
    clinic.close()
    folder = shelf / "record"
    folder.mkdir(mode=0o755)
    shutil.copy(file, folder)
    (folder / file.name).chmod(0o644)
    yield folder
    folder.chmod(0o755)


def _start(folder):
    return "start", folder, "97140", "Bob", "Lee"


def test_nothing_can_be_recorded_in_a_folder_that_may_not_be_written_to(shelf, attempt):
    shelf.chmod(0o555)

    told = attempt(*_start(shelf / "record"))
    assert told.startswith(f"Busy: Nothing can be recorded in {shelf / 'record'}: ")
    assert "Permission denied" in told
    assert "allow writing there, or name another folder with --data-dir" in told
    assert list(shelf.iterdir()) == []


def test_a_record_that_may_only_be_read_can_be_looked_at(record, attempt):
    before = {path.name: path.read_bytes() for path in record.iterdir()}
    (record / "ptimer.db").chmod(0o444)
    record.chmod(0o555)

    assert attempt("look", record) == "1 visits"
    assert attempt(*_start(record)).startswith("Busy: Nothing can be recorded in ")
    assert {path.name: path.read_bytes() for path in record.iterdir()} == before


def test_a_record_of_which_the_last_changes_cannot_be_read_is_not_shown_without_them(
    record, attempt
):
    (record / "ptimer.db-wal").write_bytes(b"changes of a program that died")
    record.chmod(0o555)

    assert "its last changes can't be read without writing there" in attempt("look", record)


@pytest.mark.parametrize("place", ["", "ptimer.db"])
def test_a_record_that_may_not_even_be_read_is_told(record, attempt, place):
    before = (record / "ptimer.db").read_bytes()
    (record / place).chmod(0o000)

    for words in (("look", record), _start(record)):
        told = attempt(*words)
        assert told.startswith("Busy: Nothing can be recorded in ")
        assert "Permission denied" in told or "unable to open database file" in told
    record.chmod(0o755)
    assert (record / "ptimer.db").read_bytes() == before
