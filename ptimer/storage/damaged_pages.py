"""Which pages of a damaged file can still be read? The file's own, and those of its log.

The layout is SQLite's, as https://www.sqlite.org/fileformat2.html describes it. Nothing is opened
by SQLite here, which would refuse the whole for one broken page.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LEAF = 0x0D
"""The kind of a page that holds rows."""
INNER = 0x05
"""The kind of a page that leads to others."""
HEADER_BYTES = 100
"""What stands before the first page's own content."""

_MAGIC = b"SQLite format 3\0"
_LOG_HEADER = 32
_FRAME_HEADER = 24
_LOG_MAGIC = {0x377F0682: "little", 0x377F0683: "big"}
_USUAL_SIZE = 4096
_SIZES = {1 << power for power in range(9, 17)}
_MOST_FREE_LISTS = 1_000_000


@dataclass(frozen=True)
class Pages:
    """The pages by their numbers, from 1; `size` in bytes, `layout` is the record's version.

    `layout` is 0 where the first page can't be read. `log_bytes` is how much of the log was good.
    """

    size: int
    by_number: dict[int, bytes]
    layout: int
    log_bytes: int

    def content(self, number: int) -> tuple[bytes, int] | None:
        """Return a page and where its own content begins; None where there is none such."""
        page = self.by_number.get(number)
        return None if page is None else (page, HEADER_BYTES if number == 1 else 0)

    def free(self) -> set[int]:
        """Return the pages that hold nothing any more, as far as the first page tells."""
        found: set[int] = set()
        first = self.by_number.get(1)
        trunk = _number(first, 32) if self.layout and first else 0
        while trunk and trunk not in found and len(found) < _MOST_FREE_LISTS:
            page = self.by_number.get(trunk)
            if page is None:
                break
            found.add(trunk)
            count = min(_number(page, 4), self.size // 4 - 2)
            found.update(_number(page, 8 + 4 * place) for place in range(count))
            trunk = _number(page, 0)
        return found


def read(file: Path, *, in_use: bool = False) -> Pages:
    """Read what is left of a database file and of the log beside it; either may be missing.

    Args:
        in_use: this process has it open by SQLite, too.

    Raises:
        OSError: neither can be read.
    """
    log_file = file.with_name(f"{file.name}-wal")
    content = _content(file, in_use=in_use) if file.exists() else b""
    log = log_file.read_bytes() if log_file.exists() else b""
    if not content and not log:
        content = file.read_bytes()  # so that the system says why not
    size = _page_size(content, log)
    pages = {
        at // size + 1: content[at : at + size]
        for at in range(0, len(content) - size + 1, size)
        if any(content[at : at + size])
    }
    good = 0
    for number, page, end in _committed(log, size):
        pages[number] = page
        good = end
    return Pages(size, pages, _layout(pages.get(1)), good)


def _content(file: Path, *, in_use: bool) -> bytes:
    """Return a file's bytes; one that is in use is not closed again before the process ends.

    Were it closed, the system would take away the locks that SQLite holds on it for this process.
    """
    stays_open = in_use and sys.platform != "win32"
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb", closefd=not stays_open) as opened:
        return opened.read()


def _page_size(content: bytes, log: bytes) -> int:
    told = []
    if content.startswith(_MAGIC):
        size = int.from_bytes(content[16:18], "big")
        told.append(1 << 16 if size == 1 else size)
    if len(log) >= _LOG_HEADER:
        told.append(_number(log, 8))
    return next((size for size in told if size in _SIZES), _USUAL_SIZE)


def _layout(first: bytes | None) -> int:
    if first is None or not first.startswith(_MAGIC):
        return 0
    return _number(first, 60)


def _committed(log: bytes, size: int) -> Iterator[tuple[int, bytes, int]]:
    """Yield number and content of the log's pages up to its last whole commit, as SQLite does."""
    if len(log) < _LOG_HEADER or _number(log, 0) not in _LOG_MAGIC or _number(log, 8) != size:
        return
    order = _LOG_MAGIC[_number(log, 0)]
    sums = _sums(log[:24], order, (0, 0))
    if sums != (_number(log, 24), _number(log, 28)):
        return
    salt, pending = log[16:24], []
    for at in range(_LOG_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        end = at + _FRAME_HEADER + size
        page = log[at + _FRAME_HEADER : end]
        sums = _sums(log[at : at + 8] + page, order, sums)
        if log[at + 8 : at + 16] != salt or sums != (_number(log, at + 16), _number(log, at + 20)):
            return
        pending.append((_number(log, at), page, end))
        if _number(log, at + 4):
            yield from pending
            pending = []


def _sums(content: bytes, order: str, before: tuple[int, int]) -> tuple[int, int]:
    from array import array  # only for a log
    from sys import byteorder

    words = array("I", content)
    if byteorder != order:
        words.byteswap()
    one, two = before
    for place in range(0, len(words), 2):
        one = (one + words[place] + two) & 0xFFFFFFFF
        two = (two + words[place + 1] + one) & 0xFFFFFFFF
    return one, two


def _number(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "big")
