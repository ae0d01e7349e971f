"""What stands in place of the table on a day that has nothing to show, and what to do then."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label


class EmptyDay(Box):
    """Words and one press.

    Signals:
        pressed(): a person does what is offered.
    """

    pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(look, parent)
        self.title = Label(look, pixels=16, weight=BOLD, wrap=True)
        self.text = Label(look, color="mute", wrap=True)
        self.press = Button(look, "", kind="primary")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(12))
        column.setSpacing(look.px(6))
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addWidget(self.press, 0, Qt.AlignmentFlag.AlignLeft)
        self.press.clicked.connect(self.pressed)

    def say(self, title: str, text: str, press: str) -> None:
        """Say what there is not, and what to do; `press` empty offers nothing."""
        self.title.say(title)
        self.text.say(text)
        self.press.set_words(press)
        self.press.setVisible(bool(press))
