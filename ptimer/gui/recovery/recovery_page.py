"""How does the question about a time in doubt stand on the screen?"""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import rounded
from ptimer.gui.edit_times.segment_editor import PAUSE_MS
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look
from ptimer.gui.recovery.answer_row import AnswerRow
from ptimer.gui.recovery.doubt_bar import DoubtBar
from ptimer.gui.recovery.doubt_facts import DoubtFacts
from ptimer.gui.texts import Label, Times
from ptimer.timing.recovery import Answer

_WIDEST = 652


class _Sign(QWidget):
    """The clock beside the question."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(40), self.look.px(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = self.look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rounded(painter, QRectF(self.rect()), self.width() / 2, look.color("accent_soft"))
        icon = look.icon("rest", look.color("accent"), 22, self.devicePixelRatioF())
        away = (self.width() - look.px(22)) // 2
        painter.drawPixmap(QPoint(away, away), icon)


class RecoveryPage(QWidget):
    """The question, the facts, the drawn time, and four answers, none chosen beforehand.

    Signals:
        chosen(): an answer was chosen, or its time typed; show what would come of it.
        judged(): what would come of it is shown.
        confirmed(): the chosen answer is the answer.
    """

    chosen = Signal()
    judged = Signal()
    confirmed = Signal()

    def __init__(self, look: Look, times: Times, parent: QWidget | None = None) -> None:
        """Make the page; the screen fills it."""
        super().__init__(parent)
        self.look = look
        self.question = Label(look, pixels=20, weight=BOLD, wrap=True)
        self.cause = Label(look, color="mute", wrap=True)
        self.facts = DoubtFacts(look)
        self.bar = DoubtBar(look, times)
        self.ended_at = Field(look, self.tr("When it ended"), hint=self.tr("10:40"))
        self.ended_at.setFixedWidth(look.px(112))
        self.answers = {
            Answer.WENT_ON: AnswerRow(look, "1", self.tr("It went on")),
            Answer.ENDED_THEN: AnswerRow(look, "2", self.tr("It ended then")),
            Answer.ENDED_AT: AnswerRow(look, "3", self.tr("It ended at …"), self.ended_at),
            Answer.NEVER: AnswerRow(look, "4", self.tr("It never happened")),
        }
        self.problem = Note(look, "bad")
        self.hint = Label(look, pixels=12, color="mute", wrap=True)
        self.confirm = Button(look, "")
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self._group = QButtonGroup(self)
        # A press with the mouse leaves the keyboard on the page, so that Enter confirms.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._arrange()
        self._connect()

    @property
    def answer(self) -> Answer | None:
        """The answer that is chosen."""
        return next((each for each, row in self.answers.items() if row.isChecked()), None)

    def ask_anew(self, ended_at: str) -> None:
        """Forget what was chosen; a likely end may stand in the field."""
        self._group.setExclusive(False)
        for row in self.answers.values():
            row.setChecked(False)
        self._group.setExclusive(True)
        self.pause.stop()
        self.ended_at.setText(ended_at)
        self.show_verdict("")
        self.setFocus()

    def choose(self, answer: Answer) -> None:
        """Choose an answer; that is not the answer yet."""
        self.answers[answer].setChecked(True)
        if answer is Answer.ENDED_AT:
            self.ended_at.setFocus()
            self.ended_at.selectAll()
        else:
            self.setFocus()
        self._area.ensureWidgetVisible(self.answers[answer])
        self._try()

    def show_verdict(self, problem: str, *, wrong: bool = False) -> None:
        """Show why the chosen answer would not be recorded, or that it can be confirmed."""
        lacks_time = self._lacks_time()
        self.problem.say("" if lacks_time else problem)
        self.ended_at.mark_wrong(wrong and not lacks_time)
        chosen = self.answer is not None
        ready = chosen and not problem
        self.confirm.set_words(
            self.tr("Confirm") if chosen else self.tr("Choose an answer"),
            key="Enter" if chosen else "",
        )
        self.confirm.setEnabled(ready)
        self.confirm.set_kind("primary" if ready else "plain")
        self.judged.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter confirm, wherever the keyboard is on this page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._confirm()
        else:
            event.ignore()

    # -- inside --------------------------------------------------------------------------------

    def _try(self) -> None:
        self.pause.stop()
        self.chosen.emit()

    def _type(self) -> None:
        self.answers[Answer.ENDED_AT].setChecked(True)
        self.pause.start()

    def _confirm(self) -> None:
        if self.answer is None:
            return
        self._try()
        if self.confirm.isEnabled():
            self.confirmed.emit()
        elif self._lacks_time():
            self.ended_at.mark_wrong(True)
            self.ended_at.setFocus()

    def _lacks_time(self) -> bool:
        """Return whether only the time is still to be typed."""
        return self.answer is Answer.ENDED_AT and not self.ended_at.text().strip()

    def _connect(self) -> None:
        for place, (answer, row) in enumerate(self.answers.items(), start=1):
            self._group.addButton(row)
            row.clicked.connect(lambda _=False, answer=answer: self.choose(answer))
            key = QShortcut(QKeySequence(str(place)), self)
            key.activated.connect(lambda answer=answer: self.choose(answer))
        self.ended_at.textEdited.connect(self._type)
        self.pause.timeout.connect(self._try)
        self.confirm.clicked.connect(self._confirm)

    def _arrange(self) -> None:
        look = self.look
        card = Box(look)
        card.setMaximumWidth(look.px(_WIDEST))
        column = QVBoxLayout(card)
        column.setContentsMargins(look.px(22), look.px(20), look.px(22), look.px(14))
        column.setSpacing(look.px(12))
        column.addLayout(self._head())
        column.addWidget(self.facts)
        column.addWidget(self.bar)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        for row in self.answers.values():
            rows.addWidget(row)
        column.addLayout(rows)
        column.addWidget(self.problem)
        foot = FlowLayout(gap=look.px(8))
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        foot.addWidget(self.hint)
        foot.addWidget(self.confirm)
        column.addLayout(foot)
        content = QWidget()
        across = QHBoxLayout(content)
        across.setContentsMargins(look.px(14), look.px(14), look.px(14), look.px(14))
        middle = QVBoxLayout()
        middle.addStretch()
        middle.addWidget(card)
        middle.addStretch()
        across.addStretch(1)
        across.addLayout(middle, 1000)
        across.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(look, content)
        outer.addWidget(self._area)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(self.look.px(14))
        head.addWidget(_Sign(self.look), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(self.look.px(4))
        words.addWidget(self.question)
        words.addWidget(self.cause)
        head.addLayout(words, 1)
        return head
