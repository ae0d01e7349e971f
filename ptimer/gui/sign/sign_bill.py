"""The column on the right of a signature: what will be billed, and who signs for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import Look
from ptimer.gui.sign.billed_table import BilledTable
from ptimer.gui.sign.pair_box import Attestations
from ptimer.gui.sign.signature_box import SignatureBox
from ptimer.gui.texts import Label, Times, heading
from ptimer.gui.why.why_panel import WhyPanel
from ptimer.operations import explaining
from ptimer.operations.visit_view import VisitView


class SignBill(QWidget):
    """What goes to the biller, and the signature under it."""

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self.look = look
        self._view: VisitView | None = None
        self.panel: WhyPanel | None = None
        self.ask = Button(look, self.tr("Why?"), kind="small")
        self.ask.setAccessibleName(self.tr("Why these units and modifiers"))
        self.ask.clicked.connect(self.explain)
        self.attestations = Attestations(look, times)
        self._title = heading(look, "")
        self.table = BilledTable(look)
        self.nothing = Label(look, self.tr("Nothing yet."), pixels=13, color="mute")
        self.signature = SignatureBox(look)
        above = QVBoxLayout()
        above.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        above.setSpacing(look.px(6))
        for widget in (self._title, self.table, self.nothing):
            above.addWidget(widget)
        above.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(16), look.px(14), look.px(16))
        column.setSpacing(look.px(18))
        column.addLayout(above)
        column.addWidget(self.attestations)
        column.addWidget(self.signature)
        column.addStretch()

    def show_view(self, view: VisitView) -> None:
        """Show the lines of a visit at a moment."""
        signed = view.visit.signed
        title = self.tr("What is billed") if signed else self.tr("What will be billed")
        self._title.say(title.upper())
        self.table.show_view(view)
        self.nothing.setVisible(not view.reckoning.lines)
        self._view = view
        self.ask.setVisible(bool(view.reckoning.lines))
        self.attestations.show_view(view)

    @property
    def view(self) -> VisitView | None:
        """The visit that is shown."""
        return self._view

    def explain(self) -> None:
        """Say why each unit and modifier is there."""
        if self._view is None:
            return
        if self.panel is None:
            self.panel = WhyPanel(self.look)
        self.panel.explain(explaining.of_visit(self._view), self.ask)

    def show_nothing(self) -> None:
        """Show that there is no visit."""
        self._title.say(self.tr("What will be billed").upper())
        self.table.show_rows(())
        self.nothing.show()
        self.ask.hide()
        self.attestations.hide()
