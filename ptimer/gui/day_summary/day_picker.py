"""A day before, a day after, any day of the calendar, and back to today."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.day_summary.day_calendar import DayCalendar
from ptimer.gui.frame import keys
from ptimer.gui.look import Look

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class DayPicker(QWidget):
    """The presses; Left and Right do the same while the keyboard is on one of them.

    Signals:
        step_wanted(days): a person goes a day back or on.
        day_wanted(date): a person chose a day of the calendar.
        today_wanted(): a person goes back to today.
    """

    step_wanted = Signal(int)
    day_wanted = Signal(object)
    today_wanted = Signal()

    def __init__(self, look: Look, earliest: date, parent: QWidget | None = None) -> None:
        """Make the presses."""
        super().__init__(parent)
        self.before = Button(look, "", icon="left")
        self.any = Button(look, self.tr("Day"), icon="calendar")
        self.after = Button(look, "", icon="right")
        self.today = Button(look, self.tr("Today"))
        self.calendar = DayCalendar(look, earliest)
        self._name(self.before, self.tr("Day before"), keys.DAY_BEFORE.shown)
        self._name(self.any, self.tr("Choose a day"), "")
        self._name(self.after, self.tr("Day after"), keys.DAY_AFTER.shown)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button in (self.before, self.any, self.after, self.today):
            button.installEventFilter(self)
            row.addWidget(button)
        self.before.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.after.clicked.connect(lambda: self.step_wanted.emit(1))
        self.any.clicked.connect(lambda: self.calendar.open_below(self.any))
        self.today.clicked.connect(self.today_wanted)
        self.calendar.day_chosen.connect(self.day_wanted)

    def show_day(self, day: date, today: date) -> None:
        """Show which of the presses lead anywhere."""
        self.after.setEnabled(day < today)
        self.today.setEnabled(day != today)
        self.calendar.show_day(day, today)

    def close_calendar(self) -> None:
        """Put the calendar away."""
        if self.calendar.isVisible():
            self.calendar.dismiss()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go a day back or on with Left and Right, as a person does in a field of numbers."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.step_wanted.emit(step)
                return True
        return super().eventFilter(watched, event)

    @staticmethod
    def _name(button: Button, name: str, key: str) -> None:
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key})" if key else name)
