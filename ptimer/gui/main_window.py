"""The window: header, message bar, body and footer, and the keys that work everywhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ptimer.billing.codebook import NOT_BILLABLE, REST
from ptimer.gui.body import Body, Screen
from ptimer.gui.desk import Desk
from ptimer.gui.footer import Footer
from ptimer.gui.header import Header
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today_screen import TodayScreen
from ptimer.operations import people, preferences, watching
from ptimer.operations.errors import Busy, Problem
from ptimer.timing.clock import Instant
from ptimer.wording import Sentence

if TYPE_CHECKING:
    from ptimer.gui.message_bar import Message, MessageBar
    from ptimer.gui.presses import Offer, RefusedPress

TODAY = "today"
PLACES = {TODAY: TODAY, "day-summary": "day-summary", "codes": "codes"}


class MainWindow(QWidget):
    """The one window of a data folder."""

    def __init__(self, look: Look, desk: Desk) -> None:
        """Make the window; what is not seen at once is made when it is wanted."""
        super().__init__()
        self.look = look
        self.desk = desk
        self.times = Times(desk.clinic.clock.zone)
        self.header = Header(look, self.times, demo=desk.clinic.is_demo)
        self._bar: MessageBar | None = None
        self.body = Body(look)
        self.footer = Footer(look, self.times)
        self.today = TodayScreen(look, desk, self.times)
        self._column = QVBoxLayout(self)
        self._arrange()
        self._connect()
        self._keys()
        self.body.offer(TODAY, lambda: self.today)
        self.go(TODAY)
        self._show_frame()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()

    # -- going ---------------------------------------------------------------------------------

    def offer_screen(self, name: str, maker: Callable[[], Screen]) -> None:
        """Know how another screen is made."""
        self.body.offer(name, maker)

    def go(self, name: str) -> None:
        """Show a screen."""
        self.body.show_screen(name)
        self.header.show_place(PLACES.get(name, TODAY))

    def say(self, message: "Message") -> None:
        """Say something in the bar."""
        self.bar.say(message)

    @property
    def bar(self) -> "MessageBar":
        """The bar under the header, made when there is something to say."""
        if self._bar is None:
            from ptimer.gui.message_bar import MessageBar

            self._bar = MessageBar(self.look)
            self._column.insertWidget(self._column.indexOf(self.body), self._bar)
        return self._bar

    def insert_strip(self, strip: QWidget) -> None:
        """Put something between header and message bar."""
        self._column.insertWidget(1, strip)

    def place(self, geometry: str) -> None:
        """Put the window where it stood when it was closed."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii")))

    def tell_error(self, log: str) -> None:
        """Say that ptimer itself made a mistake, and where it is written down."""
        from ptimer.gui.message_bar import Message

        text = self.tr("All that the footer calls recorded is safe. Details: {0}").format(log)
        self.say(Message(title=self.tr("Something went wrong inside ptimer"), text=text))

    def come_to_front(self) -> None:
        """Show the window before all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    # -- events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a single key means, where no field has taken it."""
        if event.modifiers() not in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            event.ignore()
            return
        if not self._do_key(event):
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Note that the window closes in order."""
        self.desk.ticker.stop()
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.desk.attempt(
            lambda clinic: preferences.write(clinic, preferences.WINDOW, geometry), refresh=False
        )
        self.desk.attempt(watching.leave, refresh=False)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Look at the record when the window comes to the front again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.desk.tick()

    # -- inside --------------------------------------------------------------------------------

    def _do_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._escape()
            return True
        if event.isAutoRepeat():
            return False
        if key == Qt.Key.Key_Space:
            self.desk.space()
            return True
        if self.body.name != TODAY or self.desk.view is None:
            return False
        return self._do_card_key(event)

    def _do_card_key(self, event: QKeyEvent) -> bool:
        stopwatches = self.today.stopwatches
        if event.text() and event.text() in "123456789":
            return stopwatches.press_key(int(event.text()))
        letters: dict[str, Callable[[], None]] = {
            "R": lambda: self.desk.press(REST),
            "N": lambda: self.desk.press(NOT_BILLABLE),
            "S": self.desk.supervise,
            "E": lambda: self.desk.show("edit-times"),
            "+": stopwatches.add_card.open,
        }
        do = letters.get(event.text().upper())
        if do is None:
            return False
        do()
        return True

    def _escape(self) -> None:
        """Take the bar away, else clear the focus, else go back to the stopwatches."""
        focused = QApplication.focusWidget()
        if self._bar is not None and self._bar.isVisible():
            self._bar.dismiss()
        elif self.body.name not in PLACES:
            self.go(TODAY)
        elif focused is not None:
            focused.clearFocus()

    def _arrange(self) -> None:
        self.setWindowTitle("ptimer")
        self.resize(self.look.px(1280), self.look.px(800))
        self.setMinimumSize(self.look.px(900), self.look.px(600))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self.body, 1)
        self._column.addWidget(self.footer)

    def _connect(self) -> None:
        desk = self.desk
        desk.refreshed.connect(self._refresh)
        desk.selected.connect(self._refresh)
        desk.minute_turned.connect(self._turn_minute)
        desk.ticked.connect(self._tick)
        desk.refused.connect(self._tell_refusal)
        desk.failed.connect(self._tell_problem)
        desk.offered.connect(self._tell_offer)
        desk.warned.connect(self._tell_warnings)
        desk.told.connect(self.say)
        desk.screen_wanted.connect(self.go)
        self.header.screen_wanted.connect(self.go)
        self.footer.backup_wanted.connect(self._back_up)

    def _keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+N": self._new_visit,
            "Ctrl+Z": self.desk.undo,
        }
        for sequence, do in keys.items():
            QShortcut(QKeySequence(sequence), self).activated.connect(do)

    def _new_visit(self) -> None:
        self.go(TODAY)
        self.today.visits.open_form()

    def _refresh(self) -> None:
        screen = self.body.screen_shown
        if screen is not None:
            screen.refresh()
        if screen is not self.today:
            self.today.show_sides(self.desk.today.now)
        self._show_frame()

    def _turn_minute(self, now: Instant) -> None:
        if self.body.screen_shown is self.today:
            self.today.show_at(now)
        else:
            self.today.show_sides(now)

    def _tick(self, now: Instant) -> None:
        screen = self.body.screen_shown
        if screen is not None:
            screen.tick(now)
        self.header.show_time(now)
        if self._bar is not None:
            self._bar.tick()

    def _tell_refusal(self, refused: "RefusedPress") -> None:
        from ptimer.gui import messages

        self.say(messages.of_refusal(refused, self.desk))

    def _tell_offer(self, offer: "Offer") -> None:
        from ptimer.gui import messages

        self.say(messages.of_offer(offer, self.desk))

    def _tell_warnings(self, sentences: list[Sentence]) -> None:
        from ptimer.gui import messages

        self.say(messages.of_warnings(sentences))

    def _tell_problem(self, problem: Problem) -> None:
        from ptimer.gui import messages

        self.say(messages.of_problem(problem))
        if isinstance(problem, Busy):
            self.footer.show_not_recorded()

    def _show_frame(self) -> None:
        desk = self.desk
        now = desk.today.now
        clinician = desk.attempt(people.current, refresh=False)
        credentials = clinician.credentials if clinician else ""
        self.header.show_who(desk.who.clinician, credentials, desk.who.role.value)
        self.header.show_time(now)
        self.footer.show_recorded(desk.today.recorded_at)
        self.footer.database.say(self.tr("Database on this PC"))
        self.footer.database.setToolTip(str(desk.clinic.folder))
        words = self.tr("Rules: {0} · MUE {1}")
        self.footer.rules.say(words.format(desk.clinic.rulebook.edition, _mue(desk)))

    def show_backup(self) -> None:
        """Show when the last backup was made; asked of the disk, so not at each press."""
        from ptimer.operations import keeping

        made = self.desk.attempt(keeping.last_backup, refresh=False)
        self.footer.show_backup(made, self.desk.now())

    def _back_up(self) -> None:
        from ptimer.gui.message_bar import Message
        from ptimer.operations import keeping

        done = self.desk.attempt(keeping.back_up, refresh=False)
        if done is not None:
            self.show_backup()
            words = self.tr("{0} visits, {1} segments, checked").format(done.visits, done.segments)
            self.say(Message(title=self.tr("Backed up"), text=f"{done.path}: {words}", kind="info"))


def _mue(desk: Desk) -> str:
    return next((s.edition for s in desk.clinic.rulebook.rules.sources if s.rule == "mue"), "")
