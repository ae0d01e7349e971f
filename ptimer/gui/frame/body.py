"""The window between header and footer: a left, a centre and a right column, screen by screen."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from ptimer.gui.controls.scroll_bar import SlimScrollBar
from ptimer.gui.look import Look
from ptimer.timing.clock import Instant

_LEFT = 280
_RIGHT = 304
_NARROW = 1120
"""Pixels of width below which the side columns give way to the centre."""

_LEFT_NARROW = 216
_RIGHT_NARROW = 276


class Screen(Protocol):
    """What stands in the three columns; a column that is None stays away."""

    left: QWidget | None
    centre: QWidget
    right: QWidget | None

    def enter(self) -> None:
        """Show what is so now, since the screen is about to be seen."""

    def refresh(self) -> None:
        """Show what is so now, since the record has changed."""

    def tick(self, now: Instant) -> None:
        """Repaint what a second changes."""

    def close_typed(self) -> bool:
        """Close a form that is open on the screen; return whether there was one."""

    def leave(self) -> None:
        """Forget what is half typed, since the screen is left."""


class _Column(QStackedWidget):
    """A side column: a panel with a hairline towards the centre."""

    def __init__(self, look: Look, *, line_at_right: bool) -> None:
        super().__init__()
        self.look = look
        self._line_at_right = line_at_right
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.look.color("panel"))
        x = self.width() - 1 if self._line_at_right else 0
        painter.fillRect(x, 0, 1, self.height(), self.look.color("line"))


class Body(QWidget):
    """Makes a screen when it is first wanted, and shows one at a time."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._makers: dict[str, Callable[[], Screen]] = {}
        self.screens: dict[str, Screen] = {}
        self.name = ""
        self._left = _Column(look, line_at_right=True)
        self._right = _Column(look, line_at_right=False)
        self._centre = QStackedWidget()
        self.look = look
        self._fit_columns()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self._centre, 1)
        row.addWidget(self._right)

    def offer(self, name: str, maker: Callable[[], Screen]) -> None:
        """Know how a screen is made."""
        self._makers[name] = maker

    @property
    def screen_shown(self) -> Screen | None:
        """The screen that is seen."""
        return self.screens.get(self.name)

    def show_screen(self, name: str) -> None:
        """Show a screen."""
        before = self.screen_shown
        if before is not None and name != self.name:
            before.leave()
        if name not in self.screens:
            self.screens[name] = self._makers[name]()
        self.name = name
        screen = self.screens[name]
        self._put(self._left, screen.left)
        self._put(self._centre, screen.centre)
        self._put(self._right, screen.right)
        screen.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the centre the room that a narrow window has."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        narrow = self.width() < self.look.px(_NARROW)
        self._left.setFixedWidth(self.look.px(_LEFT_NARROW if narrow else _LEFT))
        self._right.setFixedWidth(self.look.px(_RIGHT_NARROW if narrow else _RIGHT))

    @staticmethod
    def _put(column: QStackedWidget, widget: QWidget | None) -> None:
        column.setVisible(widget is not None)
        if widget is None:
            return
        if column.indexOf(widget) < 0:
            column.addWidget(widget)
        column.setCurrentWidget(widget)


def scrolled(look: Look, widget: QWidget) -> QScrollArea:
    """Return a column that scrolls where it is higher than the window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBar(SlimScrollBar(look))
    # One of our own: to ask for Qt's would first look at every kind of widget there is.
    area.setViewport(QWidget())
    area.setWidget(widget)
    # Only now: to be given a widget makes an area paint that widget's ground.
    widget.setAutoFillBackground(False)
    return area
