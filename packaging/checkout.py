"""Where is what in this copy of the repository?"""

import sys
from pathlib import Path


class Checkout:
    """The paths of one copy of the repository, and of the `.venv` in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.project = root / "pyproject.toml"
        self.venv = root / ".venv"
        self.stamp = self.venv / "ptimer-setup.json"
        self._scripts = self.venv / ("Scripts" if sys.platform == "win32" else "bin")

    @property
    def python(self) -> Path:
        """The interpreter of `.venv`."""
        return self.script("python")

    def script(self, name: str) -> Path:
        """Return a program that is installed in `.venv`."""
        return self._scripts / (f"{name}.exe" if sys.platform == "win32" else name)

    def lock(self, kind: str) -> Path:
        """Return the lock file for `run` or for `dev`."""
        return self.root / "packaging" / f"lock-{kind}.txt"


HERE = Checkout(Path(__file__).resolve().parent.parent)
