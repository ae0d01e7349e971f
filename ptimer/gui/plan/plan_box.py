"""The plan of the visit that is looked at, below the cards; it never starts or stops anything."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.short_label import ShortLabel
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.gui.plan.minutes_stepper import MinutesStepper
from ptimer.gui.texts import Label, heading
from ptimer.operations import plans
from ptimer.operations.errors import Problem
from ptimer.operations.plans import PlanRow
from ptimer.operations.visit_view import VisitView

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WIDE_FROM = 520
_NARROWEST = 300
_ROW = 28
_DONE, _TO_GO, _NOW, _PLANNED = 2, 3, 4, 5


class _Line:
    """The widgets of one code of the plan."""

    def __init__(self, look: Look, row: PlanRow) -> None:
        self.code = Label(look, row.code, weight=BOLD)
        self.label = ShortLabel(look, texts.core(row.label), pixels=13, color="mute")
        self.name = QWidget()
        cell = QHBoxLayout(self.name)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.setSpacing(look.px(6))
        cell.addWidget(self.code)
        cell.addWidget(self.label, 1)
        self.stepper = MinutesStepper(look, row.code) if row.timed else None
        self.untimed = Label(look, pixels=13, color="mute")
        self.figures = [Label(look, weight=MEDIUM) for _ in range(4)]
        for label in (self.untimed, *self.figures):
            label.setAlignment(_RIGHT)

    def widgets(self) -> list[QWidget]:
        return [self.name, self.stepper or self.untimed, *self.figures]


class PlanBox(Box):
    """Minutes a code, done and to go, and the units they would earn."""

    def __init__(self, look: Look, desk: Desk, parent: QWidget | None = None) -> None:
        """Make an empty plan."""
        super().__init__(look, parent)
        self.desk = desk
        self.lines: dict[str, _Line] = {}
        self._visit_id = ""
        self.code = Field(look, self.tr("Code to plan"), hint=self.tr("code or word"))
        self._codes = Suggestions(self.code)
        self.add = Button(look, self.tr("Add"), kind="small", icon="plus")
        self.add.setAccessibleName(self.tr("Add the code to the plan"))
        self.as_last = Button(look, self.tr("As last visit"), kind="small")
        self.told = Note(look, "bad")
        self.boundary = Label(look, pixels=13, color="mute")
        self.total = [Label(look, weight=BOLD) for _ in range(6)]
        self._heads: list[Label] = []
        self._grid = QGridLayout()
        self._arrange()
        self.add.clicked.connect(self._add)
        self.code.returnPressed.connect(self._add)
        self.as_last.clicked.connect(self._as_last_visit)

    def show_view(self, view: VisitView) -> None:
        """Repaint from a visit at a moment."""
        if view.visit.id != self._visit_id:
            self._visit_id = view.visit.id
            self.told.say("")
            self._forget_typed()
            self._know_codes(view)
        rows = plans.rows_of(view)
        if list(self.lines) != [row.code for row in rows]:
            self._make_lines(rows)
        for row in rows:
            self._show_row(self.lines[row.code], row)
        self._show_total(view, rows)
        open_ = not view.visit.signed and not view.away
        for widget in (self.code, self.add, self.as_last):
            widget.setEnabled(open_)
        for line in self.lines.values():
            if line.stepper is not None:
                line.stepper.setEnabled(open_)
        said = plans.boundary(view)
        self.boundary.say(texts.words(said) if said is not None else "")

    def minimumSizeHint(self) -> QSize:
        """Return a width at which only the columns are left that a plan needs."""
        return QSize(self.look.px(_NARROWEST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a narrow window has no room for."""
        super().resizeEvent(event)
        self._fit()

    def _forget_typed(self) -> None:
        """Forget what was typed for another visit."""
        self.code.clear()
        for line in self.lines.values():
            if line.stepper is not None:
                line.stepper.forget()

    # -- what is wished ------------------------------------------------------------------------

    def _type(self, number: str, text: str) -> None:
        try:
            minutes = plans.minutes_typed(text)
            plans.plan(self.desk.clinic, self._visit_id, number, minutes)
        except Problem as problem:
            self.told.say(self.desk.told_in_form(problem))
            line = self.lines.get(number)
            if line is not None and line.stepper is not None:
                line.stepper.show_wrong()
            return
        self._done()

    def _add(self) -> None:
        try:
            number = plans.add(self.desk.clinic, self._visit_id, self.code.text())
        except Problem as problem:
            self.told.say(self.desk.told_in_form(problem))
            return
        self.code.clear()
        self._done()
        stepper = self.lines[number].stepper
        if stepper is not None:
            stepper.minutes.setFocus()
            stepper.minutes.selectAll()

    def _as_last_visit(self) -> None:
        try:
            found = plans.as_last_visit(self.desk.clinic, self._visit_id)
        except Problem as problem:
            self.told.say(self.desk.told_in_form(problem))
            return
        self._done()
        if not found:
            self.told.say(self.tr("There is no earlier visit with times."))

    def _done(self) -> None:
        self.told.say("")
        self.desk.refresh()

    # -- what is shown -------------------------------------------------------------------------

    def _know_codes(self, view: VisitView) -> None:
        day = view.visit.service_date
        codes = [
            code
            for code in view.book
            if not code.apart and view.book.why_not_startable(code, day) is None
        ]
        codes.sort(key=lambda code: view.visit.discipline not in code.disciplines)
        self._codes.know((code.code, f"{code.code}  {texts.core(code.label)}") for code in codes)

    def _make_lines(self, rows: tuple[PlanRow, ...]) -> None:
        """Have a line for each code, in their order; those that are there stay."""
        before = self.lines
        kept = {row.code: before.get(row.code) or self._line(row) for row in rows}
        for line in (line for code, line in before.items() if code not in kept):
            for widget in line.widgets():
                widget.hide()
                widget.deleteLater()
        self.lines = kept
        for place, line in enumerate(self.lines.values()):
            self._place(line, 1 + place)
        for place in range(1, 2 + len(rows)):
            self._grid.setRowMinimumHeight(place, self.look.px(_ROW))
        for column, label in enumerate(self.total):
            self._grid.addWidget(label, 1 + len(rows), column)
        self._fit()

    def _line(self, row: PlanRow) -> _Line:
        line = _Line(self.look, row)
        if line.stepper is not None:
            line.stepper.typed.connect(lambda text: self._type(row.code, text))
        return line

    def _place(self, line: _Line, place: int) -> None:
        self._grid.addWidget(line.name, place, 0)
        self._grid.addWidget(line.stepper or line.untimed, place, 1, _RIGHT)
        for column, label in enumerate(line.figures):
            self._grid.addWidget(label, place, _DONE + column)

    def _show_row(self, line: _Line, row: PlanRow) -> None:
        if line.stepper is not None:
            line.stepper.show_minutes(row.planned or 0)
        line.untimed.say(self.tr("untimed"))
        done, to_go, now, planned = line.figures
        done.say(str(row.done))
        to_go.say("" if row.to_go is None else str(row.to_go))
        now.say(str(row.units_now))
        planned.say(str(row.units_planned))

    def _show_total(self, view: VisitView, rows: tuple[PlanRow, ...]) -> None:
        _, minutes, done, to_go, now, planned = self.total
        as_planned, real = view.as_planned, view.reckoning
        minutes.say(str(sum(row.planned or 0 for row in rows)))
        done.say(str(sum(row.done for row in rows if row.timed)))
        to_go.say(str(sum(row.to_go or 0 for row in rows)))
        now.say(texts.units(real.timed_units, real.untimed_units))
        planned.say(
            texts.units(as_planned.timed_units, as_planned.untimed_units) if as_planned else ""
        )

    def _fit(self) -> None:
        wide = self.width() >= self.look.px(_WIDE_FROM)
        for column, head in zip((_TO_GO, _NOW), (self._heads[3], self._heads[4]), strict=True):
            head.setVisible(wide)
            self.total[column].setVisible(wide)
            for line in self.lines.values():
                line.figures[column - _DONE].setVisible(wide)
        for line in self.lines.values():
            line.label.setVisible(wide)
        self.total[0].say(self.tr("Timed + untimed") if wide else self.tr("Total"))
        self._grid.setHorizontalSpacing(self.look.px(14 if wide else 6))

    def _arrange(self) -> None:
        look = self.look
        never = Label(look, pixels=12, color="mute", wrap=True)
        never.say(self.tr("a plan never starts or stops anything"))
        never.setAlignment(_RIGHT)
        head = QHBoxLayout()
        head.addWidget(heading(look, self.tr("Plan for this visit")))
        head.addWidget(never, 1)
        titles = (
            self.tr("Code"),
            self.tr("Planned min"),
            self.tr("Done"),
            self.tr("To go"),
            self.tr("Units now"),
            self.tr("As planned"),
        )
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(0, 1)
        for place, title in enumerate(titles):
            label = Label(look, title, pixels=12, weight=MEDIUM, color="mute")
            if place:
                label.setAlignment(_RIGHT)
            self._heads.append(label)
            self._grid.addWidget(label, 0, place)
        for label in self.total[1:]:
            label.setAlignment(_RIGHT)
        foot = FlowLayout(gap=look.px(4))
        self.code.setFixedWidth(look.px(140))
        for widget in (self.code, self.add, self.as_last, self.boundary):
            foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(8))
        column.setSpacing(look.px(4))
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addLayout(foot)
        column.addWidget(self.told)
