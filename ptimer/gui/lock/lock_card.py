"""What is seen of a locked window: that it is locked, what runs, Stop and Unlock."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ptimer.gui.controls.box import Box
from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.notes import Note
from ptimer.gui.controls.painting import SIDE
from ptimer.gui.lock.locked_time import LockedTime, RunningCode
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label
from ptimer.timing.clock import Instant

_WIDTH = 430
_SIGN = 24


class _Sign(QWidget):
    """The padlock."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self.look.px(_SIGN), self.look.px(_SIGN))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        accent = self.look.color("accent")
        painter.drawPixmap(0, 0, self.look.icon("lock", accent, _SIGN, self.devicePixelRatioF()))


class LockCard(Box):
    """The card in the middle; the keyboard stays in it.

    Signals:
        stop_wanted(segment_id): a person stops something.
        unlock_wanted(): a person unlocks.
    """

    stop_wanted = Signal(str)
    unlock_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        """Make a card on which nothing runs."""
        super().__init__(look, parent)
        self.times: list[LockedTime] = []
        self.text = Label(look, color="mute", wrap=True)
        self.note = Note(look, "plain")
        self.unlock = Button(look, self.tr("Unlock"), kind="primary", key="Enter")
        self._time_column = QVBoxLayout()
        self.setAccessibleName(self.tr("Locked"))
        self.setAccessibleDescription(self.tr("Enter unlocks; what runs can be stopped"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaximumWidth(look.px(_WIDTH))
        self._arrange()
        self.unlock.clicked.connect(self.unlock_wanted)

    @property
    def shown_times(self) -> list[LockedTime]:
        """The stopwatches that are seen."""
        return [time for time in self.times if not time.isHidden()]

    def show_running(self, running: tuple[RunningCode, ...], now: Instant) -> None:
        """Show all that runs: whatever it is, it can be stopped."""
        self.text.say(
            self.tr("Patient ids are hidden. The stopwatch goes on.")
            if running
            else self.tr("Patient ids are hidden. Nothing runs.")
        )
        while len(self.times) < len(running):
            self._add_time()
        for place, time in enumerate(self.times):
            time.setVisible(place < len(running))
            if place < len(running):
                last = place == len(running) - 1
                time.show_running(running[place], now, alone=len(running) == 1, last=last)

    def show_times(self, now: Instant) -> None:
        """Show the time that has passed."""
        for time in self.shown_times:
            time.show_time(now)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802  (Qt's own)
        """Keep the keyboard among what can be pressed: all else is locked."""
        stops: list[QAbstractButton] = [time.stop for time in self.shown_times]
        buttons = [*stops, self.unlock]
        focused = self.window().focusWidget()
        place = next((i for i, button in enumerate(buttons) if button is focused), None)
        if place is None:
            place = -1 if next_ else 0
        buttons[(place + (1 if next_ else -1)) % len(buttons)].setFocus(
            Qt.FocusReason.TabFocusReason
        )
        return True

    def _add_time(self) -> None:
        time = LockedTime(self.look, self)
        time.stop_wanted.connect(self.stop_wanted)
        self.times.append(time)
        self._time_column.addWidget(time)

    def _arrange(self) -> None:
        look = self.look
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.setSpacing(look.px(8))
        title = Label(look, self.tr("Locked"), pixels=20, weight=BOLD)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(_Sign(look), 0, middle)
        column.addWidget(title, 0, middle)
        self.text.setAlignment(middle)
        column.addWidget(self.text)
        self._time_column.setSpacing(look.px(6))
        column.addSpacing(look.px(6))
        column.addLayout(self._time_column)
        column.addSpacing(look.px(6))
        framed = QVBoxLayout()
        framed.setContentsMargins(look.px(SIDE), 0, look.px(SIDE), look.px(4))
        framed.addWidget(self.note)
        column.addLayout(framed)
        column.addWidget(self.unlock)
        self.unlock.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.note.say(self.tr("Anyone can unlock: this hides, it does not protect."))
