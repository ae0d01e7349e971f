"""What does a visit still lack before it may be signed, and what should be looked at first?

Source: rules.md, Before signing (`sign-off`), Long treatment, "by the visit" (`one-evaluation`),
and On the same day (`ptp-pair`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ptimer.billing.attestation import Pair, Standing
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.rules import Rules
from ptimer.billing.thresholds import RULE as KX
from ptimer.billing.thresholds import YearSum
from ptimer.billing.visit_units import OVER_60, Reckoning, over_60_text
from ptimer.wording import Sentence, listed, say

RULE = "sign-off"
STILL_RUNNING = "still-running"
IN_DOUBT = "in-doubt"
UNIT_CHOICE = "unit-choice"
CREDENTIALS = "credentials"
ONE_EVALUATION = "one-evaluation"
GROUP_OF_ONE = "group-of-one"
AREA_UNITS = "area-units"
NOTHING_TIMED = "nothing-timed"


@dataclass(frozen=True)
class ToFix:
    """Something to settle; one that is `required` keeps the visit from being signed."""

    rule: str
    text: Sentence
    code: str = ""
    required: bool = True


@dataclass(frozen=True)
class VisitState:
    """What sign-off needs to know of a visit besides its units."""

    running: tuple[str, ...]
    in_doubt: tuple[str, ...]
    over_60_reasons: Mapping[str, str]
    lone_groups: tuple[str, ...]
    """Group codes that ran for this patient with nobody else in the group."""
    pairs: tuple[Pair, ...] = ()
    """The NCCI pairs of the visit, and what was said of each."""
    year: YearSum | None = None
    """The patient's year, where its threshold is reached and nobody has attested the necessity."""


def to_fix(reckoning: Reckoning, state: VisitState, rules: Rules) -> tuple[ToFix, ...]:
    """Return what is to be settled, what keeps the visit from being signed first."""
    return (
        *_times(reckoning, state),
        *_over_60(reckoning, state, rules),
        *_choice(reckoning),
        *_one_evaluation(reckoning, rules),
        *_ptp_pairs(state, rules),
        *_year(state),
        *_lone_groups(state),
        *_area(reckoning),
    )


def _times(reckoning: Reckoning, state: VisitState) -> Iterable[ToFix]:
    for code in state.in_doubt:
        yield ToFix(IN_DOUBT, say("{code}: say whether it was still going on", code=code), code)
    for code in state.running:
        if code not in state.in_doubt:
            yield ToFix(STILL_RUNNING, say("{code} still runs: stop it", code=code), code)
    if not reckoning.lines:
        yield ToFix(NOTHING_TIMED, say("Nothing was timed in this visit"))


def _over_60(reckoning: Reckoning, state: VisitState, rules: Rules) -> Iterable[ToFix]:
    for line in reckoning.lines:
        long = rules.long_treatment(line.code.code)
        if long and line.minutes > long.minutes and not state.over_60_reasons.get(line.code.code):
            yield ToFix(OVER_60, over_60_text(line, long.minutes), line.code.code)


def _choice(reckoning: Reckoning) -> Iterable[ToFix]:
    if not reckoning.tied or reckoning.pool is None:
        return
    tied = reckoning.pool.tied
    yield ToFix(
        UNIT_CHOICE,
        say(
            "{codes} have {minutes} min left over each, and {units:plural:unit is,units are} "
            "left: choose which code gets it",
            codes=listed(tied),
            minutes=reckoning.pool.left_over[tied[0]],
            units=reckoning.pool.free,
        ),
        tied[0],
    )


def _one_evaluation(reckoning: Reckoning, rules: Rules) -> Iterable[ToFix]:
    billed = [line.code.code for line in reckoning.lines if line.units]
    for rule in rules.one_evaluation:
        found = [code for code in billed if code in rule.codes]
        if len(found) > 1:
            yield ToFix(
                ONE_EVALUATION,
                say(
                    "{codes} can't both be billed in one visit: keep one of them",
                    codes=listed(found),
                ),
                found[1],
                required=False,
            )


def _ptp_pairs(state: VisitState, rules: Rules) -> Iterable[ToFix]:
    """Yield the pairs that nobody has decided on, or that nobody can part."""
    for pair in state.pairs:
        codes = {pair.edit.column1, pair.edit.column2}
        told_already = any(codes.issubset(rule.codes) for rule in rules.one_evaluation)
        if not told_already and pair.standing not in (Standing.ATTESTED, Standing.REMOVED):
            yield ToFix(PTP_PAIR, pair.told(), pair.edit.column2, required=False)


def _year(state: VisitState) -> Iterable[ToFix]:
    if state.year is not None:
        yield ToFix(KX, state.year.brief(), required=False)


def _lone_groups(state: VisitState) -> Iterable[ToFix]:
    for code in state.lone_groups:
        yield ToFix(
            GROUP_OF_ONE,
            say("{code} is group work, and nobody else was in the group", code=code),
            code,
            required=False,
        )


def _area(reckoning: Reckoning) -> Iterable[ToFix]:
    for line in reckoning.lines:
        if line.code.count == "area" and not line.timed_on and line.earned == 0:
            yield ToFix(
                AREA_UNITS,
                say("{code} is billed by area: type its number of units", code=line.code.code),
                line.code.code,
                required=False,
            )
