"""When is the next unit earned, and by which code? Counted by the engine as it will be then."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.billing.codebook import Count
from ptimer.billing.payers import CombinedLimit
from ptimer.billing.visit_units import Reckoning
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant


@dataclass(frozen=True)
class NextUnit:
    """The next unit of what is pooled, if what runs goes on.

    `at` are the minutes at which it is earned, of which `to_go` are left. `gets` are the codes
    that have one unit more then, `loses` those that have one less, since the units are shared
    anew; of `tied` the clinician would choose; `cut`, a daily limit would take it away again.
    """

    at: int
    to_go: int
    running: tuple[str, ...] = ()
    gets: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    cut: bool = False


def next_unit(view: VisitView) -> NextUnit | None:
    """Return the next unit of the pool; None where each code counts alone."""
    now = view.reckoning
    if now.next_unit_at is None:
        return None
    plain = NextUnit(now.next_unit_at, now.next_unit_at - now.pooled_minutes)
    running = tuple(code for code in view.running_codes if view.code(code).count is Count.POOLED)
    if not running or view.in_doubt:
        return plain
    moment = _moment(view, running, now.next_unit_at)
    then = view.at(moment).reckoning
    tied = then.pool.tied if then.tied and then.pool is not None else ()
    before, after = _earned(now), _earned(then)
    gets = tuple(code for code in after if after[code] > before.get(code, 0))
    loses = tuple(code for code in after if after[code] < before.get(code, 0))
    cut = then.timed_units <= now.timed_units
    return NextUnit(plain.at, plain.to_go, running, gets, loses, tied, cut)


def would_be_cut(view: VisitView, code: str) -> bool:
    """Return whether a code's own next unit would be over its daily limit, or a common one."""
    line = view.reckoning.line(code)
    if line is None:
        return False
    own = line.limit is not None and line.limit.after(line.earned + 1) <= line.units
    return own or any(_is_full(view, limit) for limit in view.payer.combined_limits_of(code))


def _is_full(view: VisitView, limit: CombinedLimit) -> bool:
    """Return whether the codes of a limit bill all that they may together."""
    lines = view.reckoning.lines
    return sum(line.units for line in lines if line.timed_code in limit.codes) >= limit.units


def _moment(view: VisitView, running: Iterable[str], at: int) -> Instant:
    """Return the first moment at which the pooled minutes are so many, if what runs goes on."""
    missing = at - view.reckoning.pooled_minutes
    turns = sorted(
        Instant(view.now + minute * MINUTE - view.milliseconds_of(code) % MINUTE)
        for code in running
        for minute in range(1, missing + 1)
    )
    # Minutes only grow, so a few of the moments need to be counted.
    place = bisect_left(turns, at, key=lambda turn: view.at(turn).reckoning.pooled_minutes)
    return turns[min(place, len(turns) - 1)]


def _earned(reckoning: Reckoning) -> dict[str, int]:
    """Return the pooled codes' units before any limit; an add-on's are its base's."""
    found: dict[str, int] = {}
    for line in reckoning.lines:
        code = line.timed_on or line.code.code
        if line.code.timed:
            found[code] = found.get(code, 0) + line.earned
    return found
