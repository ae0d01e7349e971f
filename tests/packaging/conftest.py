"""The set-up program's modules, and copies of the repository for it to work on.

Programs that it starts (pip, apt-get, pytest ...) are stand-ins: small shell scripts
that write down how they were called. So the real set-up runs, without a network.
"""

import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# There is no package to import from: packaging/ has no __init__.py, and must not have one.
sys.path.append(str(ROOT / "packaging"))

import stamp  # noqa: E402  (found by the line above)
from checkout import Checkout  # noqa: E402


class StandIns:
    """Shell scripts in one folder, and the log of their calls."""

    def __init__(self, folder):
        self.folder = folder
        self.log = folder / "calls.log"
        folder.mkdir(exist_ok=True)

    def add(self, name, script="", *, folder=None):
        path = (folder or self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # ${0##*/} is the name it was called by.
        path.write_text(f'#!/bin/sh\necho "${{0##*/}} $*" >> "{self.log}"\n{script}\n', "utf-8")
        path.chmod(0o755)
        return path

    def calls(self):
        return self.log.read_text("utf-8").splitlines() if self.log.exists() else []


@pytest.fixture
def root():
    return ROOT


@pytest.fixture
def stand_ins(tmp_path):
    return StandIns(tmp_path / "stand-ins")


@pytest.fixture
def checkout(tmp_path):
    """A copy of the repository as far as the set-up reads it, without `.venv`."""
    copy = Checkout(tmp_path / "ptimer")
    shutil.copytree(ROOT / "packaging", copy.root / "packaging", ignore=_no_bytecode)
    shutil.copy(ROOT / "pyproject.toml", copy.project)
    (copy.root / "ptimer").mkdir()
    return copy


@pytest.fixture
def ready_checkout(checkout, stand_ins):
    """A copy whose `.venv` is complete, by its stamp; its programs are stand-ins."""
    for name in ("python", "ptimer", "ruff", "mypy", "lint-imports", "pytest"):
        stand_ins.add(name, 'echo "platform=$QT_QPA_PLATFORM"', folder=checkout.python.parent)
    (checkout.venv / "pyvenv.cfg").write_text(f"home = {stand_ins.folder}\n", "utf-8")
    stamp.write(checkout, {**stamp.expected(checkout, "dev"), stamp.LIBRARIES: stamp.COMPLETE})
    return checkout


def _no_bytecode(folder, names):
    return [name for name in names if name == "__pycache__"]
