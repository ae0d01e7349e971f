"""A record whose visits are signed, as each clinician's signature would have left it."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from ptimer.operations import signed_content, snapshots
from ptimer.operations.clinic import Clinic, open_clinic_to_read
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, charges, seals, signatures, signed_versions, visits
from ptimer.storage.database import database_file
from ptimer.storage.ids import new_id
from ptimer.storage.signatures import SignatureRow
from ptimer.storage.signed_versions import VersionRow
from ptimer.timing.clock import HOUR, Instant, SystemClock

AT_ONCE = 1_000


def sign_all(folder: Path) -> None:
    """Let each visit of a record be signed an hour after it began, unless one is already."""
    clinic = open_clinic_to_read(folder, SystemClock())
    assert clinic is not None
    with closing(clinic), closing(sqlite3.connect(database_file(folder))) as connection:
        if connection.execute("select 1 from signed_versions").fetchone() is None:
            guards = _without_guards(connection)
            _Signing(connection).sign(_views(clinic))
            seals.seal_all(connection)
            for statement in guards:
                connection.execute(statement)
            connection.commit()
            connection.execute("pragma wal_checkpoint(truncate)")


class _Signing:
    """What goes on from visit to visit: the history, whose rows cover each other."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        row = connection.execute("select hash from audit_log order by seq desc").fetchone()
        self._last_hash = row[0] if row else ""

    def sign(self, views: Iterator[VisitView]) -> None:
        for view in views:
            self._sign(view)

    def _sign(self, view: VisitView) -> None:
        visit_id, at = view.visit.id, Instant(view.visit.created_at + HOUR)
        content = signed_content.text_of(signed_content.content_of(view))
        sha256 = signed_content.hash_of(content)
        clinician = view.record.segments[0].clinician
        signature = SignatureRow(visit_id, clinician, clinician, "OTR/L", at, sha256)
        signed_versions.keep_content(self._connection, sha256, content)
        signatures.add(self._connection, signature)
        units = {line.code.code: line.units for line in view.reckoning.lines}
        charges.sign_units(self._connection, visit_id, units, at=at)
        version = VersionRow(
            visit_id,
            1,
            sha256,
            signed_content.text_of(signed_content.signatures_of([signature])),
            "",
            at,
            at,
            rows_sha256=seals.rows_hash(self._connection, visit_id),
        )
        version = replace(version, sha256=signed_versions.version_hash(version))
        signed_versions.add(self._connection, version)
        self._tell(visit_id, clinician, at, version)

    def _tell(self, visit_id: str, clinician: str, at: Instant, version: VersionRow) -> None:
        after = {"closed": True, "version": 1, "version_sha256": version.sha256}
        told = json.dumps(after, sort_keys=True)
        row = (new_id(at), at, clinician, "sign", visit_id, None, None, None, told, "")
        self._last_hash = audit_log.chained(self._last_hash, row)
        self._connection.execute(
            "insert into audit_log (id, at, who, action, visit_id, segment_id, press_id, "
            "before, after, reason, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, self._last_hash),
        )


def _views(clinic: Clinic) -> Iterator[VisitView]:
    with clinic.reading() as now:
        rows = clinic.connection.execute("select id from visits order by rowid").fetchall()
        for first in range(0, len(rows), AT_ONCE):
            some = [visit_id for (visit_id,) in rows[first : first + AT_ONCE]]
            found = visits.many(clinic.connection, some)
            yield from (v for v in snapshots.view_all(clinic, found, now) if v.record.segments)


def _without_guards(connection: sqlite3.Connection) -> list[str]:
    guards = connection.execute("select name, sql from sqlite_schema where type = 'trigger'")
    taken = guards.fetchall()
    for name, _ in taken:
        connection.execute(f"drop trigger {name}")
    return [sql for _, sql in taken]
