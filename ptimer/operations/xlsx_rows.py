"""What rows does the first sheet of an XLSX file hold? Read as a stream, whatever its size.

Nothing in it is trusted: a document type, an entity, or a value without an end is refused, and
what it unpacks to is bounded before a byte of it is unpacked.
"""

import re
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from ptimer.operations.bad_tables import BadTable
from ptimer.wording import say

MOST_BYTES = 4 << 30
"""Of one part of the file, unpacked: over ten times what a million rows take."""

_BLOCK = 1 << 16
_MOST_OF_A_VALUE = 1 << 20
_MOST_STRINGS = 4_000_000
_MOST_COLUMNS = 64
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_STRINGS = "xl/sharedStrings.xml"

Row = tuple[int, list[str]]


def is_workbook(names: list[str]) -> bool:
    """Return whether a ZIP with these names in it is an XLSX file."""
    return "xl/workbook.xml" in names


def rows_of(file: ZipFile) -> Iterator[Row]:
    """Yield each row of the first sheet with its number.

    Raises:
        BadTable: it holds no sheet, or one that no spreadsheet program writes.
    """
    known = {info.filename: info for info in file.infolist()}
    sheets = sorted((int(m[1]), name) for name in known if (m := _SHEET.fullmatch(name)))
    if not sheets:
        raise BadTable(say("there is no sheet in it"))
    strings = _Strings()
    if _STRINGS in known:
        for _ in _parsed(file, known[_STRINGS], strings):
            pass
    yield from _parsed(file, known[sheets[0][1]], _Sheet(strings.found))


class _Strings:
    """Collects the texts that cells share."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._in_text = False
        self._aside = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        del attributes
        self._aside += name == "rPh"  # how a text is pronounced
        self._in_text = name == "t" and not self._aside

    def end(self, name: str) -> None:
        self._in_text = False
        self._aside -= name == "rPh"
        if name == "si":
            self.found.append("".join(self._parts))
            self._parts.clear()
            if len(self.found) > _MOST_STRINGS:
                raise BadTable(say("it holds more texts than such a table can"))

    def text(self, data: str) -> None:
        if self._in_text:
            self._parts.append(data)

    def rows(self) -> list[Row]:
        return []


class _Sheet:
    """Collects the cells of each row."""

    def __init__(self, strings: list[str]) -> None:
        self._strings = strings
        self._rows: list[Row] = []
        self._number = 0
        self._cells: list[str] = []
        self._column = 0
        self._kind = ""
        self._parts: list[str] = []
        self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t"):
            self._in_value = True
        elif name == "c":
            self._kind = attributes.get("t", "")
            self._column = _column_of(attributes.get("r", ""), len(self._cells))
            self._parts.clear()
        elif name == "row":
            number = attributes.get("r", "")
            is_number = number.isascii() and number.isdigit() and len(number) < 10
            self._number = int(number) if is_number else self._number + 1
            self._cells = []

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self._in_value = False
        elif name == "c":
            self._cells.extend([""] * (self._column - len(self._cells)))
            self._cells.append(self._value())
        elif name == "row":
            self._rows.append((self._number, self._cells))

    def text(self, data: str) -> None:
        if self._in_value:
            self._parts.append(data)

    def rows(self) -> list[Row]:
        found, self._rows = self._rows, []
        return found

    def _value(self) -> str:
        value = "".join(self._parts)
        if self._kind != "s":
            return value
        if value.isascii() and value.isdigit() and int(value[:9]) < len(self._strings):
            return self._strings[int(value[:9])]
        raise BadTable(say("a cell of row {row} names a text that is not there", row=self._number))


def _column_of(place: str, following: int) -> int:
    """Return the column of a cell such as `C5`; where it does not say, it follows the last."""
    letters = place.rstrip("0123456789")
    if not letters or len(letters) > 3:
        return following
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    if not following < number <= _MOST_COLUMNS:
        raise BadTable(say("its cells stand in no order that a table has"))
    return number - 1


def _parsed(file: ZipFile, info: ZipInfo, into: _Strings | _Sheet) -> Iterator[Row]:
    if info.file_size > MOST_BYTES:
        raise BadTable(say("it unpacks to more than such a table can hold"))
    parser = _parser(into)
    with file.open(info) as part:
        fed = 0
        while block := part.read(_BLOCK):
            _parse(parser, block)
            fed += len(block)
            if fed - parser.CurrentByteIndex > _MOST_OF_A_VALUE:
                raise BadTable(say("a value in it has no end"))
            yield from into.rows()
        _parse(parser, b"", last=True)
    yield from into.rows()


def _parse(parser: expat.XMLParserType, block: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(block, last)
    except expat.ExpatError as error:
        line = error.lineno
        raise BadTable(
            say("it is cut off or damaged, at line {line} of its sheet", line=line)
        ) from None


def _parser(into: _Strings | _Sheet) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        into.start(name.rpartition(":")[2], attributes)

    def end(name: str) -> None:
        into.end(name.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise BadTable(say("it declares a document type, which no spreadsheet program does"))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = into.text
    parser.StartDoctypeDeclHandler = refuse
    return parser
