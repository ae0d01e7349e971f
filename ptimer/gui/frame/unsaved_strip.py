"""The strip under the header while a press waits to be recorded; it goes when none does."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.breaking import breakable
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.export import file_dialog
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.frame.unsaved_words import StripWords, words_of
from ptimer.gui.look import BOLD
from ptimer.gui.texts import Label
from ptimer.gui.unsaved_presses import UnsavedPresses
from ptimer.operations.recording import Pressed
from ptimer.timing.service_date import local

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class UnsavedStrip(QWidget):
    """Says which presses are not recorded yet; stays until they are. Never modal."""

    def __init__(self, window: "MainWindow", waiting: UnsavedPresses) -> None:
        """Make a hidden strip; `ask_file` is what asks where a copy goes."""
        super().__init__()
        look = window.look
        self.look = look
        self.ask_file = file_dialog.ask_file
        self._window = window
        self._waiting = waiting
        self._said = ""
        self.title = Label(look, pixels=15, weight=BOLD, wrap=True)
        self.text = Label(look, pixels=12, wrap=True)
        self.again = Button(look, "", kind="primary")
        self.switch = Button(look, "", icon="switch")
        self.without = Button(look, "")
        self.save = Button(look, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange()
        self._connect()
        self.hide()

    def show_waiting(self) -> None:
        """Say what waits now; go where nothing does."""
        words = words_of(self._waiting, self._window.desk.clinic, locked=self._window.locked)
        if words is None:
            self._said = ""
            leave_to_window(self)
            self.hide()
            return
        self.title.say(breakable(words.title))
        self.text.say(breakable(words.text))
        for button, text in (
            (self.again, words.again),
            (self.switch, words.switch),
            (self.without, words.without),
            (self.save, words.save),
        ):
            button.set_words(text)
            button.setVisible(bool(text) and not self._window.locked)
        self.again.setVisible(bool(words.again))
        self.setAccessibleName(f"{words.title}. {words.text}")
        self.show()
        self.update()
        self._announce(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the sign."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("bad_soft"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), look.color("bad_line"))
        size = look.px(24)
        pixmap = look.icon("warning", look.color("bad"), 24, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(look.px(18), (self.height() - size) // 2), pixmap)

    def _announce(self, words: StripWords) -> None:
        """Let a screen reader and the mini window say it, once."""
        if words.title != self._said:
            self._said = words.title
            self._window.messages.said.emit(Message(words.title, words.text, stays=True))

    def _arrange(self) -> None:
        look = self.look
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(54), look.px(6), look.px(14), look.px(6))
        row.setSpacing(0)
        row.addLayout(words, 1)
        for button in (self.again, self.switch, self.without, self.save):
            row.addWidget(button)

    def _connect(self) -> None:
        waiting = self._waiting
        waiting.changed.connect(self.show_waiting)
        waiting.recorded.connect(self._tell_recorded)
        self._window.locked_changed.connect(self.show_waiting)
        self.again.clicked.connect(self._try_again)
        self.switch.clicked.connect(self._switch)
        self.without.clicked.connect(self._do_without)
        self.save.clicked.connect(self._save)
        self.look.changed.connect(self.update)

    @property
    def _asks_about_earlier(self) -> bool:
        """Whether it is about what an earlier window had kept."""
        return not self._waiting.queue.presses

    def _try_again(self) -> None:
        if self._asks_about_earlier:
            self._waiting.take_over()
        else:
            self._waiting.retry()
            self.show_waiting()

    def _switch(self) -> None:
        if self._asks_about_earlier:
            self._waiting.switch_offered()
        else:
            self._waiting.switch()

    def _do_without(self) -> None:
        if self._asks_about_earlier:
            self._waiting.do_without_offered()
        else:
            self._waiting.do_without()

    def _save(self) -> None:
        now = local(self._window.desk.now(), self._window.desk.clinic.clock.zone)
        path = self.ask_file(
            self,
            self.tr("Save the presses that are not recorded"),
            file_dialog.folder_to_offer("") / f"ptimer-presses-{now:%Y-%m-%d-%H%M}.csv",
            self.tr("CSV files (*.csv);;All files (*)"),
        )
        if path is not None and self._waiting.save_copy(path):
            title = self.tr("Saved in {0}").format(path)
            text = self.tr("If they are never recorded here: ptimer import FILE")
            self._window.say(Message(title=title, text=text, kind="info"))

    def _tell_recorded(self, done: list[Pressed]) -> None:
        text = self.tr("Each at the time at which it was pressed.")
        title = self.tr("1 press that had waited is recorded")
        if len(done) != 1:
            title = self.tr("{0} presses that had waited are recorded").format(len(done))
        self._window.say(Message(title=title, text=text, kind="info"))
