"""The units by both rules beside each other: 8 minutes pooled, and midpoint."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ptimer.billing.payers import UnitRule
from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.operations.visit_view import VisitView

_RIGHT = Qt.AlignmentFlag.AlignRight


class RulesBeside(Box):
    """A small table: each code's minutes, its units by either rule, and the sum."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(look, parent)
        self.rows: list[tuple[str, ...]] = []
        self._labels: list[Label] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(11), look.px(9), look.px(11), look.px(9))
        self._grid.setHorizontalSpacing(look.px(10))
        self._grid.setVerticalSpacing(look.px(4))
        self._grid.setColumnStretch(0, 1)

    def show_view(self, view: VisitView) -> None:
        """Show a visit by both rules; the one that counts is named."""
        both = {each.rule: each for each in (view.reckoning, view.other_reckoning)}
        cms, midpoint = both[UnitRule.CMS], both[UnitRule.MIDPOINT]
        rows: list[tuple[str, ...]] = [
            (self.tr("Code"), self.tr("Min"), self.tr("CMS"), self.tr("Midpoint"))
        ]
        codes = dict.fromkeys(line.code.code for each in (cms, midpoint) for line in each.lines)
        for code in codes:
            lines = [each.line(code) for each in (cms, midpoint)]
            minutes = next((line.minutes for line in lines if line is not None), 0)
            units = [str(line.units) if line is not None else "0" for line in lines]
            rows.append((code, str(minutes), *units))
        sums = [texts.units(each.timed_units, each.untimed_units) for each in (cms, midpoint)]
        rows.append((self.tr("Units"), "", *sums))
        counts = (
            self.tr("This payer counts by CMS.")
            if view.reckoning.rule is UnitRule.CMS
            else self.tr("This payer counts by midpoint.")
        )
        self._show([*rows, (counts,)])

    def _show(self, rows: list[tuple[str, ...]]) -> None:
        if rows == self.rows:
            return
        self.rows = rows
        for label in self._labels:
            self._grid.removeWidget(label)
            label.deleteLater()
        self._labels = []
        for place, row in enumerate(rows):
            for column, words in enumerate(row):
                strong = place == len(rows) - 2
                label = Label(
                    self.look,
                    words,
                    pixels=13,
                    weight=BOLD if strong else 400,
                    color="mute" if place in (0, len(rows) - 1) else "ink",
                    parent=self,
                )
                span = 4 if len(row) == 1 else 1
                side = _RIGHT if column else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(label, place, column, 1, span, side)
                label.show()
                self._labels.append(label)
        self.setAccessibleName("; ".join(", ".join(filter(None, row)) for row in rows))
