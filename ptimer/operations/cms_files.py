"""How is a file that CMS publishes opened? Text, CSV or XLSX, bare or in a ZIP, as rows.

The bytes are read as a stream and nothing is unpacked to the disk, but for a sheet within a ZIP.
"""

import csv
import io
import lzma
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from ptimer.operations import xlsx_rows
from ptimer.operations.bad_tables import BadTable
from ptimer.operations.xlsx_rows import MOST_BYTES, Row
from ptimer.wording import say

_TYPES = (".txt", ".csv", ".xlsx")
"""Of a ZIP that holds its table more than once, the first of these is read."""

_SNIFFED = 1 << 16
_MOST_OF_A_LINE = 1 << 16
_BLOCK = 1 << 20
_TELL_EVERY = 8192
_BROKEN = (
    BadZipFile,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    csv.Error,
    lzma.LZMAError,
    struct.error,
    zlib.error,
)
"""What Python's readers raise for a ZIP that is cut off, damaged, locked or made to confuse."""

Told = Callable[[int, int], None]
"""Is told how many bytes are read, and of how many."""


@dataclass(frozen=True)
class Table:
    """One table of a file: the name that it has there, and its rows with their numbers.

    `text` is what it is read from, where it is tabbed text: each row has all its columns there,
    while a sheet leaves empty ones out.
    """

    name: str
    rows: Iterator[Row]
    text: "Lines | None" = None


def tables_of(path: Path, told: Told) -> Iterator[Table]:
    """Yield the tables of a file; each is to be read before the next.

    Raises:
        BadTable: it is no such file, or cut off, or damaged.
    """
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            if not size:
                raise BadTable(say("it is empty"))
            watched = _Watched(raw, size, told)
            if raw.peek(4)[:4] == b"PK\3\4":
                yield from _of_zip(raw, path.name, watched)
            else:
                yield _text(path.name, raw, watched)
    except _BROKEN as error:
        raise _broken(error) from error


@dataclass
class _Watched:
    """Tells how far a file is read, now and then."""

    raw: BinaryIO
    size: int
    told: Told

    def __call__(self, rows: Iterator[Row]) -> Iterator[Row]:
        try:
            for count, row in enumerate(rows):
                if count % _TELL_EVERY == 0:
                    self.told(min(self.raw.tell(), self.size), self.size)
                yield row
        except _BROKEN as error:
            raise _broken(error) from error


def _broken(error: Exception) -> BadTable:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return BadTable(say("it is locked with a password"))
    return BadTable(say("it is cut off or damaged: fetch it from CMS once more"))


def _of_zip(raw: IO[bytes], name: str, watched: _Watched) -> Iterator[Table]:
    with ZipFile(raw) as file:
        if xlsx_rows.is_workbook(file.namelist()):
            yield Table(name, watched(xlsx_rows.rows_of(file)))
            return
        for info in _best(file.infolist()):
            if info.file_size > MOST_BYTES:
                raise BadTable(say("it unpacks to more than such a table can hold"))
            inside = Path(info.filename).name
            with file.open(info) as part:
                if inside.lower().endswith(".xlsx"):
                    yield from _sheet_within(inside, part, watched)
                else:
                    yield _text(
                        inside, io.BufferedReader(cast("io.RawIOBase", part), _BLOCK), watched
                    )


def _best(members: list[ZipInfo]) -> list[ZipInfo]:
    """Return the members that hold the table, in one form of several."""
    found: dict[str, list[ZipInfo]] = {}
    for info in members:
        name = info.filename.lower()
        aside = "__macosx" in name or "readme" in name or info.is_dir()
        if not aside:
            found.setdefault(Path(name).suffix, []).append(info)
    for kind in _TYPES:
        if kind in found:
            return sorted(found[kind], key=lambda info: info.filename.lower())
    raise BadTable(say("there is no text, CSV or XLSX file in it"))


def _sheet_within(name: str, part: IO[bytes], watched: _Watched) -> Iterator[Table]:
    with TemporaryFile() as whole:
        while block := part.read(_BLOCK):
            whole.write(block)
            watched.told(0, watched.size)
        with ZipFile(whole) as file:
            if not xlsx_rows.is_workbook(file.namelist()):
                raise BadTable(say("{name} in it is no XLSX file", name=name))
            yield Table(name, watched(xlsx_rows.rows_of(file)))


def _text(name: str, file: io.BufferedReader, watched: _Watched) -> Table:
    beginning = file.peek(_SNIFFED)[:_SNIFFED]
    if b"\0" in beginning:
        raise BadTable(say("it is no text, no CSV, no XLSX and no ZIP file"))
    lines = Lines(file)
    if b"\t" in beginning:
        return Table(name, watched(_tabbed(lines)), lines)
    return Table(name, watched(_commas(lines)))


def _tabbed(lines: Iterable[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        yield number, line.rstrip("\r\n").split("\t")


def _commas(lines: Iterable[str]) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = reader.line_num + 1


class Lines:
    """Lines of text; what CMS writes beyond ASCII stands in copyright notices only.

    `ended` is whether the last one that was read had an end.
    """

    def __init__(self, file: io.BufferedReader) -> None:
        """Read nothing yet."""
        self._file = file
        self.ended = True

    def __iter__(self) -> Iterator[str]:
        line = b"\n"
        try:
            while following := self._file.readline(_MOST_OF_A_LINE):
                line = following
                if len(line) == _MOST_OF_A_LINE:
                    raise BadTable(say("a line of it is too long for a table"))
                yield line.decode("latin-1")
        finally:
            self.ended = line.endswith(b"\n")
