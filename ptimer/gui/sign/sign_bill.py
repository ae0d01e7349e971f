"""The column on the right of a signature: what will be billed, and who signs for it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.painting import SIDE
from ptimer.gui.look import Look
from ptimer.gui.sign.billed_table import BilledTable
from ptimer.gui.sign.signature_box import SignatureBox
from ptimer.gui.texts import Label, heading
from ptimer.operations.visit_view import VisitView


class SignBill(QWidget):
    """What goes to the biller, and the signature under it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty column."""
        super().__init__(parent)
        self._title = heading(look, "")
        self.table = BilledTable(look)
        self.nothing = Label(look, self.tr("Nothing yet."), pixels=13, color="mute")
        self.signature = SignatureBox(look)
        above = QVBoxLayout()
        above.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        above.setSpacing(look.px(6))
        for widget in (self._title, self.table, self.nothing):
            above.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(16), look.px(14), look.px(16))
        column.setSpacing(look.px(18))
        column.addLayout(above)
        column.addWidget(self.signature)
        column.addStretch()

    def show_view(self, view: VisitView) -> None:
        """Show the lines of a visit at a moment."""
        signed = view.visit.signed
        title = self.tr("What is billed") if signed else self.tr("What will be billed")
        self._title.say(title.upper())
        self.table.show_view(view)
        self.nothing.setVisible(not view.reckoning.lines)

    def show_nothing(self) -> None:
        """Show that there is no visit."""
        self._title.say(self.tr("What will be billed").upper())
        self.table.show_rows(())
        self.nothing.show()
