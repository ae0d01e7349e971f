"""Who signed which visit? Signatures in the `signatures` table."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, in_lists, these
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
    rows = connection.execute(
        "select visit_id, clinician, name, credentials, signed_at, ifnull(sha256, '') "
        "from signatures "
        f"where withdrawn_at is null and visit_id {AMONG} "
        "order by signed_at",
        (these(ids),),
    )
    return in_lists((row[0], SignatureRow(*row)) for row in rows)


def withdraw(
    connection: sqlite3.Connection, visit_id: str, clinicians: Iterable[str], *, at: Instant
) -> None:
    """Mark the signatures of these clinicians under a visit as no longer standing."""
    connection.execute(
        "update signatures set withdrawn_at = ? where visit_id = ? and withdrawn_at is null "
        f"and clinician {AMONG}",
        (at, visit_id, these(clinicians)),
    )
