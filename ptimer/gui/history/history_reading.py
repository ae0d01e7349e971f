"""How is the history read while the window goes on? Page by page, and then all of it in figures."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ptimer.gui.background import Handle, on_record, run
from ptimer.gui.desk import Desk
from ptimer.operations import history_search
from ptimer.operations.errors import Problem
from ptimer.operations.history_search import PAGE, Page, Place, Totals, Wanted

_MOST_AT_ONCE = 1000
"""Rows that are read anew at once when the record has changed; the others when they are seen."""


class HistoryReading(QObject):
    """One search at a time; another one calls off what is still read for the last.

    Signals:
        began(Page): the newest visits that were found.
        went_on(Page): the next ones.
        added_up(Totals): what all of them come to.
        told(done, total): how far the adding up is.
        failed(Problem): the record could not be read.
    """

    began = Signal(object)
    went_on = Signal(object)
    added_up = Signal(object)
    told = Signal(int, int)
    failed = Signal(object)

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """Read nothing yet; what is read is told as long as `owner` is there."""
        super().__init__(owner)
        self._desk = desk
        self._owner = owner
        self._wanted = Wanted()
        self._next: Place | None = None
        self._page: Handle | None = None
        self._totals: Handle | None = None

    @property
    def under_way(self) -> bool:
        """Whether anything is being read."""
        return self._page is not None or self._totals is not None

    def search(self, wanted: Wanted, *, shown: int = 0) -> None:
        """Read the newest visits, as many as are shown, and then what all come to."""
        self.stop()
        self._wanted = wanted
        self._read_page(None, max(PAGE, min(shown, _MOST_AT_ONCE)))

    def go_on(self) -> None:
        """Read the next visits."""
        if self._page is None and self._next is not None:
            self._read_page(self._next, PAGE)

    def add_up(self) -> None:
        """Read what all visits come to."""
        wanted = self._wanted
        job = on_record(
            self._desk.clinic,
            lambda clinic, step: history_search.totals(clinic, wanted, step.say),
        )
        self._totals = run(self._owner, job, self._end_totals, self._fail, self.told.emit)

    def stop(self) -> None:
        """Read no further."""
        if self._page is not None:
            self._page.cancel()
            self._page = None
        self.stop_adding()

    def stop_adding(self) -> None:
        """Add up no further; the visits stay."""
        if self._totals is not None:
            self._totals.cancel()
            self._totals = None

    def _read_page(self, after: Place | None, most: int) -> None:
        wanted = self._wanted
        job = on_record(
            self._desk.clinic,
            lambda clinic, _: history_search.page(clinic, wanted, after, most=most),
        )
        done = self._begin if after is None else self._go_on
        self._page = run(self._owner, job, done, self._fail)

    def _begin(self, page: Page) -> None:
        self._page, self._next = None, page.next
        self.began.emit(page)
        self.add_up()

    def _go_on(self, page: Page) -> None:
        self._page, self._next = None, page.next
        self.went_on.emit(page)

    def _end_totals(self, totals: Totals) -> None:
        self._totals = None
        self.added_up.emit(totals)

    def _fail(self, problem: Problem) -> None:
        self.stop()
        self.failed.emit(problem)
