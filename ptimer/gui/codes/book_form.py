"""What the forms of this screen share: labelled fields, why, and what is wrong said in the form."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem

Result = TypeVar("Result")


class BookForm(QWidget):
    """A form in the right column; Enter saves, Escape closes.

    Signals:
        made(name): what was typed is kept.
        closed(): nothing is kept after all.
        complained(): something is wrong, and is to be seen.
    """

    made = Signal(str)
    closed = Signal()
    complained = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make what every form has; the form itself puts it into its column."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self.title = Label(look, pixels=16, weight=BOLD, wrap=True)
        self.why = Field(look, "")
        self.complaint = Note(look, "bad")
        self.save = Button(look, "", kind="primary", key="Enter")
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.title)
        self.column.addSpacing(look.px(8))
        self.save.clicked.connect(self.keep)
        self.cancel.clicked.connect(self.closed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    def keep(self) -> None:
        """Keep what is typed; a form says how."""
        raise NotImplementedError

    def attempt(self, operation: Callable[[Clinic], Result]) -> Result | None:
        """Do an operation; what is wrong is said in the form, and None returned."""
        try:
            result = operation(self.desk.clinic)
        except Problem as problem:
            self.complaint.say(self.desk.told_in_form(problem))
            self.complained.emit()
            return None
        self.complaint.say("")
        self.desk.refresh()
        return result

    def ask(self, words: str, widget: QWidget) -> Label:
        """Add a widget below its label, and return the label."""
        label = Label(self.look, words, pixels=12, weight=BOLD)
        label.setIndent(self.look.px(SIDE))
        self.column.addWidget(label)
        self.column.addWidget(widget)
        return label

    def end_with_why(self, words: str, fields: Iterable[Field]) -> None:
        """Add the reason, what may be wrong, and the two buttons; Enter in a field saves."""
        look = self.look
        self.column.addSpacing(look.px(8))
        self.ask(words, self.why)
        self.column.addWidget(self.complaint)
        self.save.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = FlowLayout()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        self.column.addLayout(row)
        for field in (*fields, self.why):
            field.returnPressed.connect(self.keep)
