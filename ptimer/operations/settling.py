"""Which way does a tie go, and why did a code take so long? Answers that signing asks for."""

from collections.abc import Mapping

from ptimer.billing.visit_units import OVER_60, settle_tie
from ptimer.operations import defaults, snapshots, typed_text
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.visit_view import VisitView
from ptimer.storage import audit_log, sign_answers
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence, listed, say, strung


def choose(clinic: Clinic, visit_id: str, choice: Mapping[str, int]) -> None:
    """Settle a tie.

    Raises:
        Misused: the choice fits no way of sharing the units.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        choose_within(clinic, view, choice, now)


def give_reason(clinic: Clinic, visit_id: str, code: str, why: str) -> None:
    """Keep why a code took longer than usual.

    Raises:
        Misused: no reason was given.
        Refused: the visit is signed.
    """
    reason = typed_text.reason(why)
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        _give_reason(clinic, view.visit, code, reason, now)


def choose_within(clinic: Clinic, view: VisitView, choice: Mapping[str, int], now: Instant) -> None:
    """Settle a tie inside `clinic.writing()`.

    Raises:
        Misused: the choice fits no way of sharing the units.
    """
    settled = settle_tie(view.reckoning, choice)
    if settled is None:
        raise Misused(
            say(
                "{choice} is not one of the ways to share the units: {ways}",
                choice=_shown_choice(choice),
                ways=_any_of([_shown_choice(way) for way in view.reckoning.choices[:6]]),
            )
        )
    if view.reckoning.count_of_choices == 1:
        return
    sign_answers.set_choice(clinic.connection, view.visit.id, settled, at=now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(
            now,
            defaults.who(clinic),
            "choose",
            view.visit.id,
            before=dict(view.record.choice) if view.record.choice else None,
            after=settled,
        ),
    )


def give_reasons_within(clinic: Clinic, view: VisitView, text: str, now: Instant) -> None:
    """Keep inside `clinic.writing()` why all the codes took longer that did.

    Raises:
        Misused: no reason was given.
    """
    reason = typed_text.reason(text)
    long = [item.code for item in view.to_fix if item.rule == OVER_60]
    for code in long:
        _give_reason(clinic, view.visit, code, reason, now)


def _open_view(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    view = snapshots.view_of(clinic, visit_id, now)
    check_open(clinic, view.visit)
    return view


def _shown_choice(choice: Mapping[str, int]) -> str:
    return ",".join(f"{shown(code, 12)}={units}" for code, units in choice.items())


def _any_of(ways: list[str]) -> Sentence:
    told = strung(ways[:1])
    for way in ways[1:]:
        told = listed((told, way), last="or")
    return told


def _give_reason(clinic: Clinic, visit: VisitRow, code: str, reason: str, now: Instant) -> None:
    sign_answers.set_long_reason(clinic.connection, visit.id, code, reason, at=now)
    audit_log.add(
        clinic.connection,
        audit_log.Entry(now, defaults.who(clinic), "long-reason", visit.id, after={code: reason}),
    )
