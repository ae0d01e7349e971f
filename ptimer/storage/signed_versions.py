"""What was signed, in `signed_contents` and `signed_versions`.

A content is kept once, under its hash; a version of a visit names the content it was closed with.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ptimer.storage import audit_log
from ptimer.storage.many import AMONG, in_lists, these
from ptimer.timing.clock import Instant

CONTENTS = "signed_contents"
VERSIONS = "signed_versions"


@dataclass(frozen=True)
class VersionRow:
    """A visit as it was closed.

    `signatures` are JSON; `kept_at` is later than `closed_at` where an earlier ptimer closed it.
    `rows_sha256` is the hash of all rows of the visit then; an earlier ptimer kept none.
    """

    visit_id: str
    number: int
    content_sha256: str
    signatures: str
    sha256: str
    closed_at: Instant
    kept_at: Instant
    reopened_at: Instant | None = None
    rows_sha256: str | None = None
    reopened_by: str = ""
    why: str = ""


@dataclass(frozen=True)
class Reopening:
    """When a version was reopened, by whom, and why."""

    at: Instant
    by: str
    why: str


_FIELDS = (
    *("visit_id", "number", "content_sha256", "signatures", "sha256", "closed_at", "kept_at"),
    *("reopened_at", "rows_sha256"),
)
_COLUMNS = ", ".join((*_FIELDS, "reopened_by", "why"))


def version_hash(version: VersionRow) -> str:
    """Return the hash of a version: of its content's hash, its rows', and of who signed when."""
    from hashlib import sha256  # only what signs or checks hashes

    kept = [version.visit_id, version.number, version.content_sha256, version.signatures]
    rows = [] if version.rows_sha256 is None else [version.rows_sha256]
    hashed = [*kept, version.closed_at, *rows]
    text = json.dumps(hashed, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def keep_content(connection: sqlite3.Connection, sha256: str, content: str) -> None:
    """Keep a content under its hash within the open transaction; the same one is kept once."""
    known = connection.execute("select 1 from signed_contents where sha256 = ?", (sha256,))
    if known.fetchone() is None:
        connection.execute(
            "insert into signed_contents (sha256, content) values (?, ?)", (sha256, content)
        )


def contents(connection: sqlite3.Connection, hashes: Iterable[str]) -> dict[str, str]:
    """Return contents by their hash; one that is not there is left out."""
    rows = connection.execute(
        f"select sha256, content from signed_contents where sha256 {AMONG}",
        (these(hashes),),
    )
    return {str(sha256): str(content) for sha256, content in rows}


def every_content(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield every content with its hash."""
    yield from connection.execute("select sha256, content from signed_contents")


def add(connection: sqlite3.Connection, version: VersionRow) -> None:
    """Keep a version within the open transaction."""
    connection.execute(
        "insert into signed_versions (visit_id, number, content_sha256, signatures, sha256, "
        "closed_at, kept_at, rows_sha256) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            version.visit_id,
            version.number,
            version.content_sha256,
            version.signatures,
            version.sha256,
            version.closed_at,
            version.kept_at,
            version.rows_sha256,
        ),
    )


def reopen(connection: sqlite3.Connection, visit_id: str, reopening: Reopening) -> None:
    """Note that a visit's last version was reopened."""
    connection.execute(
        "update signed_versions set reopened_at = ?, reopened_by = ?, why = ? "
        "where visit_id = ? and reopened_at is null",
        (reopening.at, reopening.by, reopening.why, visit_id),
    )


def of_visits(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[VersionRow]]:
    """Return the versions by visit, the oldest first."""
    rows = connection.execute(
        f"select {_COLUMNS} from signed_versions where visit_id {AMONG} order by number",
        (these(ids),),
    )
    return in_lists((row[0], _version(row)) for row in rows)


def every_hashed(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str, str, str]]:
    """Yield visit, number, hash, hash of the content, and the text that the hash is of.

    SQLite writes the text, as `version_hash` does in all but rare signs.
    """
    yield from connection.execute(
        "select visit_id, number, sha256, content_sha256, case when rows_sha256 is null "
        "then json_array(visit_id, number, content_sha256, signatures, closed_at) "
        "else json_array(visit_id, number, content_sha256, signatures, closed_at, rows_sha256) "
        "end from signed_versions order by rowid"
    )


def one(connection: sqlite3.Connection, visit_id: str, number: int) -> VersionRow:
    """Return a version that is known to be there."""
    row = connection.execute(
        f"select {_COLUMNS} from signed_versions where visit_id = ? and number = ?",
        (visit_id, number),
    ).fetchone()
    return _version(row)


def lost(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return visit and number of each version that the audit log tells of and that is not there.

    What a salvage told to be lost is known, and left out.
    """
    rows = connection.execute(
        "with told as (select visit_id, case when json_valid(after) then after end as after "
        "from audit_log where action = 'sign') "
        "select l.visit_id, json_extract(l.after, '$.version') as closed from told l "
        "left join signed_versions v on v.visit_id = l.visit_id "
        "and v.number = json_extract(l.after, '$.version') "
        "where closed is not null "
        "and json_extract(l.after, '$.version_sha256') is not v.sha256"
    ).fetchall()
    known = audit_log.versions_lost_to_damage(connection) if rows else set()
    return [each for each in ((str(key), int(number)) for key, number in rows) if each not in known]


def signed_over(connection: sqlite3.Connection, hashes: Iterable[str]) -> list[str]:
    """Return the visits with a signature that names one of these contents."""
    rows = connection.execute(
        f"select distinct visit_id from signatures where sha256 {AMONG} order by visit_id",
        (these(hashes),),
    )
    return [str(row[0]) for row in rows]


def last_of(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, VersionRow]:
    """Return the last version of each visit that has one."""
    return {visit_id: rows[-1] for visit_id, rows in of_visits(connection, ids).items()}


def _version(row: tuple[Any, ...]) -> VersionRow:
    reopened_by, why = row[-2:]
    values = dict(zip(_FIELDS, row[:-2], strict=True))
    return VersionRow(**values, reopened_by=reopened_by or "", why=why or "")
