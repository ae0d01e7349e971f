"""How is every unit explained? Plain sentences, in the order in which one would count by hand."""

from collections.abc import Iterable

from ptimer.billing.codebook import Count
from ptimer.billing.payers import UnitRule
from ptimer.billing.units import (
    MINUTES_FOR_FIRST_UNIT,
    MINUTES_PER_UNIT,
    Pool,
    allowed_units,
    minutes_for,
)
from ptimer.billing.visit_units import Line, Reckoning
from ptimer.wording import Sentence, listed, quoted, say


def steps_of(reckoning: Reckoning) -> tuple[Sentence, ...]:
    """Return the sentences that lead from the minutes to every unit of the reckoning."""
    return (
        *_pooled(reckoning),
        *_each_alone(reckoning),
        *_own_steps(reckoning),
        *_printed_apart(reckoning),
        *_cut(reckoning),
        *_untimed(reckoning),
        *_in_the_record(reckoning),
        *([reckoning.relaxed] if reckoning.relaxed else []),
    )


def _range(units: int) -> tuple[int, int]:
    return minutes_for(units), minutes_for(units + 1) - 1


def _pooled(reckoning: Reckoning) -> Iterable[Sentence]:
    pool = reckoning.pool
    if pool is None or not pool.minutes:
        return
    if pool.allowed == 0:
        yield _no_unit_yet(reckoning)
        return
    yield _allowed(reckoning, pool)
    if len(pool.full) == 1:
        yield say(
            "{code} gets {units:plural:unit,units}: no other code shares these minutes",
            code=next(iter(pool.full)),
            units=pool.allowed,
        )
        return
    yield from _full_fifteens(pool)
    yield from _sure_extras(pool)
    if pool.free:
        yield _tie(reckoning, pool)


def _no_unit_yet(reckoning: Reckoning) -> Sentence:
    template = (
        "{minutes} timed minutes allow no unit yet: the first is earned at {first}"
        if _all_pooled(reckoning)
        else "{minutes} of {timed} timed minutes are pooled: the first unit is earned at {first}"
    )
    return say(
        template,
        minutes=reckoning.pooled_minutes,
        timed=reckoning.timed_minutes,
        first=MINUTES_FOR_FIRST_UNIT,
    )


def _allowed(reckoning: Reckoning, pool: Pool) -> Sentence:
    template = (
        "{minutes} timed minutes allow {units:plural:unit,units} ({low} to {high})"
        if _all_pooled(reckoning)
        else "{minutes} of {timed} timed minutes are pooled, and allow "
        "{units:plural:unit,units} ({low} to {high})"
    )
    low, high = _range(pool.allowed)
    return say(
        template,
        minutes=reckoning.pooled_minutes,
        timed=reckoning.timed_minutes,
        units=pool.allowed,
        low=low,
        high=high,
    )


def _all_pooled(reckoning: Reckoning) -> bool:
    return reckoning.pooled_minutes == reckoning.timed_minutes


def _full_fifteens(pool: Pool) -> Iterable[Sentence]:
    for code, units in pool.full.items():
        if units:
            yield say(
                "{code} earns {units:plural:unit,units} for {minutes} full minutes, "
                "{rest} left over",
                code=code,
                units=units,
                minutes=units * MINUTES_PER_UNIT,
                rest=pool.left_over[code],
            )


def _sure_extras(pool: Pool) -> Iterable[Sentence]:
    beaten = [code for code in pool.full if code not in pool.sure]
    for code in pool.sure:
        best = max((pool.left_over[other] for other in beaten), default=0)
        rivals = [other for other in beaten if pool.left_over[other] == best]
        if rivals and best:
            yield say(
                "One more goes to {code}: it has {rest} min left over, {rivals} {best}",
                code=code,
                rest=pool.left_over[code],
                rivals=listed(rivals),
                best=best,
            )
        else:
            yield say(
                "One more goes to {code} for its {rest} min left over",
                code=code,
                rest=pool.left_over[code],
            )


def _tie(reckoning: Reckoning, pool: Pool) -> Sentence:
    settled = {code: _units_before_cap(reckoning, code) for code in pool.tied}
    winners = [code for code in pool.tied if settled[code] > pool.full[code]]
    template = (
        "{codes} have {rest} min left over each, and {units:plural:unit is,units are} left: "
        "by the clinician's choice, {units:plural:goes,go} to {winners}"
        if reckoning.chosen
        else "{codes} have {rest} min left over each, and {units:plural:unit is,units are} left: "
        "the choice is yours; until you choose, {units:plural:goes,go} to {winners}"
    )
    return say(
        template,
        codes=listed(pool.tied),
        rest=pool.left_over[pool.tied[0]],
        units=pool.free,
        winners=listed(winners),
    )


def _units_before_cap(reckoning: Reckoning, code: str) -> int:
    return sum(line.earned for line in reckoning.lines if code in (line.code.code, line.timed_on))


def _each_alone(reckoning: Reckoning) -> Iterable[Sentence]:
    if reckoning.rule is not UnitRule.MIDPOINT:
        return
    for line in _timed_here(reckoning, Count.POOLED):
        units = allowed_units(line.minutes)
        if units == 0:
            yield say(
                "{code}: {minutes} min earn no unit; each code needs {first} of its own",
                code=line.code.code,
                minutes=line.minutes,
                first=MINUTES_FOR_FIRST_UNIT,
            )
            continue
        low, high = _range(units)
        yield say(
            "{code}: {minutes} min of its own earn {units:plural:unit,units} ({low} to {high})",
            code=line.code.code,
            minutes=line.minutes,
            units=units,
            low=low,
            high=high,
        )


def _own_steps(reckoning: Reckoning) -> Iterable[Sentence]:
    for line in _timed_here(reckoning, Count.OWN_COUNT):
        yield say(
            "{code} counts alone, by steps of its own: {minutes} min earn "
            "{units:plural:unit,units}; the next at {next} min",
            code=line.code.code,
            minutes=line.minutes,
            units=_units_before_cap(reckoning, line.code.code),
            next=line.next_unit_at,
        )


def _timed_here(reckoning: Reckoning, count: Count) -> list[Line]:
    return [line for line in reckoning.lines if line.code.count is count and not line.timed_on]


def _printed_apart(reckoning: Reckoning) -> Iterable[Sentence]:
    for line in reckoning.lines:
        if line.timed_on:
            yield say(
                "What goes beyond the first step of {base} is printed as "
                "{units:plural:unit,units} of {code}",
                base=line.timed_on,
                code=line.code.code,
                units=line.earned,
            )


def _cut(reckoning: Reckoning) -> Iterable[Sentence]:
    for line in reckoning.lines:
        if line.limit and line.limit.cuts(line.earned):
            yield say(
                "{code}: {earned} earned, cut to {most} a day ({source}); no other code gets "
                "what is cut",
                code=line.code.code,
                earned=line.earned,
                most=line.limit.units,
                source=quoted(line.limit.source),
            )
    for together in reckoning.together:
        if together.taken:
            yield together.step()


def _untimed(reckoning: Reckoning) -> Iterable[Sentence]:
    for line in reckoning.lines:
        if line.code.count is Count.UNTIMED:
            yield say(
                "{code} is untimed: 1 unit a visit, outside the {minutes} timed min",
                code=line.code.code,
                minutes=reckoning.timed_minutes,
            )
        elif line.code.count is Count.AREA and not line.timed_on:
            yield say(
                "{code} is billed by area: {units:plural:unit was,units were} typed",
                code=line.code.code,
                units=_units_before_cap(reckoning, line.code.code),
            )


def _in_the_record(reckoning: Reckoning) -> Iterable[Sentence]:
    for line in reckoning.lines:
        if line.code.timed and line.minutes and line.earned == 0:
            yield say(
                "{code} keeps its {minutes} min in the record, without a unit",
                code=line.code.code,
                minutes=line.minutes,
            )
