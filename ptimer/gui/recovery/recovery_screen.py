"""Was it still going on? The question after a crash, a sleep, or a clock that was set by hand."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from ptimer.gui import texts
from ptimer.gui.controls.focus import leave_to_window
from ptimer.gui.desk import Desk
from ptimer.gui.look import Look
from ptimer.gui.recovery.doubt_bar import DoubtSpan
from ptimer.gui.recovery.recovery_page import RecoveryPage
from ptimer.gui.texts import Times
from ptimer.gui.today.today_screen import TodayScreen
from ptimer.operations import rehearsing, typed_changes
from ptimer.operations.clinic import Clinic
from ptimer.operations.watching import InDoubt
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.recovery import Answer, Cause
from ptimer.timing.service_date import iso, service_date


class RecoveryScreen(QObject):
    """Asks about one time in doubt after the other; it waits, and blocks nothing."""

    def __init__(self, look: Look, desk: Desk, times: Times, today: TodayScreen) -> None:
        """Make the screen; the columns beside it are those of today."""
        super().__init__()
        self.desk = desk
        self._times = times
        self._zone = desk.clinic.clock.zone
        self._asked: InDoubt | None = None
        self._visit_id: str | None = None
        self._waiting = 0
        self._typed_minutes = ""
        self.page = RecoveryPage(look, times)
        self.left: QWidget | None = today.left
        self.centre: QWidget = self.page
        self.right: QWidget | None = today.right
        self.page.chosen.connect(self._try)
        self.page.confirmed.connect(self._answer)

    # -- the window ----------------------------------------------------------------------------

    def enter(self) -> None:
        """Ask about what is in doubt first."""
        self._asked = None
        self._ask()

    def close_typed(self) -> bool:
        """Return that no form opens here that Escape would have to close first."""
        return False

    def leave(self) -> None:
        """Forget what is chosen; the question goes on waiting."""
        self._asked = None
        leave_to_window(self.page)

    def refresh(self) -> None:
        """Ask on as long as there is a doubt; a person who looks at another visit goes there."""
        if self._asked is not None and self.desk.visit_id != self._visit_id:
            self.desk.show("today")
        else:
            self._ask()

    def tick(self, now: Instant) -> None:
        """Count on what may still run."""
        if self._asked is not None:
            self._show_time(self._asked, now)

    # -- asking --------------------------------------------------------------------------------

    def _ask(self) -> None:
        """Ask about the first doubt; where there is none, go back to the stopwatches."""
        doubts = self.desk.in_doubt()
        if not doubts:
            self._asked = None
            self.desk.show("today")
            return
        self._waiting = len(doubts) - 1
        known = {each.segment.id: each for each in doubts}
        asked = self._asked
        if asked is not None and asked.segment.id in known:
            self._asked = known[asked.segment.id]
            self._show(self._asked)
            return
        self._ask_about(doubts[0])

    def _ask_about(self, doubt: InDoubt) -> None:
        """Ask anew, with the visit that it is about in the columns beside it."""
        self._asked = doubt
        self._visit_id = self.desk.visit_id
        if self.desk.today.visit(doubt.segment.visit_id) is not None:
            self._visit_id = doubt.segment.visit_id
            self.desk.select(doubt.segment.visit_id)
        self.page.ask_anew(self._likely_end(doubt))
        self._typed_minutes = self._minutes_until(doubt.doubt.likely_end)
        self._show(doubt)

    def _try(self) -> None:
        """Show what would come of the answer that is chosen."""
        asked, given = self._asked, self.page.answer
        if asked is None or given is None:
            return
        segment_id, ended = asked.segment.id, self.page.ended_at.text()
        trial = self.desk.attempt(
            lambda clinic: rehearsing.answer(clinic, segment_id, given, ended), refresh=False
        )
        if trial is not None:
            refused = None if trial.can_be_saved else trial.problem
            problem = texts.words(refused.sentence) if refused else ""
            wrong = bool(problem) and given is Answer.ENDED_AT
            if given is Answer.ENDED_AT:
                end = None if problem or trial.stretch is None else trial.stretch.end
                self._typed_minutes = self._minutes_until(end)
            self._show_time(asked, self.desk.now())
            self.page.show_verdict(problem, wrong=wrong)

    def _answer(self) -> None:
        """Record the answer, and ask about the next doubt."""
        asked, given = self._asked, self.page.answer
        if asked is None or given is None:
            return
        segment_id, ended = asked.segment.id, self.page.ended_at.text()

        def answer(clinic: Clinic) -> bool:
            typed_changes.answer(clinic, segment_id, given, ended)
            return True

        if self.desk.attempt(answer, refresh=False):
            self._asked = None
            self.desk.refresh()

    # -- what is shown -------------------------------------------------------------------------

    def _show(self, asked: InDoubt) -> None:
        page, segment, doubt = self.page, asked.segment, asked.doubt
        page.question.say(self.tr("Was {0} still going on?").format(segment.code))
        page.cause.say(self._cause(asked))
        sure, again = {
            Cause.WINDOW_STOPPED: (self.tr("Last sign of life"), self.tr("Open again")),
            Cause.SLEPT: (self.tr("Last sign of life"), self.tr("Awake again")),
            Cause.CLOCK_SET: (self.tr("Sure until"), self.tr("Noticed")),
        }[doubt.cause]
        facts = [
            (self.tr("Patient"), texts.short(segment.patient, 40)),
            (self.tr("Code"), segment.code),
            self._fact(self.tr("Since"), segment.started_at),
            self._fact(sure, doubt.sure_until),
            self._fact(again, asked.noticed_at),
        ]
        if segment.clinician != self.desk.who.clinician:
            facts.append((self.tr("Clinician"), segment.clinician))
        page.facts.show_facts(tuple(facts))
        page.hint.say(self._hint())
        self._show_time(asked, self.desk.now())

    def _cause(self, asked: InDoubt) -> str:
        sentence = {
            Cause.WINDOW_STOPPED: self.tr("ptimer or the PC stopped while this stopwatch ran."),
            Cause.SLEPT: self.tr("The PC slept while this stopwatch ran."),
            Cause.CLOCK_SET: self.tr("The PC's clock was set by hand while this stopwatch ran."),
        }[asked.doubt.cause]
        known = self.tr("All up to {0} is recorded; what came after, only you know.")
        return f"{sentence} {known.format(self._times.clock(asked.doubt.sure_until))}"

    def _fact(self, name: str, instant: Instant) -> tuple[str, str]:
        """Return a time; of another day than today with its date."""
        if service_date(instant, self._zone) != self.desk.today.date:
            name = f"{name} · {self._times.date(instant)}"
        return name, self._times.clock(instant)

    def _hint(self) -> str:
        hint = self.tr(
            "1–4 choose, Enter confirms, Esc leaves it for later. The answer is kept in the audit log."  # noqa: RUF001,E501  (a range)
        )
        if self._waiting == 0:
            return hint
        return f"{self.tr('{0} more wait for an answer.').format(self._waiting)} {hint}"

    def _show_time(self, asked: InDoubt, now: Instant) -> None:
        segment, doubt = asked.segment, asked.doubt
        until = now if segment.ended_at is None else segment.ended_at
        end = max(until, doubt.sure_until, doubt.likely_end or until)
        self.page.bar.show_span(
            DoubtSpan(segment.code, segment.started_at, doubt.sure_until, Instant(end))
        )
        rows = self.page.answers
        rows[Answer.WENT_ON].show_answer(*self._went_on(asked, now))
        rows[Answer.ENDED_THEN].show_answer(
            self._sure_words(asked).format(self._times.clock(doubt.sure_until)),
            self._minutes(doubt.sure_until - segment.started_at),
            self.tr("ended"),
        )
        rows[Answer.ENDED_AT].show_answer(
            self.tr("Between {0} and now").format(self._times.time(segment.started_at)),
            self._typed_minutes,
            self.tr("ended"),
        )
        rows[Answer.NEVER].show_answer(
            self.tr("Voided; the row stays in the audit log"), self._minutes(0), self.tr("voided")
        )

    def _sure_words(self, asked: InDoubt) -> str:
        if asked.doubt.cause is Cause.CLOCK_SET:
            return self.tr("At the last moment that is sure, {0}")
        return self.tr("At the last sign of life, {0}")

    def _went_on(self, asked: InDoubt, now: Instant) -> tuple[str, str, str]:
        segment = asked.segment
        minutes = self._minutes(segment.stretch.milliseconds(now))
        if segment.ended_at is None:
            since = self.tr("It runs now, since {0}").format(self._times.clock(segment.started_at))
            by_clock = self._set_by(asked)
            return f"{since}; {by_clock}" if by_clock else since, minutes, self.tr("still running")
        until = self.tr("Until it was stopped, {0}").format(self._times.clock(segment.ended_at))
        return until, minutes, self.tr("ended")

    def _set_by(self, asked: InDoubt) -> str:
        """Return what the clock, and no treatment, would do to the minutes; else nothing."""
        likely = asked.doubt.likely_end
        set_by = 0 if likely is None else asked.noticed_at - likely
        if abs(set_by) < MINUTE:
            return ""
        forward = self.tr("{0} min of it came with the clock: then correct its start")
        back = self.tr("{0} min went with the clock: then correct its start")
        return (forward if set_by > 0 else back).format(round(abs(set_by) / MINUTE))

    def _minutes_until(self, end: Instant | None) -> str:
        if end is None or self._asked is None:
            return "–"  # noqa: RUF001  (nothing to say yet)
        return self._minutes(end - self._asked.segment.started_at)

    def _likely_end(self, asked: InDoubt) -> str:
        likely = asked.doubt.likely_end
        if likely is None:
            return ""
        days = (service_date(each, self._zone) for each in (likely, asked.segment.started_at))
        return self._times.clock(likely) if len(set(days)) == 1 else iso(likely, self._zone)

    def _minutes(self, milliseconds: int) -> str:
        return self.tr("{0} min").format(max(milliseconds, 0) // MINUTE)
