"""The line at the top: where one is, what time it is, who treats, and the lock."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.frame.window_keys import MINI_KEY
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label, Times, core, short
from ptimer.timing.clock import Instant

_HEIGHT = 52
_LOCK_KEY = "Ctrl+L"
_NARROW = 1120
"""Pixels of width below which date and long names are left out."""

_WIDE = 1400
"""Pixels of width from which the mini window's button has its words beside the sign."""

_NAME_LENGTHS = (32, 16, 12, 8, 4)
"""Characters of a name, the first that there is room for; the longest only in a wide window."""


_SIGN, _SIGN_AND_NAME = 46, 129
"""Pixels at the left, in a narrow window and in a wide one."""


class Header(QWidget):
    """The header of the window.

    Signals:
        screen_wanted(name): a person goes to another screen.
        who_wanted(): a person wants to change who treats.
        lock_wanted(): a person locks the window.
        mini_wanted(): a person wants the mini window instead of this one.
    """

    screen_wanted = Signal(str)
    who_wanted = Signal()
    lock_wanted = Signal()
    mini_wanted = Signal()

    def __init__(
        self, look: Look, times: Times, *, demo: bool, parent: QWidget | None = None
    ) -> None:
        """Make the header; a demo day says so for as long as it is open."""
        super().__init__(parent)
        self.look = look
        self._times = times
        self._minute = ""
        self._now = Instant(0)
        self._who, self._role = "", ""
        self._narrow = False
        self.places: dict[str, Button] = {}
        self.clock = Label(look, color="mute")
        self.who = Button(look, "", kind="nav")
        self.mini = Button(look, "", icon="mini")
        self.lock = Button(look, self.tr("Lock"), key=_LOCK_KEY)
        self.demo = Label(look, self.tr("demo day"), weight=BOLD, color="warn")
        self.locked = Label(look, self.tr("locked"), color="mute")
        self.locked.hide()
        if not demo:
            self.demo.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(_HEIGHT))
        self._arrange()
        self.who.clicked.connect(self.who_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.mini.clicked.connect(self.mini_wanted)
        look.changed.connect(self.update)

    def show_place(self, name: str) -> None:
        """Mark where one is; a name that is no place marks none."""
        for place, button in self.places.items():
            button.setChecked(place == name)

    def show_locked(self, locked: bool) -> None:
        """Leave nothing to press while the window is locked, and say so."""
        for widget in (*self.places.values(), self.who, self.mini, self.lock):
            widget.setVisible(not locked)
        self.locked.setVisible(locked)

    def show_time(self, now: Instant) -> None:
        """Show date and time, if the minute is another."""
        self._now = now
        time = self._times.time(now)
        text = time if self._narrow else f"{self._times.date(now)} · {time}"
        if text != self._minute:
            self._minute = text
            self.clock.say(text)

    def show_who(self, name: str, credentials: str, role: str) -> None:
        """Show who treats; a role other than the therapist's is always said."""
        words = ", ".join(part for part in (name, credentials) if part) or self.tr("no name yet")
        self._who = words
        self._role = "" if role == "therapist" else f" · {core(role)}"
        self._write_who()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what a narrow window has no room for."""
        super().resizeEvent(event)
        narrow = self.width() < self.look.px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            self._leave_room_for_sign()
            self.lock.set_words(self.lock.text(), key="" if narrow else _LOCK_KEY)
            self.show_time(self._now)
        self._write_mini()
        if self._who and self._who_that_fits() != (self.who.text(), not self.clock.isHidden()):
            self._write_who()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the sign."""
        del event
        look = self.look
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.color("panel"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.color("line"))
        sign = look.icon("ptimer", look.color("accent"), 19, self.devicePixelRatioF())
        painter.drawPixmap(QPoint(look.px(18), (self.height() - look.px(19)) // 2), sign)
        if self._narrow:
            return
        painter.setPen(look.color("ink"))
        painter.setFont(look.font(16, BOLD))
        painter.drawText(look.px(44), self.height() // 2 + look.px(6), "ptimer")

    def _write_mini(self) -> None:
        """Leave words and key out where there is no room for them; the tooltip has them."""
        words = self.tr("Mini window")
        wide = self.width() >= self.look.px(_WIDE)
        key = QKeySequence(MINI_KEY).toString(QKeySequence.SequenceFormat.NativeText)
        self.mini.set_words(words if wide else "", key=key if wide else "")
        self.mini.setAccessibleName(words)
        self.mini.setToolTip(f"{words} ({key})")

    def _write_who(self) -> None:
        """Cut the name where it is long, never the role; the name is heard and shown in full."""
        words, beside_clock = self._who_that_fits()
        self.who.set_words(words)
        self.clock.setVisible(beside_clock)
        full = self._who + self._role
        self.who.setAccessibleName(self.tr("Who treats: {0}. Change").format(full))
        self.who.setToolTip(plain_tip(full))

    def _who_that_fits(self) -> tuple[str, bool]:
        """Return the name as long as there is room, and whether the clock has room, too.

        Rather than to a few letters of the name, the window leaves the time to the computer.
        """
        words = [short(self._who, length) + self._role for length in _NAME_LENGTHS[self._narrow :]]
        layout = self.layout()
        if layout is None:
            return words[0], True
        clock = self.clock.sizeHint().width() + layout.spacing()
        taken = layout.minimumSize().width() - self.who.sizeHint().width()
        room = self.width() - taken + (0 if self.clock.isHidden() else clock)
        for each in words[:-1]:
            if self.who.width_of(each) + clock <= room:
                return each, True
        fits = (each for each in words if self.who.width_of(each) <= room)
        return next(fits, words[-1]), False

    def _leave_room_for_sign(self) -> None:
        left = _SIGN if self._narrow else _SIGN_AND_NAME
        self._row.setContentsMargins(self.look.px(left), 0, self.look.px(14), 0)

    def _arrange(self) -> None:
        self._row = row = QHBoxLayout(self)
        self._leave_room_for_sign()
        row.setSpacing(self.look.px(2))
        places = (
            ("today", self.tr("Today")),
            ("day-summary", self.tr("Day summary")),
            ("history", self.tr("History")),
            ("codes", self.tr("Codes & rules")),
            ("settings", self.tr("Settings")),
        )
        for name, words in places:
            button = Button(self.look, words, kind="nav")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.screen_wanted.emit(name))
            self.places[name] = button
            row.addWidget(button)
        row.addStretch()
        for widget in (self.demo, self.clock, self.who, self.locked, self.mini, self.lock):
            row.addWidget(widget)
            row.addSpacing(self.look.px(4))
