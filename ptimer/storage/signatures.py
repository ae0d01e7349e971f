"""Who signed which visit? Signatures in the `signatures` table."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant


@dataclass(frozen=True)
class SignatureRow:
    """A clinician's signature under a part of a visit."""

    visit_id: str
    clinician: str
    name: str
    credentials: str
    signed_at: Instant
    sha256: str = ""
    """Of the content that it stands under; empty where an earlier ptimer took it."""


def add(connection: sqlite3.Connection, signature: SignatureRow) -> None:
    """Add a clinician's signature."""
    connection.execute(
        "insert into signatures (id, visit_id, clinician, name, credentials, signed_at, sha256) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (
            new_id(signature.signed_at),
            signature.visit_id,
            signature.clinician,
            signature.name,
            signature.credentials,
            signature.signed_at,
            signature.sha256 or None,
        ),
    )


def standing(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[SignatureRow]]:
    """Return the signatures that stand, by visit."""
    found: dict[str, list[SignatureRow]] = {}
    for row in connection.execute(
        "select visit_id, clinician, name, credentials, signed_at, ifnull(sha256, '') "
        "from signatures "
        "where withdrawn_at is null and visit_id in (select value from json_each(?)) "
        "order by signed_at",
        (json.dumps(list(ids)),),
    ):
        found.setdefault(row[0], []).append(SignatureRow(*row))
    return found


def withdraw(
    connection: sqlite3.Connection, visit_id: str, clinicians: Iterable[str], *, at: Instant
) -> None:
    """Mark the signatures of these clinicians under a visit as no longer standing."""
    connection.execute(
        "update signatures set withdrawn_at = ? where visit_id = ? and withdrawn_at is null "
        "and clinician in (select value from json_each(?))",
        (at, visit_id, json.dumps(list(clinicians))),
    )
