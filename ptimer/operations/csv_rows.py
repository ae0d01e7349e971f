"""What rows does a CSV file hold, and on which line does each begin?"""

import csv
from collections.abc import Iterator
from typing import TextIO

from ptimer.operations.bad_lines import BadLine
from ptimer.operations.errors import shown
from ptimer.reports.segments_csv import COLUMNS, OPTIONAL, REQUIRED
from ptimer.wording import Sentence, listed, say

_DELIMITERS = (",", ";", "\t", "|")
_FORM = ",".join(REQUIRED) + "".join(f"[,{name}]" for name in OPTIONAL)
_MOST_CHARACTERS = 1_000_000


class Rows:
    """The rows of a CSV file with the number of the line on which each begins."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._reader = csv.reader(self._physical_lines(2), strict=True)
        self._begins = 2

    def header(self) -> list[str]:
        """Return the first row, by which the delimiter is told.

        Raises:
            BadLine: it is no header, or no text.
        """
        first = next(self._physical_lines(1), "")
        if not first.strip():
            raise BadLine(
                1, say("it is empty. A file starts with a header: {columns}", columns=_FORM)
            )
        delimiter = max(_DELIMITERS, key=first.count)
        self._reader = csv.reader(self._physical_lines(2), delimiter=delimiter, strict=True)
        try:
            header = next(csv.reader([first], delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise BadLine(1, _plain(error)) from None
        _check_header(header)
        return header

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            number = self._begins
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise BadLine(number, _plain(error)) from None
            self._begins = 2 + self._reader.line_num
            yield number, cells

    def _physical_lines(self, number: int) -> Iterator[str]:
        while line := self._file.readline(_MOST_CHARACTERS):
            if not line.isascii() and not _is_utf8(line):
                raise BadLine(number, say("it is not UTF-8 text: save the file as CSV UTF-8"))
            if "\0" in line:
                raise BadLine(number, say("it holds no text: this is not a CSV file"))
            if len(line) == _MOST_CHARACTERS:
                raise BadLine(number, say("it is too long: this is not a CSV file"))
            yield line
            number += 1


def _is_utf8(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(error: csv.Error) -> Sentence:
    """Say in plain words what Python's reader found."""
    what = str(error)
    if "end of data" in what:
        return say("a quotation mark is opened in it and never closed")
    if "expected after" in what:
        return say("in a cell, text follows the closing quotation mark")
    if "field limit" in what:
        return say("a cell is too long, or a quotation mark is opened and never closed")
    return say("{what}", what=what)


def _check_header(header: list[str]) -> None:
    names = names_of(header)
    wrong: list[Sentence] = []
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        wrong.append(say("lacks {names}", names=listed(missing)))
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if twice:
        wrong.append(say("has {names} twice", names=listed(twice)))
    if wrong:
        raise BadLine(
            1,
            say(
                "the header {wrong}. It must be {columns}, and is {found}",
                wrong=listed(wrong),
                columns=_FORM,
                found=shown(",".join(header), 200),
            ),
        )


def names_of(header: list[str]) -> list[str]:
    """Return the names of the columns as they are compared."""
    return [name.strip().casefold() for name in header]
