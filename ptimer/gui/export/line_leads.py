"""What is to be looked at before the lines are sent, and where does a press on it lead?"""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication

from ptimer.gui import texts
from ptimer.gui.day_summary.to_fix import Fix, screen_for
from ptimer.gui.desk import Desk
from ptimer.operations.line_warnings import FIFTH_MODIFIER, LineWarning

_MOST_OF_AN_ID = 16


def fixes(warnings: tuple[LineWarning, ...], today: date) -> tuple[Fix, ...]:
    """Return a press for each warning."""
    return tuple(
        Fix(each.visit_id, each.day or today, _title(each), f"{texts.words(each.text)}.")
        for each in warnings
    )


def lead(warning: LineWarning, desk: Desk, open_clinician: Callable[[str], None]) -> None:
    """Go to the visit or the clinician that a warning is about."""
    if warning.clinician:
        open_clinician(warning.clinician)
    elif desk.look_at(warning.visit_id) and desk.view is not None:
        desk.show(screen_for(desk.view))


def _title(warning: LineWarning) -> str:
    if warning.clinician:
        return _tr("{0} · no NPI").format(texts.short(warning.clinician, _MOST_OF_AN_ID))
    patient = texts.short(warning.patient, _MOST_OF_AN_ID)
    if warning.rule == FIFTH_MODIFIER:
        return _tr("{0} · {1}: too many modifiers").format(patient, warning.code)
    return _tr("{0} · more than six lines").format(patient)


def _tr(text: str) -> str:
    return QCoreApplication.translate("export", text)
