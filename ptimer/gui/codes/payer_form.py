"""The form in which a clinic makes or changes a payer of its own."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from ptimer.billing.payers import Payer, UnitRule
from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.codes.limit_rows import LimitRows
from ptimer.gui.codes.modifier_rows import ModifierRows
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, heading
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
        self.rule = Segments(look, self.tr("Counts by"), rules, wraps=True)
        self.rule.setContentsMargins(look.px(SIDE), 0, 0, 0)
        self.caps = CheckBox(look, self.tr("CMS's units a day (MUE) limit it"))
        self.slp = CheckBox(look, self.tr("Pays speech-language services of an assistant"))
        self.zeros = CheckBox(look, self.tr("Lines without a unit go to the biller"))
        self.relaxes = CheckBox(look, self._relaxed_words())
        self.relaxed_why = Field(look, self.tr("Why they may run beside it"), hint=self.tr("why"))
        self.limits = LimitRows(look)
        self.marks = CheckBox(look, self.tr("CQ and CO mark an assistant's part"))
        self.threshold = CheckBox(look, self.tr("KX is asked for above the year's threshold"))
        self.modifiers = ModifierRows(look)
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        self._changed = ""
        self._arrange()
        self.relaxes.toggled.connect(self.relaxed_why.setVisible)
        for rows in (self.limits, self.modifiers):
            rows.entered.connect(self.keep)

    def open(self) -> None:
        """Show an empty form, and wait for a name."""
        self._fill(TypedPayer("", UnitRule.CMS), self.tr("Add a payer"))

    def open_copy(self, payer: Payer) -> None:
        """Show what a payer says, and wait for another name."""
        typed = replace(typed_payer.typed_of(payer), name="")
        self._fill(typed, self.tr("A copy of {0}").format(payer.name))

    def open_change(self, payer: Payer) -> None:
        """Show what a payer of the clinic's own says, to be changed from now on."""
        self._fill(typed_payer.typed_of(payer), self.tr("Change {0}").format(payer.name))
        self._changed = payer.name
        self.about.say(
            self.tr(
                "Counts for visits that are not signed yet. Signed visits keep what it said when "
                "they were signed."
            )
        )
        self.about.show()
        self.save.set_words(self.tr("Keep the change"))
        self.why.setAccessibleName(self.tr("Why this payer is changed"))
        self.name.setEnabled(False)
        self.rule.parts[self.rule.value()].setFocus()

    def keep(self) -> None:
        """Keep the payer."""
        typed, why = self._typed(), self.why.text()
        operation = typed_payer.change if self._changed else typed_payer.make
        made = self.attempt(lambda clinic: operation(clinic, typed, why))
        for field in (self.name, self.relaxed_why, self.why):
            field.mark_wrong(made is None and not field.text().strip())
        if made is not None:
            self.made.emit(made.name)

    # -- inside --------------------------------------------------------------------------------

    def _relaxed_words(self) -> str:
        codes = ", ".join(code.code for code in self.desk.clinic.rulebook.codes if code.exclusive)
        return self.tr("Supervised modalities may run beside {0}").format(codes)

    def _fill(self, typed: TypedPayer, title: str) -> None:
        """Show a payer, and wait for its name."""
        self.title.say(title)
        self.complaint.say("")
        self._changed = ""
        self.about.hide()
        self.save.set_words(self.tr("Add payer"))
        self.why.setAccessibleName(self.tr("Why this payer is added"))
        self.name.setEnabled(True)
        for typed_in, text in (
            (self.name, typed.name),
            (self.relaxed_why, typed.relaxed_because),
            (self.why, ""),
        ):
            typed_in.setText(text)
            typed_in.mark_wrong(False)
        self.rule.set_value(typed.unit_rule.value)
        for box, ticked in (
            (self.caps, typed.follows_mue),
            (self.slp, typed.pays_slp_assistants),
            (self.zeros, typed.zero_unit_lines),
            (self.relaxes, typed.relaxes_billed_alone),
            (self.marks, typed.assistant_modifiers),
            (self.threshold, typed.kx_threshold),
        ):
            box.setChecked(ticked)
        self.relaxed_why.setVisible(typed.relaxes_billed_alone)
        self.limits.set_values(typed.limits)
        self.modifiers.set_values(typed.modifiers)
        self.show()
        self.name.setFocus()

    def _arrange(self) -> None:
        look = self.look
        self.column.addWidget(self.about)
        self.ask(self.tr("Name"), self.name)
        self.ask(self.tr("Counts by"), self.rule)
        for widget in (self.caps, self.slp, self.zeros, self.relaxes, self.relaxed_why):
            self.column.addWidget(widget)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(heading(look, self.tr("Daily limits of its own")))
        self.column.addWidget(self.limits)
        self.column.addSpacing(look.px(8))
        self.column.addWidget(heading(look, self.tr("Modifiers of its lines")))
        for below in (self.marks, self.threshold, self.modifiers):
            self.column.addWidget(below)
        self.end_with_why(self.tr("Why: kept with it"), (self.name, self.relaxed_why))

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
            modifiers=self.modifiers.values(),
            assistant_modifiers=self.marks.isChecked(),
            kx_threshold=self.threshold.isChecked(),
        )
