"""Was anything changed around the program? What the program writes it seals, in `seals`.

A seal is the hash of all that is recorded of one thing: of a visit, of a patient beside the
visits, or of one of the clinic's tables. A signed visit is sealed by the version that was signed,
which holds the same hash. Triggers note in `unsealed` every row that changes, and
the program seals what it has changed before it commits. What another program changes stays noted;
where the triggers were taken away meanwhile, the hash no longer fits.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

SEALS = "seals"
UNSEALED = "unsealed"


class Subject(StrEnum):
    """What has a seal of its own."""

    VISIT = "visit"
    PATIENT = "patient"
    CLINIC = "clinic"


@dataclass(frozen=True)
class Sealed:
    """One thing that has a seal: a visit's id, a patient, or the name of one of the tables."""

    subject: Subject
    key: str


OF_A_VISIT: Mapping[str, str] = {
    "segments": "id, patient, code, clinician, role, supervisor, group_id, started_at, ended_at, "
    "attendance, exclusive, typed_units, note, origin, replaces, edited, recorded_at, voided_at, "
    "assisted_by",
    "signatures": "id, clinician, name, credentials, signed_at, withdrawn_at, sha256",
    "unit_choices": "units, chosen_at",
    "long_reasons": "code, reason, given_at",
    "visit_marks": "id, kind, reason, marked_by, marked_at, taken_back_at",
    "plans": "code, minutes, planned_at",
    "pair_attestations": "id, column1, column2, modifier, said_by, said_at",
    "necessity_attestations": "id, attested, said_by, said_at",
    "skilled_parts": "id, code, content, carried_from, written_by, written_at",
    "chart_ticks": "id, tick, ticked_by, ticked_at, taken_back_at",
    "visit_supervisors": "id, clinician, supervisor, named_by, named_at, replaced_at",
    "signed_units": "id, code, units, signed_at, withdrawn_at",
}
OF_A_PATIENT: Mapping[str, str] = {
    "goals": "id, number, goal, made_by, made_at, ended_by, ended_at",
    "charges_elsewhere": "id, year, pool, cents, told_by, told_at",
}
OF_THE_CLINIC: Mapping[str, str] = {
    "clinicians": "name, credentials, discipline, role, npi, supervisor",
    "clinician_entries": "id, clinician, kind, title, dated, expires_on, hours, file_name, note, "
    "recorded_by, recorded_at, voided_at, voided_by, void_reason",
    "own_codes": "id, code, definition, replaces, made_at",
    "payers": "id, name, definition, replaces, made_at",
    "fees": "id, payer, code, year, cents, told_by, told_at",
    "year_thresholds": "id, year, cents, source, told_by, told_at",
    "biller_layouts": "id, name, version, definition, made_at",
    "cms_editions": "id, kind, name, in_force_from, rows_kept, content, imported_by, imported_at",
    "cms_files": "edition_id, place, name, sha256, rows_read",
}
"""The columns that are sealed, by table. A column that comes later may be sealed only where it
holds something, and at the end: what was hashed without it must go on fitting."""

VISIT = (
    "id, patient, discipline, service_date, payer, relaxed, assistants_barred, status, "
    "planned_at, arrived_at, departed_at, created_at"
)


def _rows(table: str, columns: str, where: str) -> str:
    """Return SQL for a table's rows as one text, which is empty where it holds none."""
    return (
        f"ifnull((select char(10) || '{table}' || group_concat(row, '') from "
        f"(select json_array({columns}) as row from {table} where {where} order by rowid)), '')"
    )


def visit_text(tables: Iterable[str]) -> str:
    """Return SQL for a visit's text; what its tables hold none of adds nothing to it."""
    rows = (_rows(table, OF_A_VISIT[table], "visit_id = v.id") for table in tables)
    return " || ".join((f"json_array({VISIT})", *rows))


_VISIT_TEXT = visit_text(OF_A_VISIT)
_PATIENT_TEXT = " || ".join(
    _rows(table, columns, "patient = p.patient") for table, columns in OF_A_PATIENT.items()
)
_TEXT_OF = {
    Subject.VISIT: f"select {_VISIT_TEXT} from visits v where v.id = ?",
    Subject.PATIENT: f"select {_PATIENT_TEXT} from (select ? as patient) p",
}
PATIENTS = "select patient from goals union select patient from charges_elsewhere"
_LEAVE_TO_VERSIONS = """
delete from seals where subject = 'visit' and sha256 = (
    select w.rows_sha256 from visits v join signed_versions w on w.visit_id = v.id
    where v.id = seals.key and v.status = 'signed' order by w.number desc limit 1)
"""


def noted(connection: sqlite3.Connection) -> frozenset[Sealed]:
    """Return what was changed and not sealed: by another program, outside a transaction of ours."""
    rows = connection.execute("select subject, key from unsealed")
    return frozenset(Sealed(Subject(subject), key) for subject, key in rows)


def renew(connection: sqlite3.Connection, *, but: Collection[Sealed] = ()) -> None:
    """Seal what the open transaction has changed; what another program did stays noted."""
    for each in noted(connection):
        if each not in but:
            _seal(connection, each)
            connection.execute(
                "delete from unsealed where subject = ? and key = ?", (each.subject, each.key)
            )


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal all that is recorded, within the open transaction, whoever wrote it."""
    connection.execute("delete from seals")
    connection.execute("delete from unsealed")
    visits = connection.execute(f"select v.id, {_VISIT_TEXT} from visits v")
    connection.executemany(
        "insert into seals values ('visit', ?, ?)",
        ((visit_id, _hash(text)) for visit_id, text in visits),
    )
    connection.execute(_LEAVE_TO_VERSIONS)
    for (patient,) in connection.execute(PATIENTS).fetchall():
        _seal(connection, Sealed(Subject.PATIENT, patient))
    for table in OF_THE_CLINIC:
        _seal(connection, Sealed(Subject.CLINIC, table))


def rows_hash(connection: sqlite3.Connection, visit_id: str) -> str:
    """Return the hash of all that is recorded of a visit, as 64 hexadecimal digits."""
    return hash_of(connection, Sealed(Subject.VISIT, visit_id))


def _seal(connection: sqlite3.Connection, sealed: Sealed) -> None:
    connection.execute(
        "insert into seals (subject, key, sha256) values (?, ?, ?) "
        "on conflict (subject, key) do update set sha256 = excluded.sha256",
        (sealed.subject, sealed.key, hash_of(connection, sealed)),
    )
    if sealed.subject is Subject.VISIT:
        connection.execute(f"{_LEAVE_TO_VERSIONS} and key = ?", (sealed.key,))


def hash_of(connection: sqlite3.Connection, sealed: Sealed) -> str:
    """Return the hash of all that is recorded of a thing, as 64 hexadecimal digits."""
    if sealed.subject is Subject.CLINIC:
        return _hash_of_table(connection, sealed.key)
    row = connection.execute(_TEXT_OF[sealed.subject], (sealed.key,)).fetchone()
    return _hash(str(row[0]) if row else "")


def _hash_of_table(connection: sqlite3.Connection, table: str) -> str:
    """Hash row by row: an edition of CMS's tables is a text of some megabytes."""
    from hashlib import sha256

    content = sha256()
    columns = OF_THE_CLINIC[table]
    for (row,) in connection.execute(f"select json_array({columns}) from {table} order by rowid"):
        content.update(row.encode())
    return content.hexdigest()


def _hash(text: str) -> str:
    # Only what writes or checks hashes, and what hashes is slow to load for a window that opens.
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()
