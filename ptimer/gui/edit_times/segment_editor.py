"""Edits one recorded time in its place: old and new, a reason, and what a rule says of it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.verdict_box import VerdictBox
from ptimer.gui.edit_times.segment_changes import Offers, SegmentChanges
from ptimer.gui.edit_times.segment_lines import SegmentLine
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations.rehearsing import Trial
from ptimer.operations.typed_changes import TypedChange
from ptimer.timing.clock import MINUTE, Instant

PAUSE_MS = 150
"""How long a person stops typing before what is typed is tried."""

CHANGE, SPLIT, VOID = "change", "split", "void"


class SegmentEditor(QWidget):
    """New start, new end, what else may be another, and a reason.

    Signals:
        typed(): something else stands in the fields; show what would come of it.
        judged(): what would come of it is shown.
        save_wanted(): a person wants it recorded.
        closed(): nothing is to be changed after all.
    """

    typed = Signal()
    judged = Signal()
    save_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the editor; `open` shows a segment in it."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self._line: SegmentLine | None = None
        self._end = ""
        self._trial = Trial()
        self.mode = CHANGE
        self.start = Field(look, self.tr("New start"))
        self.end = Field(look, self.tr("New end"))
        self.split_at = Field(look, self.tr("Split at"), hint=self.tr("10:07"))
        self.minutes = Label(look, weight=BOLD)
        self.reason = Field(look, self.tr("Reason, kept with the change"))
        self.further = SegmentChanges(look)
        self.verdict = VerdictBox(look, times)
        self.more = {
            "code": Button(look, self.tr("Code…"), kind="small"),
            "patient": Button(look, self.tr("Patient…"), kind="small"),
            "clinician": Button(look, self.tr("Clinician…"), kind="small"),
            "note": Button(look, self.tr("Note…"), kind="small"),
            SPLIT: Button(look, self.tr("Split…"), kind="small"),
            VOID: Button(look, self.tr("Void…"), kind="small"),
        }
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.save = Button(look, self.tr("Save"))
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        # A press with the mouse leaves the keyboard in here, so that Escape and Enter are ours.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()
        self._connect()

    def open(self, line: SegmentLine, discipline: str, offers: Offers) -> None:
        """Show a recorded time, with nothing different yet."""
        self._line = line
        segment = line.segment
        self._end = "" if segment.ended_at is None else self._times.clock(segment.ended_at)
        self.start.setText(line.start)
        self.end.setText(self._end)
        self.end.setPlaceholderText(self.tr("running") if segment.running else "")
        self.split_at.clear()
        self.reason.clear()
        self.reason.mark_wrong(False)
        self.further.fill(segment, discipline, offers)
        for button in self.more.values():
            button.setChecked(False)
        self._set_mode(CHANGE)
        self.pause.stop()
        self.show_trial(Trial(), segment.started_at)
        self.start.setFocus()
        self.start.selectAll()

    def typed_change(self) -> TypedChange:
        """Return what is typed over the recorded time."""
        line = self._line
        start, end = self.start.text().strip(), self.end.text().strip()
        return self.further.typed(
            None if line is None or start == line.start else start,
            None if end == self._end else end,
        )

    def show_trial(self, trial: Trial, now: Instant) -> None:
        """Show what would come of what is typed."""
        self._trial = trial
        typed = self.typed_change()
        moved = "start" if typed.start is not None or typed.end is None else "end"
        self.verdict.show_trial(trial, moved)
        self._mark(trial, moved)
        self._show_minutes(trial, now)
        self._show_save()
        self.judged.emit()

    def show_time(self, line: SegmentLine, now: Instant) -> None:
        """Count on what runs."""
        self._line = line
        self._show_minutes(self._trial, now)

    def struck(self) -> frozenset[str]:
        """Return what the recorded row would no longer say."""
        if self.mode == VOID:
            return frozenset(("start", "end", "minutes", "people"))
        if self.mode == SPLIT:
            return frozenset(("minutes",)) if "→" in self.minutes.text() else frozenset()
        typed = self.typed_change()
        people = (typed.clinician, typed.role, typed.supervisor)
        struck = {
            "start": typed.start is not None,
            "end": typed.end is not None,
            "minutes": "→" in self.minutes.text(),
            "people": any(each is not None for each in people),
        }
        return frozenset(name for name, gone in struck.items() if gone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape close the editor alone, and Enter save after a press with the mouse, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._enter()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of the open row."""
        del event
        QPainter(self).fillRect(self.rect(), self.look.color("accent_soft"))

    # -- inside --------------------------------------------------------------------------------

    def _mark(self, trial: Trial, moved: str) -> None:
        wrong = trial.wrong
        if trial.problem is not None and not wrong and trial.twice is not None:
            wrong = moved
        self.start.mark_wrong(wrong == "start")
        self.end.mark_wrong(wrong == "end")
        self.split_at.mark_wrong(wrong == "at")
        self.further.units.mark_wrong(wrong == "units")

    def _show_minutes(self, trial: Trial, now: Instant) -> None:
        line = self._line
        if line is None:
            return
        old = line.minutes
        words = str(old)
        length = None if trial.stretch is None else trial.stretch.milliseconds(now)
        new = None if length is None else length // MINUTE
        if self.mode == VOID:
            words = self.tr("{0} → {1}").format(old, 0)
        elif self.mode == SPLIT and length is not None and trial.problem is None:
            rest = (line.segment.stretch.milliseconds(now) - length) // MINUTE
            words = self.tr("{0} → {1} + {2}").format(old, new, rest)
        elif self.mode == CHANGE and new is not None and new != old:
            words = self.tr("{0} → {1}").format(old, new)
        self.minutes.say(words)

    def _show_save(self) -> None:
        ready = self._trial.can_be_saved
        given = bool(self.reason.text().strip())
        self.save.setEnabled(ready and given)
        self.save.set_kind("primary" if ready and given else "plain")
        if self._trial.problem is not None:
            why = self.tr("It would not be recorded")
        elif not ready:
            why = self.tr("Nothing is different yet")
        else:
            why = "" if given else self.tr("Give a reason")
        self.save.setToolTip(why)

    def _note_reason(self) -> None:
        self.reason.mark_wrong(False)
        self._show_save()

    def _enter(self) -> None:
        """Save, or go to what is still missing."""
        self.pause.stop()
        self.typed.emit()
        if self.save.isEnabled():
            self.save_wanted.emit()
        elif self._trial.problem is None and self._trial.different:
            self.reason.mark_wrong(True)
            self.reason.setFocus()

    def _wait(self) -> None:
        self.pause.start()

    def _take(self, which: str, time: str) -> None:
        field = self.start if which == "start" else self.end
        field.setText(time)
        field.setFocus()
        self.pause.stop()
        self.typed.emit()

    def _toggle(self, name: str) -> None:
        shown = self.more[name].isChecked()
        if name in (SPLIT, VOID):
            self._set_mode(name if shown else CHANGE)
            if shown:
                (self.split_at if name == SPLIT else self.reason).setFocus()
        else:
            self._set_mode(CHANGE)
            self.further.show_part(name, shown)
        self.pause.stop()
        self.typed.emit()

    def _set_mode(self, mode: str) -> None:
        self.mode = mode
        changing = mode == CHANGE
        for name, button in self.more.items():
            if name in (SPLIT, VOID):
                button.setChecked(name == mode)
            elif not changing and button.isChecked():
                button.setChecked(False)
                self.further.show_part(name, False)
        for field in (self._new_start, self._new_end):
            field.setVisible(changing)
        self.further.show_for(changing)
        self._split.setVisible(mode == SPLIT)
        words = {CHANGE: self.tr("Save"), SPLIT: self.tr("Split"), VOID: self.tr("Void")}[mode]
        self.save.set_words(words)

    def _connect(self) -> None:
        for field in (self.start, self.end, self.split_at):
            field.textEdited.connect(self._wait)
        self.further.edited.connect(self._wait)
        self.pause.timeout.connect(self.typed)
        self.reason.textChanged.connect(self._note_reason)
        for field in (self.start, self.end, self.split_at, self.reason, *self.further.fields()):
            field.returnPressed.connect(self._enter)
        self.verdict.time_wanted.connect(self._take)
        for name, button in self.more.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self._toggle(name))
        self.cancel.clicked.connect(self.closed)
        self.save.clicked.connect(self._enter)

    def _arrange(self) -> None:
        look = self.look
        self._new_start = Labelled(look, self.tr("New start"), self.start, width=124)
        self._new_end = Labelled(look, self.tr("New end"), self.end, width=124)
        self._split = Labelled(look, self.tr("Split at"), self.split_at, width=124)
        self.minutes.setFixedHeight(look.px(44))
        minutes = Labelled(look, self.tr("Minutes"), self.minutes, width=92)
        self.minutes.setIndent(look.px(4))
        reason = Labelled(look, self.tr("Reason (kept with the change)"), self.reason)
        fields = FlowLayout(gap=look.px(4), line_gap=look.px(4))
        for widget in (self._new_start, self._new_end, self._split, minutes, reason):
            fields.addWidget(widget)
        presses = FlowLayout()
        for button in self.more.values():
            presses.addWidget(button)
        presses.add_stretch()
        presses.addWidget(together(self.cancel, self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(8), look.px(2), look.px(8), look.px(4))
        column.setSpacing(look.px(4))
        column.addLayout(fields)
        column.addWidget(self.further)
        column.addWidget(self.verdict)
        column.addLayout(presses)
