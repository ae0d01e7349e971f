"""Locked: no patient id is to be seen anywhere, the stopwatch goes on, and Stop stays possible."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.lock.lock_card import LockCard
from ptimer.gui.lock.locked_time import RunningCode
from ptimer.gui.lock.skeletons import SkeletonUnits, SkeletonVisits
from ptimer.gui.look import Look
from ptimer.gui.texts import Label, Times, core, heading
from ptimer.operations.snapshots import Today
from ptimer.operations.visit_record import Segment
from ptimer.timing.clock import Instant

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LockScreen(QObject):
    """The screen of a locked window; while it is seen, every key of the window is its own.

    Signals:
        unlock_wanted(): a person unlocks.
    """

    unlock_wanted = Signal()

    def __init__(self, look: Look, desk: Desk, times: Times) -> None:
        """Make the three columns."""
        super().__init__()
        del times
        self.look = look
        self.desk = desk
        self._window: QWidget | None = None
        self.count = heading(look, "")
        self.visits = SkeletonVisits(look)
        self.card = LockCard(look)
        self.left: QWidget | None = self._left_column()
        self.centre: QWidget = scrolled(look, self._middle())
        self.right: QWidget | None = self._right_column()
        self.card.unlock_wanted.connect(self.unlock_wanted)
        self.card.stop_wanted.connect(desk.stop_segment)

    # -- the screen ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Hide everything, and take the keyboard."""
        self.refresh()
        self._window = self.centre.window()
        self._window.installEventFilter(self)
        self.card.setFocus()

    def refresh(self) -> None:
        """Show how many visits there are, and what runs."""
        today = self.desk.today
        self.count.say(self._count(len(today.visits)).upper())
        self.visits.show_visits(tuple(bool(view.record.running) for view in today.visits))
        self.card.show_running(_running(today, self._name), self.desk.now())

    def tick(self, now: Instant) -> None:
        """Let the stopwatches go on."""
        self.card.show_times(now)

    def close_typed(self) -> bool:
        """Return that no form opens here that Escape would have to close first."""
        return False

    def leave(self) -> None:
        """Give the keys back."""
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None
        self.card.clearFocus()

    # -- keys ----------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take every key that nothing on the card has taken: it does nothing, or Stop or Unlock."""
        del watched
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            self._do_key(event)
        # A shortcut asks first: taken here, it does not reach what is locked.
        event.accept()
        return True

    def _do_key(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() in _ENTER and plain:
            self.unlock_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and plain:
            self._stop_last()

    def _stop_last(self) -> None:
        """Stop what started last. Nothing is resumed: nobody would see for whom."""
        running = self.desk.today.running
        if running:
            self.desk.stop_segment(running[-1].id)

    # -- inside --------------------------------------------------------------------------------

    def _name(self, segment: Segment) -> str:
        code = self.desk.clinic.rulebook.codes[segment.code]
        return core(code.label) if code.apart else code.code

    def _count(self, visits: int) -> str:
        if visits == 1:
            return self.tr("1 visit today")
        return self.tr("{0} visits today").format(visits) if visits else self.tr("No visits today")

    def _left_column(self) -> QWidget:
        look = self.look
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(look.px(12), look.px(14), look.px(12), look.px(8))
        column.setSpacing(look.px(6))
        column.addWidget(self.count)
        column.addWidget(self.visits, 1)
        return left

    def _middle(self) -> QWidget:
        look = self.look
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card, 100)
        row.addStretch(1)
        column.addStretch()
        column.addLayout(row)
        column.addStretch()
        return middle

    def _right_column(self) -> QWidget:
        look = self.look
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px(18), look.px(16), look.px(18), look.px(16))
        column.setSpacing(look.px(10))
        column.addWidget(heading(look, self.tr("Units")))
        column.addWidget(SkeletonUnits(look))
        hidden = self.tr("Shown again after unlocking.")
        column.addWidget(Label(look, hidden, pixels=13, color="mute", wrap=True))
        column.addStretch()
        return right


def _running(today: Today, name: Callable[[Segment], str]) -> tuple[RunningCode, ...]:
    """Return what runs, a group as one; of patients only how many."""
    found: dict[str, list[Segment]] = {}
    for segment in today.running:
        found.setdefault(segment.group_id or segment.id, []).append(segment)
    return tuple(
        RunningCode(each[0].id, name(each[0]), each[0].started_at, len(each))
        for each in found.values()
    )
