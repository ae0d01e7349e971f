"""Start, switch, stop, resume, take back: what the presses of a window do, in their order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ptimer.operations import (
    coming,
    stopping,
    stopwatch,
    supervision,
    teams,
    typed_text,
    undoing,
    visiting,
)
from ptimer.operations.cards import Who
from ptimer.operations.clinic import Clinic
from ptimer.operations.errors import BadData, Busy, Problem, Refused
from ptimer.operations.recording import FROM_WINDOW, Pressed
from ptimer.operations.snapshots import Today
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.operations.supervision import Supervised
from ptimer.operations.teams import Team, Treats
from ptimer.operations.unsaved import Action
from ptimer.operations.visit_record import Segment
from ptimer.operations.visiting import WishedVisit
from ptimer.timing.clock import Instant
from ptimer.wording import say

Operation = Callable[[Clinic, StartWish], Pressed]


@dataclass(frozen=True)
class RefusedPress:
    """A press that changed nothing; `wish` can be tried again with a switch."""

    wish: StartWish
    refusal: Refused


@dataclass(frozen=True)
class Offer:
    """Codes that may follow what a press has just ended or begun.

    `because` is "supervision" or "set-up".
    """

    after: str
    codes: tuple[str, ...]
    because: str


class PressRefused(Exception):  # noqa: N818  (carries what the bar shows)
    """A rule refused a press."""

    def __init__(self, press: RefusedPress) -> None:
        """Take the press."""
        super().__init__(str(press.refusal))
        self.press = press


class NotRecorded(Exception):  # noqa: N818  (carries what is kept)
    """A start that could not be written down; `wish` is what is kept of it."""

    def __init__(self, wish: StartWish, problem: Problem) -> None:
        """Take the wish, and why it was not recorded."""
        super().__init__(str(problem))
        self.wish = wish
        self.problem = problem


class Presses:
    """Does presses on a record, and remembers them so that they can be taken back."""

    def __init__(self, clinic: Clinic) -> None:
        """Start with none."""
        self._clinic = clinic
        self._done: list[str] = []
        self.held = False
        """Whether presses before wait to be recorded: what comes behind them must wait, too."""

    @property
    def last(self) -> str:
        """The id of the press that would be taken back; nothing where there is none."""
        return self._done[-1] if self._done else ""

    def press(self, number: str, visit_id: str, who: Who) -> Pressed:
        """Start a code in a visit, as its card does.

        Raises:
            PressRefused, NotRecorded, Problem: it was not started.
        """
        return self._start(_wish(number, visit_id, who), stopwatch.press)

    def start_group(self, number: str, patients: tuple[str, ...], who: Who) -> Pressed:
        """Start a group code for several patients at one instant.

        Raises:
            PressRefused, NotRecorded, Problem: it was not started.
        """
        wish = replace(_wish(number, None, who), patients=patients)
        return self._start(wish, stopwatch.start)

    def switch(self, refused: RefusedPress) -> Pressed:
        """Do what was refused, and end what blocks at the same instant.

        Raises:
            PressRefused, NotRecorded, Problem: it was not started.
        """
        return self._start(replace(refused.wish, switch=True), stopwatch.start)

    def stop(self, ids: tuple[str, ...], at: Instant | None = None) -> Pressed:
        """Stop running segments; `at` is when they ended, if not now.

        Raises:
            Busy, BadData: that could not be recorded.
        """
        self.check_free()
        return self._remember(stopping.stop(self._clinic, StopWish(segment_ids=ids, at=at)))

    def supervise(self, visit_id: str, clinician: str) -> Supervised:
        """Take a patient over to supervision level.

        Raises:
            Busy, BadData: that could not be recorded.
        """
        self.check_free()
        done = supervision.supervise(self._clinic, visit_id, clinician)
        self._remember(done.pressed)
        return done

    def treat(self, team: Team, treats: Treats, visit_id: str | None) -> Pressed:
        """Let the therapist, the assistant or both treat from now on.

        Raises:
            Problem: a rule forbids it.
        """
        self.check_free()
        return self._remember(teams.change(self._clinic, team, treats, visit_id))

    def began(self, segment_id: str, minutes: int, *, ending: bool = False) -> Pressed:
        """Let what runs have begun so many minutes ago.

        Raises:
            Problem: it can't have.
        """
        from ptimer.operations import late_starts  # seldom, and not at the first press

        self.check_free()
        done = late_starts.began(self._clinic, segment_id, minutes, ending=ending)
        return self._remember(done)

    def began_at(self, segment_id: str, start: Instant) -> Pressed:
        """Let what runs have begun at a moment.

        Raises:
            Problem: it can't have.
        """
        from ptimer.operations import late_starts

        self.check_free()
        return self._remember(late_starts.began_at(self._clinic, segment_id, start))

    def open_visit(self, wish: WishedVisit) -> str:
        """Return the id of a visit, made where there is none.

        Raises:
            Busy, BadData: that could not be recorded.
            Problem: it can't be meant so.
        """
        typed_text.patient_id(wish.patient)  # before anything waits: it may be typed better
        self.check_free()
        return visiting.open_visit(
            self._clinic,
            wish.patient,
            payer=wish.payer,
            discipline=wish.discipline,
            planned=wish.planned,
            day=wish.day,
        ).id

    def come_or_go(self, action: Action, visit_id: str) -> None:
        """Note that a patient came, or left, now; or take that back.

        Raises:
            Busy, BadData: that could not be recorded.
            Problem: a rule forbids it.
        """
        self.check_free()
        note = coming.arrive if action is Action.ARRIVAL else coming.depart
        note(self._clinic, visit_id)

    def undo(self, press_id: str = "") -> Pressed | None:
        """Take a press back, the last one if none is named; None where there is none.

        Raises:
            Busy: that could not be recorded now; it can be taken back later.
            Problem: it can't be taken back any more.
        """
        wanted = press_id or self.last
        if wanted not in self._done:
            return None
        try:
            undone = undoing.undo(self._clinic, wanted)
        except (Busy, BadData):
            raise
        except Problem:
            self._done.remove(wanted)
            raise
        self._done.remove(wanted)
        return undone

    def set_up_offer(self, pressed: Pressed) -> Offer | None:
        """Return what the set-up of a modality may be timed as, where skilled work has ended."""
        ended = [segment for segment in pressed.ended if segment.attendance == "one-on-one"]
        for segment in pressed.started:
            offers = self._clinic.rulebook.codes[segment.code].offers
            if offers and ended:
                return Offer(segment.code, offers, "set-up")
        return None

    def check_free(self) -> None:
        """Check that no press before waits to be recorded.

        Raises:
            Busy: one does.
        """
        if self.held:
            raise Busy(say("Presses before it are not recorded yet: they come first"))

    def remember(self, pressed: Pressed) -> None:
        """Let a press that was recorded late be taken back like any other."""
        self._remember(pressed)

    def _start(self, wish: StartWish, operation: Operation) -> Pressed:
        try:
            self.check_free()
            return self._remember(operation(self._clinic, wish))
        except Refused as refusal:
            raise PressRefused(RefusedPress(wish, refusal)) from refusal
        except (Busy, BadData) as problem:
            raise NotRecorded(wish, problem) from problem

    def _remember(self, pressed: Pressed) -> Pressed:
        if pressed.started or pressed.ended:
            self._done.append(pressed.press_id)
        return pressed


def group_of(today: Today, segment_id: str) -> tuple[str, ...]:
    """Return a running segment, and with it the others of its group."""
    running = {segment.id: segment for segment in today.running}
    segment = running.get(segment_id)
    if segment is None or segment.group_id is None:
        return (segment_id,)
    return tuple(each.id for each in today.running if each.group_id == segment.group_id)


def stopped_last(today: Today, clinician: str) -> Segment | None:
    """Return what a clinician stopped last today."""
    ended = [
        segment
        for view in today.visits
        for segment in view.record.segments
        if segment.ended_at is not None and segment.clinician == clinician
    ]
    return max(ended, key=lambda segment: segment.ended_at or 0, default=None)


def _wish(number: str, visit_id: str | None, who: Who) -> StartWish:
    return StartWish(
        code=number,
        patients=(),
        clinician=who.clinician,
        role=who.role,
        supervisor=who.supervisor,
        assisted_by=who.assisted_by,
        visit_id=visit_id,
        origin=FROM_WINDOW,
    )
