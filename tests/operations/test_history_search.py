"""What a search of all years finds is what a person would find by looking at each visit."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptimer.operations import history_search, snapshots
from ptimer.operations.errors import Misused
from ptimer.operations.history_search import Figures, Totals, Wanted
from ptimer.storage import segments, sign_answers
from ptimer.timing.clock import MINUTE
from tests.storage import tables

FIRST = date(2026, 11, 2)
PATIENTS = ("P-1", "p-1", "P-10", "P-2", "Q", "É", "é1", "P%", "P_", "\U0010ffffx")
CODES = ("97110", "97112", "97035", "97165", "REST", "97597")
PEOPLE = ("Ann", "Bea", "Kim")


@dataclass(frozen=True)
class Time:
    code: str
    clinician: str
    start: int
    minutes: float
    role: str = "therapist"
    supervisor: str = ""
    voided: bool = False
    typed: int | None = None


@dataclass(frozen=True)
class Visit:
    patient: str
    discipline: str
    day: int
    payer: str
    times: tuple[Time, ...]

    @property
    def date(self):
        return FIRST + timedelta(days=self.day)


@st.composite
def times(draw):
    clinician = draw(st.sampled_from(PEOPLE))
    student = draw(st.booleans())
    supervisor = draw(st.sampled_from([p for p in PEOPLE if p != clinician])) if student else ""
    return Time(
        draw(st.sampled_from(CODES)),
        clinician,
        draw(st.integers(0, 500)),
        draw(st.floats(0, 70, width=16)),
        "student" if student else "therapist",
        supervisor,
        draw(st.booleans()),
        draw(st.sampled_from((None, 0, 2))),
    )


records = st.lists(
    st.builds(
        Visit,
        st.sampled_from(PATIENTS),
        st.sampled_from(("PT", "OT")),
        st.integers(0, 20),
        st.sampled_from(("Medicare", "Commercial (midpoint)")),
        st.lists(times(), max_size=4).map(tuple),
    ),
    max_size=12,
    unique_by=lambda visit: (visit.patient, visit.discipline, visit.day),
)
days = st.one_of(st.none(), st.integers(-1, 21).map(lambda n: FIRST + timedelta(days=n)))
wishes = st.builds(
    Wanted,
    st.sampled_from(("", "", "p", "P-1", "q", "É", "é", "P%", "%", "_", "\U0010ffff", "P-10")),
    st.sampled_from(("", "", *CODES)),
    st.sampled_from(("", "", *PEOPLE)),
    days,
    days,
)


@contextmanager
def recorded(clinic, record):
    """Put visits into the record by SQL alone, until the block is done; yields them by id."""
    connection = clinic.connection
    connection.execute("begin")
    try:
        yield {_put(connection, visit): visit for visit in record}
    finally:
        connection.rollback()


def _put(connection, visit):
    visit_id = tables.add_visit(
        connection, visit.patient, visit.date, discipline=visit.discipline, payer=visit.payer
    )
    for time in visit.times:
        start = time.start * MINUTE
        segment_id = tables.add_segment(
            connection,
            visit_id,
            visit.patient,
            time.code,
            start,
            start + round(time.minutes * MINUTE),
            clinician=time.clinician,
            role=time.role,
            supervisor=time.supervisor,
            attendance="supervised",
            typed_units=time.typed,
        )
        if time.voided:
            segments.void(connection, segment_id, at=1)
    return visit_id


def fits(visit, wish):
    """Return whether a person who looks at a visit would take it for what is looked for."""
    begins = visit.patient[: len(wish.patient)]
    return (
        _ascii_lower(begins) == _ascii_lower(wish.patient)
        and (wish.first is None or wish.first <= visit.date)
        and (wish.last is None or visit.date <= wish.last)
        and any(
            not time.voided
            and wish.code in ("", time.code)
            and wish.clinician in ("", time.clinician, time.supervisor)
            for time in visit.times
        )
    )


def _ascii_lower(text):
    return "".join(c.lower() if c.isascii() else c for c in text)


def all_pages(clinic, wish, most):
    page = history_search.page(clinic, wish, most=most)
    found = list(page.visits)
    while page.next is not None:
        page = history_search.page(clinic, wish, page.next, most=most)
        found += page.visits
    return found


class CalledOffError(Exception):
    pass


def silent(done, total):
    pass


quickly = settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quickly
@given(record=records, wish=wishes, most=st.integers(1, 5))
def test_a_search_finds_exactly_what_looking_at_each_visit_finds(clinic, record, wish, most):
    with recorded(clinic, record) as by_id:
        found = all_pages(clinic, wish, most)

        wanted = {visit_id for visit_id, visit in by_id.items() if fits(visit, wish)}
        assert {view.visit.id for view in found} == wanted
        assert len(found) == len(wanted), "no visit is found twice"
        dates = [view.visit.service_date for view in found]
        assert dates == sorted(dates, reverse=True)


@quickly
@given(record=records, wish=wishes)
def test_the_totals_are_those_of_the_visits_that_are_found(clinic, record, wish):
    with recorded(clinic, record) as by_id:
        views = all_pages(clinic, wish, 100)
        found = history_search.totals(clinic, wish, silent)

        lines = [view.reckoning.line(wish.code) for view in views]
        assert found.all == Figures(
            len(views),
            sum(view.timed_minutes for view in views),
            sum(view.reckoning.timed_units for view in views),
            sum(view.reckoning.untimed_units for view in views),
            sum(line.minutes for line in lines if line),
            sum(line.units for line in lines if line),
        )
        assert sum(found.by_day.values(), Figures()) == found.all
        held = sum(any(not time.voided for time in visit.times) for visit in by_id.values())
        assert found.hidden == (0 if wish.anything else held - len(views))


def test_a_beginning_that_very_many_ids_share_finds_the_same(clinic, monkeypatch):
    record = [
        Visit(f"P-{n}", "PT", n, "Medicare", (Time("97110", "Ann", 0, 20),)) for n in range(9)
    ]
    with recorded(clinic, record):
        by_patient = all_pages(clinic, Wanted("p-"), 4)
        monkeypatch.setattr("ptimer.storage.history._FEW", 3)
        by_date = all_pages(clinic, Wanted("p-"), 4)

    patients = [view.visit.patient for view in by_date]
    assert patients == [f"P-{n}" for n in range(8, -1, -1)]
    assert patients == [view.visit.patient for view in by_patient]


def test_a_settled_tie_counts_as_it_was_settled(clinic):
    pair = (Time("97110", "Ann", 0, 8), Time("97530", "Ann", 10, 8))
    with recorded(clinic, [Visit("P-1", "PT", 0, "Medicare", pair)]) as by_id:
        (visit_id,) = by_id
        for code in ("97110", "97530"):
            other = "97530" if code == "97110" else "97110"
            sign_answers.set_choice(clinic.connection, visit_id, {code: 1, other: 0}, at=1)
            found = history_search.totals(clinic, Wanted(code=code), silent)
            assert (found.all.timed_units, found.all.code_units) == (1, 1)


def test_what_runs_counts_up_to_now(clinic, start, clock):
    start("97110")
    clock.advance(minutes=9)

    found = history_search.totals(clinic, Wanted(), silent)

    assert (found.all.timed_minutes, found.all.timed_units) == (9, 1)
    assert snapshots.day(clinic).timed_minutes == 9


def test_adding_up_says_how_far_it_is_and_can_be_called_off(clinic, monkeypatch):
    monkeypatch.setattr(history_search, "_TELL_EVERY", 2)
    record = [
        Visit(f"P-{n}", "PT", n, "Medicare", (Time("97110", "Ann", 0, 20),)) for n in range(9)
    ]
    said = []
    with recorded(clinic, record):
        history_search.totals(clinic, Wanted(), lambda done, total: said.append((done, total)))

        def call_off(done, total):
            raise CalledOffError

        with pytest.raises(CalledOffError):
            history_search.totals(clinic, Wanted(), call_off)

    assert said[:-1] == [(1, 9), (3, 9), (5, 9), (7, 9)]
    assert said[-1] == (1, 1)


def test_a_patient_is_found_as_the_id_is_typed(clinic):
    wish = history_search.wanted(clinic, patient="  E\u0301x ", code=" 97110 ")

    assert wish == Wanted("\u00c9x ", "97110")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"code": "99999"}, "99999 is not in the code book"),
        ({"first": FIRST, "last": FIRST - timedelta(days=1)}, "lies before the first"),
    ],
)
def test_what_can_not_be_looked_for_is_told(clinic, typed, told):
    with pytest.raises(Misused, match=told):
        history_search.wanted(clinic, **typed)


TODAY = date(2026, 11, 23)
"""A Monday."""


def test_the_last_half_year_is_drawn_where_no_dates_are_looked_for():
    weeks = history_search.weeks(Totals(), Wanted(), TODAY)

    assert len(weeks) == 26
    assert (weeks[-1].first, weeks[-1].last) == (TODAY, TODAY + timedelta(days=6))


@pytest.mark.parametrize(("starts", "first"), [(1, 23), (7, 22), (6, 21), (2, 17)])
def test_a_week_begins_on_the_day_that_it_begins_on_here(starts, first):
    weeks = history_search.weeks(Totals(), Wanted(first=TODAY, last=TODAY), TODAY, starts=starts)

    assert [week.first for week in weeks] == [date(2026, 11, first)]


def test_the_dates_that_are_looked_for_are_drawn_at_most_a_year_of_them():
    ten = Wanted(first=TODAY - timedelta(days=69), last=TODAY)
    years = Wanted(first=date(2020, 1, 1))

    assert len(history_search.weeks(Totals(), ten, TODAY)) == 11
    assert len(history_search.weeks(Totals(), years, TODAY)) == history_search.MOST_WEEKS


def test_dates_that_are_still_to_come_are_drawn_as_this_week():
    wish = Wanted(first=TODAY + timedelta(days=30), last=TODAY + timedelta(days=60))

    assert [week.first for week in history_search.weeks(Totals(), wish, TODAY)] == [TODAY]


def test_each_day_counts_in_its_week():
    monday, sunday = Figures(1, 20, 1), Figures(2, 30, 2)
    found = Totals(
        monday + sunday, {TODAY - timedelta(days=7): monday, TODAY - timedelta(days=1): sunday}
    )

    *_, last_week, this_week = history_search.weeks(found, Wanted(), TODAY)

    assert last_week.figures == Figures(3, 50, 3)
    assert this_week.figures == Figures()
