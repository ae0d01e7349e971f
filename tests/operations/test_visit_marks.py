import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptimer.operations import (
    coming,
    corrections,
    exporting,
    history,
    signing,
    snapshots,
    summarizing,
    visit_marks,
    visiting,
)
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.sign_list import sign_list
from ptimer.operations.sign_missing import Signing
from ptimer.operations.visit_marks import Mark
from ptimer.reports import day_summary

AWAY = [Mark.CANCELLED, Mark.NO_SHOW]


@pytest.fixture
def mark(clinic):
    return lambda visit_id, kind=Mark.NO_SHOW, why="no call": visit_marks.mark(
        clinic, visit_id, kind, why
    )


@pytest.mark.parametrize("kind", AWAY)
def test_a_visit_that_was_not_held_is_in_no_total_and_asks_for_nothing(
    clinic, open_visit, timed, view, mark, kind
):
    timed("97110", "Bob", minutes=23)
    visit_id = open_visit("Ann")
    mark(visit_id, kind, " called at nine ")

    visit = view(visit_id)
    assert (visit.away, visit.record.mark.kind) == (True, kind.value)
    assert visit.record.mark.reason == "called at nine"
    assert visit.to_fix == ()
    day = snapshots.day(clinic)
    assert [each.visit.patient for each in day.visits] == ["Bob"]
    assert [each.visit.patient for each in day.away] == ["Ann"]
    assert (day.units, day.timed_minutes) == (2, 23)
    export = exporting.prepare(clinic, exporting.span_of(clinic), include_unsigned=True)
    assert {line.patient_id for line in export.lines} == {"Bob"}


def test_the_summary_names_it_apart_with_its_reason(clinic, open_visit, mark):
    mark(open_visit("Ann"), Mark.CANCELLED, "snow")
    summary = summarizing.summary_of(snapshots.day(clinic))

    text, values = day_summary.as_text(summary), day_summary.as_values(summary)
    assert "no visits" in text
    assert "Ann  PT · Medicare · cancelled: snow" in text
    assert values["totals"]["visits"] == 0
    assert [(each["patient"], each["kind"]) for each in values["not_held"]] == [
        ("Ann", "cancelled")
    ]


def test_someone_else_s_mark_is_hidden_by_the_filter(clinic, open_visit, mark):
    clinic.actor = "Dana"
    mark(open_visit("Ann"))

    assert len(snapshots.day(clinic, clinician="Dana").away) == 1
    assert snapshots.day(clinic, clinician="Kim").away == ()


@pytest.mark.parametrize("kind", AWAY)
def test_a_visit_in_which_something_was_timed_was_held(clinic, dump, timed, mark, kind):
    visit_id = timed("97110").visit_id
    before = dump()
    with pytest.raises(Misused, match="97110 was timed for Ann: a visit that began can only be"):
        mark(visit_id, kind)

    assert dump() == before


def test_a_time_that_was_voided_was_not_timed(clinic, start, view, mark):
    segment = start("97110")
    corrections.void(clinic, segment.id, "wrong patient")
    mark(segment.visit_id)

    assert view(segment.visit_id).away


def test_stopped_early_is_a_note_on_a_visit_with_times(clinic, timed, view, mark):
    visit_id = timed("97110", minutes=23).visit_id
    mark(visit_id, Mark.STOPPED_EARLY, "felt dizzy")

    visit = view(visit_id)
    assert not visit.away
    assert visit.reckoning.total_units == 2
    remarks = [str(each.text) for each in sign_list(visit, Signing("Kim")).remarks]
    assert "Stopped early: felt dizzy" in remarks
    summary = summarizing.summary_of(snapshots.day(clinic))
    assert summary.visits[0].stopped_early == "felt dizzy"
    assert "stopped early: felt dizzy" in day_summary.as_text(summary)


def test_stopped_early_needs_a_time_and_a_no_show_no_arrival(clinic, open_visit, mark):
    visit_id = open_visit("Ann")
    with pytest.raises(Misused, match="Nothing was timed for Ann"):
        mark(visit_id, Mark.STOPPED_EARLY)
    coming.arrive(clinic, visit_id)
    with pytest.raises(Misused, match="Ann has an arrival"):
        mark(visit_id, Mark.NO_SHOW)
    mark(visit_id, Mark.CANCELLED)


def test_a_mark_is_taken_back_and_what_was_is_kept(clinic, clock, open_visit, view, mark, start):
    clinic.actor = "Dana"
    visit_id = open_visit("Ann")
    mark(visit_id, Mark.NO_SHOW, "no call")
    with pytest.raises(Misused, match="is marked already, as no-show"):
        mark(visit_id, Mark.CANCELLED)
    clock.advance(minutes=20)
    visit_marks.take_back(clinic, visit_id)

    assert view(visit_id).record.mark is None
    assert start("97110").visit_id == visit_id
    told = history.changes_of(clinic, visit_id)
    said = [(str(each.done), each.who, each.reason) for each in told]
    assert ("marked", "Dana", "no call") in said
    assert ("mark taken back", "Dana", "") in said
    rows = clinic.connection.execute("select kind, taken_back_at is null from visit_marks")
    assert rows.fetchall() == [("no-show", 0)]
    with pytest.raises(Misused, match="is not marked"):
        visit_marks.take_back(clinic, visit_id)


def test_a_visit_that_was_not_held_takes_no_times_by_any_road(
    clinic, dump, open_visit, start, add, mark
):
    visit_id = open_visit("Ann")
    mark(visit_id, Mark.CANCELLED)
    before = dump()
    for refused in (
        lambda: start("97110"),
        lambda: add(visit_id, "97110", "09:00", "09:10"),
        lambda: coming.arrive(clinic, visit_id),
        lambda: visiting.add_card(clinic, visit_id, "97116"),
    ):
        with pytest.raises(Refused, match="is marked as cancelled: take the mark back") as told:
            refused()
        assert told.value.rule == "visit-marked"
    assert dump() == before


def test_the_database_itself_keeps_marks_and_times_apart(clinic, open_visit, timed, mark):
    away, held = open_visit("Ann"), timed("97110", "Bob").visit_id
    mark(away)
    connection = clinic.connection
    with pytest.raises(sqlite3.IntegrityError, match="visit-marked"):
        connection.execute(
            "insert into segments (id, visit_id, patient, code, clinician, role, started_at, "
            "attendance, exclusive, origin, recorded_at) values ('x', ?, 'Ann', '97110', 'Kim', "
            "'therapist', 1, 'one-on-one', 0, 'file', 1)",
            (away,),
        )
    with pytest.raises(sqlite3.IntegrityError, match="visit-marked"):
        connection.execute(
            "insert into visit_marks (id, visit_id, kind, reason, marked_by, marked_at) "
            "values ('x', ?, 'cancelled', 'why', 'Kim', 1)",
            (held,),
        )
    for statement in (
        "delete from visit_marks",
        "update visit_marks set reason = 'another'",
        "insert or replace into visit_marks select * from visit_marks",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(statement)


def test_a_signed_visit_takes_no_mark_and_keeps_its_own(clinic, timed, sign, mark):
    visit_id = timed("97110").visit_id
    mark(visit_id, Mark.STOPPED_EARLY, "felt dizzy")
    sign(visit_id)
    with pytest.raises(Refused, match="is signed: amend it first"):
        visit_marks.take_back(clinic, visit_id)

    signing.amend(clinic, visit_id, "it went on")
    visit_marks.take_back(clinic, visit_id)
    sign(visit_id)
    with pytest.raises(Refused, match="is signed: amend it first"):
        mark(visit_id, Mark.STOPPED_EARLY)


@given(why=st.text(max_size=30), kind=st.sampled_from(Mark))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_as_reason_is_kept_as_typed_or_told(clinic, open_visit, view, why, kind):
    visit_id = open_visit("Ann")
    said = ""
    try:
        visit_marks.mark(clinic, visit_id, kind, why)
    except Misused as problem:
        said = str(problem)

    mark = view(visit_id).record.mark
    if said:
        assert mark is None
    else:
        assert (mark.reason, mark.kind) == (why.strip(), kind.value)
        visit_marks.take_back(clinic, visit_id)
