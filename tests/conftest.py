"""What every test may rely on: the shipped rule book, no screen, no database but its own."""

import os
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


@pytest.fixture(scope="session")
def rulebook():
    """The codes, payers and rules of the resource files alone."""
    from ptimer.storage.rulebook import shipped

    return shipped()
