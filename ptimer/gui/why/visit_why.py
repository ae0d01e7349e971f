"""Why does a visit of any day come to its units? Asked in a list that holds no visits itself."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.operations import explaining, snapshots

if TYPE_CHECKING:
    from ptimer.gui.why.why_panel import WhyPanel


class VisitWhy(QObject):
    """Reads the visit that is asked about, and explains it beside the list."""

    def __init__(self, look: Look, desk: Desk, beside: QWidget) -> None:
        """Make nothing before it is asked for."""
        super().__init__(beside)
        self.panel: WhyPanel | None = None
        self._look = look
        self._desk = desk
        self._beside = beside

    def explain(self, visit_id: str) -> None:
        """Say why a visit comes to its units and modifiers; one without any has none."""
        from ptimer.gui.why.why_panel import WhyPanel  # seldom, and not at the start

        view = self._desk.attempt(partial(snapshots.visit, visit_id=visit_id), refresh=False)
        if view is None or not view.reckoning.lines:
            return
        if self.panel is None:
            self.panel = WhyPanel(self._look)
        self.panel.explain(explaining.of_visit(view), self._beside)

    def close(self) -> None:
        """Put it away."""
        if self.panel is not None and self.panel.isVisible():
            self.panel.dismiss()
