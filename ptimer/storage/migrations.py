"""How does the file's layout change from version to version? Numbered, forwards only.

Each one runs in a transaction together with its record. A guarded table is changed by written SQL
only: `transform()` would drop its triggers and its generated columns.
"""

import sqlite3

from sqlite_utils import Database, Migrations

from ptimer import resources
from ptimer.storage import seals
from ptimer.storage.database import SCHEMA_VERSION

_migrations = Migrations("ptimer")


@_migrations()
def m0001_the_record(db: Database) -> None:
    """Visits, segments, the audit log, and the triggers that guard them."""
    _run(db, "0001_the_record.sql", version=1)


@_migrations()
def m0002_search_by_patient(db: Database) -> None:
    """An index of patient ids for the search of the history."""
    _run(db, "0002_search_by_patient.sql", version=2)


@_migrations()
def m0003_own_codes_and_payers(db: Database) -> None:
    """Codes of the clinic's own; payers that are ended and kept, not overwritten."""
    _run(db, "0003_own_codes_and_payers.sql", version=3)


@_migrations()
def m0004_visit_marks(db: Database) -> None:
    """Cancelled, no-show, stopped early."""
    _run(db, "0004_visit_marks.sql", version=4)


@_migrations()
def m0005_plans(db: Database) -> None:
    """Minutes planned for a visit."""
    _run(db, "0005_plans.sql", version=5)


@_migrations()
def m0006_cms_editions(db: Database) -> None:
    """Editions of CMS's tables, beside those that ship with ptimer."""
    _run(db, "0006_cms_editions.sql", version=6)


@_migrations()
def m0007_modifiers(db: Database) -> None:
    """Who assisted, attested pairs, medical necessity, fees."""
    _run(db, "0007_modifiers.sql", version=7)


@_migrations()
def m0008_sign_off(db: Database) -> None:
    """The skilled parts of a visit, goals, and each version that was signed."""
    _run(db, "0008_sign_off.sql", version=8)


@_migrations()
def m0009_billers(db: Database) -> None:
    """What each biller was given, and how each wants it."""
    _run(db, "0009_billers.sql", version=9)


@_migrations()
def m0010_signed_versions(db: Database) -> None:
    """What was signed, word for word, and who supervised."""
    _run(db, "0010_signed_versions.sql", version=10)


@_migrations()
def m0011_clinicians(db: Database) -> None:
    """Education, training, licences and certificates of the clinicians."""
    _run(db, "0011_clinicians.sql", version=11)


@_migrations()
def m0012_seals(db: Database) -> None:
    """What the program wrote is sealed, so that a change made around it shows."""
    _run(db, "0012_seals.sql", version=12)
    seals.seal_all(db.conn)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the file's layout up to the newest version."""
    _migrations.apply(Database(connection))
    version = connection.execute("pragma user_version").fetchone()[0]
    if version != SCHEMA_VERSION:
        raise RuntimeError(f"migrations end at {version}, the program expects {SCHEMA_VERSION}")


def migrate_to(connection: sqlite3.Connection, version: int) -> None:
    """Make the layout of an earlier version, such as a file that is salvaged was written in."""
    db = Database(connection)
    later = [each.name for each in _migrations.pending(db)][version:]
    _migrations.apply(db, stop_before=later[:1])


def _run(db: Database, script: str, *, version: int) -> None:
    for statement in statements(resources.text("schema", script)):
        db.execute(statement)
    db.execute(f"pragma user_version = {version}")


def statements(script: str) -> list[str]:
    """Split a script into statements; `executescript` would commit the open transaction."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
