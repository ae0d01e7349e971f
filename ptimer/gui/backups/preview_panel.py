"""What does a backup hold, and what would be lost with it? Asked once, in its place."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.controls.buttons import Button
from ptimer.gui.look import BOLD, MEDIUM, Look
from ptimer.gui.texts import Label, Times, heading
from ptimer.operations.backups import Difference, Preview, counted

_MOST_VISITS = 12
_MOST_OF_A_NAME = 24


class PreviewPanel(QWidget):
    """A backup's preview, and the press that puts it back.

    Signals:
        restore_wanted(Path): a person has said twice that it is to be put back.
    """

    restore_wanted = Signal(object)

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self._preview: Preview | None = None
        self.title = Label(look, pixels=15, weight=BOLD, wrap=True)
        self.holds = Label(look, pixels=13, wrap=True)
        self.lost_title = heading(look, self.tr("Would be lost"))
        self.lost = Label(look, pixels=13, weight=MEDIUM, wrap=True)
        self.visits = Label(look, pixels=13, color="mute", wrap=True)
        self.restore = Button(look, self.tr("Restore this…"), kind="primary")
        self.question = Label(look, pixels=13, weight=MEDIUM, wrap=True)
        self.yes = Button(look, self.tr("Restore it now"), kind="primary")
        self.no = Button(look, self.tr("Leave everything as it is"), key="Esc")
        self._arrange()
        self.restore.clicked.connect(self._ask)
        self.yes.clicked.connect(self._restore)
        self.no.clicked.connect(self.close_question)
        self.show_words(self.tr("Choose a backup to see what it holds."))

    @property
    def asks(self) -> bool:
        """Whether it waits for the second press."""
        return not self.question.isHidden()

    def show_words(self, words: str) -> None:
        """Say something in place of a preview."""
        self._preview = None
        self.title.say(words)
        for widget in (self.holds, self.lost_title, self.lost, self.visits, self.restore):
            widget.hide()
        self.close_question()
        self.restore.hide()

    def show_preview(self, preview: Preview) -> None:
        """Show what a backup holds, and what the record holds beyond it."""
        self._preview = preview
        at = preview.made_at
        when = preview.path.name if at is None else f"{self._times.date(at)} {self._times.time(at)}"
        self.title.say(self.tr("Backup of {0}").format(when))
        held = texts.words(counted(preview.visits, preview.segments))
        self.holds.say(self.tr("It is whole and holds {0}.").format(held))
        lost, visits = self._lost(preview)
        self.lost.say(lost)
        self.visits.say(visits)
        for widget in (self.holds, self.lost_title, self.lost):
            widget.show()
        self.visits.setVisible(bool(visits))
        self.close_question()

    def close_question(self) -> None:
        """Ask no more."""
        had = self.yes.hasFocus() or self.no.hasFocus()
        for widget in (self.question, self.yes, self.no):
            widget.hide()
        self.restore.setVisible(self._preview is not None)
        if had and self._preview is not None:
            self.restore.setFocus()

    # -- inside --------------------------------------------------------------------------------

    def _lost(self, preview: Preview) -> tuple[str, str]:
        if preview.record_problem is not None:
            words = self.tr("That can't be told: {0}")
            return words.format(texts.words(preview.record_problem)), ""
        lost = preview.lost
        if lost is None or not (lost.changes or lost.visits):
            return self.tr("Nothing: the record holds nothing beyond it."), ""
        held = texts.words(counted(lost.new_visits, lost.segments))
        told = self.tr("{0}; changes since: {1}").format(held, lost.changes)
        return told, "\n".join(self._visit_lines(lost))

    def _visit_lines(self, lost: Difference) -> list[str]:
        lines = []
        for visit in lost.visits[:_MOST_VISITS]:
            patient = texts.short(visit.patient, _MOST_OF_A_NAME)
            words = self.tr("{0} · {1}: segments {2}, changes {3}")
            day = texts.written_date(date.fromisoformat(visit.date))
            line = words.format(day, patient, visit.segments, visit.changes)
            signed = self.tr("{0}, signed since")
            lines.append(signed.format(line) if visit.is_signed_only_here else line)
        more = len(lost.visits) - _MOST_VISITS
        if more > 0:
            lines.append(self.tr("and {0} more visits").format(more))
        return lines

    def _ask(self) -> None:
        self.question.say(
            self.tr(
                "The record as it is now is kept under another name, and the window opens anew "
                "on the backup. Restore it?"
            )
        )
        focused = self.restore.hasFocus()
        self.restore.hide()
        for widget in (self.question, self.yes, self.no):
            widget.show()
        if focused:
            self.no.setFocus()

    def _restore(self) -> None:
        if self._preview is not None:
            self.restore_wanted.emit(self._preview.path)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(14), look.px(14), look.px(14), look.px(14))
        column.setSpacing(look.px(6))
        for label in (self.title, self.holds, self.lost_title, self.lost, self.visits):
            column.addWidget(label)
        for widget in (self.restore, self.question, self.yes, self.no):
            column.addWidget(widget)
        column.addStretch()
