"""What does a segments file say, line by line? Read and checked, nothing of it recorded."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TextIO

from ptimer.billing.codebook import Code, Count
from ptimer.billing.conflicts import Role
from ptimer.operations import defaults, typed_text
from ptimer.operations.bad_lines import Asides, BadLine, BadLines
from ptimer.operations.clinic import Clinic
from ptimer.operations.csv_rows import Rows, names_of
from ptimer.operations.errors import BadData, Misused, Problem, shown, unknown_code
from ptimer.reports.cells import as_typed
from ptimer.reports.segments_csv import COLUMNS
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.service_date import BadTime, read_time, service_date
from ptimer.wording import Sentence, quoted, say

_QUARTER = 15 * MINUTE
"""Of which each lies in one day, in every time zone."""


Read = Callable[[str], str]

_MOST_GUESSES = 100
"""Misspelt codes of a file for which others are suggested; it takes its time."""


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
    day: date
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
        # What is no UTF-8 comes through as surrogates, so that its line can be named.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            return _read(clinic, file, path.name)
    except OSError as error:
        raise Misused(
            say(
                "{file} can't be read: {why}",
                file=shown(str(path)),
                why=quoted(error.strerror or str(error)),
            )
        ) from error


def _read(clinic: Clinic, file: TextIO, name: str) -> ReadFile:
    bad = BadLines(name)
    lines: list[FileLine] = []
    warnings: list[Sentence] = []
    try:
        reader = Rows(file)
        header = reader.header()
        parser = _Parser(clinic, header)
        for number, cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            try:
                lines.append(parser.line(number, cells))
            except Problem as problem:
                bad.add(number, problem.sentence)
        warnings = [*_unread(header), *parser.asides.sentences()]
    except BadLine as line:
        bad.add(line.number, line.sentence)
    if bad:
        raise bad.bad_data()
    return ReadFile(tuple(lines), tuple(warnings))


def _unread(header: list[str]) -> Iterable[Sentence]:
    extra = [name for name in names_of(header) if name not in COLUMNS]
    if extra:
        yield say("Columns that are not read: {names}", names=shown(", ".join(extra), 100))


class _Parser:
    """Makes a line of a row of cells; remembers what it has looked up."""

    def __init__(self, clinic: Clinic, header: list[str]) -> None:
        names = names_of(header)
        self.asides = Asides()
        self._clinic = clinic
        self._zone = clinic.clock.zone
        self._now = clinic.clock.now()
        self._today = service_date(self._now, self._zone)
        self._columns: Mapping[str, int] = {
            name: names.index(name) for name in COLUMNS if name in names
        }
        self._fewest = max(self._columns.values()) + 1
        self._most = len(header)
        self._days: dict[int, date] = {}
        self._guesses = _MOST_GUESSES
        self._names: dict[tuple[Read, str], str] = {}

    def line(self, number: int, cells: list[str]) -> FileLine:
        """Return the line.

        Raises:
            Problem: one of its cells is wrong.
        """
        self._check_width(cells)
        cell = {name: as_typed(cells[place]).strip() for name, place in self._columns.items()}
        start = self._time(cell["start"], say("start"), number)
        end = self._time(cell["end"], say("end"), number)
        if end <= start:
            raise BadData(say("it ends at {end}, not after its start", end=shown(cell["end"])))
        day = self._day(start)
        code = self._code(cell["code"], day)
        return FileLine(
            number,
            self._name(cell["patient"], typed_text.patient_id),
            self._payer(cell["payer"], day),
            self._discipline(cell["discipline"]),
            self._clinician(cell["clinician"]),
            self._role(cell["role"]),
            code,
            day,
            start,
            end,
            typed_text.note(cell["note"]),
            self._clinician(cell.get("supervisor", "")),
            self._units(cell.get("units", ""), code),
        )

    def _check_width(self, cells: list[str]) -> None:
        if self._fewest <= len(cells) <= self._most:
            return
        if len(cells) > self._most and not any(cell.strip() for cell in cells[self._most :]):
            return
        template = (
            "it has {found:plural:cell,cells}, the header {wanted}"
            if len(cells) < self._most
            else "it has {found:plural:cell,cells}, the header {wanted}: put quotation marks "
            "around a text that holds the separator"
        )
        raise BadData(say(template, found=len(cells), wanted=self._most))

    def _time(self, text: str, what: Sentence, number: int) -> Instant:
        if not text:
            raise BadData(say("it has no {what}: a file holds finished times only", what=what))
        try:
            written = read_time(text, today=self._today, zone=self._zone)
        except BadTime as error:
            raise BadData(error.sentence) from None
        typed_text.check_past(written.instant, text, now=self._now)
        if written.repeated:
            self.asides.add(
                number, say("{time} came twice that night: the first one is meant", time=text)
            )
        return written.instant

    def _day(self, start: Instant) -> date:
        quarter = start // _QUARTER
        day = self._days.get(quarter)
        if day is None:
            day = self._days[quarter] = service_date(start, self._zone)
        return day

    def _code(self, number: str, day: date) -> Code:
        books = self._clinic.rulebook.codes.on(day)
        code = books.find(number)
        if code is None:
            self._guesses -= 1
            raise unknown_code(number, (each.code for each in books) if self._guesses >= 0 else ())
        why_not = books.why_not_startable(code, day)
        if why_not:
            raise BadData(why_not)
        return code

    def _payer(self, name: str, day: date) -> str:
        if not name:
            return ""
        payer = defaults.payer_named(self._clinic, name)
        defaults.check_offered(payer, day)
        return payer.name

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

    def _clinician(self, name: str) -> str:
        return self._name(name, typed_text.clinician_name) if name else ""

    def _name(self, text: str, read: Read) -> str:
        """Read a name once, and keep it once, however often the file says it."""
        name = self._names.get((read, text))
        if name is None:
            name = self._names[read, text] = read(text)
        return name

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
