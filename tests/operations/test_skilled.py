"""Skilled parts of a visit: written field by field, kept, carried over only when that is asked."""

import sqlite3

import pytest

from ptimer.billing.skilled_fields import ChartTick, Part
from ptimer.operations import (
    clinic_settings,
    goals,
    setting_values,
    signing,
    skilled,
    skilled_words,
)
from ptimer.operations.errors import Misused, Refused
from ptimer.storage import audit_log
from ptimer.storage.skilled_parts import Written
from ptimer.storage.skilled_parts import write as write_row


@pytest.fixture
def visit_id(timed):
    return timed("97112", minutes=20).visit_id


@pytest.fixture
def write(clinic):
    """Write parts of a code: `write(visit_id, outcome="4 of 5")`; a list for several words."""

    def write(visit_id, code="97112", **values):
        changes = {
            Part(name): (value,) if isinstance(value, str) else tuple(value)
            for name, value in values.items()
        }
        skilled.write(clinic, visit_id, code, changes)

    return write


@pytest.fixture
def parts(view):
    return lambda visit_id, code="97112": view(visit_id).record.skilled[code]


def log_of(clinic, visit_id, action="skilled"):
    found = audit_log.of_visit(clinic.connection, visit_id)
    return [entry for entry in found if entry.action == action]


def test_parts_are_kept_as_the_file_offers_them_and_in_its_order(write, parts, visit_id):
    write(visit_id, component=["Posture", " BALANCE", "juggling"], amount="A little")

    assert parts(visit_id).of(Part.COMPONENT) == ("balance", "posture", "juggling")
    assert parts(visit_id).line(Part.AMOUNT) == "a little"


def test_a_change_leaves_the_other_parts_and_tells_the_audit_log(clinic, write, parts, visit_id):
    write(visit_id, outcome="3 of 5", response="well")
    write(visit_id, outcome="4 of 5")

    assert parts(visit_id).values == {Part.OUTCOME: ("4 of 5",), Part.RESPONSE: ("well",)}
    last = log_of(clinic, visit_id)[-1]
    assert last.before == {"code": "97112", "outcome": ["3 of 5"]}
    assert last.after == {"code": "97112", "outcome": ["4 of 5"]}


def test_the_same_again_writes_nothing(clinic, write, visit_id):
    write(visit_id, outcome="4 of 5")
    write(visit_id, outcome=" 4 of 5 ")

    assert len(log_of(clinic, visit_id)) == 1


def test_an_emptied_field_is_empty_and_what_stood_there_is_kept(clinic, write, view, visit_id):
    write(visit_id, outcome="4 of 5")
    write(visit_id, outcome="")

    assert view(visit_id).record.skilled["97112"].values == {}
    assert clinic.connection.execute("select count(*) from skilled_parts").fetchone() == (2,)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"pain": ["11", ""]}, "no pain"),
        ({"pain": ["-1", "2"]}, "no pain"),
        ({"pain": ["²", ""]}, "no pain"),
        ({"amount": "loads"}, "not offered"),
        ({"amount": ["half", "most"]}, "nothing else"),
        ({"assistance": "magic"}, "not offered"),
        ({"education": ["none", "equipment"]}, "nothing else"),
        ({"outcome": ["a", "b"]}, "one text"),
        ({"outcome": "x" * 301}, "301 characters"),
        ({"outcome": "a\nb"}, "can't be printed"),
        ({"component": [f"word {n}" for n in range(21)]}, "at most 20"),
        ({"goal": "7"}, "none of the patient's open goals"),
    ],
)
def test_what_does_not_fit_its_field_is_told_and_nothing_changes(
    write, dump, visit_id, values, told
):
    before = dump()

    with pytest.raises(Misused, match=told):
        write(visit_id, **values)
    assert dump()["skilled_parts"] == before["skilled_parts"]
    assert dump()["audit_log"] == before["audit_log"]


def test_pain_takes_either_number_first(write, parts, visit_id):
    write(visit_id, pain=["", "03"])
    assert parts(visit_id).of(Part.PAIN) == ("", "3")

    write(visit_id, pain=["4", "3"])
    assert parts(visit_id).filled(Part.PAIN)


@pytest.mark.parametrize("code", ["97110", "G0283", "97165"])
def test_only_one_on_one_codes_of_the_visit_have_parts(timed, write, visit_id, code):
    if code != "97110":
        timed(code)

    with pytest.raises(Misused, match="97112"):
        write(visit_id, code, outcome="well")


def test_a_signed_visit_keeps_its_parts_until_it_is_amended(clinic, write, parts, sign, visit_id):
    write(visit_id, outcome="4 of 5")
    sign(visit_id)

    for change in (
        lambda: write(visit_id, outcome="5 of 5"),
        lambda: skilled.carry_over(clinic, visit_id, "97112"),
        lambda: skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True),
    ):
        with pytest.raises(Refused) as told:
            change()
        assert told.value.rule == "visit-signed"
    signing.amend(clinic, visit_id, "a slip")
    write(visit_id, outcome="5 of 5")
    assert parts(visit_id).line(Part.OUTCOME) == "5 of 5"


def test_the_record_itself_refuses_parts_and_ticks_of_a_signed_visit(clinic, sign, visit_id):
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)
    sign(visit_id)
    row = Written(visit_id, "97112", {Part.OUTCOME: ("x",)}, None, "Kim", clinic.clock.now())

    for change in (
        lambda: write_row(clinic.connection, row),
        lambda: clinic.connection.execute("update chart_ticks set taken_back_at = 1"),
        lambda: clinic.connection.execute(
            "insert into chart_ticks values ('t', ?, 'test-results', 'Kim', 1, null)", (visit_id,)
        ),
    ):
        with pytest.raises(sqlite3.IntegrityError, match="visit-signed"):
            change()


def test_a_part_that_one_has_signed_asks_for_the_signature_again(timed, write, sign, view):
    visit_id = timed("97112").visit_id
    timed("97110", clinician="Lee")
    sign(visit_id, "Kim")
    write(visit_id, "97110", outcome="well")
    assert "Kim" not in view(visit_id).missing_signatures, "another's part"

    write(visit_id, "97112", outcome="well")

    assert "Kim" in view(visit_id).missing_signatures


# -- required by the clinic --------------------------------------------------------------------


def require(clinic, text):
    setting_values.change(clinic, clinic_settings.REQUIRED_FIELDS, text)


def test_as_shipped_no_field_keeps_a_visit_from_being_signed(sign, visit_id):
    assert sign(visit_id).closed


def test_what_the_clinic_requires_is_listed_and_refuses_the_signature(
    clinic, write, sign, visit_id
):
    require(clinic, "goal, outcome, signed-attendance")

    with pytest.raises(Refused) as told:
        sign(visit_id)
    assert told.value.rule == "sign-off"
    assert [str(each) for each in told.value.missing] == [
        "97112 lacks outcome and goal",
        "Not ticked as in the chart: signed attendance",
    ]
    goal = goals.add(clinic, "Ann", "stand five minutes")
    write(visit_id, outcome="4 of 5", goal=goal.id)
    skilled.tick(clinic, visit_id, ChartTick.ATTENDANCE, on=True)
    assert sign(visit_id).closed


def test_only_what_is_a_field_can_be_required(clinic):
    with pytest.raises(Misused, match="can't be"):
        require(clinic, "goal, hope")


# -- the chart ---------------------------------------------------------------------------------


def test_a_tick_is_set_and_taken_back_and_both_are_kept(clinic, view, visit_id):
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)
    assert view(visit_id).record.chart == ("history",)

    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=False)

    assert view(visit_id).record.chart == ()
    assert [entry.after["ticked"] for entry in log_of(clinic, visit_id, "chart-tick")] == [
        True,
        False,
    ]


# -- carried over ------------------------------------------------------------------------------


@pytest.fixture
def days(clock, timed):
    """Time 97112 on several days and return the visits' ids."""

    def days(number):
        ids = []
        for _ in range(number):
            clock.advance(hours=24)
            ids.append(timed("97112", minutes=20).visit_id)
        return ids

    return days


def test_nothing_is_carried_over_until_it_is_asked_for(clinic, write, view, days):
    first, second = days(2)
    write(first, outcome="4 of 5", pain=["4", "3"], component=["balance"])
    assert view(second).record.skilled == {}

    day = skilled.carry_over(clinic, second, "97112")

    assert day == view(first).visit.service_date
    carried = view(second).record.skilled["97112"]
    assert carried.values == {Part.OUTCOME: ("4 of 5",), Part.COMPONENT: ("balance",)}
    assert carried.carried_from == day
    entry = log_of(clinic, second, "skilled-carried")[0]
    assert entry.reason == f"as in the visit of {day}"
    row = clinic.connection.execute("select carried_from from skilled_parts order by rowid desc")
    assert row.fetchone() == (first,)


def test_what_is_carried_over_and_then_changed_still_says_so(clinic, write, parts, days):
    first, second = days(2)
    write(first, outcome="4 of 5")
    skilled.carry_over(clinic, second, "97112")
    write(second, outcome="5 of 5")

    assert parts(second).carried_from is not None


def test_there_may_be_nothing_to_carry_over(clinic, write, days):
    first, second = days(2)
    assert skilled.carry_over(clinic, second, "97112") is None

    write(first, outcome="4 of 5")
    write(second, outcome="5 of 5")
    assert skilled.carry_over(clinic, second, "97112") is None, "typed already"


def test_the_last_three_visits_stand_beside_each_other_and_repeats_are_told(
    clinic, write, view, days
):
    *before, today = days(5)
    for visit_id in before:
        write(visit_id, response="tolerated well")
    write(today, response="Tolerated  well")
    found = skilled.earlier(clinic, today)

    assert [each.visit_id for each in found["97112"]] == list(reversed(before))[:3]
    assert skilled.repeats_of(view(today), found) == {"97112": (Part.RESPONSE,)}


# -- goals -------------------------------------------------------------------------------------


def test_goals_are_numbered_for_each_patient_and_never_deleted(clinic, visit_id, open_visit):
    open_visit("Bob")
    goals.add(clinic, "Ann", "stand five minutes")
    goals.add(clinic, "Bob", "walk to the door")
    second = goals.add(clinic, "Ann", "  reach   overhead ")
    goals.end(clinic, "Ann", 1)

    assert (second.number, second.goal) == (2, "reach overhead")
    assert [(g.number, g.ended) for g in goals.of_patient(clinic, "Ann")] == [(1, True), (2, False)]
    assert goals.add(clinic, "Ann", "third").number == 3
    assert goals.add(clinic, "Ann", "Reach Overhead").number == 2, "there already"
    with pytest.raises(Misused, match="is ended"):
        goals.end(clinic, "Ann", 1)
    with pytest.raises(Misused, match="no goal 9"):
        goals.end(clinic, "Ann", 9)
    with pytest.raises(Misused, match="no visit"):
        goals.add(clinic, "Nobody", "walk")


def test_an_ended_goal_is_picked_no_more_but_stays_where_it_was_served(
    clinic, write, view, visit_id, timed
):
    goal = goals.add(clinic, "Ann", "stand five minutes")
    write(visit_id, goal=goal.id)
    goals.end(clinic, "Ann", 1)
    write(visit_id, outcome="well")

    assert skilled_words.goal_words(view(visit_id), goal.id) == "1 · stand five minutes"
    other = timed("97110", "Ann", minutes=1).visit_id
    write(visit_id, goal="")
    with pytest.raises(Misused, match="open goals"):
        write(other, "97110", goal=goal.id)


# -- in words ----------------------------------------------------------------------------------


def test_a_visit_s_parts_are_told_as_plain_sentences(clinic, write, view, visit_id):
    goals.add(clinic, "Ann", "stand {five} minutes")
    write(visit_id, component=["balance", "{odd}"], pain=["4", ""], goal="1", outcome="50 % {x}")
    skilled.tick(clinic, visit_id, ChartTick.HISTORY, on=True)

    assert [str(each) for each in skilled_words.sentences(view(visit_id))] == [
        "97112 · What was worked on: balance, {odd}",
        "97112 · Pain, before and after: 4 before, ? after, of 10",
        "97112 · Outcome: 50 % {x}",
        "97112 · Goal it serves: 1 · stand {five} minutes",
        "In the chart: history",
    ]
    assert skilled_words.content(view(visit_id)) == {
        "codes": {
            "97112": {
                "component": ["balance", "{odd}"],
                "pain": ["4", ""],
                "goal": "1 · stand {five} minutes",
                "outcome": ["50 % {x}"],
            }
        },
        "chart": ["history"],
    }
