"""A month that drops from a button, to choose a day from."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QVBoxLayout, QWidget

from ptimer.gui.controls.buttons import Button
from ptimer.gui.controls.dropped_panel import DroppedPanel
from ptimer.gui.look import BOLD, Look
from ptimer.gui.texts import Label

_WIDTH = 340
_HEIGHT = 260
_DAYS_IN_VIEW = 42


class DayCalendar(DroppedPanel):
    """A month to choose a day from; days that are still to come can't be chosen.

    Signals:
        day_chosen(date): a person chose a day.
    """

    day_chosen = Signal(object)

    def __init__(self, look: Look, earliest: date) -> None:
        """Make the calendar."""
        super().__init__(look, _WIDTH)
        self.setAccessibleName(self.tr("Calendar"))
        self.month = QCalendarWidget()
        self.title = Label(look, weight=BOLD)
        self.before = Button(look, "", kind="flat", icon="left")
        self.after = Button(look, "", kind="flat", icon="right")
        self._arrange(earliest)
        self.month.clicked.connect(self._choose)
        self.month.activated.connect(self._choose)
        self.month.currentPageChanged.connect(self._show_month)
        self.before.clicked.connect(self.month.showPreviousMonth)
        self.after.clicked.connect(self.month.showNextMonth)
        self._dress()
        look.changed.connect(self._dress)

    def show_day(self, day: date, today: date) -> None:
        """Mark the day that is looked at."""
        if self.month.maximumDate() != qdate(today):
            self.month.setMaximumDate(qdate(today))
            self._dress()
        self.month.setSelectedDate(qdate(day))
        self._show_month()

    def open_below(self, button: QWidget) -> None:
        """Show the month of the marked day; the arrow keys go from day to day."""
        self.month.showSelectedDate()
        super().open_below(button)
        if self.isVisible():
            self.month.setFocus()

    def _choose(self, chosen: QDate) -> None:
        if self.isVisible():
            self.dismiss()
            self.day_chosen.emit(date(chosen.year(), chosen.month(), chosen.day()))

    def _show_month(self) -> None:
        shown = QDate(self.month.yearShown(), self.month.monthShown(), 1)
        self.title.say(QLocale().toString(shown, "MMMM yyyy"))
        self.before.setEnabled(shown > self.month.minimumDate())
        self.after.setEnabled(shown.addMonths(1) <= self.month.maximumDate())

    def _arrange(self, earliest: date) -> None:
        look = self.look
        self.month.setMinimumDate(qdate(earliest))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setNavigationBarVisible(False)
        self.month.setFixedHeight(look.px(_HEIGHT))
        self.before.setAccessibleName(self.tr("Month before"))
        self.after.setAccessibleName(self.tr("Month after"))
        head = QHBoxLayout()
        head.addWidget(self.before)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self.after)
        column = QVBoxLayout(self.content)
        column.setContentsMargins(look.px(6), 0, look.px(6), 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.month)

    def _dress(self) -> None:
        """Weekends are days like others: a red number would say that something is wrong."""
        look = self.look
        plain = QTextCharFormat()
        plain.setForeground(look.color("ink"))
        for day in Qt.DayOfWeek:
            self.month.setWeekdayTextFormat(day, plain)
        head = QTextCharFormat()
        head.setForeground(look.color("mute"))
        head.setBackground(look.color("panel"))
        self.month.setHeaderTextFormat(head)
        self.month.setFont(look.font(13))
        to_come = QTextCharFormat()
        to_come.setForeground(look.color("field"))
        self.month.setDateTextFormat(QDate(), QTextCharFormat())  # those of another day go
        for days in range(1, _DAYS_IN_VIEW):
            self.month.setDateTextFormat(self.month.maximumDate().addDays(days), to_come)


def qdate(day: date) -> QDate:
    """Return a date as Qt has it."""
    return QDate(day.year, day.month, day.day)
