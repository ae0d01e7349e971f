"""Where are presses that are not recorded yet kept in a file?

Beside the record, or where there is no room or no folder any more, in the person's own folder or
the system's for what is temporary. A copy can be put anywhere, and read by `ptimer import`.
"""

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from ptimer.operations import named_files
from ptimer.operations.errors import BadData, Problem
from ptimer.operations.unsaved import Unsaved
from ptimer.operations.unsaved_csv import Kept, read, text_of
from ptimer.operations.writing_files import write_whole
from ptimer.timing.clock import Instant
from ptimer.wording import say

NAME = "ptimer-unsaved-presses"
_RESERVE = f"{NAME}.room"
_RESERVED_BYTES = 16_384


def places(folder: Path) -> list[Path]:
    """Return where a record's file of presses may lie, the best place first."""
    from hashlib import sha256  # only in trouble, and once at each start's end

    mark = sha256(os.path.abspath(folder).encode("utf-8", "surrogateescape")).hexdigest()[:12]  # noqa: PTH100  (resolves no link: a folder that is gone keeps its mark)
    elsewhere = f"{NAME}-{mark}.csv"
    found = [folder / f"{NAME}.csv"]
    with suppress(RuntimeError):  # a user without a folder
        found.append(Path.home() / elsewhere)
    found.append(Path(tempfile.gettempdir()) / elsewhere)
    return found


def keep(folder: Path, kept: Kept) -> Path | None:
    """Write the presses where there is room, and nowhere else; return where, or None.

    No presses: the files go.
    """
    done: Path | None = None
    for place in places(folder):
        if done is None and kept.presses and _written_in(place, folder, text_of(kept)):
            done = place
        elif done is not None or not kept.presses:
            with suppress(OSError):
                place.unlink(missing_ok=True)
    return done


def reserve(folder: Path) -> None:
    """Take up room beside the record, to be given up for the file of presses on a full disk."""
    place = folder / _RESERVE
    with suppress(OSError):
        if not place.exists():
            place.write_bytes(b"\n" * _RESERVED_BYTES)


def any_left(folder: Path) -> bool:
    """Return whether an earlier window has left a file of presses."""
    return any(map(_is_own, places(folder)))


def left_behind(folder: Path) -> Kept | None:
    """Return what a window that is open no more had kept; None where it had recorded all.

    A file that can't be read is put aside under another name, and told once.

    Raises:
        BadData: a file of presses is there that can't be read.
    """
    found: dict[str, Unsaved] = {}
    alive: list[Instant] = []
    for place in filter(_is_own, places(folder)):
        try:
            kept = read(place)
        except Problem as problem:
            raise _put_aside(place, problem) from problem
        found.update((press.id, press) for press in kept.presses)
        alive += [kept.alive] if kept.alive is not None else []
    return Kept(tuple(found.values()), max(alive, default=None)) if found else None


def _put_aside(place: Path, problem: Problem) -> BadData:
    aside = place.with_name(f"{place.stem}.unreadable{place.suffix}")
    with suppress(OSError):
        place.replace(aside)
    kept = aside if aside.exists() else place
    return BadData(
        say(
            "Presses that an earlier window kept can't be read: {why}. Their file is {file}",
            why=problem.sentence,
            file=str(kept),
        )
    )


def save_copy(folder: Path, path: Path, kept: Kept) -> None:
    """Write the presses to a file that a person chose.

    Raises:
        Problem: it can't be written there.
    """
    named_files.new_file(path, folder)
    write_whole(path, text_of(kept).encode())


def _written_in(place: Path, folder: Path, text: str) -> bool:
    if _write_own(place, text):
        return True
    if place.parent != folder:
        return False
    try:
        (folder / _RESERVE).unlink()
    except OSError:
        return False
    return _write_own(place, text)


def _write_own(place: Path, text: str) -> bool:
    """Write a file that nobody else may read, and that is no way to another one."""
    if place.is_symlink() or (place.exists() and not _is_own(place)):
        return False
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="") as out:  # noqa: PTH123  (of a descriptor)
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(place)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        return False
    return True


def _is_own(place: Path) -> bool:
    """Return whether a plain file is there that this person's ptimer wrote."""
    try:
        found = place.lstat()
    except OSError:
        return False
    if not stat.S_ISREG(found.st_mode):
        return False
    return sys.platform == "win32" or found.st_uid == os.geteuid()
