"""What does the window say under its header, and when does it say nothing?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.operations.errors import Busy, Problem
from ptimer.wording import Sentence

if TYPE_CHECKING:
    from ptimer.gui.frame.message_bar import Message, MessageBar
    from ptimer.gui.presses import Offer, RefusedPress
    from ptimer.operations.recording import Pressed


class WindowBar(QObject):
    """Makes the message bar when there is first something to say, and says it.

    Signals:
        made(MessageBar): the bar is there now; give it its place.
        not_recorded(): the last press was not recorded.
        endangered(): nothing can be recorded now; no press was lost.
        said(Message): it says something else now.
    """

    made = Signal(object)
    said = Signal(object)
    not_recorded = Signal()
    endangered = Signal()

    def __init__(self, look: Look, desk: Desk, parent: QObject | None = None) -> None:
        """Listen to the desk; say nothing yet."""
        super().__init__(parent)
        self._look = look
        self._desk = desk
        self._bar: MessageBar | None = None
        self._stop: Message | None = None
        self._stop_press = ""
        self._lost: Message | None = None
        self.locked = False
        desk.refused.connect(self._tell_refusal)
        desk.failed.connect(self._tell_problem)
        desk.endangered.connect(self._tell_danger)
        desk.offered.connect(self._tell_offer)
        desk.warned.connect(self._tell_warnings)
        desk.stopped.connect(self._offer_undo)
        desk.taken_back.connect(self._tell_taken_back)
        desk.refreshed.connect(self._forget_stop)
        desk.refreshed.connect(self._forget_lost)
        desk.told.connect(self.say)

    @property
    def bar(self) -> "MessageBar":
        """The bar, made when it is first asked for."""
        if self._bar is None:
            from ptimer.gui.frame.message_bar import MessageBar

            self._bar = MessageBar(self._look)
            self.made.emit(self._bar)
        return self._bar

    @property
    def shown(self) -> bool:
        """Whether the bar says something now."""
        return self._bar is not None and self._bar.isVisible()

    @property
    def message(self) -> "Message | None":
        """What the bar says, whether or not its window is seen."""
        return None if self._bar is None else self._bar.message

    def say(self, message: "Message") -> None:
        """Say something; a locked window says nothing, since it could name a patient."""
        if not self.locked:
            self._say(message)

    def dismiss(self) -> None:
        """Stop saying it."""
        if self._bar is not None:
            self._bar.dismiss()

    def press_enter(self) -> bool:
        """Do what Enter presses in the bar; return whether there is such a thing."""
        return self._bar is not None and self._bar.press_enter()

    def focus_first(self) -> bool:
        """Give the keyboard to the bar's first press; return whether there is one."""
        return self._bar is not None and self._bar.focus_first()

    def tick(self) -> None:
        """Note that a second is over."""
        if self._bar is not None:
            self._bar.tick()

    def _say(self, message: "Message") -> None:
        self.bar.say(message)
        self.said.emit(message)

    def _tell_refusal(self, refused: "RefusedPress") -> None:
        from ptimer.gui.frame import messages

        self.say(messages.of_refusal(refused, self._desk))

    def _tell_offer(self, offer: "Offer") -> None:
        from ptimer.gui.frame import messages

        self.say(messages.of_offer(offer, self._desk))

    def _tell_warnings(self, sentences: list[Sentence]) -> None:
        from ptimer.gui.frame import messages

        self.say(messages.of_warnings(sentences))

    def _offer_undo(self, pressed: "Pressed") -> None:
        """Offer to take a stop back; what must be read stays."""
        from ptimer.gui.frame import messages

        if self.shown and self.message is not None and self.message.stays:
            return
        self._stop = messages.of_stop(pressed, self._desk)
        self._stop_press = pressed.press_id
        if not self.locked:
            # Seen, not said: that something stopped is told, and shown elsewhere, already.
            self.bar.say(self._stop)

    def _forget_stop(self) -> None:
        """Offer nothing any more once something else was pressed."""
        offered = self._stop is not None and self.message is self._stop
        if offered and self._desk.last_press != self._stop_press:
            self.dismiss()

    def _tell_taken_back(self, done: "Pressed | None") -> None:
        from ptimer.gui.frame import messages

        if done is None:
            self.say(messages.of_nothing_to_take_back())

    def _tell_problem(self, problem: Problem) -> None:
        from ptimer.gui.frame import messages

        lost = isinstance(problem, Busy)
        if lost or not self.locked:
            # That a press was not recorded is said in any case; its sentence names no patient.
            message = messages.of_problem(problem)
            self._lost = message if lost else None
            self._say(message)
        if lost:
            self.not_recorded.emit()

    def _forget_lost(self) -> None:
        """Say no more that something was not recorded once the next press is."""
        if self._lost is not None and self.message is self._lost and not self._desk.has_lost:
            self.dismiss()
            self._lost = None

    def _tell_danger(self, problem: Problem) -> None:
        from ptimer.gui.frame import messages

        self._say(messages.of_danger(problem))
        self.endangered.emit()
