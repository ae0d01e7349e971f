"""What keeps a visit from the biller, and on which screen is it settled?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from ptimer.billing import sign_off
from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.operations.visit_view import VisitView

SCREENS = {
    sign_off.IN_DOUBT: "recovery",
    sign_off.STILL_RUNNING: "edit-times",
    sign_off.NOTHING_TIMED: "edit-times",
    sign_off.GROUP_OF_ONE: "edit-times",
    sign_off.ONE_EVALUATION: "edit-times",
    sign_off.AREA_UNITS: "edit-times",
}
"""Where a thing is settled that the sign screen does not settle."""

_MOST_OF_AN_ID = 16


@dataclass(frozen=True)
class Fix:
    """A visit that does not go to the biller yet, and why, a sentence a line."""

    visit_id: str
    day: date
    title: str
    why: str


def fixes_of(views: Iterable[VisitView]) -> tuple[Fix, ...]:
    """Return the visits that are not signed, and what each still asks for."""
    return tuple(_fix(view) for view in views if not view.visit.signed)


def screen_for(view: VisitView) -> str:
    """Return the screen on which the first thing is settled that a visit asks for."""
    if view.away:
        return "today"
    first = next(iter(view.to_fix), None)
    return "sign" if first is None else SCREENS.get(first.rule, "sign")


def lead_to(desk: Desk, view: VisitView) -> None:
    """Go to where a visit's first thing is settled."""
    if desk.look_at(view.visit.id):
        desk.show(screen_for(view))


def _fix(view: VisitView) -> Fix:
    patient = texts.short(view.visit.patient, _MOST_OF_AN_ID)
    lines = [f"{texts.words(item.text)}." for item in view.to_fix]
    return Fix(
        view.visit.id,
        view.visit.service_date,
        _tr("{0} · not signed").format(patient),
        "\n".join(lines) or _signature(view),
    )


def _signature(view: VisitView) -> str:
    if not view.record.signatures:
        return _tr("Nothing else is missing: sign it.")
    names = ", ".join(view.missing_signatures)
    return _tr("Waits for the signature of {0}.").format(texts.short(names, 60))


def _tr(text: str) -> str:
    return QCoreApplication.translate("to-fix", text)
