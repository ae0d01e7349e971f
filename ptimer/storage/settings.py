"""Settings in the `settings` table: a key, and a value as JSON."""

import json
import sqlite3

SETTINGS = "settings"


def get(connection: sqlite3.Connection, key: str) -> object:
    """Return the value of a key, or None where nothing was set.

    What somebody wrote there around the program, and can't be read or written, is nothing either.
    """
    row = connection.execute("select value from settings where key = ?", (key,)).fetchone()
    try:
        value: object = None if row is None else json.loads(row[0])
        json.dumps(value, ensure_ascii=False).encode()  # half of a character can't be written
        return value
    except (ValueError, RecursionError):
        return None


def put(connection: sqlite3.Connection, key: str, value: object) -> None:
    """Set a key within the open transaction."""
    connection.execute(
        "insert into settings (key, value) values (?, ?) "
        "on conflict (key) do update set value = excluded.value",
        (key, json.dumps(value, ensure_ascii=False)),
    )
