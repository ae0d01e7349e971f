from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ptimer.billing.codebook import Attendance, Count, Discipline
from ptimer.billing.payers import Effect
from ptimer.operations import own_codes, typed_code
from ptimer.operations.errors import Misused
from ptimer.operations.typed_code import TypedCode
from ptimer.storage import audit_log

WELLNESS = TypedCode(
    "w1000",
    " Wellness check ",
    Count.OWN_COUNT,
    "30",
    disciplines=(Discipline.PT, Discipline.OT),
    daily_limit="2",
    daily_effect=Effect.CUT,
    source="State fund, page 4",
)
MORE = replace(WELLNESS, count=Count.POOLED, step_minutes="", daily_limit="")


@pytest.fixture
def make(clinic):
    return lambda typed=WELLNESS, why="a contract": typed_code.make(clinic, typed, why)


@pytest.fixture
def logged(clinic):
    """Return the log's rows of a kind as action, who, before, after and reason."""

    def logged(action):
        rows = clinic.connection.execute(
            "select who, before, after, reason from audit_log where action = ?", (action,)
        )
        return rows.fetchall()

    return logged


def test_an_own_code_is_timed_counted_and_limited_at_once_and_in_every_program(
    make, another, timed, view, clinic
):
    other = another()
    made = make()

    assert (made.code, made.label, made.step_minutes, made.own) == (
        "W1000",
        "Wellness check",
        30,
        True,
    )
    visit = view(timed("W1000", minutes=100).visit_id)
    line = visit.reckoning.lines[0]
    assert (line.minutes, line.earned, line.units) == (100, 3, 2)
    other.reload_rulebook()
    assert other.rulebook.codes["W1000"] == made
    assert clinic.rulebook.codes.find(" w1000 ") == made


def test_a_window_that_is_open_knows_it_without_being_told(make, another):
    other = another()
    make()

    with other.reading():
        assert other.rulebook.codes.find("W1000") is not None


def test_what_was_made_changed_and_ended_is_in_the_log_with_its_reason(clinic, make, logged):
    clinic.actor = "Dana"
    make(why=" a contract ")
    typed_code.change(clinic, replace(MORE, since="2026-12-01"), "a new contract")
    typed_code.end(clinic, "W1000", "2026-12-31", "it is over")

    ((who, before, after, reason),) = logged("code-made")
    assert (who, before, reason) == ("Dana", None, "a contract")
    assert '"own-count"' in after
    ((_, before, after, reason),) = logged("code-changed")
    assert ('"own-count"' in before, '"pooled"' in after, reason) == (True, True, "a new contract")
    ((_, before, after, reason),) = logged("code-ended")
    assert ('"2026-12-31"' in before, '"2026-12-31"' in after) == (False, True)
    assert reason == "it is over"
    assert audit_log.broken_links(clinic.connection) == []
    assert clinic.connection.execute("select count(*) from own_codes").fetchone() == (3,)


def test_a_visit_keeps_what_it_was_counted_by(clinic, clock, make, timed, view, sign):
    make()
    visit_id = timed("W1000", minutes=38).visit_id
    sign(visit_id)
    before = view(visit_id).reckoning

    with pytest.raises(Misused, match="was timed on 2026-11-23"):
        typed_code.change(clinic, replace(MORE, since="2026-11-23"), "a new contract")
    with pytest.raises(Misused, match="was timed on 2026-11-23"):
        typed_code.change(clinic, MORE, "a new contract")
    typed_code.change(clinic, replace(MORE, since="2026-11-24"), "a new contract")

    assert view(visit_id).reckoning == before
    clock.advance(minutes=24 * 60)
    assert view(timed("W1000", minutes=38).visit_id).reckoning.total_units == 3
    assert before.total_units == 1


def test_a_change_that_counts_nothing_anew_may_begin_at_once(clinic, make, timed, view):
    make()
    visit_id = timed("W1000", minutes=38).visit_id
    units = view(visit_id).reckoning.total_units

    typed_code.change(clinic, replace(WELLNESS, label="Wellness visit"), "a slip of the pen")

    assert view(visit_id).code("W1000").label == "Wellness visit"
    assert view(visit_id).reckoning.total_units == units


def test_the_first_free_day_is_offered(clinic, make, timed):
    today = date(2026, 11, 23)
    make()
    assert own_codes.first_free_day(clinic, "W1000", today) is None

    timed("W1000")
    assert own_codes.first_free_day(clinic, "W1000", today) == date(2026, 11, 24)


def test_an_ended_code_is_not_timed_any_more_and_its_visits_keep_it(
    clinic, clock, make, timed, start, view
):
    make()
    visit_id = timed("W1000", minutes=30).visit_id

    with pytest.raises(Misused, match="was timed on 2026-11-23: end it on that day or later"):
        typed_code.end(clinic, "W1000", "2026-11-22", "over")
    typed_code.end(clinic, "w1000", "2026-11-23", "over")

    clock.advance(minutes=24 * 60)
    with pytest.raises(Misused, match="was in force until 2026-11-23"):
        start("W1000")
    assert view(visit_id).reckoning.total_units == 1


def test_an_add_on_begins_after_what_its_base_was_timed_for(clinic, make, timed, view):
    visit_id = timed("97530", minutes=38).visit_id
    more = replace(MORE, number="W2000", base="97530")

    with pytest.raises(Misused, match="97530 was timed on 2026-11-23"):
        make(more)
    made = make(replace(more, since="2026-11-24"))

    assert made.add_on_to == "97530"
    assert [line.code.code for line in view(visit_id).reckoning.lines] == ["97530"]


@pytest.mark.parametrize(
    ("typed", "why", "words"),
    [
        (WELLNESS, " ", "Give a reason"),
        (replace(WELLNESS, number=" "), "why", "code's number is empty"),
        (replace(WELLNESS, number="97110"), "why", "97110 ships with ptimer and is read-only"),
        (replace(WELLNESS, number="nb"), "why", "NB ships with ptimer"),
        (replace(WELLNESS, label=""), "why", "label is empty"),
        (replace(WELLNESS, label="a\u202eb"), "why", "can't be seen"),
        (replace(WELLNESS, label="a\x00b"), "why", "can't be printed"),
        (replace(WELLNESS, step_minutes="half an hour"), "why", "no number of minutes of a step"),
        (replace(WELLNESS, step_minutes=""), "why", "minutes of a step"),
        (replace(WELLNESS, daily_limit="-1"), "why", "-1 is no number of units a day"),
        (replace(WELLNESS, daily_limit="9" * 5000), "why", "is no number of units a day"),
        (replace(WELLNESS, disciplines=()), "why", "at least one discipline"),
        (replace(WELLNESS, since="31.12.2026"), "why", "is not a date such as"),
        (replace(WELLNESS, since="2026-02-30"), "why", "2026-02-30' is not a date"),
        (replace(WELLNESS, until="0001-01-01"), "why", "Type dates from 2000-01-01"),
        (replace(WELLNESS, source="x" * 2001), "why", "use at most 2000"),
    ],
)
def test_what_is_no_code_is_not_made(clinic, dump, make, typed, why, words):
    before = dump()
    with pytest.raises(Misused, match=words):
        make(typed, why)

    assert dump() == before


def test_a_number_is_taken_once(make):
    make()

    with pytest.raises(Misused, match="There is a code W1000 of your own already"):
        make(replace(WELLNESS, label="Another"))


@pytest.mark.parametrize("number", ["97110", "REST"])
def test_a_shipped_code_is_neither_changed_nor_ended(clinic, dump, number):
    before = dump()
    with pytest.raises(Misused, match="read-only: copy it instead"):
        typed_code.change(clinic, replace(WELLNESS, number=number), "why")
    with pytest.raises(Misused, match="read-only: copy it instead"):
        typed_code.end(clinic, number, "2026-12-31", "why")
    with pytest.raises(Misused, match="W9999 is not in the code book"):
        typed_code.end(clinic, "W9999", "2026-12-31", "why")
    with pytest.raises(Misused, match="Type the last day"):
        typed_code.end(clinic, number, " ", "why")
    assert dump() == before


def test_a_copy_of_an_exclusive_code_is_billed_alone_too(clinic, make, start):
    make(replace(MORE, exclusive=True))
    start("W1000")

    with pytest.raises(Exception, match="W1000 is billed alone"):
        start("G0283")


ANYTHING = st.text(max_size=40) | st.sampled_from(["97110", "W1", "15", "2026-11-23", "\u0000", ""])


@given(
    typed=st.builds(
        TypedCode,
        number=ANYTHING,
        label=ANYTHING,
        count=st.sampled_from(Count),
        step_minutes=ANYTHING,
        attendance=st.sampled_from(Attendance),
        disciplines=st.lists(st.sampled_from(Discipline), unique=True).map(tuple),
        exclusive=st.booleans(),
        daily_limit=ANYTHING,
        daily_effect=st.sampled_from(Effect),
        base=ANYTHING,
        since=ANYTHING,
        until=ANYTHING,
        source=ANYTHING,
    ),
    why=ANYTHING,
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_kept_as_it_is_read_or_told(clinic, typed, why):
    kept = own_codes_kept(clinic)
    said = ""
    try:
        made = typed_code.make(clinic, typed, why)
    except Misused as problem:
        made, said = None, str(problem)

    assert own_codes_kept(clinic) == kept + (made is not None)
    assert said.isprintable()
    if made is None:
        assert said
    else:
        assert clinic.rulebook.codes[made.code] == made


def own_codes_kept(clinic):
    return clinic.connection.execute("select count(*) from own_codes").fetchone()[0]
