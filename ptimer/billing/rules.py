"""What do the rule files say on a date? Plain values; `resources/rules` holds the figures."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ptimer.billing.codebook import Discipline
from ptimer.billing.payers import Effect
from ptimer.billing.skilled_fields import SkilledField


@dataclass(frozen=True)
class Source:
    """Where a rule is written, in words that a person can look up."""

    rule: str
    title: str
    text: str
    edition: str = ""
    in_force_from: date | None = None
    in_force_to: date | None = None
    imported: bool = False
    """Whether a person brought in the edition that it is of."""


@dataclass(frozen=True)
class DailyLimit:
    """Units a day that hold for every payer."""

    code: str
    units: int
    effect: Effect
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None


@dataclass(frozen=True)
class LongTreatment:
    """Minutes of a code in a day, past which ptimer asks why."""

    code: str
    minutes: int
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None


@dataclass(frozen=True)
class OneEvaluation:
    """Evaluations of which a visit can bill one."""

    codes: tuple[str, ...]
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None


@dataclass(frozen=True)
class YearThreshold:
    """Allowed charges of a year, in whole dollars, past which a line needs KX."""

    dollars: int
    source: str
    in_force_from: date | None = None
    in_force_to: date | None = None


@dataclass(frozen=True)
class DisciplineRule:
    """A discipline's plan-of-care modifier and the cards that its clinicians start with."""

    discipline: Discipline
    modifier: str
    cards: tuple[str, ...]


@dataclass(frozen=True)
class Rules:
    """Every rule of the files."""

    sources: tuple[Source, ...]
    daily_limits: tuple[DailyLimit, ...]
    long_treatments: tuple[LongTreatment, ...]
    one_evaluation: tuple[OneEvaluation, ...]
    disciplines: Mapping[Discipline, DisciplineRule]
    skilled_fields: tuple[SkilledField, ...] = ()
    """The short fields of a one-on-one code, in the order of the screen."""
    kx_thresholds: tuple[YearThreshold, ...] = ()

    def on(self, day: date) -> "Rules":
        """Return only what is in force for a service of that date."""
        return replace(
            self,
            sources=_in_force(self.sources, day),
            daily_limits=_in_force(self.daily_limits, day),
            long_treatments=_in_force(self.long_treatments, day),
            one_evaluation=_in_force(self.one_evaluation, day),
            kx_thresholds=_in_force(self.kx_thresholds, day),
        )

    def told_by(self, sources: Iterable[Source]) -> "Rules":
        """Return the rules with other sources in the place of those of the same rules."""
        others = {source.rule: source for source in sources}
        if not others:
            return self
        return replace(self, sources=tuple(others.get(s.rule, s) for s in self.sources))

    def cited(self, rule: str) -> Source:
        """Return a rule's source with title and edition; an empty one where none is recorded."""
        found = next((source for source in self.sources if source.rule == rule), None)
        return found if found is not None else Source(rule, rule, "")

    def source(self, rule: str) -> str:
        """Return the source of a rule id; empty where none is recorded."""
        return next((source.text for source in self.sources if source.rule == rule), "")

    def long_treatment(self, code: str) -> LongTreatment | None:
        """Return the threshold of `code`, if it has one."""
        return next((rule for rule in self.long_treatments if rule.code == code), None)

    def daily_limit(self, code: str) -> DailyLimit | None:
        """Return the limit of `code` for every payer, if it has one."""
        return next((limit for limit in self.daily_limits if limit.code == code), None)


_Dated = TypeVar("_Dated", Source, DailyLimit, LongTreatment, OneEvaluation, YearThreshold)


def _in_force(rules: Iterable[_Dated], day: date) -> tuple[_Dated, ...]:
    return tuple(
        rule
        for rule in rules
        if (rule.in_force_from is None or rule.in_force_from <= day)
        and (rule.in_force_to is None or day <= rule.in_force_to)
    )
