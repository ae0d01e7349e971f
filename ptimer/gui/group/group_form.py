"""Who is in it, what ends for it, and the press that starts it for all at the same instant."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QCompleter,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.fields import Field
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.group.group_list import GroupList
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, heading

_WIDE_FROM = 560


class GroupForm(QWidget):
    """The centre of the screen.

    Signals:
        start_wanted(): a person starts the group.
        cancel_wanted(): a person starts nothing.
        patient_wanted(text): a person adds a patient by id.
    """

    start_wanted = Signal()
    cancel_wanted = Signal()
    patient_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make an empty form."""
        super().__init__(parent)
        self.look = look
        self._words = ("", "")
        self.about = Label(look, color="mute", wrap=True)
        self.cancel = Button(look, self.tr("Cancel"), key="Esc")
        self.count = heading(look, "")
        self.hint = Label(look, self.tr("Space ticks · Enter starts"), pixels=12, color="mute")
        self.list = GroupList(look)
        self.patient = Field(
            look, self.tr("Another patient id"), hint=self.tr("another patient id …")
        )
        self.remark = Label(look, pixels=12, color="warn", wrap=True)
        self.note = Note(look, "warn")
        self.start = Button(look, "", kind="primary", icon="play", key="Enter")
        self.below = Label(look, pixels=13, color="mute", wrap=True)
        self._ids = QStringListModel(self)
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._complete()
        self._arrange()
        # A press beside the rows leaves the keyboard in the list, where Space ticks.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.list)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.list.start_wanted.connect(self.start_wanted)
        self.patient.returnPressed.connect(self._want_patient)
        self.patient.textEdited.connect(lambda _: self.show_remark(""))

    def offer_ids(self, ids: list[str]) -> None:
        """Offer patient ids as one types."""
        self._ids.setStringList(ids)

    def show_press(self, words: str, short: str, *, possible: bool) -> None:
        """Say what the press does; `short` is for a narrow window."""
        self._words = (words, short)
        self.start.setEnabled(possible)
        self._fit_press()

    def show_remark(self, text: str) -> None:
        """Say why a patient who was typed is not in the group."""
        self.remark.say(text)
        self.remark.setVisible(bool(text))
        self.patient.mark_wrong(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that the keyboard is on.

        In the list it starts, which is the list's matter; in the field it takes a patient in, and
        must not start as well.
        """
        focused = self.window().focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if enter and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the last words beside or below the press."""
        super().resizeEvent(event)
        wide = self.width() >= self.look.px(_WIDE_FROM)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._foot.setDirection(across if wide else down)
        self.hint.setVisible(wide)
        self._fit_press()

    def _fit_press(self) -> None:
        words, short = self._words
        self.start.set_words(words)
        if self.start.sizeHint().width() > self.width() - self.look.px(32) and self.width() > 0:
            self.start.set_words(short)
            self.start.setAccessibleName(words)

    def _want_patient(self) -> None:
        text = self.patient.text()
        if text.strip():
            self.patient_wanted.emit(text)
        else:
            self.list.setFocus()

    def _complete(self) -> None:
        completer = QCompleter(self._ids, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.patient.setCompleter(completer)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addLayout(self._head())
        framed = QVBoxLayout()
        # As far in as the frames of buttons, which leave room for a focus ring.
        framed.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), 0)
        framed.setSpacing(look.px(10))
        framed.addWidget(self._box())
        framed.addWidget(self.note)
        column.addLayout(framed)
        self.below.setContentsMargins(look.px(SIDE), 0, 0, 0)
        self._foot.setSpacing(look.px(10))
        self._foot.addWidget(self.start, 0, Qt.AlignmentFlag.AlignLeft)
        self._foot.addWidget(self.below, 1)
        column.addLayout(self._foot)
        column.addStretch()
        self.remark.hide()

    def _head(self) -> QVBoxLayout:
        row = QHBoxLayout()
        title = Label(self.look, self.tr("Start a group"), pixels=20, weight=BOLD)
        row.addWidget(title)
        row.addStretch()
        row.addWidget(self.cancel)
        head = QVBoxLayout()
        head.setSpacing(0)
        for label in (title, self.about):
            label.setContentsMargins(self.look.px(SIDE), 0, 0, 0)
        head.addLayout(row)
        head.addWidget(self.about)
        return head

    def _box(self) -> Box:
        look = self.look
        box = Box(look)
        box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head = QHBoxLayout()
        head.addWidget(self.count)
        head.addStretch()
        head.addWidget(self.hint)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(8))
        inside.setSpacing(look.px(4))
        inside.addLayout(head)
        for widget in (self.list, self.patient, self.remark):
            inside.addWidget(widget)
        return box
