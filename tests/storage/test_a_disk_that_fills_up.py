"""A disk that fills up while the database is made: there is a whole one afterwards, or none."""

import os
import subprocess
import sys

import pytest

from ptimer.storage import database
from ptimer.storage.errors import CannotWrite

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root mounts a small disk"
)


@pytest.fixture(params=[8, 100, 200, 280, 300, 350, 420, 500, 560, 700])
def disk(request, tmp_path):
    """A disk with room for so many KiB."""
    size = f"size={request.param}k"
    mount = ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(tmp_path)]
    if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine lets nobody mount a disk")
    yield tmp_path
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_what_is_made_is_whole_or_not_there(disk):
    try:
        connection = database.open_for_writing(disk)
    except CannotWrite:
        assert list(disk.iterdir()) == []
    else:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        connection.close()
