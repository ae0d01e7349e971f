"""Which visits does an export hold back, and where does a press on one of them lead?"""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.day_summary.shown_day import ShownDay
from ptimer.gui.day_summary.to_fix import Fix, fixes_of, lead_to
from ptimer.gui.desk import Desk
from ptimer.operations import typed_text
from ptimer.operations.exporting import HeldBack
from ptimer.operations.visit_view import VisitView

_MOST_OF_AN_ID = 16


def fixes(held_back: tuple[HeldBack, ...], desk: Desk) -> tuple[Fix, ...]:
    """Return the visits that are held back, with what the desk knows of them."""
    views = _by_patient_and_date(desk)
    return tuple(_fix(held, views.get((held.patient, held.date), [])) for held in held_back)


def lead(fix: Fix, desk: Desk, shown: ShownDay) -> None:
    """Go to where a visit is settled; one that the desk does not know stands in its day."""
    view = desk.today.visit(fix.visit_id)
    if view is not None:
        lead_to(desk, view)
        return
    shown.go_to(fix.day)
    desk.show("day-summary")


def _by_patient_and_date(desk: Desk) -> dict[tuple[str, str], list[VisitView]]:
    found: dict[tuple[str, str], list[VisitView]] = {}
    for view in (*desk.today.visits, *desk.today.earlier):
        if view.record.segments and not view.visit.signed:
            key = (view.visit.patient, str(view.visit.service_date))
            found.setdefault(key, []).append(view)
    return found


def _fix(held: HeldBack, views: list[VisitView]) -> Fix:
    """Return one visit; a patient's second one of a day is named second, too."""
    day = typed_text.date_of(held.date)
    patient = texts.short(held.patient, _MOST_OF_AN_ID)
    title = _tr("{0} · {1}").format(patient, texts.written_date(day))
    if not views:
        return Fix("", day, title, _tr("Not signed."))
    return replace(fixes_of((views.pop(0),))[0], title=title)


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
