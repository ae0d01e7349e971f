"""What the mini window says below its face: the same as the main window's bar, in a narrow box."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from ptimer.gui import texts
from ptimer.gui.controls.flow_layout import FlowLayout
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.frame.message_bar import SECONDS, Message, MessageBar

_MOST = 28
"""Characters of a press for which there is room."""


class MiniMessage(MessageBar):
    """A message under the face, its presses below its words."""

    def sizeHint(self) -> QSize:
        """Return that it takes the width it is given."""
        return QSize(self.look.px(240), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and how much longer it stays."""
        if self.message is None:
            return
        look = self.look
        ink = {"bad": "bad", "warn": "warn", "info": "accent"}[self.message.kind]
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(self.rect(), look.color(f"{ink}_soft"))
        painter.fillRect(0, 0, self.width(), 1, look.color(f"{ink}_line"))
        if not self.message.stays:
            width = self.width() * self._left / SECONDS
            painter.fillRect(QRectF(0, self.height() - 3, width, 3), look.color(ink))

    def say(self, message: Message) -> None:
        """Show a message; a press with many words is cut, and heard and shown in full."""
        short = (replace(each, words=texts.short(each.words, _MOST)) for each in message.actions)
        super().say(replace(message, actions=tuple(short)))
        for button, action in zip(self.buttons, message.actions, strict=False):
            button.setAccessibleName(action.words)
            button.setToolTip(plain_tip(action.words))

    def forget(self) -> None:
        """Stop saying it here; the main window may go on."""
        self.message = None
        self.hide()

    def _arrange(self) -> None:
        look = self.look
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        head = QHBoxLayout()
        head.setSpacing(look.px(4))
        words = QVBoxLayout()
        words.setSpacing(look.px(2))
        words.addWidget(self.title)
        words.addWidget(self.text)
        head.addLayout(words, 1)
        head.addWidget(self.close_button)
        presses = FlowLayout()
        for button in (*self.buttons, self.why):
            presses.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(6), look.px(4), look.px(6))
        column.setSpacing(look.px(4))
        column.addLayout(head)
        column.addLayout(presses)
