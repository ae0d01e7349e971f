"""Is `.venv` what the locks and pyproject.toml ask for? One small file in it tells.

A set-up takes the stamp away before it changes anything and writes it when all is
done, so that a killed set-up leaves a `.venv` without one.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from pathlib import Path

from checkout import Checkout

Stamp = Mapping[str, str]
LIBRARIES = "system libraries"
COMPLETE = "complete"


def foundation(checkout: Checkout) -> dict[str, str]:
    """Return what a `.venv` made here and now stands on: its scripts name both."""
    return {"python": str(sys.implementation.cache_tag), "root": str(checkout.root)}


def expected(checkout: Checkout, kind: str) -> dict[str, str]:
    """Return what the stamp of a `.venv` for `run` or `dev` must hold."""
    locks = ("run", "dev") if kind == "dev" else ("run",)
    return {
        **foundation(checkout),
        **{name: _sha256(checkout.lock(name)) for name in locks},
        "project": _sha256(checkout.project),
    }


def read(checkout: Checkout) -> dict[str, str]:
    """Return the stamp, empty when `.venv` has none that can be read."""
    try:
        stamp = json.loads(checkout.stamp.read_text("utf-8"))
    except (OSError, ValueError):  # no .venv, or a set-up that did not come to its end
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write(checkout: Checkout, stamp: Stamp) -> None:
    """Put the stamp in place, whole or not at all."""
    draft = checkout.stamp.with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=1), "utf-8")
    draft.replace(checkout.stamp)


def is_complete(checkout: Checkout, kind: str) -> bool:
    """Tell whether nothing is left to set up for `kind`."""
    wanted = {**expected(checkout, kind), LIBRARIES: COMPLETE}
    return (
        wanted.items() <= read(checkout).items()
        and stands(checkout)
        and checkout.script("ptimer").exists()
    )


def stands(checkout: Checkout) -> bool:
    """Tell whether the interpreter that `.venv` was made from is still there."""
    try:
        lines = (checkout.venv / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return False
    homes = [line.partition("=")[2].strip() for line in lines if line.startswith("home")]
    return checkout.python.exists() and all(Path(home).exists() for home in homes)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
