"""What does a segments file say, line by line? Read and checked, nothing of it recorded."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ptimer.billing.codebook import Code, Count
from ptimer.billing.conflicts import Role
from ptimer.operations import defaults, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import BadData, Misused, Problem, shown, unknown_code
from ptimer.reports.cells import as_typed
from ptimer.reports.segments_csv import COLUMNS, REQUIRED
from ptimer.timing.clock import Instant
from ptimer.timing.service_date import service_date
from ptimer.wording import Sentence, say

_DELIMITERS = (",", ";", "\t")
_MOST_BAD_LINES = 1000


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the file: who, what, when. An empty payer or discipline is left to defaults."""

    number: int
    patient: str
    payer: str
    discipline: str
    clinician: str
    role: Role
    code: Code
    start: Instant
    end: Instant
    note: str
    supervisor: str
    units: int | None


@dataclass(frozen=True)
class ReadFile:
    """The lines of a file, and what was odd about it without being wrong."""

    lines: tuple[FileLine, ...]
    warnings: tuple[Sentence, ...]


def read(clinic: Clinic, path: Path) -> ReadFile:
    """Read a segments file.

    Raises:
        Misused: there is no such file, or it can't be opened.
        BadData: its header, its encoding or some of its lines are wrong; each one is named.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(clinic, file)
    except OSError as error:
        raise Misused(
            say("{file} can't be read: {why}", file=shown(str(path)), why=error.strerror or error)
        ) from error


class BadLines:
    """Collects what is wrong with a file, line by line, and then refuses it as a whole."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self.found: list[tuple[int, Sentence]] = []
        self.count = 0

    def add(self, number: int, sentence: Sentence) -> None:
        """Note what is wrong with a line; only so many are kept."""
        self.count += 1
        if len(self.found) < _MOST_BAD_LINES:
            self.found.append((number, sentence))

    def sentence(self) -> Sentence:
        """Return all that was noted as one sentence for a person."""
        shown_lines = sorted(self.found, key=lambda pair: pair[0])[:20]
        text = "; ".join(f"line {number}: {sentence}" for number, sentence in shown_lines)
        more = self.count - len(shown_lines)
        if more > 0:
            return say(
                "Nothing came in. {lines}; and {more:plural:more line,more lines}",
                lines=text,
                more=more,
            )
        return say("Nothing came in. {lines}", lines=text)

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the bad lines."""
        return tuple(sorted({number for number, _ in self.found}))

    def bad_data(self) -> BadData:
        """Return the problem that names every bad line."""
        return BadData(self.sentence(), lines=self.numbers())


def _read(clinic: Clinic, file: TextIO) -> ReadFile:
    bad = BadLines()
    lines: list[FileLine] = []
    warnings: list[Sentence] = []
    reader = _Rows(file)
    columns = _columns(reader, warnings)
    parser = _Parser(clinic, columns, warnings)
    for number, cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        try:
            lines.append(parser.line(number, cells))
        except Problem as problem:
            bad.add(number, problem.sentence)
    if bad.count:
        raise bad.bad_data()
    return ReadFile(tuple(lines), tuple(warnings))


class _Rows:
    """The rows of a CSV file with the number of the line on which each begins."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._reader = csv.reader(self._physical_lines(), strict=True)
        self._begins = 1

    def header(self) -> list[str]:
        """Return the first row, by which the delimiter is told."""
        try:
            first = self._file.readline()
        except UnicodeDecodeError:
            raise _not_utf8(1) from None
        if "\0" in first:
            raise _not_text(1)
        if not first.strip():
            raise BadData(
                say(
                    "The file is empty. It starts with a header: {columns}",
                    columns=",".join(COLUMNS),
                ),
                lines=(1,),
            )
        delimiter = max(_DELIMITERS, key=first.count)
        self._reader = csv.reader(self._physical_lines(), delimiter=delimiter, strict=True)
        self._begins = 2
        try:
            return next(csv.reader([first], delimiter=delimiter))
        except csv.Error:
            raise _wrong_header(first.strip()) from None

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while True:
            number = self._begins
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except UnicodeDecodeError:
                raise _not_utf8(number) from None
            except csv.Error as error:
                raise BadData(
                    say("Nothing came in. line {line}: {what}", line=number, what=str(error)),
                    lines=(number,),
                ) from None
            self._begins = 2 + self._reader.line_num
            yield number, cells

    def _physical_lines(self) -> Iterator[str]:
        for offset, line in enumerate(self._file):
            if "\0" in line:
                raise _not_text(offset + 2)
            yield line


def _not_utf8(number: int) -> BadData:
    return BadData(
        say(
            "Nothing came in. line {line} or one soon after it is not UTF-8 text: save the file "
            "as CSV UTF-8",
            line=number,
        ),
        lines=(number,),
    )


def _not_text(number: int) -> BadData:
    return BadData(
        say("Nothing came in. line {line} holds no text: this is not a CSV file", line=number),
        lines=(number,),
    )


def _wrong_header(found: str) -> BadData:
    return BadData(
        say(
            "Nothing came in. line 1: the header must be {columns}, and is {found}",
            columns=",".join(COLUMNS),
            found=shown(found, 100),
        ),
        lines=(1,),
    )


def _columns(reader: _Rows, warnings: list[Sentence]) -> Mapping[str, int]:
    header = reader.header()
    names = [name.strip().casefold() for name in header]
    missing = [name for name in REQUIRED if name not in names]
    twice = [name for name in COLUMNS if names.count(name) > 1]
    if missing or twice:
        raise _wrong_header(",".join(header))
    extra = [name for name in names if name not in COLUMNS]
    if extra:
        warnings.append(
            say("Columns that are not read: {names}", names=shown(", ".join(extra), 100))
        )
    return {name: names.index(name) for name in COLUMNS if name in names}


class _Parser:
    """Makes a line of a row of cells; remembers what it has looked up."""

    def __init__(
        self, clinic: Clinic, columns: Mapping[str, int], warnings: list[Sentence]
    ) -> None:
        self._clinic = clinic
        self._columns = columns
        self._warnings = warnings
        self._width = max(columns.values()) + 1
        self._now = clinic.clock.now()

    def line(self, number: int, cells: list[str]) -> FileLine:
        """Return the line.

        Raises:
            Problem: one of its cells is wrong.
        """
        if len(cells) < self._width:
            raise BadData(
                say(
                    "it has {found:plural:cell,cells}, the header {wanted}",
                    found=len(cells),
                    wanted=self._width,
                )
            )
        cell = {name: as_typed(cells[place]).strip() for name, place in self._columns.items()}
        start = self._time(cell["start"], "start")
        end = self._time(cell["end"], "end")
        if end <= start:
            raise BadData(say("it ends at {end}, not after its start", end=shown(cell["end"])))
        code = self._code(cell["code"], start)
        return FileLine(
            number,
            typed_text.patient_id(cell["patient"]),
            self._payer(cell["payer"]),
            self._discipline(cell["discipline"]),
            typed_text.clinician_name(cell["clinician"]) if cell["clinician"] else "",
            self._role(cell["role"]),
            code,
            start,
            end,
            typed_text.note(cell["note"]),
            self._supervisor(cell.get("supervisor", "")),
            self._units(cell.get("units", ""), code),
        )

    def _time(self, text: str, what: str) -> Instant:
        if not text:
            raise BadData(say("it has no {what}: a file holds finished times only", what=what))
        written = typed_text.past_time(text, now=self._now, zone=self._clinic.clock.zone)
        if written.repeated:
            self._warnings.append(
                say("{time} came twice that night: the first one is meant", time=text)
            )
        return written.instant

    def _code(self, number: str, start: Instant) -> Code:
        books = self._clinic.rulebook.codes
        code = books.find(number)
        if code is None:
            raise unknown_code(number, [])
        why_not = books.why_not_startable(code, service_date(start, self._clinic.clock.zone))
        if why_not:
            raise BadData(why_not)
        return code

    def _payer(self, name: str) -> str:
        return defaults.payer_named(self._clinic, name).name if name else ""

    @staticmethod
    def _discipline(name: str) -> str:
        return defaults.discipline_named(name).value if name else ""

    @staticmethod
    def _role(name: str) -> Role:
        try:
            return Role(name.casefold() or Role.THERAPIST)
        except ValueError:
            raise BadData(
                say(
                    "{role} is not a role: {roles}",
                    role=shown(name),
                    roles=", ".join(role.value for role in Role),
                )
            ) from None

    @staticmethod
    def _supervisor(name: str) -> str:
        return typed_text.clinician_name(name) if name else ""

    @staticmethod
    def _units(text: str, code: Code) -> int | None:
        if not text:
            return None
        if code.count is not Count.AREA:
            raise BadData(
                say("{code} is counted by ptimer: units are typed only by area", code=code.code)
            )
        if not (text.isascii() and text.isdigit() and len(text) <= 4):
            raise BadData(say("{units} is no number of units", units=shown(text)))
        return int(text)
