"""History: what was recorded in all the years, found again and added up."""

from datetime import date

from PySide6.QtCore import QLocale, QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.audit.packet_making import PacketMaking
from ptimer.gui.day_summary.shown_day import shown_day
from ptimer.gui.desk import Desk
from ptimer.gui.frame import keys
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.history.history_page import HistoryPage
from ptimer.gui.history.history_reading import HistoryReading
from ptimer.gui.history.history_rows import HistoryRow, row_of
from ptimer.gui.history.history_side import HistorySide
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.gui.why.visit_why import VisitWhy
from ptimer.operations import history_search, people
from ptimer.operations.errors import Problem
from ptimer.operations.history_search import Page, Totals, Wanted, Week
from ptimer.timing.clock import Instant


class HistoryScreen(QObject):
    """A search over the whole record; what it found stays until another one is made."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the two columns; nothing is read before the screen is entered."""
        super().__init__()
        del today  # this screen has no use for its columns
        self.desk = desk
        self.shown = shown_day(desk)
        self.page = HistoryPage(look, self._wanted)
        self.side = HistorySide(look)
        self.reading = HistoryReading(desk, self.page)
        self.packet = PacketMaking(look, desk, self.page)
        self.why = VisitWhy(look, desk, self.page.table)
        self.totals: Totals | None = None
        self._times = times
        self.left: QWidget | None = None
        self.centre: QWidget = self.page
        self.right: QWidget | None = scrolled(look, self.side)
        self.page.fields.know_codes(tuple(desk.clinic.rulebook.codes))
        self._connect()

    # -- screen --------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show what is so now."""
        self.refresh()

    def close_typed(self) -> bool:
        """Return that no form opens here that Escape would have to close first."""
        return False

    def leave(self) -> None:
        """Read no further; what was looked for stays."""
        self.reading.stop()
        self.page.strip.hide()
        self.packet.close()
        self.why.close()

    def refresh(self) -> None:
        """Read anew, since the record may be another; what is seen stays until that is done."""
        everyone = self.desk.attempt(people.everyone, refresh=False) or []
        self.page.fields.know_clinicians(tuple(row.name for row in everyone))
        wanted = self.page.fields.wanted
        if wanted is not None:
            self.reading.search(wanted, shown=len(self.page.table.found.rows))

    def tick(self, now: Instant) -> None:
        """Do nothing: what runs is counted anew when the record changes."""

    # -- searching -----------------------------------------------------------------------------

    def _wanted(
        self, patient: str, code: str, clinician: str, first: date | None, last: date | None
    ) -> Wanted:
        return history_search.wanted(
            self.desk.clinic,
            patient=patient,
            code=code,
            clinician=clinician,
            first=first,
            last=last,
        )

    def _search(self) -> None:
        """Look for something else: what was added up is of no use any more."""
        wanted = self.page.fields.wanted
        self.page.add_up.hide()
        self.page.strip.hide()
        self._show_totals(None)
        if wanted is None:
            self.reading.stop()
            self.page.table.show_rows([], more=False)
            self._say_nothing()
        else:
            self.reading.search(wanted)

    def _begin(self, page: Page) -> None:
        rows = self._rows(page)
        self.page.table.show_rows(rows, more=page.next is not None)
        self.page.show_visits(bool(rows))
        if not rows:
            self._say_nothing()

    def _go_on(self, page: Page) -> None:
        self.page.table.found.add_rows(self._rows(page), more=page.next is not None)

    def _rows(self, page: Page) -> list[HistoryRow]:
        return [row_of(view, self._times) for view in page.visits]

    def _tell(self, done: int, total: int) -> None:
        if total > 1:
            words = self.tr("Adding up all that was found: {0}")
            self.page.strip.show_progress(words, done, total)

    def _show_totals(self, totals: Totals | None) -> None:
        self.totals = totals
        wanted = self.page.fields.wanted
        self.page.strip.hide()
        self.page.add_up.hide()
        self.page.show_totals(totals, wanted)
        if totals is None or wanted is None:
            self.side.show_weeks((), "", whole=True)
            return
        starts = QLocale().firstDayOfWeek().value
        weeks = history_search.weeks(totals, wanted, self.desk.today.date, starts=starts)
        whole = sum(week.figures.visits for week in weeks) == totals.all.visits
        self.side.show_weeks(weeks, wanted.code, whole=whole)

    def _cancel(self) -> None:
        """Add up no further; the visits stay, and a press adds them up after all."""
        self.reading.stop_adding()
        self.page.strip.hide()
        self.page.add_up.show()

    def _add_up(self) -> None:
        self.page.add_up.hide()
        self.reading.add_up()

    def _fail(self, problem: Problem) -> None:
        self.page.strip.hide()
        title = self.tr("The history could not be read")
        self.desk.told.emit(Message(title=title, text=texts.words(problem.sentence)))

    # -- going ---------------------------------------------------------------------------------

    def _open(self, row: HistoryRow) -> None:
        self.shown.go_to_visit(row.day, row.visit_id)
        self.desk.show("day-summary")

    def _ask_for_packet(self) -> None:
        """Ask whose packet; offer the patient and the days that were looked for, or found."""
        wanted, rows = self.page.fields.wanted or Wanted(), self.page.table.found.rows
        patients = {row.patient for row in rows}
        days = [row.day for row in rows]
        today = self.desk.today.date
        first = wanted.first or min(days, default=today)
        last = min(wanted.last or today, today)
        patient = patients.pop() if len(patients) == 1 else wanted.patient
        self.packet.open_below(self.page.packet, patient, str(min(first, last)), str(last))

    def _look_for_week(self, week: Week) -> None:
        self.page.fields.show_span(week.first, week.last)

    def _say_nothing(self) -> None:
        """Say why there is no visit, and offer what helps."""
        self.page.show_visits(False)
        wanted = self.page.fields.wanted
        if wanted is None:
            title = self.tr("What is to be looked for?")
            text = self.tr("Mend what is said above, such as a date like 2026-11-23.")
            press = self.tr("Clear the search")
        elif wanted.anything:
            title = self.tr("Nothing was recorded yet")
            text = self.tr("Press a code in Today: its visit then stands here, for good.")
            press = self.tr("Go to Today")
        else:
            title = self.tr("No recorded visit is like that")
            text = self.tr("Look for less of the id, another code, or other dates.")
            press = self.tr("Clear the search")
        self.page.empty.say(title, text, press)

    def _do_what_is_offered(self) -> None:
        wanted = self.page.fields.wanted
        if wanted is not None and wanted.anything:
            self.desk.show("today")
        else:
            self.page.fields.empty()

    def _start_typing(self) -> None:
        self.page.fields.patient.setFocus()
        self.page.fields.patient.selectAll()

    def _connect(self) -> None:
        page, reading = self.page, self.reading
        page.fields.changed.connect(self._search)
        page.fields.left_down.connect(page.table.enter)
        page.table.visit_wanted.connect(self._open)
        page.table.why_wanted.connect(self.why.explain)
        page.table.found.more_wanted.connect(reading.go_on)
        page.strip.cancel_wanted.connect(self._cancel)
        page.add_up.clicked.connect(self._add_up)
        page.packet.clicked.connect(self._ask_for_packet)
        page.empty.pressed.connect(self._do_what_is_offered)
        self.side.week_wanted.connect(self._look_for_week)
        reading.began.connect(self._begin)
        reading.went_on.connect(self._go_on)
        reading.added_up.connect(self._show_totals)
        reading.told.connect(self._tell)
        reading.failed.connect(self._fail)
        shortcut = QShortcut(QKeySequence(keys.SEARCH.sequence), page)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self._start_typing)
