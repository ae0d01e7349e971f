"""A record in plain Python, written from the rules and not from the program: slow, and simple.

It says of each change whether it is done, and what stands then.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

KINDS = {
    "97110": "one",
    "97112": "one",
    "97032": "one",
    "G0283": "supervised",
    "97018": "supervised",
    "97150": "group",
    "97161": "evaluation",
    "REST": "rest",
}
ATTENDED = ("one", "group", "evaluation")
ALONE = "97112"
NEVER_ENDS = float("inf")


@dataclass(frozen=True)
class Visit:
    """One patient, one discipline, one day."""

    patient: str
    discipline: str
    day: str


@dataclass(frozen=True)
class Time:
    """A segment that stands."""

    id: str
    visit: Visit
    code: str
    clinician: str
    role: str
    supervisor: str
    start: int
    end: float = NEVER_ENDS

    @property
    def kind(self):
        return KINDS[self.code]

    @property
    def runs(self):
        return self.end == NEVER_ENDS

    @property
    def occupied(self):
        """Who is kept busy by it; a student's supervisor, too."""
        supervised = self.role == "student" and self.supervisor
        return {self.clinician, self.supervisor} if supervised else {self.clinician}

    @property
    def stopwatch(self):
        """What makes two that run the same stopwatch."""
        return self.visit, self.code, self.clinician, self.role, self.supervisor


def day_of(instant):
    return datetime.fromtimestamp(instant / 1000, UTC).date().isoformat()


def overlap(a, b):
    return a.start < b.end and b.start < a.end


def forbidden(time):
    """Whether the role alone forbids it."""
    if time.kind not in ATTENDED:
        return False
    if time.role == "assistant":
        return time.kind == "evaluation"
    return time.role == "aide" or (
        time.role == "student" and time.supervisor in ("", time.clinician)
    )


class Model:
    """Visits, what stands in them, who has signed, and who pays."""

    def __init__(self):
        self.times = {}
        self.payers = {}
        self.signed = set()
        self.signatures = {}

    def conflict(self, a, b):
        """Whether two times may not share a minute."""
        kinds = {a.kind, b.kind}
        same_patient = a.visit.patient == b.visit.patient
        share = same_patient or bool(a.occupied & b.occupied)
        both_attended = kinds <= set(ATTENDED)
        return (
            (both_attended and share and ("evaluation" in kinds or kinds == {"one", "group"}))
            or (both_attended and share and kinds == {"one"})
            or (same_patient and (self._alone(a, b) or self._alone(b, a)))
            or (a.visit == b.visit and "rest" in kinds)
        )

    def _alone(self, alone, other):
        if alone.code != ALONE or other.code == ALONE or other.kind == "rest":
            return False
        relaxed = self.payers[alone.visit] == "Relaxed" and other.kind == "supervised"
        return not relaxed

    def meets(self, time, *, beside=()):
        """Return what stands, the ids in `beside` left out, that it conflicts with."""
        return [
            other
            for other in self.times.values()
            if other.id not in beside and overlap(time, other) and self.conflict(time, other)
        ]

    def takes(self, time, *, beside=()):
        """Whether a time may be put in, once those in `beside` are out."""
        once_more = time.runs and any(
            other.runs and other.stopwatch == time.stopwatch
            for other in self.times.values()
            if other.id not in beside
        )
        return not (
            time.visit in self.signed
            or forbidden(time)
            or self.meets(time, beside=beside)
            or once_more
        )

    def open(self, visit, payer):
        self.payers.setdefault(visit, payer)
        self.signatures.setdefault(visit, set())

    def put_in(self, *times):
        for time in times:
            self.times[time.id] = time
            self.ask_again(time)

    def take_out(self, *times):
        for time in times:
            del self.times[time.id]
            self.ask_again(time)

    def end(self, time, at):
        self.times[time.id] = replace(time, end=at)

    def ask_again(self, time):
        """Who treated, or supervised, signed something else than what is there now."""
        self.signatures[time.visit] -= {time.clinician, time.supervisor}

    def must_sign(self, visit):
        """Who treated, unless as an aide, and who supervised; an aide signs nothing."""
        times = [time for time in self.times.values() if time.visit == visit]
        treated = {time.clinician for time in times if time.role != "aide"}
        return treated | {time.supervisor for time in times if time.supervisor}

    def running(self):
        return [time for time in self.times.values() if time.runs]

    def of(self, visit):
        return [time for time in self.times.values() if time.visit == visit]
