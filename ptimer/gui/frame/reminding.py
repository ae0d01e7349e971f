"""When is a clinician reminded, and how? Once a thing, in the bar, never over something else."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.gui import texts
from ptimer.gui.frame.message_bar import Action, Message
from ptimer.operations import reminders, setting_values
from ptimer.operations.clinic_settings import ASK_LENGTH
from ptimer.operations.over_length import OverLength, over_length
from ptimer.operations.reminders import Reminder
from ptimer.operations.setting_kinds import Value
from ptimer.timing.clock import MINUTE, Instant

if TYPE_CHECKING:
    from ptimer.gui.frame.main_window import MainWindow


class Reminding(QObject):
    """Looks once a minute; what was said is not said again while the window is open."""

    def __init__(self, window: "MainWindow") -> None:
        """Begin to look at each new minute."""
        super().__init__(window)
        self._window = window
        self._said: set[str] = set()
        self._minute = window.desk.now() // MINUTE
        self._looked_on: date | None = None
        """The day on which it was looked for what expires."""
        window.desk.ticked.connect(self._tick)

    def _tick(self, now: Instant) -> None:
        minute = now // MINUTE
        if minute == self._minute:
            return
        if self._window.locked or self._window.messages.shown:
            return  # what is there comes first; this is looked at again in a second
        self._minute = minute
        self._look(now)

    def _look(self, now: Instant) -> None:
        desk = self._window.desk
        wanted = desk.attempt(setting_values.read_all, refresh=False)
        if wanted is None:
            return
        if self._ask_about_length(int(wanted[ASK_LENGTH.key]), now):
            return
        found = reminders.due(desk.today, wanted, now, desk.clinic.clock.zone)
        new = next((each for each in found if each.key not in self._said), None)
        new = new or self._expiring(wanted)
        if new is not None:
            self._said.add(new.key)
            self._window.say(self._message(new))

    def _ask_about_length(self, minutes: int, now: Instant) -> bool:
        """Ask whether a stopwatch was forgotten, on whatever page; return whether it is asked."""
        for over in over_length(self._window.desk.today, minutes, now):
            if over.key not in self._said:
                self._said.add(over.key)
                self._window.say(self._question(over))
                return True
        return False

    def _question(self, over: OverLength) -> Message:
        desk, segment = self._window.desk, over.segment
        end = self._window.times.time(over.likely_end)
        title = self.tr("{0} of {1} has run for at least {2} min without a break. Does it go on?")
        text = self.tr("Perhaps it ended at {0}: {1}. Nothing is cut by itself.")
        actions = (
            Action(
                self.tr("It ended at {0}").format(end),
                lambda: desk.stop_at(segment.id, over.likely_end),
                primary=True,
            ),
            Action(self.tr("It goes on"), lambda: None),
            Action(self.tr("Another end…"), lambda: desk.segment_wanted.emit(segment.id)),
        )
        return Message(
            title=title.format(segment.code, texts.short(segment.patient, 16), over.minutes),
            text=text.format(end, texts.words(over.why)),
            kind="warn",
            actions=actions,
            stays=True,
        )

    def _expiring(self, wanted: Mapping[str, Value]) -> Reminder | None:
        """Return what expires; no minute but the first of a day asks."""
        desk = self._window.desk
        today = desk.today.date
        if self._looked_on == today:
            return None
        self._looked_on = today
        return desk.attempt(lambda clinic: reminders.expiring(clinic, wanted, today), refresh=False)

    def _message(self, reminder: Reminder) -> Message:
        settings = Action(self.tr("Reminders…"), lambda: self._window.go("settings"))
        if not reminder.visit_id:
            lead = Action(
                self.tr("Go to the clinicians"),
                lambda: self._window.go("clinicians"),
                primary=True,
            )
            words = texts.words(reminder.sentence)
            return Message(title=words, kind="info", actions=(lead, settings))
        view = self._window.desk.today.visit(reminder.visit_id)
        patient = texts.short(view.visit.patient, 16) if view else ""
        actions = (
            Action(
                self.tr("Go to {0}").format(patient),
                lambda: self._window.go_to_visit(reminder.visit_id),
                primary=True,
            ),
            settings,
        )
        return Message(title=texts.words(reminder.sentence), kind="info", actions=actions)
