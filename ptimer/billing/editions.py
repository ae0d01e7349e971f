"""Which edition of CMS's tables judges a service of a date? The shipped one, or an imported one.

An edition counts from its first day until another begins. A visit that was signed keeps the
editions that were known when it was signed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from ptimer.billing.ptp_edits import NONE_KNOWN, PairRow, PtpEdits, in_force
from ptimer.timing.clock import Instant


class Kind(StrEnum):
    """Which of CMS's tables."""

    PTP = "ptp"
    MUE = "mue"


@dataclass(frozen=True)
class SourceFile:
    """A file that an edition was read from."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class MueRow:
    """Units a day that CMS believes in, and its adjudication indicator."""

    code: str
    units: int
    indicator: int | None
    """None where no source of the shipped figures names it."""


@dataclass(frozen=True)
class Edition:
    """One edition of a table; one that ships with ptimer was never imported and has no files."""

    kind: Kind
    name: str
    in_force_from: date
    source: str
    files: tuple[SourceFile, ...] = ()
    rows_kept: int = 0
    imported_at: Instant | None = None
    imported_by: str = ""

    @property
    def rows_read(self) -> int:
        """How many rows its files had, those of foreign codes included."""
        return sum(file.rows for file in self.files)

    def known_by(self, moment: Instant | None) -> bool:
        """Return whether it was there at a moment; None is now."""
        return moment is None or self.imported_at is None or self.imported_at <= moment


class Table:
    """The rows of an edition."""

    def __init__(self, edition: Edition) -> None:
        """Take what is known of the edition."""
        self.edition = edition


_Table = TypeVar("_Table", bound=Table)


class PtpTable(Table):
    """The pairs of an edition. They are read only when somebody asks."""

    def __init__(self, edition: Edition, read: Callable[[], tuple[PairRow, ...]]) -> None:
        """Take what reads the rows."""
        super().__init__(edition)
        self._read = read
        self._rows: tuple[PairRow, ...] | None = None
        self._on = lru_cache(maxsize=64)(self._edits_on)

    @property
    def rows(self) -> tuple[PairRow, ...]:
        """All rows, those of ended pairs included."""
        if self._rows is None:
            self._rows = self._read()
        return self._rows

    def on(self, day: date) -> PtpEdits:
        """Return the pairs in force on a date."""
        return self._on(day)

    def _edits_on(self, day: date) -> PtpEdits:
        return PtpEdits(self.edition.name, self.edition.source, in_force(self.rows, day))


class MueTable(Table):
    """The units a day of an edition. They are read only when somebody asks."""

    def __init__(self, edition: Edition, read: Callable[[], tuple[MueRow, ...]]) -> None:
        """Take what reads the rows."""
        super().__init__(edition)
        self._read = read
        self._values: dict[str, MueRow] | None = None

    @property
    def values(self) -> Mapping[str, MueRow]:
        """The rows by their codes."""
        if self._values is None:
            self._values = {row.code: row for row in self._read()}
        return self._values


@dataclass(frozen=True)
class Editions:
    """All editions, in the order in which they came: the shipped ones, then the imported ones."""

    ptp: tuple[PtpTable, ...] = ()
    mue: tuple[MueTable, ...] = ()

    def pairs_on(self, day: date, known_by: Instant | None = None) -> PtpEdits:
        """Return the pairs that judge a service of a date."""
        table = self.ptp_on(day, known_by)
        return NONE_KNOWN if table is None else table.on(day)

    def ptp_on(self, day: date, known_by: Instant | None = None) -> PtpTable | None:
        """Return the table of pairs that judges a service of a date."""
        return _last(self.ptp, day, known_by)

    def mue_on(self, day: date, known_by: Instant | None = None) -> MueTable | None:
        """Return the imported table of units a day; None where the code book's own ones count."""
        return _last(self.mue, day, known_by)

    @property
    def last_limits(self) -> tuple[date, Instant] | None:
        """From which day on imported units a day count, and when the last ones came in."""
        imported = [t.edition for t in self.mue if t.edition.imported_at is not None]
        if not imported:
            return None
        first = min(edition.in_force_from for edition in imported)
        return first, max(e.imported_at for e in imported if e.imported_at is not None)

    def in_force(self, day: date) -> tuple[Edition, ...]:
        """Return the editions that judge a service of a date, one of each table."""
        found = (self.ptp_on(day), self.mue_on(day))
        return tuple(table.edition for table in found if table is not None)

    @property
    def all(self) -> tuple[Edition, ...]:
        """What is known of each edition."""
        return tuple(table.edition for table in (*self.ptp, *self.mue))


def _last(tables: Iterable[_Table], day: date, known_by: Instant | None) -> _Table | None:
    """Return the one that began last before a date; of two of one day, what came in later."""
    found: _Table | None = None
    for table in tables:
        edition = table.edition
        later = found is None or found.edition.in_force_from <= edition.in_force_from
        if later and edition.in_force_from <= day and edition.known_by(known_by):
            found = table
    return found
