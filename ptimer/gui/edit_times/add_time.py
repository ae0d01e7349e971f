"""A time that was not pressed: what, from when to when, by whom, and why."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.people_fields import PeopleFields
from ptimer.gui.controls.suggestions import Suggestions
from ptimer.gui.controls.verdict_box import VerdictBox
from ptimer.gui.edit_times.segment_changes import Offers
from ptimer.gui.edit_times.segment_editor import PAUSE_MS
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations.cards import Who
from ptimer.operations.rehearsing import Trial
from ptimer.operations.typed_changes import TypedTime
from ptimer.timing.clock import MINUTE, Instant


class AddTime(Box):
    """The form below the table.

    Signals:
        typed(): something else stands in the fields; show what would come of it.
        judged(): what would come of it is shown.
        add_wanted(): a person wants it recorded.
        closed(): nothing is to be added after all.
    """

    typed = Signal()
    judged = Signal()
    add_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the form; `open` empties it."""
        super().__init__(look, parent)
        self._trial = Trial()
        self._by_area: frozenset[str] = frozenset()
        self.code = Field(look, self.tr("Code"), hint=self.tr("number or word"))
        self.start = Field(look, self.tr("Start"), hint=self.tr("10:07"))
        self.end = Field(look, self.tr("End"), hint=self.tr("10:30"))
        self.minutes = Label(look, weight=BOLD)
        self.units = Field(look, self.tr("Units, typed"))
        self.people = PeopleFields(look)
        self.reason = Field(look, self.tr("Reason, kept with the time"))
        self.verdict = VerdictBox(look, times)
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.save = Button(look, self.tr("Add"))
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self._codes = Suggestions(self.code)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()
        self._connect()

    def open(self, who: Who, offers: Offers) -> None:
        """Ask for a time of whoever treats now."""
        self._by_area = offers.by_area
        self._codes.know(offers.codes)
        self.people.know(offers.clinicians)
        self.people.fill(who.clinician, who.role, who.supervisor)
        for field in (self.code, self.start, self.end, self.units, self.reason):
            field.clear()
            field.mark_wrong(False)
        self._units.hide()
        self.pause.stop()
        self.show_trial(Trial(), Instant(0))
        self.code.setFocus()

    @property
    def complete(self) -> bool:
        """Whether enough is typed to be tried."""
        return all(field.text().strip() for field in (self.code, self.start, self.end))

    def typed_time(self) -> TypedTime:
        """Return what is typed."""
        return TypedTime(
            code=self.code.text().strip(),
            start=self.start.text(),
            end=self.end.text(),
            clinician=self.people.clinician.text(),
            role=self.people.role_value(),
            supervisor=self.people.supervisor.text().strip(),
            units="" if self._units.isHidden() else self.units.text(),
        )

    def show_trial(self, trial: Trial, now: Instant) -> None:
        """Show what would come of what is typed."""
        self._trial = trial
        self.verdict.show_trial(trial, "start")
        for name, field in (("start", self.start), ("end", self.end), ("units", self.units)):
            field.mark_wrong(trial.wrong == name)
        stretch = trial.stretch
        self.minutes.say("" if stretch is None else str(stretch.milliseconds(now) // MINUTE))
        self._show_save()
        self.judged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the form alone, and Enter add after a press with the mouse, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._enter()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _show_save(self) -> None:
        fits = self._trial.can_be_saved
        ready = fits and bool(self.reason.text().strip())
        self.save.setEnabled(ready)
        self.save.set_kind("primary" if ready else "plain")

    def _wait(self) -> None:
        self._units.setVisible(self.code.text().strip().upper() in self._by_area)
        self.pause.start()

    def _note_reason(self) -> None:
        self.reason.mark_wrong(False)
        self._show_save()

    def _enter(self) -> None:
        """Add it, or go to what is still missing."""
        self.pause.stop()
        self.typed.emit()
        if self.save.isEnabled():
            self.add_wanted.emit()
            return
        for field in (self.code, self.start, self.end, self.reason):
            if not field.text().strip():
                field.mark_wrong(True)
                field.setFocus()
                return

    def _take(self, which: str, time: str) -> None:
        field = self.start if which == "start" else self.end
        field.setText(time)
        field.setFocus()
        self.pause.stop()
        self.typed.emit()

    def _connect(self) -> None:
        for field in (self.code, self.start, self.end, self.units):
            field.textChanged.connect(self._wait)
        self.people.edited.connect(self._wait)
        self.pause.timeout.connect(self.typed)
        self.reason.textChanged.connect(self._note_reason)
        people = (self.people.clinician, self.people.supervisor)
        for field in (self.code, self.start, self.end, self.units, self.reason, *people):
            field.returnPressed.connect(self._enter)
        self.verdict.time_wanted.connect(self._take)
        self.cancel.clicked.connect(self.closed)
        self.save.clicked.connect(self._enter)

    def _arrange(self) -> None:
        look = self.look
        self.minutes.setFixedHeight(look.px(44))
        self.minutes.setIndent(look.px(4))
        self._units = Labelled(look, self.tr("Units (billed by area)"), self.units, width=150)
        times = FlowLayout(gap=look.px(4), line_gap=look.px(4))
        for widget in (
            Labelled(look, self.tr("Code"), self.code),
            Labelled(look, self.tr("Start"), self.start, width=124),
            Labelled(look, self.tr("End"), self.end, width=124),
            Labelled(look, self.tr("Minutes"), self.minutes, width=72),
            self._units,
        ):
            times.addWidget(widget)
        presses = FlowLayout()
        presses.add_stretch()
        presses.addWidget(together(self.cancel, self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(8), look.px(8), look.px(4))
        column.setSpacing(look.px(4))
        column.addLayout(times)
        column.addWidget(self.people)
        column.addWidget(Labelled(look, self.tr("Reason (kept with the time)"), self.reason))
        column.addWidget(self.verdict)
        column.addLayout(presses)
