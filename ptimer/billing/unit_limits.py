"""How many units of a code may be billed a day, and what happens above that?

Source: rules.md, Caps (`daily-limit`); the figures are in resources/rules and resources/codes.
"""

from dataclasses import dataclass

from ptimer.billing.codebook import Code
from ptimer.billing.payers import Effect, Payer
from ptimer.billing.rules import Rules
from ptimer.wording import Sentence, say

RULE = "daily-limit"

CMS_TABLE = "CMS medically unlikely edits, practitioner table of 2024-07-01"
CUTTING_INDICATOR = 2


@dataclass(frozen=True)
class Limit:
    """A daily limit of one code; a `cut` moves nothing to another code."""

    code: str
    units: int
    effect: Effect
    source: str
    is_mue: bool = False
    """Whether it is CMS's medically unlikely edit, of which 0 means: not paid by itself."""
    indicator_known: bool = True
    instead: str | None = None

    def cuts(self, units: int) -> bool:
        """Return whether so many units would be cut."""
        return self.effect is Effect.CUT and units > self.units

    def after(self, units: int) -> int:
        """Return what is left of so many units."""
        return self.units if self.cuts(units) else units

    def warning(self, units: int) -> Sentence | None:
        """Return what to say about so many units earned; None while they are within the limit."""
        if units <= self.units:
            return None
        if self.effect is Effect.CUT:
            return say(
                "{code} earned {earned:plural:unit,units}, and at most {most} a day may be "
                "billed: cut to {most}. Its minutes stay as they are",
                code=self.code,
                earned=units,
                most=self.units,
            )
        if self.is_mue and self.units == 0:
            return self._not_paid()
        known = "" if self.indicator_known else say(" (its indicator is not known)")
        return say(
            "{code} has {earned:plural:unit,units}, more than the {most} a day that are usually "
            "paid{known}: it may be paid with documentation",
            code=self.code,
            earned=units,
            most=self.units,
            known=known,
        )

    def _not_paid(self) -> Sentence:
        if self.instead is None:
            return say("{code} is not paid by itself under Medicare", code=self.code)
        return say(
            "{code} is not paid by itself under Medicare: use {instead}",
            code=self.code,
            instead=self.instead,
        )


def told_by(payer: Payer, reason: str) -> str:
    """Return whose setting it is, and why, as a source that a person reads."""
    return f"{payer.name}: {reason}" if reason else payer.name


def limit_for(code: Code, payer: Payer | None, rules: Rules) -> Limit | None:
    """Return the limit of `code` for a payer; `payer` None is `ptimer units` without one."""
    own = payer.own_limit(code.code) if payer else None
    if own is not None and payer is not None:
        return Limit(own.code, own.units, own.effect, told_by(payer, own.reason))
    if code.daily_limit is not None:
        return Limit(code.code, code.daily_limit, code.daily_effect, code.source)
    for_all = rules.daily_limit(code.code)
    if for_all is not None:
        return Limit(code.code, for_all.units, for_all.effect, for_all.source)
    if code.mue is None or (payer is not None and not payer.follows_mue):
        return None
    cuts = payer is not None and code.mue_indicator == CUTTING_INDICATOR and code.mue > 0
    return Limit(
        code.code,
        code.mue,
        Effect.CUT if cuts else Effect.WARN,
        rules.source("mue") or CMS_TABLE,
        is_mue=True,
        indicator_known=code.mue_indicator is not None,
        instead=code.instead,
    )
