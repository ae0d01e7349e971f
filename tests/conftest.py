"""What every test may rely on: the shipped rule book, no screen, no database but its own."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("PTIMER_DATA_DIR", None)
# A folder `.hypothesis` beside `tests` would end the next collection with a warning.
CACHE = Path(__file__).parents[1] / ".pytest_cache"
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(CACHE / "hypothesis"))

# A slow machine is no failure.
settings.register_profile("ptimer", deadline=None)
settings.load_profile("ptimer")


IN_MEMORY = Path("/dev/shm")  # noqa: S108  (Linux's disk in memory; our folder in it is our own)


def pytest_configure(config):
    """Let records of tests lie in memory where there is room: a commit waits for the disk."""
    is_worker = hasattr(config, "workerinput")
    usable = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK)
    if usable and not is_worker and not config.option.basetemp:
        config.option.basetemp = str(IN_MEMORY / f"ptimer-tests-{os.getpid()}")
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


@pytest.fixture(scope="session")
def rulebook():
    """The codes, payers and rules of the resource files alone."""
    from ptimer.storage.rulebook import shipped

    return shipped()


@pytest.fixture(scope="session")
def blank(tmp_path_factory):
    """The file of an empty record, made once; a copy is quicker than another one."""
    from ptimer.operations.clinic import open_clinic
    from ptimer.storage.database import database_file
    from ptimer.timing.clock import ManualClock

    folder = tmp_path_factory.mktemp("blank")
    open_clinic(folder, ManualClock.at_local("2026-11-23T10:00:00")).close()
    return database_file(folder)
