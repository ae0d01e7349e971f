"""Corrections and files, as steps of the machine."""

import csv
from dataclasses import replace

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from ptimer.billing.conflicts import Role
from ptimer.operations import corrections, importing
from ptimer.operations.corrections import Change, NewTime
from ptimer.reports.segments_csv import COLUMNS
from ptimer.timing.clock import MINUTE, Instant
from ptimer.timing.service_date import iso
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
    shifts,
)
from tests.operations.record_model import NEVER_ENDS, Time, Visit, day_of, overlap


class Changes(RecordAndModel):
    """Correct, split, void, add, import."""

    @precondition(lambda self: self.model.times)
    @rule(
        place=places,
        start=st.none() | shifts,
        end=st.none() | shifts | st.just("running"),
        code=st.none() | codes,
        patient=st.none() | patients,
        who=st.none() | people,
    )
    def correct(self, place, start, end, code, patient, who):
        old = pick(list(self.model.times.values()), place)
        clinician, role, supervisor = who or (old.clinician, old.role, old.supervisor)
        new = replace(
            old,
            code=code or old.code,
            clinician=clinician,
            role=role,
            supervisor=supervisor,
            start=old.start if start is None else old.start + start,
            end=NEVER_ENDS if end == "running" else _moved(old.end, end, self.now),
        )
        day = old.visit.day if start is None else day_of(new.start)
        new = replace(new, visit=Visit(patient or old.visit.patient, old.visit.discipline, day))
        change = Change(
            start=None if start is None else Instant(new.start),
            end=None if end in (None, "running") else Instant(new.end),
            running=end == "running",
            code=code,
            patient=patient,
            clinician=who and clinician,
            role=who and Role(role),
            supervisor=who and supervisor,
        )
        typed = [time for time in (change.start, change.end) if time is not None]
        possible = all(time <= self.now for time in typed) and (not typed or new.start < new.end)
        self.replace_by(
            lambda: [corrections.correct(self.clinic, old.id, change, "why")],
            old,
            [new],
            possible=possible,
        )

    @precondition(lambda self: self.model.times)
    @rule(place=places, after=st.sampled_from([0, 1, 5, 16]))
    def split(self, place, after):
        old = pick(list(self.model.times.values()), place)
        at = old.start + after * MINUTE
        self.replace_by(
            lambda: corrections.split(self.clinic, old.id, Instant(at), "why"),
            old,
            [replace(old, end=at), replace(old, start=at)],
            possible=old.start < at < min(old.end, self.now if old.runs else NEVER_ENDS),
        )

    @precondition(lambda self: self.model.times)
    @rule(place=places)
    def void(self, place):
        old = pick(list(self.model.times.values()), place)
        self.replace_by(lambda: corrections.void(self.clinic, old.id, "why") or [], old, [])

    def replace_by(self, act, old, new, *, possible=True):
        wanted = possible and old.visit not in self.model.signed
        for each in new:
            self.with_payer(each.visit, self.model.payers[old.visit], lambda: None)
            wanted = wanted and not (each.runs and self.today < each.visit.day)
            wanted = wanted and self.with_payer(
                each.visit,
                self.model.payers[old.visit],
                lambda each=each: self.model.takes(each, beside={old.id}),
            )
        done = self.attempt(act, wanted=wanted)
        if done is None:
            return
        self.model.take_out(old)
        for each, row in zip(new, done, strict=True):
            self.model.open(each.visit, self.model.payers[old.visit])
            self.model.put_in(replace(each, id=row.id))

    @precondition(lambda self: self.model.payers)
    @rule(place=places, code=codes, who=people, start=shifts, minutes=st.sampled_from([0, 5, 16]))
    def add(self, place, code, who, start, minutes):
        visit = pick(list(self.model.payers), place)
        clinician, role, supervisor = who
        begin = self.now + start
        new = Time("new", visit, code, clinician, role, supervisor, begin, begin + minutes * MINUTE)
        time = NewTime(
            self.visit_id(visit),
            code,
            Instant(new.start),
            Instant(new.end),
            clinician,
            Role(role),
            supervisor,
        )
        possible = minutes > 0 and new.end <= self.now and day_of(begin) == visit.day
        done = self.attempt(
            lambda: corrections.add(self.clinic, time, "why"),
            wanted=possible and self.model.takes(new),
        )
        if done is not None:
            self.model.put_in(replace(new, id=done.id))

    @rule(
        lines=st.lists(
            st.tuples(patients, disciplines, codes, people, shifts, st.sampled_from([5, 16, 130])),
            min_size=1,
            max_size=3,
        ),
        payer=payers,
    )
    def bring_in_a_file(self, lines, payer):
        new, rows = [], []
        for patient, discipline, code, (clinician, role, supervisor), shift, minutes in lines:
            start = self.now + shift - 16 * MINUTE
            end = start + minutes * MINUTE
            visit = Visit(patient, discipline, day_of(start))
            new.append(Time("new", visit, code, clinician, role, supervisor, start, end))
            times = (iso(Instant(each), self.clock.zone) for each in (start, end))
            paid = self.model.payers.get(visit, payer)
            rows.append(
                [patient, paid, discipline, clinician, role, code, *times, "", supervisor, ""]
            )
        file = self.folder / "times.csv"
        with file.open("w", newline="") as out:
            csv.writer(out).writerows([COLUMNS, *rows])
        fresh = {each.visit for each in new} - set(self.model.payers)
        for each in fresh:
            self.model.open(each, payer)
        wanted = all(each.end <= self.now and self.model.takes(each) for each in new)
        wanted = wanted and not any(_meet(self.model, a, b) for a, b in pairs(new))
        wanted = wanted and not any(_twice(a, b) for a in new for b in self.model.times.values())
        done = self.attempt(lambda: importing.import_file(self.clinic, file), wanted=wanted)
        if done is None:
            for each in fresh:
                del self.model.payers[each], self.model.signatures[each]
            return
        ids = self.clinic.connection.execute(
            "select id from segments order by rowid desc limit ?", (len(new),)
        ).fetchall()
        for each, (segment_id,) in zip(new, reversed(ids), strict=True):
            self.model.put_in(replace(each, id=segment_id))


def _moved(end, shift, now):
    if shift is None:
        return end
    return (now if end == NEVER_ENDS else end) + shift


def _twice(a, b):
    """Whether a file says of a what stands already as b."""
    return (a.stopwatch[:4], a.start, a.end) == (b.stopwatch[:4], b.start, b.end)


def _meet(model, a, b):
    return (overlap(a, b) and model.conflict(a, b)) or _twice(a, b)
