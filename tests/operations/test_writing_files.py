"""A file appears whole, or not at all, and what went wrong is said in a sentence."""

import os
import sys

import pytest

from ptimer.operations.errors import Busy
from ptimer.operations.writing_files import whole_file

AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


def write(path, text, **options):
    with whole_file(path, **options) as out:
        out.write(text)


def write_half(path, error):
    with whole_file(path) as out:
        out.write("half a fi")
        raise error


def test_what_is_written_is_there_afterwards_and_nothing_else(tmp_path):
    write(tmp_path / "biller.csv", "a,b\r\n1,é\r\n")

    assert (tmp_path / "biller.csv").read_bytes() == "a,b\r\n1,é\r\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["biller.csv"]


def test_a_byte_order_mark_stands_before_it_where_one_is_wanted(tmp_path):
    write(tmp_path / "biller.csv", "a\r\n", bom=True)

    assert (tmp_path / "biller.csv").read_bytes() == b"\xef\xbb\xbfa\r\n"


def test_line_ends_are_written_as_they_are_given(tmp_path):
    write(tmp_path / "biller.csv", "a\r\nb\nc\r\n")

    assert (tmp_path / "biller.csv").read_bytes() == b"a\r\nb\nc\r\n"


def test_an_older_file_is_replaced(tmp_path):
    (tmp_path / "biller.csv").write_text("the longer file of last week")
    write(tmp_path / "biller.csv", "new")

    assert (tmp_path / "biller.csv").read_text() == "new"


def test_until_it_is_whole_the_older_file_stays(tmp_path):
    target = tmp_path / "biller.csv"
    target.write_text("old")
    with whole_file(target) as out:
        out.write("new")
        out.flush()
        assert target.read_text() == "old"


@pytest.mark.parametrize("error", [ValueError("a bug"), KeyboardInterrupt()])
def test_work_that_breaks_off_leaves_the_older_file_and_no_draft(tmp_path, error):
    target = tmp_path / "biller.csv"
    target.write_text("old")
    with pytest.raises(type(error)):
        write_half(target, error)

    assert target.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["biller.csv"]


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path):
    target = tmp_path / "biller.csv"
    with pytest.raises(Busy) as told:
        write_half(target, OSError(28, "No space left on device"))

    assert str(told.value.sentence) == f"{target} can't be written: No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_only_when_the_rest_is_written_out_is_told_too(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Busy):
        write(tmp_path / "biller.csv", "new")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(
    AS_ROOT or sys.platform == "win32", reason="root writes everywhere; Windows has other rights"
)
def test_a_folder_that_may_not_be_written_to_is_told(tmp_path):
    folder = tmp_path / "read-only"
    folder.mkdir()
    folder.chmod(0o500)
    with pytest.raises(Busy, match="Permission denied"):
        write(folder / "biller.csv", "new")

    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["no/such/folder/biller.csv", "a-file/biller.csv"])
def test_a_folder_that_is_none_is_told(tmp_path, name):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(Busy, match="can't be written"):
        write(tmp_path / name, "new")


def test_a_target_that_is_a_folder_is_told_and_left_alone(tmp_path):
    (tmp_path / "biller.csv").mkdir()
    with pytest.raises(Busy, match="can't be written"):
        write(tmp_path / "biller.csv", "new")

    assert [each.name for each in tmp_path.iterdir()] == ["biller.csv"]
