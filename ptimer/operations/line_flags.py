"""What should a biller look at, of a line? The words of its `flags` column (cli.md, Files)."""

from collections.abc import Iterable

from ptimer.billing.modifiers import BilledLine
from ptimer.operations.visit_view import VisitView

UNSIGNED = "UNSIGNED"


def flags_of(view: VisitView, billed: BilledLine) -> Iterable[str]:
    """Return the flags of one row, in the order of the contract."""
    line, reckoning = billed.line, view.reckoning
    long = view.rules.long_treatment(line.code.code)
    if not view.visit.signed:
        yield UNSIGNED
    if any(segment.edited for segment in view.timed_in(billed)):
        yield "EDITED"
    if reckoning.chosen and reckoning.pool and line.code.code in reckoning.pool.tied:
        yield "TIE-CHOSEN"
    if line.cut:
        yield "CAP-CUT"
    if long and line.minutes > long.minutes:
        yield "OVER-60"
    if any(pair.modifier and pair.edit.column2 == line.code.code for pair in view.pairs):
        yield "PTP-ATTESTED"
    if line.units and view.kx_to_check:
        yield "KX-CHECK"
