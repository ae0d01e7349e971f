"""Which backups were opened and checked, and what was in them? Kept beside the record.

A file that is no longer as it was then counts as not checked. What is kept here is only a
shortcut: without it each backup is checked again.
"""

import json
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ptimer.storage.errors import CannotWrite
from ptimer.wording import quoted

FILE_NAME = ".ptimer-backups.json"


@dataclass(frozen=True)
class Proof:
    """A backup as it was when it was checked; `made_here` says that this record's ptimer made it.

    `size` in bytes, `changed` as the file system tells it. `state` is the record's own, by which
    it is told whether anything has changed since.
    """

    size: int
    changed: int
    visits: int
    segments: int
    state: str
    made_here: bool


def of(path: Path, visits: int, segments: int, *, state: str, made_here: bool) -> Proof:
    """Return the proof of a file that was checked just now.

    Raises:
        CannotWrite: it is gone.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise CannotWrite(path, quoted(error.strerror or str(error))) from error
    return Proof(found.st_size, found.st_mtime_ns, visits, segments, state, made_here)


def read(folder: Path) -> dict[str, Proof]:
    """Return what is known of backups by their paths; nothing where it can't be read."""
    try:
        told = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return {_absolute(folder, str(name)): Proof(**proof) for name, proof in told.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def holds(proof: Proof | None, path: Path) -> bool:
    """Return whether a file is still what was checked."""
    try:
        found = path.stat()
    except OSError:
        return False
    return proof is not None and (proof.size, proof.changed) == (found.st_size, found.st_mtime_ns)


def keep(folder: Path, path: Path, proof: Proof) -> None:
    """Keep that a file was checked just now; once made here it stays made here."""
    known = read(folder)
    before = known.get(str(path.absolute()))
    made_here = proof.made_here or (before is not None and before.made_here)
    known[str(path.absolute())] = replace(proof, made_here=made_here)
    _write(folder, known)


def forget(folder: Path, paths: Collection[Path]) -> None:
    """Keep nothing any more of files that are gone."""
    gone = {str(path.absolute()) for path in paths}
    if gone:
        _write(folder, {name: each for name, each in read(folder).items() if name not in gone})


def _write(folder: Path, known: dict[str, Proof]) -> None:
    """Write it whole or not at all; that it can't be written costs only another check."""
    draft = folder / f"{FILE_NAME}.{os.getpid()}.part"
    content = json.dumps({_relative(folder, name): asdict(each) for name, each in known.items()})
    with suppress(OSError):
        draft.write_text(content, "utf-8")
        draft.replace(folder / FILE_NAME)
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def _relative(folder: Path, name: str) -> str:
    """Return a name that still fits where the folder is moved with all that is in it."""
    path, base = Path(name), folder.absolute()
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else name


def _absolute(folder: Path, name: str) -> str:
    return str((folder / name).absolute())
