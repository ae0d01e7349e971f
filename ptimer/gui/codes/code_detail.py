"""All that is known of one code, below the table."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.billing.codebook import Code
from ptimer.billing.own_codes import why_not_copied
from ptimer.billing.visit_units import Terms
from ptimer.gui.codes.code_rows import details_of, not_confirmed
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.notes import Note
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, core


class CodeDetail(Box):
    """The chosen code in sentences; hidden while none is chosen.

    Signals:
        closed(): a person has seen enough of it.
        copy_wanted(code): a code of the clinic's own is to be made of it.
        change_wanted(code): it is to be changed.
        end_wanted(code): it is to be ended.
    """

    closed = Signal()
    copy_wanted = Signal(str)
    change_wanted = Signal(str)
    end_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty box."""
        super().__init__(look, parent)
        self.title = Label(look, weight=BOLD, wrap=True)
        self.text = Label(look, pixels=13, color="mute", wrap=True)
        self.beware = Note(look, "warn")
        self.close_button = Button(look, "", kind="flat", icon="close")
        self.close_button.setAccessibleName(self.tr("Close the details"))
        self.copy = Button(look, self.tr("Copy as own code"), kind="small", icon="plus")
        self.change = Button(look, self.tr("Change…"), kind="small", icon="pencil")
        self.end = Button(look, self.tr("End…"), kind="small")
        self._code = ""
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
        row = QHBoxLayout()
        row.setSpacing(0)
        for button in (self.copy, self.change, self.end):
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self._code))
        self.change.clicked.connect(lambda: self.change_wanted.emit(self._code))
        self.end.clicked.connect(lambda: self.end_wanted.emit(self._code))
        self.close_button.clicked.connect(self.closed)
        self.hide()

    def show_code(self, code: Code | None, terms: Terms) -> None:
        """Show a code, or none."""
        self.setVisible(code is not None)
        if code is None:
            return
        self._code = code.code
        self.copy.setVisible(why_not_copied(code) is None)
        self.change.setVisible(code.own)
        self.end.setVisible(code.own)
        self.title.say(f"{code.code} · {core(code.label)}")
        self.text.say("\n".join(details_of(code, terms)))
        self.beware.say(not_confirmed(code))
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.text.text())
