"""Attest that the minutes of an NCCI pair were apart, or that a treatment is necessary (KX).

Nothing is attested by default, and what a person takes off stays off (rules.md, On the same day).
"""

from ptimer.billing.attestation import MODIFIERS, REMOVED, Attestation, Pair, Standing
from ptimer.billing.ptp_edits import RULE as PTP_PAIR
from ptimer.operations import defaults, snapshots
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Misused, Refused, shown
from ptimer.operations.judging import check_open
from ptimer.operations.visit_view import VisitView
from ptimer.storage import attestations, audit_log
from ptimer.storage.attestations import NecessityRow
from ptimer.timing.clock import Instant
from ptimer.wording import listed, say

FIRST_OFFERED = next(iter(MODIFIERS))


def attest(
    clinic: Clinic, visit_id: str, column1: str, column2: str, modifier: str = FIRST_OFFERED
) -> VisitView:
    """Attest that two codes were in separate periods; the second carries the modifier.

    Raises:
        Misused: the two are no pair of the visit, or it is none of the modifiers.
        Refused: the visit is signed, their minutes are not apart, or no modifier helps.
    """
    wanted = modifier.strip().upper()
    if wanted not in MODIFIERS:
        raise Misused(
            say(
                "{modifier} parts no pair: {known}",
                modifier=shown(modifier, 12),
                known=listed(list(MODIFIERS), last="or"),
            )
        )
    return _say(clinic, visit_id, (column1, column2), wanted)


def remove(clinic: Clinic, visit_id: str, column1: str, column2: str) -> VisitView:
    """Let a pair carry no modifier, now and until a person attests it anew.

    Raises:
        Misused: the two are no pair of the visit.
        Refused: the visit is signed.
    """
    return _say(clinic, visit_id, (column1, column2), REMOVED)


def attest_necessity(clinic: Clinic, visit_id: str, *, necessary: bool) -> VisitView:
    """Attest that the treatment is necessary past the year's threshold, or take that back.

    Raises:
        Misused: the payer knows no threshold.
        Refused: the visit is signed.
    """
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        if not view.payer.kx_threshold:
            raise Misused(
                say("{payer} has no yearly threshold: KX is not for it", payer=view.payer.name)
            )
        who = defaults.who(clinic)
        before = view.record.necessity
        attestations.add_necessity(clinic.connection, visit_id, NecessityRow(necessary, who, now))
        _log(
            clinic,
            visit_id,
            now,
            "attest-necessity",
            before=None if before is None else {"attested": before.attested},
            after={"attested": necessary},
        )
        return _view(clinic, visit_id, now)


def pair_of(view: VisitView, column1: str, column2: str) -> Pair | None:
    """Return a pair of a visit, in whichever order its codes are named."""
    named = {column1.strip().upper(), column2.strip().upper()}
    return next((p for p in view.pairs if {p.edit.column1, p.edit.column2} == named), None)


def _say(clinic: Clinic, visit_id: str, codes: tuple[str, str], modifier: str) -> VisitView:
    with clinic.writing() as now:
        view = _open_view(clinic, visit_id, now)
        pair = pair_of(view, *codes)
        if pair is None:
            raise _no_pair(view, codes)
        if modifier != REMOVED:
            _check_apart(view, pair)
        said = Attestation(
            pair.edit.column1, pair.edit.column2, modifier, defaults.who(clinic), now
        )
        attestations.add_pair(clinic.connection, visit_id, said)
        before = pair.attestation
        _log(
            clinic,
            visit_id,
            now,
            "attest-pair",
            before=None if before is None else {"modifier": before.modifier},
            after={"pair": list(said.pair), "modifier": modifier},
        )
        return _view(clinic, visit_id, now)


def _check_apart(view: VisitView, pair: Pair) -> None:
    if pair.standing is Standing.SHARED:
        raise Refused(
            say(
                "{column1} and {column2} of {patient} share minutes, so they can't be attested "
                "as apart: correct the times first, if they are wrong",
                column1=pair.edit.column1,
                column2=pair.edit.column2,
                patient=shown(view.visit.patient),
            ),
            rule=PTP_PAIR,
            source=pair.edit.source,
            blockers=(
                *view.record.of_code(pair.edit.column1),
                *view.record.of_code(pair.edit.column2),
            ),
        )
    if pair.standing is Standing.NEVER:
        raise Refused(pair.told(), rule=PTP_PAIR, source=pair.edit.source)


def _no_pair(view: VisitView, codes: tuple[str, str]) -> Misused:
    pairs = [f"{each.edit.column1}/{each.edit.column2}" for each in view.pairs]
    return Misused(
        say(
            "{one} and {other} are no NCCI pair of {patient}'s visit: {pairs}",
            one=shown(codes[0], 12),
            other=shown(codes[1], 12),
            patient=shown(view.visit.patient),
            pairs=", ".join(pairs) if pairs else say("it has none"),
        )
    )


def _open_view(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    view = _view(clinic, visit_id, now)
    check_open(clinic, view.visit)
    return view


def _view(clinic: Clinic, visit_id: str, now: Instant) -> VisitView:
    return snapshots.view_of(clinic, visit_id, now)


def _log(
    clinic: Clinic,
    visit_id: str,
    now: Instant,
    action: str,
    *,
    before: audit_log.Values | None,
    after: audit_log.Values,
) -> None:
    who = defaults.who(clinic)
    entry = audit_log.Entry(now, who, action, visit_id, before=before, after=after)
    audit_log.add(clinic.connection, entry)
