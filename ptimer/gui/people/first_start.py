"""The strip of the first start: three answers, or the demo day; never in the way of work."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptimer.billing.codebook import Discipline
from ptimer.billing.payers import UnitRule
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.controls.segments import Segments
from ptimer.gui.desk import Desk
from ptimer.gui.look import BOLD, Look
from ptimer.gui.people import second_window
from ptimer.gui.texts import Label
from ptimer.operations import credentials, demo, people
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import Problem
from ptimer.wording import say

_ONE_ROW = 1180
"""Pixels of width from which all stands in one row."""


class FirstStart(QWidget):
    """Asks who treats, which discipline, and how the usual payer counts.

    Signals:
        done(): the answers are kept; the strip is gone.
        put_off(): the strip is gone without answers, and comes again at the next start.
    """

    done = Signal()
    put_off = Signal()

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        open_demo: Callable[[Path], bool] = second_window.open_on,
        parent: QWidget | None = None,
    ) -> None:
        """Make the strip; it is not seen before `open`. `open_demo` opens a folder's window."""
        super().__init__(parent)
        self.look = look
        self.desk = desk
        self._open_demo = open_demo
        self._demo: Path | None = None
        self._chosen_by_hand = False
        self._in_one_row: bool | None = None
        self.title = Label(look, self.tr("Three answers, then start"), pixels=15, weight=BOLD)
        self.remark = Label(look, pixels=12, color="lock", wrap=True)
        self.remark.say(self.tr("All of it can be changed later. Esc puts it off."))
        hint = self.tr("e.g. Demo Clinician, OTR/L")
        self.name = Field(look, self.tr("Name and credentials"), hint=hint)
        disciplines = [(each.value, each.value) for each in Discipline]
        self.discipline = Segments(look, self.tr("Discipline"), disciplines)
        self.payer = Segments(look, self.tr("Usual payer counts by"), self._payers())
        self.demo_button = Button(look, self.tr("Try the demo day"), icon="play")
        self.save = Button(look, self.tr("Save"), kind="primary", key="Enter")
        self.setAccessibleName(self.tr("First start"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._arrange()
        self._connect()
        self.hide()

    def open(self) -> None:
        """Show the strip, and wait for a name."""
        self.show()
        self.name.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape put the questions off, and Enter answer them."""
        if event.key() == Qt.Key.Key_Escape:
            self._go(self.put_off.emit)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif self.demo_button.hasFocus():
            self.demo_button.click()
        else:
            self._save()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use a second row where the window is narrow."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("accent_soft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.look.color("accent_line"))

    # -- inside --------------------------------------------------------------------------------

    def _payers(self) -> list[tuple[str, str]]:
        """Return the shipped payer of each unit rule, with the words for the rule."""
        words = (
            (UnitRule.CMS, self.tr("8-minute rule (CMS)")),
            (UnitRule.MIDPOINT, self.tr("Midpoint")),
        )
        payers = self.desk.clinic.rulebook.payers
        return [
            (next(payer.name for payer in payers if payer.unit_rule is rule), text)
            for rule, text in words
        ]

    def _arrange(self) -> None:
        look = self.look
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(look.px(18), look.px(9), look.px(14), look.px(9))
        self._grid.setHorizontalSpacing(look.px(14))
        self._grid.setVerticalSpacing(look.px(4))
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.remark)
        words.addStretch()
        self._words = QWidget()
        self._words.setLayout(words)
        self._words.setFixedWidth(look.px(210))
        self._asked = [
            self._labelled(self.tr("1 · Name and credentials"), self.name),
            self._labelled(self.tr("2 · Discipline"), self.discipline),
            self._labelled(self.tr("3 · Usual payer counts by"), self.payer),
        ]
        self._presses = QWidget()
        row = QHBoxLayout(self._presses)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.demo_button)
        row.addWidget(self.save)
        self._place()

    def _labelled(self, words: str, control: QWidget) -> QWidget:
        """Return a control with its question above, both flush at the left."""
        inset = self.look.px(SIDE)
        has_inset = isinstance(control, Field)
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0 if has_inset else inset, 0, 0, 0)
        column.setSpacing(0)
        label = Label(self.look, words, pixels=12, weight=BOLD, color="lock")
        label.setContentsMargins(inset if has_inset else 0, 0, 0, 0)
        column.addWidget(label)
        column.addWidget(control)
        return widget

    def _place(self) -> None:
        """Put all in one row, or discipline and payer in a second one."""
        one_row = self.width() >= self.look.px(_ONE_ROW)
        if one_row == self._in_one_row:
            return
        self._in_one_row = one_row
        name, discipline, payer = self._asked
        bottom = Qt.AlignmentFlag.AlignBottom
        left = Qt.AlignmentFlag.AlignLeft
        self._grid.addWidget(self._words, 0, 0)
        if one_row:
            self._grid.addWidget(name, 0, 1)
            self._grid.addWidget(discipline, 0, 2)
            self._grid.addWidget(payer, 0, 3)
            self._grid.addWidget(self._presses, 0, 4, bottom)
        else:
            self._grid.addWidget(name, 0, 1, 1, 2)
            self._grid.addWidget(discipline, 1, 1, left)
            self._grid.addWidget(payer, 1, 2, 1, 2, left)
            self._grid.addWidget(self._presses, 0, 3, bottom)
        self._grid.setColumnStretch(1, 1 if one_row else 0)
        self._grid.setColumnStretch(2, 0 if one_row else 1)

    def _connect(self) -> None:
        self.name.textEdited.connect(self._follow_credentials)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.demo_button.clicked.connect(self._try_demo)
        self.discipline.chosen.connect(self._keep_choice)
        self.desk.refreshed.connect(self._look_again)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._keep_what_was_typed)
        self.look.changed.connect(self.update)

    def _follow_credentials(self, text: str) -> None:
        """Offer the discipline that the credentials tell, until one is chosen by hand."""
        self.name.mark_wrong(False)
        told = credentials.read(text).discipline
        if told is not None and not self._chosen_by_hand:
            self.discipline.set_value(told.value)

    def _keep_choice(self) -> None:
        self._chosen_by_hand = True

    def _save(self) -> None:
        told = credentials.read(self.name.text())
        answers = people.FirstAnswers(
            told.name, told.credentials, self.discipline.value(), self.payer.value()
        )
        kept = self.desk.attempt(
            lambda clinic: people.answer_first_start(clinic, answers), refresh=False
        )
        self.name.mark_wrong(kept is None)
        if kept is None:
            self.name.setFocus()
            return
        self.hide()
        self.desk.treat_as(kept.name, told.role)
        self._go(self.done.emit)

    def _keep_what_was_typed(self, left: QWidget | None, reached: QWidget | None) -> None:
        """Keep a name that was typed when work begins without Enter: it is whose work it is."""
        if self.isHidden() or left is None or reached is None or not self.name.text().strip():
            return
        inside = self.isAncestorOf(reached) or reached.window() is not self.window()
        if self.isAncestorOf(left) and not inside:
            self._save()

    def _look_again(self) -> None:
        """Go by itself once a visit was made without the answers."""
        if self.isHidden():
            return
        due = self.desk.attempt(people.first_start_due, refresh=False)
        if due is False:  # a record that can't be read just now says neither yes nor no
            self._go(self.put_off.emit)

    def _go(self, tell: Callable[[], None]) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget() or self)
        self.hide()
        if had_focus:
            self.window().setFocus()
        tell()

    def _try_demo(self) -> None:
        """Open the demo day in a window of its own; a second press brings the same one."""
        opened = self.desk.attempt(self._open, refresh=False)
        if opened is not None:
            self._demo = opened
            self.remark.say(self.tr("The demo day opens in a window of its own."))

    def _open(self, clinic: Clinic) -> Path:
        folder = self._demo
        if folder is None:
            folder = demo.make(clinic.folder, clinic.clock, until=demo.MID_MORNING).folder
        if not self._open_demo(folder):
            template = (
                'The demo day is made, but no window opened. Try: ptimer --data-dir "{folder}"'
            )
            raise Problem(say(template, folder=str(folder)))
        return folder
