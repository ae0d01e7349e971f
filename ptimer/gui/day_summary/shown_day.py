"""Which day is looked at, in the day summary and in the export?"""

from datetime import date, timedelta

from PySide6.QtCore import QObject, Signal

from ptimer.gui.desk import Desk
from ptimer.operations.export_files import EARLIEST


class ShownDay(QObject):
    """One a desk. It is today, and stays today over midnight, until a person goes elsewhere.

    Signals:
        moved(): another day is looked at.
    """

    moved = Signal()

    def __init__(self, desk: Desk) -> None:
        """Look at today; use `shown_day`."""
        super().__init__(desk)
        self._desk = desk
        self._chosen: date | None = None
        self._visit_id = ""

    @property
    def today(self) -> date:
        """The clinic's date now."""
        return self._desk.today.date

    @property
    def day(self) -> date:
        """The day that is looked at."""
        return self.today if self._chosen is None else min(self._chosen, self.today)

    @property
    def is_today(self) -> bool:
        """Whether it is today."""
        return self.day == self.today

    def go_to(self, day: date) -> None:
        """Look at a day; one that is still to come can't be gone to."""
        before = self.day
        self._chosen = None if day >= self.today else max(day, EARLIEST)
        if self.day != before:
            self.moved.emit()

    def go_to_visit(self, day: date, visit_id: str) -> None:
        """Look at a day, and in it at a visit."""
        self._visit_id = visit_id
        self.go_to(day)

    def take_visit(self) -> str:
        """Return the visit to look at in the day, once; nothing where none is meant."""
        visit_id, self._visit_id = self._visit_id, ""
        return visit_id

    def step(self, days: int) -> None:
        """Look at a day before or after."""
        self.go_to(self.day + timedelta(days=days))

    def back_to_today(self) -> None:
        """Look at today again."""
        self.go_to(self.today)


def shown_day(desk: Desk) -> ShownDay:
    """Return the one of a desk, so that the export is of the day that the summary shows."""
    known = desk.findChild(ShownDay)
    return known if isinstance(known, ShownDay) else ShownDay(desk)
