"""What must a row look like to be one of a table? Read from the tables as ptimer makes them."""

import json
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ptimer.storage.damaged_rows import Row, Value

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_HASH = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Form = Callable[[str], object]
"""Whether a text may be a column's; what it returns is true or false."""


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _is_object(text: str) -> bool:
    return text.startswith(("{", "[")) and _is_json(text)


_FORMS: dict[str, Form] = {
    **dict.fromkeys(("id", "visit_id", "segment_id", "batch_id", "edition_id"), _UUID.fullmatch),
    **dict.fromkeys(("sha256", "content_sha256", "hash"), _HASH.fullmatch),
    **dict.fromkeys(("service_date", "dated", "date_from", "date_to"), _DATE.fullmatch),
    **dict.fromkeys(("before", "after", "definition", "units"), _is_object),
    "seals.subject": re.compile("visit|patient|clinic").fullmatch,
    "unsealed.subject": re.compile("visit|patient|clinic").fullmatch,
    "settings.key": re.compile(r"[a-z]+(-[a-z]+)*").fullmatch,
    "settings.value": _is_json,
    "skilled_parts.content": _is_object,
}
"""How the texts of a column are written, by its name; of others nothing is known."""
_TYPES: dict[str, type] = {"TEXT": str, "INTEGER": int, "BLOB": bytes}
_NOT_THE_RECORD = ("sqlite_%", "_sqlite%", "rulebook_cache")
"""SQLite's own tables, the migrations', and what is read anew from the resource files."""


@dataclass(frozen=True)
class Column:
    """A column as it lies in a row; `is_number` is a key that is the row's own number."""

    name: str
    type: type
    required: bool
    default: str | None
    form: Form | None
    is_number: bool


@dataclass(frozen=True)
class Shape:
    """A table's columns, in the order in which rows hold them."""

    table: str
    columns: tuple[Column, ...]

    def fits(self, row: Row) -> bool:
        """Return whether a row may be the table's; columns that were added later may be missing."""
        if len(row.values) > len(self.columns):
            return False
        return all(map(_fits, self.columns, self._filled(row)))

    @property
    def strictness(self) -> int:
        """How many columns ask for more than a type."""
        return sum(column.form is not None for column in self.columns)

    def named(self, row: Row) -> dict[str, Value]:
        """Return a row's values by the names of its columns; what it lacks gets its default."""
        values = self._filled(row)
        return {
            column.name: row.rowid if column.is_number else value
            for column, value in zip(self.columns, values, strict=True)
        }

    def told(self, row: Row) -> dict[str, Value]:
        """Return what a row says where it may not fit, as far as its columns are known."""
        return self.named(row) if len(row.values) <= len(self.columns) else unnamed(row)

    def _filled(self, row: Row) -> Sequence[Value]:
        missing = self.columns[len(row.values) :]
        return (*row.values, *(_default(column) for column in missing))


def read(connection: sqlite3.Connection) -> dict[str, Shape]:
    """Return the shapes of the tables that hold the record, by their names."""
    rows = connection.execute(
        "select name from sqlite_schema where type = 'table' and not "
        f"({' or '.join(['name like ?'] * len(_NOT_THE_RECORD))}) order by rowid",
        _NOT_THE_RECORD,
    )
    return {str(name): Shape(str(name), _columns(connection, name)) for (name,) in rows.fetchall()}


def unnamed(row: Row) -> dict[str, Value]:
    """Return a row of which nobody knows whose it is, its values by their places."""
    return {"rowid": row.rowid, **{str(at): value for at, value in enumerate(row.values)}}


def _columns(connection: sqlite3.Connection, table: str) -> tuple[Column, ...]:
    told = connection.execute("select * from pragma_table_xinfo(?) order by cid", (table,))
    rows = told.fetchall()
    one_key = sum(bool(key) for *_, key, _ in rows) == 1
    return tuple(
        Column(
            name,
            _TYPES.get(type_, object),
            bool(required),
            default,
            _FORMS.get(f"{table}.{name}", _FORMS.get(name)) if type_ == "TEXT" else None,
            is_number=one_key and bool(key) and type_ == "INTEGER",
        )
        for _, name, type_, required, default, key, hidden in rows
        if not hidden
    )


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return not column.required or column.is_number
    if not isinstance(value, column.type):
        return False
    return not (column.form and isinstance(value, str) and not column.form(value))


def _default(column: Column) -> Value:
    """Return the default as SQL writes it: a quoted text, a number, or nothing."""
    if column.default is None:
        return None
    if column.default.startswith("'"):
        return column.default[1:-1].replace("''", "'")
    return int(column.default) if column.default.lstrip("-").isdigit() else None
