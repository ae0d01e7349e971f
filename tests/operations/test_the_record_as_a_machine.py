"""Two clinicians and a student at work on three patients, in every order that can be thought of.

Beside the record runs a model of it in plain Python. After each step the two say the same, no two
times that stand conflict, nothing is gone, and what was signed is billed as it was signed.
"""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ptimer.operations import answering, signing, snapshots, visiting, watching
from ptimer.operations.signing import SignWish
from ptimer.timing.clock import Instant
from ptimer.timing.recovery import Answer
from tests.operations.record_changes import Changes
from tests.operations.record_machine import billed, payers, pick, places, shifts
from tests.operations.record_presses import Presses


class Record(Presses, Changes):
    """Sign, amend, change the payer, answer doubts, besides all that is inherited."""

    @precondition(lambda self: self.model.payers)
    @rule(place=places, clinician=st.sampled_from(["Kim", "Lee", "Stu", "Pat"]))
    def sign(self, place, clinician):
        visit = pick(list(self.model.payers), place)
        visit_id = self.visit_id(visit)
        before = snapshots.visit(self.clinic, visit_id)
        ties = {} if not before.reckoning.tied else dict(before.reckoning.choices[0])
        wish = SignWish(clinician, "OTR/L", choice=ties or None, over_60="it took long")
        must = self.model.must_sign(visit)
        treated = any(each.kind != "rest" for each in self.model.of(visit))
        unsure = before.in_doubt or any(each.runs for each in self.model.of(visit))
        wanted = visit not in self.model.signed and clinician in must and treated and not unsure
        done = self.attempt(lambda: signing.sign(self.clinic, visit_id, wish), wanted=wanted)
        if done is None:
            return
        self.model.signatures[visit].add(clinician)
        assert done.closed == (must <= self.model.signatures[visit])
        if done.closed:
            self.model.signed.add(visit)
            self.billed[visit] = billed(done.view)

    @precondition(lambda self: self.model.payers)
    @rule(place=places)
    def amend(self, place):
        visit = pick(sorted(self.model.signed, key=str) or list(self.model.payers), place)
        done = self.attempt(
            lambda: signing.amend(self.clinic, self.visit_id(visit), "why") or "done",
            wanted=visit in self.model.signed,
        )
        if done is not None:
            self.model.signed.remove(visit)
            self.model.signatures[visit] = set()
            del self.billed[visit]

    @precondition(lambda self: self.model.payers)
    @rule(place=places, payer=payers)
    def change_payer(self, place, payer):
        visit = pick(list(self.model.payers), place)
        before = self.model.payers[visit]
        self.model.payers[visit] = payer
        wanted = visit not in self.model.signed and not any(
            self.model.meets(each, beside={each.id}) for each in self.model.of(visit)
        )
        done = self.attempt(
            lambda: (
                visiting.change_payer(self.clinic, self.visit_id(visit), payer, "why") or "done"
            ),
            wanted=wanted,
        )
        if done is None:
            self.model.payers[visit] = before

    @rule(place=places, given=st.sampled_from(Answer), shift=shifts)
    def answer_a_doubt(self, place, given, shift):
        watching.look_at_clock(self.clinic)
        waiting = watching.in_doubt(self.clinic)
        if not waiting:
            return
        asked = {row.segment.id: row for row in waiting}
        old = pick([self.model.times[segment_id] for segment_id in asked], place)
        row = asked[old.id]
        end = row.doubt.sure_until if given is Answer.ENDED_THEN else old.start + shift

        def act():
            answering.answer_doubt(self.clinic, old.id, given, ended_at=Instant(end))
            return self.standing_since(old)

        if given is Answer.WENT_ON:
            assert self.attempt(act, wanted=True) == []
            return
        new = [] if given is Answer.NEVER else [replace(old, end=end)]
        latest = max(self.now, old.start, row.doubt.sure_until, row.doubt.likely_end or 0)
        self.replace_by(act, old, new, possible=not new or old.start <= end <= latest)


TestRecord = Record.TestCase
TestRecord.settings = settings(
    max_examples=50,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow],
)
