"""What stands in the right column: the books, or a form in their place?"""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.billing.codebook import Code
from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.codes.code_form import CodeForm
from ptimer.gui.codes.end_form import EndForm
from ptimer.gui.codes.fee_form import FeeForm
from ptimer.gui.codes.payer_form import PayerForm
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import Look


class FormsColumn(QObject):
    """The forms for codes and payers, at most one of them open; else the books are seen.

    Signals:
        made(name): what was typed into a form is kept.
    """

    made = Signal(str)

    def __init__(self, look: Look, desk: Desk, books: QWidget) -> None:
        """Make the column, the books in it."""
        super().__init__()
        self._desk = desk
        self._books = books
        self.payer = PayerForm(look, desk)
        self.code = CodeForm(look, desk)
        self.end = EndForm(look, desk)
        self.fees = FeeForm(look, desk)
        self._forms: tuple[BookForm, ...] = (self.payer, self.code, self.end, self.fees)
        self.area = scrolled(look, self._column(look))
        self._connect()

    def close(self) -> bool:
        """Show the books again, the keyboard back with the window; return whether a form was."""
        shown = any(not form.isHidden() for form in self._forms)
        for form in self._forms:
            if form.isVisible():
                self.area.window().setFocus()
            form.hide()
        self._books.show()
        return shown

    def bring(self, widget: QWidget) -> None:
        """Bring something new into view, once the layout has made room for it."""
        QTimer.singleShot(0, widget, lambda: self.area.ensureWidgetVisible(widget))

    # -- opening -------------------------------------------------------------------------------

    def open_payer(self) -> None:
        """Ask for a new payer."""
        self._clear_the_way()
        self.payer.open()

    def copy_payer(self, name: str) -> None:
        """Ask for a new payer, filled in as another one."""
        self._clear_the_way()
        self.payer.open_copy(self._desk.clinic.rulebook.payers[name])

    def change_payer(self, name: str) -> None:
        """Ask what is to be otherwise of a payer of the clinic's own."""
        self._clear_the_way()
        self.payer.open_change(self._desk.clinic.rulebook.payers[name])

    def end_payer(self, name: str) -> None:
        """Ask since when a payer is not offered any more."""
        self._clear_the_way()
        self.end.open_payer(name)

    def open_fees(self, name: str) -> None:
        """Ask what a payer pays."""
        self._clear_the_way()
        self.fees.open_payer(name)

    def make_code(self, disciplines: list[str]) -> None:
        """Ask for a code of the clinic's own, of these disciplines."""
        self._clear_the_way()
        self.code.open_new(disciplines)

    def copy_code(self, code: Code) -> None:
        """Ask for a code of the clinic's own, filled in as another one."""
        self._clear_the_way()
        self.code.open_copy(code)

    def change_code(self, number: str) -> None:
        """Ask what is to be otherwise of a code of the clinic's own."""
        self._clear_the_way()
        self.code.open_change(self._desk.clinic.rulebook.codes[number])

    def end_code(self, number: str) -> None:
        """Ask since when a code is not in force any more."""
        self._clear_the_way()
        self.end.open_code(number)

    def _clear_the_way(self) -> None:
        """Make room for a form."""
        self.close()
        self._books.hide()
        self.area.verticalScrollBar().setValue(0)

    # -- making --------------------------------------------------------------------------------

    def _column(self, look: Look) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px(18), look.px(16), look.px(14), look.px(16))
        column.setSpacing(0)
        column.addWidget(self._books)
        for form in self._forms:
            column.addWidget(form)
            form.hide()
        column.addStretch()
        return right

    def _connect(self) -> None:
        for form in self._forms:
            form.closed.connect(self.close)
            form.made.connect(self.made)
            form.complained.connect(partial(self.bring, form.complaint))
        for rows in (self.payer.limits, self.payer.modifiers, self.fees.rows):
            rows.added.connect(self.bring)
