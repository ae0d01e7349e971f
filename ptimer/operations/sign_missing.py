"""What stands between a visit and its signature? In the order in which a person settles it.

Pure: a visit's view, and what is typed but not yet recorded, go in; sentences come out
(rules.md, Before signing).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ptimer.billing.sign_off import (
    CREDENTIALS,
    IN_DOUBT,
    NOTHING_TIMED,
    STILL_RUNNING,
    UNIT_CHOICE,
    ToFix,
)
from ptimer.billing.skilled_parts import PartToFix
from ptimer.billing.supervising import RULE as SUPERVISOR
from ptimer.billing.visit_units import OVER_60
from ptimer.operations.visit_view import VisitView
from ptimer.wording import Sentence, listed, say

SIGNER = "signer"
SIGNATURE = "signature"


@dataclass(frozen=True)
class Signing:
    """Who is about to sign, and what they typed: it counts, since signing records it first."""

    name: str = ""
    credentials: str = ""
    reasons: Mapping[str, str] = field(default_factory=dict)
    """By code: why it took longer than usual."""
    supervisor: str = ""


@dataclass(frozen=True)
class Missing:
    """Something that comes before the signature; `brief` names it among others."""

    rule: str
    title: Sentence
    detail: Sentence
    brief: Sentence
    code: str = ""
    part: str = ""
    """The field, or the tick, that is empty."""


def signature_of(missing: tuple[Missing, ...]) -> Missing:
    """Return the last thing to do: the signature itself."""
    return Missing(
        SIGNATURE,
        say("Signature"),
        say("after the {number} above", number=len(missing)) if missing else say("press Sign"),
        say("the signature"),
    )


def missing_of(view: VisitView, signing: Signing) -> Iterable[Missing]:
    """Return what the record lacks, then who signs and as what."""
    for item in view.to_fix:
        if item.required and not _typed(item, signing):
            yield _told(view, item)
    if not signing.name and view.record.must_sign:
        yield Missing(SIGNER, say("Who signs"), say("choose who signs now"), say("who signs"))
    elif signing.name and not signing.credentials.strip():
        yield Missing(
            CREDENTIALS,
            say("Credentials"),
            say("of {name}, such as OTR/L", name=signing.name),
            say("the credentials"),
        )


def _typed(item: ToFix, signing: Signing) -> bool:
    if item.rule == SUPERVISOR:
        return bool(signing.supervisor.strip())
    return item.rule == OVER_60 and bool(signing.reasons.get(item.code, "").strip())


def _told(view: VisitView, item: ToFix) -> Missing:
    if isinstance(item, PartToFix):
        brief = say("fields of {code}", code=item.code) if item.code else say("the chart")
        return Missing(item.rule, item.text, say("required here"), brief, item.code, item.part)
    if item.rule == SUPERVISOR:
        brief = say("the supervising therapist")
        return Missing(item.rule, say("Supervising therapist"), item.text, brief)
    tell = {
        IN_DOUBT: _doubt,
        STILL_RUNNING: _running,
        NOTHING_TIMED: _nothing,
        OVER_60: _over_60,
        UNIT_CHOICE: _choice,
    }.get(item.rule)
    if tell is None:
        return Missing(item.rule, item.text, say(""), item.text, item.code)
    title, detail, brief = tell(view, item.code)
    return Missing(item.rule, title, detail, brief, item.code)


_Told = tuple[Sentence, Sentence, Sentence]


def _doubt(view: VisitView, code: str) -> _Told:
    del view
    return (
        say("{code} is in doubt", code=code),
        say("say whether it was still going on"),
        say("{code} in doubt", code=code),
    )


def _running(view: VisitView, code: str) -> _Told:
    grouped = any(segment.group_id for segment in view.record.running if segment.code == code)
    detail = "Stop here: leaves the group" if grouped else "Stop here"
    return say("{code} still runs", code=code), say(detail), say("{code} runs", code=code)


def _nothing(view: VisitView, code: str) -> _Told:
    del view, code
    return (
        say("Nothing was timed"),
        say("time a code, or add a time"),
        say("a timed code"),
    )


def _over_60(view: VisitView, code: str) -> _Told:
    long = view.rules.long_treatment(code)
    most = long.minutes if long else 0
    return (
        say("Why over {most} minutes", most=most),
        say("{code} ran {minutes} min", code=code, minutes=view.minutes_of(code)),
        say("over {most} minutes", most=most),
    )


def _choice(view: VisitView, code: str) -> _Told:
    del code
    pool = view.reckoning.pool
    tied = pool.tied if pool else ()
    unit = unit_at_stake(view)
    return (
        say("Choose {unit}", unit=unit),
        say("{codes}", codes=listed(tied, last="or")),
        unit,
    )


def unit_at_stake(view: VisitView) -> Sentence:
    """Say which unit the rule leaves to the clinician: the last one that the minutes allow."""
    pool = view.reckoning.pool
    if pool is None or pool.free != 1:
        return say("the last {number} units", number=pool.free if pool else 0)
    if pool.allowed <= len(_ORDINALS):
        return say("the {nth} unit", nth=say(_ORDINALS[pool.allowed - 1]))
    return say("unit {number}", number=pool.allowed)


_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
