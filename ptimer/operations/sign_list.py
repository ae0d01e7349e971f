"""What stands between a visit and its signature, what is in order, and what should be looked at?

Pure: a visit's view, and what is typed but not yet recorded, go in; sentences come out, in the
order in which a person settles them (rules.md, Before signing).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ptimer.billing.rules import LongTreatment
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
from ptimer.billing.unit_limits import RULE as DAILY_LIMIT
from ptimer.billing.visit_units import OVER_60, Line
from ptimer.operations.visit_view import VisitView
from ptimer.storage.signatures import SignatureRow
from ptimer.wording import Sentence, listed, say

SIGNER = "signer"
SIGNATURE = "signature"
MINUTES = "minutes"
MARK = "stopped-early"

Signature = SignatureRow
"""A signature, as screens are given it."""


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


@dataclass(frozen=True)
class Remark:
    """Something to look at that keeps nobody from signing."""

    rule: str
    text: Sentence


@dataclass(frozen=True)
class SignList:
    """All that a clinician checks once, before signing."""

    missing: tuple[Missing, ...]
    remarks: tuple[Remark, ...]
    in_order: tuple[Sentence, ...]


def sign_list(view: VisitView, signing: Signing) -> SignList:
    """Return what a visit lacks, what is in order, and what should be looked at."""
    missing = () if view.visit.signed else tuple(_missing(view, signing))
    remarks = tuple(_remarks(view))
    return SignList(missing, remarks, tuple(_in_order(view, signing)))


def signature_of(missing: tuple[Missing, ...]) -> Missing:
    """Return the last thing to do: the signature itself."""
    return Missing(
        SIGNATURE,
        say("Signature"),
        say("after the {number} above", number=len(missing)) if missing else say("press Sign"),
        say("the signature"),
    )


def long_lines(view: VisitView) -> list[tuple[Line, LongTreatment]]:
    """Return the lines that ran past their code's threshold, with it."""
    found = []
    for line in view.reckoning.lines:
        long = view.rules.long_treatment(line.code.code)
        if long is not None and line.minutes > long.minutes:
            found.append((line, long))
    return found


def who_signs(view: VisitView, at_desk: str) -> str:
    """Return who is about to sign: whoever is at the desk, if their part is not signed yet.

    Nobody else's name is filled in: a signature is not given for someone by default.
    """
    return at_desk if at_desk in view.missing_signatures else ""


def _missing(view: VisitView, signing: Signing) -> Iterable[Missing]:
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
    unit = _unit_at_stake(view)
    return (
        say("Choose {unit}", unit=unit),
        say("{codes}", codes=listed(tied, last="or")),
        unit,
    )


def _unit_at_stake(view: VisitView) -> Sentence:
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


def _remarks(view: VisitView) -> Iterable[Remark]:
    if view.record.mark is not None and not view.away:
        yield Remark(MARK, say("Stopped early: {reason}", reason=view.record.mark.reason))
    for item in view.to_fix:
        if not item.required:
            yield Remark(item.rule, item.text)
    for warning in view.reckoning.warnings:
        if warning.rule == DAILY_LIMIT:
            yield Remark(warning.rule, warning.text)
    if view.record.segments and not _minutes_fit(view):
        yield Remark(
            MINUTES,
            say(
                "{timed} min timed, {treated} treated, {inside} in the clinic: check when the "
                "patient came and left",
                timed=view.timed_minutes,
                treated=view.total_minutes,
                inside=view.minutes_in_clinic,
            ),
        )


def _minutes_fit(view: VisitView) -> bool:
    inside = view.minutes_in_clinic
    fits_inside = inside is None or view.total_minutes <= inside
    return view.timed_minutes <= view.total_minutes and fits_inside


def _in_order(view: VisitView, signing: Signing) -> Iterable[Sentence]:
    if not view.record.segments:
        return
    if not view.record.running and not view.in_doubt:
        yield say("Every time has an end")
    if _minutes_fit(view):
        yield _minutes(view)
    yield from _within_caps(view)
    if view.reckoning.chosen:
        yield _chosen(view)
    for line, long in long_lines(view):
        if view.record.long_reasons.get(line.code.code) or signing.reasons.get(line.code.code):
            yield say("{code}: why over {most} minutes", code=line.code.code, most=long.minutes)
    if not view.visit.signed and signing.name and signing.credentials.strip():
        yield say("Name and credentials")


def _minutes(view: VisitView) -> Sentence:
    if view.minutes_in_clinic is None:
        return say(
            "{timed} timed ≤ {treated} treated, arrival not noted",
            timed=view.timed_minutes,
            treated=view.total_minutes,
        )
    return say(
        "{timed} timed ≤ {treated} treated ≤ {inside} in clinic",
        timed=view.timed_minutes,
        treated=view.total_minutes,
        inside=view.minutes_in_clinic,
    )


def _within_caps(view: VisitView) -> Iterable[Sentence]:
    for line in view.reckoning.lines:
        if line.limit is not None and line.earned <= line.limit.units:
            yield say(
                "{code}: {units} of {most:plural:unit,units} today",
                code=line.code.code,
                units=line.units,
                most=line.limit.units,
            )


def _chosen(view: VisitView) -> Sentence:
    pool = view.reckoning.pool
    tied = pool.tied if pool else ()
    full = pool.full if pool else {}
    winners = [code for code in tied if _earned(view, code) > full[code]]
    template = (
        "By choice {unit} goes to {winners}"
        if len(winners) == 1
        else "By choice {unit} go to {winners}"
    )
    return say(template, unit=_unit_at_stake(view), winners=listed(winners))


def _earned(view: VisitView, code: str) -> int:
    lines = view.reckoning.lines
    return sum(line.earned for line in lines if code in (line.code.code, line.timed_on))
