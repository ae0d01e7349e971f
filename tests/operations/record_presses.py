"""Presses on stopwatches, as steps of the machine."""

from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, multiple, precondition, rule

from ptimer.billing.conflicts import Role
from ptimer.operations import stopping, stopwatch, undoing
from ptimer.operations.stopping import StopWish
from ptimer.operations.stopwatch import StartWish
from ptimer.timing.clock import MINUTE, Instant
from tests.operations.record_machine import (
    RecordAndModel,
    codes,
    disciplines,
    pairs,
    patients,
    payers,
    people,
    pick,
    places,
)
from tests.operations.record_model import NEVER_ENDS, Time, Visit, day_of


class Presses(RecordAndModel):
    """Start, press, switch, stop, undo."""

    presses = Bundle("presses")

    @rule(
        target=presses,
        code=codes,
        patient=patients,
        discipline=disciplines,
        who=people,
        payer=payers,
        earlier=st.sampled_from([0, 0, 10]),
        switch=st.booleans(),
    )
    def start(self, code, patient, discipline, who, payer, earlier, switch):
        clinician, role, supervisor = who
        at = self.now - earlier * MINUTE
        visit = Visit(patient, discipline, day_of(at))
        new = Time("new", visit, code, clinician, role, supervisor, at)
        wish = StartWish(
            code,
            (patient,),
            payer=None if visit in self.model.payers else payer,
            discipline=discipline,
            clinician=clinician,
            role=Role(role),
            supervisor=supervisor,
            at=Instant(at),
            switch=switch,
        )
        return self._press(lambda: stopwatch.start(self.clinic, wish), new, payer, switch=switch)

    @precondition(lambda self: self.todays)
    @rule(target=presses, place=places, code=codes, who=people)
    def press_a_card(self, place, code, who):
        visit = pick(self.todays, place)
        clinician, role, supervisor = who
        new = Time("new", visit, code, clinician, role, supervisor, self.now)
        wish = StartWish(
            code,
            (),
            clinician=clinician,
            role=Role(role),
            supervisor=supervisor,
            visit_id=self.visit_id(visit),
            origin="press",
        )
        own = all(
            each.visit == visit and each.clinician == clinician
            for each in self.with_payer(visit, "", lambda: self.model.meets(new))
        )
        return self._press(lambda: stopwatch.press(self.clinic, wish), new, "", switch=own)

    def _press(self, act, new, payer, *, switch):
        runs = any(each.stopwatch == new.stopwatch for each in self.model.running())
        blockers = self.with_payer(new.visit, payer, lambda: self.model.meets(new))
        gives_way = switch and all(each.runs and each.start <= new.start for each in blockers)
        allowed = self.with_payer(
            new.visit,
            payer,
            lambda: self.model.takes(new, beside={each.id for each in blockers}),
        )
        done = self.attempt(act, wanted=runs or (allowed and (not blockers or gives_way)))
        if done is None or runs:
            assert done is None or done.already
            return multiple()
        assert {each.id for each in done.ended} == {each.id for each in blockers}
        for each in blockers:
            self.model.end(each, new.start)
        self.model.open(new.visit, payer)
        self.model.put_in(replace(new, id=done.started[0].id))
        return done

    @rule(
        target=presses,
        code=st.none() | codes,
        clinician=st.sampled_from([None, "Kim", "Lee"]),
        patient=st.none() | patients,
    )
    def stop(self, code, clinician, patient):
        wanted = [
            each
            for each in self.model.running()
            if code in (None, each.code)
            and clinician in (None, each.clinician)
            and patient in (None, each.visit.patient)
        ]
        done = stopping.stop(self.clinic, StopWish(code, patient, clinician))
        assert {each.id for each in done.ended} == {each.id for each in wanted}
        for each in wanted:
            self.model.end(each, max(self.now, each.start))
        return done

    @rule(press=presses)
    def undo(self, press):
        started = [self.model.times.get(each.id) for each in press.started]
        stopped = [self.model.times.get(each.id) for each in press.ended]
        wanted = all(each is not None and each.runs for each in started)
        wanted = wanted and all(each is not None and not each.runs for each in stopped)
        again = []
        if wanted:
            out = {each.id for each in (*started, *stopped)}
            again = [replace(each, end=NEVER_ENDS) for each in stopped]
            wanted = all(self.model.takes(each, beside=out) for each in again)
            wanted = wanted and not any(self.model.conflict(a, b) for a, b in pairs(again))
        done = self.attempt(lambda: undoing.undo(self.clinic, press.press_id), wanted=wanted)
        if done is None:
            return
        self.model.take_out(*started, *stopped)
        self.model.put_in(
            *(replace(each, id=row.id) for each, row in zip(again, done.started, strict=True))
        )
