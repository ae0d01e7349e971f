"""The database refuses exactly what the pure rule refuses, by whatever road it comes."""

import sqlite3
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ptimer.storage import integrity, segments
from tests.storage import tables
from tests.storage.conftest import DAY
from tests.storage.timed_services import (
    NAMES,
    PATIENT_OF,
    rules_against,
    stretches,
    terms_of_visits,
    timed_services,
)

MANY = settings(max_examples=200)


class Book:
    """Segments put into a record by SQL alone, and what stands of them."""

    def __init__(self, record, terms):
        self._record = record
        self.terms = dict(terms)
        self.ids = {
            visit: tables.add_visit(
                record,
                patient,
                DAY,
                discipline=visit[-2:],
                relaxed=terms[visit].relaxed,
                assistants_barred=terms[visit].assistants_barred,
            )
            for visit, patient in PATIENT_OF.items()
        }
        self.standing = {}

    def put_in(self, new):
        """Put a segment in, or say by which rule the database refuses it."""
        try:
            segment_id = tables.add_segment(
                self._record,
                self.ids[new.visit],
                new.patient,
                new.code,
                new.time.start,
                new.time.end,
                clinician=new.clinician,
                role=new.role.value,
                supervisor=new.supervisor,
                attendance=new.attendance.value,
                exclusive=new.exclusive,
                id=f"segment {len(self.standing)}",
            )
        except sqlite3.IntegrityError as error:
            return str(error)
        self.standing[segment_id] = new
        return None

    def fill(self, services):
        """Put in what may stand together."""
        for new in services:
            if not any(new.runs_like(other) for other in self.standing.values()):
                self.put_in(new)

    def change_terms(self, visit, terms):
        """Change what a visit's payer allows, or say by which rule the database refuses it."""
        try:
            self._record.execute(
                "update visits set relaxed = ?, assistants_barred = ? where id = ?",
                (terms.relaxed, terms.assistants_barred, self.ids[visit]),
            )
        except sqlite3.IntegrityError as error:
            return str(error)
        self.terms[visit] = terms
        return None

    def conflicts(self, terms):
        """Return the rules that refuse something of what stands, by segment."""
        found = {}
        for one, service in self.standing.items():
            others = {each: other for each, other in self.standing.items() if each != one}
            rules = rules_against(service, others.values(), terms)
            if rules:
                found[one] = rules
        return found


@contextmanager
def _book(record, terms):
    record.execute("begin")
    try:
        yield Book(record, terms)
    finally:
        record.rollback()


@MANY
@given(terms=terms_of_visits, services=st.lists(timed_services, min_size=2, max_size=6))
def test_the_triggers_refuse_exactly_what_the_rule_refuses(in_memory, terms, services):
    with _book(in_memory, terms) as book:
        for new in services:
            standing = list(book.standing.values())
            if any(new.runs_like(other) for other in standing):
                continue

            rules = rules_against(new, standing, terms)
            refused = book.put_in(new)
            assert (refused in rules) if rules else (refused is None), (new, standing)


@MANY
@given(
    before=terms_of_visits,
    services=st.lists(timed_services, min_size=2, max_size=6),
    visit=st.sampled_from(list(PATIENT_OF)),
    after=terms_of_visits,
)
def test_a_visit_may_change_its_payer_exactly_where_its_times_may_stand(
    in_memory, before, services, visit, after
):
    with _book(in_memory, before) as book:
        book.fill(services)

        conflicts = book.conflicts({**before, visit: after[visit]})
        refused = book.change_terms(visit, after[visit])
        assert (refused is not None) == bool(conflicts)
        assert refused is None or refused in set().union(*conflicts.values())


@MANY
@given(
    terms=terms_of_visits,
    services=st.lists(timed_services, max_size=7),
    time=stretches(),
    patients=st.lists(st.sampled_from(["Ann", "Bob"]), unique=True),
    clinicians=st.lists(st.sampled_from(NAMES), unique=True),
)
def test_what_a_time_meets_is_all_that_shares_patient_or_clinician(
    in_memory, terms, services, time, patients, clinicians
):
    with _book(in_memory, terms) as book:
        book.fill(services)

        met = segments.meeting(in_memory, patients=patients, clinicians=clinicians, time=time)
        assert {each.id for each in met} == {
            segment_id
            for segment_id, service in book.standing.items()
            if service.time.overlaps(time)
            and (service.patient in patients or service.service(terms).occupied & set(clinicians))
        }


@MANY
@given(terms=terms_of_visits, services=st.lists(timed_services, min_size=2, max_size=6))
def test_a_check_looks_at_all_that_could_conflict(in_memory, terms, services):
    """Without its triggers the record takes anything; one of each pair must be looked at."""
    with _book(in_memory, terms) as book:
        for name in ("come_in", "of_a_patient", "of_a_clinician", "of_a_supervisor"):
            in_memory.execute(f"drop trigger segments_{name}")
        book.fill(services)

        looked_at = set(integrity.overlapping(in_memory))
        for segment_id, service in book.standing.items():
            others = [
                other
                for each, other in book.standing.items()
                if each not in {segment_id, *looked_at}
            ]
            rules = rules_against(service, others, terms)
            assert segment_id in looked_at or not rules, (service, rules)


def test_overlap_is_looked_for_on_both_sides_of_the_look_back(in_memory):
    """One that lasts longer than the look-back, and one that began just inside it."""
    hour = segments.LOOK_BACK // 2
    for start in (0, hour - 1, hour, hour + 1, 2 * hour, 3 * hour, 30 * hour):
        in_memory.execute("begin")
        visit = tables.add_visit(in_memory, "Ann", DAY)
        tables.add_segment(in_memory, visit, "Ann", "97110", 0, 40 * hour)
        with pytest.raises(sqlite3.IntegrityError, match="one-clinician-one-service"):
            tables.add_segment(in_memory, visit, "Ann", "97140", start, start + 1)
        in_memory.rollback()
