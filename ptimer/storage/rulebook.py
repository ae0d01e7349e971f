"""What do the rule files say, with the clinic's own entries? Codes, payers, rules as values.

Parsing the files costs more than a whole command may, so their content is kept in the database
and read anew only when a file has changed.
"""

import json
import sqlite3
from binascii import crc32
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ptimer import __version__, resources
from ptimer.billing.codebook import Code, CodeBook
from ptimer.billing.editions import Editions
from ptimer.billing.payers import (
    Payer,
    Payers,
)
from ptimer.billing.ptp_edits import NONE_KNOWN, PtpEdits
from ptimer.billing.rules import (
    LongTreatment,
    Rules,
    Source,
    YearThreshold,
)
from ptimer.storage import cms_editions, rule_tables
from ptimer.storage.database import path_of
from ptimer.storage.errors import DamagedFile
from ptimer.storage.ids import new_id
from ptimer.storage.rule_tables import Table
from ptimer.timing.clock import Instant
from ptimer.wording import say

if TYPE_CHECKING:
    from ptimer.billing.visit_units import Terms

PAYERS = "payers"
OWN_CODES = "own_codes"
RULEBOOK_CACHE = "rulebook_cache"

_FORM = "sealed"
"""What is kept in another form is read anew."""
_CHECKSUM_DIGITS = 8


@dataclass(frozen=True)
class Rulebook:
    """All that is known about codes, payers and rules."""

    codes: CodeBook
    payers: Payers
    rules: Rules
    edition: str
    """The rules' year, as a footer names it."""
    editions: Editions
    """CMS's tables: the shipped ones, and those that were brought in."""

    def on(self, day: date, known_by: Instant | None = None) -> "RulesOfDay":
        """Return what judges a service of a date; of a signed visit by what was known then."""
        codes = self.codes.on(day)
        ptp = self.editions.ptp_on(day, known_by)
        mue = self.editions.mue_on(day, known_by)
        if mue is not None and mue.edition.imported_at is not None:
            codes = codes.limited(mue.values)
        sources = (
            rule_tables.source_of(table.edition) for table in (ptp, mue) if table is not None
        )
        imported = [source for source in sources if source.imported]
        edits = NONE_KNOWN if ptp is None else ptp.on(day)
        return RulesOfDay(codes, self.rules.on(day).told_by(imported), edits)


@dataclass(frozen=True)
class RulesOfDay:
    """The books as they count for a service of one date."""

    codes: CodeBook
    rules: Rules
    edits: PtpEdits

    def terms(self, payer: Payer | None) -> "Terms":
        """Return the terms under which a payer's visits are counted."""
        from ptimer.billing.visit_units import Terms  # a start counts nothing

        return Terms(self.codes, self.rules, payer, self.edits)


def shipped() -> Rulebook:
    """Read the resource files alone."""
    return _rulebook(_parsed(_fingerprint()), own_codes=(), own_payers=())


def load(connection: sqlite3.Connection) -> Rulebook:
    """Return the rule book of a database: the files' content and the clinic's own entries."""
    fingerprint = _fingerprint()
    row = connection.execute("select fingerprint, content from rulebook_cache").fetchone()
    try:
        content = _unsealed(row[1]) if row and row[0] == fingerprint else _parsed(fingerprint)
        own_codes, own_payers = _own_codes(connection), _own_payers(connection)
    except ValueError as error:
        unread = say("the rule book in it can't be read")
        raise DamagedFile(path_of(connection), unread) from error
    book = _rulebook(content, own_codes, own_payers)
    editions = Editions(
        ptp=(*book.editions.ptp, *cms_editions.pairs(connection)),
        mue=(*book.editions.mue, *cms_editions.limits(connection)),
    )
    return replace(book, editions=editions)


def stamp(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Return other numbers after every change to the clinic's own entries and editions."""
    row = connection.execute(
        "select ifnull((select max(rowid) from own_codes), 0), "
        "ifnull((select max(rowid) from payers), 0), "
        "ifnull((select max(rowid) from cms_editions), 0)"
    ).fetchone()
    return tuple(row)


def is_kept(connection: sqlite3.Connection) -> bool:
    """Return whether the database holds the content of the files as they are now."""
    row = connection.execute("select fingerprint from rulebook_cache").fetchone()
    return row is not None and row[0] == _fingerprint()


def keep(connection: sqlite3.Connection) -> None:
    """Keep the files' content in the database, within the open transaction."""
    fingerprint = _fingerprint()
    connection.execute(
        "insert into rulebook_cache (one, fingerprint, content) values (1, ?, ?) "
        "on conflict (one) do update set fingerprint = excluded.fingerprint, "
        "content = excluded.content",
        (fingerprint, sealed(json.dumps(_parsed(fingerprint), ensure_ascii=False))),
    )


def sealed(content: str) -> str:
    """Return a kept text with its checksum before it: a flipped bit in it could change a figure."""
    return f"{crc32(content.encode()):08x}{content}"


def _unsealed(kept: str) -> dict[str, list[Table]]:
    """Return what was kept.

    Raises:
        ValueError: it is not what was kept.
    """
    content = kept[_CHECKSUM_DIGITS:]
    if sealed(content) != kept:
        raise ValueError(kept[:_CHECKSUM_DIGITS])
    found: dict[str, list[Table]] = json.loads(content)
    return found


def save_payer(connection: sqlite3.Connection, payer: Payer, *, at: Instant) -> None:
    """Write one of the clinic's own payers; one of that name is kept, and replaced from now on."""
    connection.execute(
        "insert into payers (id, name, definition, replaces, made_at) values (?, ?, ?, "
        "(select id from payers where name = ? order by rowid desc limit 1), ?)",
        (new_id(at), payer.name, _json(rule_tables.payer_table(payer)), payer.name, at),
    )


def save_code(connection: sqlite3.Connection, code: Code, *, at: Instant) -> None:
    """Write one of the clinic's own codes; what it was before is kept with its dates."""
    connection.execute(
        "insert into own_codes (id, code, definition, replaces, made_at) values (?, ?, ?, "
        "(select id from own_codes where code = ? order by rowid desc limit 1), ?)",
        (new_id(at), code.code, _json(rule_tables.code_table(code)), code.code, at),
    )


def _json(table: Table) -> str:
    return json.dumps(table, ensure_ascii=False)


def _fingerprint() -> str:
    parts = [__version__, _FORM]
    for path in _rule_files():
        stat = path.stat()
        parts.append(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}")
    return "|".join(parts)


def _rule_files() -> Iterable[Path]:
    yield from resources.files("codes", ".toml")
    yield from resources.files("rules", ".toml")


@lru_cache(maxsize=1)
def _parsed(fingerprint: str) -> dict[str, list[Table]]:
    """Return the tables of all files by kind, with dates as text, as JSON can hold them.

    Who opens a record after an update needs them twice: to know them, and to keep them.
    """
    del fingerprint  # they are read anew where it is another
    import tomllib  # only where a file has changed

    content: dict[str, list[Table]] = {"edition": []}
    for path in _rule_files():
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        for kind, tables in document.items():
            if kind == "edition":
                content["edition"].append({"name": tables})
            elif isinstance(tables, list):
                content.setdefault(kind, []).extend(_plain(table) for table in tables)
    return content


def _plain(table: Table) -> Table:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in table.items()
    }


def _own_codes(connection: sqlite3.Connection) -> list[Code]:
    """Return every version of every code, as they were made."""
    rows = connection.execute("select definition from own_codes order by rowid")
    return [rule_tables.code_of({**json.loads(row[0]), "own": True}) for row in rows]


def _own_payers(connection: sqlite3.Connection) -> list[tuple[Instant, Payer]]:
    """Return every version of every payer with when it was made, in that order."""
    rows = connection.execute("select made_at, definition from payers order by rowid")
    return [
        (Instant(row[0]), rule_tables.payer_of(json.loads(row[1]), shipped=False)) for row in rows
    ]


def _rulebook(
    content: Mapping[str, list[Table]],
    own_codes: Iterable[Code],
    own_payers: Iterable[tuple[Instant, Payer]],
) -> Rulebook:
    payers = [rule_tables.payer_of(table, shipped=True) for table in content["payer"]]
    codes = [rule_tables.code_of(table) for table in content["code"]]
    return Rulebook(
        codes=CodeBook([*codes, *own_codes]),
        payers=Payers(payers, own_payers),
        rules=Rules(
            sources=tuple(Source(**rule_tables.dated(table)) for table in content["source"]),
            daily_limits=tuple(rule_tables.daily_limit_of(table) for table in content["limit"]),
            long_treatments=tuple(
                LongTreatment(**rule_tables.dated(table)) for table in content["long_treatment"]
            ),
            one_evaluation=tuple(
                rule_tables.one_evaluation_of(table) for table in content["one_evaluation"]
            ),
            disciplines={
                rule.discipline: rule
                for rule in map(rule_tables.discipline_of, content["discipline"])
            },
            skilled_fields=rule_tables.skilled_fields_of(content),
            kx_thresholds=tuple(
                YearThreshold(**rule_tables.dated(each)) for each in content["kx_threshold"]
            ),
        ),
        edition=content["edition"][0]["name"],
        editions=Editions(
            ptp=tuple(rule_tables.pairs_of(table) for table in content["ptp_edition"]),
            mue=tuple(rule_tables.limits_of(table, codes) for table in content["mue_edition"]),
        ),
    )
