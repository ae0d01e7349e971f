"""Which payer do typed words mean? What the form of a new payer says is read, then kept."""

from dataclasses import dataclass, field

from ptimer.billing.payers import CombinedLimit, Effect, OwnLimit, Payer, RequiredModifier, UnitRule
from ptimer.operations import own_payers, typed_code, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.known_codes import known
from ptimer.wording import Sentence, listed, say

MOST_UNITS = 96
"""Quarter hours of a day: more can't be meant."""


@dataclass(frozen=True)
class TypedLimit:
    """A daily limit as it was typed; several codes are limited together."""

    code: str
    units: str
    effect: Effect
    reason: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.code.strip() or self.units.strip() or self.reason.strip())


@dataclass(frozen=True)
class TypedModifier:
    """A modifier that the payer wants, as it was typed; no codes are all codes."""

    modifier: str
    codes: str
    reason: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.modifier.strip() or self.codes.strip() or self.reason.strip())


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
    modifiers: tuple[TypedModifier, ...] = field(default=())
    assistant_modifiers: bool = True
    kx_threshold: bool = False


def make(clinic: Clinic, typed: TypedPayer, why: str) -> Payer:
    """Add the payer that was typed, and return it as kept.

    Raises:
        Misused: the name, a limit, a modifier or a reason can't be used.
    """
    return own_payers.make(clinic, payer_of(clinic, typed), why)


def change(clinic: Clinic, typed: TypedPayer, why: str) -> Payer:
    """Change a payer of the clinic's own into what was typed, and return it as kept.

    Raises:
        Misused: as for a new one; or it is shipped, or nothing is changed.
    """
    return own_payers.change(clinic, payer_of(clinic, typed), why)


def payer_of(clinic: Clinic, typed: TypedPayer) -> Payer:
    """Read what was typed.

    Raises:
        Misused: something of it can't be used; the sentence says what.
    """
    limits = [_limit(clinic, each) for each in typed.limits if not each.is_empty]
    return Payer(
        name=typed_text.payer_name(typed.name),
        unit_rule=typed.unit_rule,
        follows_mue=typed.follows_mue,
        pays_slp_assistants=typed.pays_slp_assistants,
        relaxes_billed_alone=typed.relaxes_billed_alone,
        relaxed_because=typed_text.note(typed.relaxed_because),
        zero_unit_lines=typed.zero_unit_lines,
        own_limits=tuple(each for each in limits if isinstance(each, OwnLimit)),
        combined_limits=tuple(each for each in limits if isinstance(each, CombinedLimit)),
        required_modifiers=tuple(
            _modifier(clinic, each) for each in typed.modifiers if not each.is_empty
        ),
        assistant_modifiers=typed.assistant_modifiers,
        kx_threshold=typed.kx_threshold,
    )


def typed_of(payer: Payer) -> TypedPayer:
    """Return a payer as it would be typed: what a form shows, and a copy begins with."""
    return TypedPayer(
        payer.name,
        payer.unit_rule,
        follows_mue=payer.follows_mue,
        pays_slp_assistants=payer.pays_slp_assistants,
        zero_unit_lines=payer.zero_unit_lines,
        relaxes_billed_alone=payer.relaxes_billed_alone,
        relaxed_because=payer.relaxed_because,
        limits=tuple(
            TypedLimit(", ".join(each.codes), str(each.units), each.effect, each.reason)
            for each in payer.limits
        ),
        modifiers=tuple(
            TypedModifier(e.modifier, ", ".join(e.codes), e.reason)
            for e in payer.required_modifiers
        ),
        assistant_modifiers=payer.assistant_modifiers,
        kx_threshold=payer.kx_threshold,
    )


def end(clinic: Clinic, name: str, last: str, why: str) -> Payer:
    """End a payer of the clinic's own after the day that was typed.

    Raises:
        Misused: it is no date, or the payer is shipped.
    """
    return own_payers.end(clinic, name, typed_code.last_day(last), why)


def _limit(clinic: Clinic, typed: TypedLimit) -> OwnLimit | CombinedLimit:
    """Read a limit: of one code, or of several together."""
    codes = _codes(clinic, typed.code)
    if not codes:
        raise Misused(say("Name the code that is limited"))
    named = listed(codes)
    if not typed.reason.strip():
        raise Misused(say("Say why {code} is limited", code=named))
    units, reason = _units(named, typed.units), typed_text.reason(typed.reason)
    if len(codes) == 1:
        return OwnLimit(codes[0], units, typed.effect, reason)
    return CombinedLimit(tuple(codes), units, typed.effect, reason)


def _modifier(clinic: Clinic, typed: TypedModifier) -> RequiredModifier:
    codes = _codes(clinic, typed.codes)
    return RequiredModifier(
        typed.modifier.strip().upper(), tuple(codes), typed_text.note(typed.reason)
    )


def _codes(clinic: Clinic, text: str) -> list[str]:
    """Return the codes that were typed, with commas or blanks between them."""
    numbers = text.replace(",", " ").replace(";", " ").split()
    return list(dict.fromkeys(known(clinic.rulebook.codes, each).code for each in numbers))


def _units(code: Sentence, text: str) -> int:
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
