"""The form in which a clinic makes a payer of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.billing.payers import UnitRule
from ptimer.gui.codes.limit_rows import LimitRows, beginning_with
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, heading
from ptimer.operations import typed_payer
from ptimer.operations.typed_payer import TypedPayer


class PayerForm(QWidget):
    """Asks what a payer counts by, caps and wants to see.

    Signals:
        made(name): the payer is there.
        closed(): none is made after all.
    """

    made = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self.name = Field(look, self.tr("Payer's name"))
        rules = [
            (UnitRule.CMS.value, self.tr("8-minute rule")),
            (UnitRule.MIDPOINT.value, self.tr("Midpoint")),
        ]
        self.rule = Segments(look, self.tr("Counts by"), rules)
        self.caps = CheckBox(look, self.tr("CMS's units a day (MUE) limit it"))
        self.slp = CheckBox(look, self.tr("Pays speech-language services of an assistant"))
        self.zeros = CheckBox(look, self.tr("Lines without a unit go to the biller"))
        self.relaxes = CheckBox(look, self._relaxed_words())
        self.relaxed_why = Field(look, self.tr("Why they may run beside it"), hint=self.tr("why"))
        self.limits = LimitRows(look)
        self.why = Field(look, self.tr("Why this payer is added"))
        self.save = Button(look, self.tr("Add payer"), kind="primary", key="Enter")
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self._arrange()
        self._connect()
        self._empty()

    def open(self) -> None:
        """Show an empty form, and wait for a name."""
        self._empty()
        self.show()
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _relaxed_words(self) -> str:
        codes = ", ".join(code.code for code in self.desk.clinic.rulebook.codes if code.exclusive)
        return self.tr("Supervised modalities may run beside {0}").format(codes)

    def _empty(self) -> None:
        for field in (self.name, self.relaxed_why, self.why):
            field.clear()
            field.mark_wrong(False)
        self.rule.set_value(UnitRule.CMS.value)
        for box in (self.caps, self.zeros, self.relaxes):
            box.setChecked(False)
        self.slp.setChecked(True)
        self.relaxed_why.hide()
        self.limits.clear()

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(look, self.tr("Add a payer"), pixels=16, weight=BOLD))
        column.addSpacing(look.px(8))
        self._ask(column, self.tr("Name"), self.name)
        self._ask(column, self.tr("Counts by"), beginning_with(self.rule, look.px(SIDE)))
        for box in (self.caps, self.slp, self.zeros, self.relaxes):
            column.addWidget(box)
        column.addWidget(self.relaxed_why)
        column.addSpacing(look.px(8))
        column.addWidget(heading(look, self.tr("Daily limits of its own")))
        column.addWidget(self.limits)
        column.addSpacing(look.px(8))
        self._ask(column, self.tr("Why it is added: kept with it"), self.why)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.save, 1)
        row.addWidget(self.cancel)
        column.addLayout(row)

    def _ask(self, column: QVBoxLayout, words: str, widget: QWidget) -> None:
        label = Label(self.look, words, pixels=12, weight=BOLD)
        label.setIndent(self.look.px(SIDE))
        column.addWidget(label)
        column.addWidget(widget)

    def _connect(self) -> None:
        self.relaxes.toggled.connect(self.relaxed_why.setVisible)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.closed)
        self.limits.entered.connect(self._save)
        for field in (self.name, self.relaxed_why, self.why):
            field.returnPressed.connect(self._save)

    def _typed(self) -> TypedPayer:
        relaxes = self.relaxes.isChecked()
        return TypedPayer(
            self.name.text(),
            UnitRule(self.rule.value()),
            follows_mue=self.caps.isChecked(),
            pays_slp_assistants=self.slp.isChecked(),
            zero_unit_lines=self.zeros.isChecked(),
            relaxes_billed_alone=relaxes,
            relaxed_because=self.relaxed_why.text() if relaxes else "",
            limits=self.limits.values(),
        )

    def _save(self) -> None:
        typed, why = self._typed(), self.why.text()
        made = self.desk.attempt(lambda clinic: typed_payer.make(clinic, typed, why))
        for field in (self.name, self.relaxed_why, self.why):
            field.mark_wrong(made is None and not field.text().strip())
        if made is not None:
            self.made.emit(made.name)
