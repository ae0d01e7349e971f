"""The window: header, message bar, body and footer, and the ways from screen to screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui.desk import Desk
from ptimer.gui.frame import tab_order, window_place
from ptimer.gui.frame.body import Body, Screen
from ptimer.gui.frame.footer import Footer
from ptimer.gui.frame.header import Header
from ptimer.gui.frame.repainting import Repainting
from ptimer.gui.frame.ways import LOCK, PARENTS, RECOVERY, TODAY
from ptimer.gui.frame.window_bar import WindowBar
from ptimer.gui.frame.window_keys import WindowKeys
from ptimer.gui.frame.window_warnings import WindowWarnings
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import watching

if TYPE_CHECKING:
    from ptimer.gui.frame.backing_up import BackingUp
    from ptimer.gui.frame.keys_sheet import KeysSheet
    from ptimer.gui.frame.message_bar import Message, MessageBar
    from ptimer.gui.frame.unsaved_strip import UnsavedStrip
    from ptimer.gui.mini.mini_mode import MiniMode
    from ptimer.gui.people.who_panel import WhoPanel
    from ptimer.gui.unsaved_presses import UnsavedPresses


class MainWindow(QWidget):
    """The one window of a data folder.

    Signals:
        locked_changed(bool): patient ids are hidden now, or shown again.
    """

    locked_changed = Signal(bool)

    def __init__(self, look: Look, desk: Desk) -> None:
        """Make the window; what is not seen at once is made when it is wanted."""
        super().__init__()
        self.look = look
        self.desk = desk
        self.times = Times(desk.clinic.clock.zone)
        self.header = Header(look, self.times, demo=desk.clinic.is_demo)
        self.messages = WindowBar(look, desk, self)
        self.body = Body(look)
        self.footer = Footer(look, self.times)
        self.today = TodayScreen(look, desk, self.times)
        self.again_at = ""
        """The screen that the window is to open anew with, once it is closed; else nothing."""
        self.again_says: Message | None = None
        """What it is to say then."""
        self._before_lock = ""
        self._who: WhoPanel | None = None
        self.sheet: KeysSheet | None = None
        self._backing_up: BackingUp | None = None
        self.mini: MiniMode | None = None
        self.unsaved: UnsavedStrip | None = None
        self._close_asked = False
        self.warnings = WindowWarnings(self)
        self._column = QVBoxLayout(self)
        self._arrange()
        self._connect()
        self.keys = WindowKeys(self)
        self.body.offer(TODAY, lambda: self.today)
        self.go(TODAY)
        self._repainting.show_frame()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()

    # -- going ---------------------------------------------------------------------------------

    def offer_screen(self, name: str, maker: Callable[[], Screen]) -> None:
        """Know how another screen is made."""
        self.body.offer(name, maker)

    def go(self, name: str) -> None:
        """Show a screen; a locked window shows none before it is unlocked."""
        if self.locked and name != LOCK:
            return
        if name != self.body.name:
            # Other screens show today's columns, too: an id half typed there is not kept.
            self.today.leave()
        self.body.show_screen(name)
        parent = PARENTS.get(name, name)
        self.header.show_place(PARENTS.get(parent, parent))

    @property
    def parent_screen(self) -> str | None:
        """The screen to go back to; None on a place of the header."""
        return PARENTS.get(self.body.name)

    @property
    def on_stopwatches(self) -> bool:
        """Whether the cards of a visit are seen."""
        return self.body.name == TODAY and self.desk.view is not None

    def new_visit(self) -> None:
        """Ask for a patient id."""
        if not self.locked:
            self.go(TODAY)
            self.today.visits.open_form()

    def go_to_visit(self, visit_id: str) -> None:
        """Show a visit's stopwatches."""
        if not self.locked and self.desk.look_at(visit_id):
            self.go(TODAY)

    def ask_about_doubts(self) -> None:
        """Ask whether what is in doubt went on, unless a person is at something else."""
        if self.body.name == TODAY and self.desk.in_doubt():
            self.go(RECOVERY)

    def come_to_front(self) -> None:
        """Show the window before all others."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def reopen(self) -> None:
        """Close, to be opened anew on the same screen: in another size, or another language."""
        self.again_at = self.body.name
        self.close()

    # -- lock ----------------------------------------------------------------------------------

    @property
    def locked(self) -> bool:
        """Whether patient ids are hidden."""
        return bool(self._before_lock)

    def lock(self) -> None:
        """Hide every patient id; the stopwatches go on."""
        if self.locked:
            return
        if self.sheet is not None:
            self.sheet.close()
        self.messages.dismiss()
        self.messages.locked = True
        before = self.body.name
        self.go(LOCK)
        self._before_lock = before
        self._show_lock()

    def unlock(self) -> None:
        """Show everything again, on the screen that was left."""
        before = self._before_lock
        self._before_lock = ""
        self.messages.locked = False
        self._show_lock()
        self.go(before)
        self.desk.refresh()
        self.ask_about_doubts()

    # -- saying --------------------------------------------------------------------------------

    def say(self, message: "Message") -> None:
        """Say something in the bar."""
        self.messages.say(message)

    @property
    def bar(self) -> "MessageBar":
        """The bar under the header."""
        return self.messages.bar

    def insert_strip(self, strip: QWidget) -> None:
        """Put something between header and message bar."""
        self._column.insertWidget(1, strip)

    def toggle_keys_sheet(self) -> None:
        """Show all keys, or put the sheet away."""
        if self.locked:
            return
        if self.sheet is None:
            from ptimer.gui.frame.keys_sheet import KeysSheet

            self.sheet = KeysSheet(self.look, self)
        self.sheet.toggle()

    def toggle_mini(self) -> None:
        """Show the mini window in place of this one, or go back."""
        if self.mini is None:
            from ptimer.gui.mini.mini_mode import MiniMode

            self.mini = MiniMode(self)
        self.mini.toggle()

    def show_backup(self) -> None:
        """Show when the last backup was made; asked of the disk, so not at each press."""
        from ptimer.operations import backing_up

        made = self.desk.attempt(backing_up.last_backup, refresh=False)
        self.footer.show_backup(made, self.desk.now())

    # -- events --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a single key means, where no field has taken it."""
        if not self.keys.press(event):
            event.ignore()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Note that the window closes in order; where presses would be lost with it, ask first."""
        if self.desk.waits and self.desk.unsaved.queue.file is None and not self._close_asked:
            self._close_asked = True
            self.again_at = ""
            self.warnings.ask_before_closing()
            event.ignore()
            return
        self.desk.ticker.stop()
        window_place.keep(self)
        self.desk.attempt(watching.leave, refresh=False)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Look at the record when the window comes to the front again."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.desk.tick()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802  (Qt's own)
        """Let Tab go from top to bottom and column by column; inside the sheet of keys, there."""
        focused = self.focusWidget()
        if focused is not None and not focused.isVisible():
            return super().focusNextPrevChild(forward)  # not Tab: Qt hides what has the keyboard
        open_sheet = self.sheet if self.sheet is not None and self.sheet.isVisible() else None
        nowhere = forward and open_sheet is None and focused in (None, self)
        if nowhere and self.messages.focus_first():
            return True  # what was just said waits for an answer
        return tab_order.step(open_sheet or self, forward=forward)

    # -- inside --------------------------------------------------------------------------------

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
        self._repainting = Repainting(self)
        desk.doubted.connect(self.ask_about_doubts)
        desk.screen_wanted.connect(self.go)
        self.messages.made.connect(self._place_bar)
        self.messages.not_recorded.connect(self.footer.show_not_recorded)
        self.messages.endangered.connect(self.footer.show_endangered)
        desk.lost.connect(self.footer.show_not_recorded)
        desk.unsaved_made.connect(self._place_unsaved)
        self.header.screen_wanted.connect(self.go)
        self.header.who_wanted.connect(self.open_who)
        self.header.lock_wanted.connect(self.lock)
        self.header.mini_wanted.connect(self.toggle_mini)
        self.footer.backup_wanted.connect(self.back_up)

    def _place_unsaved(self, waiting: "UnsavedPresses") -> None:
        from ptimer.gui.frame.unsaved_strip import UnsavedStrip

        self.unsaved = UnsavedStrip(self, waiting)
        self._column.insertWidget(1, self.unsaved)

    def _place_bar(self, bar: "MessageBar") -> None:
        self._column.insertWidget(self._column.indexOf(self.body), bar)

    def open_who(self) -> None:
        """Drop the panel of who treats from the header."""
        if self._who is None:
            from ptimer.gui.people.who_panel import WhoPanel

            self._who = WhoPanel(self.look, self.desk)
        self._who.open_below(self.header.who)

    def _show_lock(self) -> None:
        self.header.show_locked(self.locked)
        self.footer.backup.setEnabled(not self.locked)
        self.locked_changed.emit(self.locked)

    def back_up(self) -> None:
        """Copy the record now, and say where the copy is."""
        self.backing_up.begin()

    @property
    def backing_up(self) -> "BackingUp":
        """What backs the record up; made, and its modules imported, when it is first wanted."""
        if self._backing_up is None:
            from ptimer.gui.frame.backing_up import BackingUp

            self._backing_up = BackingUp(self)
        return self._backing_up
