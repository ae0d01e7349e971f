"""It began some minutes ago: one press, or a number and Enter, and the stopwatch says so."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.controls.seen import let_be_seen
from ptimer.gui.controls.verdict_box import VerdictBox
from ptimer.gui.desk import Desk
from ptimer.gui.frame import messages
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations import late_starts
from ptimer.operations.errors import Problem
from ptimer.operations.fitting import Fit
from ptimer.operations.late_starts import LateStart as Foretold
from ptimer.operations.recording import Pressed
from ptimer.operations.rehearsing import Trial
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.segment import Stretch

PRESSES = (1, 2, 5, 10)
"""Minutes ago that are one press."""


class LateStart(Box):
    """Asks how many minutes ago something began that runs."""

    def __init__(self, look: Look, desk: Desk, times: Times) -> None:
        """Make the form; `open` says for what."""
        super().__init__(look)
        self.desk = desk
        self._times = times
        self._segment: Segment | None = None
        self._minutes = 0
        self._foretold: Foretold | None = None
        self.title = Label(look, weight=BOLD, wrap=True)
        self.presses = [Button(look, self.tr("{0} min").format(n)) for n in PRESSES]
        self.minutes = Field(look, self.tr("Minutes ago"), hint=self.tr("minutes"))
        self.minutes.setFixedWidth(look.px(96))
        self.set_start = Button(look, self.tr("Set start"), key="Enter")
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.verdict = VerdictBox(look, times)
        self.both = Button(look, "")
        # A press with the mouse leaves the keyboard in here, so that Escape and Enter are ours.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()
        for button, minutes in zip(self.presses, PRESSES, strict=True):
            button.setAccessibleName(self.tr("It began {0} min ago").format(minutes))
            button.clicked.connect(lambda _=False, minutes=minutes: self._try(minutes))
        self.minutes.returnPressed.connect(self._enter)
        self.minutes.textEdited.connect(self._forget)
        self.set_start.clicked.connect(self._enter)
        self.verdict.time_wanted.connect(self._take_earliest)
        self.both.clicked.connect(self._end_both)
        self.cancel.clicked.connect(self.close_form)
        self.hide()

    def open(self, segment: Segment) -> None:
        """Ask when a running segment began."""
        self._segment = segment
        since = self._times.clock(segment.started_at)
        words = self.tr("{0} was pressed at {1}. When did it begin?")
        self.title.say(words.format(segment.code, since))
        self.minutes.clear()
        self._forget()
        self.show()
        self.minutes.setFocus()
        let_be_seen(self, self.look.px(12))

    def show_view(self, view: VisitView) -> None:
        """Close once what it is about does not run any more."""
        segment = self._segment
        if segment is not None and all(each.id != segment.id for each in view.record.running):
            self.close_form()

    def close_form(self) -> None:
        """Ask for nothing any more."""
        self._segment = None
        leave_to_window(self)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._enter()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _enter(self) -> None:
        try:
            minutes = late_starts.minutes_of(self.minutes.text())
        except Problem as problem:
            self._show_problem(problem)
            self.minutes.mark_wrong(True)
            self.minutes.setFocus()
            return
        self._try(minutes)

    def _try(self, minutes: int) -> None:
        """Have it recorded, or say why that can't be, and what can."""
        segment = self._segment
        if segment is None:
            return
        foretold = self.desk.attempt(
            lambda clinic: late_starts.rehearse(clinic, segment.id, minutes), refresh=False
        )
        if foretold is None:
            return
        self._minutes, self._foretold = minutes, foretold
        if foretold.problem is None:
            self._record(lambda: self.desk.presses.began(segment.id, minutes))
            return
        trial = Trial(
            different=True,
            stretch=Stretch(foretold.start, None),
            problem=foretold.problem,
            fit=Fit(start=foretold.earliest),
        )
        self.verdict.show_trial(trial, "start")
        self._offer_both(foretold)
        let_be_seen(self, self.look.px(12))

    def _offer_both(self, foretold: Foretold) -> None:
        codes = ", ".join(dict.fromkeys(each.code for each in foretold.gives_way))
        self.both.setVisible(bool(codes))
        if codes:
            time = self._times.time(foretold.start)
            self.both.set_words(self.tr("End {0} at {1}, too").format(codes, time))

    def _end_both(self) -> None:
        segment = self._segment
        if segment is not None:
            minutes = self._minutes
            self._record(lambda: self.desk.presses.began(segment.id, minutes, ending=True))

    def _take_earliest(self) -> None:
        segment, foretold = self._segment, self._foretold
        earliest = foretold.earliest if foretold is not None else None
        if segment is not None and earliest is not None:
            self._record(lambda: self.desk.presses.began_at(segment.id, earliest))

    def _record(self, press: Callable[[], Pressed]) -> None:
        done = self.desk.attempt(lambda _: press())
        if done is not None:
            self.close_form()
            self.desk.told.emit(messages.of_late_start(done, self.desk))

    def _show_problem(self, problem: Problem) -> None:
        self.verdict.show_trial(Trial(different=True, problem=problem), "start")
        self.both.hide()

    def _forget(self) -> None:
        """Say nothing of what was tried before."""
        self.minutes.mark_wrong(False)
        self.verdict.show_trial(Trial(), "start")
        self.both.hide()

    def _arrange(self) -> None:
        look = self.look
        row = FlowLayout()
        for button in self.presses:
            row.addWidget(button)
        row.addWidget(Label(look, self.tr("ago, or"), color="mute"))
        row.addWidget(together(self.minutes, self.set_start))
        row.add_stretch()
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(10), look.px(10), look.px(4))
        column.setSpacing(look.px(4))
        column.addWidget(self.title)
        column.addLayout(row)
        column.addWidget(self.verdict)
        column.addWidget(self.both, 0, Qt.AlignmentFlag.AlignLeft)
