"""How are the rows of many ids asked for in one query, and handed back by their ids?"""

import json
from collections.abc import Iterable
from typing import TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")

AMONG = "in (select value from json_each(?))"
"""Follows a column in a query, whose parameter is `these(ids)`: any number of them, one text."""


def these(ids: Iterable[str]) -> str:
    """Return ids as the one parameter that `AMONG` stands for."""
    return json.dumps(list(ids))


def in_lists(rows: Iterable[tuple[str, Row]]) -> dict[str, list[Row]]:
    """Return, by id, what its rows hold, in their order."""
    found: dict[str, list[Row]] = {}
    for of, row in rows:
        found.setdefault(of, []).append(row)
    return found


def by_key(rows: Iterable[tuple[str, Key, Row]]) -> dict[str, dict[Key, Row]]:
    """Return, by id and key, what its rows hold; the last one of a key counts."""
    found: dict[str, dict[Key, Row]] = {}
    for of, key, row in rows:
        found.setdefault(of, {})[key] = row
    return found
