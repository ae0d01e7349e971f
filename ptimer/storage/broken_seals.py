"""Which visits, patients and tables are no longer as the program left them, or as was signed?"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from ptimer.storage.seals import (
    OF_A_VISIT,
    OF_THE_CLINIC,
    PATIENTS,
    Sealed,
    Subject,
    hash_of,
    visit_text,
)


@dataclass(frozen=True)
class Doubtful:
    """A visit that is not proven to be as it was signed, or not as the program left it."""

    visit_id: str
    as_sealed: bool


_EVERY_VISIT = """
select v.id, w.visit_id is not null, s.sha256, w.rows_sha256, {text}
from visits v
left join seals s on s.subject = 'visit' and s.key = v.id
left join signed_versions w on v.status = 'signed' and w.visit_id = v.id
    and w.number = (select max(number) from signed_versions where visit_id = v.id)
order by v.rowid
"""


def visits(connection: sqlite3.Connection) -> Iterator[Doubtful]:
    """Yield the visits whose rows are not as they were sealed, or not proven to be as signed.

    Of a version that an earlier ptimer closed no hash of the rows is kept: nothing is proven. What
    one closed that kept no versions is proven by its seal alone.
    """
    from hashlib import sha256

    used = [
        table
        for table in OF_A_VISIT
        if connection.execute(f"select 1 from {table} limit 1").fetchone()
    ]
    rows = connection.execute(_EVERY_VISIT.format(text=visit_text(used)))
    for visit_id, has_version, seal, version, text in rows:
        found = sha256(text.encode()).hexdigest()
        as_sealed = found == (seal or version)
        if not as_sealed or (has_version and found != version):
            yield Doubtful(visit_id, as_sealed=as_sealed)


def beside_the_visits(connection: sqlite3.Connection) -> list[Sealed]:
    """Return the patients and tables that are not as they were sealed."""
    rows = connection.execute("select subject, key, sha256 from seals where subject <> 'visit'")
    seals = {Sealed(Subject(subject), key): sha256 for subject, key, sha256 in rows}
    patients = connection.execute(PATIENTS)
    wanted = {Sealed(Subject.PATIENT, patient) for (patient,) in patients}
    wanted |= {Sealed(Subject.CLINIC, table) for table in OF_THE_CLINIC}
    wanted |= seals.keys()
    return sorted(
        (each for each in wanted if seals.get(each) != hash_of(connection, each)),
        key=lambda each: (each.subject, each.key),
    )
