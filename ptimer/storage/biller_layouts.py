"""How does each biller want its file? Every version that ever was, and the newest of each name."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ptimer.storage.ids import new_id
from ptimer.timing.clock import Instant

LAYOUTS = "biller_layouts"


@dataclass(frozen=True)
class LayoutRow:
    """One version of a biller's layout; `definition` is as it is kept."""

    name: str
    version: int
    definition: Mapping[str, Any]
    made_at: Instant


def add(
    connection: sqlite3.Connection,
    name: str,
    version: int,
    definition: Mapping[str, Any],
    *,
    at: Instant,
) -> None:
    """Add a version within the open transaction."""
    connection.execute(
        "insert into biller_layouts (id, name, version, definition, made_at) "
        "values (?, ?, ?, ?, ?)",
        (new_id(at), name, version, json.dumps(definition, ensure_ascii=False), at),
    )


def newest(connection: sqlite3.Connection) -> list[LayoutRow]:
    """Return the newest version of each name, by name."""
    rows = connection.execute(
        "select name, max(version), definition, made_at from biller_layouts "
        "group by name order by name collate nocase"
    )
    return [
        LayoutRow(name, version, json.loads(kept), Instant(at)) for name, version, kept, at in rows
    ]
