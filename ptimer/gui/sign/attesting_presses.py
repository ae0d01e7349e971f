"""Keeps what a person attests of a visit: pairs, necessity, and what was billed elsewhere."""

from PySide6.QtCore import QObject

from ptimer.gui.desk import Desk
from ptimer.gui.sign.pair_box import Attestations
from ptimer.operations import attesting, fees
from ptimer.operations.visit_view import VisitView


class AttestingPresses(QObject):
    """Between the attestations of the bill and the record."""

    def __init__(self, desk: Desk, box: Attestations) -> None:
        """Listen to the box."""
        super().__init__()
        self._desk = desk
        self._box = box
        self._view: VisitView | None = None
        box.pair_said.connect(self._attest_pair)
        box.necessity_said.connect(self._attest_necessity)
        box.elsewhere_typed.connect(self._keep_elsewhere)

    def show_view(self, view: VisitView | None) -> None:
        """Know the visit that is shown; None: there is none."""
        self._view = view

    def _attest_pair(self, column1: str, column2: str, modifier: str) -> None:
        if self._view is None:
            return
        visit_id = self._view.visit.id
        if modifier:
            self._desk.attempt(lambda c: attesting.attest(c, visit_id, column1, column2, modifier))
        else:
            self._desk.attempt(lambda c: attesting.remove(c, visit_id, column1, column2))

    def _attest_necessity(self, necessary: bool) -> None:
        if self._view is not None:
            visit_id = self._view.visit.id
            self._desk.attempt(
                lambda c: attesting.attest_necessity(c, visit_id, necessary=necessary)
            )

    def _keep_elsewhere(self, amount: str) -> None:
        if self._view is None or self._view.year_sum is None:
            return
        patient, year_sum = self._view.visit.patient, self._view.year_sum
        kept = self._desk.attempt(
            lambda c: fees.save_elsewhere(c, patient, year_sum.pool, year_sum.year, amount) >= 0
        )
        self._box.elsewhere.mark_wrong(not kept)
        if not kept:
            self._box.elsewhere.setModified(True)  # it stays, and Enter means it again
