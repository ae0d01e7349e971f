"""The record and its model side by side: what every step of the machine needs, and must hold."""

import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from shutil import copy

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from ptimer.billing.payers import CombinedLimit, Effect, Payer, UnitRule
from ptimer.operations import keeping, own_payers, snapshots
from ptimer.operations.clinic import open_clinic
from ptimer.operations.errors import Problem, Refused
from ptimer.storage import audit_log
from ptimer.storage.rulebook import shipped
from ptimer.timing.clock import MINUTE, Instant, ManualClock
from tests.billing.units_oracle import Timed
from tests.billing.units_oracle import Visit as ByTheRules
from tests.operations.record_model import KINDS, NEVER_ENDS, Model, Time, Visit, day_of
from tests.storage.quick_disk import quick_folder

PAYERS = ["Medicare", "Commercial (midpoint)", "Relaxed", "Capped"]

patients = st.sampled_from(["Ann", "Bob", "Cem"])
disciplines = st.sampled_from(["PT", "PT", "OT"])
codes = st.sampled_from(list(KINDS))
payers = st.sampled_from(PAYERS)
people = st.sampled_from(
    [
        *(("Kim", "therapist", ""), ("Lee", "therapist", ""), ("Kim", "therapist", "")),
        *(("Stu", "student", "Lee"), ("Stu", "student", ""), ("Lee", "aide", "")),
        *(("Pat", "assistant", ""), ("Pat", "assistant", "Kim")),
    ]
)
shifts = st.sampled_from([-130, -40, -15, -5, -1, 0, 1, 5, 15, 40]).map(lambda m: m * MINUTE)
places = st.integers(0, 1000)


@cache
def _blank():
    """Return the file of an empty record that knows the four payers."""
    folder = Path(tempfile.mkdtemp())
    clinic = open_clinic(folder, ManualClock.at_local("2026-11-23T07:00:00"))
    relaxed = Payer("Relaxed", UnitRule.CMS, relaxes_billed_alone=True, relaxed_because="why")
    own_payers.make(clinic, relaxed, "a contract")
    together = CombinedLimit(("97110", "97112", "97032"), 4, Effect.CUT, "a contract")
    capped = Payer("Capped", UnitRule.CMS, follows_mue=True, combined_limits=(together,))
    own_payers.make(clinic, capped, "a contract")
    clinic.close()
    return folder / "ptimer.db"


@lru_cache(maxsize=20_000)
def _by_the_oracle(timed, payer, rule):
    """Return the units earned, those billed, and every way to share the timed ones."""
    book = shipped().codes
    visit = ByTheRules([Timed(book[code], each) for code, each in timed], book, payer, rule)
    return visit.earned(), visit.billed(), visit.choices()


def _check_modifiers(view, rows):
    """Nothing is attested by itself, and only what an assistant treated is marked."""
    for row in rows:
        given = set(row.modifiers)
        assert given <= {"GP", "GO", "CQ", "CO"}
        if given & {"CQ", "CO"}:
            assert any(s.role == "assistant" for s in view.record.of_code(row.line.code.code))
        if row.units:
            assert {"PT": "GP", "OT": "GO"}[view.visit.discipline] in given
            assert row.because


def pick(choices, place):
    """Pick the same of the same choices in each run, whatever ids they got."""
    return sorted(choices, key=_without_id)[place % len(choices)]


def _without_id(choice):
    return str(replace(choice, id="") if isinstance(choice, Time) else choice)


def pairs(times):
    return [(a, b) for place, a in enumerate(times) for b in times[place + 1 :]]


def billed(view):
    return view.timed_minutes, view.total_minutes, view.reckoning.lines


class RecordAndModel(RuleBasedStateMachine):
    """A record on disk, a model of it, and time."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.folder = self.stack.enter_context(quick_folder())
        self.clock = ManualClock.at_local("2026-11-23T08:00:00")
        copy(_blank(), self.folder / "ptimer.db")
        self.clinic = open_clinic(self.folder, self.clock)
        self.model = Model()
        self.log = []
        self.seen = set()
        self.billed = {}

    def teardown(self):
        self.clinic.close()
        try:
            assert keeping.check(self.folder, self.clock) is not None
        finally:
            self.stack.close()

    @rule(minutes=st.sampled_from([0, 1, 5, 16, 70, 130, 600]))
    def time_passes(self, minutes):
        self.clock.advance(minutes=minutes)

    @rule(minutes=st.sampled_from([-90, -20, 20]))
    def someone_sets_the_clock(self, minutes):
        self.clock.set_by_hand(Instant(self.now + minutes * MINUTE))

    @invariant()
    def record_and_model_hold_the_same(self):
        rows = self.clinic.connection.execute(
            "select s.id, v.patient, v.discipline, v.service_date, s.code, s.clinician, s.role, "
            "ifnull(s.supervisor, ''), s.started_at, s.ended_at from segments s "
            "join visits v on v.id = s.visit_id where s.voided_at is null"
        )
        found = {
            row[0]: Time(
                row[0], Visit(*row[1:4]), *row[4:9], NEVER_ENDS if row[9] is None else row[9]
            )
            for row in rows
        }
        assert found == self.model.times

    @invariant()
    def no_two_times_that_stand_conflict(self):
        for time in self.model.times.values():
            assert not self.model.meets(time, beside={time.id}), time

    @invariant()
    def nothing_is_gone_and_the_log_only_grows(self):
        connection = self.clinic.connection
        log = connection.execute("select * from audit_log order by seq").fetchall()
        assert log[: len(self.log)] == self.log
        assert audit_log.broken_links(connection) == []
        self.log = log
        ids = {row[0] for row in connection.execute("select id from segments")}
        ids |= {row[0] for row in connection.execute("select id from visits")}
        assert self.seen <= ids
        self.seen = ids

    @invariant()
    def what_was_signed_is_billed_as_it_was_signed(self):
        for visit, signed in self.billed.items():
            assert billed(snapshots.visit(self.clinic, self.visit_id(visit))) == signed

    @invariant()
    def payers_and_signatures_are_those_of_the_model(self):
        rows = self.clinic.connection.execute(
            "select v.patient, v.discipline, v.service_date, v.payer, v.status, s.clinician "
            "from visits v left join signatures s on s.visit_id = v.id and s.withdrawn_at is null"
        ).fetchall()
        found = defaultdict(set)
        for *key, payer, status, name in rows:
            visit = Visit(*key)
            assert payer == self.model.payers[visit]
            assert (status == "signed") == (visit in self.model.signed)
            found[visit] |= {name} - {None}
        assert found == self.model.signatures

    @invariant()
    def minutes_of_the_day_are_a_naive_recount(self):
        for view in snapshots.today(self.clinic).visits:
            visit = Visit(view.visit.patient, view.visit.discipline, self.today)
            lengths = defaultdict(int)
            for time in self.model.of(visit):
                lengths[time.code] += max((self.now if time.runs else time.end) - time.start, 0)
            assert lengths.keys() == set(view.record.codes)
            for code, length in lengths.items():
                assert view.minutes_of(code) == length // MINUTE

    @invariant()
    def units_are_the_oracles_and_every_cut_is_explained(self):
        for view in snapshots.today(self.clinic).visits:
            lines = view.reckoning.lines
            timed = tuple((c, view.minutes_of(c)) for c in view.record.codes if c != "REST")
            earned, billed_, ways = _by_the_oracle(timed, view.payer, view.reckoning.rule.value)
            if view.reckoning.chosen:
                chosen = {x.code.code: x.earned for x in lines if x.code.timed}
                assert chosen in ways
            else:
                assert {x.code.code: x.earned for x in lines} == earned
                assert {x.code.code: x.units for x in lines} == billed_
            told = " ".join(map(str, view.steps))
            for line in lines:
                if line.cut:
                    assert line.code.code in told
                    assert "cut" in told
                    assert any(w.rule == "daily-limit" for w in view.warnings)
                rows = [row for row in view.billed_lines if row.line.code == line.code]
                assert sum(row.units for row in rows) == line.units
                assert sum(row.minutes for row in rows) == line.minutes
                _check_modifiers(view, rows)

    @property
    def now(self):
        return self.clock.now()

    @property
    def today(self):
        return day_of(self.now)

    @property
    def todays(self):
        return [visit for visit in self.model.payers if visit.day == self.today]

    def visit_id(self, visit):
        return self.clinic.connection.execute(
            "select id from visits where patient = ? and discipline = ? and service_date = ?",
            (visit.patient, visit.discipline, visit.day),
        ).fetchone()[0]

    def standing_since(self, old):
        return [
            row
            for row in snapshots.visit(self.clinic, self.visit_id(old.visit)).record.segments
            if row.replaces == old.id
        ]

    def with_payer(self, visit, payer, ask):
        """Ask the model as if the visit were there already, with the payer it would get."""
        known = visit in self.model.payers
        if not known:
            self.model.payers[visit] = payer
        try:
            return ask()
        finally:
            if not known:
                del self.model.payers[visit]

    def attempt(self, act, *, wanted):
        """Do it, and see that it is done exactly where the model says so."""
        before = self._rows()
        problem = done = None
        try:
            done = act()
        except Problem as told:
            problem = told
        assert wanted == (problem is None), problem or "done, although the model refuses it"
        if problem is None:
            return done
        assert not isinstance(problem, Refused) or problem.source, "a refusal names its source"
        assert self._rows() == before, "refused, and something changed all the same"
        return None

    def _rows(self):
        execute = self.clinic.connection.execute
        tables = ("visits", "segments", "signatures", "audit_log", "doubts", "unit_choices")
        return [execute(f"select * from {table}").fetchall() for table in tables]  # noqa: S608
