"""What does a clinician check before signing: what is missing, in order, to be looked at?

Pure: a visit's view, and what is typed but not yet recorded, go in; sentences come out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ptimer.billing.rules import LongTreatment
from ptimer.billing.unit_limits import RULE as DAILY_LIMIT
from ptimer.billing.visit_units import Line
from ptimer.operations.sign_missing import Missing, Signing, missing_of, unit_at_stake
from ptimer.operations.visit_view import VisitView
from ptimer.storage.signatures import SignatureRow
from ptimer.wording import Sentence, listed, say

MINUTES = "minutes"
MARK = "stopped-early"

Signature = SignatureRow
"""A signature, as screens are given it."""


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
    missing = () if view.visit.signed else tuple(missing_of(view, signing))
    remarks = tuple(_remarks(view))
    return SignList(missing, remarks, tuple(_in_order(view, signing)))


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
    return say(template, unit=unit_at_stake(view), winners=listed(winners))


def _earned(view: VisitView, code: str) -> int:
    lines = view.reckoning.lines
    return sum(line.earned for line in lines if code in (line.code.code, line.timed_on))
