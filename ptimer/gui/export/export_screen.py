"""The export: the lines as the biller will get them, before they are written into a file."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.background import Handle, on_record, run
from ptimer.gui.day_summary.day_calendar import qdate
from ptimer.gui.day_summary.minute_watch import MinuteWatch
from ptimer.gui.day_summary.shown_day import shown_day
from ptimer.gui.day_summary.to_fix import Fix
from ptimer.gui.desk import Desk
from ptimer.gui.export import held_back, line_leads
from ptimer.gui.export.export_page import ExportPage
from ptimer.gui.export.export_preview import Preview, preview
from ptimer.gui.export.export_saving import ExportSaving
from ptimer.gui.export.export_side import ExportSide
from ptimer.gui.export.layout_typing import LayoutTyping
from ptimer.gui.frame import keys
from ptimer.gui.frame.body import scrolled
from ptimer.gui.frame.message_bar import Message
from ptimer.gui.look import Look
from ptimer.gui.texts import Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.gui.why.visit_why import VisitWhy
from ptimer.operations import biller_layouts, export_files, preferences
from ptimer.operations.errors import Problem
from ptimer.operations.export_files import BILLER, ExportWish
from ptimer.operations.exporting import Span
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


class ExportScreen(QObject):
    """Of the day that the day summary shows, or of days that are typed.

    Signals:
        clinician_wanted(str): a person goes to a clinician, whose number is missing.
    """

    clinician_wanted = Signal(str)

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the two columns; nothing is read before the screen is entered."""
        super().__init__()
        del today
        self.desk = desk
        self.shown = shown_day(desk)
        self.page = ExportPage(look)
        self.side = ExportSide(look, times)
        self.saving = ExportSaving(desk, self.page)
        self.why = VisitWhy(look, desk, self.page.table)
        self.typing = LayoutTyping(desk, self.page, self.side)
        self.preview: Preview | None = None
        self._preparing: Handle | None = None
        self._entered: Span | None = None
        self._watch = MinuteWatch()
        self.left: QWidget | None = None
        self.centre: QWidget = self.page
        self.right: QWidget | None = scrolled(look, self.side)
        self._show_form()
        self._connect()

    # -- screen --------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the lines of the day that the summary shows, or of the days typed for it before."""
        day = Span(self.shown.day, self.shown.day)
        if day != self._entered:
            self._entered = day
            self.page.days.show_span(day)
            # What is not signed goes out by a wish for that day, and never from habit.
            self.side.unsigned.setChecked(False)
            self.side.only_changes.setChecked(False)
        self.refresh()

    def close_typed(self) -> bool:
        """Close the form of a biller's layout; return whether it was open."""
        if not self.side.typing_layout:
            return False
        self.typing.close()
        return True

    def leave(self) -> None:
        """Prepare no further; a file that is being written goes on."""
        self._stop_preparing()
        self.why.close()

    def refresh(self) -> None:
        """Prepare the lines anew, since the record may be another."""
        self._stop_preparing()
        self._watch.follow(self._running(), self.desk.now())
        wish = self._wish()
        if wish is None:
            self._show(None)
            return
        most = self.side.made.to_read
        job = on_record(
            self.desk.clinic, lambda clinic, step: preview(clinic, wish, step, most_made=most)
        )
        self._preparing = run(self.page, job, self._show, self._not_prepared, self._tell_preparing)
        self._allow_saving()

    def tick(self, now: Instant) -> None:
        """Prepare anew once a minute of an unsigned visit that goes along is over."""
        if self.side.unsigned.isChecked() and self._watch.turned(self._running(), now):
            self.refresh()

    @property
    def preparing(self) -> bool:
        """Whether the lines are being prepared."""
        return self._preparing is not None

    def save(self) -> None:
        """Ask where the file goes, then write it."""
        wish = self._wish()
        if wish is not None and self.page.save.isEnabled() and not self.side.typing_layout:
            self.saving.save(wish)

    # -- preparing -----------------------------------------------------------------------------

    def _show(self, found: Preview | None) -> None:
        self._preparing = None
        self.preview = found
        self._hide_strip()
        self._show_days()
        self.side.show_totals(found)
        held = None if found is None else held_back.fixes(found.held_back, self.desk)
        self.side.show_held_back(held)
        self.side.show_look_first(
            () if found is None else line_leads.fixes(found.warnings, self.desk.today.date)
        )
        if found is not None:
            self.side.made.show_batches(found.made)
            self.side.show_layouts(found.layouts, str(self.side.written_for.currentData() or ""))
        some = found is not None and found.rows > 0
        self.page.show_lines(some)
        if found is not None and some:
            self.typing.show_lines(found)
        else:
            self._say_nothing(found)
        self._allow_saving()

    def _not_prepared(self, problem: Problem) -> None:
        self._show(None)
        title = self.tr("The lines could not be prepared")
        self.desk.told.emit(Message(title=title, text=texts.words(problem.sentence)))

    def _say_nothing(self, found: Preview | None) -> None:
        """Say why there are no lines, and offer what helps."""
        if found is None and self.page.days.span is None:
            title, press = self.tr("From which day to which?"), ""
            text = self.tr("Type the days above, such as 2026-11-23, and press Enter.")
        elif found is None:
            title, press = self.tr("The lines are not prepared"), self.tr("Prepare them")
            text = self.tr("Nothing was written, and nothing is lost.")
        elif found.kept_back:
            title = self.tr("Nothing goes out")
            text = self.tr("All that is signed went out before, and nothing has changed since.")
            press = self.tr("Take what went out before along")
        elif found.held_back:
            title = self.tr("Nothing goes out yet")
            text = self.tr("No visit of these days is signed. Sign it, or take it along, flagged.")
            press = self.tr("Take unsigned visits along")
        else:
            title = self.tr("Nothing goes out")
            text = self.tr("Nothing that is billed was timed on these days. Type others above.")
            press = self.tr("Back to the day summary")
        self.page.empty.say(title, text, press)

    def _do_what_is_offered(self) -> None:
        if self.preview is None:
            self.refresh()
        elif self.preview.kept_back:
            self.side.only_changes.setChecked(False)
            self.refresh()
        elif self.preview.held_back:
            self.side.unsigned.setChecked(True)
            self.refresh()
        else:
            self.desk.show("day-summary")

    def _tell_preparing(self, done: int, total: int) -> None:
        if not self.saving.under_way and total > 1:
            self.page.strip.show_progress(self.tr("Preparing the lines: {0}"), done, total)

    def _stop_preparing(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
            self._preparing = None
            self._hide_strip()

    def _hide_strip(self) -> None:
        if not self.saving.under_way:
            self.page.strip.hide()

    def _cancel(self) -> None:
        """Call off what the strip tells of."""
        if self.saving.under_way:
            self.saving.cancel()
        else:
            self._stop_preparing()
            self._show(None)

    # -- inside --------------------------------------------------------------------------------

    def _explain(self, row: int) -> None:
        """Say why the visit of a line comes to its units; a sheet of segments has no lines."""
        lines = self.preview.lines if self.preview is not None else ()
        if row < len(lines):
            self.why.explain(lines[row].encounter_id)

    def _wish(self) -> ExportWish | None:
        span, side = self.page.days.span, self.side
        if span is None:
            return None
        return ExportWish(
            span,
            side.layout_choice.value(),
            side.unsigned.isChecked(),
            side.bom.isChecked(),
            str(side.delimiter.currentData()),
            side.mapping if side.layout_choice.value() == BILLER else None,
            side.only_changes.isChecked(),
        )

    def _running(self) -> list[VisitView]:
        today = self.desk.today
        return [view for view in (*today.visits, *today.earlier) if view.record.running]

    def _allow_saving(self) -> None:
        ready = self._preparing is None and not self.saving.under_way
        some = self.preview is not None and self.preview.rows > 0
        self.page.save.setEnabled(ready and some and not self.side.typing_layout)

    def _show_days(self) -> None:
        span = self.page.days.span
        if span is None:
            self.page.about.say("")
        elif span.first == span.last:
            self.page.about.say(texts.long_date(qdate(span.first)))
        else:
            days = (span.last - span.first).days + 1
            self.page.about.say(self.tr("{0} days, all clinicians").format(days))

    def _show_form(self) -> None:
        def kept(key: str) -> str:
            found = self.desk.attempt(lambda clinic: preferences.read(clinic, key), refresh=False)
            return found or ""

        delimiter = kept(export_files.KEPT_DELIMITER) or ","
        self.side.show_form(bom=bool(kept(export_files.KEPT_BOM)), delimiter=delimiter)
        layouts = self.desk.attempt(biller_layouts.all_of, refresh=False) or ()
        self.side.show_layouts(layouts, kept(export_files.KEPT_MAPPING))

    def _keep_form(self) -> None:
        """Remember how the biller wants the file written."""
        self._keep(export_files.KEPT_DELIMITER, str(self.side.delimiter.currentData()))
        self._keep(export_files.KEPT_BOM, "yes" if self.side.bom.isChecked() else "")

    def _keep_mapping(self) -> None:
        """Remember whose columns the file has, and show them."""
        mapping = self.side.mapping
        self._keep(export_files.KEPT_MAPPING, "" if mapping is None else mapping.name)
        self.refresh()

    def _keep(self, key: str, value: str) -> None:
        self.desk.attempt(lambda clinic: preferences.write(clinic, key, value), refresh=False)

    # -- leads ---------------------------------------------------------------------------------

    def _lead_to(self, fix: Fix) -> None:
        """Go to what a warning is about."""
        if self.preview is None or fix not in self.side.look_first.fixes:
            return
        warning = self.preview.warnings[self.side.look_first.fixes.index(fix)]
        line_leads.lead(warning, self.desk, self.clinician_wanted.emit)

    def _connect(self) -> None:
        self.page.table.why_wanted.connect(self._explain)
        page, side = self.page, self.side
        page.back_wanted.connect(lambda: self.desk.show("day-summary"))
        page.save.clicked.connect(self.save)
        page.days.changed.connect(self.refresh)
        page.strip.cancel_wanted.connect(self._cancel)
        page.empty.pressed.connect(self._do_what_is_offered)
        side.changed.connect(self.refresh)
        side.form_changed.connect(self._keep_form)
        side.held.fix_wanted.connect(lambda fix: held_back.lead(fix, self.desk, self.shown))
        side.look_first.fix_wanted.connect(self._lead_to)
        side.mapping_changed.connect(self._keep_mapping)
        self.typing.changed.connect(self._allow_saving)
        self.typing.saved.connect(self._keep_mapping)
        side.made.again_wanted.connect(self.saving.again)
        side.made.older_wanted.connect(self.refresh)
        self.saving.changed.connect(self._allow_saving)
        shortcut = QShortcut(QKeySequence(keys.SAVE.sequence), page)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.save)
