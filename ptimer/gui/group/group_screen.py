"""Start a group: choose who is in it, see what it does, and start all at the same instant."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ptimer.billing.codebook import Attendance, Code
from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.frame.body import scrolled
from ptimer.gui.group.group_effect import Effect, GroupEffect
from ptimer.gui.group.group_form import GroupForm
from ptimer.gui.group.group_model import GroupRow
from ptimer.gui.look import Look
from ptimer.gui.presses import RefusedPress
from ptimer.gui.texts import Times, words
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import groups, visiting
from ptimer.operations.errors import Refused
from ptimer.operations.groups import Candidate, GroupPlan, Joins
from ptimer.operations.recording import FROM_WINDOW
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.visit_view import VisitView
from ptimer.operations.visiting import WishedVisit
from ptimer.timing.clock import MINUTE, Instant
from ptimer.wording import say

_MOST_SHOWN = 16


class GroupScreen(QObject):
    """The screen on which the patients of a group are chosen."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the columns; `show_for` says which code it is about."""
        super().__init__()
        self.desk = desk
        self._times = times
        self._number = ""
        self._ticked: set[str] = set()
        self._minutes: tuple[int, ...] = ()
        self.form = GroupForm(look)
        self.effect = GroupEffect(look)
        self.left: QWidget | None = today.left
        self.centre: QWidget = self.form
        self.right: QWidget | None = scrolled(look, self.effect)
        self.form.list.tick_wanted.connect(self._tick)
        self.form.patient_wanted.connect(self._add)
        self.form.start_wanted.connect(self.start)
        self.form.cancel_wanted.connect(lambda: desk.show("today"))

    # -- the screen ----------------------------------------------------------------------------

    def show_for(self, number: str) -> None:
        """Ask who is in a group of this code; the visit that is looked at is ticked already."""
        self._number = number
        chosen = self._candidate(self.desk.visit_id)
        self._ticked = {chosen.view.visit.id} if chosen and chosen.can_join else set()
        self.refresh()
        self.form.list.go_to(self.desk.visit_id)

    def enter(self) -> None:
        """Show what is so now, the keyboard in the list."""
        recent = self.desk.attempt(visiting.recent_patients, refresh=False)
        self.form.offer_ids(recent or [])
        self.form.show_remark("")
        self.refresh()
        self.form.list.setFocus()

    def refresh(self) -> None:
        """Show what is so now; who can't join any more is not ticked any more."""
        self._show(self.desk.now())

    def tick(self, now: Instant) -> None:
        """Count anew when a minute of something has turned."""
        if self._minutes_at(now) != self._minutes:
            self._show(now)

    def close_typed(self) -> bool:
        """Return that no form opens here that Escape would have to close first."""
        return False

    def leave(self) -> None:
        """Forget who was ticked, and let the keyboard go."""
        self._ticked.clear()
        self.form.patient.clear()
        focused = QApplication.focusWidget()
        if focused is not None and self.form.isAncestorOf(focused):
            focused.clearFocus()

    # -- presses -------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the group; what has to end for it ends at the same instant, as the press says."""
        plan = self._plan()
        if not plan.patients:
            self.form.list.setFocus()
            return
        if plan.ends:
            runs = self._switch(plan)
        else:
            runs = self.desk.start_group(self._number, plan.patients)
        if runs:
            self.desk.show("today")

    def _switch(self, plan: GroupPlan) -> bool:
        who, first = self.desk.who, plan.ends[0]
        wish = StartWish(
            code=self._number,
            patients=plan.patients,
            clinician=who.clinician,
            role=who.role,
            supervisor=who.supervisor,
            origin=FROM_WINDOW,
        )
        text = say("{code} of {patient} runs", code=first.code, patient=first.patient)
        refusal = Refused(text, rule=groups.RULE, source=self._source(), blockers=plan.ends)
        return self.desk.switch(RefusedPress(wish, refusal))

    def _tick(self, visit_id: str) -> None:
        self._ticked ^= {visit_id}
        self.refresh()

    def _add(self, typed: str) -> None:
        """Take the patient of an id in; a visit is made where there is none today."""
        visit_id = self.desk.open_visit(WishedVisit(typed))
        if visit_id is None:
            self.form.patient.mark_wrong(True)
            return
        self.form.patient.clear()
        found = self._candidate(visit_id)
        if found is not None and found.can_join:
            self._ticked.add(visit_id)
        elif found is not None and found.joins is Joins.NOT_NOW:
            patient = texts.short(found.view.visit.patient, _MOST_SHOWN)
            why = self.tr("{0} can't join: {1}").format(patient, words(found.why))
            self.form.show_remark(why)
        self.refresh()
        self.form.list.go_to(visit_id)
        self.form.list.setFocus()

    # -- showing -------------------------------------------------------------------------------

    @property
    def _code(self) -> Code:
        """The code that was pressed, else the group code that the visit's discipline has."""
        codes = self.desk.clinic.rulebook.codes
        if self._number:
            return codes[self._number]
        view = self.desk.view
        discipline = view.visit.discipline if view else ""
        offered = [code for code in codes if code.attendance is Attendance.GROUP]
        fitting = [code for code in offered if discipline in code.disciplines]
        code = (fitting or offered)[0]
        self._number = code.code
        return code

    def _candidates(self) -> tuple[Candidate, ...]:
        return groups.candidates(self.desk.today, self._code, self.desk.who)

    def _candidate(self, visit_id: str | None) -> Candidate | None:
        return next((c for c in self._candidates() if c.view.visit.id == visit_id), None)

    def _plan(self) -> GroupPlan:
        return groups.plan(self.desk.today, self._code, self.desk.who, self._ticked)

    def _source(self) -> str:
        return texts.core(self.desk.clinic.rulebook.rules.source(groups.RULE))

    def _show(self, now: Instant) -> None:
        self._minutes = self._minutes_at(now)
        found = self._candidates()
        self._ticked &= {each.view.visit.id for each in found if each.can_join}
        code, plan = self._code, self._plan()
        self.form.about.say(f"{code.code} · {texts.core(code.label)}")
        self.form.count.say(self.tr("Who is in it? {0} chosen").format(len(plan.patients)).upper())
        self.form.list.show_visits([self._row(each, now) for each in found])
        self._show_press(plan)
        self._show_effect(found, now)

    def _minutes_at(self, now: Instant) -> tuple[int, ...]:
        views = self.desk.today.visits
        return tuple(
            view.milliseconds_at(code, now) // MINUTE
            for view in views
            for code in view.running_codes
        )

    def _show_press(self, plan: GroupPlan) -> None:
        number, many = self._number, len(plan.patients)
        if plan.ends and plan.patients:
            ends = ", ".join(self._named(s.code, s.patient) for s in plan.ends)
            full = self.tr("Switch: end {0} and start").format(ends)
            self.form.show_press(full, self.tr("Switch and start"), possible=True)
        else:
            patients = self.tr("1 patient") if many == 1 else self.tr("{0} patients").format(many)
            start = self.tr("Start {0}").format(number)
            full = self.tr("Start {0} for {1}").format(number, patients)
            self.form.show_press(full if many else start, start, possible=bool(many))
        self.form.note.say(*self._warning(plan))
        self.form.below.say(self._below(plan))

    def _warning(self, plan: GroupPlan) -> tuple[str, str]:
        if not plan.ends:
            return "", ""
        parts = [
            self.tr("{0}, since {1}").format(
                self._named(segment.code, segment.patient), self._times.time(segment.started_at)
            )
            for segment in plan.ends
        ]
        text = self.tr("A group can't run beside it. It ends at the instant the group starts.")
        if len(parts) > 1:
            text = self.tr("A group can't run beside them. They end at the instant it starts.")
        return text, self.tr("Running: {0}").format("; ".join(parts))

    def _below(self, plan: GroupPlan) -> str:
        if not plan.patients:
            return self.tr("Tick who is in it.")
        if plan.alone:
            return self.tr(
                "A group is two or more: for one patient alone it starts, and is listed as to fix."
            )
        if plan.with_others:
            return self.tr("Joins the group that runs already.")
        return self.tr("All start at the same instant; one can leave earlier.")

    def _named(self, code: str, patient: str) -> str:
        known = self.desk.clinic.rulebook.codes[code]
        name = texts.core(known.label) if known.apart else code
        return self.tr("{0} of {1}").format(name, texts.short(patient, _MOST_SHOWN))

    def _show_effect(self, found: tuple[Candidate, ...], now: Instant) -> None:
        chosen = [c.view.at(now) for c in found if c.view.visit.id in self._ticked]
        code = self._code
        self.effect.show_effects(
            tuple(Effect(view, groups.with_group(view, code)) for view in chosen)
        )
        sentences = groups.while_it_runs(self.desk.today, code, self._ticked)
        self.effect.show_rules(tuple(words(each) for each in sentences), self._source())

    def _row(self, candidate: Candidate, now: Instant) -> GroupRow:
        view = candidate.view.at(now)
        visit = view.visit
        in_it = candidate.joins is Joins.IN_IT
        return GroupRow(
            visit_id=visit.id,
            patient=visit.patient,
            about=f"{visit.discipline} · {visit.payer}",
            timed=self._timed(view),
            state=self._state(candidate, view),
            open=candidate.can_join,
            ticked=in_it or visit.id in self._ticked,
        )

    def _timed(self, view: VisitView) -> str:
        if view.visit.signed and view.record.signatures:
            at = max(signature.signed_at for signature in view.record.signatures)
            return self.tr("signed {0}").format(self._times.time(at))
        parts = [f"{code} {view.minutes_of(code)}" for code in view.record.codes]
        return self.tr("{0} min").format(" · ".join(parts)) if parts else self.tr("nothing yet")

    def _state(self, candidate: Candidate, view: VisitView) -> str:
        planned = view.visit.planned_at
        if candidate.joins is Joins.FREE and not view.record.segments and planned is not None:
            return self.tr("planned {0}").format(self._times.time(planned))
        state = words(candidate.why)
        fixes = len(view.to_fix) if candidate.can_join and not view.record.running else 0
        if fixes and view.record.segments:
            return self.tr("{0}, {1} to fix").format(state, fixes)
        return state
