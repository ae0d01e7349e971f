"""The units of a visit, worked out the slow way from the written rules.

Shares no arithmetic with the engine: the chart is written out, every way to hand out the units
is tried, and a way stands if nothing in the written rule speaks against it.
"""

from dataclasses import dataclass

from ptimer.billing.codebook import Code, CodeBook, Count
from ptimer.billing.payers import Payer

CHART = (8, 23, 38, 53, 68, 83, 98, 113, *range(128, 3000, 15))
"""The fewest minutes for 1, 2, 3 ... units; Medicare prints eight and says how it goes on."""


@dataclass(frozen=True)
class Timed:
    """One code of a visit, with what was timed or typed."""

    code: Code
    minutes: int
    typed: int = 0


def on_the_chart(minutes):
    """Return the units beside so many minutes on Medicare's chart."""
    return sum(fewest <= minutes for fewest in CHART)


def legal_ways(minutes):
    """Return every way to hand out the pooled units that the written rule allows."""
    units = on_the_chart(sum(minutes.values()))
    ways = (dict(zip(minutes, way, strict=True)) for way in _all_ways(len(minutes), units))
    return [way for way in ways if _is_legal(way, minutes)]


def _all_ways(codes, units):
    if codes == 0:
        return [()] if units == 0 else []
    if codes == 1:
        return [(units,)]
    return [
        (first, *others)
        for first in range(units + 1)
        for others in _all_ways(codes - 1, units - first)
    ]


def _is_legal(way, minutes):
    full, left = {}, {}
    for code, each in minutes.items():
        full[code] = len(range(15, each + 1, 15))
        left[code] = each - 15 * full[code]
        if way[code] not in (full[code], full[code] + 1):
            return False  # a full 15 is lost, or one code has two of the units that are left
    one_more = [left[code] for code in minutes if way[code] > full[code]]
    no_more = [left[code] for code in minutes if way[code] == full[code]]
    return min(one_more, default=99) >= max(no_more, default=0) and 0 not in one_more


def shown_way(minutes, would_be_cut):
    """Return the way that stands until the clinician chooses: one claim after another."""
    ways = legal_ways(minutes)
    shown = {code: min(way[code] for way in ways) for code in minutes}
    open_to_choice = [code for code in minutes if any(way[code] > shown[code] for way in ways)]
    while sum(shown.values()) < on_the_chart(sum(minutes.values())):
        winner = _strongest_claim(open_to_choice, shown, minutes, would_be_cut)
        shown[winner] += 1
        open_to_choice.remove(winner)
    return shown


def _strongest_claim(codes, units, minutes, would_be_cut):
    left = [code for code in codes if not would_be_cut(code, units | {code: units[code] + 1})]
    left = left or codes
    left = [code for code in left if units[code] == 0] or left
    most = max(minutes[code] for code in left)
    return next(code for code in left if minutes[code] == most)


def steps_passed_half(minutes, first, further):
    """Return how many steps of its own a code went through for more than half of each."""
    passed, begins, length = 0, 0, first
    while minutes - begins > length / 2:
        passed, begins, length = passed + 1, begins + length, further
    return passed


def cap(code: Code, payer: Payer | None):
    """Return units a day and effect by the table of caps, or None."""
    for own in payer.own_limits if payer else ():
        if own.code == code.code:
            return own.units, str(own.effect)
    if code.code == "97112":
        return 4, "cut"
    if code.mue is None or (payer is not None and not payer.follows_mue):
        return None
    if payer is not None and code.mue_indicator == 2 and code.mue != 0:
        return code.mue, "cut"
    return code.mue, "warn"


def billed(code: Code, earned: int, payer: Payer | None):
    """Return what the cap leaves of the units earned."""
    limit = cap(code, payer)
    return min(earned, limit[0]) if limit and limit[1] == "cut" else earned


def minutes_of_each_unit(minutes, units, first, further):
    """Return how many minutes each of a code's units stands for, the last one's at the end."""
    found, left = [], minutes
    for nth in range(units):
        length = first if nth == 0 else further
        found.append(length if nth < units - 1 else min(left, length))
        left -= length
    return found


def without_the_least(stacks, minutes, most):
    """Return the units of each code once those that stand for least are gone, `most` left."""
    stacks = {code: list(each) for code, each in stacks.items()}
    while sum(map(len, stacks.values())) > most:
        least = min(each[-1] for each in stacks.values() if each)
        losers = [code for code, each in stacks.items() if each and each[-1] == least]
        longest = max(len(stacks[code]) for code in losers)
        losers = [code for code in losers if len(stacks[code]) == longest]
        fewest = min(minutes[code] for code in losers)
        losers = [code for code in losers if minutes[code] == fewest]
        stacks[losers[-1]].pop()
    return {code: len(each) for code, each in stacks.items()}


class Visit:
    """A visit of codes that stand by themselves: no add-on is timed."""

    def __init__(self, timed: list[Timed], book: CodeBook, payer: Payer | None, rule: str):
        self.timed, self.payer, self.rule = timed, payer, rule
        self.add_ons = {code.add_on_to: code for code in book if code.add_on_to}
        self.book = book
        self.pooled = {t.code.code: t.minutes for t in timed if t.code.count is Count.POOLED}

    def choices(self):
        """Return every allocation of the timed codes, before caps."""
        ways = legal_ways(self.pooled) if self.rule == "cms" else [{}]
        return [
            self._printed({t.code.code: self._units(t, way) for t in self.timed if t.code.timed})
            for way in ways
        ]

    def earned(self):
        """Return the units of every line before caps, in order."""
        way = shown_way(self.pooled, self._would_be_cut) if self.rule == "cms" else {}
        return self._printed({t.code.code: self._units(t, way) for t in self.timed})

    def billed(self):
        """Return the units of every line after each code's own cap, and then after common ones."""
        left = self.capped()
        for limit in self.payer.combined_limits if self.payer else ():
            if str(limit.effect) == "cut":
                left = self._after(limit, left)
        return left

    def capped(self):
        """Return the units of every line after each code's own cap, in order."""
        return {
            code: billed(self.book[code], units, self.payer)
            for code, units in self.earned().items()
        }

    def together(self, limit, units):
        """Return how many of the lines' units a common cap counts."""
        return sum(n for code, n in units.items() if self._timed_on(code) in limit.codes)

    def _units(self, timed, way):
        code = timed.code
        if code.count is Count.POOLED:
            return way[code.code] if self.rule == "cms" else on_the_chart(timed.minutes)
        if code.count is Count.OWN_COUNT:
            add_on = self.add_ons.get(code.code, code)
            return steps_passed_half(timed.minutes, code.step_minutes, add_on.step_minutes)
        return timed.typed if code.count is Count.AREA else 1

    def _would_be_cut(self, code, units):
        printed = self._printed({code: units[code]})
        if any(billed(self.book[c], n, self.payer) < n for c, n in printed.items()):
            return True
        stood = {t.code.code: self._units(t, units) for t in self.timed if t.code.timed}
        left = {c: billed(self.book[c], n, self.payer) for c, n in self._printed(stood).items()}
        return any(
            code in limit.codes and self.together(limit, left) > limit.units
            for limit in (self.payer.combined_limits if self.payer else ())
            if str(limit.effect) == "cut"
        )

    def _after(self, limit, units):
        """Return what a common cap leaves: an add-on's units lie upon those of its base."""
        stacks, minutes = {}, {timed.code.code: timed.minutes for timed in self.timed}
        for timed in self.timed:
            code = timed.code
            add_on = self.add_ons.get(code.code, code)
            if code.code in limit.codes:
                both = sum(n for c, n in units.items() if self._timed_on(c) == code.code)
                steps = code.step_minutes or 15, add_on.step_minutes or code.step_minutes or 15
                stacks[code.code] = minutes_of_each_unit(timed.minutes, both, *steps)
        left = dict(units)
        for code, most in without_the_least(stacks, minutes, limit.units).items():
            add_on = self.add_ons.get(code)
            on_top = left.get(add_on.code, 0) if add_on else 0
            lost = left[code] + on_top - most
            if on_top:
                left[add_on.code] = on_top - min(lost, on_top)
            left[code] -= max(lost - on_top, 0)
        return left

    def _timed_on(self, code):
        return self.book[code].add_on_to or code

    def _printed(self, units):
        printed = {}
        for code, each in units.items():
            if code in self.add_ons and each > 1:
                printed |= {code: 1, self.add_ons[code].code: each - 1}
            else:
                printed[code] = each
        return printed
