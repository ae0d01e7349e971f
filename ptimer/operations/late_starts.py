"""A stopwatch was pressed late: what it times began some minutes before."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ptimer.operations import rehearsing
from ptimer.operations.clinic import Clinic
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Misused, Problem, Refused, shown
from ptimer.operations.judging import judge, refused
from ptimer.operations.recording import Pressed
from ptimer.operations.replacing import existing, replace_by, successor
from ptimer.operations.visit_record import Segment
from ptimer.storage import segments, visits
from ptimer.storage.ids import new_id
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.service_date import clock_text, service_date
from ptimer.wording import say

MOST_MINUTES = 480


@dataclass(frozen=True)
class LateStart:
    """What would come of it.

    `problem` says why it would not be recorded; `earliest` is the earliest start that fits, if
    there is one before the recorded one; `gives_way` are times of the same visit and clinician
    that could end then, too.
    """

    start: Instant
    problem: Problem | None = None
    earliest: Instant | None = None
    gives_way: tuple[Segment, ...] = ()


def minutes_of(text: str) -> int:
    """Return a typed number of minutes.

    Raises:
        Misused: it is none, or too large to be a slip of the finger.
    """
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:9]) <= MOST_MINUTES):
        raise Misused(
            say(
                "{text} is no number of minutes: type one from 1 to {most}",
                text=shown(digits),
                most=MOST_MINUTES,
            )
        )
    return int(digits)


def began(clinic: Clinic, segment_id: str, minutes: int, *, ending: bool = False) -> Pressed:
    """Let what runs have begun so many minutes ago; with `ending`, what gives way ended then.

    A group begins for all its patients.

    Raises:
        Misused: it does not run any more, or began earlier than that as it is.
        Refused: it would meet another time, or the visit is signed.
    """
    return _began(clinic, segment_id, lambda now: Instant(now - minutes * MINUTE), ending=ending)


def began_at(clinic: Clinic, segment_id: str, start: Instant) -> Pressed:
    """Let what runs have begun at a moment.

    Raises:
        Misused, Refused: as `began`.
    """
    return _began(clinic, segment_id, lambda _: start, ending=False)


def rehearse(clinic: Clinic, segment_id: str, minutes: int) -> LateStart:
    """Return what would come of it; nothing is recorded."""
    start = Instant(clinic.clock.now() - minutes * MINUTE)
    problem = rehearsing.rehearse(clinic, lambda c: began(c, segment_id, minutes))
    if not (isinstance(problem, Refused) and problem.blockers):
        return LateStart(start, problem)
    with clinic.reading():
        old = existing(clinic, segment_id)
    trial = rehearsing.change(clinic, segment_id, Change(start=start))
    earliest = trial.fit.start
    if earliest is not None and earliest >= old.started_at:
        earliest = None
    blockers = problem.blockers
    both = rehearsing.rehearse(clinic, lambda c: began(c, segment_id, minutes, ending=True))
    return LateStart(start, problem, earliest, blockers if both is None else ())


def _began(
    clinic: Clinic, segment_id: str, start_of: Callable[[Instant], Instant], *, ending: bool
) -> Pressed:
    with clinic.writing() as now:
        old = existing(clinic, segment_id)
        start = start_of(now)
        _check(clinic, old, start)
        press_id = new_id(now)
        reason = f"pressed late: began {round((now - start) / MINUTE)} min before"
        started, ended = [], []
        for each in _group(clinic, old):
            new = replace(successor(each, now), started_at=start)
            for blocker in _blockers(clinic, each, new):
                if not (ending and _gives_way(blocker, new)):
                    break  # what it meets is told below
                shorter = replace(successor(blocker, now), ended_at=start)
                replace_by(clinic, blocker, [shorter], "correct", reason, now, press_id)
                ended.append(shorter)
            replace_by(clinic, each, [new], "correct", reason, now, press_id)
            started.append(new)
        return Pressed(press_id, now, tuple(started), tuple(ended))


def _group(clinic: Clinic, segment: Segment) -> list[Segment]:
    """Return what began by the same press: a group begins for all its patients at one instant."""
    if segment.group_id is None:
        return [segment]
    runs = [each for each in segments.running(clinic.connection) if each.id != segment.id]
    return [segment, *(each for each in runs if each.group_id == segment.group_id)]


def _check(clinic: Clinic, old: Segment, start: Instant) -> None:
    zone = clinic.clock.zone
    if not old.running:
        raise Misused(say("{code} does not run any more: use Edit times", code=old.code))
    if start >= old.started_at:
        raise Misused(
            say(
                "{code} runs since {time} as it is: that is longer ago",
                code=old.code,
                time=clock_text(old.started_at, zone),
            )
        )
    if service_date(start, zone) != service_date(old.started_at, zone):
        raise Misused(say("It would begin on the day before: use Edit times"))


def _blockers(clinic: Clinic, old: Segment, new: Segment) -> tuple[Segment, ...]:
    verdict = judge(clinic, replace(new, id=old.id), visits.get(clinic.connection, old.visit_id))
    if verdict is not None and not verdict.blockers:
        raise refused(clinic, verdict)
    return verdict.blockers if verdict is not None else ()


def _gives_way(blocker: Segment, new: Segment) -> bool:
    """Return whether a time may end earlier without asking anybody else."""
    own = (blocker.visit_id, blocker.clinician) == (new.visit_id, new.clinician)
    return own and not blocker.running and blocker.started_at < new.started_at
