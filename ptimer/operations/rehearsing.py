"""Would a change be recorded? It is made, told, and taken back again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ptimer.billing.codebook import Discipline, outside_discipline
from ptimer.operations import corrections, typed_changes
from ptimer.operations.clinic import Clinic
from ptimer.operations.corrections import Change
from ptimer.operations.errors import Busy, Problem, Refused, shown
from ptimer.operations.fitting import NOWHERE, Fit, fit, shared
from ptimer.operations.replacing import existing
from ptimer.operations.typed_changes import TypedChange, TypedTime, Unreadable
from ptimer.storage import clinicians, visits
from ptimer.storage.segments import SegmentRow
from ptimer.storage.visits import VisitRow
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer
from ptimer.timing.segment import Stretch
from ptimer.timing.service_date import service_date
from ptimer.wording import Sentence, say


@dataclass(frozen=True)
class Trial:
    """What a change would come to, had it been recorded.

    `problem` says why it would not be, `wrong` names the field that means nothing, `fit` the
    nearest times that would do, `twice` the time that would be counted twice, and `remarks` what
    else a person should know before it is saved. `different`: something would be another.
    """

    different: bool = False
    stretch: Stretch | None = None
    problem: Problem | None = None
    wrong: str = ""
    fit: Fit = NOWHERE
    twice: Stretch | None = None
    remarks: tuple[Sentence, ...] = ()

    @property
    def can_be_saved(self) -> bool:
        """Whether a press may try: it would be recorded, or could be once there is room."""
        return self.different and (self.problem is None or isinstance(self.problem, Busy))


def rehearse(clinic: Clinic, operation: Callable[[Clinic], object]) -> Problem | None:
    """Do an operation, take all of it back, and return why it would not be done, or None."""
    try:
        operation(_Rehearsing(clinic))
    except _TakenBack:
        return None
    except Problem as problem:
        return problem
    return None


def correct(clinic: Clinic, segment_id: str, typed: TypedChange) -> Trial:
    """Return what would come of typing over a recorded segment."""
    try:
        with clinic.reading():
            old = existing(clinic, segment_id)
            stretch = typed_changes.stretch_of(clinic, old, typed)
            wanted = typed_changes.change_of(clinic, segment_id, typed)
    except Problem as problem:
        return _unread(problem)
    if wanted == Change():
        return Trial(stretch=stretch)
    return _changed(clinic, old, wanted, stretch)


def change(clinic: Clinic, segment_id: str, wanted: Change) -> Trial:
    """Return what would come of other times of a recorded segment."""
    try:
        with clinic.reading():
            old = existing(clinic, segment_id)
    except Problem as problem:
        return Trial(problem=problem)
    start = old.started_at if wanted.start is None else wanted.start
    end = old.ended_at if wanted.end is None else wanted.end
    if (start, end) == (old.started_at, old.ended_at):
        return Trial(stretch=old.stretch)
    return _changed(clinic, old, wanted, Stretch(start, end))


def split(clinic: Clinic, segment_id: str, at: str) -> Trial:
    """Return what would come of splitting a segment at a typed time; `stretch` is the first."""
    try:
        with clinic.reading():
            old = existing(clinic, segment_id)
            instant = typed_changes.end_of(clinic, segment_id, at, "at")
    except Problem as problem:
        return _unread(problem)
    problem_then = rehearse(clinic, lambda c: corrections.split(c, segment_id, instant, "split"))
    return Trial(True, Stretch(old.started_at, instant), problem_then)


def void(clinic: Clinic, segment_id: str) -> Trial:
    """Return what would come of voiding a segment."""
    return Trial(True, None, rehearse(clinic, lambda c: corrections.void(c, segment_id, "void")))


def add(clinic: Clinic, visit_id: str, typed: TypedTime) -> Trial:
    """Return what would come of a time that was not pressed."""
    try:
        with clinic.reading():
            time = typed_changes.new_time_of(clinic, visit_id, typed)
    except Problem as problem:
        return _unread(problem)
    stretch = Stretch(time.start, time.end)
    problem_then = rehearse(clinic, lambda c: corrections.add(c, time, "add"))
    if problem_then is not None:
        return _refused(clinic, stretch, problem_then)
    with clinic.reading():
        visit = visits.get(clinic.connection, visit_id)
        names = (time.clinician.strip(), time.supervisor.strip())
        remarks = (*_new_names(clinic, names), *_outside(clinic, time.code, visit))
    return Trial(True, stretch, remarks=(*remarks, *_after_midnight(clinic, stretch)))


def answer(clinic: Clinic, segment_id: str, given: Answer, ended: str = "") -> Trial:
    """Return what would come of an answer to a doubt; `stretch` is given for a typed end."""
    stretch = None
    if given is Answer.ENDED_AT:
        try:
            with clinic.reading():
                old = existing(clinic, segment_id)
                end = typed_changes.end_of(clinic, segment_id, ended)
                stretch = Stretch(old.started_at, end)
        except Problem as problem:
            return _unread(problem)
    problem_then = rehearse(clinic, lambda c: typed_changes.answer(c, segment_id, given, ended))
    return Trial(True, stretch, problem_then)


class _TakenBack(Exception):  # noqa: N818  (never leaves this module)
    """Rolls back what was only tried."""


class _Rehearsing(Clinic):
    """A clinic whose every press is taken back once it is through."""

    def __init__(self, clinic: Clinic) -> None:
        clinic.look_for_file()  # here: what this one opened anew, the other would not know
        vars(self).update(vars(clinic))

    @contextmanager
    def writing(self) -> Iterator[Instant]:
        """Write as the clinic does, then take it back."""
        with super().writing() as now:
            yield now
            raise _TakenBack


def _changed(clinic: Clinic, old: SegmentRow, wanted: Change, stretch: Stretch) -> Trial:
    try:
        new = corrections.preview(clinic, old.id, wanted)
    except Problem as problem:
        return _refused(clinic, stretch, problem)
    return Trial(different=True, stretch=stretch, remarks=_remarks(clinic, old, new, stretch))


def _unread(problem: Problem) -> Trial:
    wrong = problem.field if isinstance(problem, Unreadable) else ""
    return Trial(different=isinstance(problem, Busy), problem=problem, wrong=wrong)


def _refused(clinic: Clinic, stretch: Stretch, problem: Problem) -> Trial:
    blockers = problem.blockers if isinstance(problem, Refused) else ()
    met = [blocker.stretch for blocker in blockers]
    now = clinic.clock.now()
    return Trial(
        different=True,
        stretch=stretch,
        problem=problem,
        fit=fit(stretch, met, now),
        twice=shared(stretch, met, now),
    )


def _remarks(
    clinic: Clinic, old: SegmentRow, new: SegmentRow, stretch: Stretch
) -> tuple[Sentence, ...]:
    with clinic.reading():
        visit = visits.get(clinic.connection, old.visit_id)
        found = [*_new_names(clinic, (new.clinician, new.supervisor))]
        if new.code != old.code:
            found += _outside(clinic, new.code, visit)
        if new.visit_id != old.visit_id:
            found.append(_moves(clinic, new))
    return (*found, *_after_midnight(clinic, stretch))


def _new_names(clinic: Clinic, names: tuple[str, ...]) -> list[Sentence]:
    return [
        say("{name} is new here: check the spelling", name=shown(name))
        for name in names
        if name and clinicians.find(clinic.connection, name) is None
    ]


def _outside(clinic: Clinic, number: str, visit: VisitRow) -> list[Sentence]:
    code = clinic.rulebook.codes.find(number)
    warning = outside_discipline(code, Discipline(visit.discipline)) if code else None
    return [warning] if warning else []


def _moves(clinic: Clinic, new: SegmentRow) -> Sentence:
    """Say where a segment goes; the visit was made, and taken back, if it is not there."""
    day = service_date(new.started_at, clinic.clock.zone)
    there = any(
        visit.id == new.visit_id for visit in visits.of_patient(clinic.connection, new.patient, day)
    )
    patient = shown(new.patient)
    if there:
        return say("It moves to {patient}'s visit of {day}", patient=patient, day=day)
    return say(
        "It moves to {patient}, who has no such visit of {day}: one is made",
        patient=patient,
        day=day,
    )


def _after_midnight(clinic: Clinic, stretch: Stretch) -> list[Sentence]:
    zone = clinic.clock.zone
    if stretch.end is None or service_date(stretch.end, zone) == service_date(stretch.start, zone):
        return []
    return [say("It ends after midnight, on {day}", day=service_date(stretch.end, zone))]
