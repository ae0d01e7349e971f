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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ptimer import __version__, resources
from ptimer.billing.codebook import Attendance, Code, CodeBook, Count, Discipline
from ptimer.billing.editions import Edition, Editions, Kind, MueRow, MueTable, PtpTable
from ptimer.billing.payers import (
    CombinedLimit,
    Effect,
    OwnLimit,
    Payer,
    Payers,
    RequiredModifier,
    UnitRule,
)
from ptimer.billing.ptp_edits import NEVER, NONE_KNOWN, WITH_MODIFIER, PairRow, PtpEdits
from ptimer.billing.rules import (
    DailyLimit,
    DisciplineRule,
    LongTreatment,
    OneEvaluation,
    Rules,
    Source,
    YearThreshold,
)
from ptimer.billing.skilled_fields import FieldKind, Part, SkilledField
from ptimer.storage import cms_editions
from ptimer.storage.database import path_of
from ptimer.storage.errors import DamagedFile
from ptimer.storage.ids import new_id
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

Table = Mapping[str, Any]


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
        sources = (_source_of(table.edition) for table in (ptp, mue) if table is not None)
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
    return _rulebook(_parse_files(), own_codes=(), own_payers=())


def load(connection: sqlite3.Connection) -> Rulebook:
    """Return the rule book of a database: the files' content and the clinic's own entries."""
    fingerprint = _fingerprint()
    row = connection.execute("select fingerprint, content from rulebook_cache").fetchone()
    try:
        content = _unsealed(row[1]) if row and row[0] == fingerprint else _parse_files()
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
    connection.execute(
        "insert into rulebook_cache (one, fingerprint, content) values (1, ?, ?) "
        "on conflict (one) do update set fingerprint = excluded.fingerprint, "
        "content = excluded.content",
        (_fingerprint(), sealed(json.dumps(_parse_files(), ensure_ascii=False))),
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
        (new_id(at), payer.name, _json(payer_table(payer)), payer.name, at),
    )


def save_code(connection: sqlite3.Connection, code: Code, *, at: Instant) -> None:
    """Write one of the clinic's own codes; what it was before is kept with its dates."""
    connection.execute(
        "insert into own_codes (id, code, definition, replaces, made_at) values (?, ?, ?, "
        "(select id from own_codes where code = ? order by rowid desc limit 1), ?)",
        (new_id(at), code.code, _json(code_table(code)), code.code, at),
    )


def code_table(code: Code) -> dict[str, object]:
    """Return a code of the clinic's own as plain values, as the audit log holds it."""
    return {
        "code": code.code,
        "label": code.label,
        "detail": code.detail,
        "count": code.count.value,
        "step_minutes": code.step_minutes,
        "attendance": code.attendance.value,
        "disciplines": [each.value for each in code.disciplines],
        "exclusive": code.exclusive,
        "add_on_to": code.add_on_to,
        "daily_limit": code.daily_limit,
        "daily_effect": code.daily_effect.value,
        "in_force_from": _day(code.in_force_from),
        "in_force_to": _day(code.in_force_to),
        "source": code.source,
    }


def payer_table(payer: Payer) -> dict[str, object]:
    """Return a payer as plain values, as the files and the audit log hold it."""
    return {
        "name": payer.name,
        "unit_rule": payer.unit_rule.value,
        "follows_mue": payer.follows_mue,
        "pays_slp_assistants": payer.pays_slp_assistants,
        "relaxes_billed_alone": payer.relaxes_billed_alone,
        "relaxed_because": payer.relaxed_because,
        "zero_unit_lines": payer.zero_unit_lines,
        "own_limits": [
            {
                "code": limit.code,
                "units": limit.units,
                "effect": limit.effect.value,
                "reason": limit.reason,
            }
            for limit in payer.own_limits
        ],
        "combined_limits": [
            {
                "codes": list(limit.codes),
                "units": limit.units,
                "effect": limit.effect.value,
                "reason": limit.reason,
            }
            for limit in payer.combined_limits
        ],
        "required_modifiers": [
            {
                "modifier": each.modifier,
                "codes": list(each.codes),
                "reason": each.reason,
            }
            for each in payer.required_modifiers
        ],
        "assistant_modifiers": payer.assistant_modifiers,
        "kx_threshold": payer.kx_threshold,
        "source": payer.source,
        "in_force_to": _day(payer.in_force_to),
    }


def _json(table: Table) -> str:
    return json.dumps(table, ensure_ascii=False)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _fingerprint() -> str:
    parts = [__version__, _FORM]
    for path in _rule_files():
        stat = path.stat()
        parts.append(f"{path.name}:{stat.st_size}:{stat.st_mtime_ns}")
    return "|".join(parts)


def _rule_files() -> Iterable[Path]:
    yield from resources.files("codes", ".toml")
    yield from resources.files("rules", ".toml")


def _parse_files() -> dict[str, list[Table]]:
    """Return the tables of all files by kind, with dates as text, as JSON can hold them."""
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
    return [_code({**json.loads(row[0]), "own": True}) for row in rows]


def _own_payers(connection: sqlite3.Connection) -> list[tuple[Instant, Payer]]:
    """Return every version of every payer with when it was made, in that order."""
    rows = connection.execute("select made_at, definition from payers order by rowid")
    return [(Instant(row[0]), _payer(json.loads(row[1]), shipped=False)) for row in rows]


def _rulebook(
    content: Mapping[str, list[Table]],
    own_codes: Iterable[Code],
    own_payers: Iterable[tuple[Instant, Payer]],
) -> Rulebook:
    payers = [_payer(table, shipped=True) for table in content["payer"]]
    codes = [_code(table) for table in content["code"]]
    return Rulebook(
        codes=CodeBook([*codes, *own_codes]),
        payers=Payers(payers, own_payers),
        rules=Rules(
            sources=tuple(Source(**_dated(table)) for table in content["source"]),
            daily_limits=tuple(_daily_limit(table) for table in content["limit"]),
            long_treatments=tuple(
                LongTreatment(**_dated(table)) for table in content["long_treatment"]
            ),
            one_evaluation=tuple(_one_evaluation(table) for table in content["one_evaluation"]),
            disciplines={rule.discipline: rule for rule in map(_discipline, content["discipline"])},
            skilled_fields=_skilled_fields(content),
            kx_thresholds=tuple(YearThreshold(**_dated(each)) for each in content["kx_threshold"]),
        ),
        edition=content["edition"][0]["name"],
        editions=Editions(
            ptp=tuple(_shipped_pairs(table) for table in content["ptp_edition"]),
            mue=tuple(_shipped_limits(table, codes) for table in content["mue_edition"]),
        ),
    )


def _shipped_pairs(table: Table) -> PtpTable:
    edition = _shipped_edition(table, Kind.PTP)
    written = ((WITH_MODIFIER, table["with_modifier"]), (NEVER, table["never"]))

    def read() -> tuple[PairRow, ...]:
        return tuple(
            PairRow(column1, column2, indicator, edition.in_force_from)
            for indicator, lines in written
            for line in lines
            for column1, _, others in [line.partition(": ")]
            for column2 in others.split()
        )

    return PtpTable(edition, read)


def _shipped_limits(table: Table, codes: Iterable[Code]) -> MueTable:
    edition = _shipped_edition(table, Kind.MUE)

    def read() -> tuple[MueRow, ...]:
        return tuple(
            MueRow(code.code, code.mue, code.mue_indicator)
            for code in codes
            if code.mue is not None
        )

    return MueTable(edition, read)


def _shipped_edition(table: Table, kind: Kind) -> Edition:
    first = date.fromisoformat(table["in_force_from"])
    return Edition(kind, table["name"], first, table["source"])


_RULE_OF_TABLE = {
    Kind.PTP: ("ptp-pair", "Pairs of one day (NCCI)"),
    Kind.MUE: ("mue", "Units a day (MUE)"),
}


def _source_of(edition: Edition) -> Source:
    rule, title = _RULE_OF_TABLE[edition.kind]
    return Source(
        rule,
        title,
        edition.source,
        edition.name,
        edition.in_force_from,
        imported=edition.imported_at is not None,
    )


def _dated(table: Table) -> dict[str, Any]:
    values = dict(table)
    for key in ("in_force_from", "in_force_to"):
        if values.get(key) is not None:
            values[key] = date.fromisoformat(values[key])
    return values


def _code(table: Table) -> Code:
    values = _dated(table)
    values["count"] = Count(values["count"])
    values["attendance"] = Attendance(values["attendance"])
    values["disciplines"] = tuple(Discipline(name) for name in values["disciplines"])
    values["offers"] = tuple(values.get("offers", ()))
    if "daily_effect" in values:
        values["daily_effect"] = Effect(values["daily_effect"])
    return Code(**values)


def _payer(table: Table, *, shipped: bool) -> Payer:
    values = _dated(table)
    values["unit_rule"] = UnitRule(values["unit_rule"])
    values["own_limits"] = tuple(
        OwnLimit(limit["code"], limit["units"], Effect(limit["effect"]), limit["reason"])
        for limit in values.get("own_limits", ())
    )
    values["combined_limits"] = tuple(
        CombinedLimit(
            tuple(limit["codes"]), limit["units"], Effect(limit["effect"]), limit["reason"]
        )
        for limit in values.get("combined_limits", ())
    )
    values["required_modifiers"] = tuple(
        RequiredModifier(each["modifier"], tuple(each["codes"]), each["reason"])
        for each in values.get("required_modifiers", ())
    )
    return Payer(**values, shipped=shipped)


def _daily_limit(table: Table) -> DailyLimit:
    values = _dated(table)
    values["effect"] = Effect(values["effect"])
    return DailyLimit(**values)


def _one_evaluation(table: Table) -> OneEvaluation:
    values = _dated(table)
    values["codes"] = tuple(values["codes"])
    return OneEvaluation(**values)


def _discipline(table: Table) -> DisciplineRule:
    return DisciplineRule(Discipline(table["discipline"]), table["modifier"], tuple(table["cards"]))


def _skilled_fields(content: Mapping[str, list[Table]]) -> tuple[SkilledField, ...]:
    own: dict[str, dict[str, tuple[str, ...]]] = {}
    for table in content["skilled_words"]:
        for code in table["codes"]:
            own.setdefault(table["part"], {})[code] = tuple(table["words"])
    return tuple(_skilled_field(table, own) for table in content["skilled_field"])


def _skilled_field(table: Table, own: Mapping[str, Mapping[str, tuple[str, ...]]]) -> SkilledField:
    values = dict(table)
    values["part"] = Part(table["part"])
    values["kind"] = FieldKind(table["kind"])
    values["words"] = tuple(table.get("words", ()))
    return SkilledField(**values, words_of_codes=own.get(table["part"], {}))
