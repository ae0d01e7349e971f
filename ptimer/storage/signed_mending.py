"""Of what was signed in a damaged record, what can still be proven? The rest is opened again.

A text that is no longer what was signed is no signed text: it is listed as left over, and a visit
that stood on it waits to be signed anew, as one that was amended.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from hashlib import sha256
from typing import Any

from ptimer.storage import audit_log, charges, seals, signatures, signed_versions, visits
from ptimer.storage.signed_versions import Reopening, VersionRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, say

WHY = "what was signed can't be proven since the record was damaged"
"""Why such a visit is open again, as its history tells."""

_KNOWN = "select 1 from sqlite_schema where type = 'table' and name = ?"


def no_longer_signed(connection: sqlite3.Connection) -> Iterator[tuple[str, int, Sentence]]:
    """Yield table and row number of each text and version that its hash no longer fits, and why."""
    why = say("it is not what was signed any more")
    for table, fits in ((signed_versions.CONTENTS, _fits), (signed_versions.VERSIONS, _is_kept)):
        if connection.execute(_KNOWN, (table,)).fetchone() is None:
            continue  # an earlier ptimer's record has none
        cursor = connection.execute(f"select rowid as at, * from {table}")
        names = [column[0] for column in cursor.description]
        for row in cursor.fetchall():
            values = dict(zip(names, row, strict=True))
            if not fits(values):
                yield table, values["at"], why


def open_what_is_not_proven(connection: sqlite3.Connection, by: str, at: Instant) -> list[Sentence]:
    """Open the signed visits whose version is lost, or whose rows are not those that were signed.

    Call it within a transaction, on a record of the newest layout.
    """
    unproven = set(_changed(connection))
    unproven |= {visit_id for visit_id, _ in signed_versions.lost(connection)} - _proven(connection)
    opened = []
    for visit in visits.many(connection, sorted(unproven)):
        if not visit.signed:
            continue
        signed_versions.reopen(connection, visit.id, Reopening(at, by, WHY))
        visits.set_status(connection, visit.id, visits.OPEN)
        charges.withdraw_units(connection, visit.id, at=at)
        signatures.withdraw(connection, visit.id, _signers(connection, visit.id), at=at)
        audit_log.add(connection, audit_log.Entry(at, by, "amend", visit.id, reason=WHY))
        opened.append(
            say(
                "{patient}'s visit of {day}: what was signed can't be proven any more; it is open, "
                "to be signed again",
                patient=visit.patient,
                day=visit.service_date,
            )
        )
    return opened


def _fits(content: dict[str, object]) -> bool:
    return _hash(str(content["content"])) == content["sha256"]


def _is_kept(version: dict[str, Any]) -> bool:
    """Return whether a version is as it was kept; an earlier ptimer's has fewer columns."""
    known = {each.name for each in fields(VersionRow)}
    row = VersionRow(**{name: value for name, value in version.items() if name in known})
    return signed_versions.version_hash(row) == row.sha256


def _changed(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the signed visits whose rows are not those of the version that they were closed with.

    An earlier ptimer kept no hash of them.
    """
    rows = connection.execute(
        "select v.id, w.rows_sha256 from visits v join signed_versions w on w.visit_id = v.id "
        "where v.status = 'signed' and w.reopened_at is null and w.rows_sha256 is not null"
    ).fetchall()
    for visit_id, signed in rows:
        if seals.rows_hash(connection, visit_id) != signed:
            yield str(visit_id)


def _proven(connection: sqlite3.Connection) -> set[str]:
    """Return the visits that have the version that they were closed with."""
    rows = connection.execute("select visit_id from signed_versions where reopened_at is null")
    return {str(visit_id) for (visit_id,) in rows}


def _signers(connection: sqlite3.Connection, visit_id: str) -> list[str]:
    rows = connection.execute(
        "select clinician from signatures where visit_id = ? and withdrawn_at is null", (visit_id,)
    )
    return [str(name) for (name,) in rows]


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
