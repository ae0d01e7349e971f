"""Edit times: each recorded time of a visit can be put right, with a reason; nothing is lost."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptimer.billing.codebook import Count
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.edit_times.edit_times_page import EditTimesPage
from ptimer.gui.edit_times.segment_changes import Offers
from ptimer.gui.edit_times.segment_editor import SPLIT, VOID
from ptimer.gui.look import Look
from ptimer.gui.texts import Times, core
from ptimer.gui.today.edge_moves import EdgeMoves
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import (
    corrections,
    history,
    people,
    rehearsing,
    replacing,
    typed_changes,
    visiting,
)
from ptimer.operations.clinic import Clinic
from ptimer.operations.rehearsing import Trial
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


class EditTimesScreen(QObject):
    """The table of times between today's visits and the unit panel."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the screen; the columns beside it are those of today."""
        super().__init__()
        self.desk = desk
        self._times = times
        self._visit_id: str | None = None
        self._with_usual = False
        self.page = EditTimesPage(look, times)
        self.left: QWidget | None = today.left
        self.centre: QWidget = self.page
        self.right: QWidget | None = today.right
        self._connect()
        # Last: what else is open is closed before a moved edge is shown.
        self.moves = EdgeMoves(self.page.time_box, desk, times)

    # -- the window ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the times of the visit that is looked at."""
        self.close_all()
        self._with_usual = False
        self.refresh()

    def close_typed(self) -> bool:
        """Close the form that is open; return whether there was one."""
        moving = self.moves.give_up()
        editing = self.page.editing
        self.close_all()
        return editing or moving

    def leave(self) -> None:
        """Forget what is half typed, and let no hidden field keep the keyboard."""
        self.close_all()
        leave_to_window(self.page)

    def refresh(self) -> None:
        """Show what is so now; what is being edited stays open as long as it is there."""
        view = self.desk.view
        if view is None:
            self.desk.show("today")
            return
        if view.visit.id != self._visit_id or view.visit.signed:
            self.close_all()
        self._visit_id = view.visit.id
        opened = self.page.table.open_id
        self.page.show_view(view)
        self.moves.show_view(view)
        self._show_changes(view)
        if opened is not None:
            if self.page.table.open_id is None:
                self.close_all()
                self._tell_gone(opened)
            else:
                self._try_change()

    def tick(self, now: Instant) -> None:
        """Repaint what a second changes."""
        view = self.desk.view
        if view is not None:
            self.page.show_time(view, now)

    # -- what is open --------------------------------------------------------------------------

    def open_segment(self, segment_id: str) -> None:
        """Open one time for editing, and close what else is open."""
        view = self.desk.view
        if view is None or view.visit.signed:
            return
        self.close_all()
        page = self.page
        if page.table.open(segment_id) and page.table.open_line is not None:
            page.editor.open(page.table.open_line, view.visit.discipline, self._offers(view))
            page.show_opened()

    def close_all(self) -> None:
        """Close whatever is open; what was typed, or moved, is forgotten."""
        self.moves.give_up()
        self.page.close_editors()

    def _open_add(self) -> None:
        view = self.desk.view
        if view is not None:
            self.close_all()
            self.page.show_add(True)
            self.page.add_time.open(self.desk.who, self._offers(view))

    def _open_in_clinic(self) -> None:
        view = self.desk.view
        if view is not None:
            self.close_all()
            self.page.in_clinic_editor.show()
            self.page.in_clinic_editor.open(view)

    def _open_payer(self) -> None:
        view = self.desk.view
        if view is not None:
            self.close_all()
            self.page.payer_editor.show()
            names = self.desk.clinic.rulebook.payers.offered(view.visit.service_date)
            if view.visit.payer not in names:
                names.append(view.visit.payer)
            self.page.payer_editor.open(view.visit.payer, names)

    def _offers(self, view: VisitView) -> Offers:
        """Return what fields offer: codes of the visit's discipline first."""
        day = view.visit.service_date
        books = self.desk.clinic.rulebook.codes.on(day)
        codes = [code for code in books if books.why_not_startable(code, day) is None]
        codes.sort(key=lambda code: view.visit.discipline not in code.disciplines)
        everyone = self.desk.attempt(people.everyone, refresh=False) or []
        return Offers(
            codes=tuple((code.code, f"{code.code}  {core(code.label)}") for code in codes),
            by_area=frozenset(code.code for code in codes if code.count is Count.AREA),
            patients=tuple(self.desk.attempt(visiting.recent_patients, refresh=False) or ()),
            clinicians=tuple(clinician.name for clinician in everyone),
        )

    # -- trying --------------------------------------------------------------------------------

    def _try_change(self) -> None:
        """Show what would come of what is typed over a time."""
        segment_id = self.page.table.open_id
        editor = self.page.editor
        if segment_id is None:
            return
        trial = self._trial_of(segment_id) or Trial()
        editor.show_trial(trial, self.desk.now())
        self.page.table.list.strike(editor.struck())
        self._show_twice(trial)

    def _trial_of(self, segment_id: str) -> Trial | None:
        editor = self.page.editor
        if editor.mode == VOID:
            return self._look_up(lambda clinic: rehearsing.void(clinic, segment_id))
        if editor.mode == SPLIT:
            at = editor.split_at.text()
            if not at.strip():
                return None
            return self._look_up(lambda clinic: rehearsing.split(clinic, segment_id, at))
        typed = editor.typed_change()
        return self._look_up(lambda clinic: rehearsing.correct(clinic, segment_id, typed))

    def _try_add(self) -> None:
        """Show what would come of a time that is typed."""
        form, visit_id = self.page.add_time, self.desk.visit_id
        trial: Trial | None = None
        if form.complete and visit_id is not None:
            typed = form.typed_time()
            trial = self._look_up(lambda clinic: rehearsing.add(clinic, visit_id, typed))
        form.show_trial(trial or Trial(), self.desk.now())
        self._show_twice(trial)

    def _look_up(self, trying: Callable[[Clinic], Trial]) -> Trial | None:
        return self.desk.attempt(trying, refresh=False)

    def _show_twice(self, trial: Trial | None) -> None:
        words = self.moves.twice_words(trial) if trial else ""
        self.page.time_box.tell(words, bad=True)

    # -- recording -----------------------------------------------------------------------------

    def _save_change(self) -> None:
        segment_id = self.page.table.open_id
        if segment_id is None:
            return
        editor = self.page.editor
        why = editor.reason.text()
        if editor.mode == VOID:
            self._record(lambda clinic: corrections.void(clinic, segment_id, why))
        elif editor.mode == SPLIT:
            at = editor.split_at.text()
            self._record(lambda clinic: typed_changes.split(clinic, segment_id, at, why))
        else:
            typed = editor.typed_change()
            self._record(lambda clinic: typed_changes.correct(clinic, segment_id, typed, why))

    def _save_added(self) -> None:
        form, visit_id = self.page.add_time, self.desk.visit_id
        if visit_id is not None:
            typed, why = form.typed_time(), form.reason.text()
            self._record(lambda clinic: typed_changes.add(clinic, visit_id, typed, why))

    def _save_in_clinic(self, arrived: str | None, departed: str | None) -> None:
        visit_id = self.desk.visit_id
        if visit_id is not None:
            self._record(
                lambda clinic: typed_changes.set_times(clinic, visit_id, arrived, departed)
            )

    def _save_payer(self, payer: str, why: str) -> None:
        visit_id = self.desk.visit_id
        if visit_id is not None:
            self._record(lambda clinic: visiting.change_payer(clinic, visit_id, payer, why))

    def _record(self, operation: Callable[[Clinic], None]) -> None:
        """Do it, and close what is open once it is recorded; a problem is told in the bar."""

        def done(clinic: Clinic) -> bool:
            operation(clinic)
            return True

        if self.desk.attempt(done, refresh=False):
            self.close_all()
            self.desk.refresh()

    # -- what is shown -------------------------------------------------------------------------

    def _show_changes(self, view: VisitView) -> None:
        visit_id = view.visit.id
        told = self.desk.attempt(lambda clinic: history.changes_of(clinic, visit_id), refresh=False)
        changes = told or ()
        usual = sum(change.usual for change in changes)
        shown = [each for each in changes if self._with_usual or not each.usual]
        page = self.page
        page.show_changes(shown, view)
        page.usual.setVisible(usual > 0)
        amended = any(change.action == "amend" for change in changes)
        page.versions.setVisible(view.visit.signed or amended)
        words = (
            self.tr("Hide the {0} presses")
            if self._with_usual
            else self.tr("Show the {0} presses, too")
        )
        page.usual.set_words(words.format(usual))

    def _tell_gone(self, segment_id: str) -> None:
        """Say that what was being edited was changed elsewhere meanwhile."""

        def look(clinic: Clinic) -> None:
            with clinic.reading():
                replacing.existing(clinic, segment_id)

        self.desk.attempt(look, refresh=False)

    def _toggle_usual(self) -> None:
        self._with_usual = not self._with_usual
        view = self.desk.view
        if view is not None:
            self._show_changes(view)

    def _connect(self) -> None:
        page, desk = self.page, self.desk
        page.back_wanted.connect(lambda: desk.show("today"))
        page.amend.clicked.connect(lambda: desk.show("sign"))
        page.versions.clicked.connect(lambda: desk.versions_wanted.emit(desk.visit_id or ""))
        page.table.edit_wanted.connect(self.open_segment)
        page.timeline.segment_wanted.connect(self.open_segment)
        page.timeline.edge_moved.connect(page.close_editors)
        page.editor.typed.connect(self._try_change)
        page.editor.save_wanted.connect(self._save_change)
        page.add.clicked.connect(self._open_add)
        page.add_time.typed.connect(self._try_add)
        page.add_time.add_wanted.connect(self._save_added)
        page.change_in_clinic.clicked.connect(self._open_in_clinic)
        page.in_clinic_editor.save_wanted.connect(self._save_in_clinic)
        page.change_payer.clicked.connect(self._open_payer)
        page.payer_editor.save_wanted.connect(self._save_payer)
        page.usual.clicked.connect(self._toggle_usual)
        for part in (page.editor, page.add_time, page.in_clinic_editor, page.payer_editor):
            part.closed.connect(self.close_all)
        page.close_wanted.connect(self.close_all)
