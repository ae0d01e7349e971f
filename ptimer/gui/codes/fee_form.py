"""What a payer allows for a unit: the fees that tell how near a patient's yearly threshold is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.codes.typed_rows import TypedRow, TypedRows
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import Label
from ptimer.operations import fee_files, fees
from ptimer.operations.clinic import Clinic
from ptimer.operations.fees import Fee, TypedFee

AskFile = Callable[[QWidget], Path | None]


class FeeRow(TypedRow):
    """One fee: a code and what is allowed for a unit of it; without an amount there is none."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty row."""
        super().__init__(parent)
        self.code = Field(look, self.tr("Code of the fee"), hint=self.tr("code"))
        self.amount = Field(look, self.tr("Allowed for a unit"), hint=self.tr("such as 36.50"))
        self.remove = Button(look, "", kind="flat", icon="close")
        self.remove.setAccessibleName(self.tr("Take this fee away"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.addWidget(self.code, 0, 0)
        grid.addWidget(self.amount, 0, 1)
        grid.addWidget(self.remove, 0, 2)
        self.remove.clicked.connect(self.removed)
        for each in (self.code, self.amount):
            each.returnPressed.connect(self.entered)

    def value(self) -> TypedFee:
        """Return what is typed."""
        return TypedFee(self.code.text(), self.amount.text())

    def in_order(self) -> list[QWidget]:
        """Return the controls in the order of the Tab key."""
        return [self.code, self.amount, self.remove]


class FeeRows(TypedRows[FeeRow]):
    """As many fees as a person types."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make no row."""
        super().__init__(look, "", parent)
        self.add.set_words(self.tr("Add a fee"))

    def make_row(self) -> FeeRow:
        """Make an empty fee."""
        return FeeRow(self.look, self)

    def values(self) -> list[TypedFee]:
        """Return what is typed; a row in which nothing was typed is none."""
        typed = [row.value() for row in self.rows]
        return [each for each in typed if each.code.strip() or each.amount.strip()]

    def show_fee(self, fee: Fee) -> None:
        """Show a fee that is known."""
        self.add_row()
        self.rows[-1].code.setText(fee.code)
        self.rows[-1].amount.setText("" if fee.cents is None else f"{fee.cents / 100:.2f}")


class FeeForm(BookForm):
    """The fees of one payer in one year, typed or from a file."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(look, desk, parent)
        self.ask_file: AskFile = _ask_file
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self.year = Field(look, self.tr("Year"), hint="2026")
        self.rows = FeeRows(look)
        self.file = Button(look, self.tr("From a file…"), kind="small", icon="file")
        self.file.setToolTip(self.tr("CSV with the columns code and fee"))
        self._payer = ""
        self._known: list[Fee] = []
        self._shown = ("", "")
        self.column.addWidget(self.about)
        self.column.addSpacing(look.px(8))
        self.ask(self.tr("Year"), self.year)
        self.column.addSpacing(look.px(6))
        self.ask(self.tr("Code, and what is allowed for a unit"), self.rows)
        self.column.addWidget(self.file)
        self.end_with_why(self.tr("Where they are written: kept with them"), (self.year,))
        self.why.setAccessibleName(self.tr("Where the fees are written"))
        self.rows.entered.connect(self.keep)
        self.file.clicked.connect(self._read_file)
        self.year.editingFinished.connect(self._show_known)

    def open_payer(self, name: str) -> None:
        """Show what is known of a payer's fees this year."""
        self._payer = name
        self.title.say(self.tr("Fees of {0}").format(name))
        self.about.say(
            self.tr(
                "Allowed charges add up to this PC's part of the yearly threshold (KX). A fee "
                "that is left empty is taken away."
            )
        )
        self.save.set_words(self.tr("Keep the fees"))
        self.year.setText(str(self.desk.today.date.year))
        self.why.clear()
        self.complaint.say("")
        self._shown = ("", "")
        self.show()
        self._show_known()
        self.year.setFocus()

    def keep(self) -> None:
        """Keep what is typed; a known fee whose row is gone is taken away."""
        typed = self.rows.values()
        there = {each.code.strip().upper() for each in typed}
        gone = [TypedFee(fee.code, "") for fee in self._known if fee.code not in there]
        payer, year, source = self._payer, self.year.text(), self.why.text()

        def save(clinic: Clinic) -> list[Fee]:
            return fees.save(clinic, payer, fees.year_of(clinic, year), [*typed, *gone], source)

        if self.attempt(save) is not None:
            self.made.emit(payer)

    def _show_known(self) -> None:
        """Show the fees of the year that stands there; what can't be a year shows none."""
        payer, year = self._payer, self.year.text()
        if (payer, year) == self._shown:
            return  # the keyboard only passed through the year
        self._shown = (payer, year)

        def read(clinic: Clinic) -> list[Fee]:
            wanted = fees.year_of(clinic, year)
            return [fee for fee in fees.known(clinic, wanted) if fee.payer == payer]

        found = self.attempt(read)
        self._known = found or []
        focused = self.window().focusWidget() if self.isVisible() else None
        self.rows.clear()
        for fee in self._known:
            self.rows.show_fee(fee)
        if focused is not None:
            focused.setFocus()

    def _read_file(self) -> None:
        path = self.ask_file(self)
        if path is None:
            return
        read = self.attempt(lambda _: fee_files.read(path))
        for each in read or ():
            self.rows.add_row()
            self.rows.rows[-1].code.setText(each.code)
            self.rows.rows[-1].amount.setText(each.amount)


def _ask_file(parent: QWidget) -> Path | None:
    title = QCoreApplication.translate("FeeForm", "A list of fees")
    kinds = QCoreApplication.translate("FeeForm", "CSV files (*.csv)")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(chosen) if chosen else None
