"""Write what makes a one-on-one code skilled, take it over from the last visit, tick the chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ptimer.billing.skilled_fields import TICKS_BRIEF, ChartTick, Part
from ptimer.billing.skilled_parts import (
    NO_PARTS,
    VISITS_COMPARED,
    SkilledParts,
    Values,
    repeated,
    to_carry,
)
from ptimer.operations import defaults, signatures, snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.skilled_values import fitting
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, skilled_parts
from ptimer.storage.skilled_parts import Written
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, listed, say

_LOOKED_BACK = 12
"""Earlier visits among which the last three with a code are looked for."""


@dataclass(frozen=True)
class Earlier:
    """What is on record for a code in an earlier visit."""

    visit_id: str
    day: date
    parts: SkilledParts


@dataclass(frozen=True)
class _Change:
    """Parts before and after, and what the audit log says of the change."""

    code: str
    before: SkilledParts
    values: Values
    carried_from: str | None
    action: str = "skilled"
    reason: str = ""


def write(clinic: Clinic, visit_id: str, code: str, changes: Values) -> None:
    """Put values in the place of some parts of a code; an empty one is taken away.

    Raises:
        Misused: the code is none of the visit's one-on-one codes, or a value does not fit.
        Refused: the visit is signed, or was not held.
    """
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        _check_code(view, code)
        fields = {each.part: each for each in view.rules.skilled_fields}
        goals = _goal_ids(view)
        values = {p: fitting(fields[p], code, value, goals) for p, value in changes.items()}
        before = view.record.skilled.get(code, NO_PARTS)
        after = before.changed(values)
        if after.values != before.values:
            source = skilled_parts.carried_from(clinic.connection, visit_id, code)
            kept = source if after.values else None
            _write(clinic, view, _Change(code, before, after.values, kept), now)


def carry_over(clinic: Clinic, visit_id: str, code: str) -> date | None:
    """Take over what the last visit with the code has on record into fields that are empty.

    Returns the date of that visit, or None where there is none or nothing was empty.

    Raises:
        Misused: the code is none of the visit's one-on-one codes.
        Refused: the visit is signed, or was not held.
    """
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        _check_code(view, code)
        last = next(iter(_earlier(clinic, view).get(code, ())), None)
        if last is None:
            return None
        before = view.record.skilled.get(code, NO_PARTS)
        open_goals = [goal.id for goal in view.record.goals if not goal.ended]
        carried = to_carry(before, last.parts, view.rules.skilled_fields, open_goals)
        if not carried:
            return None
        reason = f"as in the visit of {last.day.isoformat()}"
        after = before.changed(carried).values
        change = _Change(code, before, after, last.visit_id, "skilled-carried", reason)
        _write(clinic, view, change, now)
        return last.day


def earlier(clinic: Clinic, visit_id: str) -> dict[str, tuple[Earlier, ...]]:
    """Return, by code of a visit, the parts of the last visits that have any, the newest first."""
    with clinic.reading() as now:
        return _earlier(clinic, _view(clinic, visit_id, now))


def repeats_of(
    view: VisitView, before: Mapping[str, Sequence[Earlier]]
) -> dict[str, tuple[Part, ...]]:
    """Return, by code, the typed fields that say the same as in the last three visits."""
    found = {
        code: repeated(
            view.record.skilled.get(code, NO_PARTS),
            [each.parts for each in before.get(code, ())],
            view.rules.skilled_fields,
        )
        for code in view.skilled_codes
    }
    return {code: parts for code, parts in found.items() if parts}


def tick(clinic: Clinic, visit_id: str, what: ChartTick, *, on: bool) -> None:
    """Note that something is in the chart of a visit, or take that back.

    Raises:
        Refused: the visit is signed, or was not held.
    """
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        if on == (what.value in view.record.chart):
            return
        who = defaults.who(clinic)
        if on:
            skilled_parts.tick(clinic.connection, visit_id, what.value, by=who, at=now)
        else:
            skilled_parts.take_tick_back(clinic.connection, visit_id, what.value, at=now)
        before, after = ({"chart": what.value, "ticked": each} for each in (not on, on))
        entry = audit_log.Entry(now, who, "chart-tick", visit_id, before=before, after=after)
        audit_log.add(clinic.connection, entry)


def tick_named(name: str) -> ChartTick:
    """Return the tick of a name.

    Raises:
        Misused: there is none.
    """
    try:
        return ChartTick(name.strip().lower())
    except ValueError:
        known = ", ".join(ChartTick)
        raise Misused(
            say("{name} is nothing to tick: {known}", name=shown(name), known=known)
        ) from None


def tick_words(what: ChartTick) -> Sentence:
    """Return a tick inside a sentence."""
    return say(TICKS_BRIEF[what])


def _goal_ids(view: VisitView) -> dict[str, str]:
    """Return the ids that a goal may be named by: an open one's, its number, or what stands."""
    standing = {parts.line(Part.GOAL) for parts in view.record.skilled.values()}
    ids = {g.id: g.id for g in view.record.goals if not g.ended or g.id in standing}
    return {**{str(g.number): g.id for g in view.record.goals if g.id in ids}, **ids}


def _write(clinic: Clinic, view: VisitView, change: _Change, now: Instant) -> None:
    visit_id, who = view.visit.id, defaults.who(clinic)
    row = Written(visit_id, change.code, change.values, change.carried_from, who, now)
    skilled_parts.write(clinic.connection, row)
    before, after = change.before.values, change.values
    changed = [part for part in Part if before.get(part, ()) != after.get(part, ())]
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            who,
            change.action,
            visit_id,
            before={"code": change.code, **{p.value: list(before.get(p, ())) for p in changed}},
            after={"code": change.code, **{p.value: list(after.get(p, ())) for p in changed}},
            reason=change.reason,
        ),
    )
    treated = {segment.clinician for segment in view.record.of_code(change.code)}
    signatures.withdraw(clinic, visit_id, treated, now, why="the skilled parts were changed")


def _earlier(clinic: Clinic, view: VisitView) -> dict[str, tuple[Earlier, ...]]:
    before = skilled_parts.visits_before(clinic.connection, view.visit, most=_LOOKED_BACK)
    recorded = skilled_parts.of_visits(clinic.connection, [visit_id for visit_id, _ in before])
    return {
        code: tuple(
            Earlier(visit_id, day, recorded[visit_id][code])
            for visit_id, day in before
            if recorded[visit_id].get(code, NO_PARTS).values
        )[:VISITS_COMPARED]
        for code in view.skilled_codes
    }


def _check_code(view: VisitView, code: str) -> None:
    if code in view.skilled_codes:
        return
    codes = view.skilled_codes
    raise Misused(
        say(
            "{code} is none of the one-on-one codes of {patient}'s visit: {codes}",
            code=shown(code, 12),
            patient=shown(view.visit.patient),
            codes=listed(codes) if codes else say("it has none"),
        )
    )


def _view(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    return snapshots.view_of(clinic, visit_id, now)


def _open_view(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    view = _view(clinic, visit_id, now)
    check_open(clinic, view.visit)
    return view
