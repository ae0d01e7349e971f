"""Under which terms are a visit's minutes counted? Book, rules and payer of the date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ptimer.billing.codebook import Code, CodeBook
from ptimer.billing.payers import Payer
from ptimer.billing.ptp_edits import NONE_KNOWN, PtpEdits
from ptimer.billing.rules import Rules
from ptimer.billing.unit_limits import Limit, limit_for
from ptimer.billing.units import MINUTES_PER_UNIT


@dataclass(frozen=True)
class Entry:
    """A code's whole minutes in the visit; `typed_units` is what a person typed for an area."""

    code: Code
    minutes: int
    typed_units: int = 0


@dataclass(frozen=True)
class Terms:
    """Under which terms minutes are counted: book, rules and NCCI pairs of the date, payer."""

    book: CodeBook
    rules: Rules
    payer: Payer | None = None
    edits: PtpEdits = NONE_KNOWN

    def limit(self, code: Code) -> Limit | None:
        """Return the daily limit of `code`."""
        return limit_for(code, self.payer, self.rules)

    def steps(self, code: Code) -> tuple[int, int]:
        """Return the minutes of the code's first and of its further steps."""
        first = code.step_minutes or MINUTES_PER_UNIT
        add_on = self.book.add_on_of(code.code)
        return first, (add_on.step_minutes if add_on else None) or first

    def printed(self, code: Code, units: int) -> list[tuple[Code, int]]:
        """Split units between a base code, which is billed once, and its add-on."""
        add_on = self.book.add_on_of(code.code)
        if add_on is None or units <= 1:
            return [(code, units)]
        return [(code, 1), (add_on, units - 1)]

    def capped(self, code: Code, units: int) -> int:
        """Return what the codes' own limits leave of units, the add-on's included."""
        return sum(
            limit.after(part) if limit else part
            for each, part in self.printed(code, units)
            for limit in [self.limit(each)]
        )

    def would_be_cut(self, code: str, units: Mapping[str, int]) -> bool:
        """Return whether a limit would take one of the units that `code` has of these.

        `units` are those of every timed code of the visit before any limit.
        """
        own = any(
            limit is not None and limit.cuts(part)
            for each, part in self.printed(self.book[code], units[code])
            for limit in [self.limit(each)]
        )
        return own or any(
            self._together(limit.codes, units) > limit.units
            for limit in (self.payer.combined_limits_of(code) if self.payer else ())
        )

    def _together(self, codes: Iterable[str], units: Mapping[str, int]) -> int:
        return sum(self.capped(self.book[code], units[code]) for code in codes if code in units)
