"""How does a visit stand in an audit packet? Its view, versions and changes as plain values.

Pure.
"""

from collections.abc import Iterable
from itertools import pairwise

from ptimer.billing.attestation import Standing as PairStanding
from ptimer.billing.visit_units import OVER_60
from ptimer.operations import explaining, signed_content, skilled_words
from ptimer.operations.audit_times import Typed, moment, told
from ptimer.operations.history_teller import ChangeTold
from ptimer.operations.history_words import Difference as Told
from ptimer.operations.history_words import TimeWords, plain
from ptimer.operations.version_lines import ROLES, Reading, Standing, compare
from ptimer.operations.versions import Kept, Version, Versions
from ptimer.operations.visit_marks import kind_words
from ptimer.operations.visit_view import VisitView
from ptimer.reports.audit_packet import (
    Difference,
    Fact,
    PacketChange,
    PacketLine,
    PacketRule,
    PacketSignature,
    PacketVersion,
    PacketVisit,
    Totals,
)
from ptimer.reports.paper import Words
from ptimer.wording import Sentence, listed, quoted, say, strung


def packet_visit(
    view: VisitView, versions: Versions, changes: Iterable[ChangeTold], typed: Typed
) -> PacketVisit:
    """Return a visit with all that defends it.

    Args:
        view: the visit as it is.
        versions: all versions of it that were signed, and the visit as it is.
        changes: what was ever done to it, the oldest first.
        typed: which ends of its times were typed, and not pressed when they were.
    """
    teller = _Teller(view, versions)
    explanation = explaining.of_visit(view)
    return PacketVisit(
        key=view.visit.id,
        day=view.visit.service_date,
        discipline=view.visit.discipline,
        payer=view.visit.payer,
        status=teller.status(),
        signed=view.visit.signed,
        totals=_totals(view),
        facts=tuple(teller.facts()),
        lines=tuple(_lines(view)),
        times=tuple(told(view, each, typed) for each in view.record.segments),
        arithmetic=explanation.arithmetic,
        remarks=tuple(_remarks(view)),
        settled=tuple(teller.settled()),
        skilled=skilled_words.sentences(view),
        missing=tuple(teller.missing()),
        signatures=tuple(teller.signature(each) for each in versions.every[-1].signatures),
        checked=_checked(view, versions.every[-1]),
        versions=tuple(teller.former_versions()),
        changes=tuple(map(teller.change, changes)),
        rules=() if view.away else tuple(_rules(explanation)),
        away=view.away,
    )


def _totals(view: VisitView) -> Totals:
    reckoning = view.reckoning
    return Totals(
        view.timed_minutes,
        view.total_minutes,
        reckoning.timed_units,
        reckoning.untimed_units,
        view.minutes_in_clinic,
    )


def _lines(view: VisitView) -> Iterable[PacketLine]:
    for billed in view.billed_lines:
        code = billed.line.code
        yield PacketLine(
            code.code,
            quoted(code.label),
            billed.minutes,
            billed.units,
            billed.modifiers,
            billed.because,
        )


def _remarks(view: VisitView) -> Iterable[Sentence]:
    """Yield what to know of the lines; what a reason was asked for and given stands with it."""
    for warning in view.warnings:
        if warning.rule != OVER_60 or not view.record.long_reasons.get(warning.code):
            yield warning.text


def _rules(explanation: explaining.Explanation) -> Iterable[PacketRule]:
    for each in explanation.rules:
        yield PacketRule(each.rule, each.title, each.text, each.edition)


def _checked(view: VisitView, now: Version) -> bool | None:
    """Return whether the record still holds what was signed; None where no version says so."""
    if not view.visit.signed or now.kept is not Kept.SIGNED:
        return None
    if now.content.get("form") != signed_content.FORM:
        return None
    signed = [each.sha256 for each in view.record.signatures]
    content = signed_content.hash_of(signed_content.text_of(now.content))
    return now.content.get("facts") == signed_content.facts_of(view.record) and content in signed


class _Teller:
    """Tells the parts of one visit, in the clinic's zone."""

    def __init__(self, view: VisitView, versions: Versions) -> None:
        self._view = view
        self._versions = versions
        self._words = TimeWords(view.zone, view.visit.service_date)

    def status(self) -> Sentence:
        mark = self._view.record.mark
        if mark is not None and mark.away:
            return kind_words(mark.kind)
        if not self._view.visit.signed:
            return say("not signed")
        former = len(self._versions.every) - 1
        return (
            say("signed, amended {times:plural:time,times}", times=former)
            if former
            else say("signed")
        )

    def facts(self) -> Iterable[Fact]:
        visit, record = self._view.visit, self._view.record
        mark = record.mark
        if mark is not None:
            text = say("{mark}: {reason}", mark=kind_words(mark.kind), reason=mark.reason)
            yield Fact(say("Mark"), strung([text, self._by(mark.marked_by, mark.marked_at)], " · "))
        if record.clinicians:
            yield Fact(say("Treated by"), strung(list(self._clinicians()), "; "))
        arrived, left = self._words.time(visit.arrived_at), self._words.time(visit.departed_at)
        if arrived or left:
            at = say("{arrived} to {left}", arrived=arrived or "?", left=left or "?")
            yield Fact(say("In the clinic"), at)
        elif record.segments:
            yield Fact(say("In the clinic"), say("arrival and departure are not recorded"))
        planned = self._words.time(visit.planned_at)
        if planned:
            yield Fact(say("Planned at"), planned)
        if record.segments:
            yield Fact(say("Unit rule"), say("{rule}", rule=self._rule()))

    def settled(self) -> Iterable[Fact]:
        record = self._view.record
        if record.choice and self._view.reckoning.chosen:
            units = ", ".join(f"{code} × {n}" for code, n in record.choice.items())  # noqa: RUF001
            yield Fact(say("Tied units, as chosen"), units)
        for code, reason in record.long_reasons.items():
            minutes = self._view.minutes_of(code)
            what = say("{code} took {minutes} min", code=code, minutes=minutes)
            yield Fact(what, reason)
        for pair in self._view.pairs:
            codes = f"{pair.edit.column1} / {pair.edit.column2}"
            text = pair.told()
            said = pair.attestation
            if said is not None and pair.standing in (PairStanding.ATTESTED, PairStanding.REMOVED):
                text = strung([text, self._by(said.by, said.at)], " · ")
            yield Fact(codes, text)
        if record.necessity is not None:
            said_so = say("attested") if record.necessity.attested else say("not attested")
            by = self._by(record.necessity.by, record.necessity.at)
            yield Fact(say("Medical necessity"), strung([said_so, by], " · "))
        for clinician, supervisor in record.supervisors.items():
            text = say("{supervisor} supervised", supervisor=supervisor)
            yield Fact(clinician, text)

    def missing(self) -> Iterable[Sentence]:
        if self._view.visit.signed or self._view.away:
            return
        yield from (item.text for item in self._view.to_fix)
        waiting = self._view.missing_signatures
        if waiting:
            yield say("the signature of {names}", names=listed(waiting))

    def signature(self, values: object) -> PacketSignature:
        found = dict(values) if isinstance(values, dict) else {}
        return PacketSignature(
            str(found.get("name", "")),
            str(found.get("credentials", "")),
            moment(self._view, found.get("signed_at")),
            str(found.get("sha256", "")),
        )

    def former_versions(self) -> Iterable[PacketVersion]:
        every = self._versions.every
        reading = Reading(self._view.zone, self._view.visit.service_date, self._versions.roots)
        for before, after in pairwise(every):
            rows = compare(before, after, reading)
            yield PacketVersion(
                before.number,
                moment(self._view, before.closed_at),
                tuple(self.signature(each) for each in before.signatures),
                self._by(before.reopened_by, before.reopened_at),
                before.why,
                tuple(
                    Difference(_beside(row.section, row.what), row.before, row.after)
                    for row in rows
                    if row.standing is not Standing.SAME
                ),
                before.sha256,
            )

    def change(self, change: ChangeTold) -> PacketChange:
        done = _beside(plain(change.about), change.done) if change.about else change.done
        return PacketChange(
            self._words.time(change.at) or plain(""),
            change.who,
            done,
            strung(list(_values(change.differences, old=True)), ", "),
            strung(list(_values(change.differences, old=False)), ", "),
            change.reason,
            change.usual,
        )

    def _clinicians(self) -> Iterable[Sentence]:
        parts = dict.fromkeys(
            (part.clinician, part.role.value, part.supervisor)
            for part in self._view.record.parts
            if part.treated
        )
        for name, role, supervisor in parts:
            values = {"name": name, "role": ROLES.get(role) or plain(role)}
            if supervisor:
                yield say(
                    "{name}, {role}, supervised by {supervisor}", supervisor=supervisor, **values
                )
            else:
                yield say("{name}, {role}", **values)

    def _rule(self) -> Sentence:
        rule = self._view.reckoning.rule.value
        return say("8-minute rule") if rule == "cms" else say("midpoint rule")

    def _by(self, who: str, at: object) -> Sentence:
        return say("{name}, {at}", name=who, at=moment(self._view, at))


def _values(differences: Iterable[Told], *, old: bool) -> Iterable[Words]:
    for each in differences:
        value = each.before if old else each.after
        if value is not None:
            yield _beside(each.what, value, " ")


def _beside(one: Sentence, other: Sentence, between: str = " · ") -> Sentence:
    return strung([part for part in (one, other) if str(part)], between)
