"""What is to be seen at a glance? One frozen value for the mini window and the tray icon."""

from dataclasses import dataclass, replace
from enum import StrEnum

from ptimer.billing.codebook import Count
from ptimer.gui import texts
from ptimer.gui.desk import Desk
from ptimer.operations.cards import Card
from ptimer.operations.visit_record import Segment
from ptimer.operations.visit_view import VisitView
from ptimer.timing.clock import Instant


class State(StrEnum):
    """What is to be told first."""

    RUNNING = "running"
    STOPPED = "stopped"
    """Nothing runs in the visit that is looked at."""
    DOUBT = "doubt"
    """The main window waits for an answer."""


@dataclass(frozen=True)
class Stopwatch:
    """Something that runs; `recorded` comes on top of the time since then.

    `patient` is empty while the window is locked.
    """

    segment_id: str
    visit_id: str
    code: str
    label: str
    patient: str
    since: Instant
    recorded: int = 0
    patients: int = 1
    in_doubt: bool = False
    group: str = ""
    """The id of its group, else its own: the same whichever of the group is looked at."""
    last: bool = False
    """Whether it started last, so that Space stops it."""

    def milliseconds(self, now: Instant) -> int:
        """Return its time so far."""
        return self.recorded + max(now - self.since, 0)

    def time(self, now: Instant) -> str:
        """Return its time so far as it is read."""
        return texts.running_time(self.milliseconds(now))


@dataclass(frozen=True)
class Resumable:
    """What was stopped last, and one press starts again."""

    code: str
    name: str
    visit_id: str
    patient: str
    milliseconds: int


@dataclass(frozen=True)
class NextUnit:
    """When the next unit is earned: at so many minutes, which are so many away."""

    at: int
    to_go: int


@dataclass(frozen=True)
class Glance:
    """What runs in the visit that is looked at, what else runs, and what the visit comes to."""

    state: State
    running: Stopwatch | None = None
    others: tuple[Stopwatch, ...] = ()
    patient: str = ""
    units: str = ""
    unit_word: str = ""
    timed_minutes: int = 0
    next_unit: NextUnit | None = None
    resume: Resumable | None = None
    locked: bool = False
    any_visit: bool = True
    waits: int = 0
    """How many presses could not be recorded yet."""

    @property
    def all_running(self) -> tuple[Stopwatch, ...]:
        """All that runs, the one that is looked at first."""
        return (*([self.running] if self.running else []), *self.others)


def glance_of(desk: Desk, now: Instant, *, locked: bool) -> Glance:
    """Return what is seen at a moment; of a locked window no patient, and no units."""
    return replace(_glance_of(desk, now, locked=locked), waits=desk.waits)


def _glance_of(desk: Desk, now: Instant, *, locked: bool) -> Glance:
    stopwatches = running_now(desk, locked=locked)
    if locked:
        shown = stopwatches[-1] if stopwatches else None
        state = State.RUNNING if shown else State.STOPPED
        return Glance(state, shown, tuple(stopwatches[:-1]), locked=True)
    view = desk.view
    of_view = [s for s in stopwatches if view is not None and s.visit_id == view.visit.id]
    shown = of_view[-1] if of_view else None
    others = tuple(each for each in stopwatches if each is not shown)
    if view is None:
        return Glance(State.STOPPED, None, others, any_visit=False)
    state = State.RUNNING if shown else State.STOPPED
    if view.in_doubt:
        state = State.DOUBT
    return _of_visit(desk, view.at(now), state, shown, others)


def _of_visit(
    desk: Desk,
    view: VisitView,
    state: State,
    shown: Stopwatch | None,
    others: tuple[Stopwatch, ...],
) -> Glance:
    patient = view.visit.patient
    if state is State.DOUBT:
        return Glance(state, shown, others, patient, "?")
    reckoning = view.reckoning
    timed, untimed = reckoning.timed_units, reckoning.untimed_units
    return Glance(
        state,
        shown,
        others,
        patient,
        units=texts.units(timed, untimed),
        unit_word=texts.unit_word(timed, untimed),
        timed_minutes=view.timed_minutes,
        next_unit=_next_unit(view, shown.code) if shown else None,
        resume=None if shown else _resumable(desk, view),
    )


def running_now(desk: Desk, *, locked: bool) -> list[Stopwatch]:
    """Return all that runs, a group as one, in the order in which it started."""
    found: dict[str, list[Segment]] = {}
    for segment in desk.today.running:
        found.setdefault(segment.group_id or segment.id, []).append(segment)
    return [_stopwatch(desk, each, locked=locked) for each in found.values()]


def _stopwatch(desk: Desk, segments: list[Segment], *, locked: bool) -> Stopwatch:
    of_visit = [each for each in segments if each.visit_id == desk.visit_id]
    segment = of_visit[0] if of_visit and not locked else segments[0]
    view = desk.today.visit(segment.visit_id)
    recorded, in_doubt = 0, False
    if view is not None:
        ended = view.milliseconds_at(segment.code, segment.started_at)
        recorded, in_doubt = ended, segment.id in view.record.doubts
    code = desk.clinic.rulebook.codes[segment.code]
    return Stopwatch(
        segment.id,
        segment.visit_id,
        texts.core(code.label) if code.apart else code.code,
        "" if code.apart else texts.core(code.label),
        "" if locked else segment.patient,
        segment.started_at,
        recorded,
        len(segments),
        in_doubt,
        segment.group_id or segment.id,
        last=desk.today.running[-1] in segments,
    )


def _next_unit(view: VisitView, code: str) -> NextUnit | None:
    """Return when the running code earns the next unit; None where its minutes earn none."""
    reckoning = view.reckoning
    line = reckoning.line(code)
    if line is None or not line.code.timed:
        return None
    if line.code.count is Count.POOLED and reckoning.next_unit_at is not None:
        at, minutes = reckoning.next_unit_at, reckoning.pooled_minutes
    elif line.next_unit_at is not None:
        at, minutes = line.next_unit_at, line.minutes
    else:
        return None
    return NextUnit(at, at - minutes)


def _resumable(desk: Desk, view: VisitView) -> Resumable | None:
    """Return what was stopped last: of anybody's where nothing runs, else of this visit."""
    from ptimer.gui.presses import stopped_last

    if desk.today.running:
        ended = [s for s in view.record.segments if s.ended_at is not None]
        last = max(ended, key=lambda segment: segment.ended_at or 0, default=None)
    else:
        last = stopped_last(desk.today, desk.who.clinician)
    if last is None:
        return None
    code = desk.clinic.rulebook.codes[last.code]
    its_view = desk.today.visit(last.visit_id) or view
    return Resumable(
        last.code,
        texts.core(code.label) if code.apart else code.code,
        last.visit_id,
        last.patient,
        its_view.milliseconds_of(last.code),
    )


def other_cards(desk: Desk) -> list[tuple[str, Card]]:
    """Return what else may be pressed in the visit, each with its key: codes, then rest."""
    from ptimer.operations.cards import apart_codes

    if desk.view is None:
        return []
    keyed = [(str(place), card) for place, card in enumerate(desk.cards(), start=1)]
    keyed = [(key if len(key) == 1 else "", card) for key, card in keyed]
    keyed += [(key, desk.card(code)) for key, code in zip(("R", "N"), apart_codes(), strict=True)]
    return [(key, card) for key, card in keyed if not card.running_id]
