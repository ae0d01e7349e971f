"""On what do a visit's modifiers and warnings rest, beyond its units?

Pure: recorded rows go in, the values that the billing rules judge come out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ptimer.billing import visit_units
from ptimer.billing.assistants import Parts
from ptimer.billing.attestation import Pair
from ptimer.billing.codebook import Discipline
from ptimer.billing.payers import Payer
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.billing.rules import Rules
from ptimer.billing.thresholds import POOLS, KxThreshold, Reach, YearSum, charges
from ptimer.billing.thresholds import RULE as KX
from ptimer.billing.visit_units import Reckoning
from ptimer.storage.attestations import NecessityRow
from ptimer.storage.charges import ThresholdRow
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.segment import total_milliseconds, whole_minutes
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class YearFacts:
    """What is known of a patient's year besides the visit; amounts in whole cents."""

    here: int = 0
    """Other visits that were signed on this PC."""
    without_fee: tuple[str, ...] = ()
    """Their codes whose fee is not known."""
    elsewhere: int | None = None
    fees: Mapping[str, int] = field(default_factory=dict)
    """What the visit's payer allows for a unit, by code."""
    typed: ThresholdRow | None = None
    """The year's threshold, where the clinic typed one."""


def parts_of(segments: Iterable[SegmentRow], minutes: int, now: Instant) -> Parts:
    """Return who treated how many whole minutes; what is not an assistant's is a therapist's."""
    every = list(segments)
    by_assistant = [s.stretch for s in every if s.role == "assistant"]
    by_therapist = [s.stretch for s in every if s.role != "assistant"]
    return Parts(
        minutes,
        whole_minutes(total_milliseconds(by_therapist, now)),
        whole_minutes(total_milliseconds(by_assistant, now)),
    )


def year_sum(
    facts: YearFacts | None, visit: VisitRow, units: Mapping[str, int], rules: Rules
) -> YearSum | None:
    """Return what a patient's year comes to with a visit's units."""
    if facts is None:
        return None
    this, unknown = charges(units, facts.fees)
    return YearSum(
        year=visit.service_date.year,
        pool=POOLS[Discipline(visit.discipline)],
        here=facts.here,
        elsewhere=facts.elsewhere,
        this_visit=this,
        threshold=threshold_of(facts.typed, rules),
        without_fee=tuple(dict.fromkeys([*unknown, *facts.without_fee])),
    )


def threshold_of(typed: ThresholdRow | None, rules: Rules) -> KxThreshold | None:
    """Return the year's threshold: what the clinic typed, else what the rule files hold."""
    if typed is not None:
        return KxThreshold(typed.cents, typed.source)
    shipped = rules.kx_thresholds[0] if rules.kx_thresholds else None
    return None if shipped is None else KxThreshold(shipped.dollars * 100, shipped.source)


def kx_reason(said: NecessityRow | None, payer: Payer) -> Sentence | None:
    """Return why every line carries KX; None where nobody attests it, or nobody wants it."""
    if said is None or not said.attested or not payer.kx_threshold:
        return None
    return say("KX: {by} attests that the treatment is medically necessary", by=said.by)


def warnings_of(
    reckoning: Reckoning, pairs: Iterable[Pair], year: YearSum | None, rules: Rules
) -> tuple[visit_units.Warning, ...]:
    """Return what to know of a visit's lines: of each pair what was said of it, and the year."""
    said = {(pair.edit.column2, str(pair.edit.warning())): pair.told() for pair in pairs}
    found = [
        visit_units.Warning(w.rule, w.code, said.get((w.code, str(w.text)), w.text), w.source)
        if w.rule == PTP_PAIR
        else w
        for w in reckoning.warnings
    ]
    if year is not None and year.threshold and year.reach in (Reach.NEAR, Reach.REACHED):
        found.append(
            visit_units.Warning(KX, "", year.to_do(), year.threshold.source or rules.source(KX))
        )
    return tuple(found)
