"""The bar under the header: what was refused and why, what was not recorded, what may follow."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.breaking import breakable
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

if TYPE_CHECKING:
    from ptimer.gui.why.why_panel import WhyPanel
    from ptimer.operations.explaining import Explanation

_MOST_ACTIONS = 6
ENTER = "Enter"
SECONDS = 15
"""How long a bar stays that goes by itself; not while the mouse or the keyboard is in it."""


@dataclass(frozen=True)
class Action:
    """A press that the bar offers."""

    words: str
    do: Callable[[], object]
    primary: bool = False
    icon: str = ""
    key: str = ""
    """"Enter" where that presses it, too: only in what answers a person's own press."""


@dataclass(frozen=True)
class Message:
    """What the bar says. `kind` is "bad", "warn" or "info"; `why` is shown on a press."""

    title: str
    text: str = ""
    kind: str = "bad"
    why: "Explanation | None" = None
    actions: tuple[Action, ...] = field(default=())
    stays: bool = False


class MessageBar(QWidget):
    """Says one thing at a time; never modal, never silent, and goes by itself.

    Signals:
        dismissed(): it says nothing any more.
    """

    dismissed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.look = look
        self.message: Message | None = None
        self.panel: WhyPanel | None = None
        self._left = 0
        self.title = Label(look, pixels=15, weight=BOLD, wrap=True)
        self.text = Label(look, pixels=12, wrap=True)
        self.buttons = [Button(look, "") for _ in range(_MOST_ACTIONS)]
        self.why = Button(look, self.tr("Why?"))
        self.close_button = Button(look, "", kind="flat", icon="close")
        self.close_button.setAccessibleName(self.tr("Close the message"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange()
        self.why.clicked.connect(self._explain)
        self.close_button.clicked.connect(self.dismiss)
        for place, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, place=place: self._act(place))
        self.hide()

    def say(self, message: Message) -> None:
        """Show a message in place of the one before."""
        self.message = message
        self._left = SECONDS
        self.title.set_color("ink")
        self.title.say(breakable(message.title))
        self.text.say(breakable(message.text))
        self.text.setVisible(bool(message.text))
        for place, button in enumerate(self.buttons):
            shown = place < len(message.actions)
            button.setVisible(shown)
            if shown:
                action = message.actions[place]
                button.set_words(action.words, key=action.key)
                button.set_kind("primary" if action.primary else "plain")
        self.why.setVisible(message.why is not None)
        self.setAccessibleName(f"{message.title}. {message.text}")
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Stop saying it."""
        self.message = None
        if self.panel is not None and self.panel.isVisible():
            self.panel.dismiss()
        leave_to_window(self)
        self.hide()
        self.dismissed.emit()

    def press_enter(self) -> bool:
        """Do what Enter presses; return whether there is such a thing."""
        actions = self.message.actions if self.message is not None else ()
        for place, action in enumerate(actions):
            if action.key == ENTER and self.isVisible():
                self._act(place)
                return True
        return False

    def focus_first(self) -> bool:
        """Give the keyboard to the first press that is offered; return whether there is one."""
        if self.message is None or not self.message.actions or not self.isVisible():
            return False
        self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def tick(self) -> None:
        """Note that a second is over; go, once the time is up."""
        if self.message is None or self.message.stays or self._is_used():
            return
        self._left -= 1
        if self._left <= 0:
            self.dismiss()
        else:
            self.update(0, self.height() - 3, self.width(), 3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the window."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar, its sign, and how much longer it stays."""
        del event
        if self.message is None:
            return
        look = self.look
        kind = self.message.kind
        ink = {"bad": "bad", "warn": "warn", "info": "accent"}[kind]
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color(f"{ink}_soft"))
        line = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, look.color(f"{ink}_line"))
        icon = {"bad": "forbidden", "warn": "warning", "info": "rest"}[kind]
        size = look.px(24)
        pixmap = look.icon(icon, look.color(ink), 24, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(look.px(18), (self.height() - size) // 2), pixmap)
        if not self.message.stays:
            width = self.width() * self._left / SECONDS
            painter.fillRect(QRectF(0, self.height() - 3, width, 3), look.color(ink))

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
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self.why)
        row.addWidget(self.close_button)

    def _is_used(self) -> bool:
        focus = self.window().focusWidget() if self.window() else None
        if self.panel is not None and self.panel.isVisible():
            return True
        return self.underMouse() or (focus is not None and self.isAncestorOf(focus))

    def _act(self, place: int) -> None:
        if self.message is not None:
            action = self.message.actions[place]
            self.dismiss()
            action.do()

    def _explain(self) -> None:
        """Open the explanation below the press; the bar stays as long as it is read."""
        from ptimer.gui.why.why_panel import WhyPanel  # seldom, and not at the start

        if self.message is None or self.message.why is None:
            return
        self._left = SECONDS
        if self.panel is None:
            self.panel = WhyPanel(self.look)
        self.panel.explain(self.message.why, self.why)
