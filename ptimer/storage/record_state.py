"""Has anything changed since the last backup? What a record holds, told in a few letters."""

import sqlite3

_NOT_THE_RECORD = ("heartbeats", "clock_mark", "rulebook_cache", "seals", "unsealed")
"""What changes by itself while nobody presses anything, and what follows from the rest."""
_ONLY_ADDED_TO = (
    "segments",
    "audit_log",
    "export_lines",
    "export_files",
    "signed_contents",
    "cms_editions",
    "cms_files",
    "signatures",
    "signed_units",
    "signed_versions",
    "skilled_parts",
    "visit_cards",
)
"""Large tables, each change of which adds a row to one of them."""
_PLACES = ("window-place", "mini-window-place", "last-folder")
"""Settings that a window keeps for itself."""


def of(connection: sqlite3.Connection) -> str:
    """Return letters that differ as soon as anything that a backup is made for does."""
    from hashlib import sha256  # seldom, and not on the way to a press

    content = sha256()
    tables = connection.execute(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' "
        "and name not like '\\_sqlite%' escape '\\' order by name"
    ).fetchall()
    for (name,) in tables:
        if name not in _NOT_THE_RECORD:
            for row in connection.execute(_query(name)):
                content.update(repr((name, row)).encode())
    return content.hexdigest()


def is_empty(connection: sqlite3.Connection) -> bool:
    """Return whether nothing was ever recorded."""
    row = connection.execute(
        "select exists (select 1 from audit_log) or exists (select 1 from visits)"
    ).fetchone()
    return not row[0]


def _query(table: str) -> str:
    if table == "audit_log":
        return "select seq, hash from audit_log order by seq desc limit 1"
    if table in _ONLY_ADDED_TO:
        return f"select count(*), max(rowid) from {table}"
    if table == "visits":  # added up by SQLite: a clinic has very many of them
        return (
            "select count(*), max(rowid), sum(status = 'signed'), total(planned_at), "
            "total(arrived_at), total(departed_at), sum(relaxed), sum(assistants_barred), "
            "sum(length(payer)) from visits"
        )
    if table == "settings":
        places = ", ".join(f"'{place}'" for place in _PLACES)
        return f"select * from settings where key not in ({places}) order by key"
    return f"select * from {table} order by rowid"
