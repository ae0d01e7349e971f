"""How is a table of a rule file, or of the clinic's own, read as a value, and written as one?

Plain values in, values of `billing` out, and back again; no file and no database is opened.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.editions import Edition, Kind, MueRow, MueTable, PtpTable
from ptimer.billing.payers import (
    CombinedLimit,
    Effect,
    OwnLimit,
    Payer,
    RequiredModifier,
    UnitRule,
)
from ptimer.billing.ptp_edits import NEVER, WITH_MODIFIER, PairRow
from ptimer.billing.rules import DailyLimit, DisciplineRule, OneEvaluation, Source
from ptimer.billing.skilled_fields import FieldKind, Part, SkilledField

Table = Mapping[str, Any]


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


def pairs_of(table: Table) -> PtpTable:
    """Return the NCCI pairs of an edition that ships with ptimer, read when first asked for."""
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


def limits_of(table: Table, codes: Iterable[Code]) -> MueTable:
    """Return the units a day (MUE) of an edition that ships with ptimer, as the codes name them."""
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


def source_of(edition: Edition) -> Source:
    """Return where the rule of a CMS table is written."""
    rule, title = _RULE_OF_TABLE[edition.kind]
    return Source(
        rule,
        title,
        edition.source,
        edition.name,
        edition.in_force_from,
        imported=edition.imported_at is not None,
    )


def dated(table: Table) -> dict[str, Any]:
    """Return the values with their dates as dates."""
    values = dict(table)
    for key in ("in_force_from", "in_force_to"):
        if values.get(key) is not None:
            values[key] = date.fromisoformat(values[key])
    return values


def code_of(table: Table) -> Code:
    """Return a code."""
    values = dated(table)
    values["count"] = Count(values["count"])
    values["attendance"] = Attendance(values["attendance"])
    values["disciplines"] = tuple(Discipline(name) for name in values["disciplines"])
    values["offers"] = tuple(values.get("offers", ()))
    if "daily_effect" in values:
        values["daily_effect"] = Effect(values["daily_effect"])
    return Code(**values)


def payer_of(table: Table, *, shipped: bool) -> Payer:
    """Return a payer."""
    values = dated(table)
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


def daily_limit_of(table: Table) -> DailyLimit:
    """Return a daily limit that holds for every payer."""
    values = dated(table)
    values["effect"] = Effect(values["effect"])
    return DailyLimit(**values)


def one_evaluation_of(table: Table) -> OneEvaluation:
    """Return evaluations of which a visit can bill one."""
    values = dated(table)
    values["codes"] = tuple(values["codes"])
    return OneEvaluation(**values)


def discipline_of(table: Table) -> DisciplineRule:
    """Return a discipline with its modifier and first cards."""
    return DisciplineRule(Discipline(table["discipline"]), table["modifier"], tuple(table["cards"]))


def skilled_fields_of(content: Mapping[str, list[Table]]) -> tuple[SkilledField, ...]:
    """Return the fields of skilled work, each with its words."""
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


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
