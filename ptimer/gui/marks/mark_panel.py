"""The panel in which a visit is marked, with a reason, or its mark taken back."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations import visit_marks
from ptimer.operations.errors import Problem
from ptimer.operations.visit_marks import Mark, kind_words
from ptimer.operations.visit_view import VisitView

_WIDTH = 360


class MarkPanel(DroppedPanel):
    """Drops from the visit's header; what can't be chosen is not offered, and it says why."""

    def __init__(self, look: Look, desk: Desk, times: Times) -> None:
        """Make the panel; `open_below` fills and shows it."""
        super().__init__(look, _WIDTH)
        self.desk = desk
        self._times = times
        self._visit_id = ""
        self.title = Label(look, pixels=16, weight=BOLD, wrap=True)
        self.about = Label(look, pixels=13, color="mute", wrap=True)
        away = [
            (Mark.CANCELLED.value, self.tr("Cancelled")),
            (Mark.NO_SHOW.value, self.tr("No-show")),
        ]
        self.kind = Segments(look, self.tr("What became of the visit"), away)
        self.why = Field(look, self.tr("Why"), hint=self.tr("why: kept with the visit"))
        self.complaint = Note(look, "bad")
        self.save = Button(look, self.tr("Mark it"), kind="primary", key="Enter")
        self.back = Button(look, self.tr("Take the mark back"), key="Enter")
        self._early = False
        self._arrange()
        self.why.returnPressed.connect(self._mark)
        self.save.clicked.connect(self._mark)
        self.back.clicked.connect(self._take_back)

    def open_below(self, button: QWidget) -> None:
        """Show what the visit that is looked at can be marked as."""
        view = self.desk.view
        if view is None:
            return
        if not self.isVisible():
            self._show_view(view)
        super().open_below(button)
        if self.isVisible():
            (self.back if view.record.mark else self.why).setFocus()

    # -- inside --------------------------------------------------------------------------------

    def _show_view(self, view: VisitView) -> None:
        self._visit_id = view.visit.id
        mark = view.record.mark
        self._early = bool(view.record.segments)
        self.complaint.say("")
        self.why.clear()
        self.why.mark_wrong(False)
        self.setAccessibleName(self.tr("Mark the visit"))
        for widget in (self.why, self.save):
            widget.setVisible(mark is None)
        self.kind.setVisible(mark is None and not self._early)
        self.back.setVisible(mark is not None)
        if mark is not None:
            kind = texts.words(kind_words(mark.kind))
            self.title.say(self.tr("Marked as {0}").format(kind))
            marked = self.tr("{0}, {1}, {2}: {3}")
            day, time = self._times.date(mark.marked_at), self._times.time(mark.marked_at)
            self.about.say(marked.format(mark.marked_by, day, time, mark.reason))
        elif self._early:
            self.title.say(self.tr("Stopped early"))
            self.about.say(
                self.tr("A note for summary and sign-off. A visit that began is not cancelled.")
            )
        else:
            self.title.say(self.tr("The visit was not held"))
            self.about.say(self.tr("It leaves all totals, and can be taken back."))

    def _mark(self) -> None:
        wanted = Mark.STOPPED_EARLY if self._early else Mark(self.kind.value())
        visit_id, why = self._visit_id, self.why.text()
        try:
            visit_marks.mark(self.desk.clinic, visit_id, wanted, why)
        except Problem as problem:
            self._complain(problem)
            return
        self._done()

    def _take_back(self) -> None:
        try:
            visit_marks.take_back(self.desk.clinic, self._visit_id)
        except Problem as problem:
            self._complain(problem)
            return
        self._done()

    def _complain(self, problem: Problem) -> None:
        self.complaint.say(self.desk.told_in_form(problem))
        self.why.mark_wrong(not self.why.text().strip())
        self.place()

    def _done(self) -> None:
        self.dismiss()
        self.desk.refresh()

    def _arrange(self) -> None:
        look = self.look
        side = look.px(SIDE)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(12), look.px(4), look.px(12), look.px(4))
        column.setSpacing(look.px(4))
        for label in (self.title, self.about):
            label.setContentsMargins(side, 0, side, 0)
            column.addWidget(label)
        chosen = QHBoxLayout()
        chosen.setContentsMargins(side, 0, 0, 0)
        chosen.addWidget(self.kind)
        chosen.addStretch()
        column.addLayout(chosen)
        column.addWidget(self.why)
        column.addWidget(self.complaint)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.save)
        row.addWidget(self.back)
        row.addStretch()
        column.addLayout(row)
