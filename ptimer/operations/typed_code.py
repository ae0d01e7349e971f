"""Which code do typed words mean? What the form of an own code says is read, then kept."""

from dataclasses import dataclass, field
from datetime import date

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.own_codes import MOST_A_DAY, MOST_STEP
from ptimer.billing.payers import Effect
from ptimer.billing.units import MINUTES_PER_UNIT
from ptimer.operations import own_codes, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class TypedCode:
    """A code as it was typed; what is empty is not given."""

    number: str
    label: str
    count: Count = Count.POOLED
    step_minutes: str = ""
    attendance: Attendance = Attendance.ONE_ON_ONE
    disciplines: tuple[Discipline, ...] = field(default=())
    exclusive: bool = False
    daily_limit: str = ""
    daily_effect: Effect = Effect.WARN
    base: str = ""
    since: str = ""
    until: str = ""
    source: str = ""


def make(clinic: Clinic, typed: TypedCode, why: str) -> Code:
    """Add the code that was typed, and return it as kept.

    Raises:
        Misused: something of it can't be used; the sentence says what.
    """
    return own_codes.make(clinic, code_of(typed), why)


def change(clinic: Clinic, typed: TypedCode, why: str) -> Code:
    """Change a code of the clinic's own into what was typed, and return it as kept.

    Raises:
        Misused: something of it can't be used; the sentence says what.
    """
    return own_codes.change(clinic, code_of(typed), why)


def end(clinic: Clinic, number: str, last: str, why: str) -> Code:
    """End a code of the clinic's own after the day that was typed.

    Raises:
        Misused: it is no date, or the code can't end then.
    """
    return own_codes.end(clinic, number, last_day(last), why)


def last_day(text: str) -> date:
    """Return the last day that was typed.

    Raises:
        Misused: nothing was typed, or no date.
    """
    if not text.strip():
        raise Misused(say("Type the last day on which it is in force"))
    return typed_text.date_of(text)


def code_of(typed: TypedCode) -> Code:
    """Read what was typed.

    Raises:
        Misused: something of it can't be used; the sentence says what.
    """
    number = typed_text.code_number(typed.number)
    steps = typed.count is Count.OWN_COUNT
    return Code(
        number,
        typed_text.code_label(typed.label),
        typed.count,
        typed.attendance,
        typed.disciplines,
        step_minutes=_whole(typed.step_minutes, say("minutes of a step"), MOST_STEP)
        if steps
        else MINUTES_PER_UNIT
        if typed.count is Count.POOLED
        else None,
        add_on_to=typed_text.code_number(typed.base) if typed.base.strip() else None,
        exclusive=typed.exclusive,
        in_force_from=_day(typed.since),
        in_force_to=_day(typed.until),
        source=typed_text.note(typed.source),
        own=True,
        daily_limit=_whole(typed.daily_limit, say("units a day"), MOST_A_DAY),
        daily_effect=typed.daily_effect,
    )


def typed_of(code: Code) -> TypedCode:
    """Return a code as it would be typed: what a change begins with."""
    return TypedCode(
        code.code,
        code.label,
        code.count,
        str(code.step_minutes or "") if code.count is Count.OWN_COUNT else "",
        code.attendance,
        code.disciplines,
        exclusive=code.exclusive,
        daily_limit="" if code.daily_limit is None else str(code.daily_limit),
        daily_effect=code.daily_effect,
        base=code.add_on_to or "",
        since=code.in_force_from.isoformat() if code.in_force_from else "",
        until=code.in_force_to.isoformat() if code.in_force_to else "",
        source=code.source,
    )


def _day(text: str) -> date | None:
    return typed_text.date_of(text) if text.strip() else None


def _whole(text: str, what: Sentence, most: int) -> int | None:
    """Return a whole number, or None where nothing was typed."""
    digits = text.strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(most)):
        raise Misused(
            say(
                "{text} is no number of {what}: type 0 to {most}",
                text=shown(digits, 20),
                what=what,
                most=most,
            )
        )
    return int(digits)
