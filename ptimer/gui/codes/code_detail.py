"""All that is known of one code, below the table."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.codebook import Code
from ptimer.billing.visit_units import Terms
from ptimer.gui.codes.code_rows import details_of, not_confirmed
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.notes import Note
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label


class CodeDetail(Box):
    """The chosen code in sentences; hidden while none is chosen.

    Signals:
        closed(): a person has seen enough of it.
    """

    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty box."""
        super().__init__(look, parent)
        self.title = Label(look, weight=BOLD, wrap=True)
        self.text = Label(look, pixels=13, color="mute", wrap=True)
        self.beware = Note(look, "warn")
        self.close_button = Button(look, "", kind="flat", icon="close")
        self.close_button.setAccessibleName(self.tr("Close the details"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), 0, look.px(6), look.px(10))
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addSpacing(look.px(4))
        column.addWidget(self.beware)
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_code(self, code: Code | None, terms: Terms) -> None:
        """Show a code, or none."""
        self.setVisible(code is not None)
        if code is None:
            return
        self.title.say(f"{code.code} · {code.label}")
        self.text.say("\n".join(details_of(code, terms)))
        self.beware.say(not_confirmed(code))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.text.text())
