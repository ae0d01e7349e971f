"""An edge on the timeline is moved: what would come of it is shown, and recorded with a reason."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.gui.texts import Times
from ptimer.gui.today.timeline_box import TimelineBox
from ptimer.gui.today.timeline_grips import START, Draft
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import MINUTE, Instant

if TYPE_CHECKING:
    from ptimer.operations.clinic import Clinic
    from ptimer.operations.edges import Moved
    from ptimer.operations.rehearsing import Trial


class EdgeMoves(QObject):
    """Stands between a timeline and the record; nothing is changed without a reason."""

    def __init__(self, box: TimelineBox, desk: Desk, times: Times) -> None:
        """Listen to the timeline of a box."""
        super().__init__(box)
        self._box = box
        self._desk = desk
        self._times = times
        self._moved: Moved | None = None
        self._visit_id = ""
        line = box.timeline
        line.edge_moved.connect(self._try)
        line.edge_dropped.connect(self._drop)
        box.reason_given.connect(self._record)
        box.fit_wanted.connect(self._take_fit)
        box.given_up.connect(self.give_up)

    def show_view(self, view: VisitView) -> None:
        """Show a visit; what is moved stays so, as long as it can still be recorded."""
        draft = self._box.timeline.draft
        if draft is not None:
            there = any(each.id == draft.segment_id for each in view.record.segments)
            if not there or view.visit.signed:
                self.give_up()
                if view.visit.id == self._visit_id:
                    self._tell_gone(draft.segment_id)
        self._box.show_view(view)
        if draft is not None and self._box.timeline.draft is not None:
            self._try(draft.segment_id, draft.edge, draft.at)

    def give_up(self) -> bool:
        """Leave the edge where it is recorded; return whether one was moved."""
        line = self._box.timeline
        moving = line.draft is not None
        self._moved = None
        self._box.close_form()
        if moving:
            line.show_draft(None)
            self._box.tell("")
        return moving

    # -- inside --------------------------------------------------------------------------------

    def _try(self, segment_id: str, edge: str, at: Instant) -> None:
        """Show what would come of an edge being elsewhere."""
        from ptimer.operations import edges  # not needed before an edge is moved

        view = self._desk.view
        segment = _segment(view, segment_id)
        if view is None or segment is None:
            return
        view = view.at(self._desk.now())
        moved = edges.rehearse(self._desk.clinic, view, segment, edges.Edge(edge), at)
        self._moved = moved
        self._visit_id = view.visit.id
        trial = moved.trial
        refused = trial.problem is not None
        words = self._conflict(trial) if refused else self._what(segment, edge, at, view, moved)
        draft = Draft(segment_id, edge, at, self._short(at), words, trial.twice, refused)
        self._box.timeline.show_draft(draft)
        if self._box.asking:
            self._ask()
        else:
            self._box.tell(words, bad=refused)

    def _drop(self) -> None:
        """Ask for the reason, unless the edge is back where it was."""
        moved = self._moved
        if moved is None or not (moved.trial.different or moved.trial.problem):
            self.give_up()
        else:
            self._ask()

    def _ask(self) -> None:
        draft, moved = self._box.timeline.draft, self._moved
        segment = _segment(self._desk.view, draft.segment_id) if draft else None
        view = self._desk.view
        if draft is None or moved is None or segment is None or view is None:
            return
        about = self._what(segment, draft.edge, draft.at, view.at(self._desk.now()), moved)
        fit = moved.trial.fit
        # Only the edge that was moved is offered elsewhere: the other is as it was pressed.
        fit = replace(fit, end=None) if draft.edge == START else replace(fit, start=None)
        self._box.ask(about, replace(moved.trial, fit=fit), draft.edge)
        self._box.tell(self.twice_words(moved.trial), bad=True)

    def _take_fit(self) -> None:
        draft, moved = self._box.timeline.draft, self._moved
        if draft is not None and moved is not None:
            fit = moved.trial.fit
            at = fit.start if draft.edge == START else fit.end
            if at is not None:
                self._try(draft.segment_id, draft.edge, at)

    def _record(self, why: str) -> None:
        from ptimer.operations import edges

        draft = self._box.timeline.draft
        if draft is None:
            return
        new = self._desk.attempt(
            lambda c: edges.move(c, draft.segment_id, edges.Edge(draft.edge), draft.at, why),
            refresh=False,
        )
        if new is not None:
            self.give_up()
            self._desk.refresh()
            self._box.timeline.choose(new.id)

    def _tell_gone(self, segment_id: str) -> None:
        """Say that what was being moved was changed elsewhere meanwhile."""
        from ptimer.operations import replacing

        def look(clinic: "Clinic") -> None:
            with clinic.reading():
                replacing.existing(clinic, segment_id)

        self._desk.attempt(look, refresh=False)

    def _what(
        self, segment: Segment, edge: str, at: Instant, view: VisitView, moved: "Moved"
    ) -> str:
        """Return the new time, the length, and the units that it would give."""
        stretch = moved.trial.stretch or segment.stretch
        minutes = stretch.milliseconds(view.now) // MINUTE
        new = self._short(at)
        if edge == START:
            words = self.tr("{0} starts at {1}, not {2}")
            said = words.format(segment.code, new, self._short(segment.started_at))
        elif segment.ended_at is None:
            said = self.tr("{0} stopped at {1}").format(segment.code, new)
        else:
            words = self.tr("{0} ends at {1}, not {2}")
            said = words.format(segment.code, new, self._short(segment.ended_at))
        parts = [said, self.tr("{0} min").format(minutes)]
        if not moved.view.in_doubt and moved.trial.problem is None:
            parts.append(self._units(view, moved.view))
        remarks = [texts.words(remark) for remark in moved.trial.remarks]
        return " · ".join([*parts, *remarks])

    def _units(self, before: VisitView, after: VisitView) -> str:
        old, new = before.reckoning, after.reckoning
        words = texts.unit_word(new.timed_units, new.untimed_units)
        was = texts.units(old.timed_units, old.untimed_units)
        if before.in_doubt or was == texts.units(new.timed_units, new.untimed_units):
            return words
        return self.tr("{0} → {1}").format(was, words)

    def _conflict(self, trial: "Trial") -> str:
        problem = trial.problem
        sentence = texts.words(problem.sentence) if problem is not None else ""
        twice = self.twice_words(trial)
        return f"{twice}: {sentence}" if twice else sentence

    def twice_words(self, trial: "Trial") -> str:
        """Return which time would be counted twice, or nothing."""
        twice = trial.twice
        if twice is None or twice.end is None:
            return ""
        start, end = self._times.time(twice.start), self._times.time(twice.end)
        if start == end:
            start, end = self._times.clock(twice.start), self._times.clock(twice.end)
        return self.tr("{0} to {1} would be counted twice").format(start, end)

    def _short(self, instant: Instant) -> str:
        return self._times.clock(instant).removesuffix(":00")


def _segment(view: VisitView | None, segment_id: str) -> Segment | None:
    segments = view.record.segments if view is not None else ()
    return next((each for each in segments if each.id == segment_id), None)
