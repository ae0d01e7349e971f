"""Which payer do typed words mean? What the form of a new payer says is read, then kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ptimer.billing.payers import Effect, OwnLimit, Payer, UnitRule
from ptimer.operations import own_payers, typed_code, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown, unknown_code
from ptimer.wording import say

MOST_UNITS = 96
"""Quarter hours of a day: more can't be meant."""


@dataclass(frozen=True)
class TypedLimit:
    """A daily limit as it was typed."""

    code: str
    units: str
    effect: Effect
    reason: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.code.strip() or self.units.strip() or self.reason.strip())


@dataclass(frozen=True)
class TypedPayer:
    """A payer as it was typed; `relaxed_because` is empty where 97112 is billed alone."""

    name: str
    unit_rule: UnitRule
    follows_mue: bool = False
    pays_slp_assistants: bool = True
    zero_unit_lines: bool = False
    relaxes_billed_alone: bool = False
    relaxed_because: str = ""
    limits: tuple[TypedLimit, ...] = field(default=())


def make(clinic: Clinic, typed: TypedPayer, why: str) -> Payer:
    """Add the payer that was typed, and return it as kept.

    Raises:
        Misused: the name, a limit or a reason can't be used.
    """
    payer = Payer(
        name=typed_text.payer_name(typed.name),
        unit_rule=typed.unit_rule,
        follows_mue=typed.follows_mue,
        pays_slp_assistants=typed.pays_slp_assistants,
        relaxes_billed_alone=typed.relaxes_billed_alone,
        relaxed_because=typed_text.note(typed.relaxed_because),
        zero_unit_lines=typed.zero_unit_lines,
        own_limits=tuple(_limits(clinic, typed.limits)),
    )
    return own_payers.make(clinic, payer, why)


def end(clinic: Clinic, name: str, last: str, why: str) -> Payer:
    """End a payer of the clinic's own after the day that was typed.

    Raises:
        Misused: it is no date, or the payer is shipped.
    """
    return own_payers.end(clinic, name, typed_code.last_day(last), why)


def _limits(clinic: Clinic, typed: Iterable[TypedLimit]) -> Iterable[OwnLimit]:
    """Read the limits; a row in which nothing was typed is none."""
    limited: set[str] = set()
    for each in typed:
        if each.is_empty:
            continue
        limit = _limit(clinic, each)
        if limit.code in limited:
            raise Misused(say("{code} is limited twice: keep one of the two", code=limit.code))
        limited.add(limit.code)
        yield limit


def _limit(clinic: Clinic, typed: TypedLimit) -> OwnLimit:
    code = clinic.rulebook.codes.find(typed.code)
    if code is None and not typed.code.strip():
        raise Misused(say("Name the code that is limited"))
    if code is None:
        raise unknown_code(typed.code, [])
    if not typed.reason.strip():
        raise Misused(say("Say why {code} is limited", code=code.code))
    return OwnLimit(
        code.code, _units(code.code, typed.units), typed.effect, typed_text.reason(typed.reason)
    )


def _units(code: str, text: str) -> int:
    digits = text.strip()
    whole = digits.isascii() and digits.isdigit() and len(digits) <= len(str(MOST_UNITS))
    if not whole or int(digits) > MOST_UNITS:
        raise Misused(
            say(
                "{units} is no number of units a day for {code}: type 0 to {most}",
                units=shown(digits, 20) or "-",
                code=code,
                most=MOST_UNITS,
            )
        )
    return int(digits)
