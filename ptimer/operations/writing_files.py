"""How does a file that a person asked for appear? Whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, TextIO

from ptimer.operations.errors import Busy
from ptimer.wording import quoted, say


def encoding_of(*, bom: bool) -> str:
    """Return the encoding of a text file; a byte-order mark helps Excel, and hinders others."""
    return "utf-8-sig" if bom else "utf-8"


@contextmanager
def whole_file(path: Path, *, bom: bool = False) -> Iterator[TextIO]:
    """Open a draft beside the target; it takes the target's place when the block is done.

    Line ends are written as they are given. Where the block raises, the target stays as it was.

    Raises:
        Busy: the file can't be written.
    """
    with (
        _draft_of(path) as draft,
        draft.open("w", encoding=encoding_of(bom=bom), newline="") as out,
    ):
        yield out
        put_on_disk(out)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that is no text in the same way.

    Raises:
        Busy: the file can't be written; what was there stays as it was.
    """
    with _draft_of(path) as draft, draft.open("wb") as out:
        out.write(content)
        put_on_disk(out)


@contextmanager
def _draft_of(path: Path) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise Busy(
            say(
                "{file} can't be written: {why}",
                file=str(path),
                why=quoted(error.strerror or str(error)),
            )
        ) from error
    finally:
        # A draft that can't be removed either is in a folder that is gone, or no longer ours:
        # what the caller is being told says more.
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def put_on_disk(out: IO[Any]) -> None:
    """Wait until all that was written lies on the disk; one that is full is noticed here."""
    out.flush()
    os.fsync(out.fileno())
