"""Which rows does a page of a damaged file hold? Only what fits to the last byte counts.

The layout is SQLite's, as https://www.sqlite.org/fileformat2.html describes it.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from ptimer.storage.damaged_pages import INNER, LEAF, Pages

Value = str | int | float | bytes | None

_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FLOAT, _ZERO, _ONE, _FIRST_TEXT = 7, 8, 9, 12
_LONGEST = 1 << 30
"""Bytes of a row; SQLite's own bound."""
_MOST_CHILDREN = 1_000_000


@dataclass(frozen=True)
class Row:
    """A row as it lies in the file: its number in its table, and its values in their order."""

    rowid: int
    values: tuple[Value, ...]


class _Unreadable(Exception):  # noqa: N818  (no error: it is counted)
    """The bytes are no row."""


@dataclass(frozen=True)
class PageOfRows:
    """The rows of one page, and how many more it says it holds that can't be read."""

    rows: tuple[Row, ...]
    unreadable: int


def rows_of(pages: Pages, number: int) -> PageOfRows | None:
    """Return a page's rows; None where the page holds none by its kind."""
    found = pages.content(number)
    if found is None or found[0][found[1]] != LEAF:
        return None
    page, start = found
    rows, unreadable = [], 0
    for at in _cells(page, start + 8, _short(page, start + 3)):
        try:
            rows.append(_row(pages, page, at))
        except (_Unreadable, IndexError, UnicodeDecodeError, struct.error):
            unreadable += 1
    return PageOfRows(tuple(rows), unreadable)


def leaves_of(pages: Pages, root: int) -> tuple[list[int], int]:
    """Return the pages of rows that a table's root leads to, and how many ways lead nowhere."""
    leaves, lost, seen, open_ = [], 0, set[int](), [root]
    while open_ and len(seen) < _MOST_CHILDREN:
        number = open_.pop()
        found = pages.content(number)
        if number in seen or found is None or found[0][found[1]] not in (LEAF, INNER):
            lost += 1
            continue
        seen.add(number)
        page, start = found
        if page[start] == LEAF:
            leaves.append(number)
        else:
            open_ += reversed(list(_children(page, start)))
    return leaves, lost


def _children(page: bytes, start: int) -> Iterator[int]:
    for at in _cells(page, start + 12, _short(page, start + 3)):
        yield int.from_bytes(page[at : at + 4], "big")
    yield int.from_bytes(page[start + 8 : start + 12], "big")


def _cells(page: bytes, at: int, count: int) -> list[int]:
    """Return where the cells of a page begin; a count that can't be is cut to what fits."""
    count = min(count, (len(page) - at) // 2)
    return [_short(page, at + 2 * place) for place in range(count)]


def _row(pages: Pages, page: bytes, at: int) -> Row:
    length, at = _varint(page, at)
    rowid, at = _varint(page, at)
    if not 2 <= length <= _LONGEST:
        raise _Unreadable
    here = _kept_here(length, len(page))
    if at + here > len(page):
        raise _Unreadable
    payload = page[at : at + here]
    if here < length:
        payload += _overflow(pages, int.from_bytes(page[at + here : at + here + 4], "big"), length)
        payload = payload[:length]
    if len(payload) != length:
        raise _Unreadable
    return Row(rowid - (1 << 64) if rowid >> 63 else rowid, tuple(_values(payload)))


def _kept_here(length: int, size: int) -> int:
    """Return how many bytes of a row lie in its page; the others lie in pages of their own."""
    if length <= size - 35:
        return length
    least = (size - 12) * 32 // 255 - 23
    wanted = least + (length - least) % (size - 4)
    return wanted if wanted <= size - 35 else least


def _overflow(pages: Pages, number: int, most: int) -> bytes:
    content, seen = bytearray(), set[int]()
    while number and number not in seen and len(content) < most:
        page = pages.by_number.get(number)
        if page is None:
            raise _Unreadable
        seen.add(number)
        content += page[4:]
        number = int.from_bytes(page[:4], "big")
    return bytes(content)


def _values(payload: bytes) -> Iterator[Value]:
    header, at = _varint(payload, 0)
    content = header
    while at < header:
        kind, at = _varint(payload, at)
        length = _length(kind)
        if content + length > len(payload):
            raise _Unreadable
        yield _value(kind, payload[content : content + length])
        content += length
    if at != header or content != len(payload):
        raise _Unreadable


def _length(kind: int) -> int:
    if kind >= _FIRST_TEXT:
        return (kind - _FIRST_TEXT) // 2
    if kind in (0, _ZERO, _ONE):
        return 0
    if kind == _FLOAT:
        return 8
    if kind not in _INTEGER_BYTES:
        raise _Unreadable
    return _INTEGER_BYTES[kind]


def _value(kind: int, content: bytes) -> Value:
    if kind >= _FIRST_TEXT:
        return content.decode("utf-8") if kind % 2 else content
    if kind in (_ZERO, _ONE):
        return int(kind == _ONE)
    if kind == _FLOAT:
        return float(struct.unpack(">d", content)[0])
    return int.from_bytes(content, "big", signed=True) if kind else None


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = content[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, at + place + 1


def _short(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 2], "big")
