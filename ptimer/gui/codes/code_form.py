"""The form in which a clinic makes or changes a code of its own."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ptimer.billing.codebook import Attendance, Code, Count, Discipline
from ptimer.billing.own_codes import ATTENDANCES
from ptimer.billing.payers import Effect
from ptimer.gui.codes.book_form import BookForm
from ptimer.gui.codes.typed_rows import beginning_with
from ptimer.gui.controls.check_box import CheckBox
from ptimer.gui.controls.chips import Chips
from ptimer.gui.controls.fields import Choice, Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.texts import core, heading
from ptimer.operations import own_codes, typed_code
from ptimer.operations.typed_code import TypedCode


class CodeForm(BookForm):
    """Asks how a code is counted, what it asks of the clinician, and since when."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(look, desk, parent)
        self.number = Field(look, self.tr("Code's number"))
        self.label = Field(look, self.tr("Plain label"), hint=self.tr("in your own words"))
        counts = [
            (Count.POOLED.value, self.tr("pooled")),
            (Count.OWN_COUNT.value, self.tr("steps")),
            (Count.UNTIMED.value, self.tr("untimed")),
        ]
        self.count = Segments(look, self.tr("Counted"), counts)
        self.steps = Field(
            look, self.tr("Minutes of a step"), hint=self.tr("minutes of a step, such as 30")
        )
        self.attendance = Choice(look, self.tr("Attendance"))
        for each in ATTENDANCES:
            self.attendance.addItem(self._attendance_words(each), each.value)
        named = [(each.value, each.value) for each in Discipline]
        self.disciplines = Chips(look, self.tr("Disciplines"), named)
        self.alone = CheckBox(look, self.tr("Billed alone: no other code for the same patient"))
        self.most = Field(look, self.tr("Units a day"), hint=self.tr("no limit"))
        effects = [(Effect.CUT.value, self.tr("cut")), (Effect.WARN.value, self.tr("warn"))]
        self.effect = Segments(look, self.tr("Above that"), effects)
        self.base = Field(look, self.tr("Add-on to"), hint=self.tr("no: timed by itself"))
        self.since = Field(look, self.tr("In force from"), hint=self.tr("always"))
        self.until = Field(look, self.tr("In force to"), hint=self.tr("no end"))
        self.source = Field(look, self.tr("Source"), hint=self.tr("contract, manual, page"))
        self._changed = ""
        self._fields = (
            self.number,
            self.label,
            self.steps,
            self.most,
            self.base,
            self.since,
            self.until,
            self.source,
        )
        self._arrange()
        self.count.chosen.connect(self._follow_count)

    def open_new(self, disciplines: list[str]) -> None:
        """Show an empty form for a code of these disciplines, and wait for a number."""
        self._fill(None, self.tr("An own code"), self.tr("Add code"))
        self.disciplines.set_values(disciplines)
        self.number.setFocus()

    def open_copy(self, code: Code) -> None:
        """Show what a code says, and wait for another number."""
        self._fill(code, self.tr("A copy of {0}").format(code.code), self.tr("Add code"))
        self.number.clear()
        self.since.clear()
        self.until.clear()
        self.number.setFocus()

    def open_change(self, code: Code) -> None:
        """Show what an own code says, to be changed from a day on."""
        free = self.desk.attempt(
            lambda clinic: own_codes.first_free_day(clinic, code.code, self.desk.today.date),
            refresh=False,
        )
        self._fill(code, self.tr("Change {0}").format(code.code), self.tr("Keep the change"))
        self._changed = code.code
        self.number.setEnabled(False)
        if free is not None:
            self.since.setText(free.isoformat())
        self.why.setAccessibleName(self.tr("Why this code is changed"))
        self.label.setFocus()

    def keep(self) -> None:
        """Keep the code."""
        typed, why = self._typed(), self.why.text()
        operation = typed_code.change if self._changed else typed_code.make
        made = self.attempt(lambda clinic: operation(clinic, typed, why))
        for field in (self.number, self.label, self.why):
            field.mark_wrong(made is None and not field.text().strip())
        if made is not None:
            self.made.emit(made.code)

    # -- inside --------------------------------------------------------------------------------

    def _attendance_words(self, attendance: Attendance) -> str:
        return {
            Attendance.ONE_ON_ONE: self.tr("one-on-one"),
            Attendance.CONSTANT: self.tr("constant (attended)"),
            Attendance.SUPERVISED: self.tr("supervised (unattended)"),
            Attendance.GROUP: self.tr("group"),
            Attendance.EVALUATION: self.tr("evaluation"),
        }[attendance]

    def _fill(self, code: Code | None, title: str, save: str) -> None:
        """Show a code, or nothing but what is usual."""
        self.title.say(title)
        self.save.set_words(save)
        self.complaint.say("")
        self._changed = ""
        for field in (*self._fields, self.why):
            field.clear()
            field.mark_wrong(False)
        self.number.setEnabled(True)
        self.why.setAccessibleName(self.tr("Why this code is added"))
        shown = code or Code("", "", Count.POOLED, Attendance.ONE_ON_ONE, ())
        self.number.setText(shown.code)
        self.label.setText(shown.label if shown.own else core(shown.label))
        self.count.set_value(shown.count.value)
        if shown.count is Count.OWN_COUNT and shown.step_minutes:
            self.steps.setText(str(shown.step_minutes))
        self.attendance.setCurrentIndex(self.attendance.findData(shown.attendance.value))
        self.disciplines.set_values([each.value for each in shown.disciplines])
        self.alone.setChecked(shown.exclusive)
        self.most.setText("" if shown.daily_limit is None else str(shown.daily_limit))
        self.effect.set_value(shown.daily_effect.value)
        # A base has one add-on: a copy of an add-on needs a base of its own.
        self.base.setText((shown.add_on_to or "") if shown.own else "")
        self.since.setText(shown.in_force_from.isoformat() if shown.in_force_from else "")
        self.until.setText(shown.in_force_to.isoformat() if shown.in_force_to else "")
        self.source.setText(shown.source if shown.own else "")
        self._follow_count()
        self.show()

    def _follow_count(self) -> None:
        self.steps.setVisible(self.count.value() == Count.OWN_COUNT.value)

    def _arrange(self) -> None:
        look = self.look
        inset = look.px(SIDE)
        self.ask(self.tr("Number"), self.number)
        self.ask(self.tr("Plain label"), self.label)
        self.ask(self.tr("Counted"), beginning_with(self.count, inset))
        self.column.addWidget(self.steps)
        self.ask(self.tr("Attendance"), self.attendance)
        self.ask(self.tr("Disciplines"), _beginning(self.disciplines))
        self.column.addWidget(self.alone)
        self.ask(self.tr("Units a day, and what is above"), self._side_by_side(self.effect))
        self.column.addSpacing(look.px(8))
        title = heading(look, self.tr("Only where it applies"))
        title.setIndent(inset)
        self.column.addWidget(title)
        self.column.addSpacing(look.px(6))
        self.ask(self.tr("Add-on to (base code)"), self.base)
        self.ask(self.tr("In force from"), self.since)
        self.ask(self.tr("In force to"), self.until)
        self.ask(self.tr("Source"), self.source)
        self.end_with_why(self.tr("Why: kept with it"), self._fields)

    def _side_by_side(self, widget: QWidget) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.most, 1)
        layout.addWidget(widget)
        return row

    def _typed(self) -> TypedCode:
        return TypedCode(
            self.number.text(),
            self.label.text(),
            Count(self.count.value()),
            self.steps.text(),
            Attendance(self.attendance.currentData()),
            tuple(Discipline(each) for each in self.disciplines.values()),
            exclusive=self.alone.isChecked(),
            daily_limit=self.most.text(),
            daily_effect=Effect(self.effect.value()),
            base=self.base.text(),
            since=self.since.text(),
            until=self.until.text(),
            source=self.source.text(),
        )


def _beginning(widget: QWidget) -> QWidget:
    """Return a row that begins with a widget, and is empty to its right."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch()
    return row
