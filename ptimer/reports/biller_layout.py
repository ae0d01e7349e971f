"""How does a biller want the lines: which columns, called what, in which order and forms?"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ptimer.reports.biller_csv import COLUMNS, LAYOUT_VERSION, BillerLine
from ptimer.reports.cells import harmless

MODIFIERS = ("59", "XE", "XS", "XP", "XU", "CQ", "CO", "KX", "GP", "GO", "GN")
"""The order where a biller asks for none: what changes the payment, then the plan of care."""

ROOM = 4
"""Modifiers that a claim's line has room for."""

ISO = "YYYY-MM-DD"

_MODIFIER_CELLS = {f"modifier_{place + 1}": place for place in range(ROOM)}
_DATE_PART = re.compile("YYYY|YY|MM|M|DD|D")
_APART = re.compile(r"[YMD]+[-/. ][YMD]+[-/. ][YMD]+")
_TOGETHER = re.compile("(YYYY|MM|DD){3}")


@dataclass(frozen=True)
class Column:
    """A column of the file: what stands in it (a name of `COLUMNS`), and its title."""

    source: str
    title: str


_AS_THEY_ARE = tuple(Column(name, name) for name in COLUMNS)


@dataclass(frozen=True)
class BillerLayout:
    """A biller's file: the standard one has no name; another's version is raised at each change."""

    name: str = ""
    version: int = 0
    columns: tuple[Column, ...] = _AS_THEY_ARE
    date_form: str = ISO
    """Of the date of service; `exported_at` is an instant, and ISO 8601 always."""
    delimiter: str = ","
    bom: bool = False
    modifier_order: tuple[str, ...] = MODIFIERS

    @property
    def label(self) -> str:
        """What stands in `layout_version`."""
        return f"{self.name}/{self.version}" if self.name else LAYOUT_VERSION

    def titles(self) -> tuple[str, ...]:
        """Return the header's cells."""
        return tuple(harmless(column.title) for column in self.columns)

    def cells(self, line: BillerLine) -> tuple[str | int, ...]:
        """Return a line's cells."""
        modifiers = self.modifiers(line)
        return tuple(self._cell(column.source, line, modifiers) for column in self.columns)

    def modifiers(self, line: BillerLine) -> tuple[str, ...]:
        """Return the modifiers of a line in this biller's order, those without room last."""
        return in_order(line.all_modifiers, self.modifier_order)

    def left_out(self, line: BillerLine) -> tuple[str, ...]:
        """Return the modifiers for which there is no room."""
        return self.modifiers(line)[ROOM:]

    def _cell(self, source: str, line: BillerLine, modifiers: Sequence[str]) -> str | int:
        if source in _MODIFIER_CELLS:
            place = _MODIFIER_CELLS[source]
            return harmless(modifiers[place]) if place < len(modifiers) else ""
        if source == "layout_version":
            return harmless(self.label)
        value: str | int = getattr(line, source)
        if isinstance(value, int):
            return value
        if source == "date_of_service" and self.date_form != ISO:
            value = written(date.fromisoformat(value), self.date_form)
        return harmless(value)


STANDARD = BillerLayout()
"""The contract's own columns (cli.md, Files)."""


def in_order(modifiers: Iterable[str], order: Sequence[str]) -> tuple[str, ...]:
    """Return the modifiers, each once, in an order; then what `MODIFIERS` names besides.

    What neither names, such as a payer's own, comes last, as it was given.
    """
    ranks = {name: rank for rank, name in enumerate(dict.fromkeys([*order, *MODIFIERS]))}
    return tuple(sorted(dict.fromkeys(modifiers), key=lambda each: ranks.get(each, len(ranks))))


def written(day: date, form: str) -> str:
    """Return a date in a form such as `MM/DD/YYYY`: M and D without a zero before them."""
    parts = {
        "YYYY": f"{day.year:04d}",
        "YY": f"{day.year % 100:02d}",
        "MM": f"{day.month:02d}",
        "M": str(day.month),
        "DD": f"{day.day:02d}",
        "D": str(day.day),
    }
    return _DATE_PART.sub(lambda found: parts[found[0]], form)


def is_date_form(form: str) -> bool:
    """Return whether a form has a year, a month and a day, each once, and no odd signs between."""
    whole = _APART.fullmatch(form) or (_TOGETHER.fullmatch(form) and "YYYY" in form)
    kinds = sorted(part[0] for part in _DATE_PART.findall(form))
    return bool(whole) and kinds == ["D", "M", "Y"]


def definition(layout: BillerLayout) -> dict[str, Any]:
    """Return a layout as it is kept and told; `from_definition` reads it."""
    return {
        "columns": [[column.source, column.title] for column in layout.columns],
        "date_form": layout.date_form,
        "delimiter": layout.delimiter,
        "bom": layout.bom,
        "modifier_order": list(layout.modifier_order),
    }


def from_definition(name: str, version: int, kept: Mapping[str, Any]) -> BillerLayout:
    """Return the layout that `definition` told of."""
    return BillerLayout(
        name,
        version,
        tuple(Column(source, title) for source, title in kept["columns"]),
        kept["date_form"],
        kept["delimiter"],
        kept["bom"],
        tuple(kept["modifier_order"]),
    )
