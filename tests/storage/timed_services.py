"""Segments that nobody thought of, for hypothesis: who, with whom, when, in which visit."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from ptimer.billing.codebook import Attendance
from ptimer.billing.conflicts import Role, Service, refusal_by_itself, refusal_of_pair
from ptimer.timing.clock import HOUR, MINUTE
from ptimer.timing.segment import Stretch

PATIENT_OF = {"Ann's PT": "Ann", "Ann's OT": "Ann", "Bob's PT": "Bob"}
NAMES = ["Kim", "Lee", "Sam"]

# Ten in the evening is 12 hours on: a long one goes over midnight. Two hours are how far the
# triggers look back before they ask for what lasts longer.
_STARTS = [0, 1, 15 * MINUTE, HOUR, 2 * HOUR - 1, 2 * HOUR, 2 * HOUR + 1, 3 * HOUR, 12 * HOUR]
_LENGTHS = [0, 1, 15 * MINUTE, HOUR, 2 * HOUR - 1, 2 * HOUR, 2 * HOUR + 1, 5 * HOUR, 30 * HOUR]
_ONE_ON_ONE = [Attendance.ONE_ON_ONE, Attendance.ONE_ON_ONE, Attendance.CONSTANT]


@dataclass(frozen=True)
class Terms:
    """What the payer of a visit allows."""

    relaxed: bool = False
    assistants_barred: bool = False


@dataclass(frozen=True)
class Timed:
    """A segment as the rules and the clock know it."""

    code: str
    attendance: Attendance
    visit: str
    clinician: str
    role: Role
    supervisor: str
    exclusive: bool
    time: Stretch

    @property
    def patient(self):
        return PATIENT_OF[self.visit]

    def service(self, terms):
        """Return what the rules are told, under the terms of each visit."""
        return Service(
            code=self.code,
            attendance=self.attendance,
            patient=self.patient,
            visit=self.visit,
            clinician=self.clinician,
            role=self.role,
            supervisor=self.supervisor,
            exclusive=self.exclusive,
            relaxed=terms[self.visit].relaxed,
            assistants_barred=terms[self.visit].assistants_barred,
        )

    def runs_like(self, other):
        """Return whether the two are one running stopwatch."""
        return self.time.running and other.time.running and self._who == other._who

    @property
    def _who(self):
        return self.visit, self.code, self.clinician, self.role, self.supervisor


def rules_against(new, standing, terms):
    """Return the ids of all rules that refuse `new` beside what stands, by the pure rule."""
    service = new.service(terms)
    refusals = [refusal_by_itself(service)]
    for other in standing:
        if new.time.overlaps(other.time):
            refusals += _refusals_of_pair(service, other.service(terms))
    return {refusal.rule.value for refusal in refusals if refusal}


def _refusals_of_pair(a, b):
    """Return the first refusal, and the first by what they share of patient or clinician alone."""
    yield refusal_of_pair(a, b)
    yield refusal_of_pair(replace(a, clinician="another", supervisor=""), b)
    yield refusal_of_pair(replace(a, patient="another", visit="another"), b)


@st.composite
def stretches(draw):
    """Touching, overlapping, covering, empty, open, longer than two hours, over midnight."""
    start = draw(st.sampled_from(_STARTS))
    length = draw(st.none() | st.sampled_from(_LENGTHS))
    return Stretch(start, None if length is None else start + length)


timed_services = st.builds(
    Timed,
    code=st.sampled_from(["A", "B"]),
    attendance=st.sampled_from([*_ONE_ON_ONE, *Attendance]),
    visit=st.sampled_from(list(PATIENT_OF)),
    clinician=st.sampled_from(NAMES),
    role=st.sampled_from([Role.THERAPIST, *Role]),
    supervisor=st.just("") | st.sampled_from(NAMES),
    exclusive=st.booleans(),
    time=stretches(),
)
terms_of_visits = st.fixed_dictionaries(
    dict.fromkeys(PATIENT_OF, st.builds(Terms, st.booleans(), st.booleans()))
)
