"""What to do while no visit is there: three lines and a press."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.frame.body import scrolled
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

_ALL_THERE_IS = 100
"""A stretch beside which the margins get what is left over."""


class EmptyScreen(QWidget):
    """The centre of the window on a day without visits."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make the screen."""
        super().__init__(parent)
        self.new = Button(look, self.tr("New visit"), kind="primary", icon="plus", key="Ctrl+N")
        column = QVBoxLayout()
        column.setSpacing(look.px(9))
        column.addStretch()
        title = self.tr("Start your first visit")
        column.addWidget(Label(look, title, pixels=20, weight=BOLD))
        text = self.tr(
            "Press a code when you begin, press the next when you change. ptimer keeps the "
            "minutes on this PC and says what they may be billed as."
        )
        column.addWidget(Label(look, text, color="mute", wrap=True))
        steps = (
            (
                self.tr("Ctrl+N: a patient id"),
                self.tr("Your own number or initials; no name is needed."),
            ),
            (self.tr("Press a code"), self.tr("Its stopwatch runs at once. Keys 1-9 do the same.")),
            (
                self.tr("Press the next code"),
                self.tr("The first one ends at the same instant. Space stops."),
            ),
        )
        for number, (name, remark) in enumerate(steps, start=1):
            column.addWidget(_step(look, number, name, remark))
        column.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        inner = QWidget()
        inner.setLayout(column)
        inner.setMaximumWidth(look.px(520))
        content = QWidget()
        row = QHBoxLayout(content)
        row.addStretch(1)
        row.addWidget(inner, _ALL_THERE_IS)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(look, content))


def _step(look: Look, number: int, name: str, remark: str) -> QWidget:
    box = Box(look)
    row = QHBoxLayout(box)
    row.setContentsMargins(look.px(20), look.px(12), look.px(14), look.px(12))
    row.setSpacing(look.px(18))
    digit = Label(look, str(number), pixels=20, weight=BOLD, color="accent")
    # One width for all digits: the words beside them stand below each other.
    digit.setFixedWidth(look.px(14))
    row.addWidget(digit)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Label(look, name, weight=BOLD))
    words.addWidget(Label(look, remark, color="mute", wrap=True))
    row.addLayout(words, 1)
    return box
