"""What goes to the biller of a visit? One row a line, those that stay in the record included."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ptimer.billing.modifiers import BilledLine
from ptimer.billing.visit_units import Line
from ptimer.gui import texts
from ptimer.gui.controls.plain_table import Cell, Column, PlainTable, TableRow
from ptimer.gui.look import Look
from ptimer.operations.visit_view import VisitView


class BilledTable(PlainTable):
    """Code, minutes, units and modifiers of every line, and their sums."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty table."""
        columns = (
            Column(_tr("Code"), 0.395),
            Column(_tr("Min"), 0.515),
            Column(_tr("Units"), 0.73),
            Column(_tr("Modifiers"), 1.0),
        )
        super().__init__(look, _tr("What will be billed"), columns, parent)

    def show_view(self, view: VisitView) -> None:
        """Show the lines of a visit at a moment."""
        self.show_rows(rows_of(view))


def rows_of(view: VisitView) -> tuple[TableRow, ...]:
    """Return the rows of a visit's lines, and their sums."""
    lines = view.billed_lines
    return (*(_row(view, line) for line in lines), *(_sums(view) if lines else ()))


def _row(view: VisitView, billed: BilledLine) -> TableRow:
    line = billed.line
    return TableRow(
        (
            Cell(line.code.code, _about(line)),
            Cell("" if line.timed_on else str(billed.minutes)),
            Cell(str(billed.units), _about_units(view, line)),
            _goes_out(view, billed),
        )
    )


def _about(line: Line) -> str:
    if line.timed_on:
        return _tr("with {0}").format(line.timed_on)
    return "" if line.code.timed else _tr("untimed")


def _about_units(view: VisitView, line: Line) -> str:
    pool = view.reckoning.pool
    code = line.timed_on or line.code.code
    if view.reckoning.tied and pool is not None and code in pool.tied and line.units:
        return _tr("so far")
    return _tr("of {0}").format(line.earned) if line.cut else ""


def _goes_out(view: VisitView, billed: BilledLine) -> Cell:
    if billed.units:
        return Cell(" ".join(billed.modifiers))
    if view.payer.zero_unit_lines:
        return Cell(_tr("sent with 0"), color="mute", quiet=True)
    return Cell(_tr("record only"), color="mute", quiet=True)


def _sums(view: VisitView) -> tuple[TableRow, ...]:
    """Return the sums; minutes are added up among timed codes alone, as the record does it."""
    reckoning = view.reckoning
    untimed = any(not line.code.timed for line in reckoning.lines)
    timed = str(reckoning.timed_minutes)
    if not untimed:
        return (_sum(_tr("Total"), timed, str(reckoning.total_units)),)
    units = texts.units(reckoning.timed_units, reckoning.untimed_units)
    return (
        _sum(_tr("Timed"), timed, str(reckoning.timed_units)),
        _sum(_tr("Total"), "", units),
    )


def _sum(name: str, minutes: str, units: str) -> TableRow:
    return TableRow((Cell(name), Cell(minutes), Cell(units), Cell("")), total=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("billed", text)
