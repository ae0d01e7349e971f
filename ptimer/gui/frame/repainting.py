"""What does the window paint anew, and when?"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.operations import people
from ptimer.timing.clock import Instant

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class Repainting(QObject):
    """Shows in the frame, and in the screen that is seen, what the desk knows since."""

    def __init__(self, window: "MainWindow") -> None:
        """Listen to the desk."""
        super().__init__(window)
        self._window = window
        desk = window.desk
        desk.refreshed.connect(self._refresh)
        desk.selected.connect(self._refresh)
        desk.minute_turned.connect(self._turn_minute)
        desk.ticked.connect(self._tick)

    def _refresh(self) -> None:
        screen = self._window.body.screen_shown
        if screen is not None:
            screen.refresh()
        if screen is not self._window.today:
            self._window.today.show_sides(self._window.desk.now())
        self.show_frame()

    def _turn_minute(self, now: Instant) -> None:
        if self._window.body.screen_shown is self._window.today:
            self._window.today.show_at(now)
        else:
            self._window.today.show_sides(now)

    def _tick(self, now: Instant) -> None:
        screen = self._window.body.screen_shown
        if screen is not None:
            screen.tick(now)
        self._window.header.show_time(now)
        self._window.messages.tick()

    def show_frame(self) -> None:
        """Show in header and footer who is at the desk, what is recorded, and where."""
        desk = self._window.desk
        header, footer = self._window.header, self._window.footer
        now = desk.now()
        clinician = desk.attempt(people.current, refresh=False)
        credentials = clinician.credentials if clinician else ""
        header.show_who(desk.who.clinician, credentials, desk.who.role.value)
        header.show_time(now)
        if desk.waits or desk.has_lost:
            footer.show_not_recorded(max(desk.waits, 1))
        else:
            footer.show_recorded(desk.today.recorded_at)
        footer.show_place(desk.clinic.folder, self._window.warnings.place)
        footer.show_rules(desk.clinic.rulebook, desk.today.date)
