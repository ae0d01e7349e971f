"""What does each visit's row on the left say?"""

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.texts import Times
from ptimer.gui.today.visit_card import VisitRow
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


def rows_of(
    today: Today, now: Instant, times: Times, looked_at: VisitView | None = None
) -> list[VisitRow]:
    """Return the rows of a day, then those of earlier days that are not signed.

    A visit of another day that is looked at stands with them, though nothing is timed in it yet.
    """
    rows = [row_of(view.at(now), times) for view in today.visits]
    earlier = list(today.earlier)
    if looked_at is not None and not looked_at.visit.signed and not _knows(today, looked_at):
        earlier.insert(0, looked_at)
    if earlier:
        rows.append(VisitRow("earlier", _tr("Unsigned from earlier days"), "", "", is_heading=True))
        rows += [_earlier(view.at(now)) for view in earlier]
    return rows


def _knows(today: Today, view: VisitView) -> bool:
    return today.visit(view.visit.id) is not None


def row_of(view: VisitView, times: Times) -> VisitRow:
    """Return the row of a visit of today."""
    visit = view.visit
    mark, mark_text = _mark(view)
    return VisitRow(
        visit.id,
        visit.patient,
        f"{visit.discipline} · {visit.payer}",
        _right(view, times),
        _right_short(view),
        mark,
        mark_text,
    )


def _earlier(view: VisitView) -> VisitRow:
    visit = view.visit
    mark, mark_text = _mark(view)
    about = f"{visit.discipline} · {visit.payer}"
    date = texts.written_date(visit.service_date)
    return VisitRow(visit.id, visit.patient, about, date, mark=mark, mark_text=mark_text)


def _right(view: VisitView, times: Times) -> str:
    visit = view.visit
    if not view.record.segments:
        if visit.planned_at is None:
            return ""
        return _tr("planned {0}").format(times.time(visit.planned_at))
    minutes = _tr("{0} min").format(view.timed_minutes)
    if view.in_doubt:
        return _tr("{0} min + in doubt").format(view.sure.timed_minutes)
    reckoning = view.reckoning
    units = texts.unit_word(reckoning.timed_units, reckoning.untimed_units)
    return f"{minutes} · {units}"


def _right_short(view: VisitView) -> str:
    """Return the same in fewer words, for a narrow column."""
    if not view.record.segments:
        return ""
    if view.in_doubt:
        return _tr("{0} min + ?").format(view.sure.timed_minutes)
    reckoning = view.reckoning
    minutes = _tr("{0} min").format(view.timed_minutes)
    return f"{minutes} · {texts.units(reckoning.timed_units, reckoning.untimed_units)}"


def marked_words(view: VisitView) -> str:
    """Return that a visit was cancelled, a no-show or stopped early; nothing where it was not."""
    mark = view.record.mark
    if mark is None:
        return ""
    return {
        "cancelled": _tr("cancelled"),
        "no-show": _tr("no-show"),
        "stopped-early": _tr("stopped early"),
    }[mark.kind]


def _mark(view: VisitView) -> tuple[str, str]:
    if view.away:
        return "gone", marked_words(view)
    running = view.running_codes
    if "visit" in view.record.unsaved_facts:
        return "warn", _tr("NOT recorded")
    if view.in_doubt:
        doubtful = [s.code for s in view.record.segments if s.id in view.record.doubts]
        return "warn", f"{doubtful[0]}?"
    if running:
        more = f" +{len(running) - 1}" if len(running) > 1 else ""
        return "run", f"{running[-1]}{more}"
    if view.visit.signed:
        return "ok", _tr("signed")
    to_fix = len(view.to_fix) if view.record.segments else 0
    if to_fix:
        return "warn", _tr("{0} to fix").format(to_fix)
    return "", ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("visits", text)
