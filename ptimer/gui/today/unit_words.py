"""What does the unit panel say of a visit: its minutes, a line for each code, and why?"""

from PySide6.QtCore import QCoreApplication

from ptimer.billing.codebook import Count
from ptimer.billing.payers import UnitRule
from ptimer.billing.steps import steps_of
from ptimer.billing.visit_units import Line
from ptimer.gui import texts
from ptimer.gui.today.unit_scale import ScaleState
from ptimer.gui.today.unit_table import UnitRow
from ptimer.operations.visit_view import VisitView


def minutes_line(view: VisitView) -> str:
    """Return the minutes that are timed, pooled and treated."""
    timed = _tr("{0} min timed").format(view.timed_minutes)
    total = _tr("{0} min total").format(view.total_minutes)
    pooled = view.reckoning.pooled_minutes
    if pooled != view.timed_minutes:
        timed = _tr("{0} min timed ({1} pooled)").format(view.timed_minutes, pooled)
    return f"{timed} · {total}"


def within_words(view: VisitView, inside: int) -> str:
    """Return that what is timed is treated, in the minutes that the patient was in the clinic."""
    text = _tr("{0} min timed ≤ {1} treated ≤ {2} in the clinic")
    return text.format(view.timed_minutes, view.total_minutes, inside)


def planned_words(view: VisitView) -> tuple[str, ...]:
    """Return what the plan would earn and its title; an empty text where nothing is planned."""
    planned = view.as_planned
    if planned is None or view.visit.signed:
        return ("",)
    units = texts.unit_word(planned.timed_units, planned.untimed_units)
    steps = " ".join(f"{texts.words(step)}." for step in steps_of(planned))
    return steps, _tr("As planned: {0}").format(units)


def pooled_scale(view: VisitView) -> ScaleState:
    """Return the scale of the minutes that count together, with those that are planned."""
    pooled = view.reckoning.pooled_minutes
    planned = None if view.visit.signed else view.as_planned
    return ScaleState(pooled, 0 if planned is None else max(planned.pooled_minutes - pooled, 0))


def scales_of(view: VisitView) -> tuple[ScaleState, ...]:
    """Return one small scale a code where each counts alone."""
    if view.reckoning.rule is not UnitRule.MIDPOINT:
        return ()
    return tuple(
        ScaleState(line.minutes, name=line.code.code)
        for line in view.reckoning.lines
        if line.code.count is Count.POOLED and not line.timed_on
    )


def row_of(line: Line) -> UnitRow:
    """Return the line of a code in the table."""
    remark = ""
    if line.timed_on:
        remark = _tr("with {0}").format(line.timed_on)
    elif not line.code.timed:
        remark = _tr("untimed")
    cap = _tr("none")
    if line.limit is not None:
        cap = _tr("{0} of {1}").format(line.units, line.limit.units)
    if line.together:
        cap = _tr("cut")  # by a limit of several codes, which the warning names
    minutes = "" if line.timed_on else str(line.minutes)
    over = line.cut or (line.limit is not None and line.earned > line.limit.units)
    return UnitRow(line.code.code, remark, minutes, str(line.units), cap, over)


def why_title(view: VisitView) -> str:
    """Return the question that the steps answer; empty where nothing was done."""
    timed = [str(line.units) for line in view.reckoning.lines if line.code.timed]
    untimed = view.reckoning.untimed_units
    if not timed and not untimed:
        return ""
    text = _tr("Why {0}").format(" + ".join(timed) or "0")
    return text + (_tr(", and + {0}").format(untimed) if untimed else "")


def why(view: VisitView) -> str:
    """Return the steps, one a line, and what the other rule would come to."""
    sentences = [f"{texts.words(step)}." for step in view.steps]
    other = view.other_reckoning
    if view.reckoning.lines and other.timed_units != view.reckoning.timed_units:
        template = (
            _tr("By the midpoint rule it would be {0}. This payer counts by CMS.")
            if other.rule is UnitRule.MIDPOINT
            else _tr("By the CMS rule it would be {0}. This payer counts by midpoint.")
        )
        sentences.append(template.format(texts.units(other.timed_units, other.untimed_units)))
    return "\n".join(sentences)


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnitPanel", text)
