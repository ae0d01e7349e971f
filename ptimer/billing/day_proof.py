"""Was any minute of a clinician's day billed twice, over all patients?

Source: rules.md, At the same minute (conflicts). The same pure rule answers that refuses a start:
what it would refuse today, and is recorded all the same, is a minute twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from ptimer.billing.codebook import ONE_PATIENT, Attendance
from ptimer.billing.conflicts import Refusal, Service, refusal_of_pair
from ptimer.timing.clock import Instant
from ptimer.timing.segment import Stretch, total_milliseconds, union_milliseconds, whole_minutes
from ptimer.wording import Sentence, listed, say


class Kind(StrEnum):
    """How a time takes the clinician; each is a lane of the drawn day."""

    ONE_ON_ONE = "one-on-one"
    GROUP = "group"
    SUPERVISED = "supervised"
    NOT_BILLED = "not-billed"


@dataclass(frozen=True)
class Timed:
    """A recorded time: what the rules know of it, and from when to when; closed, if it ran."""

    service: Service
    time: Stretch

    @property
    def kind(self) -> Kind:
        """How it takes the clinician."""
        attendance = self.service.attendance
        if attendance in (*ONE_PATIENT, Attendance.EVALUATION):
            return Kind.ONE_ON_ONE
        return {Attendance.GROUP: Kind.GROUP, Attendance.SUPERVISED: Kind.SUPERVISED}.get(
            attendance, Kind.NOT_BILLED
        )


@dataclass(frozen=True)
class Shared:
    """A time that two recorded times share; `refusal` None: they may, and `why` says so."""

    one: Timed
    other: Timed
    time: Stretch
    refusal: Refusal | None
    why: Sentence

    @property
    def minutes(self) -> int:
        """Its whole minutes."""
        return whole_minutes(self.time.milliseconds(self.time.start))


@dataclass(frozen=True)
class Together:
    """Patients who were treated as one group, from the first of their times to the last."""

    time: Stretch
    times: tuple[Timed, ...]

    @property
    def patients(self) -> tuple[str, ...]:
        """Who was in it, in the order of their times."""
        return tuple(dict.fromkeys(each.service.patient for each in self.times))


@dataclass(frozen=True)
class DayProof:
    """A clinician's day over all patients.

    `times` are all that took the clinician's attention, and what ran unattended, in the order of
    their starts; `others` are those of other clinicians with the same patients.
    """

    clinician: str
    times: tuple[Timed, ...]
    others: tuple[Timed, ...] = ()
    running: bool = False
    """Whether something runs: the day is counted up to now."""

    @property
    def span(self) -> Stretch:
        """From the first start to the last end; there is a time."""
        return Stretch(self.times[0].time.start, max(map(_end, self.times)))

    @cached_property
    def shared(self) -> tuple[Shared, ...]:
        """All times that two recorded times share, those of one group left out."""
        own = list(self.times)
        found = [*_shared(own), *(each for each in _shared_with(own, self.others) if each.refusal)]
        return tuple(sorted(found, key=lambda each: each.time.start))

    @property
    def allowed(self) -> tuple[Shared, ...]:
        """The shared times that a rule allows."""
        return tuple(each for each in self.shared if each.refusal is None)

    @property
    def twice(self) -> tuple[Shared, ...]:
        """The shared times that no rule allows: minutes that are recorded twice."""
        return tuple(each for each in self.shared if each.refusal is not None)

    @property
    def groups(self) -> tuple[Together, ...]:
        """The groups of the day; a pause ends one."""
        found: list[list[Timed]] = []
        reached = Instant(0)
        for each in self.of(Kind.GROUP):
            if not found or each.time.start >= reached:
                found.append([])
            found[-1].append(each)
            reached = max(reached, _end(each))
        return tuple(Together(Stretch(g[0].time.start, max(map(_end, g))), tuple(g)) for g in found)

    def of(self, kind: Kind) -> tuple[Timed, ...]:
        """Return the times of a kind."""
        return tuple(each for each in self.times if each.kind is kind)

    def added_up(self, kind: Kind) -> int:
        """Return the milliseconds of a kind, those that are shared as often as they are."""
        return total_milliseconds((each.time for each in self.of(kind)), self.times[0].time.start)

    def on_the_clock(self, *kinds: Kind) -> int:
        """Return the milliseconds in which the clock showed any of these kinds, each once."""
        stretches = [each.time for kind in kinds for each in self.of(kind)]
        return union_milliseconds(stretches, self.times[0].time.start)

    @property
    def supervised_beside(self) -> int:
        """The milliseconds of supervised time in which the clinician treated someone, too."""
        attended = self.on_the_clock(Kind.ONE_ON_ONE, Kind.GROUP)
        every = self.on_the_clock(Kind.ONE_ON_ONE, Kind.GROUP, Kind.SUPERVISED)
        return attended + self.on_the_clock(Kind.SUPERVISED) - every

    @property
    def holds(self) -> bool:
        """Whether no minute is recorded twice."""
        return not self.twice


def prove(
    clinician: str, times: Iterable[Timed], others: Iterable[Timed] = (), *, running: bool = False
) -> DayProof:
    """Return the proof of a day; times that were stopped as they were started take no part."""
    return DayProof(clinician, _in_order(times), _in_order(others), running)


def _in_order(times: Iterable[Timed]) -> tuple[Timed, ...]:
    held = [each for each in times if _end(each) > each.time.start]
    return tuple(sorted(held, key=lambda each: (each.time.start, _end(each))))


def _shared(times: Sequence[Timed]) -> Iterable[Shared]:
    for place, one in enumerate(times):
        for other in times[place + 1 :]:
            if other.time.start >= _end(one):
                break  # all that follow start later still
            if not _one_group(one, other):
                yield _judged(one, other)


def _shared_with(own: Iterable[Timed], others: Iterable[Timed]) -> Iterable[Shared]:
    rest = list(others)
    for one in own:
        for other in rest:
            if one.time.overlaps(other.time):
                yield _judged(one, other)


def _judged(one: Timed, other: Timed) -> Shared:
    time = Stretch(max(one.time.start, other.time.start), min(_end(one), _end(other)))
    refusal = refusal_of_pair(one.service, other.service)
    why = _allowed_because(one, other) if refusal is None else refusal.reason
    return Shared(one, other, time, refusal, why)


def _one_group(one: Timed, other: Timed) -> bool:
    return one.kind is Kind.GROUP and other.kind is Kind.GROUP


def _allowed_because(one: Timed, other: Timed) -> Sentence:
    """Return why two times may share minutes; no rule refuses them."""
    first, second = (one, other) if one.kind is Kind.SUPERVISED else (other, one)
    names = {
        "code": first.service.code,
        "patient": first.service.patient,
        "other": second.service.code,
        "whose": second.service.patient,
    }
    if first.kind is not Kind.SUPERVISED:
        return say(
            "{code} of {patient} and {other} of {whose}: one of them bills no minute", **names
        )
    if second.kind is Kind.SUPERVISED:
        return say(
            "{code} of {patient} and {other} of {whose} run unattended: neither bills a minute",
            **names,
        )
    return say(
        "{code} of {patient} runs unattended, once a visit whatever it takes: the minutes are "
        "those of {other} of {whose}",
        **names,
    )


def group_words(group: Together) -> Sentence:
    """Return whom a group held, and that its minutes are the clinician's once."""
    codes = listed(list(dict.fromkeys(each.service.code for each in group.times)))
    return say(
        "{codes} with {patients}: one group, in which the clinician's minutes count once",
        codes=codes,
        patients=listed(group.patients),
    )


def _end(each: Timed) -> Instant:
    return each.time.start if each.time.end is None else each.time.end
