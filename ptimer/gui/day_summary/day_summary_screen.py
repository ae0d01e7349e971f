"""The day summary: what the day comes to, visit by visit, and what is still to fix."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ptimer.gui import texts
from ptimer.gui.audit.proof_showing import ProofShowing
from ptimer.gui.controls.box import Box
from ptimer.gui.controls.tiles import Tile, Tiles
from ptimer.gui.controls.tips import plain_tip
from ptimer.gui.day_summary.day_header import DayHeader
from ptimer.gui.day_summary.day_printing import DayPrinting
from ptimer.gui.day_summary.day_rows import rows_of
from ptimer.gui.day_summary.day_side import DaySide
from ptimer.gui.day_summary.day_table import DayTable
from ptimer.gui.day_summary.empty_day import EmptyDay
from ptimer.gui.day_summary.minute_watch import MinuteWatch
from ptimer.gui.day_summary.shown_day import shown_day
from ptimer.gui.day_summary.to_fix import lead_to
from ptimer.gui.desk import Desk
from ptimer.gui.frame import keys
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.keys import Key
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.gui.why.why_panel import WhyPanel
from ptimer.operations import explaining, exporting, people, snapshots
from ptimer.operations.export_files import EARLIEST
from ptimer.operations.snapshots import Day
from ptimer.timing.clock import Instant

_MOST_OF_A_FILE = 38


class DaySummaryScreen(QObject):
    """A day as the biller will see it; it moves on while something runs."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the two columns; nothing is read before the screen is entered."""
        super().__init__()
        del today  # this screen has no use for its columns
        self.desk = desk
        self.shown = shown_day(desk)
        self.header = DayHeader(look, EARLIEST)
        self.tiles = Tiles(look, self.tr("The day in figures"))
        self.table = DayTable(look)
        self.empty = EmptyDay(look)
        self.side = DaySide(look)
        self.day: Day | None = None
        self.why: WhyPanel | None = None
        self._times = times
        self._watch = MinuteWatch()
        self._box = Box(look)
        self.left: QWidget | None = None
        self.centre: QWidget = QWidget()
        self.right: QWidget | None = scrolled(look, self.side)
        self.printing = DayPrinting(desk, times, self.centre)
        self.proof = ProofShowing(look, desk, self.centre)
        self._arrange(look)
        self._connect()
        self._keys()

    # -- screen --------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show what is so now, and the visit that a person came for."""
        self.refresh()
        visit_id = self.shown.take_visit()
        if visit_id and not self.table.go_to(visit_id):
            self.header.show_everyone()
            self.table.go_to(visit_id)

    def close_typed(self) -> bool:
        """Return that no form opens here that Escape would have to close first."""
        return False

    def leave(self) -> None:
        """Put the calendar and the panel away."""
        self.header.picker.close_calendar()
        for panel in (self.header.panel, self.why, self.proof.panel):
            if panel is not None and panel.isVisible():
                panel.dismiss()

    def refresh(self) -> None:
        """Read the day anew."""
        whose = self.header.clinician or None
        on = self.shown.day
        day = self.desk.attempt(lambda c: snapshots.day(c, on, clinician=whose), refresh=False)
        if day is None:
            return
        self.day = day
        now = self.desk.now()
        self._watch.follow(day.visits, now)
        self.header.show_day(on, self.shown.today)
        self._show_clinicians()
        self._show_last_export()
        self._show(day)

    def tick(self, now: Instant) -> None:
        """Count anew once a whole minute of something that runs is over."""
        if self.day is not None and self._watch.turned(self.day.visits, now):
            visits = tuple(v.at(now) if v.record.running else v for v in self.day.visits)
            self.day = replace(self.day, visits=visits)
            self._show(self.day)

    # -- inside --------------------------------------------------------------------------------

    def _show(self, day: Day) -> None:
        disciplines = tuple(dict.fromkeys(view.visit.discipline for view in day.visits))
        self.header.show_about(disciplines, day.hidden)
        self.tiles.show_tiles(self._tiles(day))
        rows = rows_of((*day.visits, *day.away), self._times)
        self.table.show_visits(rows)
        self._box.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows:
            self.empty.say(*self._nothing(day))
        self.side.show_day(day, is_today=self.shown.is_today)

    def _tiles(self, day: Day) -> tuple[Tile, ...]:
        signed = sum(view.visit.signed for view in day.visits)
        to_fix = len(day.visits) - signed
        untimed = day.units - day.timed_units
        both = self.tr("units, timed + untimed") if untimed else self.tr("units, timed")
        one = len(day.visits) == 1
        return (
            Tile(str(len(day.visits)), self.tr("visit") if one else self.tr("visits")),
            Tile(texts.units(day.timed_units, untimed), both),
            Tile(
                self._hours(day.timed_minutes),
                self.tr("timed minutes {0}").format(day.timed_minutes),
            ),
            Tile(f"{signed} / {len(day.visits)}", self.tr("signed")),
            Tile(
                str(to_fix),
                self.tr("visit to fix before export")
                if to_fix == 1
                else self.tr("visits to fix before export"),
                warns=to_fix > 0,
            ),
        )

    def _hours(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if hours:
            return self.tr("{0} h {1}").format(hours, f"{rest:02d}")
        return self.tr("{0} min").format(rest)

    def _nothing(self, day: Day) -> tuple[str, str, str]:
        """Return what to say and to offer where there is no visit to show."""
        if day.hidden:
            return (
                self.tr("The filter hides every visit of this day"),
                self.tr("{0} hidden by the filter").format(day.hidden),
                self.tr("Show all clinicians"),
            )
        if self.shown.is_today:
            return (
                self.tr("Nothing was timed yet today"),
                self.tr("Press a code in Today: its visit then stands here, minute by minute."),
                self.tr("Go to Today"),
            )
        return (
            self.tr("Nothing was timed on this day"),
            self.tr("Go to another day above. Visits that were only planned don't count."),
            self.tr("Back to today"),
        )

    def _do_what_is_offered(self) -> None:
        if self.day is not None and self.day.hidden:
            self.header.show_everyone()
        elif self.shown.is_today:
            self.desk.show("today")
        else:
            self.shown.back_to_today()

    def _show_clinicians(self) -> None:
        everyone = self.desk.attempt(people.everyone, refresh=False) or []
        self.header.show_clinicians(tuple(row.name for row in everyone))

    def _show_last_export(self) -> None:
        batch = self.desk.attempt(exporting.last_export, refresh=False)
        if batch is None:
            self.side.show_last_export(self.tr("Nothing exported yet"))
            return
        days = texts.written_date(batch.date_from)
        if batch.date_to != batch.date_from:
            days = self.tr("{0} to {1}").format(days, texts.written_date(batch.date_to))
        file = texts.short(batch.file_name, _MOST_OF_A_FILE)
        words = self.tr("{0} · {1} lines\n{2}\nVisits of {3}").format(
            self._times.date(batch.exported_at), batch.line_count, file, days
        )
        self.side.show_last_export(words, plain_tip(batch.file_name))

    def _print(self) -> None:
        if self.day is not None:
            self.printing.print_out(self.day, self._figures(self.day))

    def _save(self) -> None:
        if self.day is not None:
            self.printing.save(self.day, self._figures(self.day))

    def _prove(self) -> None:
        self.proof.open_below(self.header.proof, self.shown.day, self.header.clinician)

    def _figures(self, day: Day) -> tuple[tuple[str, str], ...]:
        return tuple((tile.figure, tile.label) for tile in self._tiles(day))

    def _lead_to(self, visit_id: str) -> None:
        visits = (*self.day.visits, *self.day.away) if self.day is not None else ()
        view = next((view for view in visits if view.visit.id == visit_id), None)
        if view is not None:
            lead_to(self.desk, view)

    def _arrange(self, look: Look) -> None:
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(1, 1, 1, look.px(8))
        inside.addWidget(self.table)
        column = QVBoxLayout(self.centre)
        column.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        for widget in (self.header, self.tiles, self.empty, self._box):
            column.addWidget(widget)
        column.addStretch()

    def _connect(self) -> None:
        self.shown.moved.connect(self.refresh)
        self.header.clinician_chosen.connect(self.refresh)
        self.header.export_wanted.connect(lambda: self.desk.show("export"))
        self.header.print_wanted.connect(self._print)
        self.header.pdf_wanted.connect(self._save)
        self.header.proof_wanted.connect(self._prove)
        picker = self.header.picker
        picker.step_wanted.connect(self.shown.step)
        picker.day_wanted.connect(self.shown.go_to)
        picker.today_wanted.connect(self.shown.back_to_today)
        self.table.visit_wanted.connect(self._lead_to)
        self.table.why_wanted.connect(self._explain)
        self.side.to_fix.fix_wanted.connect(lambda fix: self._lead_to(fix.visit_id))
        self.empty.pressed.connect(self._do_what_is_offered)

    def _explain(self, visit_id: str) -> None:
        """Say why a visit comes to its units and modifiers."""
        views = self.day.visits if self.day is not None else ()
        view = next((each for each in views if each.visit.id == visit_id), None)
        if view is None or not view.reckoning.lines:
            return
        if self.why is None:
            self.why = WhyPanel(self.table.look)
        self.why.explain(explaining.of_visit(view), self.table)

    def _keys(self) -> None:
        """Let keys mean something while the screen is seen, wherever the keyboard is."""
        wishes: tuple[tuple[Key, Callable[[], None]], ...] = (
            (keys.DAY_BEFORE, lambda: self.shown.step(-1)),
            (keys.DAY_AFTER, lambda: self.shown.step(1)),
            (keys.PRINT, self.header.open_panel),
        )
        for key, do in wishes:
            shortcut = QShortcut(QKeySequence(key.sequence), self.centre)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(do)
