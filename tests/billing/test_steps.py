import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ptimer.billing.steps import steps_of
from tests.billing.visits import payers, visits


def _steps(visit):
    return [str(step) for step in steps_of(visit)]


def _units_told(steps, code):
    """Add up the units that the sentences give to `code`, as a reader with a pencil would."""
    told = 0
    for step in steps:
        if found := re.match(rf"{code}\b.*? (?:earns|gets|earn) (\d+) unit", step):
            told += int(found[1])
        elif re.match(rf"One more goes to {code}\b", step):
            told += 1
        elif found := re.search(r"\d go(?:es)? to (.*)", step):
            told += code in re.split(", | and ", found[1])
        elif re.match(rf"{code} is untimed: 1 unit a visit", step):
            told += 1
        elif found := re.match(rf"{code} is billed by area: (\d+) unit", step):
            told += int(found[1])
    return told


def _printed_apart(steps, code):
    found = [re.search(rf"printed as (\d+) units? of {code}$", step) for step in steps]
    return sum(int(each[1]) for each in found if each)


@given(visits(), payers, st.sampled_from(["cms", "midpoint"]))
def test_the_steps_add_up_to_every_unit_of_every_line(both_ways, visit, payer, rule):
    counted, _ = both_ways(visit, payer, rule)
    steps = _steps(counted)

    add_ons = {line.timed_on: line.code.code for line in counted.lines if line.timed_on}
    for line in counted.lines:
        code = line.code.code
        if line.timed_on:
            assert _printed_apart(steps, code) == line.earned, steps
            assert _units_told(steps, code) == 0, "told once"
        elif code in add_ons:
            beyond = _printed_apart(steps, add_ons[code])
            assert _units_told(steps, code) - beyond == line.earned, steps
        else:
            assert _units_told(steps, code) == line.earned, steps


@given(visits(), payers, st.sampled_from(["cms", "midpoint"]))
def test_the_steps_tell_of_every_cut_and_of_no_other(both_ways, visit, payer, rule):
    counted, _ = both_ways(visit, payer, rule)

    cuts = [step for step in _steps(counted) if "cut to" in step]
    told = [re.match(r"(\w+): (\d+) earned, cut to (\d+) a day", step).groups() for step in cuts]
    assert [(code, int(earned), int(left)) for code, earned, left in told] == [
        (line.code.code, line.earned, line.limit.units) for line in _capped(counted)
    ]
    assert all(line.limit.source in "".join(cuts) for line in _capped(counted))


def _capped(counted):
    return [line for line in counted.lines if line.limit and line.limit.cuts(line.earned)]


def test_the_manuals_first_example_is_explained_as_one_would_count_it(count):
    assert _steps(count({"97112": 24, "97110": 23})) == [
        "47 timed minutes allow 3 units (38 to 52)",
        "97112 earns 1 unit for 15 full minutes, 9 left over",
        "97110 earns 1 unit for 15 full minutes, 8 left over",
        "One more goes to 97112: it has 9 min left over, 97110 8",
    ]


@pytest.mark.parametrize(
    ("minutes", "shares"),
    [
        pytest.param(
            {"97110": 33, "97140": 7},
            [
                "97110 earns 2 units for 30 full minutes, 3 left over",
                "One more goes to 97140: it has 7 min left over, 97110 3",
            ],
            id="none-of-its-own",
        ),
        pytest.param(
            {"97110": 14, "97140": 14},
            [
                "One more goes to 97110 for its 14 min left over",
                "One more goes to 97140 for its 14 min left over",
            ],
            id="one-for-each",
        ),
        pytest.param(
            {"97110": 23, "97140": 15, "97116": 0},
            [
                "97110 earns 1 unit for 15 full minutes, 8 left over",
                "97140 earns 1 unit for 15 full minutes, 0 left over",
                "One more goes to 97110 for its 8 min left over",
            ],
            id="nothing-left-over-is-no-rival",
        ),
        pytest.param(
            {"97110": 18, "97140": 22, "97116": 20, "97530": 20, "97035": 1},
            [
                "97110 earns 1 unit for 15 full minutes, 3 left over",
                "97140 earns 1 unit for 15 full minutes, 7 left over",
                "97116 earns 1 unit for 15 full minutes, 5 left over",
                "97530 earns 1 unit for 15 full minutes, 5 left over",
                "One more goes to 97140: it has 7 min left over, 97116 and 97530 5",
            ],
            id="the-nearest-rivals-are-named",
        ),
    ],
)
def test_who_gets_what_the_full_15s_leave_is_compared_with_who_does_not(count, minutes, shares):
    told = _steps(count(minutes))[1:]

    assert [step for step in told if "in the record" not in step] == shares


def test_only_minutes_without_a_unit_are_told_to_stay_in_the_record(count):
    told = _steps(count({"97110": 15, "97140": 4, "97116": 0, "97597": 9, "97161": 20}))

    assert [step for step in told if "in the record" in step] == [
        "97140 keeps its 4 min in the record, without a unit"
    ]


def test_a_single_code_is_told_that_it_need_not_share(count):
    assert _steps(count({"97110": 38})) == [
        "38 timed minutes allow 3 units (38 to 52)",
        "97110 gets 3 units: no other code shares these minutes",
    ]


def test_too_few_minutes_are_told_when_the_first_unit_comes(count):
    assert _steps(count({"97110": 7})) == [
        "7 timed minutes allow no unit yet: the first is earned at 8",
        "97110 keeps its 7 min in the record, without a unit",
    ]


def test_minutes_that_are_not_pooled_are_not_said_to_be(count):
    steps = _steps(count({"97110": 7, "97550": 16}))

    assert steps[0] == "7 of 23 timed minutes are pooled: the first unit is earned at 8"
    assert (
        "97550 counts alone, by steps of its own: 16 min earn 1 unit; the next at 38 min" in steps
    )

    assert _steps(count({"97110": 23, "97550": 16}))[0] == (
        "23 of 39 timed minutes are pooled, and allow 2 units (23 to 37)"
    )


def test_an_open_tie_is_the_clinicians_and_says_where_it_goes_until_then(count):
    assert _steps(count({"97112": 20, "97110": 20}))[-1] == (
        "97112 and 97110 have 5 min left over each, and 1 unit is left: "
        "the choice is yours; until you choose, 1 goes to 97112"
    )


def test_a_settled_tie_says_that_the_clinician_chose(count):
    chosen = count({"97112": 20, "97110": 20}, choice={"97112": 1, "97110": 2})

    assert _steps(chosen)[-1].endswith("by the clinician's choice, 1 goes to 97110")


def test_a_tie_for_several_units_names_every_code_that_gets_one(count):
    tie = _steps(count({"97112": 23, "97110": 23, "97140": 23}))[-1]

    assert tie.startswith("97112, 97110 and 97140 have 8 min left over each, and 2 units are left")
    assert tie.endswith("until you choose, 2 go to 97112 and 97110")


def test_by_midpoint_each_code_is_explained_by_its_own_minutes(count):
    assert _steps(count({"97110": 23, "97140": 7}, rule="midpoint")) == [
        "97110: 23 min of its own earn 2 units (23 to 37)",
        "97140: 7 min earn no unit; each code needs 8 of its own",
        "97140 keeps its 7 min in the record, without a unit",
    ]


def test_units_outside_the_pool_are_explained_each_in_its_way(count):
    visit = count({"97129": 38, "97597": 20, "G0283": 10}, typed={"97597": 3})

    assert _steps(visit)[1:] == [
        "97129 gets 3 units: no other code shares these minutes",
        "What goes beyond the first step of 97129 is printed as 2 units of 97130",
        "What goes beyond the first step of 97597 is printed as 2 units of 97598",
        "97597 is billed by area: 3 units were typed",
        "G0283 is untimed: 1 unit a visit, outside the 38 timed min",
    ]


def test_what_is_cut_is_said_to_go_to_no_other_code(count):
    assert _steps(count({"97112": 83}))[-1] == (
        "97112: 6 earned, cut to 4 a day (The practice guide for 97112; "
        "CMS medically unlikely edit 4); no other code gets what is cut"
    )


@pytest.mark.parametrize("rule", ["cms", "midpoint"])
def test_an_empty_visit_needs_no_explanation(count, rule):
    assert _steps(count({}, rule=rule)) == []
