"""What does paper say of a day? The same as the screen, with signatures and rules in words."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QCoreApplication, QDate

from ptimer.billing.payers import UnitRule
from ptimer.gui import texts
from ptimer.gui.day_summary.day_rows import CodeRow, VisitRows, rows_of
from ptimer.gui.day_summary.to_fix import fixes_of
from ptimer.gui.texts import Times, long_date
from ptimer.operations.snapshots import Day
from ptimer.operations.visit_view import VisitView
from ptimer.reports.day_page import PageCode, PageDay, PageLine, PageVisit

_RULES = ("minutes", "mue", "daily-limit", "modifiers")
"""Rules behind every day's figures; the payers' unit rules come before them."""


def page_of(day: Day, figures: tuple[tuple[str, str], ...], times: Times) -> PageDay:
    """Return what stands on a day's pages."""
    rows = rows_of(day.visits, times)
    return PageDay(
        title=title_of(day.date),
        about=tuple(_about(day)),
        figures=figures,
        visits=tuple(map(_visit, rows, day.visits)),
        to_fix=tuple(_to_fix(day)),
        codes=tuple(_codes(day)),
        signatures=tuple(_signatures(day, times)),
        rules=tuple(_rules(day)),
    )


def title_of(day: date) -> str:
    """Return the title of a day's pages."""
    return _tr("Day summary · {0}").format(long_date(QDate(day.year, day.month, day.day)))


def _about(day: Day) -> Iterable[str]:
    names = [name for view in day.visits for name in view.record.must_sign]
    if day.clinician:
        yield _tr("Visits of {0}").format(day.clinician)
    elif names:
        yield _tr("All clinicians: {0}").format(", ".join(dict.fromkeys(names)))
    if day.hidden:
        yield _tr("{0} visits of others are not on these pages").format(day.hidden)


def _visit(row: VisitRows, view: VisitView) -> PageVisit:
    labels = {line.code.code: texts.core(line.code.label) for line in view.reckoning.lines}
    cms = view.payer.unit_rule is UnitRule.CMS
    rule = _tr("8-minute rule") if cms else _tr("midpoint rule")
    treated = _tr("{0} min treated").format(view.total_minutes)
    about = " · ".join((view.visit.discipline, row.payer, rule, treated))
    status = row.status.text
    signed = ", ".join(_name(s.name, s.credentials) for s in view.record.signatures)
    if view.visit.signed and signed:
        status = f"{status} · {signed}"
    return PageVisit(
        row.patient,
        about,
        row.minutes,
        texts.units(view.reckoning.timed_units, view.reckoning.untimed_units),
        status,
        not view.visit.signed,
        tuple(_line(code, labels.get(code.code, "")) for code in row.codes),
    )


def _to_fix(day: Day) -> Iterable[tuple[str, str]]:
    """Yield what each visit waits for; its patient's id stands there whole."""
    waiting = [view for view in day.visits if not view.visit.signed]
    for view, fix in zip(waiting, fixes_of(waiting), strict=True):
        yield _tr("{0} · not signed").format(view.visit.patient), fix.why


def _line(row: CodeRow, label: str) -> PageLine:
    return PageLine(
        row.code, label, row.times, row.minutes, row.units, row.modifiers, row.remark.text
    )


def _codes(day: Day) -> Iterable[PageCode]:
    units: dict[tuple[bool, str], int] = {}
    labels: dict[str, str] = {}
    for view in day.visits:
        for line in view.reckoning.lines:
            labels[line.code.code] = texts.core(line.code.label)
            key = (not line.code.timed, line.code.code)
            units[key] = units.get(key, 0) + line.units
    most = max(units.values(), default=0)
    ordered = sorted(units.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    for (untimed, code), count in ordered:
        if count:
            yield PageCode(code, labels[code], count, count / most, not untimed)


def _signatures(day: Day, times: Times) -> Iterable[tuple[str, str]]:
    """Yield for each clinician how many of the visits are signed, and those that wait."""
    names = dict.fromkeys(name for view in day.visits for name in view.record.must_sign)
    for name in names:
        of_name = [view for view in day.visits if name in view.record.must_sign]
        given = [s for view in of_name for s in view.record.signatures if s.clinician == name]
        words = _tr("signed {0} of {1} visits").format(len(given), len(of_name))
        who = name
        if given:
            last = max(given, key=lambda signature: signature.signed_at)
            who = _name(last.name, last.credentials)
            at = f"{times.date(last.signed_at)} {times.time(last.signed_at)}"
            words = _tr("{0}, the last {1}").format(words, at)
        waits = [view.visit.patient for view in of_name if name in view.missing_signatures]
        if waits:
            words = _tr("{0}; not yet: {1}").format(words, ", ".join(waits))
        yield who, words


def _name(name: str, credentials: str) -> str:
    return ", ".join(part for part in (name, credentials) if part)


def _rules(day: Day) -> Iterable[tuple[str, str]]:
    if not day.visits:
        return
    used = {view.payer.unit_rule for view in day.visits}
    first = [
        *(["cms-8-minute"] if UnitRule.CMS in used else []),
        *(["midpoint"] if UnitRule.MIDPOINT in used else []),
    ]
    view = day.visits[0]
    sources = {source.rule: source for source in view.rules.sources}
    for rule in (*first, *_RULES):
        source = sources.get(rule)
        if source is not None:
            edition = f" ({texts.core(source.edition)})" if source.edition else ""
            yield texts.core(source.title), f"{texts.core(source.text)}{edition}"
    yield _tr("Edition"), view.rulebook.edition


def _tr(text: str) -> str:
    return QCoreApplication.translate("paper", text)
