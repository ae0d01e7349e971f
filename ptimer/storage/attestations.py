"""What did clinicians attest of a visit? Rows are only ever added; the newest counts."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.billing.attestation import Attestation
from ptimer.storage.ids import new_id
from ptimer.storage.many import AMONG, by_key, these
from ptimer.timing.clock import Instant

PAIR_ATTESTATIONS = "pair_attestations"
NECESSITY_ATTESTATIONS = "necessity_attestations"


@dataclass(frozen=True)
class NecessityRow:
    """Whether someone attests that a treatment past the year's threshold is necessary."""

    attested: bool
    by: str
    at: Instant


def add_pair(connection: sqlite3.Connection, visit_id: str, said: Attestation) -> None:
    """Write what a person says of a pair, within the open transaction."""
    connection.execute(
        "insert into pair_attestations (id, visit_id, column1, column2, modifier, said_by, "
        "said_at) values (?, ?, ?, ?, ?, ?, ?)",
        (new_id(said.at), visit_id, *said.pair, said.modifier, said.by, said.at),
    )


def pairs(
    connection: sqlite3.Connection, ids: Iterable[str]
) -> dict[str, dict[tuple[str, str], Attestation]]:
    """Return the last word on each pair, by visit."""
    rows = connection.execute(
        "select visit_id, column1, column2, modifier, said_by, said_at from pair_attestations "
        f"where visit_id {AMONG} order by rowid",
        (these(ids),),
    )
    said = ((visit_id, Attestation(*row)) for visit_id, *row in rows)
    return by_key((visit_id, each.pair, each) for visit_id, each in said)


def add_necessity(connection: sqlite3.Connection, visit_id: str, said: NecessityRow) -> None:
    """Write whether a treatment is attested to be necessary, within the open transaction."""
    connection.execute(
        "insert into necessity_attestations (id, visit_id, attested, said_by, said_at) "
        "values (?, ?, ?, ?, ?)",
        (new_id(said.at), visit_id, said.attested, said.by, said.at),
    )


def necessity(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, NecessityRow]:
    """Return the last word on necessity, by visit."""
    rows = connection.execute(
        "select visit_id, attested, said_by, said_at from necessity_attestations "
        f"where visit_id {AMONG} order by rowid",
        (these(ids),),
    )
    return {visit: NecessityRow(bool(attested), by, at) for visit, attested, by, at in rows}
