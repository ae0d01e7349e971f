"""What does the panel say of the next unit: when it is earned, and which code gets it?"""

from PySide6.QtCore import QCoreApplication

from ptimer.billing.codebook import Count
from ptimer.billing.visit_units import Line
from ptimer.operations.coach import NextUnit, next_unit, would_be_cut
from ptimer.operations.visit_view import VisitView


def next_lines(view: VisitView) -> list[str]:
    """Return the lines for a visit that is not signed."""
    unit = next_unit(view)
    if unit is not None:
        line = _line(unit.at - unit.to_go, unit.at)
        pooled = [each for each in view.reckoning.lines if each.code.count is Count.POOLED]
        # Of a single code it needs no saying.
        return [line, *_gets(unit)] if len(pooled) > 1 or unit.cut else [line]
    lines = [line for line in view.reckoning.lines if line.next_unit_at is not None]
    if not lines:
        return [_tr("First unit of each code at 8 min")]
    running = [line for line in lines if line.code.code in view.running_codes]
    return [_own(view, line) for line in running or lines]


def _own(view: VisitView, line: Line) -> str:
    """Return the line of a code that counts alone: its next unit is its own."""
    words = f"{line.code.code}: {_line(line.minutes, line.next_unit_at or 0)}"
    return f"{words} · {_over()}" if would_be_cut(view, line.code.code) else words


def _gets(unit: NextUnit) -> list[str]:
    running = " + ".join(unit.running)
    if unit.tied:
        codes = f" {_tr('or')} ".join(unit.tied)
        return [_tr("If {0} goes on, it is a tie then: {1}").format(running, codes)]
    if not unit.gets:
        return []
    said = _tr("If {0} goes on, it goes to {1}").format(running, " + ".join(unit.gets))
    if unit.loses:
        words = _tr("one of {0} goes there, too")
        said = f"{said}; {words.format(' + '.join(unit.loses))}"
    return [f"{said} · {_over()}" if unit.cut else said]


def _over() -> str:
    return _tr("but that is over the daily limit")


def _line(minutes: int, at: int) -> str:
    if minutes == 0:
        return _tr("First unit at {0} min").format(at)
    return _tr("Next unit at {0} min: {1} min to go").format(at, at - minutes)


def _tr(text: str) -> str:
    return QCoreApplication.translate("units", text)
