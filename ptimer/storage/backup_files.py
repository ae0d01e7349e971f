"""Which files are backups, and what does a name tell? Where they lie, and which of them go."""

import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from ptimer.storage import proofs
from ptimer.storage.rotation import Bounds, Dated, staying

FOLDER = "backups"

_NAME = "ptimer-%Y%m%d-%H%M%S"
_NAMED = re.compile(r"(?P<at>ptimer-[0-9]{8}-[0-9]{6})(-before-(?P<before>[a-z]+))?(-[0-9]+)?\.db")
_SALVAGED = "salvaged-%Y%m%d-%H%M%S"
_BY_OTHERS = re.compile(r"(before-[a-z]+|replaced|salvaged(-[0-9]{8}-[0-9]{6})?)(-[0-9]+)?\.db")
"""What a migration, a restore and a salvage leave behind; it is never removed."""


def name(at: datetime, before: str = "") -> str:
    """Return the name of a backup that is made now, before something of one word."""
    return f"{at:{_NAME}}{f'-before-{before}' if before else ''}.db"


def salvaged(at: datetime) -> str:
    """Return the name of a record that is made now of what could be read."""
    return f"{at:{_SALVAGED}}.db"


def dated(path: Path) -> Dated | None:
    """Return what a backup's name tells; None where ptimer did not name it."""
    found = _NAMED.fullmatch(path.name)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], _NAME)  # noqa: DTZ007  (local, as named)
    except ValueError:
        return None
    return Dated(path.name, at, found["before"] or "")


def in_folder(folder: Path) -> list[Path]:
    """Return the backups in a folder, whoever made them; none where it can't be looked into."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    return [path for path in paths if dated(path) or _BY_OTHERS.fullmatch(path.name)]


def remove_old(
    record: Path, folder: Path, now: datetime, bounds: Bounds, made: Path
) -> tuple[Path, ...]:
    """Remove the backups that need not stay, and return them.

    Only what this record's ptimer made itself, and what is still as it made it, is ever removed.

    Args:
        record: the data folder.
        folder: where the backups lie.
        made: the one that was made just now.
    """
    own = _own(record, folder)
    stay = staying((each for _, each in own), now, bounds, made.name)
    gone = []
    for path, each in own:
        if each.name in stay:
            continue
        try:
            path.unlink()
        except OSError:
            continue  # it is in use, or may not be removed: next time
        gone.append(path)
    proofs.forget(record, gone)
    return tuple(gone)


def _own(record: Path, folder: Path) -> list[tuple[Path, Dated]]:
    known = proofs.read(record)
    found: Iterable[tuple[Path, Dated | None]] = ((path, dated(path)) for path in in_folder(folder))
    own = []
    for path, each in found:
        proof = known.get(str(path.absolute()))
        if each and proof and proof.made_here and proofs.holds(proof, path):
            own.append((path, each))
    return own
