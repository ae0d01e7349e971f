"""Which editions of CMS's tables were brought in, from which files, with which rows?

The rows of one are a text: hundreds of lines that are read only when a visit of its time is
judged, while every command opens the record.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from functools import partial

from ptimer.billing.editions import Edition, Kind, MueRow, MueTable, PtpTable, SourceFile
from ptimer.billing.ptp_edits import PairRow
from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant

EDITIONS = "cms_editions"
FILES = "cms_files"

_SOURCES = {
    Kind.PTP: "NCCI practitioner pairs, table of {day} ({file})",
    Kind.MUE: "CMS medically unlikely edits, practitioner table of {day} ({file})",
}


def add_pairs(
    connection: sqlite3.Connection, edition: Edition, rows: Iterable[PairRow], *, at: Instant
) -> None:
    """Write an edition of the pairs within the open transaction."""
    _add(connection, edition, "\n".join(map(_pair_text, rows)), at)


def add_limits(
    connection: sqlite3.Connection, edition: Edition, rows: Iterable[MueRow], *, at: Instant
) -> None:
    """Write an edition of the units a day within the open transaction."""
    _add(connection, edition, "\n".join(map(_limit_text, rows)), at)


def pairs(connection: sqlite3.Connection) -> list[PtpTable]:
    """Return all editions of the pairs, as they came in."""
    return [
        PtpTable(edition, partial(_read_pairs, content))
        for edition, content in _of_kind(connection, Kind.PTP)
    ]


def limits(connection: sqlite3.Connection) -> list[MueTable]:
    """Return all editions of the units a day, as they came in."""
    return [
        MueTable(edition, partial(_read_limits, content))
        for edition, content in _of_kind(connection, Kind.MUE)
    ]


def _add(connection: sqlite3.Connection, edition: Edition, content: str, at: Instant) -> None:
    edition_id = new_id(at)
    connection.execute(
        "insert into cms_editions (id, kind, name, in_force_from, rows_kept, content, "
        "imported_by, imported_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            edition_id,
            edition.kind.value,
            edition.name,
            edition.in_force_from.isoformat(),
            edition.rows_kept,
            content,
            edition.imported_by,
            at,
        ),
    )
    connection.executemany(
        "insert into cms_files (edition_id, place, name, sha256, rows_read) values (?, ?, ?, ?, ?)",
        [
            (edition_id, place, file.name, file.sha256, file.rows)
            for place, file in enumerate(edition.files)
        ],
    )


def _of_kind(connection: sqlite3.Connection, kind: Kind) -> list[tuple[Edition, str]]:
    files: dict[str, list[SourceFile]] = {}
    for edition_id, name, sha256, rows in connection.execute(
        "select edition_id, name, sha256, rows_read from cms_files order by edition_id, place"
    ):
        files.setdefault(edition_id, []).append(SourceFile(name, sha256, rows))
    found = connection.execute(
        "select id, name, in_force_from, rows_kept, content, imported_by, imported_at "
        "from cms_editions where kind = ? order by rowid",
        (kind.value,),
    )
    return [
        (
            Edition(
                kind=kind,
                name=name,
                in_force_from=date.fromisoformat(first),
                source=source_of(kind, date.fromisoformat(first), files[edition_id]),
                files=tuple(files[edition_id]),
                rows_kept=kept,
                imported_at=Instant(at),
                imported_by=by,
            ),
            content,
        )
        for edition_id, name, first, kept, content, by, at in found
    ]


def source_of(kind: Kind, day: date, files: Iterable[SourceFile]) -> str:
    """Return where an edition is written, in words that a person can look up."""
    names = [file.name for file in files]
    return _SOURCES[kind].format(day=day, file=names[0])


def _pair_text(row: PairRow) -> str:
    last = "" if row.last is None else row.last.isoformat()
    parts = (row.column1, row.column2, str(row.indicator), row.first.isoformat(), last)
    return "\t".join((*parts, row.rationale))


def _read_pairs(content: str) -> tuple[PairRow, ...]:
    found = []
    for line in content.split("\n"):
        column1, column2, indicator, first, last, rationale = line.split("\t")
        until = date.fromisoformat(last) if last else None
        row = PairRow(column1, column2, int(indicator), date.fromisoformat(first), until, rationale)
        found.append(row)
    return tuple(found)


def _limit_text(row: MueRow) -> str:
    return f"{row.code}\t{row.units}\t{row.indicator}"


def _read_limits(content: str) -> tuple[MueRow, ...]:
    found = []
    for line in content.split("\n"):
        code, units, indicator = line.split("\t")
        found.append(MueRow(code, int(units), int(indicator)))
    return tuple(found)
