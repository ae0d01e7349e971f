"""Can a code be counted that a clinic makes of its own? Pure: the book goes in, a sentence out."""

import re
from collections.abc import Iterable
from datetime import date

from ptimer.billing.codebook import Attendance, Code, CodeBook, Count
from ptimer.billing.units import MINUTES_PER_UNIT
from ptimer.wording import Sentence, say

COUNTS = (Count.POOLED, Count.OWN_COUNT, Count.UNTIMED)
"""How a code of the clinic's own may be counted."""

ATTENDANCES = tuple(each for each in Attendance if each is not Attendance.NONE)

MOST_LABEL = 60
"""Characters that a card has room for."""

MOST_STEP = 240
MOST_A_DAY = 96
"""Quarter hours of a day: more units can't be meant."""

EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

_NUMBER = re.compile(r"[A-Z0-9]{2,10}")


def complaint(code: Code, book: CodeBook) -> Sentence | None:
    """Return why a code can't be one of the clinic's own, or None."""
    return next(
        (
            wrong
            for wrong in (
                _number(code),
                _label(code),
                _counted(code),
                _dates(code),
                _add_on(code, book),
                _base(code, book),
            )
            if wrong is not None
        ),
        None,
    )


def counts_alike(one: Code, other: Code) -> bool:
    """Return whether two versions of a code come to the same units, rules and times."""
    return _what_counts(one) == _what_counts(other)


def why_not_copied(code: Code) -> Sentence | None:
    """Return why a code of the book can't be copied, or None if it can."""
    if code.count in COUNTS and code.attendance in ATTENDANCES:
        return None
    return say(
        "{code} is counted in a way that a code of your own can't be: by area, by the month, "
        "or as time apart",
        code=code.code,
    )


def _what_counts(code: Code) -> tuple[object, ...]:
    return (
        code.count,
        code.step_minutes,
        code.attendance,
        code.exclusive,
        code.add_on_to,
        code.daily_limit,
        code.daily_effect if code.daily_limit is not None else None,
    )


def _number(code: Code) -> Sentence | None:
    if _NUMBER.fullmatch(code.code):
        return None
    return say("A code's number has 2 to 10 characters: letters from A to Z, and digits")


def _label(code: Code) -> Sentence | None:
    if len(code.label) <= MOST_LABEL:
        return None
    return say(
        "The label has {length} characters: a card has room for {most}",
        length=len(code.label),
        most=MOST_LABEL,
    )


def _counted(code: Code) -> Sentence | None:
    if code.count not in COUNTS or code.attendance not in ATTENDANCES:
        return why_not_copied(code)
    if code.count is Count.POOLED and code.step_minutes != MINUTES_PER_UNIT:
        return say("Pooled minutes are counted by {step}", step=MINUTES_PER_UNIT)
    if code.count is Count.OWN_COUNT and not 1 <= (code.step_minutes or 0) <= MOST_STEP:
        return say("Type the minutes of a step: 1 to {most}", most=MOST_STEP)
    if not code.disciplines:
        return say("Choose at least one discipline that uses {code}", code=code.code)
    if code.daily_limit is not None and not 0 <= code.daily_limit <= MOST_A_DAY:
        return say("Type the units a day as 0 to {most}, or nothing", most=MOST_A_DAY)
    return None


def _dates(code: Code) -> Sentence | None:
    since, until = code.in_force_from, code.in_force_to
    if any(day is not None and not EARLIEST <= day <= LATEST for day in (since, until)):
        return say("Type dates from {first} to {last}", first=EARLIEST, last=LATEST)
    if since is not None and until is not None and until < since:
        return say(
            "{code} can't end on {until}, before it begins on {since}",
            code=code.code,
            until=until,
            since=since,
        )
    return None


def _add_on(code: Code, book: CodeBook) -> Sentence | None:
    if code.add_on_to is None:
        return None
    base = book.find(code.add_on_to)
    if base is None:
        return say("{base} is not in the code book: an add-on needs its base", base=code.add_on_to)
    if base.code == code.code:
        return say("{code} can't be an add-on to itself", code=code.code)
    if base.add_on_to is not None:
        return say(
            "{base} is an add-on itself: name {its} as the base",
            base=base.code,
            its=base.add_on_to,
        )
    if not base.timed or base.count is not code.count:
        return say(
            "An add-on is counted as its base, and {base} is {how}",
            base=base.code,
            how=_HOW[base.count],
        )
    other = book.add_on_of(base.code)
    if other is not None and other.code != code.code:
        return say("{base} has an add-on already: {other}", base=base.code, other=other.code)
    return None


def _base(code: Code, book: CodeBook) -> Sentence | None:
    """Say what a code can't become while another one is its add-on."""
    add_on = book.add_on_of(code.code)
    if add_on is None or (add_on.count is code.count and code.add_on_to is None):
        return None
    return say(
        "{add_on} is an add-on to {code}, which must stay counted as it is",
        add_on=add_on.code,
        code=code.code,
    )


def used(code: Code) -> Iterable[str]:
    """Return the codes whose recorded times a change of this one may count anew."""
    yield code.code
    if code.add_on_to is not None:
        yield code.add_on_to


_HOW = {
    Count.POOLED: say("pooled"),
    Count.OWN_COUNT: say("counted by its own steps"),
    Count.UNTIMED: say("untimed"),
    Count.AREA: say("billed by area"),
    Count.MONTHLY: say("billed by the month"),
    Count.APART: say("not billed"),
}
