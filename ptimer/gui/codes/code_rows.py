"""What does the code book say of each code, in a row and in full?"""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from ptimer.billing.codebook import Code, Count
from ptimer.billing.payers import Effect
from ptimer.billing.unit_limits import Limit
from ptimer.billing.visit_units import Terms
from ptimer.gui.texts import core

_COUNTED = {
    Count.UNTIMED: "untimed",
    Count.AREA: "by area",
    Count.MONTHLY: "by the month",
    Count.OWN_COUNT: "own steps",
}

_HOW = {
    Count.POOLED: "Its minutes are added to those of the other timed codes.",
    Count.UNTIMED: "One unit a visit, however long it takes.",
    Count.AREA: "Billed by area: the number of units is typed.",
    Count.MONTHLY: "Billed by the month: it has no stopwatch.",
    Count.OWN_COUNT: "Counted by its own steps of {0} min, added to no other code.",
}

STAR = "*"
"""Marks a limit whose indicator no source of ours names."""


@dataclass(frozen=True)
class CodeRow:
    """One row of the table; `units` and `above` are Medicare's."""

    code: str
    label: str
    counted: str
    attendance: str
    units: str = ""
    above: str = ""
    alone: str = ""

    @property
    def starred(self) -> bool:
        """Whether the row needs the star explained."""
        return self.above.endswith(STAR)

    @property
    def limit(self) -> str:
        """The limit in one piece, for a narrow window and for the ear."""
        if not self.units:
            return self.above
        words = _tr("{0} a day").format(self.units)
        return f"{words}, {self.above}" if self.above else words

    @property
    def below(self) -> str:
        """All but code and label, in one line."""
        parts = (self.counted, self.attendance, self.limit)
        return " · ".join(part for part in parts if part)

    @property
    def spoken(self) -> str:
        """The row as it is read out."""
        parts = (self.code, self.label, self.counted, self.attendance, self.limit, self.alone)
        return ", ".join(part for part in parts if part)


def row_of(code: Code, terms: Terms, on: date) -> CodeRow:
    """Return a code's row on a date of service."""
    limit = terms.limit(code)
    label = core(code.label)
    if code.own:
        label = _tr("{0} (own)").format(label)
    in_force = code.in_force(on)
    return CodeRow(
        code.code,
        label,
        counted(code),
        _tr(code.attendance.value),
        str(limit.units) if limit and in_force else "",
        _above(limit) if in_force else _tr("not in force"),
        _tr("billed alone") if code.exclusive else "",
    )


def counted(code: Code) -> str:
    """Return in a word or two how a code's minutes become units."""
    if code.count is Count.MONTHLY:
        return _tr(_COUNTED[code.count])
    if code.add_on_to is not None:
        return _tr("add-on")
    if code.count is Count.POOLED:
        return _tr("{0} min").format(code.step_minutes)
    return _tr(_COUNTED.get(code.count, ""))


def details_of(code: Code, terms: Terms) -> list[str]:
    """Return all that is known of a code, sentence by sentence."""
    parts = (
        core(code.detail) if code.detail != code.label else "",
        _tr("Made by this clinic.") if code.own else "",
        _how(code),
        _tr("Billed alone: no other code runs for the same patient.") if code.exclusive else "",
        _own_limit(code) if code.daily_limit is not None else _limit(terms.limit(code)),
        core(code.notes),
        _dates(code),
        _tr("Source: {0}").format(core(code.source)) if code.source else "",
    )
    return [part for part in parts if part]


def not_confirmed(code: Code) -> str:
    """Return what to beware of, where the sources do not yet bear a code out."""
    if code.confirmed:
        return ""
    return _tr("Count and attendance are not confirmed by a source yet: check before you bill.")


def _above(limit: Limit | None) -> str:
    if limit is None:
        return ""
    if limit.is_mue and limit.units == 0:
        if limit.instead is None:
            return _tr("not paid by itself")
        return _tr("use {0}").format(limit.instead)
    if limit.effect is Effect.CUT:
        return _tr("cuts")
    return _tr("warns") + ("" if limit.indicator_known else STAR)


def _how(code: Code) -> str:
    if code.add_on_to is not None:
        words = _tr("An add-on: {0} is timed, and what goes beyond it is printed as {1}.")
        return words.format(code.add_on_to, code.code)
    return _tr(_HOW.get(code.count, "")).format(code.step_minutes)


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return ""
    if limit.is_mue and limit.units == 0:
        words = _tr("Medicare does not pay it by itself. Source: {0}")
        return words.format(core(limit.source))
    words = _tr("Medicare: {0} a day; more {1}. Source: {2}")
    more = _tr("is cut") if limit.effect is Effect.CUT else _tr("is warned of, not cut")
    return words.format(limit.units, more, core(limit.source))


def _own_limit(code: Code) -> str:
    words = (
        _tr("{0} units a day for every payer; more is cut.")
        if code.daily_effect is Effect.CUT
        else _tr("{0} units a day for every payer; more is warned of, not cut.")
    )
    return words.format(code.daily_limit)


def _dates(code: Code) -> str:
    return in_force_words(code.in_force_from, code.in_force_to)


def in_force_words(since: date | None, until: date | None) -> str:
    """Return from when to when something is in force."""
    if since and until:
        return _tr("In force from {0} to {1}").format(date_words(since), date_words(until))
    if since:
        return _tr("In force from {0}, no end date").format(date_words(since))
    if until:
        return _tr("In force until {0}").format(date_words(until))
    return _tr("In force, no end date")


def date_words(day: date) -> str:
    """Return a date as a person reads it: `23 Nov 2026`."""
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")


def _tr(text: str) -> str:
    return QCoreApplication.translate("codes", text)
