"""An edge was dropped: a line for the reason, or why it can't be recorded there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout, together
from ptimer.gui.controls.labelled import Labelled
from ptimer.gui.controls.verdict_box import VerdictBox
from ptimer.gui.look import MEDIUM, Look
from ptimer.gui.texts import Label, Times
from ptimer.operations.rehearsing import Trial


class EdgeForm(QWidget):
    """Says what was moved, and asks why; nothing is recorded without a reason.

    Signals:
        reason_given(str): a person wants it recorded.
        fit_wanted(): the time that fits is to be taken instead.
        closed(): nothing is to be changed after all.
    """

    reason_given = Signal(str)
    fit_wanted = Signal()
    closed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self._ready = False
        self.about = Label(look, pixels=13, weight=MEDIUM, wrap=True)
        self.reason = Field(look, self.tr("Reason, kept with the change"))
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.save = Button(look, self.tr("Save"))
        self.verdict = VerdictBox(look, times)
        # A press with the mouse leaves the keyboard in here, so that Escape and Enter are ours.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        fields = FlowLayout(gap=look.px(4), line_gap=look.px(2))
        fields.addWidget(Labelled(look, self.tr("Reason (kept with the change)"), self.reason))
        fields.addWidget(together(self.cancel, self.save))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(4), 0, 0)
        column.setSpacing(look.px(4))
        for part in (self.about, self.verdict):
            column.addWidget(part)
        column.addLayout(fields)
        self.reason.textChanged.connect(self._note_reason)
        self.reason.returnPressed.connect(self._enter)
        self.save.clicked.connect(self._enter)
        self.cancel.clicked.connect(self.closed)
        self.verdict.time_wanted.connect(self.fit_wanted)

    def open(self) -> None:
        """Forget the reason of another change."""
        self.reason.clear()
        self.reason.mark_wrong(False)

    def show_trial(self, about: str, trial: Trial, edge: str) -> None:
        """Show what is about to be changed, and what would come of it."""
        self.about.say(about)
        self.verdict.show_trial(trial, edge)
        self._ready = trial.can_be_saved
        self._show_save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape give up, and Enter save after a press with the mouse, too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hasFocus():
            self._enter()
        else:
            event.ignore()

    def _note_reason(self) -> None:
        self.reason.mark_wrong(False)
        self._show_save()

    def _show_save(self) -> None:
        given = bool(self.reason.text().strip())
        self.save.setEnabled(self._ready and given)
        self.save.set_kind("primary" if self.save.isEnabled() else "plain")
        self.save.setToolTip("" if given else self.tr("Give a reason"))

    def _enter(self) -> None:
        """Have it recorded, or go to what is missing."""
        if self.save.isEnabled():
            self.reason_given.emit(self.reason.text())
        elif self._ready:
            self.reason.mark_wrong(True)
            self.reason.setFocus()
