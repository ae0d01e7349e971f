import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptimer.operations import cards, exporting, history, plans, snapshots, visit_marks
from ptimer.operations.cards import Who
from ptimer.operations.errors import Misused, Refused
from ptimer.operations.visit_marks import Mark


@pytest.fixture
def plan(clinic):
    """Plan minutes by code: `plan(visit_id, {"97112": 30})`."""

    def plan(visit_id, minutes):
        for code, each in minutes.items():
            plans.plan(clinic, visit_id, code, each)

    return plan


def row(view, code):
    return next(each for each in plans.rows_of(view) if each.code == code)


def test_a_visit_has_no_plan_until_one_is_made(open_visit, view):
    visit = view(open_visit())

    assert visit.record.plan == {}
    assert visit.as_planned is None
    assert plans.rows_of(visit) == ()
    assert plans.boundary(visit) is None


def test_a_plan_says_what_it_would_earn_and_changes_nothing_that_is_earned(
    clinic, timed, plan, view, dump
):
    visit_id = timed("97112", minutes=24).visit_id
    timed("97110", minutes=23)
    timed("97165", minutes=5)
    before = view(visit_id).reckoning
    plan(visit_id, {"97112": 30, "97110": 25})

    visit = view(visit_id)
    assert visit.reckoning == before
    assert (before.timed_units, before.untimed_units) == (3, 1)
    assert (visit.as_planned.timed_units, visit.as_planned.untimed_units) == (4, 1)
    first = row(visit, "97112")
    assert (first.planned, first.done, first.to_go) == (30, 24, 6)
    assert (first.units_now, first.units_planned) == (2, 2)
    second = row(visit, "97110")
    assert (second.to_go, second.units_now, second.units_planned) == (2, 1, 2)
    third = row(visit, "97165")
    assert (third.planned, third.done, third.in_plan, third.timed) == (None, 5, False, False)
    assert str(plans.boundary(visit)) == "55 min: 2 over the boundary at 53"
    export = exporting.prepare(clinic, exporting.span_of(clinic), include_unsigned=True)
    assert sum(line.units for line in export.lines) == 4


def test_a_timed_code_that_is_not_planned_earns_nothing_as_planned(timed, plan, view):
    visit_id = timed("97140", minutes=20).visit_id
    plan(visit_id, {"97112": 30})

    visit = view(visit_id)
    assert visit.as_planned.total_units == 2
    assert row(visit, "97140").units_planned == 0
    assert row(visit, "97140").units_now == 1


def test_a_plan_counts_by_the_visit_s_payer_and_its_limits(open_visit, plan, view):
    visit_id = open_visit(payer="Commercial (midpoint)")
    plan(visit_id, {"97112": 75, "97110": 8})

    assert view(visit_id).as_planned.total_units == 5
    assert plans.boundary(view(visit_id)) is None


def test_an_add_on_is_counted_with_its_base(open_visit, plan, view):
    visit_id = open_visit()
    plan(visit_id, {"97129": 38})

    assert row(view(visit_id), "97129").units_planned == 3


def test_planned_codes_have_cards_that_know_their_minutes(clinic, open_visit, plan, view):
    visit_id = open_visit()
    plan(visit_id, {"97760": 20})
    visit, today = view(visit_id), snapshots.today(clinic)

    assert "97760" in cards.codes_of(visit, (), today.date)
    assert cards.card_of(visit.code("97760"), visit, today, Who("Kim")).planned == 20
    assert cards.card_of(visit.code("97110"), visit, today, Who("Kim")).planned == 0


def test_a_code_leaves_the_plan_and_comes_back_to_its_end(clinic, open_visit, plan, view):
    visit_id = open_visit()
    plan(visit_id, {"97112": 30, "97110": 15})
    plan(visit_id, {"97112": None})
    assert dict(view(visit_id).record.plan) == {"97110": 15}

    plan(visit_id, {"97112": 20})
    assert dict(view(visit_id).record.plan) == {"97112": 20, "97110": 15}
    told = [each for each in history.changes_of(clinic, visit_id) if each.action == "plan"]
    assert len(told) == 4
    assert str(told[0].differences[0].after) == "20"


def test_a_code_is_added_with_its_first_step(clinic, open_visit, view):
    visit_id = open_visit()
    assert plans.add(clinic, visit_id, " g0283 ") == "G0283"
    plans.add(clinic, visit_id, "97110")
    plans.add(clinic, visit_id, "97550")
    plans.plan(clinic, visit_id, "97110", 40)
    plans.add(clinic, visit_id, "97110")

    assert dict(view(visit_id).record.plan) == {"G0283": 0, "97110": 40, "97550": 30}
    assert view(visit_id).as_planned.untimed_units == 1


def test_the_last_visit_is_a_plan_for_this_one(clinic, clock, timed, open_visit, view):
    timed("97165", minutes=10)
    timed("97112", minutes=24)
    timed("G0283", minutes=12)
    timed("REST", minutes=5)
    clock.advance(minutes=24 * 60)
    visit_id = open_visit()

    assert plans.as_last_visit(clinic, visit_id)
    assert dict(view(visit_id).record.plan) == {"97112": 24, "G0283": 0}
    assert not plans.as_last_visit(clinic, open_visit("Bob"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (" ", "Name the code"),
        ("00000", "00000 is not in the code book"),
        ("97130", "97130 is an add-on"),
        ("REST", "is no treatment"),
        ("x" * 300, "is not in the code book"),
    ],
)
def test_what_can_not_be_planned_is_told(clinic, dump, open_visit, number, words):
    visit_id = open_visit()
    before = dump()
    with pytest.raises(Misused, match=words):
        plans.add(clinic, visit_id, number)

    assert dump() == before


def test_a_signed_visit_and_one_that_was_not_held_keep_their_plan(
    clinic, timed, open_visit, plan, sign, view
):
    visit_id = timed("97110").visit_id
    plan(visit_id, {"97110": 30})
    sign(visit_id)
    with pytest.raises(Refused, match="is signed"):
        plan(visit_id, {"97110": 40})
    with pytest.raises(sqlite3.IntegrityError, match="visit-signed"):
        clinic.connection.execute("update plans set minutes = 1")
    with pytest.raises(sqlite3.IntegrityError, match="is ever deleted"):
        clinic.connection.execute("delete from plans")
    clinic.connection.rollback()
    away = open_visit("Bob")
    visit_marks.mark(clinic, away, Mark.CANCELLED, "snow")
    with pytest.raises(Refused, match="cancelled"):
        plan(away, {"97110": 40})
    assert dict(view(visit_id).record.plan) == {"97110": 30}


@given(text=st.text(max_size=12) | st.integers(-5, 600).map(str))
def test_whatever_is_typed_is_minutes_of_a_visit_or_told(text):
    said = ""
    try:
        minutes = plans.minutes_typed(text)
    except Misused as problem:
        minutes, said = None, str(problem)

    if said:
        assert "type 0 to 480" in said
        assert said.isprintable()
    else:
        assert minutes is None or 1 <= minutes <= plans.MOST_MINUTES
        assert (minutes or 0) == int(text.strip() or 0)


@given(minutes=st.integers(1, 480))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_code_as_planned_earns_what_its_minutes_would(clinic, open_visit, view, minutes):
    visit_id = open_visit()
    plans.plan(clinic, visit_id, "97110", minutes)

    earned = view(visit_id).as_planned.line("97110").earned
    assert earned == (0 if minutes < 8 else (minutes + 7) // 15)
