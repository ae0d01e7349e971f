"""The mini window: code, time, units, stop and switch, above every other program."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ptimer.gui import texts
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.frame import tab_order
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.look import Look
from ptimer.gui.mini import mini_place
from ptimer.gui.mini.glance import Glance, State, glance_of, other_cards
from ptimer.gui.mini.mini_face import MiniFace
from ptimer.gui.mini.mini_key import MiniKey
from ptimer.gui.mini.mini_keys import MiniKeys
from ptimer.gui.mini.mini_lists import CardList, OtherList
from ptimer.gui.mini.mini_message import MiniMessage
from ptimer.gui.mini.mini_words import KeyWords, face_of, first_key, key_words, second_key, title_of
from ptimer.timing.clock import Instant


class MiniWindow(QWidget):
    """Stands in for the main window while another program needs the screen.

    Signals:
        back_wanted(): a person goes back to the main window.
        lock_wanted(): a person hides the patient ids.
    """

    back_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, look: Look, desk: Desk) -> None:
        """Make the window; it is not seen before `show`."""
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self.look = look
        self.desk = desk
        self.locked = False
        self._wanted_place = QPoint()
        self._put_at = QPoint()
        self.glance = Glance(State.STOPPED)
        self.face = MiniFace(look)
        self.first = MiniKey(look)
        self.second = MiniKey(look)
        self.message = MiniMessage(look)
        self.others = OtherList(look)
        self.cards = CardList(look)
        self.keys = MiniKeys(self)
        self._arrange()
        self._connect()

    @property
    def cards_open(self) -> bool:
        """Whether the other codes of the visit are seen."""
        return not self.cards.isHidden()

    def show_locked(self, locked: bool) -> None:
        """Hide the patient ids and all but Stop, or show everything again."""
        self.locked = locked
        self.message.dismiss()
        self.close_cards()
        self.refresh()

    def say(self, message: Message) -> None:
        """Say something under the face."""
        self.close_cards()
        self.message.say(message)

    def refresh(self) -> None:
        """Show what is so now."""
        if not self.isHidden():
            self.show_at(self.desk.now())

    def show_at(self, now: Instant) -> None:
        """Show what is so at a moment."""
        glance = glance_of(self.desk, now, locked=self.locked)
        self.glance = glance
        self.setWindowTitle(title_of(glance))
        self.face.show_words(face_of(glance), self._time(now))
        for key in (self.first, self.second):
            key.keep_room_for(key_words())
        self._show_key(self.first, first_key(glance), self._key_of_first())
        self._show_key(self.second, second_key(glance), "")
        self.others.show_stopwatches(glance.others, now, locked=self.locked)
        if self.second.isHidden():
            self.close_cards()
        elif self.cards_open:
            self._show_cards(now)

    def tick(self, now: Instant) -> None:
        """Repaint what a second changes."""
        if self.isHidden():
            return
        self.face.show_time(self._time(now))
        self.others.show_times(now)
        self.message.tick()

    def toggle_cards(self) -> None:
        """Show what else may be pressed in the visit, or put it away."""
        if self.cards_open:
            self.close_cards()
        elif not self.second.isHidden():
            self.message.dismiss()
            self._show_cards(self.desk.now())
            self.cards.show()
            self.second.setChecked(True)

    def close_cards(self) -> bool:
        """Put the other codes away; return whether they were seen."""
        if not self.cards_open:
            return False
        leave_to_window(self.cards)
        self.cards.hide()
        self.second.setChecked(False)
        return True

    def press_first(self) -> None:
        """Do what the upper key says."""
        glance = self.glance
        if glance.state is State.DOUBT:
            self.desk.show("recovery")
        elif glance.running is not None:
            self.desk.stop_segment(glance.running.segment_id)
        elif glance.resume is not None and glance.others:
            self.desk.press(glance.resume.code)
        elif glance.resume is not None:
            self.desk.space()

    def place(self, kept: str, screens: list[QRect]) -> None:
        """Put the window where it was left."""
        self._put(mini_place.place_of(kept, self.sizeHint(), screens))
        self._wanted_place = self.pos()

    def place_left(self) -> QPoint:
        """Return where a person put it last; to stay on the screen it may stand elsewhere now.

        Not noted from each move: an X server tells of places where it never stood.
        """
        if self.pos() != self._put_at:
            self._wanted_place = self._put_at = self.pos()
        return self._wanted_place

    # -- events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a single key means."""
        if not self.keys.press(event):
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go back to the main window: nothing stops, and ptimer goes on."""
        event.accept()
        self.back_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Open upwards where there is no room below, and come back down."""
        super().resizeEvent(event)
        if self.isVisible():
            wanted = mini_place.written(self.place_left())
            screens = mini_place.screens_from(self)
            self._put(mini_place.place_of(wanted, event.size(), screens))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's own)
        """Let Tab go from top to bottom."""
        focused = self.focusWidget()
        if focused is not None and not focused.isVisible():
            return super().focusNextPrevChild(forward)  # not Tab: Qt hides what has the keyboard
        return tab_order.step(self, forward=forward)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and a hairline around, which parts it from what lies below."""
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        painter.fillRect(self.rect(), self.look.color("panel"))
        painter.setPen(self.look.color("field"))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))

    # -- inside --------------------------------------------------------------------------------

    def _time(self, now: Instant) -> str:
        glance = self.glance
        if glance.running is not None:
            return glance.running.time(now)
        if glance.locked or not glance.any_visit:
            return ""
        return texts.running_time(glance.resume.milliseconds if glance.resume else 0)

    def _key_of_first(self) -> str:
        glance = self.glance
        if glance.state is State.DOUBT:
            return ""
        is_last = glance.running is not None and glance.running.last
        is_resumed = glance.running is None and not glance.others
        return self.tr("Space") if is_last or is_resumed else ""

    @staticmethod
    def _show_key(key: MiniKey, words: KeyWords | None, pressed_by: str) -> None:
        if words is None:
            leave_to_window(key)
        key.setVisible(words is not None)
        if words is not None:
            key.show_key(words.words, words.icon, words.said, key=pressed_by, color=words.color)

    def _show_cards(self, now: Instant) -> None:
        running = self.glance.running is not None
        title = self.tr("A press switches at once") if running else self.tr("A press starts")
        self.cards.show_cards(other_cards(self.desk), f"{title} · {self.glance.patient}", now)

    def _press(self, code: str) -> None:
        self.close_cards()
        self.desk.press(code)

    def _look_at(self, visit_id: str) -> None:
        self.close_cards()
        self.desk.select(visit_id)

    def _put(self, place: QPoint) -> None:
        self._put_at = place
        self.move(place)

    def _drag(self, by: QPoint) -> None:
        handle = self.windowHandle()
        # Where the system moves windows itself, it also keeps them on the screen.
        if handle is None or not handle.startSystemMove():
            self.move(self.pos() + by)

    def _arrange(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.second.setCheckable(True)
        upper = QGridLayout()
        upper.setSpacing(0)
        upper.addWidget(self.face, 0, 0, 2, 1)
        upper.addWidget(self.first, 0, 1)
        upper.addWidget(self.second, 1, 1)
        upper.setColumnStretch(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)
        column.addLayout(upper)
        column.addWidget(self.message)
        column.addWidget(self.others)
        column.addWidget(self.cards)

    def _connect(self) -> None:
        desk = self.desk
        desk.refreshed.connect(self.refresh)
        desk.selected.connect(self.refresh)
        desk.minute_turned.connect(self._turn_minute)
        desk.ticked.connect(self.tick)
        self.face.clicked.connect(self.back_wanted)
        self.face.dragged.connect(self._drag)
        self.first.clicked.connect(self.press_first)
        self.second.clicked.connect(self.toggle_cards)
        self.others.stop_wanted.connect(desk.stop_segment)
        self.others.visit_wanted.connect(self._look_at)
        self.cards.pressed_for.connect(self._press)
        self.look.changed.connect(self.update)

    def _turn_minute(self, now: Instant) -> None:
        if not self.isHidden():
            self.show_at(now)
