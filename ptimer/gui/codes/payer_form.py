"""The form in which a clinic makes a payer of its own."""

from PySide6.QtWidgets import QWidget

from ptimer.billing.payers import Payer, UnitRule
from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.codes.limit_rows import LimitRows, beginning_with
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import heading
from ptimer.operations import typed_payer
from ptimer.operations.typed_payer import TypedPayer


class PayerForm(BookForm):
    """Asks what a payer counts by, caps and wants to see."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(look, desk, parent)
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
        self.why.setAccessibleName(self.tr("Why this payer is added"))
        self.save.set_words(self.tr("Add payer"))
        self._arrange()
        self.relaxes.toggled.connect(self.relaxed_why.setVisible)
        self.limits.entered.connect(self.keep)
        self._empty()

    def open(self) -> None:
        """Show an empty form, and wait for a name."""
        self._empty()
        self.title.say(self.tr("Add a payer"))
        self.show()
        self.name.setFocus()

    def open_copy(self, payer: Payer) -> None:
        """Show what a payer says, and wait for another name."""
        self._empty()
        self.title.say(self.tr("A copy of {0}").format(payer.name))
        self.rule.set_value(payer.unit_rule.value)
        self.caps.setChecked(payer.follows_mue)
        self.slp.setChecked(payer.pays_slp_assistants)
        self.zeros.setChecked(payer.zero_unit_lines)
        self.relaxes.setChecked(payer.relaxes_billed_alone)
        self.relaxed_why.setText(payer.relaxed_because)
        self.limits.set_values(payer.own_limits)
        self.show()
        self.name.setFocus()

    def keep(self) -> None:
        """Keep the payer."""
        typed, why = self._typed(), self.why.text()
        made = self.attempt(lambda clinic: typed_payer.make(clinic, typed, why))
        for field in (self.name, self.relaxed_why, self.why):
            field.mark_wrong(made is None and not field.text().strip())
        if made is not None:
            self.made.emit(made.name)

    # -- inside --------------------------------------------------------------------------------

    def _relaxed_words(self) -> str:
        codes = ", ".join(code.code for code in self.desk.clinic.rulebook.codes if code.exclusive)
        return self.tr("Supervised modalities may run beside {0}").format(codes)

    def _empty(self) -> None:
        self.complaint.say("")
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
        self.ask(self.tr("Name"), self.name)
        self.ask(self.tr("Counts by"), beginning_with(self.rule, look.px(SIDE)))
        for widget in (self.caps, self.slp, self.zeros, self.relaxes, self.relaxed_why):
            self.column.addWidget(widget)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(heading(look, self.tr("Daily limits of its own")))
        self.column.addWidget(self.limits)
        self.end_with_why(self.tr("Why it is added: kept with it"), (self.name, self.relaxed_why))

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
